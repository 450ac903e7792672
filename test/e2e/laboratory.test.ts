/** What a person meets, in the page as it is delivered. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { handle, openPage, pull, runsTo, tensor, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function withPage(options: Parameters<typeof openPage>[1], test: (page: Page) => Promise<void>): Promise<void> {
  const { page, errors } = await openPage(browser, options)
  try {
    await test(page)
    expect(errors).toEqual([])
  } finally {
    await page.context().close()
  }
}

const notice = (page: Page) => page.locator('.notice.error, .notice.warning')

describe('opening', () => {
  it('runs by itself, with picture, charts and equations', () =>
    withPage({}, async (page) => {
      await runsTo(page, 1)
      const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
      console.info(`first contentful paint ${paint?.toFixed(0)} ms`)
      await page.locator('.stage-host canvas').first().waitFor()
      await page.locator('.plot canvas').first().waitFor()
      await page.locator('.equations .katex').first().waitFor()
      expect(await tensor(page)).toBeGreaterThan(0)
    }))

  it('loads less than 250 kB of script before the first paint', () => {
    console.info(`initial scripts ${(inject('initialScripts') / 1000).toFixed(0)} kB gzip`)
    expect(inject('initialScripts')).toBeGreaterThan(100_000)
    expect(inject('initialScripts')).toBeLessThan(250_000)
  })

  it('starts paused for people who want less motion', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto(inject('page'))
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
    // So does what is chosen later.
    await page.getByRole('button', { name: /^Scenario: / }).click()
    await page.locator('.card').nth(3).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
    await page.waitForTimeout(500)
    expect(await page.getByRole('button', { name: 'Pause', exact: true }).count()).toBe(0)
    await context.close()
  })
})

describe('the reference cell', () => {
  it('follows a dragged handle, and undo brings it back without losing the run', () =>
    withPage({}, async (page) => {
      await runsTo(page, 0.5)
      const before = await tensor(page)
      await pull(page, 'radius', -50, 0)
      await page.waitForFunction(
        (old) => document.querySelector('[data-testid="tensor-extracellular"] td')?.textContent !== old,
        before.toFixed(4),
      )
      const during = await tensor(page)
      expect(during).toBeGreaterThan(before + 0.05)
      const t = await timeOnShow(page)
      await page.mouse.up()
      await runsTo(page, t + 0.5)
      expect(await tensor(page)).toBeGreaterThan(before + 0.05)
      await page.keyboard.press('Control+z')
      await page.waitForFunction(
        (old) =>
          Math.abs(Number(document.querySelector('[data-testid="tensor-extracellular"] td')?.textContent) - old) < 1e-3,
        before,
      )
      const after = await timeOnShow(page)
      expect(after).toBeGreaterThan(t)
      await runsTo(page, after + 0.5)
    }))

  it('explains a cell that admits no model and keeps the last state', () =>
    withPage({}, async (page) => {
      await runsTo(page, 1)
      // Larger than the period in both directions: nothing is left between the cells.
      await pull(page, 'radius', 120, 0)
      await page.mouse.up()
      await notice(page).first().waitFor()
      const text = await notice(page).first().textContent()
      expect(text).toMatch(/extracellular/i)
      expect(await timeOnShow(page)).toBeGreaterThan(0.9)
      const t = await timeOnShow(page)
      await page.getByRole('button', { name: 'Undo the last change' }).click()
      await runsTo(page, t + 0.5)
      await page.waitForFunction(() => document.querySelector('.notice.error') === null)
    }))

  it('answers to the keyboard', () =>
    withPage({}, async (page) => {
      await runsTo(page, 0.5)
      const before = await handle(page, 'center').boundingBox()
      await page.getByRole('application', { name: /Reference cell editor/ }).focus()
      for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
      await page.keyboard.press('-')
      const after = await handle(page, 'center').boundingBox()
      expect(after!.x).toBeGreaterThan(before!.x + 4)
      await page.keyboard.press('Delete')
      await handle(page, 'center').waitFor({ state: 'detached' })
      await page.keyboard.press('Control+z')
      await handle(page, 'center').waitFor()
    }))
})

describe('parameters', () => {
  it('a bad value explains itself while the run goes on with the last good one', () =>
    withPage({}, async (page) => {
      await runsTo(page, 0.5)
      const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
      await field.fill('much')
      const problem = page.locator('.parameter').getByRole('alert')
      await expect.poll(() => problem.textContent()).toMatch(/must be a number/)
      await field.fill('-3')
      await expect.poll(() => problem.textContent()).toMatch(/must lie between/)
      const t = await timeOnShow(page)
      await runsTo(page, t + 0.5)
      await field.fill('0.5')
      await field.press('Enter')
      await expect.poll(() => problem.count()).toBe(0)
      await runsTo(page, t + 1)
    }))

  it('light up their terms in the equations', () =>
    withPage({}, async (page) => {
      await page.locator('.equations .katex').first().waitFor()
      await page.locator('.parameter', { hasText: 'Na conductance' }).first().hover()
      await page.locator('.equations .lit').first().waitFor()
    }))
})

describe('links', () => {
  it('carry the whole scenario', () =>
    withPage({}, async (page) => {
      const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
      await field.fill('0.5')
      await field.press('Enter')
      await page.getByRole('button', { name: 'Share a link' }).click()
      const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
      await withPage({ path: link.slice(link.indexOf('#')) }, async (other) => {
        await expect
          .poll(() => other.getByRole('textbox', { name: 'K conductance', exact: true }).inputValue())
          .toBe('0.5')
        await runsTo(other, 0.5)
      })
    }))

  it('cut short, say so and show the opening scenario', () =>
    withPage({ path: '#s=q1bKTc0tSS0uUbJSMlSqBQA' }, async (page) => {
      await expect.poll(() => notice(page).first().textContent()).toMatch(/link could not be read/)
      await runsTo(page, 0.5)
    }))

  it('what is told covers nothing, and moves nothing while a handle is held', () =>
    withPage({ path: '?scenario=none' }, async (page) => {
      const foot = () =>
        page.evaluate(() => {
          const feet = [...document.querySelectorAll('.panel')].map((panel) => panel.getBoundingClientRect().bottom)
          return Math.max(...feet)
        })
      await notice(page).waitFor()
      const above = () => notice(page).evaluate((element) => element.getBoundingClientRect().top)
      await expect.poll(async () => (await foot()) <= (await above())).toBe(true)
      const before = await foot()
      await pull(page, 'radius', -5, 0)
      await notice(page).getByRole('button').press('Enter')
      await notice(page).waitFor({ state: 'detached' })
      expect(await foot()).toBe(before)
      await page.mouse.up()
      await expect.poll(foot).toBeGreaterThan(before + 20)
    }))

  it('embed as the picture alone', () =>
    withPage({ path: '?chrome=picture', ready: '.stage-host canvas' }, async (page) => {
      expect(await page.locator('.topbar, .time, select').count()).toBe(0)
    }))
})

describe('coming back', () => {
  it('finds the edits of the last visit', () =>
    withPage({}, async (page) => {
      const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
      await field.fill('0.5')
      await field.press('Enter')
      // Saved a moment after the edit.
      await page.waitForFunction(() => localStorage.getItem('twoscale-saved'))
      await page.reload()
      await expect.poll(() => field.inputValue()).toBe('0.5')
      await runsTo(page, 0.5)
    }))
})

describe('a browser without WebGL', () => {
  it('says so and shows a plain map', async () => {
    const plain = await launch('--disable-3d-apis')
    const { page } = await openPage(plain)
    await runsTo(page, 0.5)
    await expect.poll(() => notice(page).first().textContent()).toMatch(/no WebGL picture/)
    expect(await page.locator('.stage-canvas.fallback').count()).toBe(1)
    await plain.close()
  })
})

describe('keys', () => {
  it('run, pause, step, reset, choose fields and explain themselves', () =>
    withPage({}, async (page) => {
      await runsTo(page, 1)
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
      await page.waitForTimeout(500)
      const t = await timeOnShow(page)
      await page.waitForTimeout(500)
      expect(await timeOnShow(page)).toBe(t)
      await page.keyboard.press('.')
      await runsTo(page, t + 0.2)
      await page.keyboard.press('2')
      const second = await page.getByLabel('Field', { exact: true }).inputValue()
      await page.keyboard.press('1')
      await expect.poll(() => page.getByLabel('Field', { exact: true }).inputValue()).not.toBe(second)
      await page.keyboard.press('r')
      await expect.poll(() => timeOnShow(page)).toBe(0)
      await page.keyboard.press('?')
      await page.getByRole('dialog').getByText('Keys and help').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }))

  it('Escape ends a drag, also one that has not moved yet', () =>
    withPage({}, async (page) => {
      await runsTo(page, 0.2)
      const before = await tensor(page)
      for (const way of [0, -20]) {
        const { x, y } = (await handle(page, 'radius').boundingBox())!
        await page.mouse.move(x + 10, y + 10)
        await page.mouse.down()
        if (way !== 0) await page.mouse.move(x + 10 + way, y + 10, { steps: 2 })
        await page.keyboard.press('Escape')
        await page.mouse.move(x - 60, y, { steps: 4 })
        await page.mouse.up()
        await page.waitForTimeout(300)
        expect(await tensor(page)).toBe(before)
      }
      expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
    }))

  it('rewinding shows the past and running on starts from there', () =>
    withPage({}, async (page) => {
      await runsTo(page, 3)
      await page.getByRole('slider', { name: 'Time' }).fill('4')
      expect(await timeOnShow(page)).toBeCloseTo(1, 5)
      // Every time that is shown from here on: the machine may be too slow to look at the right moment.
      await page.evaluate(() => {
        const times: number[] = []
        Object.assign(window, { times })
        const text = document.querySelector('.time-text')!
        new MutationObserver(() => times.push(Number.parseFloat(text.textContent ?? ''))).observe(text, {
          subtree: true,
          characterData: true,
          childList: true,
        })
      })
      await page.keyboard.press('Space')
      await runsTo(page, 1.5)
      const times = await page.evaluate(() => (window as unknown as { times: number[] }).times)
      expect(times.find((t) => t > 1)).toBeLessThan(1.6)
    }))
})

describe('the stage', () => {
  it('takes probes and strokes of the brush', () =>
    withPage({}, async (page) => {
      await runsTo(page, 0.5)
      const stage = page.locator('.stage-host')
      const box = (await stage.boundingBox())!
      const [x, y] = [box.x + box.width * 0.5, box.y + box.height * 0.4]
      await page.mouse.move(x, y)
      await expect.poll(() => page.locator('.hover-value').textContent()).toMatch(/mV|mM/)
      await page.mouse.click(x, y)
      await page.getByRole('button', { name: 'Remove all probes' }).waitFor()
      const stimuli = await page.locator('.stimuli li').count()
      await page.getByRole('button', { name: /^Brush/ }).click()
      await page.mouse.move(x, y + 30)
      await page.mouse.down()
      await page.mouse.move(x + 80, y + 30, { steps: 20 })
      await page.mouse.up()
      await expect.poll(() => page.locator('.stimuli li').last().innerText()).toMatch(/\d touches/)
      await expect.poll(() => page.locator('.stimuli li').count()).toBe(stimuli + 1)
    }))

  it('stays responsive while it runs at full speed', () =>
    withPage({}, async (page) => {
      await page.getByLabel('Speed').selectOption('Infinity')
      await runsTo(page, 1)
      const report = await page.evaluate(async () => {
        const tasks: number[] = []
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration))).observe({
          entryTypes: ['longtask'],
        })
        let frames = 0
        const start = performance.now()
        await new Promise<void>((done) => {
          const count = () => {
            frames++
            if (performance.now() - start < 3000) requestAnimationFrame(count)
            else done()
          }
          requestAnimationFrame(count)
        })
        return { perSecond: frames / 3, tasks: tasks.length, longest: Math.max(0, ...tasks) }
      })
      console.info(
        `${report.perSecond.toFixed(0)} animation frames/s while running; ${report.tasks} tasks above 50 ms in 3 s, longest ${report.longest.toFixed(0)} ms (software rendering)`,
      )
      expect(report.perSecond).toBeGreaterThan(0)
    }))
})
