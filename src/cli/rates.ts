/**
 * `curve SCENARIO --rates 1,2,5,10,20`: voltage against capacity for constant currents in A/m² (or C-rates written 1C, C/2;
 * negative to charge) as CSV; with --json the summary {"rates":[{"rate","utilisation","seconds","stoppedBy"}]}.
 */
import { findFamily } from '../models/index.ts'
import { solveCell } from '../simulation/cells.ts'
import { familyInput, type Scenario } from '../simulation/scenario.ts'
import { usage } from './input.ts'

const EXAMPLE = '--rates 1,2,5,10,20'

export function rateTable(name: string, scenario: Scenario, text: string | undefined, json: boolean): string {
  const family = findFamily(scenario.family)!
  if (!family.discharge)
    throw usage(
      `the family "${scenario.family}" has no discharge curves; leave --rates out, or take a cathode scenario`,
    )
  if (text === undefined) throw usage(`give the currents in A/m², e.g. ${EXAMPLE}`)
  const rates = text.split(',').map((word) => {
    const value = Number(word)
    if (word.trim() === '' || !Number.isFinite(value) || value === 0)
      throw usage(`got "${word}" among the rates; each must be a current in A/m² other than 0, e.g. ${EXAMPLE}`)
    return value
  })
  const solving = solveCell(scenario)
  let cell = solving.next()
  while (!cell.done) cell = solving.next()
  const lines = ['"rate [A/m²]","time [s]","utilisation","capacity [Ah/m²]","voltage [V]"']
  const summary = rates.map((rate) => {
    const running = family.discharge!(familyInput(scenario), cell.value as never, rate, scenario.time.rtol)
    let next = running.next()
    while (!next.done) next = running.next()
    const { utilisation, seconds, stoppedBy, time, utilisations, charge, voltage } = next.value
    console.error(
      `${name}: ${rate} A/m²: utilisation ${utilisation.toFixed(5)} after ${Number(seconds.toPrecision(5))} s (${stoppedBy})`,
    )
    time.forEach((t, k) => {
      lines.push(
        [rate, ...[t, utilisations[k], charge[k] / 3600, voltage[k]].map((v) => Number(v.toPrecision(10)))].join(','),
      )
    })
    return { rate, utilisation, seconds, stoppedBy }
  })
  return json ? JSON.stringify({ rates: summary }) : lines.join('\n')
}
