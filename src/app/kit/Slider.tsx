/**
 * A slider that pages can be scrolled past: under a finger it moves once the finger goes along it or taps, not where a
 * swipe begins.
 */
import { type ComponentProps, useRef } from 'react'

interface SliderProps extends Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange' | 'onBlur' | 'onKeyUp'> {
  value: number
  onSlide: (value: number) => void
  /** When it is let go, by pointer or key. */
  onRelease?: () => void
}

/** A finger that has moved this far along the slider means it, px. */
const MEANT = 6

export function Slider({ onSlide, onRelease, ...input }: SliderProps) {
  const touch = useRef<{ x: number; meant: boolean; wanted?: number }>(undefined)
  const letGo = () => {
    const { meant, wanted } = touch.current ?? {}
    touch.current = undefined
    if (!meant && wanted !== undefined) onSlide(wanted)
    onRelease?.()
  }
  return (
    <input
      {...input}
      type="range"
      onPointerDown={(event) => {
        touch.current = event.pointerType === 'mouse' ? undefined : { x: event.clientX, meant: false }
      }}
      onPointerMove={({ clientX }) => {
        if (touch.current && Math.abs(clientX - touch.current.x) > MEANT) touch.current.meant = true
      }}
      onChange={(event) => {
        const value = Number(event.currentTarget.value)
        if (touch.current && !touch.current.meant) touch.current.wanted = value
        else onSlide(value)
      }}
      onPointerUp={() => {
        // The browser moves the slider by the touches, which it tells of after the pointer: the last is still to come.
        if (touch.current) setTimeout(letGo)
        else onRelease?.()
      }}
      // The browser scrolls instead.
      onPointerCancel={() => {
        touch.current = undefined
        onRelease?.()
      }}
      onKeyUp={onRelease}
      onBlur={onRelease}
    />
  )
}
