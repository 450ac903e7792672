/** What was made comes back: course, probes and title after a reload, all work from one file; and goes out prepared. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, runsTo, type Stored, storedDocuments, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function withPage(path: string, work: (page: Page) => Promise<void>): Promise<void> {
  const { page, errors } = await openPage(browser, { path })
  await work(page)
  expect(errors).toEqual([])
  await page.context().close()
}

const open = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'File and export' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** What was made is written; until then a reload may lose it. */
async function isStored(page: Page, made: (document: Stored) => boolean): Promise<void> {
  await expect.poll(async () => (await storedDocuments(page)).some(made)).toBe(true)
}

async function setConductance(page: Page, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
  await field.fill(value)
  await field.press('Enter')
}

describe('a reload', () => {
  it('goes on where it was, with probes and the changes on the way', () =>
    withPage('', async (page) => {
      await runsTo(page, 1)
      await setConductance(page, '0.5')
      await runsTo(page, 2)
      await page.getByRole('button', { name: 'Pause', exact: true }).click()
      await page.locator('.stage-host').first().click()
      const t = await timeOnShow(page)
      // What is looked at is written every two seconds.
      await isStored(page, ({ view }) => view?.probes?.length === 1)
      await page.reload()
      await expect.poll(() => timeOnShow(page)).toBe(t)
      await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
      expect(await page.getByRole('button', { name: 'Remove all probes' }).count()).toBe(1)
      await expect
        .poll(() => page.getByRole('textbox', { name: 'K conductance', exact: true }).inputValue())
        .toBe('0.5')
    }))
})

describe('a database that takes its time', () => {
  it('brings what was edited once it answers', () =>
    withPage('?run=0', async (page) => {
      await setConductance(page, '0.5')
      await isStored(page, ({ scenario }) => scenario.parameters.G_K === 0.5)
      await page.addInitScript(() => {
        const open = indexedDB.open.bind(indexedDB)
        const slow = (...input: Parameters<typeof open>) => {
          const request = open(...input)
          let tell: IDBOpenDBRequest['onsuccess'] = null
          Object.defineProperty(request, 'onsuccess', { set: (handler) => (tell = handler) })
          request.addEventListener('success', (event) => setTimeout(() => tell?.call(request, event), 3000))
          return request
        }
        indexedDB.open = slow as typeof open
      })
      await page.reload()
      const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
      await field.waitFor()
      await expect.poll(() => field.inputValue()).toBe('0.5')
    }))
})

describe('an edit of a named scenario', () => {
  it('is what a reload brings back, with the rest of the address', () =>
    withPage('?scenario=porous-opening&run=0&theme=dark', async (page) => {
      const field = page.getByRole('textbox', { name: /^Ion 1, right reservoir/ })
      await field.fill('0.5')
      await field.press('Enter')
      await expect.poll(() => page.url()).toMatch(/\?theme=dark$/)
      await isStored(page, ({ scenario }) => scenario.experiment.values.c1_right === 0.5)
      await page.reload()
      await expect.poll(() => field.inputValue()).toBe('0.5')
    }))
})

describe('title and note', () => {
  it('are written anew while it runs on, and stand in the list of recent work', () =>
    withPage('', async (page) => {
      await runsTo(page, 0.5)
      await open(page, 'Title and note…')
      const title = page.getByRole('textbox', { name: 'Title' })
      await title.fill('For Monday')
      await page.getByRole('textbox', { name: 'Note' }).fill('Watch the islands.')
      await page.keyboard.press('Escape')
      const t = await timeOnShow(page)
      await page.locator('.preset-title', { hasText: 'For Monday' }).waitFor()
      await runsTo(page, t + 0.5)
      await open(page, 'Recent work…')
      await page.locator('.recent li', { hasText: 'For Monday' }).waitFor()
    }))
})

describe('a backup', () => {
  it('holds all work, and brings it into another browser', () =>
    withPage('', async (page) => {
      await setConductance(page, '0.5')
      await isStored(page, ({ scenario }) => scenario.parameters.G_K === 0.5)
      await open(page, 'Recent work…')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Back up all work' }).click(),
      ])
      const path = await download.path()
      await withPage('', async (other) => {
        const drop = async (text: string) =>
          other.evaluate((content) => {
            const data = new DataTransfer()
            data.items.add(new File([content], 'twoscale-backup.json'))
            dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }))
          }, text)
        const { readFile } = await import('node:fs/promises')
        await drop(await readFile(path, 'utf8'))
        await other.getByText('1 documents of twoscale-backup.json').waitFor()
        await drop('{"twoscaleBackup":1,"documents":5}')
        await other.getByText('got no backup of Twoscale').waitFor()
        await open(other, 'Recent work…')
        await other.locator('.recent li .button').first().click()
        await expect
          .poll(() => other.getByRole('textbox', { name: 'K conductance', exact: true }).inputValue())
          .toBe('0.5')
      })
    }))
})

describe('prepared for class', () => {
  it('a built-in scenario has a short address, a QR code and the code of an iframe', () =>
    withPage('?scenario=porous-opening', async (page) => {
      await open(page, 'Prepare for class…')
      const dialog = page.getByRole('dialog')
      const address = dialog.getByRole('textbox', { name: 'Address' })
      await expect.poll(() => address.inputValue()).toContain('?scenario=porous-opening')
      await dialog.getByText('Shown (all').click()
      await dialog.getByRole('checkbox', { name: 'Reference cell', exact: true }).check()
      await dialog.getByRole('checkbox', { name: 'Picture', exact: true }).check()
      await dialog.getByText('May be set').click()
      await dialog.getByRole('checkbox', { name: 'The reference cell' }).check()
      await expect.poll(() => address.inputValue()).toMatch(/panels=cell,map&editable=cell&note=1/)
      await dialog.getByRole('img', { name: 'QR code of the address' }).waitFor()
      const link = await address.inputValue()
      await withPage(link.slice(link.indexOf('?')), async (other) => {
        expect(await other.locator('.chosen > .panel').count()).toBe(2)
        await other.locator('.note').waitFor()
      })
    }))
})
