/** Nothing of a laboratory is the page's: two of them run on one page and do not hear each other. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launch } from './launch.ts'

let browser: Browser
let server: PreviewServer
let page: Page
let outDir: string
const errors: string[] = []

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'twoscale-two-'))
  const root = fileURLToPath(new URL('./two/', import.meta.url))
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  browser = await launch()
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(server.resolvedUrls!.local[0])
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await rm(outDir, { recursive: true, force: true })
})

const side = (name: 'left' | 'right'): Locator => page.locator(`#${name}`)
const time = async (name: 'left' | 'right') =>
  Number.parseFloat((await side(name).locator('.time-text').textContent()) ?? '')
const tensors = (name: 'left' | 'right') => side(name).locator('.matrix td').allTextContents()

it('runs a tissue and a porous medium beside each other', async () => {
  await expect.poll(() => time('left')).toBeGreaterThan(0)
  await expect.poll(() => time('right')).toBeGreaterThan(0)
  await expect.poll(() => side('left').locator('.plot canvas').count()).toBeGreaterThan(0)
  expect(await side('left').locator('.panel-header').first().textContent()).toContain('issue')
  expect(await side('right').locator('.panel-header').first().textContent()).toContain('orous')
})

it('keeps edits, probes and undo to the laboratory they are made in', async () => {
  const before = { left: await tensors('left'), right: await tensors('right') }
  await side('left').locator('.editor-host').press('+')
  await expect.poll(() => tensors('left')).not.toEqual(before.left)
  expect(await tensors('right')).toEqual(before.right)

  await side('right').locator('.stage-host').click()
  await side('right').getByRole('button', { name: 'Remove all probes' }).waitFor()
  expect(await side('left').getByRole('button', { name: 'Remove all probes' }).count()).toBe(0)
  expect(errors).toEqual([])
})
