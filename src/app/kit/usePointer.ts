/** Dragging within a picture, by finger, pen or mouse: positions from 0 to 1 from its upper left corner. */
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { guard, Intent, type Taken } from './intent.ts'

type Place = [number, number]

/**
 * Gives a handler of `pointerdown` for everything that can be grabbed. A finger that wants past it scrolls (`Intent`); a
 * tap counts where it was.
 *
 * @param on what is grabbed: a handle, or a surface to draw on
 * @param end when it is let go, if it was taken
 */
export function usePointer<T>(
  picture: RefObject<SVGSVGElement | null>,
  on: Taken,
  move: (grabbed: T, place: Place) => void,
  end?: () => void,
) {
  const latest = useRef({ move, end })
  latest.current = { move, end }
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])
  useEffect(() => guard(picture.current), [picture])
  return (grabbed: T) => (down: PointerEvent) => {
    const element = picture.current
    if (!element || down.button !== 0) return
    stop.current?.()
    // A field that is typed in takes its value now: the browser would blur it after the first touch has moved what it is of.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const intent = new Intent(down.nativeEvent, on)
    const tell = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const share = (v: number) => Math.min(1, Math.max(0, v))
      latest.current.move(grabbed, [share((clientX - left) / width), share((clientY - top) / height)])
    }
    let begun = false
    const begin = () => {
      if (!begun) tell(down)
      begun = true
    }
    const life = new AbortController()
    const { signal } = life
    const stopped = () => {
      life.abort()
      if (begun) latest.current.end?.()
    }
    const own = (work: (event: globalThis.PointerEvent) => void) => (event: globalThis.PointerEvent) => {
      if (event.pointerId === down.pointerId) work(event)
    }
    const onMove = own((event) => {
      if (intent.heed(event) !== 'take') return
      begin()
      tell(event)
    })
    const onUp = own(() => {
      if (intent.settle() === 'take') begin()
      stopped()
    })
    addEventListener('pointermove', onMove, { signal })
    addEventListener('pointerup', onUp, { signal })
    addEventListener('pointercancel', own(stopped), { signal })
    stop.current = stopped
    if (intent.heed(down) === 'take') begin()
  }
}
