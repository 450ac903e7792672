/** Porous media on the page: closures and their currents, the table, the parts of the corrector, the judge, the notes. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlotElement } from '../../src/app/kit/LineChart.tsx'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'
import { fromMenu, saved } from './saving.ts'

let browser: Browser
let page: Page
let errors: string[]

// One page for all: opening it is most of the time it takes.
beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'porous-opening'))
})
afterAll(() => browser.close())

const panel = (content: string): Locator => page.locator('.chart-panel', { has: page.locator(content) })
const closure = () => page.getByRole('combobox', { name: 'Closure', exact: true })

/** Largest current on the curve as it is drawn, A/m². */
function largestCurrent(): Promise<number> {
  return page.evaluate(() => {
    const plot = document.querySelector<PlotElement>('.chart-panel .plot')
    return Math.max(0, ...(plot?.chart?.lines[0]?.y ?? []))
  })
}

it('opens in its own words: no brush, no tissue', async () => {
  expect(await page.locator('.stage-panel h2').textContent()).toBe('Porous medium')
  expect(await page.getByRole('button', { name: /^Brush/ }).count()).toBe(0)
  expect(await page.locator('main').innerText()).not.toMatch(/tissue/i)
})

it('changes the current with the closure, and says what the closure is', async () => {
  await expect.poll(largestCurrent).toBeGreaterThan(100)
  const before = await largestCurrent()
  await closure().selectOption('weak2013')
  // By the pore fraction over the tortuous tensor: 0.7173 / 0.5585.
  await expect.poll(async () => (await largestCurrent()) / before).toBeCloseTo(1.284, 2)
  const help = page.locator('.option-help')
  expect(await help.textContent()).toMatch(/✓ Einstein relation.*upper bound/)
  await closure().selectOption('printed2013')
  await expect.poll(() => help.textContent()).toMatch(/✕ no Einstein relation/)
  await closure().selectOption('perforated')
})

it('compares six closures in a table', async () => {
  await page.getByLabel('Curve', { exact: true }).selectOption('table')
  const rows = page.locator('.comparison-table tbody tr:not(.row-note)')
  await expect.poll(() => rows.count()).toBe(6)
  await expect.poll(() => page.locator('.comparison-table [data-chosen=true] th').textContent()).toMatch(/in use$/)
})

it('hands out its tables of numbers: closures, groups, limits', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const save = () => saved(page, () => fromMenu(page, 'Export this table', 'Data (CSV)'))
  const { name, bytes } = await save()
  expect(name).toMatch(/-table\.csv$/)
  expect(bytes.toString()).toMatch(/^# .*\n(#.*\n)*closure,.*\n(?:.*\n){6}$/)
  await page.getByLabel('Curve', { exact: true }).selectOption('groups')
  await expect.poll(() => page.locator('.comparison-table').getAttribute('aria-label')).toBe('Dimensionless groups')
  const groups = (await save()).bytes.toString()
  const shown = await page.locator('.comparison-table tbody tr:not(.row-note)').count()
  const rows = groups.split('\n').filter((line) => line && !line.startsWith('#'))
  expect(rows[0]).toBe('group,value,note')
  expect(rows.length).toBe(shown + 1)
  await fromMenu(page, 'Export this table', 'Copy for a spreadsheet')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')[0]).toBe('group\tvalue\tnote')
  expect(copied.split('\n').length).toBe(shown + 1)
  await page.locator('.gauge-badge').click()
  const limits = await saved(page, () => page.getByRole('dialog').getByRole('button', { name: 'Data (CSV)' }).click())
  expect(limits.name).toMatch(/-validity\.csv$/)
  expect(limits.bytes.toString()).toMatch(/\nnumber,definition,value,limit,exceeded in/)
  await page.keyboard.press('Escape')
  await page.getByLabel('Curve', { exact: true }).selectOption('table')
})

it('looks into a pore: the sum, and its two parts about zero', async () => {
  await page.locator('.brand').click()
  await page.keyboard.press('m')
  const caption = page.locator('.lens figcaption')
  await expect.poll(() => caption.textContent()).toMatch(/cell at/)
  for (const part of ['tortuosity', 'Boltzmann']) {
    await page.getByRole('button', { name: `${part} part` }).click()
    await expect.poll(() => caption.textContent()).toMatch(new RegExp(`${part} part of u₁`))
    const [low, high] = (await caption.locator('.lens-scale').innerText()).split(/\s+/)
    expect(low).toBe(`−${high}`)
  }
  await page.keyboard.press('Escape')
})

it('looks into a resolved pore with both correctors: with every order less is left', { timeout: 120_000 }, async () => {
  const { page, errors } = await openScenario(browser, 'porous-judge')
  await runsTo(page, 4)
  await page.locator('.brand').click()
  await page.keyboard.press('m')
  await page.getByRole('button', { name: 'difference', exact: true }).last().click()
  const bar = page.locator('.microscope-bar')
  const order = bar.getByRole('group', { name: 'Order of the expansion' })
  const left = async () => {
    const caption = await page.locator('.lens figcaption').innerText()
    const [, size, power = ''] = caption.match(/varies by ([\d.]+)(?:·10([⁻⁰¹²³⁴-⁹]+))?/) ?? []
    const exponent = power.replace(/./g, (c) => (c === '⁻' ? '-' : String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))))
    return Number(size) * 10 ** Number(exponent)
  }
  // Put back at once, nothing is solved that nobody looks at.
  const workers: string[] = []
  page.on('worker', (worker) => workers.push(worker.url()))
  await order.evaluate(async (group) => {
    for (const name of ['+ s² u₂', '+ s u₁']) {
      for (const button of group.querySelectorAll('button')) if (button.textContent === name) button.click()
      await new Promise((resolve) => setTimeout(resolve))
    }
  })
  await page.waitForTimeout(1000)
  expect(workers).toEqual([])
  const found: number[] = []
  for (const name of ['u₀', '+ s u₁', '+ s² u₂']) {
    await order.getByRole('button', { name, exact: true }).click()
    // The second order is solved when it is asked for.
    await expect.poll(() => bar.getByRole('status').count(), { timeout: 30_000 }).toBe(0)
    found.push(await left())
  }
  expect(found[1]).toBeLessThan(0.3 * found[0])
  expect(found[2]).toBeLessThan(0.5 * found[1])
  await order.getByRole('button', { name: '+ s u₁', exact: true }).click()
  await expect.poll(left).toBe(found[1])
  expect(errors).toEqual([])
  await page.close()
})

it('judges the closures, and puts the resolved current on the curve', async () => {
  await page.getByRole('button', { name: 'Error plot' }).click()
  await page.getByLabel('Largest N').selectOption('4')
  const proof = panel('.proof')
  await proof.getByRole('button', { name: 'Run' }).click()
  await proof.getByRole('button', { name: 'Done' }).waitFor()
  const words = await proof.locator('.proof-words').textContent()
  expect(words).toMatch(/“perforated” converges to the resolved flux: order [12]\./)
  expect(words).toMatch(/fixed amount.*weak2013 2\d\s%/)
  expect(words).toMatch(/middle half: order [01]\.\d+, with s u₁ [12]\.\d+, with s² u₂ [23]\.\d+/)
  expect(words).toMatch(/Resolved with N = 4: J₁/)
  expect(await proof.locator('.proof-norms tbody tr').count()).toBeGreaterThanOrEqual(10)
  await page.getByLabel('Shown here').first().selectOption('curve')
  await page.getByLabel('Curve', { exact: true }).selectOption('steady')
  await expect.poll(() => page.locator('.plot-legend').first().textContent()).toMatch(/resolved, N = 4/)
})

it('tells what is printed and what is used', async () => {
  await page.getByText('What is printed, and what is used').click()
  await expect.poll(() => page.locator('.notes li').count()).toBe(13)
  await expect.poll(() => page.locator('.notes .katex').first().isVisible()).toBe(true)
})

it('groups the scenarios by family, its own first', async () => {
  await page.getByRole('button', { name: /^Scenario:/ }).click()
  await expect
    .poll(() => page.locator('.gallery-section h3').allTextContents())
    .toEqual(['Porous medium', 'Tissue', 'Battery cathode'])
  await page.keyboard.press('Escape')
  expect(errors).toEqual([])
})
