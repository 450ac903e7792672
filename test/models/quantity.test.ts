/** Quantities as people write them, and how long hostile ones take. */
import { describe, expect, it } from 'vitest'
import { readQuantity } from '../../src/models/quantity.ts'
import { parseRates } from '../../src/models/rates.ts'
import { Reader } from '../../src/models/tokens.ts'
import { working } from '../working.ts'

const read = (text: string) => {
  const reader = new Reader(text, { comma: 'decimal' })
  const found = readQuantity(reader)
  return found && { kind: found.kind, value: found.value, rest: reader.peek().text }
}

describe('a quantity', () => {
  it.each([
    ['1C', 'rate', 1],
    ['c', 'rate', 1],
    ['C / 10', 'rate', 0.1],
    ['1/3 C', 'rate', 1 / 3],
    ['0,5C-rate', 'rate', 0.5],
    ['2.5 mA cm-2', 'current density', 25],
    ['2.5 mA·cm⁻²', 'current density', 25],
    ['2.5mAcm^-2', 'current density', 25],
    ['250 µA/cm²', 'current density', 2.5],
    ['250 μA/cm2', 'current density', 2.5],
    ['25 A per m2', 'current density', 25],
    ['25 A m−2', 'current density', 25],
    ['100 mA/g', 'specific current', 100],
    ['0.1 A g-1', 'specific current', 100],
    ['170 mAh g⁻¹', 'specific charge', 612000],
    ['2 mAh/cm2', 'charge density', 72000],
    ['50 mA', 'current', 0.05],
    ['3 Ah', 'charge', 10800],
    ['20 mW', 'power', 0.02],
    ['0.02 kW/m²', 'power density', 20],
    ['10 W/kg', 'specific power', 10],
    ['3600 mV', 'voltage', 3.6],
    ['0.1 mV s-1', 'sweep rate', 1e-4],
    ['1 hour 30 minutes', 'time', 5400],
    ['1 hour and 30 minutes', 'time', 5400],
    ['1h5min', 'time', 3900],
    ['01:30:05', 'time', 5405],
    ['30 mins', 'time', 1800],
    ['2 hrs', 'time', 7200],
    ['half an hour', 'time', 1800],
    ['two days', 'time', 172800],
    ['50% SOC', 'state of charge', 0.5],
    ['80 % state of charge', 'state of charge', 0.8],
    ['20% DOD', 'state of charge', 0.8],
    ['10% of the capacity', 'share', 0.1],
    ['30oC', 'kelvin', 303.15],
    ['-5.1 °C', 'kelvin', 268.05],
    ['25℃', 'kelvin', 298.15],
    ['298 K', 'kelvin', 298],
    ['4 Ohm', 'resistance', 4],
    ['1 Wh', 'energy', 3600],
    ['4.2', 'number', 4.2],
    ['3 parsecs', 'unknown', 3],
    ['3parsecs', 'unknown', 3],
  ])('%s', (text, kind, value) => {
    const found = read(text)
    expect(found?.kind).toBe(kind)
    expect(found?.value).toBeCloseTo(value, 9)
  })

  it('stops before what is not its own', () => {
    expect(read('2 h rest')).toMatchObject({ value: 7200, rest: 'rest' })
    expect(read('5 A to 2.5 V')).toMatchObject({ kind: 'current', rest: 'to' })
    expect(read('1 h and rest')).toMatchObject({ value: 3600, rest: 'and' })
    expect(read('volts')).toBeUndefined()
  })

  it.each([
    ['1,000 A', /two ways/],
    ['1:30', /two ways.*1:30:00/],
    ['1:75:00', /59/],
    ['1'.repeat(50_000), /50000 characters/],
  ])('refuses what may mean two things: %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

describe('rates', () => {
  it('take units as steps do, and any end of a line', () => {
    const { rates, problem } = parseRates('C/10\u20282 mA cm-2;−1C\u2029+3C, 1,2')
    expect(problem).toBeUndefined()
    expect(rates).toEqual([
      { value: 0.1, by: 'rate' },
      { value: 20, by: 'current' },
      { value: -1, by: 'rate' },
      { value: 3, by: 'rate' },
      { value: 1, by: 'current' },
      { value: 2, by: 'current' },
    ])
  })

  it.each([
    ['digits and a separator that is a line of its own', `${'1'.repeat(40_000)}\u2028y`],
    ['as many as fit', '1'.repeat(3999)],
    ['blanks', `1${' '.repeat(3900)}x`],
    ['signs', '-'.repeat(3999)],
    ['many rates', Array.from({ length: 1000 }, (_, k) => k + 1).join()],
  ])('answer hostile lists at once, in a sentence: %s', (_name, text) => {
    const used = working()
    const { problem } = parseRates(text)
    expect(used()).toBeLessThan(2000)
    expect(problem).toMatch(/^got /)
    expect(problem?.length).toBeLessThanOrEqual(300)
  })
})
