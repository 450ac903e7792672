/** Headings of cyclers, potentiostats and papers: what each column is for, and in which unit. */
import { describe, expect, it } from 'vitest'
import { headingOf } from '../../src/models/columns.ts'
import { type Role, suggest, unitUnder } from '../../src/tables/roles.ts'

/** Heading, role, SI value of one; NaN where the unit is missing. */
const HEADINGS: readonly (readonly [string, Role, number])[] = [
  ['Voltage_measured', 'voltage', Number.NaN],
  ['Ewe/V', 'voltage', 1],
  ['<Ewe>/V', 'voltage', 1],
  ['Ecell/V', 'voltage', 1],
  ['Volts', 'voltage', 1],
  ['voltage (measured)', 'voltage', Number.NaN],
  ['Voltage(V)', 'voltage', 1],
  ['Voltage/mV', 'voltage', 1e-3],
  ['U[V]', 'voltage', 1],
  ['voltage_volt', 'voltage', 1],
  ['Terminal voltage [V]', 'voltage', 1],
  ['Cell Potential (V vs. Li/Li+)', 'voltage', 1],
  ['Potential vs. Li/Li+ (V)', 'voltage', 1],
  ['ocp', 'voltage', Number.NaN],
  ['Amps', 'current', 1],
  ['<I>/mA', 'current', 1e-3],
  ['I/mA', 'current', 1e-3],
  ['Current(A)', 'current', 1],
  ['current_ampere', 'current', 1],
  ['Current density [mA cm-2]', 'current', 10],
  ['j (µA/cm²)', 'current', 1e-2],
  ['Current_measured', 'current', Number.NaN],
  ['I[A]', 'current', 1],
  ['Test (Min)', 'time', 60],
  ['Test Time(s)', 'time', 1],
  ['Test_Time(s)', 'time', 1],
  ['TestTime/Sec.', 'time', 1],
  ['time/s', 'time', 1],
  ['~Time[h]', 'time', 3600],
  ['Prog Time', 'time', Number.NaN],
  ['test_time_second', 'time', 1],
  ['Total Time', 'time', Number.NaN],
  ['Time (h)', 'time', 3600],
  ['Capacity(mAh)', 'charge', 3.6],
  ['Charge_Capacity(Ah)', 'charge', 3600],
  ['Discharge_Capacity(Ah)', 'charge', 3600],
  ['DChg. Spec. Cap.(mAh/g)', 'charge', 3600],
  ['Capacity/mA.h', 'charge', 3.6],
  ['Q charge/discharge/mA.h', 'charge', 3.6],
  ['(Q-Qo)/C', 'charge', 1],
  ['(Q-Qo)/mA.h', 'charge', 3.6],
  ['Amp-hr', 'charge', 3600],
  ['AhAccu', 'charge', Number.NaN],
  ['Ah[Ah/kg]', 'charge', 3600],
  ['Specific capacity <mAh g-1>', 'charge', 3600],
  ['Q / mAh cm-2', 'charge', 36_000],
  ['sto', 'filling', Number.NaN],
  ['x', 'filling', Number.NaN],
  ['DoD [%]', 'utilisation', 1e-2],
  ['freq/Hz', 'frequency', 1],
  ['Frequency (kHz)', 'frequency', 1e3],
  ['frequency_hertz', 'frequency', 1],
  ['Re(Z)/Ohm', 'real', 1],
  ["Z' (Ω)", 'real', 1],
  ['Zreal', 'real', Number.NaN],
  ['real_impedance_ohm', 'real', 1],
  ['-Im(Z)/Ohm', 'minus imaginary', 1],
  ["-Z'' (mΩ)", 'minus imaginary', 1e-3],
  ['Zimag', 'imaginary', Number.NaN],
  ['Im(Z) [Ohm cm2]', 'imaginary', 1e-4],
  ['imaginary_impedance_ohm', 'imaginary', 1],
  ['Re(Z)/MOhm', 'real', 1e6],
]

it.each(HEADINGS)('%s is a column of %s', (text, role, factor) => {
  const heading = headingOf(text)
  expect(suggest(heading)).toMatchObject({ role })
  const found = unitUnder(role, heading.unit)?.factor
  if (Number.isNaN(factor)) expect(found).toBeUndefined()
  else expect(found! / factor).toBeCloseTo(1, 12)
})

it.each([
  'Temperature_measured',
  'Temp(C)',
  'Power(W)',
  'Energy(Wh)',
  'Watt-hr',
  'Cycle_Index',
  'Step',
  'Step Type',
  'Rec#',
  'mode',
  'ox/red',
  'control/V',
  'I Range',
  'Internal_Resistance(Ohm)',
  'dQ/dV(mAh/V)',
  'Voltage limit (V)',
  '|Z|/Ohm',
  'Phase(Z)/deg',
])('%s is none that is drawn', (text) => {
  expect(suggest(headingOf(text))).toBeUndefined()
})

describe('of several times', () => {
  const rank = (text: string) => suggest(headingOf(text))?.rank ?? -1
  it('that of the whole test is meant, then a plain one, a date, a step', () => {
    const ordered = ['Total Time (s)', 'Time (s)', 'Date', 'Step Time (s)'].map(rank)
    expect(ordered).toEqual([...ordered].sort((a, b) => b - a))
    expect(new Set(ordered).size).toBe(4)
    expect(rank('t-Step[h]')).toBeLessThan(rank('~Time[h]'))
    expect(rank('Step (Min)')).toBeLessThan(rank('Test (Min)'))
  })
})
