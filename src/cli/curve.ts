/**
 * `curve SCENARIO --rates 1,2,5`: discharges at constant currents [A/m²], see rates.ts.
 * `curve SCENARIO --from -6 --to 6 --steps 25`: steady current against voltage as CSV. Voltages are in thermal voltages
 * RT/F, or in mV or V where a unit is written. In dimensionless set-ups (a given lambda², length, concentration and
 * diffusivity one) the current is that of the particles, sum z J; else it is in A/m².
 */

import { FARADAY, inverseThermalVoltage } from '../models/constants.ts'
import { findFamily } from '../models/index.ts'
import { solveCell } from '../simulation/cells.ts'
import { familyInput } from '../simulation/scenario.ts'
import { loadScenario, readArguments, usage } from './input.ts'
import { rateTable } from './rates.ts'
import { finish, finishAloud } from './wait.ts'

const UNITS: Record<string, (thermal: number) => number> = {
  '': (thermal) => thermal,
  'kT/e': (thermal) => thermal,
  mV: () => 1e-3,
  V: () => 1,
}

export function curveCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['from', 'to', 'steps', 'rates'], ['json'])
  const { name, scenario } = loadScenario(word)
  const family = findFamily(scenario.family)!
  const steady = ['from', 'to', 'steps'].filter((o) => options[o] !== undefined)
  if (options.rates !== undefined && steady.length > 0)
    throw usage(
      `got --rates and --${steady[0]}; a list of rates gives discharges, --from … --to steady currents: leave one out`,
    )
  if (options.rates !== undefined || family.discharge)
    return rateTable(name, scenario, options.rates, options.json !== undefined)
  if (!family.sweep)
    throw usage(
      `the family "${scenario.family}" has no steady current-voltage curve; "run --out DIR" writes its curves`,
    )
  const thermal = 1 / inverseThermalVoltage(scenario.parameters.temperature as number)
  const from = readVoltage('from', options.from ?? '-6')
  const to = readVoltage('to', options.to ?? '6')
  if (from.unit !== to.unit)
    throw usage(
      `got --from in ${from.unit || 'thermal voltages'} and --to in ${to.unit || 'thermal voltages'}; give both in the same unit`,
    )
  const steps = Number(options.steps ?? 25)
  if (!Number.isInteger(steps) || steps < 2 || steps > 10_000)
    throw usage(`got --steps ${options.steps}; must be a whole number from 2 to 10000; try 25`)
  const unit = UNITS[from.unit](thermal)
  const voltages = Array.from({ length: steps }, (_, k) => from.value + ((to.value - from.value) * k) / (steps - 1))
  const cell = finish(solveCell(scenario))
  const running = family.sweep(
    familyInput(scenario),
    cell,
    voltages.map((v) => v * unit),
  )
  const points = finishAloud(name, running)
  const dimensionless = scenario.parameters.screening === 'lambda2'
  const heading = [
    `"voltage [${from.unit || 'kT/e'}]"`,
    dimensionless ? '"current"' : '"current [A/m²]"',
    ...points[0].fluxes.map((_, r) => `"flux ${r + 1}${dimensionless ? '' : ' [mol/(m² s)]'}"`),
  ]
  const rows = points.map(({ current, fluxes }, k) =>
    [voltages[k], dimensionless ? current / FARADAY : current, ...fluxes]
      .map((v) => Number(v.toPrecision(10)))
      .join(','),
  )
  return [heading.join(','), ...rows].join('\n')
}

function readVoltage(option: string, text: string): { value: number; unit: string } {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(kT\/e|mV|V)?$/i.exec(text.trim())
  if (!match)
    throw usage(`got --${option} ${text}; must be a number of thermal voltages, or one with mV or V, e.g. -6 or -150mV`)
  const unit = Object.keys(UNITS).find((u) => u.toLowerCase() === (match[2] ?? '').toLowerCase())!
  return { value: Number(match[1]), unit }
}
