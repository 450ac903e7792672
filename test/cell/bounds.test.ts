/** Bounds on effective tensors against closed forms, in two and in three dimensions. */
import { describe, expect, it } from 'vitest'
import { contrastBounds, perforatedBounds } from '../../src/cell/bounds.ts'

const tensor = (d: number, s: number) =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => (i === j ? s : 0)))

describe.each([2, 3] as const)('in %i dimensions', (d) => {
  it('Hashin and Shtrikman are reached by coated spheres (Maxwell 1873)', () => {
    const [k1, k2, phi] = [1, 10, 0.3]
    // Spheres of k2 in k1 and the other way round.
    const coated = (m: number, i: number, f: number) => m * (1 + (d * f * (i - m)) / ((d - 1) * m + i - f * (i - m)))
    const { hashinShtrikman, voigt, reuss } = contrastBounds([1 - phi, phi], [k1, k2], d)
    expect(hashinShtrikman!.lower).toBeCloseTo(coated(k1, k2, phi), 12)
    expect(hashinShtrikman!.upper).toBeCloseTo(coated(k2, k1, 1 - phi), 12)
    expect(voigt).toBeCloseTo((1 - phi) * k1 + phi * k2, 12)
    expect(reuss).toBeCloseTo(1 / ((1 - phi) / k1 + phi / k2), 12)
  })

  it('a phase alone: no more than (d - 1) phi / (d - phi)', () => {
    const phi = 0.6
    const bounds = perforatedBounds(2, phi, tensor(d, 0.8), [true, false, true].slice(0, d))
    expect(bounds.hashinShtrikman!.upper).toBeCloseTo((2 * (d - 1) * phi) / (d - phi), 12)
    expect(bounds.bruggeman).toBeCloseTo(2 * phi ** 1.5, 12)
    expect(bounds.tortuosity).toEqual([1.2 / 0.8, Infinity, 1.2 / 0.8].slice(0, d))
  })
})

it('two phases of one coefficient have nothing between the bounds', () => {
  expect(contrastBounds([0.5, 0.5], [3, 3], 2)).toEqual({ voigt: 3, reuss: 3 })
})
