/** Nothing that was edited is lost: tabs, reloads, kills, a storage that is full or broken. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runsTo, storedDocuments } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const field = (page: Page) => page.getByRole('textbox', { name: 'K conductance', exact: true })
const notices = (page: Page) => page.locator('.notices').innerText()

async function tab(context: BrowserContext, path = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(inject('page') + path)
  await page.locator('.time-text').waitFor()
  return page
}

async function edit(page: Page, value: string): Promise<void> {
  await field(page).fill(value)
  await field(page).press('Enter')
}

/** What is stored, by the conductance of each document. */
const stored = async (page: Page): Promise<unknown[]> =>
  (await storedDocuments(page)).map(({ scenario }) => scenario.parameters.G_K).sort()

async function link(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share a link' }).click()
  const value = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  return value.slice(value.indexOf('#'))
}

describe('documents', () => {
  it('two tabs and a link each keep their own, also over reloads', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const first = await tab(context)
    await edit(first, '0.5')
    await expect.poll(() => stored(first)).toEqual([0.5])
    const second = await tab(context)
    await edit(second, '0.6')
    const third = await tab(context, await link(first))
    await edit(third, '0.7')
    await edit(first, '0.55')
    await expect.poll(() => stored(first)).toEqual([0.55, 0.6, 0.7])
    for (const [page, value] of [
      [third, '0.7'],
      [first, '0.55'],
      [second, '0.6'],
    ] as const) {
      await page.reload()
      await expect.poll(() => field(page).inputValue()).toBe(value)
    }
    await first.getByRole('button', { name: 'File and export' }).click()
    await first.getByRole('menuitem', { name: /Recent work/ }).click()
    await expect.poll(() => first.locator('.recent li').count()).toBe(3)
    // What another tab has open goes on as a copy.
    await first.locator('.recent li > button:first-child').nth(1).click()
    await expect.poll(() => field(first).inputValue()).toBe('0.7')
    await edit(first, '0.75')
    await expect.poll(() => stored(first)).toEqual([0.55, 0.6, 0.7, 0.75])
    await context.close()
  })

  it('loses at most a second when the page is killed, also in the middle of a drag', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await tab(context)
    await edit(page, '0.5')
    const handle = (await page.locator('.handle[data-handle="radius"]').first().boundingBox())!
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2)
    await page.mouse.down()
    await page.mouse.move(handle.x - 40, handle.y, { steps: 6 })
    await page.waitForTimeout(900)
    // No event of leaving reaches a page whose process is gone.
    const session = await context.newCDPSession(page)
    const crashed = page.waitForEvent('crash')
    session.send('Page.crash').catch(() => undefined)
    await crashed
    const again = await tab(context)
    await expect.poll(() => field(again).inputValue()).toBe('0.5')
    const radius = (await storedDocuments(again)).at(-1)?.scenario.cell.shapes[0].radius
    expect(radius).toBeLessThan(0.45)
    await context.close()
  })

  it('a change that does not work is kept apart from the last that did', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await tab(context)
    await edit(page, '0.5')
    await expect.poll(() => stored(page)).toEqual([0.5])
    // A laboratory writes its document as it goes: what is stored is changed behind a page that is none.
    await page.goto(`${inject('page')}icon.svg`)
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const request = indexedDB.open('twoscale')
          request.onsuccess = () => {
            const store = request.result.transaction('documents', 'readwrite').objectStore('documents')
            const all = store.getAll()
            all.onsuccess = () => {
              const [document] = all.result
              const broken = { ...document.scenario, macro: null }
              store.put({ ...document, scenario: broken, sound: document.scenario }, document.id).onsuccess = () => {
                request.result.close()
                resolve()
              }
            }
          }
        }),
    )
    await page.goto(inject('page'))
    await expect.poll(() => field(page).inputValue()).toBe('0.5')
    expect(await notices(page)).toMatch(/last change .* was left out/)
    await context.close()
  })
})

describe('a storage', () => {
  it.each([
    ['that is full', 'QuotaExceededError', /storage of this browser is full/],
    ['that is refused', 'InvalidStateError', /does not let the page store anything/],
  ])('%s is told with a way to save a file, and the page goes on', async (_, name, words) => {
    const context = await browser.newContext({ serviceWorkers: 'block', acceptDownloads: true })
    const page = await context.newPage()
    await page.addInitScript((error) => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no', error)
      }
    }, name)
    await page.goto(inject('page'))
    await page.locator('.time-text').waitFor()
    await edit(page, '0.5')
    await expect.poll(() => notices(page)).toMatch(words)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.json$/)
    await runsTo(page, 0.5)
    await context.close()
  })

  it.each(['twoscale', 'keyval-store'])('whose database %s has lost its store gets one', async (name) => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto(`${inject('page')}icon.svg`)
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve) => {
          // A visit before, so that the page looks for what it left.
          localStorage.setItem('twoscale-saved', '1')
          const request = indexedDB.open(name, 3)
          request.onupgradeneeded = () => request.result.createObjectStore('something else')
          request.onsuccess = () => {
            request.result.close()
            resolve()
          }
        }),
      name,
    )
    await page.goto(inject('page'))
    await page.locator('.time-text').waitFor()
    await edit(page, '0.5')
    await expect.poll(() => stored(page)).toEqual([0.5])
    expect(await notices(page)).not.toMatch(/storage|store anything/)
    await page.reload()
    await expect.poll(() => field(page).inputValue()).toBe('0.5')
    await context.close()
  })

  it('that was full for a while keeps what was edited then, and what other tabs have open', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const other = await tab(context)
    await edit(other, '0.4')
    await expect.poll(() => stored(other)).toEqual([0.4])
    const page = await tab(context)
    await edit(page, '0.5')
    await expect.poll(() => stored(other)).toEqual([0.4, 0.5])
    await page.evaluate(() => {
      const { put } = IDBObjectStore.prototype
      Object.assign(window, { freed: () => Object.assign(IDBObjectStore.prototype, { put }) })
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no', 'QuotaExceededError')
      }
    })
    await edit(page, '0.6')
    await expect.poll(() => notices(page)).toMatch(/storage of this browser is full/)
    expect(await stored(other)).toEqual([0.4, 0.5])
    await page.evaluate(() => (window as unknown as { freed(): void }).freed())
    await expect.poll(() => stored(other)).toEqual([0.4, 0.6])
    await context.close()
  })
})
