/**
 * What a finger means that lands on something which can be taken, where the page scrolls: across it takes it at once, up
 * or down it scrolls past, unless it rested first. Mice and pens take at once, and so does a finger where nothing scrolls.
 */
import { type Moment, scrollAlong, scrollerOf } from './scrolling.ts'

/**
 * What can be taken, and how long a finger rests before it takes it up and down too, ms. Handles are aimed at: only a
 * flick passes them. Those at the rim of an ellipse are pushed down into it as fast as one likes: a flick up passes.
 */
const REST = { handle: 50, rim: 50, sketch: 250 } as const

export type Taken = keyof typeof REST

/** Nearer than this to where a finger landed nobody knows where it goes, px; browsers scroll from 10 or 15 on. */
const KNOWN = 8

/** So many times further up or down than across is no longer across. */
const UPRIGHT = 1.5

type Landing = Moment & Pick<PointerEvent, 'pointerType' | 'pointerId' | 'target'>
type Wish = 'take' | 'pass'

/** There is one first finger at a time: what it means, for the guards. */
let present: Intent | undefined

export class Intent {
  /** Where it landed; touches tell of the same element. */
  readonly target: EventTarget | null
  private readonly from: Moment
  private readonly on: Taken
  private wish?: Wish

  constructor(down: Landing, on: Taken) {
    const { clientX, clientY, timeStamp } = down
    this.from = { clientX, clientY, timeStamp }
    this.target = down.target
    this.on = on
    const scroller = down.pointerType === 'touch' ? scrollerOf(down.target) : undefined
    if (!scroller) this.wish = 'take'
    else if (on === 'handle') scrollAlong(scroller, down, (now) => this.heed(now) === 'pass')
    present = this
  }

  /** What it means by now; undefined while that is not known. */
  heed(now: Moment): Wish | undefined {
    if (this.wish) return this.wish
    const [dx, up] = [now.clientX - this.from.clientX, this.from.clientY - now.clientY]
    const far = this.on === 'rim' ? up : Math.abs(up)
    if (now.timeStamp - this.from.timeStamp >= REST[this.on]) this.wish = 'take'
    else if (Math.hypot(dx, up) >= KNOWN) this.wish = far > UPRIGHT * Math.abs(dx) ? 'pass' : 'take'
    return this.wish
  }

  /** It was lifted: where nothing is known by then, it was a tap. */
  settle(): Wish {
    this.wish ??= 'take'
    return this.wish
  }
}

/**
 * Keeps the browser from scrolling under a finger that draws. Browsers heed only listeners that were there when the finger
 * landed, and pens that scroll ask the style alone. Handles do without: while the page is busy browsers scroll unasked, so
 * their `touch-action` is none, and they scroll by `scrollAlong`.
 *
 * @returns takes the guard away
 */
export function guard(element: HTMLElement | SVGSVGElement | null): (() => void) | undefined {
  if (!element) return undefined
  const life = new AbortController()
  const { signal } = life
  const onTouch = (event: TouchEvent) => {
    const [{ clientX, clientY }, { timeStamp }] = [event.touches[0], event]
    if (event.touches.length > 1 || present?.target !== event.target) return
    if (event.cancelable && present.heed({ clientX, clientY, timeStamp }) === 'take') event.preventDefault()
  }
  element.addEventListener('touchmove', onTouch as EventListener, { passive: false, signal })
  const onHover = ({ pointerType }: PointerEvent) => {
    element.style.touchAction = pointerType === 'pen' ? 'none' : ''
  }
  element.addEventListener('pointerover', onHover as EventListener, { signal })
  element.addEventListener('pointerout', () => element.style.removeProperty('touch-action'), { signal })
  return () => life.abort()
}
