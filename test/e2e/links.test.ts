/** Links carry what is seen and what was changed on the way; addresses name what is shown; pages around may speak to it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openPage, runsTo, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function withPage(path: string, work: (page: Page) => Promise<void>, ready = '.time-text'): Promise<void> {
  const { page, errors } = await openPage(browser, { path, ready })
  await work(page)
  expect(errors).toEqual([])
  await page.context().close()
}

const pause = (page: Page) => page.getByRole('button', { name: 'Pause', exact: true }).click()

/** Numbers of the run and their hashes, by the file that the page writes of it; but for when it was written. */
async function observables(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'File and export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export observables (CSV)' }).click(),
  ])
  const stream = await download.createReadStream()
  let text = ''
  for await (const part of stream) text += part
  return text.replace(/^# Creation Time: .*\n/m, '')
}

describe('a link', () => {
  it('replays what was changed on the way, to the same numbers, and looks the same', () =>
    withPage('', async (page) => {
      await runsTo(page, 0.5)
      const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
      await field.fill('0.5')
      await field.press('Enter')
      await runsTo(page, 1.5)
      await pause(page)
      await page.keyboard.press('2')
      await page.locator('.stage-host').first().click()
      const t = await timeOnShow(page)
      const numbers = await observables(page)
      const shown = await page.getByRole('combobox', { name: 'Field' }).inputValue()
      await page.getByRole('button', { name: 'Share a link' }).click()
      const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
      await withPage(link.slice(link.indexOf('#')), async (other) => {
        await expect.poll(() => timeOnShow(other)).toBe(t)
        await other.getByRole('button', { name: 'Run', exact: true }).waitFor()
        expect(await other.getByRole('combobox', { name: 'Field' }).inputValue()).toBe(shown)
        expect(await other.getByRole('button', { name: 'Remove all probes' }).count()).toBe(1)
        expect(await observables(other)).toBe(numbers)
      })
    }))

  it('brings branches along', () =>
    withPage('?scenario=porous-opening&t=1e-6&run=0', async (page) => {
      const arrived = () => expect.poll(() => timeOnShow(page)).toBeGreaterThanOrEqual(1)
      await arrived()
      await page.keyboard.press('f')
      const field = page.getByRole('textbox', { name: /^Ion 1, right reservoir/ })
      await field.fill('0.5')
      await field.press('Enter')
      await page.keyboard.press('.')
      await page.getByRole('list', { name: 'Branches' }).waitFor()
      await page.getByRole('button', { name: 'Share a link' }).click()
      const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
      await withPage(link.slice(link.indexOf('#')), async (other) => {
        await other.getByRole('list', { name: 'Branches' }).waitFor()
        await expect.poll(() => other.getByRole('textbox', { name: /^Ion 1, right/ }).inputValue()).toBe('0.5')
        await expect.poll(() => timeOnShow(other)).toBeGreaterThanOrEqual(1)
      })
    }))

  it('whose part beside the scenario is damaged opens the scenario', () =>
    withPage('?run=0', async (page) => {
      await page.getByRole('button', { name: 'Share a link' }).click()
      const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
      const damaged = link.slice(link.indexOf('#'), link.indexOf('&v=') + 20)
      await withPage(damaged, async (other) => {
        await other.getByText('How the sender looked at it could not be read').waitFor()
        await runsTo(other, 0.3)
      })
    }))
})

describe('an address', () => {
  it('names a scenario, a time, and what of it is shown and may be set', () =>
    withPage(
      '?scenario=porous-opening&panels=cell,map,profile,parameters&editable=D_1&t=1e-6&run=0&note=1&theme=dark',
      async (page) => {
        await expect.poll(() => timeOnShow(page)).toBeGreaterThanOrEqual(1)
        expect(await page.locator('.chosen > .panel').count()).toBe(4)
        expect(await page.locator('.parameters .parameter').count()).toBe(1)
        expect(await page.getByRole('button', { name: 'Add shape' }).count()).toBe(0)
        await page.getByText('change the closure').waitFor()
        await page.getByRole('button', { name: 'Close the note' }).click()
        await expect.poll(() => page.locator('.note').count()).toBe(0)
      },
    ))

  it('says what it does not know', () =>
    withPage('?scenario=porous-films&field=speed&panels=zoo', async (page) => {
      for (const text of ['there is none of that name', 'this model has', 'got "zoo"'])
        await page.getByText(text).first().waitFor()
      await runsTo(page, 0.2)
    }))

  it('opens the projector layout; a clicker turns its pages, Escape leaves it', () =>
    withPage('?present=1', async (page) => {
      const views = () => page.locator('.present').getAttribute('data-view')
      expect(await views()).toBe('cell-map')
      await page.keyboard.press('PageDown')
      await page.keyboard.press('PageDown')
      await expect.poll(views).toBe('map-chart')
      await page.locator('.present .plot canvas').first().waitFor()
      await page.keyboard.press('PageUp')
      await expect.poll(views).toBe('map')
      const small = await page.evaluate(() => {
        const sizes = [...document.querySelectorAll<HTMLElement>('.present *')].flatMap((element) => {
          const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim())
          const box = element.getBoundingClientRect()
          const clipped = element.classList.contains('visually-hidden') || element.closest('.visually-hidden')
          return own && box.width > 1 && !clipped ? [Number.parseFloat(getComputedStyle(element).fontSize)] : []
        })
        return Math.min(...sizes)
      })
      expect(small).toBeGreaterThanOrEqual(18)
      await page.keyboard.press('Escape')
      await page.locator('.topbar').waitFor()
    }))

  it.each([
    ['minimal', '.cell-panel, .stage-panel, .chart-panel', 3],
    ['picture', '.stage-panel', 1],
    ['cell', '.cell-panel', 1],
    ['chart:curve', '.chart-panel', 1],
  ])('embeds %s, with the way to the whole', (chrome, panels, count) =>
    withPage(
      `?chrome=${chrome}`,
      async (page) => {
        expect(await page.locator(panels).count()).toBe(count)
        expect(await page.locator('.panel').count()).toBe(count)
        const open = page.getByRole('link', { name: 'Open in full' })
        await open.hover()
        await expect.poll(() => open.getAttribute('href')).toContain('#s=')
      },
      '.panel',
    ),
  )
})

describe('a page around it', () => {
  it('loads, sets, runs and observes by messages', () =>
    withPage(
      'embedding/index.html',
      async (page) => {
        const told = page.locator('#told')
        await expect.poll(() => told.textContent()).toMatch(/^frame \d+, t = /)
        await page.locator('#pause').click()
        const frame = page.frameLocator('#laboratory')
        await frame.getByRole('button', { name: 'Run', exact: true }).first().waitFor()
        const answer = (message: object) =>
          page.evaluate(
            (asked) =>
              new Promise<{ twoscale: string; message?: string }>((resolve) => {
                const hear = ({ data }: MessageEvent) => {
                  if (data.id !== 'test') return
                  removeEventListener('message', hear)
                  resolve(data)
                }
                addEventListener('message', hear)
                const inner = document.querySelector('iframe')?.contentWindow
                inner?.postMessage({ ...asked, id: 'test' }, location.origin)
              }),
            message,
          )
        expect(await answer({ twoscale: 'set', parameters: { G_K: 0.4 } })).toMatchObject({ twoscale: 'done' })
        expect(await answer({ twoscale: 'set', parameters: { none: 1 } })).toMatchObject({
          message: expect.stringContaining('none of that name'),
        })
        expect(await answer({ twoscale: 'load', scenario: { version: 1 } })).toMatchObject({ twoscale: 'problem' })
        expect(await answer({ twoscale: 'fly' })).toMatchObject({ message: expect.stringContaining('observe') })
        expect(await answer({ twoscale: 'observe', names: ['none'] })).toMatchObject({
          message: expect.stringContaining('this model has'),
        })
      },
      '#laboratory',
    ))

  it('of another origin is not heard', () =>
    withPage(
      '?chrome=minimal&origin=https://example.org',
      async (page) => {
        const heard = await page.evaluate(async () => {
          let answers = 0
          addEventListener('message', ({ data }) => {
            if (data.twoscale === 'done') answers++
          })
          postMessage({ twoscale: 'pause', id: 1 }, '*')
          await new Promise((resolve) => setTimeout(resolve, 300))
          return answers
        })
        expect(heard).toBe(0)
        expect(inject('page')).toBeTruthy()
      },
      '.stage-host canvas',
    ))
})
