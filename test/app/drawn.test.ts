/** Values along the box as they are drawn. */
import type { KeyboardEvent } from 'react'
import { describe, expect, it } from 'vitest'
import { type Along, drawn, simplified, windowOf } from '../../src/app/cell/drawn.ts'
import { valueAfter } from '../../src/app/kit/pointKeys.ts'
import type { Grading } from '../../src/cell/cell.ts'
import { valueAt } from '../../src/cell/graded.ts'

const grading = (along: Along): Grading => ({ number: 'shapes[0].radius', along })
const STEP = 0.005

describe('a stroke', () => {
  it('over the whole box is its straight line, whatever was there', () => {
    const before = grading([
      [0, 0.2],
      [0.3, 0.4],
      [0.3, 0.25],
      [1, 0.3],
    ])
    expect(drawn(before, [0, 0.2], [1, 0.4], STEP)).toEqual([
      [0, 0.2],
      [1, 0.4],
    ])
    expect(drawn(before, [1, 0.4], [0, 0.2], STEP)).toEqual([
      [0, 0.2],
      [1, 0.4],
    ])
  })

  it('changes nothing beyond the places beside it', () => {
    const before = grading([
      [0, 0.2],
      [0.11, 0.4],
      [0.13, 0.25],
      [0.8, 0.3],
      [0.8, 0.2],
      [1, 0.45],
    ])
    const after = grading(drawn(before, [0.4, 0.3], [0.6, 0.35], STEP))
    for (let k = 0; k <= 100; k++) {
      const x = k / 100
      if (x <= 0.35 || x >= 0.65) expect(valueAt(after, x), `at ${x}`).toBeCloseTo(valueAt(before, x), 12)
      if (x >= 0.4 && x <= 0.6) expect(valueAt(after, x), `at ${x}`).toBeCloseTo(0.3 + (x - 0.4) / 4, 2)
    }
    // The jump stays one.
    expect(after.along.filter(([x]) => x === 0.8)).toEqual([
      [0.8, 0.3],
      [0.8, 0.2],
    ])
  })

  it('told of in many moves draws what it passed', () => {
    let now = grading([[0, 0.25]])
    const hill = (x: number) => 0.25 + 0.2 * Math.sin(Math.PI * x)
    for (let k = 0; k < 57; k++) {
      const [a, b] = [k / 57, (k + 1) / 57]
      now = grading(drawn(now, [a, hill(a)], [b, hill(b)], STEP))
    }
    for (let k = 0; k <= 40; k++) expect(Math.abs(valueAt(now, k / 40) - hill(k / 40))).toBeLessThan(0.01)
    expect(now.along.length).toBeLessThanOrEqual(21)
  })

  it('of a touch lifts one place', () => {
    expect(drawn(grading([[0, 0.2]]), [0.51, 0.3], [0.51, 0.3], STEP)).toEqual([
      [0, 0.2],
      [0.45, 0.2],
      [0.5, 0.3],
      [0.55, 0.2],
    ])
  })

  it('has places in order, as gradings must', () => {
    let now = grading([
      [0, 0.2],
      [0.5, 0.3],
      [0.5, 0.35],
      [1, 0.3],
    ])
    let seed = 7
    const random = () => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647
    }
    for (let k = 0; k < 500; k++) {
      now = grading(drawn(now, [random(), 0.2 + 0.2 * random()], [random(), 0.2 + 0.2 * random()], STEP))
      for (let i = 1; i < now.along.length; i++) expect(now.along[i][0]).toBeGreaterThanOrEqual(now.along[i - 1][0])
      for (let i = 2; i < now.along.length; i++) expect(now.along[i][0]).toBeGreaterThan(now.along[i - 2][0])
    }
  })
})

it('places on the line between others are left out, within the slack alone', () => {
  expect(
    simplified(
      [
        [0, 0],
        [0.5, 0.5],
        [1, 1],
      ],
      1e-9,
    ),
  ).toEqual([
    [0, 0],
    [1, 1],
  ])
  expect(
    simplified(
      [
        [0, 0],
        [0.5, 0.52],
        [1, 1],
      ],
      0.01,
    ),
  ).toEqual([
    [0, 0],
    [0.5, 0.52],
    [1, 1],
  ])
  expect(simplified([[0, 0]], 1)).toEqual([[0, 0]])
})

it('the picture has room above and below, within the limits', () => {
  const { low, high, step } = windowOf(
    [
      [0, 0.3],
      [1, 0.2],
    ],
    { min: 0.005, max: 0.86 },
  )
  expect([low, high]).toEqual([0.11, 0.39])
  expect(step).toBe(0.001)
  expect(windowOf([[0, 0.02]], { min: 0.005, max: 0.86 }).low).toBe(0.005)
  expect(windowOf([[0, 0.85]], { min: 0.005, max: 0.86 }).high).toBe(0.86)
})

it('a key moves a point by one step at least, and not beyond the picture', () => {
  const window = windowOf(
    [
      [0, 0.2],
      [1, 0.4],
    ],
    { min: 0.005, max: 0.86 },
  )
  const press = (key: string, value: number, shiftKey = false) =>
    valueAfter({ key, shiftKey } as KeyboardEvent<SVGElement>, value, window)
  expect(press('ArrowUp', 0.3, true)).toBeCloseTo(0.3 + window.step, 12)
  expect(press('ArrowDown', 0.3, true)).toBeCloseTo(0.3 - window.step, 12)
  expect(press('ArrowUp', 0.3)).toBeGreaterThan(0.3)
  expect([press('Home', 0.3), press('End', 0.3)]).toEqual([window.low, window.high])
  expect(press('ArrowUp', window.high)).toBe(window.high)
})
