/**
 * How often the truth lies inside the stated error, and how much the error over-states. The truth is the cell's own value
 * on a much finer mesh; where that is not clearly better than what is judged, the value does not count.
 */
import type { CellResult, CellSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { InputError } from '../../src/parameter.ts'
import { problems } from './population.ts'

/** One stated value: how far it is from the truth, and what it says of that. */
export interface Judgement {
  what: 'tensor' | 'fraction' | 'area'
  cell: CellSpec
  problem: string
  stated: number
  /** Distance from the truth, and how sure the truth is. */
  off: number
  slack: number
}

/** Values that are exact on every mesh. */
const ROUND_OFF = 1e-9
/** A truth is a truth where its own error is below this part of the error that is judged. */
const CLEAR = 0.5

const largest = (a: number[][], b: number[][]) => Math.max(...a.flat().map((v, k) => Math.abs(v - b.flat()[k])))

/** Results of a cell at each of the resolutions, undefined where a phase is lost on the mesh. */
export function solved(cell: CellSpec, resolutions: readonly number[]): (CellResult | undefined)[] {
  return resolutions.map((resolution) => {
    try {
      return solveCell({ ...cell, resolution }, problems, { suggest: false })
    } catch (error) {
      if (error instanceof InputError) return undefined
      throw error
    }
  })
}

export function judgements(cell: CellSpec, own: CellResult, truth: CellResult): Judgement[] {
  const list: Judgement[] = own.problems.map((p, k) => ({
    what: 'tensor',
    cell: { ...cell, resolution: own.mesh.n },
    problem: p.name ?? `perforated ${p.phase}`,
    stated: p.error,
    off: largest(p.tensor, truth.problems[k].tensor),
    slack: truth.problems[k].error,
  }))
  const names = Object.keys(own.phases)
  list.push({
    what: 'fraction',
    cell: { ...cell, resolution: own.mesh.n },
    problem: '',
    stated: own.geometryError.fraction,
    off: Math.max(...names.map((s) => Math.abs(own.phases[s].fraction - truth.phases[s].fraction))),
    slack: truth.geometryError.fraction,
  })
  list.push({
    what: 'area',
    cell: { ...cell, resolution: own.mesh.n },
    problem: '',
    stated: own.geometryError.interfaceMeasure,
    off: Math.max(
      0,
      ...Object.keys(truth.interfaceMeasure).map((s) =>
        Math.abs((own.interfaceMeasure[s] ?? 0) - truth.interfaceMeasure[s]),
      ),
    ),
    slack: truth.geometryError.interfaceMeasure,
  })
  return list.filter(({ stated, slack }) => slack <= CLEAR * stated || slack < 1e-6 || slack <= 1e-3)
}

export const covered = ({ stated, off, slack }: Judgement): boolean => off <= stated + slack + ROUND_OFF

/** Stated over true error; the truth is not known better than its own error. */
export const overstated = ({ stated, off, slack }: Judgement): number => stated / Math.max(off, 0.1 * slack, 1e-12)

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
