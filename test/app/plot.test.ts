/** Charts on the screen: how far axes reach, what stands at them, and what is read under the pointer. */
import { describe, expect, it } from 'vitest'
import type { Chart, Line } from '../../src/app/kit/chart.ts'
import { limitsOf, marksOf, sameScale } from '../../src/app/kit/plotAxes.ts'
import { readingAt } from '../../src/app/kit/plotReading.ts'

const line = (x: number[], y: number[], rest: Partial<Line> = {}): Line => ({ name: 'a', x, y, ...rest })
const chart = (lines: Line[], rest: Partial<Chart> = {}): Chart => ({
  name: 'test',
  x: { title: 'time (s)' },
  y: { title: 'K⁺ outside (mM)' },
  lines,
  ...rest,
})
const labels = (...input: Parameters<typeof marksOf>) => marksOf(...input).map(({ label }) => label)

describe('axes reach', () => {
  it('along the abscissa from end to end, along the ordinate a little farther', () => {
    const drawn = chart([line([0, 2], [1, 3]), line([1, 4], [2, 2])])
    expect(limitsOf(drawn, 'x')).toEqual([0, 4])
    expect(limitsOf(drawn, 'y')).toEqual([0.9, 3.1])
  })

  it('over what is asked for, if anything is', () => {
    expect(limitsOf(chart([line([0, 2], [1, 3])], { y: { title: '', range: [-1, 9] } }), 'y')).toEqual([-1, 9])
  })

  it('from the beginning of a course on, and around what does not change but for round-off', () => {
    expect(limitsOf(chart([line([0], [5])]), 'x')).toEqual([0, 1])
    const [low, high] = limitsOf(chart([line([0, 1, 2], [138, 138 + 1e-11, 138])]), 'y')
    expect([low, high]).toEqual([expect.closeTo(135.24, 6), expect.closeTo(140.76, 6)])
    expect(limitsOf(chart([line([0, 1], [0, 0])]), 'y')).toEqual([-1, 1])
    expect(limitsOf(chart([]), 'y')).toEqual([0, 1])
  })

  it('over decades where they are logarithmic', () => {
    const drawn = chart([line([1, 2], [1e-4, 1e-2])], { y: { title: '', log: true } })
    const [low, high] = limitsOf(drawn, 'y').map(Math.log10)
    expect([low, high]).toEqual([expect.closeTo(-4.1, 9), expect.closeTo(-1.9, 9)])
    expect(limitsOf(chart([line([1], [10])], { y: { title: '', log: true } }), 'y')[0]).toBeCloseTo(10 ** 0.5, 9)
  })

  it('down to zero under bars, and as far to both sides as a bar', () => {
    const bars = chart([line([0.25, 0.75], [10, 30])], { bars: true })
    expect(limitsOf(bars, 'y')).toEqual([0, 31.5])
    expect(limitsOf(bars, 'x')).toEqual([0, 1])
  })

  it('each over its own lines where there are two ordinates', () => {
    const drawn = chart([line([0, 1], [0, 1]), line([0, 1], [0, 100], { second: true })], {
      y2: { title: 'phase (°)' },
    })
    expect(limitsOf(drawn, 'y')).toEqual([-0.05, 1.05])
    expect(limitsOf(drawn, 'y2')).toEqual([-5, 105])
  })

  it('equally far in both directions where both are in one scale', () => {
    const { x, y } = sameScale([0, 4], [0, 1], [200, 100])
    expect(x).toEqual([0, 4])
    expect(y).toEqual([-0.5, 1.5])
  })
})

describe('marks of an axis', () => {
  const axis = { title: '' }
  it('are round values, as many as have room', () => {
    expect(labels(axis, [-68.6, -65.9], 6)).toEqual(['−68.5', '−68', '−67.5', '−67', '−66.5', '−66'])
    expect(labels(axis, [0, 1700], 4)).toEqual(['0', '500', '1000', '1500'])
  })

  it('are powers of ten, or 1, 2 and 5 of them', () => {
    const log = { title: '', log: true }
    expect(labels(log, [1e-6, 1e-2], 6)).toEqual(['10⁻⁶', '10⁻⁵', '10⁻⁴', '0.001', '0.01'])
    expect(labels(log, [1e-12, 1], 4)).toHaveLength(4)
    expect(labels(log, [0.9, 12], 6)).toEqual(['1', '2', '5', '10'])
  })

  it('are what the chart says, inside of its limits', () => {
    const ticks = [1, 0.5, 0.25].map((at) => ({ at, label: `1/${1 / at}` }))
    expect(labels({ title: '', ticks }, [0.3, 1], 6)).toEqual(['1/1', '1/2'])
  })
})

describe('under the pointer', () => {
  /** A hundred pixels for one. */
  const pixel = (value: number) => 100 * value

  it('all lines are read at the abscissa next to it', () => {
    const drawn = chart([line([0, 1, 2], [3, 4, 5]), line([0.5, 1.01, 3], [7, 8, 9], { name: 'b' }), line([2], [1])])
    const reading = readingAt(drawn, { left: 98, top: 0 }, pixel)
    expect(reading?.heading).toBe('1 s')
    expect(reading?.rows.map(({ name, value }) => [name, value])).toEqual([
      ['a', '4 mM'],
      ['b', '8 mM'],
    ])
  })

  it('nothing is read far from every point', () => {
    expect(readingAt(chart([line([0, 1], [0, 1])]), { left: 250, top: 0 }, pixel)).toBeUndefined()
    expect(readingAt(chart([]), { left: 0, top: 0 }, pixel)).toBeUndefined()
  })

  it('points that stand for themselves are read one by one, by their names', () => {
    const drawn = chart([line([1, 1], [1, 2], { labels: ['1 Hz', '2 Hz'] }), line([1.1], [1.6])], { square: true })
    const reading = readingAt(drawn, { left: 101, top: 195 }, pixel)
    expect(reading?.rows.map(({ name, value }) => [name, value])).toEqual([['2 Hz', '2 mM']])
  })
})
