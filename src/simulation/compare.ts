/**
 * The judge: a scenario resolved cell by cell against its homogenized model, for a list of N = L / l (cells along the
 * first axis), in the limit of the theory: dimensionless membrane parameters fixed, so conductances, pump and
 * capacitance scale with the period l. Both models run side by side in equal steps, one per frame of the scenario.
 */
import { computeCell } from '../cell/compute.ts'
import type { FamilyInput } from '../models/family.ts'
import { findFamily } from '../models/index.ts'
import { InputError } from '../parameter.ts'
import { familyInput, type Scenario } from './scenario.ts'

export interface ComparisonRow {
  N: number
  errors: Record<string, number>
  seconds: number
}

/** Progress of the present N, and each row as it is done. */
export type ComparisonEvent = { kind: 'progress'; N: number; fraction: number } | { kind: 'row'; row: ComparisonRow }

export interface Comparison {
  rows: ComparisonRow[]
  /** Observed order in epsilon per norm, from the last two rows; empty with fewer. */
  orders: Record<string, number>
  seconds: number
}

/** Nodes per cell and axis of the resolved model unless the scenario says otherwise. */
export const MICRO_RESOLUTION = 16
/** Most nodes of a resolved model (memory below 1 GB). */
export const MICRO_NODES = 300_000

/**
 * @param list values of N, each a whole number of at least 1
 * @throws InputError when an N is too large, the family has no resolved model, or nothing varies in space
 */
export function* compare(scenario: Scenario, list: readonly number[]): Generator<ComparisonEvent, Comparison> {
  const begun = performance.now()
  const family = findFamily(scenario.family)!
  if (!family.compare)
    throw new InputError([
      { path: 'family', message: `the family "${scenario.family}" has no resolved model to compare with` },
    ])
  const { dimension } = scenario.cell
  const resolution = scenario.micro?.resolution ?? MICRO_RESOLUTION
  const largest = Math.floor((MICRO_NODES ** (1 / dimension) - 1) / resolution)
  const problems = list
    .filter((N) => !Number.isInteger(N) || N < 1 || N > largest)
    .map((N) => ({
      path: 'epsilon',
      message: `got ${N}; must be a whole number from 1 to ${largest} (${resolution} nodes a cell; more would not fit into memory); try ${Math.min(largest, 8)}`,
    }))
  if (problems.length > 0) throw new InputError(problems)
  if (uniform(scenario))
    throw new InputError([
      {
        path: 'stimuli',
        message:
          'nothing varies in space: resting tissue without a stimulus, a bath or a current has no gradients to compare; add one, or set parameters.start to "waves"',
      },
    ])
  const rows: ComparisonRow[] = []
  const { size: _, ...shape } = scenario.cell
  const solving = computeCell(
    { ...shape, resolution },
    family.cellProblems({ ...scenario.parameters, override: false }),
  )
  let step = solving.next()
  while (!step.done) {
    yield { kind: 'progress', N: list[0], fraction: 0 }
    step = solving.next()
  }
  for (const N of list) {
    const started = performance.now()
    const { input, repeat } = resolvedInput(scenario, N)
    const running = family.compare(input, step.value, repeat, {
      end: scenario.time.end,
      steps: scenario.time.frames,
      factor: input.cellSize / scenario.cell.size,
    })
    let next = running.next()
    while (!next.done) {
      yield { kind: 'progress', N, fraction: next.value }
      next = running.next()
    }
    const row = { N, errors: next.value, seconds: (performance.now() - started) / 1000 }
    rows.push(row)
    yield { kind: 'row', row }
  }
  return { rows, orders: orders(rows), seconds: (performance.now() - begun) / 1000 }
}

/** The box of whole cells nearest to the scenario's; lines become strips of one cell. */
function resolvedInput(scenario: Scenario, N: number): { input: FamilyInput; repeat: number[] } {
  const given = familyInput(scenario)
  const cellSize = given.macro.size[0] / N
  const dimension = scenario.cell.dimension
  const repeat = Array.from({ length: dimension }, (_, k) =>
    k < given.macro.dimension ? Math.max(1, Math.round(given.macro.size[k] / cellSize)) : 1,
  )
  const macro = {
    dimension,
    size: repeat.map((r) => r * cellSize),
    nodes: repeat.map((r, k) => (k < given.macro.dimension ? given.macro.nodes[k] : Math.max(3, 2 * r + 1))),
  }
  const stimuli = given.stimuli.map((s) =>
    s.region.shape === 'everywhere'
      ? s
      : {
          ...s,
          region: {
            ...s.region,
            center: macro.size.map((l, k) => (s.region.shape !== 'everywhere' ? (s.region.center[k] ?? l / 2) : 0)),
          },
        },
  )
  return { input: { ...given, cellSize, macro, stimuli }, repeat }
}

function uniform(scenario: Scenario): boolean {
  return (
    scenario.parameters.start !== 'waves' &&
    scenario.experiment.name === 'sealed' &&
    scenario.stimuli.every((s) => s.region.shape === 'everywhere')
  )
}

export function orders(rows: readonly ComparisonRow[]): Record<string, number> {
  if (rows.length < 2) return {}
  const [a, b] = rows.slice(-2)
  return Object.fromEntries(
    Object.keys(b.errors).map((norm) => [norm, Math.log(a.errors[norm] / b.errors[norm]) / Math.log(b.N / a.N)]),
  )
}
