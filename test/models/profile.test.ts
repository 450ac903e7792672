/** What is written over the box: formulas, tables, and what of them cannot be read. */
import { describe, expect, it } from 'vitest'
import { readWritten } from '../../src/models/profile.ts'

const at = (text: string, ...place: number[]) => readWritten(text, 3, 'p')(place)

describe('a formula', () => {
  it.each<[string, number[], number]>([
    ['4 + 20*exp(-((x - 0.5)/0.1)^2)', [0.6], 4 + 20 * Math.exp(-1)],
    ['2*y - z^2 + pi', [0, 0.5, 2], 1 - 4 + Math.PI],
    ['x < 0.5 ? 4 : 24', [0.4], 4],
    ['x < 0.5 ? 4 : 24', [0.5], 24],
    ['-70', [0.3], -70],
    ['1e2 * cos(pi * x)', [1], -100],
  ])('%s', (text, place, value) => expect(at(text, ...place)).toBeCloseTo(value, 12))

  it.each([
    ['4 +', 1, /neither a formula of x nor a table/],
    ['4 + y', 1, /got "y"; in this box places are x, from 0 to 1/],
    ['4 + t', 3, /got "t"; in this box places are x, y, z/],
    ['x = 3', 1, /neither|got/],
    ['4; 24', 1, /neither/],
    ['random(3)', 1, /got "random"/],
    ['f(x) = 3', 1, /neither|got/],
    ['x.constructor', 1, /neither|got/],
    ['constructor', 1, /got "constructor", which is neither/],
    ['"4"', 1, /no number at x = 0/],
    ['x'.repeat(401), 1, /got 401 characters/],
  ])('%s is refused', (text, dimension, message) => {
    expect(() => readWritten(text, dimension, 'p')([0, 0, 0])).toThrow(message)
  })

  it('that has no number somewhere names the place', () => {
    expect(() => at('1/(x - 0.5)', 0.5, 0.2, 0)).toThrow(/no number at x = 0.5, y = 0.2, z = 0/)
  })
})

describe('a table', () => {
  const table = '0: 4, 0.5: 24; 1: 4'
  it.each([
    [0, 4],
    [0.25, 14],
    [0.5, 24],
    [0.9, 8],
    [1, 4],
  ])('is linear between its places: at %d', (x, value) => expect(at(table, x)).toBeCloseTo(value, 12))

  it('goes on as it ends, in any order of its rows', () => {
    expect(at('0.8: 2\n0.2: 1', 0)).toBe(1)
    expect(at('0.8: 2\n0.2: 1', 1)).toBe(2)
  })

  it.each([
    ['0: 4, 2: 5', /places from 0 to 1/],
    ['0: 4, 0.5', /places from 0 to 1/],
    ['0: 4, : 5', /places from 0 to 1/],
    ['0.5: 4, 0.5: 5', /two values at x = 0.5/],
  ])('%s is refused', (text, message) => expect(() => at(text, 0)).toThrow(message))
})
