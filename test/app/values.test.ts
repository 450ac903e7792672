import { describe, expect, it } from 'vitest'
import { fixed, lengthUnit, number, tickLabels, ticks, timeUnit } from '../../src/app/ground/format.ts'
import { chartTable, drawable } from '../../src/app/kit/chart.ts'
import { extent, open } from '../../src/app/picture/ranges.ts'

describe('numbers for people', () => {
  it.each([
    [0.19649, 4, '0.1965'],
    [-70.423425, 4, '−70.42'],
    [0.00021, 2, '2·10⁻⁴'],
    [Number.POSITIVE_INFINITY, 4, '∞'],
    [Number.NaN, 4, '–'],
  ])('%d in %d digits is %s', (value, digits, text) => {
    expect(number(value, digits)).toBe(text)
  })

  it('tells ticks apart, unless it would only tell round-off apart', () => {
    const labels = (values: number[]) => tickLabels(values).map(([, label]) => label)
    expect(labels([3.4221, 3.42215, 3.4222])).toEqual(['3.4221', '3.42215', '3.4222'])
    expect(labels([999.9975, 1000, 1000.0025])).toEqual(['1000'])
  })

  it('keeps decimals so that columns line up', () => {
    expect(fixed(-0.5, 3)).toBe('−0.500')
  })

  it('chooses units that read well', () => {
    expect(lengthUnit(1e-3).unit).toBe('µm')
    expect(lengthUnit(2e-2).unit).toBe('mm')
    expect(timeUnit(60).unit).toBe('s')
    expect(timeUnit(36000).unit).toBe('h')
  })

  it('ticks are round and inside', () => {
    expect(ticks(-68.3, -61.2, 4)).toEqual([-68, -66, -64, -62])
    expect(ticks(1, 1, 4)).toEqual([1])
  })
})

describe('charts', () => {
  const chart = {
    name: 'c',
    x: { title: 't' },
    y: { title: 'y', log: true },
    lines: [{ name: 'a', x: [0, 1, 2, 3], y: [1, Number.NaN, 0, 4] }],
  }

  it('never draw what is not a number, nor zero on a logarithmic axis', () => {
    expect(drawable(chart).lines[0]).toMatchObject({ x: [0, 3], y: [1, 4] })
  })

  it('export one row per abscissa', () => {
    const { header, rows } = chartTable({ ...chart, lines: [...chart.lines, { name: 'b', x: [1], y: [7] }] })
    expect(header).toEqual(['t', 'a, y', 'b, y'])
    expect(rows[1]).toEqual([1, Number.NaN, 7])
  })
})

describe('colour ranges', () => {
  it('round-off is not painted as structure', () => {
    const range = open(extent([1e-17, -1e-17]), 1e-3)
    expect(range.max - range.min).toBeGreaterThanOrEqual(1e-6)
  })
})
