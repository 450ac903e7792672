/** Distances between what was predicted and what is right. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberOf, valueAt } from '../../src/lessons/curve.ts'
import type {
  Answer,
  CurveQuestion,
  EllipseQuestion,
  NumberQuestion,
  RegionQuestion,
} from '../../src/lessons/lesson.ts'
import {
  distanceBetween,
  ellipseOf,
  scaled,
  score,
  tensorDistance,
  tensorOf,
  unscaled,
} from '../../src/lessons/score.ts'

const axis = (from: number, to: number, log?: boolean) => ({ label: '', unit: '', from, to, log })
const number = { ask: 'number', tolerance: 0.1 } as NumberQuestion
const curve = {
  ask: 'curve',
  x: axis(0, 1),
  y: axis(0, 10),
  lines: [{ name: 'a' }, { name: 'b' }],
  tolerance: 0.1,
} as unknown as CurveQuestion
const line = (a: [number, number][], b: [number, number][] = a): Answer => ({ ask: 'curve', lines: { a, b } })
const region = { ask: 'region', tolerance: 0.3 } as RegionQuestion

describe('numbers', () => {
  it.each([
    [0.5, 0.59, 'right'],
    [0.5, 0.69, 'near'],
    [0.5, 0.71, 'off'],
  ] as const)('%f for %f is %s', (value, truth, verdict) => {
    expect(score(number, { ask: 'number', value }, { ask: 'number', value: truth }).verdict).toBe(verdict)
  })
})

describe('curves', () => {
  it('are apart by the root mean square over the height of the picture', () => {
    expect(
      distanceBetween(
        curve,
        line([
          [0, 1],
          [1, 1],
        ]),
        line([
          [0, 3],
          [1, 3],
        ]),
      ),
    ).toBeCloseTo(0.2, 12)
    // Linear from 0 to 10: ∫x² = 1/3.
    expect(
      distanceBetween(
        curve,
        line([
          [0, 0],
          [1, 0],
        ]),
        line([
          [0, 0],
          [1, 10],
        ]),
      ),
    ).toBeCloseTo(Math.sqrt(1 / 3), 2)
  })

  it('count their worst line, and a missing one as wholly off', () => {
    const flat: [number, number][] = [
      [0, 1],
      [1, 1],
    ]
    expect(
      distanceBetween(
        curve,
        line(flat),
        line(flat, [
          [0, 5],
          [1, 5],
        ]),
      ),
    ).toBeCloseTo(0.4, 12)
    expect(distanceBetween(curve, { ask: 'curve', lines: { a: flat } }, line(flat))).toBe(1)
  })

  it('that end early stand at the foot from there on', () => {
    const short: [number, number][] = [
      [0, 10],
      [0.5, 10],
    ]
    expect(
      distanceBetween(
        curve,
        line(short),
        line([
          [0, 10],
          [1, 10],
        ]),
      ),
    ).toBeCloseTo(Math.sqrt(0.5), 1)
  })

  it('do not mind the number of their points', () => {
    const many = Array.from({ length: 101 }, (_, k): [number, number] => [k / 100, k / 10])
    expect(
      distanceBetween(
        curve,
        line([
          [0, 0],
          [1, 10],
        ]),
        line(many),
      ),
    ).toBeCloseTo(0, 12)
  })

  it('have scales that are each the inverse of the other', () => {
    for (const a of [axis(-2, 8), axis(1e-3, 1e3, true), axis(5, 1)])
      for (const share of [0, 0.3, 1]) expect(scaled(a, unscaled(a, share))).toBeCloseTo(share, 12)
    expect(scaled(axis(1, 10, true), -1)).toBe(0)
  })
})

describe('ellipses', () => {
  const shape = fc.record({
    long: fc.double({ min: 0.5, max: 1, noNaN: true }),
    short: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
    angle: fc.double({ min: -89, max: 90, noNaN: true }),
  })

  it('come back from their tensor', () => {
    fc.assert(
      fc.property(shape, (e) => {
        const back = ellipseOf(tensorOf(e))
        expect([back.long, back.short]).toEqual([expect.closeTo(e.long, 10), expect.closeTo(e.short, 10)])
        expect(Math.abs(Math.sin(((back.angle - e.angle) * Math.PI) / 180))).toBeLessThan(1e-9)
      }),
    )
  })

  it('that are circles do not mind their angle', () => {
    expect(
      tensorDistance(tensorOf({ long: 1, short: 1, angle: 10 }), tensorOf({ long: 1, short: 1, angle: 80 })),
    ).toBeCloseTo(0, 12)
    expect(
      ellipseOf([
        [0.5, 0],
        [0, 0.5],
      ]),
    ).toEqual({ long: 0.5, short: 0.5, angle: 0 })
  })

  it('across each other are far apart', () => {
    const question = { ask: 'ellipse', tolerance: 0.2 } as EllipseQuestion
    const one = (angle: number): Answer => ({ ask: 'ellipse', shape: { long: 0.7, short: 0.3, angle } })
    expect(score(question, one(0), one(5)).verdict).toBe('right')
    expect(score(question, one(0), one(90)).verdict).toBe('off')
  })
})

describe('regions', () => {
  const map = (...rows: string[]): Answer => ({ ask: 'region', rows })
  it('are apart by the cells that only one of them has', () => {
    expect(distanceBetween(region, map('##..', '....'), map('##..', '....'))).toBe(0)
    expect(distanceBetween(region, map('##..', '....'), map('#...', '#...'))).toBeCloseTo(2 / 3, 12)
    expect(distanceBetween(region, map('....'), map('....'))).toBe(0)
    expect(distanceBetween(region, map('#...'), map('...#'))).toBe(1)
  })
})

it('refuses an answer of another kind', () => {
  expect(() => score(number, { ask: 'choice', is: 'a' }, { ask: 'number', value: 1 })).toThrow(/choice/)
})

describe('numbers of a curve', () => {
  const falling = { x: [1, 2, 4, 8], y: [8, 4, 1, 0.25] }
  it.each([
    ['first', undefined, 8],
    ['last', undefined, 0.25],
    ['max', undefined, 8],
    ['min', undefined, 0.25],
    ['span', undefined, 7.75],
    ['place-of-max', undefined, 1],
    ['length', undefined, 7],
    ['order', undefined, 2],
    ['crossing', 2.5, 3],
    ['at', 3, 2.5],
  ] as const)('%s of %s is %f', (take, value, result) => {
    expect(numberOf(falling, take, value)).toBeCloseTo(result, 12)
  })

  it('that it never takes are none', () => {
    expect(numberOf(falling, 'crossing', 9)).toBeNaN()
    expect(valueAt(falling, 0)).toBe(8)
    expect(valueAt(falling, 9)).toBe(0.25)
    expect(valueAt({ x: [3, 1], y: [0, 2] }, 2)).toBe(1)
  })
})
