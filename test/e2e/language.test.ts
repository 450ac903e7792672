/** The page in German: asked for by the address, the menu or the browser; nothing English left, nothing cut, nothing lost. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openPage, runsTo, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FOLDER = new URL('../../src/language/de/', import.meta.url)
const german = new Map<string, string>(
  readdirSync(FOLDER).flatMap((file) => Object.entries(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')))),
)
/** Same letters, or also what a symbol or another text of the page is called. */
const SAME = /^[^\p{L}]*$/u

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const language = (page: Page) => page.evaluate(() => document.documentElement.lang)

async function choose(page: Page, button: string, name: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

/** What is read or heard on the page, by pieces as they stand in it. */
function wordsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('script, style, .katex, code, textarea'))
        words.add((node.textContent ?? '').trim())
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) words.add(element.getAttribute(name)?.trim() ?? '')
    return [...words]
  })
}

/** What the catalogues have German for, and the page says in English. */
async function english(page: Page): Promise<string[]> {
  const said = await wordsOf(page)
  const others = new Set(german.values())
  return said.filter((text) => {
    const known = german.get(text)
    return known !== undefined && known !== text && !others.has(text) && !SAME.test(text)
  })
}

/** Controls and headings whose words are wider than they are. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, legend, th, .badge, .segment, .hint')]
      .filter((element) => {
        const { overflowX, textOverflow, display } = getComputedStyle(element)
        // A title that ends in dots is meant; what only screen readers hear has no width.
        if (textOverflow === 'ellipsis' || display === 'inline' || element.closest('.visually-hidden')) return false
        return overflowX !== 'auto' && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
      })
      .map((element) => `${element.className}: ${element.textContent}`),
  )
}

async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const result = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string | null; nodes: { target: string[] }[] }[]
  }
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

describe.each([
  [1280, 720, 'light'],
  [390, 844, 'dark'],
] as const)('at %d by %d', (width, height, colorScheme) => {
  it('is German by its address, whole and uncut', async () => {
    const { page, errors } = await openPage(browser, { path: '?language=de', width, height, colorScheme })
    await runsTo(page, 1)
    expect(await language(page)).toBe('de')
    await page.getByRole('button', { name: 'Anhalten', exact: true }).click()
    await page.locator('.equations figcaption').first().waitFor({ state: 'attached' })
    expect(await english(page)).toEqual([])
    expect(await overflows(page)).toBe(false)
    expect(await cut(page)).toEqual([])
    expect(await violations(page)).toEqual([])
    for (const name of ['Tasten und Hilfe', 'Link teilen']) {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('dialog', { name: /Hilfe|teilen/ }).waitFor()
      await page.waitForTimeout(400)
      expect(await english(page)).toEqual([])
      expect(await overflows(page)).toBe(false)
      expect(await cut(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('changes by the menu while the run goes on, and stays so', async () => {
    const { page, errors } = await openPage(browser, { width, height, colorScheme })
    await runsTo(page, 0.5)
    await page.getByRole('button', { name: 'Large type' }).click()
    const before = await timeOnShow(page)
    expect((await english(page)).length).toBeGreaterThan(20)
    await choose(page, 'Language', 'Deutsch')
    await page.getByRole('button', { name: 'Sprache', exact: true }).waitFor()
    expect(await language(page)).toBe('de')
    // The keyboard goes on where it was.
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Sprache')
    expect(await page.getByRole('button', { name: 'Große Schrift' }).getAttribute('aria-pressed')).toBe('true')
    await runsTo(page, before + 0.5)
    await page.reload()
    await page.getByRole('button', { name: 'Sprache', exact: true }).waitFor()
    expect(await language(page)).toBe('de')
    await choose(page, 'Sprache', 'English')
    await page.getByRole('button', { name: 'Language', exact: true }).waitFor()
    expect(await language(page)).toBe('en')
    expect(errors).toEqual([])
    await page.context().close()
  })
})

describe('which language', () => {
  it('is that of the browser where there is a catalogue, unless one was chosen', async () => {
    for (const [locale, spoken] of [
      ['de-AT', 'de'],
      ['fr-FR', 'en'],
    ] as const) {
      const context = await browser.newContext({ locale, serviceWorkers: 'block' })
      const page = await context.newPage()
      await page.goto(inject('page'))
      await page.locator('.time-text').waitFor()
      expect(await language(page)).toBe(spoken)
      await context.close()
    }
  })

  it('is the chosen one after the address asked for another', async () => {
    const { page } = await openPage(browser, { path: '?language=de&large=1' })
    await choose(page, 'Sprache', 'English')
    await page.getByRole('button', { name: 'Language', exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe('?large=1')
    await page.reload()
    await page.getByRole('button', { name: 'Language', exact: true }).waitFor()
    expect(await language(page)).toBe('en')
    await page.context().close()
  })

  it('that the address asks for in vain is said', async () => {
    const { page } = await openPage(browser, { path: '?language=xx' })
    await expect
      .poll(() => page.locator('.notice.warning').innerText())
      .toMatch(/language: got "xx"; allowed are en, de/)
    await page.context().close()
  })
})

it('a prepared address says the language where it is asked to', async () => {
  const { page } = await openPage(browser, { path: '?language=de' })
  await page.getByRole('button', { name: 'Datei und Export' }).click()
  await page.getByRole('menuitem', { name: 'Für den Unterricht vorbereiten…' }).click()
  const address = page.getByRole('textbox', { name: 'Adresse' })
  await expect.poll(() => address.inputValue()).toMatch(/scenario=tissue-opening/)
  expect(await address.inputValue()).not.toMatch(/language/)
  // Title and note are read in German, and are not changed by that.
  await page.getByRole('textbox', { name: 'Titel' }).focus()
  await page.getByRole('textbox', { name: /^Notiz/ }).focus()
  await page.getByRole('checkbox', { name: 'Auf Deutsch' }).check()
  await expect.poll(() => address.inputValue()).toMatch(/scenario=tissue-opening.*&language=de/)
  await page.context().close()
})

it('the gallery is searched in German and in English', async () => {
  const { page } = await openPage(browser, { path: '?language=de' })
  await page.locator('.preset').click()
  const search = page.getByRole('searchbox', { name: 'Szenarien durchsuchen' })
  for (const word of ['Konvergenz', 'convergence']) {
    await search.fill(word)
    await expect.poll(() => page.locator('.card').count()).toBeGreaterThan(0)
  }
  await page.context().close()
})

it('a lesson is told in German, and its run goes on when the language changes', async () => {
  const { page, errors } = await openPage(browser, { path: '?lesson=tensor&language=de', ready: '.lesson h3' })
  const heading = () => page.locator('.lesson h3').textContent()
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  expect(await heading()).toBe('Vor dem Hinsehen: eine Ellipse für eine Zelle')
  for (const name of ['Lange Halbachse', 'Kurze Halbachse']) {
    await page.getByRole('slider', { name }).first().focus()
    for (let k = 0; k < 30; k++) await page.keyboard.press('ArrowLeft')
  }
  await page.locator('.lesson .button.primary, .lesson button[data-primary]').first().click()
  await page.locator('.lesson-footer button').last().click()
  expect(await heading()).toBe('Die Zelle wird berechnet')
  await page.locator('.lesson-act button').first().click()
  await page.locator('.verdict[data-verdict]').waitFor()
  await runsTo(page, 0.5)
  const before = await timeOnShow(page)
  await choose(page, 'Sprache', 'English')
  await button('Language').waitFor()
  await expect.poll(heading).toBe('The cell is computed')
  expect(await page.locator('.lesson-text').textContent()).toContain('columns of the\ntensor')
  expect(await timeOnShow(page)).toBeGreaterThanOrEqual(before)
  await runsTo(page, before + 0.5)
  expect(errors).toEqual([])
  await page.context().close()
})
