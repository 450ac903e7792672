/** Two sides of a tensor in the plane, by the complementary problem. */
import { describe, expect, it } from 'vitest'
import { between } from '../../src/cell/complementary.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { random } from '../errors/population.ts'

const box = (x: number, y: number) => ({ shape: 'box' as const, phase: 'a', center: [x, y], size: [0.5, 0.5] })
const checkerboard = (contrast: number, resolution: number, bracket = true) =>
  solveCell(
    { dimension: 2, background: 'b', shapes: [box(0.25, 0.25), box(0.75, 0.75)], resolution },
    [{ kind: 'contrast', name: 'k', coefficients: { a: contrast, b: 1 } }],
    { bracket },
  ).problems[0]

describe('a checkerboard', () => {
  // sqrt(k1 k2): Dykhne 1970, Keller 1964.
  it.each([
    [100, 16],
    [100, 64],
    [1e4, 64],
    [1e-4, 64],
  ])('of contrast %d at %i nodes is the geometric mean, and says what its two sides tell apart', (contrast, n) => {
    const { tensor, error, meshTensor } = checkerboard(contrast, n)
    const exact = Math.sqrt(contrast)
    expect(tensor[0][0] / exact).toBeCloseTo(1, 6)
    expect(tensor[1][1] / exact).toBeCloseTo(1, 6)
    expect(Math.abs(tensor[0][1]) / exact).toBeLessThan(1e-6)
    // The upper side is the mesh's own.
    expect(error / Math.max(meshTensor[0][0] - exact, exact - exact ** 2 / meshTensor[0][0])).toBeCloseTo(1, 1)
  })

  it('is not looked at from its other side while a handle is dragged', () => {
    expect(checkerboard(100, 32, false).tensor[0][0]).not.toBeCloseTo(10, 2)
  })
})

describe('the mean of two sides', () => {
  const next = random(5)
  const spread = () => 2 * next() - 1
  const positive = (size: number) => {
    const [a, b, c, d] = [spread(), spread(), spread(), spread()].map((v) => size * v)
    return [
      [a * a + b * b, a * c + b * d],
      [a * c + b * d, c * c + d * d],
    ]
  }
  const plus = (s: number[][], t: number[][], factor = 1) =>
    s.map((row, i) => row.map((value, j) => value + factor * t[i][j]))

  it('is between them, as far from all that lies between as it says', () => {
    for (let k = 0; k < 200; k++) {
      const low = plus(positive(1), [
        [0.1, 0],
        [0, 0.1],
      ])
      const [one, other] = [positive(2), positive(2)]
      const high = plus(plus(low, one), other)
      const { tensor, error } = between(low, high)
      for (const truth of [low, high, plus(low, one), plus(low, other)])
        for (const [i, row] of plus(truth, tensor, -1).entries())
          for (const [j, value] of row.entries()) expect(Math.abs(value), `${k} ${i}${j}`).toBeLessThan(error + 1e-12)
    }
  })

  it('of the same is the same', () => {
    const { tensor, error } = between(
      [
        [2, 1],
        [1, 3],
      ],
      [
        [2, 1],
        [1, 3],
      ],
    )
    expect(error).toBeLessThan(1e-14)
    expect(tensor[0][1]).toBeCloseTo(1, 14)
  })
})
