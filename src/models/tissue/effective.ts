/**
 * From the reference cell to the coefficients of the homogenized tissue, and to its class: the cell decides. If the
 * intracellular phase percolates along an axis of the macroscopic box, the tissue is connected-connected (a syncytium,
 * bidomain); if it does not, each cell is alone and the model is connected-disconnected.
 */
import type { CellResult, Tensor } from '../../cell/cell.ts'
import { interfaceName } from '../../cell/cell.ts'
import { InputError, type Problem } from '../../parameter.ts'
import type { FamilyInput } from '../family.ts'
import type { EffectiveTissue } from './compartments.ts'

export const INSIDE = 'intracellular'
export const OUTSIDE = 'extracellular'

/** Effective coefficients from the reference cell (or from the overrides), and the class they imply. */
export function effectiveTissue(
  input: FamilyInput,
  cell: CellResult,
): { tissue: EffectiveTissue; modelClass: string; problems: Problem[] } {
  const { parameters: v, macro } = input
  const problems: Problem[] = []
  const axes = 'xyz'.slice(0, macro.dimension)
  if (v.override === true) {
    const scalar = (s: number): Tensor => [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? s : 0)))
    const inside = (v.factor_I as number) * (v.gap as number)
    return {
      tissue: {
        fractionE: v.fraction_E as number,
        fractionI: 1 - (v.fraction_E as number),
        areaDensity: v.area_density as number,
        tensorE: scalar(v.factor_E as number),
        tensorI: scalar(inside),
      },
      modelClass: inside > 0 ? 'connected-connected' : 'connected-disconnected',
      problems,
    }
  }
  const dimension = cell.mesh.dimension
  if (macro.dimension > dimension)
    problems.push({
      path: 'macro.dimension',
      message: `got ${macro.dimension}; a ${dimension}D reference cell describes tissues of at most ${dimension} dimensions; use a 3D cell or a ${dimension}D box`,
    })
  const outside = cell.phases[OUTSIDE]
  const inside = cell.phases[INSIDE]
  if (!outside || !inside) {
    problems.push({
      path: 'cell.shapes',
      message: `got the phases ${Object.keys(cell.phases).join(', ')}; a tissue needs both ${OUTSIDE} and ${INSIDE}`,
    })
    throw new InputError(problems)
  }
  const blocked = [...axes].filter((_, k) => k < dimension && !outside.percolates[k])
  if (blocked.length > 0)
    problems.push({
      path: 'cell.shapes',
      message: `the extracellular phase does not percolate along ${blocked.join(' and ')}: it is cut off and no homogenized model exists; make the cells smaller or move them apart`,
    })
  const tensor = (phase: string): Tensor => {
    const found = cell.problems.find((p) => p.kind === 'perforated' && p.phase === phase)
    return found ? found.tensor : []
  }
  const connected = [...axes].some((_, k) => k < dimension && inside.percolates[k])
  const gap = v.gap as number
  const zero: Tensor = [0, 1, 2].map(() => [0, 0, 0])
  return {
    tissue: {
      fractionE: outside.fraction,
      fractionI: inside.fraction,
      areaDensity: cell.interfaceMeasure[interfaceName(INSIDE, OUTSIDE)] / input.cellSize,
      tensorE: tensor(OUTSIDE),
      tensorI: connected ? tensor(INSIDE).map((row) => row.map((x) => x * gap)) : zero,
    },
    modelClass: connected ? 'connected-connected' : 'connected-disconnected',
    problems,
  }
}
