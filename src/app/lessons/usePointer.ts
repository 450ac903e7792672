/** Dragging within a picture, by finger, pen or mouse: positions from 0 to 1 from its upper left corner. */
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'

type Place = [number, number]

/**
 * Gives a handler of `pointerdown` for everything that can be grabbed. A grabbed finger does not scroll: `touch-action`
 * alone is not honoured inside pictures, so its `touchmove` is taken as well.
 */
export function usePointer<T>(picture: RefObject<Element | null>, move: (grabbed: T, place: Place) => void) {
  const latest = useRef(move)
  latest.current = move
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])
  return (grabbed: T) => (down: PointerEvent) => {
    const element = picture.current
    if (!element || down.button !== 0) return
    stop.current?.()
    const tell = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const share = (v: number) => Math.min(1, Math.max(0, v))
      latest.current(grabbed, [share((clientX - left) / width), share((clientY - top) / height)])
    }
    const life = new AbortController()
    const { signal } = life
    const own = (work: (event: globalThis.PointerEvent) => void) => (event: globalThis.PointerEvent) => {
      if (event.pointerId === down.pointerId) work(event)
    }
    addEventListener('pointermove', own(tell), { signal })
    addEventListener(
      'pointerup',
      own(() => life.abort()),
      { signal },
    )
    addEventListener(
      'pointercancel',
      own(() => life.abort()),
      { signal },
    )
    addEventListener('touchmove', (event) => event.preventDefault(), { signal, passive: false })
    stop.current = () => life.abort()
    tell(down)
  }
}
