/**
 * `curve SCENARIO --rates 1,2,5`: charges and discharges at constant currents [A/m²], see rates.ts.
 * `curve SCENARIO --from -6 --to 6 --steps 25`: steady states against voltage as CSV. Voltages are in the family's own
 * unit (thermal voltages RT/F where it says nothing else), or in mV or V where a unit is written.
 */

import { familyNamed } from '../models/index.ts'
import { identify, remarks } from '../record/identity.ts'
import { sweep } from '../simulation/sweep.ts'
import { loadScenario, readArguments, usage } from './input.ts'
import { rateTable } from './rates.ts'
import { finishAloud } from './wait.ts'

/** V. */
const VOLTS = { mV: 1e-3, V: 1 }

export function curveCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['from', 'to', 'steps', 'rates'], ['json', 'record'])
  const { name, scenario } = loadScenario(word)
  const head = options.record === undefined ? '' : remarks(identify([{ frame: 0, scenario }]))
  const family = familyNamed(scenario.family)
  const steady = ['from', 'to', 'steps'].filter((o) => options[o] !== undefined)
  if (options.rates !== undefined && steady.length > 0)
    throw usage(
      `got --rates and --${steady[0]}; a list of rates gives discharges, --from … --to steady currents: leave one out`,
    )
  if (options.rates !== undefined || family.rates)
    return rateTable(name, scenario, options.rates, options.json === undefined ? head : undefined)
  if (!family.sweep)
    throw usage(
      `the family "${scenario.family}" has no steady current-voltage curve; "run --out DIR" writes its curves`,
    )
  const own = family.sweep.unit(scenario.parameters)
  const units = { [own.name]: own.volts, ...VOLTS }
  const from = readVoltage('from', options.from ?? '-6', units, own.words)
  const to = readVoltage('to', options.to ?? '6', units, own.words)
  if (from.unit !== to.unit)
    throw usage(`got --from in ${from.unit} and --to in ${to.unit}; give both in the same unit`)
  const steps = Number(options.steps ?? 25)
  if (!Number.isInteger(steps) || steps < 2 || steps > 10_000)
    throw usage(`got --steps ${options.steps}; must be a whole number from 2 to 10000; try 25`)
  const voltages = Array.from({ length: steps }, (_, k) => from.value + ((to.value - from.value) * k) / (steps - 1))
  const volts = voltages.map((v) => v * from.volts)
  const { columns, rows } = finishAloud(name, sweep(scenario, volts))
  const heading = [{ label: 'voltage', unit: from.unit }, ...columns].map(
    ({ label, unit }) => `"${label}${unit === '1' ? '' : ` [${unit}]`}"`,
  )
  const lines = rows.map((row, k) => [voltages[k], ...row].map((v) => Number(v.toPrecision(10))).join(','))
  return head + [heading.join(','), ...lines].join('\n')
}

/** A number with a unit of the list, or with none: then in the first. */
function readVoltage(
  option: string,
  text: string,
  units: Readonly<Record<string, number>>,
  words: string,
): { value: number; unit: string; volts: number } {
  const names = Object.keys(units)
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(\S*)$/i.exec(text.trim())
  const unit = match && (match[2] === '' ? names[0] : names.find((u) => u.toLowerCase() === match[2].toLowerCase()))
  if (!match || unit === null || unit === undefined)
    throw usage(
      `got --${option} ${text}; must be a number of ${words}, or one with ${names.slice(1).join(' or ')}, e.g. -6 or -150mV`,
    )
  return { value: Number(match[1]), unit, volts: units[unit] }
}
