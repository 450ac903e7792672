/** Scrolling by a finger that browsers leave to the page. */
import { wantsCalm } from '../ground/calm.ts'

/** What is known of a pointer at one moment; events of pointers, and touches with the time of their event. */
export interface Moment {
  clientX: number
  clientY: number
  timeStamp: number
}

/** In this time what was flung loses all but a third of its speed, ms. */
const FADE = 250
/** It stands still below this speed, px/ms. */
const STILL = 0.02
/** A finger that waited longer before it was lifted flings nothing, ms. */
const WAITED = 50

/** What around an element scrolls up and down, if anything does. */
export function scrollerOf(target: EventTarget | null): Element | undefined {
  for (let e = target instanceof Element ? target : null; e; e = e.parentElement)
    if (e.scrollHeight > e.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(e).overflowY)) return e
  return undefined
}

/** Follows a finger until it is lifted, and scrolls while it passes. */
export function scrollAlong(
  scroller: Element,
  down: Moment & Pick<PointerEvent, 'pointerId'>,
  passes: (now: Moment) => boolean,
): void {
  const life = new AbortController()
  const { signal } = life
  const top = scroller.scrollTop
  let last: Moment = down
  let speed = 0
  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId || !passes(event)) return
    scroller.scrollTop = top + down.clientY - event.clientY
    const passed = event.timeStamp - last.timeStamp
    if (passed > 0) speed = (last.clientY - event.clientY) / passed
    last = event
  }
  const end = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    life.abort()
    if (event.type === 'pointerup' && event.timeStamp - last.timeStamp < WAITED && !wantsCalm()) fling(scroller, speed)
  }
  addEventListener('pointermove', move, { signal })
  addEventListener('pointerup', end, { signal })
  addEventListener('pointercancel', end, { signal })
}

/** Goes on at a speed [px/ms] that fades, until something is pressed. */
function fling(scroller: Element, speed: number): void {
  const life = new AbortController()
  addEventListener('pointerdown', () => life.abort(), { signal: life.signal, capture: true })
  let [before, left] = [performance.now(), speed]
  let top = scroller.scrollTop
  const step = (now: number) => {
    if (life.signal.aborted || Math.abs(left) < STILL) {
      life.abort()
      return
    }
    top += left * (now - before)
    scroller.scrollTop = top
    left *= Math.exp((before - now) / FADE)
    before = now
    requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
}
