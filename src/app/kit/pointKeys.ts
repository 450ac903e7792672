/** Points of a curve as sliders: arrows up and down move one, left and right go to the next. */
import type { KeyboardEvent } from 'react'

/** Steps of a point from the foot to the top. */
const STEPS = 40

/**
 * A value after a key, from low to high; undefined for a key that means nothing to it.
 * @param step values are multiples of it; a key moves by one at least
 */
export function valueAfter(
  event: KeyboardEvent<SVGElement>,
  value: number,
  { low, high, step }: { low: number; high: number; step: number },
): number | undefined {
  const before = (value - low) / (high - low)
  const after = heightAfter(event, before)
  if (after === undefined) return undefined
  if (after === before) return value
  const wanted = Math.round((low + after * (high - low)) / step) * step
  const moved = Math.abs(wanted - value) < step / 2 ? value + Math.sign(after - before) * step : wanted
  return Number(Math.min(high, Math.max(low, moved)).toPrecision(12))
}

/** The height of a point, 0 at the foot and 1 at the top, after a key; undefined for a key that means nothing to it. */
export function heightAfter(
  { key, shiftKey, currentTarget }: KeyboardEvent<SVGElement>,
  height: number,
): number | undefined {
  const step = (shiftKey ? 0.2 : 1) / STEPS
  if (key === 'ArrowUp') return clamp(height + step)
  if (key === 'ArrowDown') return clamp(height - step)
  if (key === 'PageUp') return clamp(height + 5 * step)
  if (key === 'PageDown') return clamp(height - 5 * step)
  if (key === 'Home') return 0
  if (key === 'End') return 1
  const beside =
    key === 'ArrowRight'
      ? currentTarget.nextElementSibling
      : key === 'ArrowLeft'
        ? currentTarget.previousElementSibling
        : null
  if (beside instanceof SVGElement && beside.getAttribute('role') === 'slider') beside.focus()
  return key.startsWith('Arrow') ? height : undefined
}

const clamp = (v: number) => Math.min(1, Math.max(0, v))
