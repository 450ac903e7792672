/** Files that the page hands out, as its menus and dialogs are asked for them. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'twoscale-saved-'))
let saves = 0
afterAll(() => rm(folder, { recursive: true, force: true }))

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

export const fromMenu = async (page: Page, menu: string, item: string) => {
  await button(page, menu).first().click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

export const openRecord = (page: Page) => fromMenu(page, 'File and export', 'Record and export…')

export async function saved(
  page: Page,
  act: () => Promise<void>,
): Promise<{ name: string; path: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  const name = download.suggestedFilename()
  const path = join(folder, `${saves++}-${name}`)
  await download.saveAs(path)
  return { name, path, bytes: readFileSync(path) }
}
