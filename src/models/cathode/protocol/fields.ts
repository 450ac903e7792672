/** The values that experiments ask for: rates, currents, voltages, times. */
import { declare, type NumberParameter } from '../../../parameter.ts'
import { choice, only } from '../parameters/schema.ts'

export const GROUP = 'Protocol'
export const { number, text } = declare({ source: 'Experimental setting', group: GROUP })

type Range = Pick<NumberParameter, 'unit' | 'factor' | 'value' | 'min' | 'max'> & Partial<NumberParameter>
export const value = <const N extends string>(name: N, label: string, symbol: string, range: Range) =>
  number({ ...range, name, label, symbol })

export const rate = (v: number) =>
  value('rate', 'C-rate', 'C', {
    unit: 'C',
    factor: 1,
    value: v,
    min: 1e-4,
    max: 1e3,
    slider: { min: 0.01, max: 20 },
    scale: 'log',
    only: only('by', 'rate'),
    help: '1C passes the capacity of the cathode in one hour.',
  })

export const current = (v: number) =>
  value('current', 'Current density', 'I', {
    unit: 'A/m²',
    factor: 1,
    value: v,
    min: 1e-6,
    max: 1e6,
    slider: { min: 0.1, max: 200 },
    scale: 'log',
    only: only('by', 'current'),
  })

export const by = choice('by', 'Current given as', 'I', GROUP, [
  { value: 'rate', label: 'C-rate' },
  { value: 'current', label: 'A/m²' },
])

export const direction = choice('direction', 'Direction', '\\pm', GROUP, [
  { value: 'discharge', label: 'discharge' },
  { value: 'charge', label: 'charge' },
  { value: 'cycle', label: 'discharge, then charge' },
])

export const volts = <const N extends string>(name: N, label: string, symbol: string, v: number) =>
  value(name, label, symbol, { unit: 'V', factor: 1, value: v, min: 0, max: 6, slider: { min: 1, max: 4.5 } })

export const seconds = <const N extends string>(name: N, label: string, symbol: string, v: number) =>
  value(name, label, symbol, {
    unit: 's',
    factor: 1,
    value: v,
    min: 1e-3,
    max: 1e8,
    slider: { min: 1, max: 1e5 },
    scale: 'log',
  })

export const share = <const N extends string>(name: N, label: string, symbol: string, v: number) =>
  value(name, label, symbol, { unit: '1', factor: 1, value: v, min: 1e-4, max: 2, slider: { min: 0.01, max: 1 } })

export const count = <const N extends string>(name: N, label: string, symbol: string, v: number) =>
  value(name, label, symbol, {
    unit: '1',
    factor: 1,
    value: v,
    min: 1,
    max: 200,
    slider: { min: 1, max: 20 },
    integer: true,
  })
