/** What the page takes from the floors below, and the small adapters it needs. Nothing here solves anything. */
import type { CellProblemSpec, CellSpec } from '../../cell/cell.ts'
import { phaseAt, phasesOf } from '../../cell/geometry.ts'
import { shapes as registry } from '../../cell/shapes/index.ts'
import type { Shape } from '../../cell/shapes/shape.ts'
import { cards, findCard } from '../../models/cards.ts'
import type { Experiment, FamilyCard } from '../../models/family.ts'
import type { ReducedUnits } from '../../models/reduced.ts'
import { InputError, type Problem } from '../../parameter.ts'
import { parseScenario } from '../../simulation/parse.ts'
import type { Scenario } from '../../simulation/scenario.ts'

export { checkBreathing, inProportion, inStep } from '../../cell/breathing.ts'
export { columnsOf, problemNamed } from '../../cell/cell.ts'
export { cellAt, checkGraded, MOST_GRADED, nearestCell, numberOf, numbersOf, valueAt } from '../../cell/graded.ts'
export { nodePositions, periodicNode, rasterise, renumber } from '../../cell/raster.ts'
export { axisIndex } from '../../cell/shapes/shape.ts'
export { allowedResolutions, validateCell } from '../../cell/validate.ts'
export { pieceAtNodes } from '../../cell/where.ts'
export { cards } from '../../models/cards.ts'
export { derivedAt, derivedColumns, derivedValues, flowOf, lengthOf } from '../../models/derived.ts'
export { carried, correction } from '../../models/expansion.ts'
export { parseRates, rateLabel } from '../../models/rates.ts'
export { Arrivals, lineThrough, readWave } from '../../models/wave.ts'
export { slopeAt } from '../../numerics/resample.ts'
export { curvesOf, isImpedance } from '../../simulation/curves.ts'
export { decodeScenario, encodeScenario, type Opened, openScenario, pack, unpack } from '../../simulation/link.ts'
export { trustedHtml, trustedInner, trustedScript } from '../../trusted.ts'
export { createClient, solverCame } from '../../worker/client.ts'
export { phasesOf as phaseNames }

export const shapes: Readonly<Record<string, Shape>> = Object.fromEntries(registry.map((s) => [s.name, s]))

export function familyOf(scenario: Scenario): FamilyCard {
  return findCard(scenario.family) ?? cards[0]
}

/** The reduced units in which a scenario is shown; undefined where it has sizes of its own. */
export function unitsOf({ family, parameters, macro }: Scenario): ReducedUnits | undefined {
  return findCard(family)?.reduced?.(parameters, macro)
}

export function experimentOf(scenario: Scenario): Experiment | undefined {
  return familyOf(scenario).experiments.find(({ name }) => name === scenario.experiment.name)
}

export function cellProblems(scenario: Scenario): CellProblemSpec[] {
  return familyOf(scenario).cellProblems(scenario.parameters, phasesOf(scenario.cell))
}

/** Everything that keeps a scenario from being run, found without solving anything. */
export function scenarioProblems(scenario: Scenario): readonly Problem[] {
  try {
    parseScenario(scenario)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}

/** Phase index at a point of the cell; a cell that cannot be drawn is all background. */
export function phasePainter(cell: CellSpec): (point: readonly number[]) => number {
  try {
    const at = phaseAt(cell)
    return ([x = 0, y = 0, z = 0]) => at(x, y, z)
  } catch {
    return () => 0
  }
}

/** The openings of the cards; the other scenarios load with the gallery. */
const openings = import.meta.glob<unknown>('../../scenarios/*-opening.json', { eager: true, import: 'default' })

/** The laboratory opens with the first family. */
export const openingScenario = parseScenario(openings[`../../scenarios/${cards[0].name}-opening.json`])
