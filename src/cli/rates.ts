/**
 * `curve SCENARIO --rates 1,2,5,10,20`: voltage against capacity for constant currents in A/m² (or C-rates written 1C, C/2;
 * negative to charge) as CSV; with --json the summary {"rates":[{"rate","utilisation","seconds","energy","stoppedBy"}]}, energy in Wh/m².
 */

import type { CellResult } from '../cell/cell.ts'
import { finish } from '../finish.ts'
import type { Discharge, FamilyInput, ModelFamily } from '../models/family.ts'
import { families, familyNamed } from '../models/index.ts'
import { parseRates, type Rate, rateLabel } from '../models/rates.ts'
import { formatProblems, InputError } from '../parameter.ts'
import { identify } from '../record/identity.ts'
import { solveCell } from '../simulation/cells.ts'
import { familyInput, type Scenario } from '../simulation/scenario.ts'
import { usage } from './input.ts'

const EXAMPLE = '--rates 1,2,5,10,20'

/** @param head lines above the table; undefined asks for the summary as JSON */
export function rateTable(
  name: string,
  scenario: Scenario,
  text: string | undefined,
  head: string | undefined,
): string {
  const { lines, ...summary } = discharges(name, scenario, text)
  return head === undefined ? JSON.stringify(summary) : head + lines.join('\n')
}

/** What `curve --rates … --json` prints, as an object. */
export function rated(name: string, scenario: Scenario, text: string | undefined): unknown {
  const { lines: _, ...summary } = discharges(name, scenario, text)
  return summary
}

function discharges(name: string, scenario: Scenario, text: string | undefined) {
  const family = familyNamed(scenario.family)
  const { rates: rateCard } = family
  if (!rateCard) {
    const able = families.flatMap((f) => (f.rates ? [f.name] : []))
    throw usage(
      `the family "${scenario.family}" has no discharge curves; leave --rates out, or take a scenario of the family ${able.join(', ')}`,
    )
  }
  if (text === undefined) throw usage(`give the rates in A/m² or multiples of C, e.g. ${EXAMPLE}`)
  const { rates, problem } = parseRates(text)
  if (problem) throw usage(`--rates: ${problem}`)
  const cell = finish(solveCell(scenario))
  const lines = ['"rate [A/m²]","time [s]","utilisation","capacity [Ah/m²]","voltage [V]"']
  const summary = rates.map((rate) => {
    const found = run(rateCard, familyInput(scenario), cell, rate, scenario.time.rtol)
    if (typeof found === 'string') {
      console.error(`${name}: ${rateLabel(rate)}: ${found}`)
      return { rate: rate.value, utilisation: 0, seconds: 0, energy: 0, stoppedBy: found }
    }
    const { current, utilisation, seconds, stoppedBy, time, utilisations, charge, voltage } = found
    console.error(
      `${name}: ${rateLabel(rate)}: utilisation ${utilisation.toFixed(5)} after ${Number(seconds.toPrecision(5))} s (${stoppedBy})`,
    )
    time.forEach((t, k) => {
      lines.push(
        [current, t, utilisations[k], charge[k] / 3600, voltage[k]].map((v) => Number(v.toPrecision(10))).join(','),
      )
    })
    return { rate: current, utilisation, seconds, energy: energyOf(charge, voltage), stoppedBy }
  })
  return { rates: summary, record: identify([{ frame: 0, scenario }]), lines }
}

/** What the load was given, Wh/m²; negative where it was a source. */
function energyOf(charge: ArrayLike<number>, voltage: ArrayLike<number>): number {
  let joules = 0
  for (let k = 1; k < charge.length; k++) joules += 0.5 * (voltage[k] + voltage[k - 1]) * (charge[k] - charge[k - 1])
  return joules / 3600
}

/** A discharge, or why it cannot begin: one rate too high leaves the others. */
function run(
  { discharge }: NonNullable<ModelFamily['rates']>,
  input: FamilyInput,
  cell: CellResult,
  rate: Rate,
  rtol: number,
): Discharge | string {
  try {
    return finish(discharge(input, cell, rate, rtol))
  } catch (error) {
    if (!(error instanceof InputError) || error.problems.some((p) => p.path !== 'experiment.values')) throw error
    return formatProblems(error.problems)
  }
}
