import { describe, expect, it } from 'vitest'
import { dischargeChart, fillingChart } from '../../../src/app/battery/dischargeChart.ts'
import { differential } from '../../../src/app/battery/dqdv.ts'
import { labelsOf } from '../../../src/app/battery/labels.ts'
import { familyOf } from '../../../src/app/ground/house.ts'
import { parseRates, rateLabel } from '../../../src/models/rates.ts'
import preset from '../../../src/scenarios/cathode-tis2.json' with { type: 'json' }
import { parseScenario } from '../../../src/simulation/parse.ts'
import type { Scenario } from '../../../src/simulation/scenario.ts'

const steps = (n: number, of: (s: number) => number) => Array.from({ length: n + 1 }, (_, k) => of(k / n))

describe('dQ/dV', () => {
  const current = steps(40, () => 1)

  it('of a straight curve is its slope, and adds up to the charge', () => {
    const [segment] = differential({
      voltage: steps(40, (s) => 3 - s / 5),
      capacity: steps(40, (s) => 100 * s),
      current,
    })
    expect(segment).toMatchObject({ direction: 'discharge', clipped: false })
    expect(segment!.slope[50]).toBeCloseTo(-500)
    expect(segment!.voltage[0]).toBeGreaterThan(segment!.voltage.at(-1)!)
    expect(segment!.slope.reduce((a, b) => a + b, 0) * 1e-3).toBeCloseTo(-100, 9)
  })

  it('clips the spike of a plateau', () => {
    const [segment] = differential({ voltage: steps(40, () => 3.4), capacity: steps(40, (s) => 100 * s), current })
    expect(segment!.clipped).toBe(true)
    expect(Math.min(...segment!.slope)).toBeCloseTo(-100 / 5e-3)
  })

  it('adds up what passes where the voltage goes back and forth', () => {
    const voltage = steps(40, (s) => 3.4 - 0.1 * s + 0.03 * Math.sin(20 * s))
    const [segment] = differential({ voltage, capacity: steps(40, (s) => 100 * s), current })
    expect(segment!.slope.reduce((a, b) => a + b, 0) * 1e-3).toBeCloseTo(-100, 9)
    expect(Math.max(...segment!.slope)).toBeLessThanOrEqual(0)
  })

  it('has a segment for each direction and none for rests', () => {
    const segments = differential({
      voltage: [3, 2.9, 2.8, 2.85, 2.9, 2.9, 3],
      capacity: [0, 1, 2, 2, 2, 2, 1],
      current: [1, 1, 1, 0, 0, -1, -1],
    })
    expect(segments.map((s) => s.direction)).toEqual(['discharge', 'charge'])
    expect(segments[1].slope.every((v) => v >= 0)).toBe(true)
  })
})

describe('the discharge chart', () => {
  const track = { time: [0, 3600], voltage: [3, 2], current: [10, 10], capacity: [0, 36_000], utilisation: [0, 1] }

  it('draws capacity in Ah/m² and a discharge as a negative current', () => {
    const now = [{ name: 'now', track }]
    expect(dischargeChart('capacity', now)?.lines).toMatchObject([{ x: [0, 10], y: [3, 2] }])
    expect(dischargeChart('voltammogram', now)?.lines).toMatchObject([{ x: [3, 2], y: [-10, -10] }])
  })

  it('leaves out what a curve does not know', () => {
    const chart = dischargeChart('utilisation', [
      { name: 'now', track },
      { name: 'file', track: { voltage: [1], time: [0] } },
    ])
    expect(chart?.lines.map((l) => l.name)).toEqual(['now'])
  })

  it('shares fillings out into bins, places without any left out', () => {
    const { lines } = fillingChart([Number.NaN, 0, 0.01, 0.99, 1])
    expect(lines[0].y).toHaveLength(20)
    expect([lines[0].y[0], lines[0].y[19]]).toEqual([50, 50])
  })
})

describe('labels', () => {
  const scenario = parseScenario(preset)
  const family = familyOf(scenario)
  const at = (values: Record<string, number | string>): Scenario => ({
    ...scenario,
    experiment: { ...scenario.experiment, values: { ...scenario.experiment.values, ...values } },
  })

  it('are the value that differs, with its unit', () => {
    expect(labelsOf([at({ current: 10 }), at({ current: 20 })], family)).toEqual(['10 A/m²', '20 A/m²'])
    expect(labelsOf([at({ by: 'rate', rate: 2 }), at({ current: 20 })], family)).toEqual(['2C', '20 A/m²'])
  })

  it('say which value is which where several differ, and number what has no name', () => {
    const thick = { ...at({ current: 20 }), parameters: { ...scenario.parameters, separator: 2e-5 } }
    const [a, b] = labelsOf([scenario, thick], family)
    expect([a, b]).toEqual(['10 A/m², 50 µm', '20 A/m², 20 µm'])
    const other = { ...scenario, cell: { ...scenario.cell, resolution: 32 } }
    expect(labelsOf([scenario, other], family)).toEqual(['cell A', 'cell B'])
    const varying = { ...scenario, graded: [{ number: 'shapes[0].radius', along: [[0, 0.3] as const] }] }
    expect(labelsOf([scenario, varying], family)).toEqual(['cell A', 'cell B'])
    expect(labelsOf([scenario, scenario], family)).toEqual([scenario.title, scenario.title])
  })

  it('compare experiments only in what they share', () => {
    const rest = { ...scenario, experiment: { name: 'rest', values: { duration: 60 } } }
    expect(labelsOf([rest, scenario, at({ current: 20 })], family)).toEqual([
      'rest',
      'constant current, 10 A/m²',
      'constant current, 20 A/m²',
    ])
  })
})

describe('rates', () => {
  it('are read as people write them', () => {
    const { rates, problem } = parseRates('C/10, c/2; 1C\n2.5 C, 20 A/m², 5, -1C, 1C')
    expect(problem).toBeUndefined()
    expect(rates.map(rateLabel)).toEqual(['C/10', 'C/2', '1C', '2.5C', '20 A/m²', '5 A/m²', '−1C'])
  })

  it.each(['', 'fast', '1C, 0', 'C/0', '3 V'])('"%s" is told apart', (text) => {
    expect(parseRates(text).problem).toMatch(/got .*allowed are C-rates.*try "C\/5, 1C, 2C"/)
  })

  it.each([
    ['1,5C', '"1.5C", or "1 A/m2, 5C"'],
    ['C/2, 1,5C', '"1.5C", or "1 A/m2, 5C"'],
    ['2,5 mA/cm2', '"2.5 mA/cm2", or "2 A/m2, 5 mA/cm2"'],
    ['0,5C', '"0.5C"'],
    ['0,5', '"0.5"'],
  ])('"%s" is asked about', (text, write) => {
    const { problem } = parseRates(text)
    expect(problem).toContain(`write ${write}`)
    expect(problem?.length).toBeLessThan(300)
  })

  it.each(['1,2,5,10,20', '1, 5C', '1C,5C', '10;5C'])('commas of "%s" separate', (text) => {
    expect(parseRates(text)).toMatchObject({ rates: expect.anything() })
    expect(parseRates(text).problem).toBeUndefined()
  })
})
