/** How a picture of a line shares its height. */
import { expect, it } from 'vitest'
import { heights } from '../../src/app/stage/line.ts'

it('leaves room for a line of labels between the curve and its map', () => {
  for (const pixels of [200, 250, 400, 1000]) {
    const { curve, map } = heights(pixels)
    const whole = heights(0).curve
    expect(curve).toBeGreaterThan(map)
    expect(((whole - curve - map) / whole) * (pixels - 66), `${pixels} px`).toBeGreaterThan(21.9)
  }
})

it('gives all to the curve where both would be squeezed', () => {
  const { curve, map } = heights(120)
  expect(map).toBe(0)
  expect(curve).toBeGreaterThan(1.5 * heights(400).curve)
})
