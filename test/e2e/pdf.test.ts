/** Figures as PDF: one page of the size that was asked for, and text that can be read back. */
import { readFileSync } from 'node:fs'
import { deflateRawSync, inflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../../src/version.ts'
import { openPage, runsTo } from './browser.ts'
import { launch } from './launch.ts'
import { button, fromMenu, openRecord, saved } from './saving.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
})

/** Letters of other alphabets, raised signs, the true minus, brackets that PDF itself knows. */
const TITLE = 'Größe αβψ Δμ − 10⁻³ ≤ C₊ (50 \\%)'

async function restingPage(title: string): Promise<{ page: Page; errors: string[] }> {
  const file = new URL('../../src/scenarios/tissue-b1-pulse.json', import.meta.url)
  const scenario = { ...JSON.parse(readFileSync(file, 'utf8')), title }
  const code = deflateRawSync(JSON.stringify(scenario)).toString('base64url')
  const opened = await openPage(browser, { path: `#s=${code}` })
  await runsTo(opened.page, 0.5)
  await button(opened.page, 'Pause').click()
  return opened
}

const MM = 25.4 / 72

async function read({ name, bytes }: { name: string; bytes: Buffer }) {
  expect(name).toMatch(/\.pdf$/)
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  expect(pdf.numPages).toBe(1)
  const { view } = await pdf.getPage(1)
  const info = (await pdf.getMetadata()).info as { Title: string; Subject: string }
  const { text } = await extractText(pdf, { mergePages: true })
  return { width: (view[2] - view[0]) * MM, height: (view[3] - view[1]) * MM, text, info }
}

type Matrix = readonly [number, number, number, number, number, number]

/** Lower left and upper right corner of every picture of the page, mm: from its content, as the library of the tests needs newer Nodes. */
function pictureBoxes(bytes: Buffer): number[][] {
  const streams = bytes
    .toString('latin1')
    .matchAll(/\/Filter \/FlateDecode[^>]*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)
  const texts = [...streams].map(([, stream]) => inflateSync(Buffer.from(stream, 'latin1')).toString('latin1'))
  const content = texts.find((text) => / Do\b/.test(text)) ?? ''
  const stack: Matrix[] = []
  const boxes: number[][] = []
  let now: Matrix = [1, 0, 0, 1, 0, 0]
  const at = (x: number, y: number) => [now[0] * x + now[2] * y + now[4], now[1] * x + now[3] * y + now[5]]
  for (const line of content.split('\n').map((text) => text.trim())) {
    if (line === 'q') stack.push(now)
    if (line === 'Q') now = stack.pop() ?? now
    if (line.endsWith(' cm')) {
      const [a, b, c, d, e, f] = line.split(/\s+/).map(Number) as [number, number, number, number, number, number]
      const [[ox, oy], [ax, ay], [bx, by]] = [at(e, f), at(e + a, f + b), at(e + c, f + d)]
      now = [ax - ox, ay - oy, bx - ox, by - oy, ox, oy]
    }
    // A picture fills the unit square.
    if (line.endsWith(' Do')) boxes.push([...at(0, 0), ...at(1, 1)].map((length) => length * MM))
  }
  return boxes
}

async function write(page: Page, field: string, value: string): Promise<void> {
  const box = page.getByRole('dialog').getByRole('textbox', { name: field })
  await box.fill(value)
  await box.press('Enter')
}

async function chartPdf(page: Page): Promise<Awaited<ReturnType<typeof saved>>> {
  await fromMenu(page, 'Export this chart', 'Figure (SVG, PDF or PNG)…')
  await page.getByText('Vector (PDF)').click()
  await write(page, 'Width', '180')
  await write(page, 'Height', '120')
  return saved(page, () => button(page, 'Save the figure').click())
}

describe('a chart', () => {
  it('has its size in mm, its title and its units', async () => {
    const { page, errors } = await restingPage(TITLE)
    const { width, height, text, info } = await read(await chartPdf(page))
    expect(width).toBeCloseTo(180, 1)
    expect(height).toBeCloseTo(120, 1)
    expect(text).toContain(TITLE)
    expect(text).toContain('current density (outward) (μA/cm²)')
    expect(text).toContain('−10')
    // The Na of E_Na is small and lower.
    expect(text.replace(/\s/g, '')).toContain('ENa')
    expect(info.Title).toBe(TITLE)
    expect(info.Subject).toContain(`Software: Twoscale ${VERSION}\n`)
    expect(info.Subject).toMatch(/Result SHA-256: [0-9a-f]{64}/)
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('shows as a picture what its font lacks, and loses nothing of the rest', async () => {
    const { page, errors } = await restingPage('Membran 膜電位 ∇φ 🜄')
    const file = await chartPdf(page)
    const { text, info } = await read(file)
    expect(text).not.toContain('Membran')
    expect(text).toContain('membrane potential V (mV)')
    // The title is at the left above, as high as its letters.
    const [[left, low, right, high]] = pictureBoxes(file.bytes)
    expect(left).toBeGreaterThan(0)
    expect(right).toBeLessThan(100)
    expect(high).toBeLessThan(121)
    expect(high).toBeGreaterThan(115)
    expect(high - low).toBeGreaterThan(4)
    expect(info.Title).toBe('Membran 膜電位 ∇φ 🜄')
    expect(errors).toEqual([])
    await page.context().close()
  })
})

describe('the picture', () => {
  it('has its size in mm, title, field, time and the numbers of its colour bar, as SVG too', async () => {
    const { page, errors } = await restingPage(TITLE)
    await openRecord(page)
    const save = () => saved(page, () => button(page, 'Save the figure').click())
    const as = (format: string) => page.locator('.record').getByText(format, { exact: true }).first().click()
    await as('PDF')
    await write(page, 'Width', '100')
    const file = await save()
    const { width, height, text, info } = await read(file)
    expect(width).toBeCloseTo(100, 1)
    expect(height).toBeGreaterThan(30)
    expect(text).toContain(TITLE)
    expect(text).toMatch(/Membrane potential \(mV\) at t = [\d.]+ s/)
    expect(text).toMatch(/−\d\d/)
    // Axes and the number of the probe are text too.
    expect(text).toMatch(/x \([μµ]m\)/)
    expect(text).toMatch(/(^|\s)1000(\s|$)/)
    expect(text).toMatch(/(^|\s)1(\s|$)/)
    expect(info.Subject).toMatch(/Scenario SHA-256: [0-9a-f]{64}/)
    expect(file.bytes.toString('latin1')).toContain('/Subtype /Image')

    await as('SVG')
    const { name, bytes } = await save()
    const svg = bytes.toString()
    expect(name).toMatch(/-figure\.svg$/)
    // 100 mm at 300 pixels to the inch.
    expect(svg).toMatch(/^<svg [^>]*width="1181"/)
    expect(svg).toContain(`<desc>Software: Twoscale ${VERSION}`)
    expect(svg).toContain(`>${TITLE.replaceAll('&', '&amp;')}</text>`)
    expect(svg).toContain('href="data:image/png;base64,')
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('takes no size that no page has, and says which it takes', async () => {
    const { page } = await restingPage(TITLE)
    await openRecord(page)
    await page.locator('.record').getByText('PDF', { exact: true }).first().click()
    await write(page, 'Width', '5')
    await page.getByText('got 5; must be at least 26').waitFor()
    await page.context().close()
  })
})
