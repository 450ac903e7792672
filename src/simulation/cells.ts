/** Cell problems inside a simulation: remembered, reported as progress, loosely solved under the pointer. */
import { asGradings, restOf } from '../cell/breathing.ts'
import type { CellProblemSpec, CellResult, CellSpec } from '../cell/cell.ts'
import { columnCells } from '../cell/columns.ts'
import { computeCell } from '../cell/compute.ts'
import { phasesOf } from '../cell/geometry.ts'
import { cellAt, standIn } from '../cell/graded.ts'
import { tabulate } from '../cell/table.ts'
import type { ModelFamily } from '../models/family.ts'
import { familyNamed } from '../models/index.ts'
import { InputError } from '../parameter.ts'
import type { SimulationEvent } from './frame.ts'
import type { Resolution } from './resolve.ts'
import { breathes, MICRO_RESOLUTION, type Scenario } from './scenario.ts'

/** Remembers the last few cell results by what they depend on. */
export class CellCache {
  private readonly entries = new Map<string, CellResult>()

  get(key: string): CellResult | undefined {
    const found = this.entries.get(key)
    if (found) {
      this.entries.delete(key)
      this.entries.set(key, found)
    }
    return found
  }

  set(key: string, result: CellResult): void {
    this.entries.set(key, result)
    for (const old of this.entries.keys()) {
      if (this.entries.size <= 4) break
      this.entries.delete(old)
    }
  }
}

/** The cell of the homogenized model of a scenario, from the cache if possible. */
export function* solveCell(scenario: Scenario, cells?: CellCache): Generator<SimulationEvent, CellResult> {
  return standIn(yield* shownCell(scenario, cells))
}

/** The cell as it is drawn, with all that the model is made of: its table where it varies, and the cell of what flows. */
export function* shownCell(scenario: Scenario, cells?: CellCache): Generator<SimulationEvent, CellResult> {
  const cell = yield* firstCell(scenario, cells)
  const filtration = yield* filtrationCell(scenario, cells)
  return filtration ? { ...cell, filtration } : cell
}

function* firstCell(scenario: Scenario, cells?: CellCache): Generator<SimulationEvent, CellResult> {
  const family = familyNamed(scenario.family)
  const { size: _, ...spec } = scenario.cell
  const problems = family.cellProblems(scenario.parameters, phasesOf(spec))
  const cell = yield* cachedCell(spec, problems, cells)
  const swells = breathes(scenario)
  const graded = swells ? asGradings(scenario.breathing) : scenario.graded
  if (!graded || graded.length === 0) return cell
  // What pictures alone show is not asked of so many cells.
  const { filtration } = scenario
  const flowing = filtration && family.filtration?.problems(scenario.parameters, phasesOf(filtration))
  const needed = family
    .cellProblems(scenario.parameters, phasesOf(spec), 'resolved')
    // Nor what the cell of the flow gives instead.
    .filter(({ kind }) => !flowing?.some((problem) => problem.kind === kind))
  const key = JSON.stringify([spec, graded, problems, needed])
  const known = cells?.get(key)
  if (known) return known
  const table = yield* told('table', tabulate(spec, graded, needed))
  const varying = swells
    ? { ...cell, swelling: { ...table, rest: restOf(scenario.breathing, spec) } }
    : { ...cell, table: { ...table, middle: yield* cachedCell(cellAt(spec, graded, 0.5), problems, cells) } }
  cells?.set(key, varying)
  return varying
}

/** The second cell of a scenario that has one. @throws InputError with its own path where it cannot be meshed */
function* filtrationCell(
  { family, filtration, parameters, cell }: Scenario,
  cells?: CellCache,
): Generator<SimulationEvent, CellResult | undefined> {
  const own = familyNamed(family)
  if (!filtration || !own.filtration) return undefined
  const { size: _, ...spec } = filtration
  const wanted = own.filtration.problems(parameters, phasesOf(spec))
  // Until it differs from the first cell it is remembered with that.
  const { size: _period, ...first } = cell
  const copied = JSON.stringify(spec) === JSON.stringify(first)
  const problems = copied && cells ? own.cellProblems(parameters, phasesOf(spec)) : wanted
  try {
    const solved = yield* cachedCell(spec, problems, cells, 'filtration')
    const asked = wanted.map((problem) => JSON.stringify(problem))
    return { ...solved, problems: solved.problems.filter((_, k) => asked.includes(JSON.stringify(problems[k]))) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(error.problems.map((p) => ({ ...p, path: p.path.replace(/^cell\b/, 'filtration') })))
  }
}

/** The cell of the resolved model on a tiling; where it varies, with that of every column. */
export function* resolvedCell(
  scenario: Scenario,
  tiling: Pick<Resolution, 'repeat' | 'input'>,
  cells?: CellCache,
): Generator<SimulationEvent, CellResult> {
  const { size: _, ...shape } = scenario.cell
  const spec = { ...shape, resolution: scenario.micro?.resolution ?? MICRO_RESOLUTION }
  const family = familyNamed(scenario.family)
  const problems = family.cellProblems(scenario.parameters, phasesOf(spec), 'resolved')
  const { graded } = scenario
  if (!graded || graded.length === 0) return yield* cachedCell(spec, problems, cells)
  const columns = yield* told('columns', columnCells(spec, graded, problems, columnsIn(family, tiling)))
  return standIn({ ...columns[0], columns })
}

/** Columns of cells along x, those without structure not counted. */
export function columnsIn(family: ModelFamily, { repeat, input }: Pick<Resolution, 'repeat' | 'input'>): number {
  return Math.max(1, repeat[0] - (family.plain?.(input) ?? 0))
}

/** A cell with its problems, from the cache if possible. */
export function* cachedCell(
  spec: CellSpec,
  problems: CellProblemSpec[],
  cells?: CellCache,
  stage = 'cell',
): Generator<SimulationEvent, CellResult> {
  const key = JSON.stringify([spec, problems])
  const known = cells?.get(key)
  if (known) return known
  const cell = yield* told(stage, computeCell(spec, problems))
  cells?.set(key, cell)
  return cell
}

/**
 * A cell under the pointer: loosely solved. Tensors are energies, so their error is the square of the residual and
 * stays far below that of the mesh; correctors are good enough to be looked at. What the mesh cannot follow is looked at
 * when the pointer rests.
 */
export function* previewCell(spec: CellSpec, problems: CellProblemSpec[]): Generator<SimulationEvent, CellResult> {
  return yield* told('preview', computeCell(spec, problems, { tolerance: 1e-4, bracket: false, suggest: false }))
}

/** Passes a solver's fractions on as progress of a stage. */
export function* told<T>(stage: string, solving: Generator<number, T>): Generator<SimulationEvent, T> {
  for (;;) {
    const { done, value } = solving.next()
    if (done) return value
    yield progress(stage, value)
  }
}

/** A stage of the work and how far it has come. */
export function progress(stage: string, fraction: number): SimulationEvent {
  return { kind: 'progress', stage, fraction: Math.min(1, Math.max(0, fraction)) }
}
