/** The content policy: a full session through all families keeps to it, and what it is there against is refused. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openPage, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

interface Watched {
  page: Page
  /** What the policy refused, and errors of the page. */
  refused(): Promise<string[]>
}

/** A page with its service worker, whose violations are written down from the beginning. */
async function watched(): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.addInitScript(() => {
    const list: string[] = []
    Object.assign(window, { violations: list })
    document.addEventListener('securitypolicyviolation', (e) =>
      list.push(`${e.effectiveDirective}: ${e.blockedURI} ${e.sample} (${e.sourceFile}:${e.lineNumber})`),
    )
  })
  await page.goto(inject('page'))
  await page.locator('.time-text').waitFor()
  const refused = async () => [
    ...errors,
    ...(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)),
  ]
  return { page, refused }
}

/** Takes the file that a click hands out. */
async function taken(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

async function exportAll(page: Page): Promise<void> {
  const menu = () => page.getByRole('button', { name: 'File and export' }).click()
  for (const item of [/Save the scenario/, /Export observables/, /Export the picture/]) {
    await menu()
    const { name, bytes } = await taken(page, () => page.getByRole('menuitem', { name: item }).click())
    expect(bytes.length).toBeGreaterThan(20)
    if (name.endsWith('.png')) expect(bytes.subarray(0, 4)).toEqual(PNG)
  }
  const chart = () => page.getByRole('button', { name: 'Export this chart' }).first().click()
  await page.locator('.plot canvas').first().waitFor()
  for (const item of [/Data/, /Picture/]) {
    await chart()
    const { name, bytes } = await taken(page, () => page.getByRole('menuitem', { name: item }).click())
    if (name.endsWith('.png')) expect(bytes.subarray(0, 4)).toEqual(PNG)
  }
}

async function choose(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Scenario:/ }).click()
  await page.getByRole('dialog').locator('.card').filter({ hasText: name }).first().click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

describe('the content policy', () => {
  it('is kept by a session through all families, charts and exports', async () => {
    const { page, refused } = await watched()
    await runsTo(page, 0.1)
    await page.locator('.equations .katex').first().waitFor()
    await exportAll(page)
    await page.getByRole('button', { name: 'Share a link' }).click()
    await page.getByRole('textbox', { name: 'Link' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keys and help' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^(Dark|Light) colours$/ }).click()
    await page.getByRole('button', { name: 'Error plot' }).click()
    await page.getByRole('button', { name: 'Resolved beside' }).click()

    for (const [family, notes] of [
      [/liquid junction|porous|charged/i, true],
      [/cathode|discharge|TiS/i, true],
      [/block/i, false],
    ] as const) {
      await choose(page, family)
      await page.locator('.stage-host canvas').first().waitFor()
      await page.locator('.equations .katex').first().waitFor()
      if (notes) await page.locator('details.notes summary').first().click()
      await page.waitForTimeout(1500)
      await exportAll(page)
    }
    // A table is read in a thread of its own.
    await page.evaluate(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['time (s),voltage\n0,3.4\n1,"3,420"\n2,3.5\n'], 'cycler.csv'))
      dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }))
    })
    await page.getByRole('dialog', { name: /Columns of cycler.csv/ }).waitFor()
    await page.getByRole('dialog').getByRole('table').first().waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    expect(await refused()).toEqual([])
    await page.context().close()
  })

  it('refuses what a stranger would try', async () => {
    const { page, refused } = await watched()
    expect(await refused()).toEqual([])
    const tried = await page.evaluate(async () => {
      const answers: Record<string, string> = {}
      const attempt = (name: string, act: () => unknown) => {
        try {
          act()
          answers[name] = 'done'
        } catch (error) {
          answers[name] = (error as Error).name
        }
      }
      attempt('html', () => {
        document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'
      })
      attempt('worker', () => new Worker('data:text/javascript,postMessage(1)'))
      attempt('policy', () =>
        (window as unknown as { trustedTypes: { createPolicy(n: string, r: object): void } }).trustedTypes.createPolicy(
          'stranger',
          {},
        ),
      )
      const script = document.createElement('script')
      attempt('script', () => {
        script.src = 'https://example.org/x.js'
      })
      const image = new Image()
      image.src = 'https://example.org/x.png'
      const font = new FontFace('stranger', 'url(data:font/woff2;base64,AAAA)')
      answers.font = await font.load().then(
        () => 'done',
        (error: Error) => error.name,
      )
      answers.fetch = await fetch('https://example.org/').then(
        () => 'done',
        (error: Error) => error.name,
      )
      return answers
    })
    expect(tried).toEqual({
      html: 'TypeError',
      worker: 'TypeError',
      policy: 'TypeError',
      script: 'TypeError',
      font: 'NetworkError',
      fetch: 'TypeError',
    })
    const refusals = (await refused()).join('\n')
    for (const directive of ['require-trusted-types-for', 'trusted-types', 'img-src', 'font-src', 'connect-src'])
      expect(refusals).toMatch(new RegExp(`^${directive}:`, 'm'))
    await page.context().close()
  })

  it('shows a title full of markup as text', async () => {
    const { scenario } = { scenario: JSON.parse(await readFile('src/scenarios/tissue-b1-pulse.json', 'utf8')) }
    scenario.title = '<img src=x onerror="document.title=1"><b>bold</b>'
    const { deflateRawSync } = await import('node:zlib')
    const code = deflateRawSync(JSON.stringify(scenario)).toString('base64url')
    const { page, errors } = await openPage(browser, { path: `#s=${code}` })
    await expect.poll(() => page.getByRole('button', { name: /^Scenario:/ }).innerText()).toMatch(/<b>bold/)
    expect(errors).toEqual([])
    await page.context().close()
  })
})
