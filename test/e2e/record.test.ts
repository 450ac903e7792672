/** What leaves the page says what it is, and comes back: capsules, figures, fields, tensors, citations. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finish } from '../../src/finish.ts'
import { parseCapsule } from '../../src/record/capsule.ts'
import { scenarioHash } from '../../src/record/hash.ts'
import { textsIn } from '../../src/record/png.ts'
import { replayTo } from '../../src/record/told.ts'
import { judge } from '../../src/record/verdict.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import { VERSION } from '../../src/version.ts'
import { openPage, openScenario, runsTo, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'
import { button, fromMenu, openRecord, saved } from './saving.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const HASH = /^[0-9a-f]{64}$/
let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
})

async function opens(page: Page, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    fromMenu(page, 'File and export', 'Open a scenario file…'),
  ])
  await chooser.setFiles(path)
}

async function restingPage(): Promise<{ page: Page; errors: string[] }> {
  const opened = await openPage(browser)
  await runsTo(opened.page, 0.5)
  await button(opened.page, 'Pause').click()
  return opened
}

async function done({ page, errors }: { page: Page; errors: string[] }): Promise<void> {
  expect(errors).toEqual([])
  await page.context().close()
}

/** Colour at the left above. */
const corner = (page: Page, png: Buffer) =>
  page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes]))
    const context = new OffscreenCanvas(1, 1).getContext('2d')!
    context.drawImage(image, 0, 0)
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  }, png.toString('base64'))

const pngSize = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

describe('every file', () => {
  it('carries version, date and hashes, and those that come in come in again', async () => {
    const opened = await restingPage()
    const { page } = opened
    const tables = [
      await saved(page, () => fromMenu(page, 'File and export', 'Export observables (CSV)')),
      await saved(page, () => fromMenu(page, 'Export this chart', 'Data (CSV)')),
    ]
    for (const { bytes } of tables) {
      const text = bytes.toString()
      expect(text).toContain(`# Software: Twoscale ${VERSION}\n# Creation Time: 20`)
      expect(text).toMatch(/# Scenario SHA-256: [0-9a-f]{64}\n/)
      expect(text).toMatch(/# Result SHA-256: [0-9a-f]{64}\n/)
    }
    const pictures = [
      await saved(page, () => fromMenu(page, 'File and export', 'Export the picture (PNG)')),
      await saved(page, () => fromMenu(page, 'Export this chart', 'Picture (PNG)')),
    ]
    for (const { bytes } of pictures) {
      const texts = textsIn(bytes)
      expect(texts.get('Software')).toBe(`Twoscale ${VERSION}`)
      expect(texts.get('Result SHA-256')).toMatch(HASH)
    }
    const scenario = await saved(page, () => fromMenu(page, 'File and export', 'Save the scenario'))
    const raw = JSON.parse(scenario.bytes.toString())
    expect(raw.record).toMatchObject({ program: 'Twoscale', version: VERSION, scenario: expect.stringMatching(HASH) })
    const read = parseScenario(raw)
    expect(read).not.toHaveProperty('record')
    expect(scenarioHash([{ frame: 0, scenario: read }])).toBe(raw.record.scenario)
    await opens(page, scenario.path)
    await page.getByText(`Opened ${scenario.path.split('/').at(-1)}`).waitFor()
    await done(opened)
  })
})

describe('a run capsule', () => {
  let path: string
  let link: string

  it('is written of a run that was changed on its way', async () => {
    const opened = await openPage(browser)
    const { page } = opened
    await runsTo(page, 0.5)
    const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
    await field.fill('0.5')
    await field.press('Enter')
    await runsTo(page, 1)
    await button(page, 'Pause').click()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await openRecord(page)
    const capsule = await saved(page, () => button(page, 'Save the capsule').click())
    path = capsule.path
    const { course, record, rows } = JSON.parse(capsule.bytes.toString())
    expect(course).toHaveLength(2)
    expect(record.changes).toBe(1)
    expect(rows.length).toBeGreaterThan(2)
    await page.locator('.record-hashes code').first().waitFor()
    expect(await page.locator('.record-hashes code').allTextContents()).toEqual([record.scenario, record.result])
    await button(page, 'Copy a link that checks itself').click()
    await page.getByText('The link is on the clipboard.').waitFor()
    link = await page.evaluate(() => navigator.clipboard.readText())
    await done(opened)
  })

  it('says "same numbers" where it is opened', async () => {
    const opened = await openPage(browser)
    await opens(opened.page, path)
    await opened.page.getByText(/Same numbers: \d+ frames up to t = .* observables and fields \(SHA-256\)\./).waitFor()
    await done(opened)
  })

  it('names a number that was changed, and a version that is another', async () => {
    const raw = JSON.parse(readFileSync(path, 'utf8'))
    const place = raw.observables.findIndex(({ unit }: { unit: string }) => unit === 'mM')
    raw.rows[1][place + 2] += 1
    raw.record.version = '0.1.0'
    const other = `${path}.json`
    writeFileSync(other, JSON.stringify(raw))
    const opened = await openPage(browser)
    await opens(opened.page, other)
    const notice = opened.page.getByText(/Not the same numbers: /)
    await notice.waitFor()
    const text = await notice.textContent()
    expect(text).toContain(raw.observables[place].label)
    expect(text).toContain(`It was written by Twoscale 0.1.0, this is ${VERSION}.`)
    await done(opened)
  })

  it('has the same numbers outside the browser', () => {
    const capsule = parseCapsule(JSON.parse(readFileSync(path, 'utf8')))
    const verdict = judge(capsule, finish(replayTo(capsule.course, capsule.until)))
    expect(verdict).toMatchObject({ same: true, sentence: expect.stringContaining('(SHA-256)') })
  })

  it('goes as a link that checks itself', async () => {
    const opened = await openPage(browser, { path: `#${link.split('#')[1]}` })
    await opened.page.getByText(/Same numbers: \d+ frames/).waitFor()
    await done(opened)
  })

  it('that is damaged is refused in a sentence, and nothing is lost', async () => {
    const broken = `${path}-broken.json`
    writeFileSync(broken, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), until: -1 }))
    const opened = await restingPage()
    const before = await timeOnShow(opened.page)
    await opens(opened.page, broken)
    await opened.page.getByText(/was not opened: until: got -1/).waitFor()
    // A frame may have been on its way when the run was paused.
    expect(await timeOnShow(opened.page)).toBeGreaterThanOrEqual(before)
    await done(opened)
  })
})

describe('figures', () => {
  it('of a chart: vector, and pixels of the size that was asked for', async () => {
    const opened = await restingPage()
    const { page } = opened
    await fromMenu(page, 'Export this chart', 'Figure (SVG, PDF or PNG)…')
    const svg = (await saved(page, () => button(page, 'Save the figure').click())).bytes.toString()
    expect(svg).toMatch(/^<svg [^>]*width="900"/)
    expect(svg).toContain(`<desc>Software: Twoscale ${VERSION}`)
    expect(svg.match(/<path/g)!.length).toBeGreaterThan(3)
    await fromMenu(page, 'Export this chart', 'Figure (SVG, PDF or PNG)…')
    await page.getByText('Pixels (PNG)').click()
    for (const [name, value] of [
      ['Width', '1200'],
      ['Height', '800'],
    ]) {
      await page.getByRole('textbox', { name }).fill(value)
      await page.getByRole('textbox', { name }).press('Enter')
    }
    const png = (await saved(page, () => button(page, 'Save the figure').click())).bytes
    expect(pngSize(png)).toEqual([1200, 800])
    expect(textsIn(png).get('Scenario SHA-256')).toMatch(HASH)
    await done(opened)
  })

  it('of the picture: chosen width and ground, with its colour bar; the picture on the page stays', async () => {
    const opened = await openScenario(browser, 'tissue-b2-sheet')
    const { page } = opened
    await runsTo(page, 0.1)
    await button(page, 'Pause').click()
    const before = await page
      .locator('.stage-canvas')
      .first()
      .evaluate((c: HTMLCanvasElement) => [c.width, c.height])
    await openRecord(page)
    const corners: number[][] = []
    for (const ground of ['White ground', 'Dark ground']) {
      await page.locator('.record').getByText(ground).click()
      await page.getByRole('textbox', { name: 'Width' }).fill('2000')
      await page.getByRole('textbox', { name: 'Width' }).press('Enter')
      const { bytes } = await saved(page, () => button(page, 'Save the figure').click())
      expect(pngSize(bytes)[0]).toBe(2000)
      corners.push(await corner(page, bytes))
    }
    expect(corners[0]).toEqual([255, 255, 255])
    expect(Math.max(...corners[1])).toBeLessThan(64)
    const after = await page
      .locator('.stage-canvas')
      .first()
      .evaluate((c: HTMLCanvasElement) => [c.width, c.height])
    expect(after).toEqual(before)
    await done(opened)
  })
})

describe('a film', () => {
  const begin = async () => {
    const opened = await restingPage()
    await openRecord(opened.page)
    await opened.page.getByLabel('Pace').selectOption('25')
    return opened
  }
  const make = (page: Page) => button(page, 'Save a film of the run (WebM)').click()

  it('plays every frame of the run; the frame on show comes back', async () => {
    const opened = await begin()
    const { page } = opened
    const t = await page.locator('.time-text').textContent()
    const { name, bytes } = await saved(page, () => make(page))
    expect(name).toMatch(/\.webm$/)
    // EBML, and more than a header.
    expect([...bytes.subarray(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3])
    expect(bytes.length).toBeGreaterThan(5000)
    expect(await page.locator('.time-text').textContent()).toBe(t)
    await done(opened)
  })

  it('is given up at once', async () => {
    const opened = await begin()
    const { page } = opened
    await page.getByLabel('Pace').selectOption('5')
    await make(page)
    await button(page, 'Give it up').click()
    await button(page, 'Save a film of the run (WebM)').waitFor()
    await done(opened)
  })
})

describe('numbers', () => {
  it('of the fields as CSV, NPZ, NPY and VTI', async () => {
    const opened = await restingPage()
    const { page } = opened
    await openRecord(page)
    const as = async (format: string) => {
      await page.getByLabel('Format', { exact: true }).selectOption(format)
      return saved(page, () => button(page, 'Save the fields').click())
    }
    const csv = (await as('csv')).bytes.toString()
    const rows = csv.split('\n').filter((line) => /^[-\d]/.test(line))
    const heading = csv.split('\n').find((line) => line.startsWith('"'))!
    const files = unzipSync((await as('npz')).bytes)
    const { fields } = JSON.parse(new TextDecoder().decode(files['record.json']))
    const [name] = Object.keys(fields)
    const column = heading.split(',').findIndex((cell) => cell.startsWith(`"${name}`))
    const npy = Buffer.from(files[`${name}.npy`])
    const start = 10 + npy.readUInt16LE(8)
    rows.forEach((row, k) => {
      expect(npy.readDoubleLE(start + 8 * k)).toBe(Number(row.split(',')[column]))
    })
    expect((await as('npy')).bytes.subarray(1, 6).toString()).toBe('NUMPY')
    const [, extent] = /WholeExtent="([^"]+)"/.exec((await as('vti')).bytes.toString())!
    const [, x, , y] = extent.split(' ').map(Number)
    expect((x + 1) * (y + 1)).toBe(rows.length)
    await done(opened)
  })

  it('of the tensors, from the panel of the cell', async () => {
    const opened = await restingPage()
    const { page } = opened
    const json = await saved(page, () => fromMenu(page, 'Save the tensors', 'Tensors (JSON)'))
    const { tensors, record } = JSON.parse(json.bytes.toString())
    expect(tensors[0].error).toBeGreaterThanOrEqual(0)
    expect(record.version).toBe(VERSION)
    const tex = await saved(page, () => fromMenu(page, 'Save the tensors', 'Tensors (LaTeX)'))
    expect(tex.name).toMatch(/\.tex$/)
    expect(tex.bytes.toString()).toContain('\\begin{pmatrix}')
    await done(opened)
  })
})

describe('citing', () => {
  it('gives BibTeX to copy, says that the DOI is a placeholder, and links sources', async () => {
    const opened = await restingPage()
    const { page } = opened
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await openRecord(page)
    const cite = page.getByRole('region', { name: 'Cite' })
    await cite.getByText(/doi:10\.xxxx\/placeholder \(a placeholder\)/).waitFor()
    await button(page, 'Copy the BibTeX').click()
    await page.getByText('The BibTeX is on the clipboard.').waitFor()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text.match(/^@\w+\{/gm)).toHaveLength(4)
    expect(await cite.locator('a[href^="https://doi.org/10.1093/amrx/abx003"]').count()).toBe(1)
    expect(await cite.locator('li a').count()).toBeGreaterThanOrEqual(4)
    await done(opened)
  })
})

describe('the dialog', () => {
  it.each([
    ['light', 1280, 720],
    ['dark', 1280, 720],
    ['light', 390, 844],
    ['dark', 390, 844],
  ] as const)('%s at %i x %i can be used by everyone', async (colorScheme, width, height) => {
    const opened = await openPage(browser, { colorScheme, width, height })
    const { page } = opened
    await openRecord(page)
    await page.getByRole('region', { name: 'Cite' }).getByRole('link').first().waitFor()
    await page.evaluate(axe)
    const problems = await page.evaluate(async () => {
      // @ts-expect-error: axe came with the line above.
      const { violations } = await window.axe.run('.record', { resultTypes: ['violations'] })
      return violations.map((v: { id: string; nodes: { html: string }[] }) => `${v.id}: ${v.nodes[0].html}`)
    })
    expect(problems).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const dialog = (await page.locator('.record').boundingBox())!
    expect(dialog.x + dialog.width).toBeLessThanOrEqual(width)
    await page.keyboard.press('Escape')
    await page.locator('.record').waitFor({ state: 'detached' })
    await done(opened)
  })
})
