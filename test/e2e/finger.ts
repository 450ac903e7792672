/** Real touches and pen strokes, as the browser gets them from its screen. */
import type { Page } from 'playwright-core'

interface Point {
  x: number
  y: number
}

export interface Finger {
  /** Presses, goes there in small moves, and lets go unless it is told not to. */
  drag(from: Point, to: Point, letGo?: boolean): Promise<void>
  /**
   * Rests where it presses, and goes there from then on at a pace that the browser is told of, however slow the machine.
   * @param rest before the first move, ms
   * @param pace time of the whole way, ms
   */
  swipe(from: Point, to: Point, pace?: number, rest?: number): Promise<void>
  tap(at: Point): Promise<void>
  up(): Promise<void>
  pen(from: Point, to: Point): Promise<void>
}

const MOVES = 12
/** Between two moves, about that of a screen, ms. */
const BETWEEN = 16

export async function finger(page: Page): Promise<Finger> {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[], timestamp?: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points, timestamp })
  const way = (from: Point, to: Point) =>
    Array.from({ length: MOVES }, (_, k) => ({
      x: from.x + ((to.x - from.x) * (k + 1)) / MOVES,
      y: from.y + ((to.y - from.y) * (k + 1)) / MOVES,
    }))
  const up = async () => {
    await touch('touchEnd', [])
  }
  return {
    async drag(from, to, letGo = true) {
      await touch('touchStart', [from])
      for (const point of way(from, to)) {
        await page.waitForTimeout(BETWEEN)
        await touch('touchMove', [point])
      }
      await page.waitForTimeout(BETWEEN)
      if (letGo) await up()
    },
    async swipe(from, to, pace = 150, rest = 0) {
      const begun = Date.now() / 1000
      await touch('touchStart', [from], begun)
      await page.waitForTimeout(rest)
      for (const [k, point] of way(from, to).entries())
        await touch('touchMove', [point], begun + (rest + (pace * (k + 1)) / MOVES) / 1000)
      await up()
    },
    async tap(at) {
      await touch('touchStart', [at])
      await up()
    },
    up,
    async pen(from, to) {
      const stroke = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', { x, y }: Point) =>
        session.send('Input.dispatchMouseEvent', {
          type,
          x,
          y,
          button: 'left',
          buttons: type === 'mouseReleased' ? 0 : 1,
          clickCount: 1,
          pointerType: 'pen',
        })
      await stroke('mousePressed', from)
      for (const point of way(from, to)) {
        await page.waitForTimeout(BETWEEN)
        await stroke('mouseMoved', point)
      }
      await stroke('mouseReleased', to)
    },
  }
}
