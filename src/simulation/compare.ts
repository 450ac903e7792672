/**
 * The judge: a scenario resolved cell by cell against its homogenized model, for a list of N = L / l (cells along the
 * first axis), in the limit of the theory: dimensionless membrane parameters fixed, so conductances, pump and
 * capacitance scale with the period l. Each model takes the steps that its own tolerance asks for; the norms are sampled
 * at equal distances, one per frame of the scenario.
 */

import { columnCells } from '../cell/columns.ts'
import { computeCell } from '../cell/compute.ts'
import { phasesOf } from '../cell/geometry.ts'
import { nearestCell, standIn } from '../cell/graded.ts'
import { tabulate } from '../cell/table.ts'
import { t } from '../language/language.ts'
import type { ComparisonCard, ComparisonRow } from '../models/family.ts'
import { familyNamed } from '../models/index.ts'
import { InputError } from '../parameter.ts'
import { columnsIn } from './cells.ts'
import { orders, ROUND_OFF } from './orders.ts'
import { refuseRepeat, resolution } from './resolve.ts'
import { familyInput, MICRO_RESOLUTION, type Scenario } from './scenario.ts'

/** With this over N² as tolerance the errors of time stay below the corrected ones, which fall like 1/N². */
const TIGHT = 0.01

/** Progress of the present N, and each row as it is done. */
export type ComparisonEvent = { kind: 'progress'; N: number; fraction: number } | { kind: 'row'; row: ComparisonRow }

export type { ComparisonRow } from '../models/family.ts'

export interface Comparison {
  rows: ComparisonRow[]
  /** Observed order in epsilon per norm, from the last two rows; empty with fewer. */
  orders: Record<string, number>
  seconds: number
}

/**
 * @param list values of N, each a whole number of at least 1
 * @throws InputError when an N is too large, the family has no resolved model, or nothing varies in space
 */
export function* compare(scenario: Scenario, list: readonly number[]): Generator<ComparisonEvent, Comparison> {
  const begun = performance.now()
  const family = familyNamed(scenario.family)
  const card = family.comparison
  if (!card)
    throw new InputError([
      {
        path: 'family',
        message: t('the family "{family}" has no resolved model to compare with', { family: scenario.family }),
      },
    ])
  // What refuses every N is said once.
  const refusals = new Set(list.map((N) => refuseRepeat(scenario, N)))
  const problems = [...refusals].flatMap((message) => (message ? [{ path: 'epsilon', message }] : []))
  if (problems.length > 0) throw new InputError(problems)
  if (card.uniform?.applies(familyInput(scenario))) throw nothingVaries(card)
  const rows: ComparisonRow[] = []
  const { size: _, ...shape } = scenario.cell
  const spec = { ...shape, resolution: scenario.micro?.resolution ?? MICRO_RESOLUTION }
  const cellProblems = family.cellProblems(scenario.parameters, phasesOf(spec), 'resolved')
  const { graded } = scenario
  const varies = graded !== undefined && graded.length > 0
  const table = varies && (yield* waiting(list[0], tabulate(spec, graded, cellProblems)))
  const cell = table
    ? { ...nearestCell(table, 0.5), table }
    : yield* waiting(list[0], computeCell(spec, cellProblems, { suggest: false }))
  for (const N of list) {
    const started = performance.now()
    const { input, repeat, factor } = resolution(scenario, N)
    const columns = varies
      ? { columns: yield* waiting(N, columnCells(spec, graded, cellProblems, columnsIn(family, { input, repeat }))) }
      : {}
    const running = card.run(input, standIn({ ...cell, ...columns }), {
      repeat,
      prepared: scenario.micro?.prepared ?? true,
      factor,
      end: scenario.time.end,
      samples: scenario.time.frames,
      rtol: Math.min(scenario.time.rtol, 1e-3, TIGHT / N ** 2),
    })
    let next = running.next()
    while (!next.done) {
      yield { kind: 'progress', N, fraction: next.value }
      next = running.next()
    }
    const { errors, quantities } = next.value
    const seen = [...Object.values(errors), ...Object.values(quantities).map(Math.abs)]
    if (Math.max(...seen) < ROUND_OFF) throw nothingVaries(card)
    const row = { N, ...next.value, seconds: (performance.now() - started) / 1000 }
    rows.push(row)
    yield { kind: 'row', row }
  }
  return { rows, orders: orders(rows), seconds: (performance.now() - begun) / 1000 }
}

/** Cell problems before anything runs. */
function* waiting<T>(N: number, solving: Generator<number, T>): Generator<ComparisonEvent, T> {
  for (;;) {
    const { done, value } = solving.next()
    if (done) return value
    yield { kind: 'progress', N, fraction: 0 }
  }
}

function nothingVaries({ uniform }: ComparisonCard): InputError {
  const otherwise = t('nothing varies in space: both models agree to round-off; choose another start or experiment')
  return new InputError([{ path: uniform?.path ?? '', message: uniform?.message ?? otherwise }])
}
