/** How a picture of a line shares its height. */
import { expect, it } from 'vitest'
import { heights } from '../../src/app/stage/line.ts'

/** Heights of letters: on a desk and a phone, in large type, on a projector. */
const LETTERS = [12, 14.2, 19.4]

it.each(LETTERS)('leaves room for a line of labels of %d px between the curve and its map', (size) => {
  for (const lines of [16, 20, 33, 80]) {
    const { curve, map } = heights(lines * size, size)
    const whole = heights(0, size).curve
    expect(curve).toBeGreaterThan(map)
    const gap = ((whole - curve - map) / whole) * (lines - 5.5)
    expect(gap, `${lines} lines`).toBeGreaterThan(1.8)
  }
})

it.each(LETTERS)('gives all to the curve where both would be squeezed, with letters of %d px', (size) => {
  const { curve, map } = heights(12 * size, size)
  expect(map).toBe(0)
  expect(curve).toBeGreaterThan(1.5 * heights(33 * size, size).curve)
})
