/** The first visit on a phone's line and processor: what is delivered, compressed, at 1.6 Mbit/s and 150 ms. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 }
/** A slower processor, times. */
const SLOWER = 4

export interface FirstVisit {
  /** ms: something is on the page; a picture that runs. */
  paint: number
  picture: number
  /** The longest task until then, ms. */
  longest: number
}

export async function firstVisit(browser: Browser, folder: string): Promise<FirstVisit> {
  const server = createServer(({ url = '/' }, answer) => {
    const name = new URL(url, 'http://x').pathname.replace(/\/$/, '/index.html')
    const file = join(folder, name)
    if (!existsSync(file)) {
      answer.writeHead(404).end()
      return
    }
    const type = TYPES[extname(file)]
    const encoding = type ? { 'content-encoding': 'gzip', 'content-type': type } : {}
    answer.writeHead(200, encoding).end(type ? gzipSync(readFileSync(file)) : readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' })
  try {
    await context.addInitScript(() => {
      Object.assign(window, { longest: 0 })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          Object.assign(window, { longest: Math.max((window as unknown as { longest: number }).longest, duration) })
      }).observe({ type: 'longtask' })
    })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', LINE)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`, { waitUntil: 'commit' })
    await page.waitForFunction(
      () =>
        document.querySelector('.stage-host canvas') !== null &&
        Number.parseFloat(document.querySelector('.time-text')?.textContent ?? '0') > 0,
      undefined,
      { timeout: 60_000, polling: 50 },
    )
    return await page.evaluate(() => ({
      picture: performance.now(),
      paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      longest: (window as unknown as { longest: number }).longest,
    }))
  } finally {
    await context.close()
    server.close()
  }
}
