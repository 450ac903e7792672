/** Sizes of figures, which have limits of their own in each format. */
import { expect, it } from 'vitest'
import { SIZES, within } from '../../src/app/kit/chartFile.ts'

it('a size that was set for one format is kept in another as far as that has it', () => {
  expect(within(1000, 'png')).toBe(1000)
  // The most and the least of an SVG, which a PNG has with twice as many pixels.
  expect(within(SIZES.svg.most, 'png') * SIZES.png.each).toBe(SIZES.png.most)
  expect(within(SIZES.png.least / SIZES.png.each, 'svg')).toBe(SIZES.svg.least)
  expect(within(SIZES.svg.most, 'pdf') * SIZES.pdf.each).toBeCloseTo(SIZES.pdf.most, 9)
  for (const format of ['svg', 'pdf', 'png'] as const)
    expect(within(Number.MAX_VALUE, format) * SIZES[format].each).toBeCloseTo(SIZES[format].most, 9)
})
