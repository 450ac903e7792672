/**
 * The resolved tissue as a Model: the same equations, membrane and forcing as the homogenized one (macro.ts), on a
 * tiling of the box by the fitted cell. Prepared initial data: outside u0 + l chi . grad u0, inside (concentrations and
 * V) the value at the centroid of each cell, so that no initial layer has to form.
 */
import type { CellResult } from '../../cell/cell.ts'
import { InputError } from '../../parameter.ts'
import type { FamilyInput, Notice } from '../family.ts'
import { INSIDE, OUTSIDE } from './effective.ts'
import { NA_E } from './layout.ts'
import { settle } from './macro.ts'
import { TissueModel } from './model.ts'
import type { Profile } from './start.ts'
import { type Tiling, tileCell } from './tiling.ts'

export class ResolvedTissue extends TissueModel {
  readonly tiling: Tiling

  constructor(
    setting: TissueModel['setting'],
    tiling: Tiling,
    description: { modelClass: string; macro: FamilyInput['macro']; notices?: readonly Notice[] },
  ) {
    super(setting, description)
    this.tiling = tiling
  }

  override adopt(from: { u: Float64Array; layout: string }): Float64Array | undefined {
    return from.layout === this.layout ? Float64Array.from(from.u) : undefined
  }
}

/**
 * @param repeat copies of the cell per axis; the box has the size repeat * cellSize
 * @param prepared start with the corrector outside and cell-wise values inside (else the plain restriction)
 * @throws InputError when the resolved model cannot take the cell
 */
export function microModel(
  input: FamilyInput,
  cell: CellResult,
  repeat: readonly number[],
  prepared = true,
): ResolvedTissue {
  const tiling = tileCell(cell.mesh, input.cellSize, repeat)
  const d = cell.mesh.dimension
  const connected = cell.phases[INSIDE].percolates.some(Boolean)
  if (!connected && !tiling.isolated)
    throw new InputError([
      {
        path: 'cell.shapes',
        message:
          'the intracellular phase touches the boundary of the cell without percolating; the resolved model needs isolated cells inside their period: move the shape to the middle',
      },
    ])
  const macro: FamilyInput['macro'] = {
    dimension: d,
    size: repeat.map((r) => r * input.cellSize),
    nodes: [...tiling.counts],
  }
  const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
  const inside = total(tiling.volumeI)
  const outside = total(tiling.volumeE)
  const fractions = { fractionI: inside / (inside + outside), fractionE: outside / (inside + outside) }
  const chi = cell.problems.find((p) => p.kind === 'perforated' && p.phase === OUTSIDE)?.correctors
  const gradient = new Float64Array(3)
  const centre = new Float64Array(3)
  const middle = centroid(tiling, d)
  const start = (profile: Profile, k: number, p: number): number => {
    const x = tiling.position.subarray(3 * p, 3 * p + 3)
    if (k >= NA_E) {
      const value = profile.value(k, x)
      if (!prepared || !chi || tiling.volumeE[p] === 0) return value
      profile.gradient(k, x, gradient)
      return value + input.cellSize * chi.reduce((s, c, j) => s + c[tiling.cellNode[p]] * gradient[j], 0)
    }
    if (!prepared || connected) return profile.value(k, x)
    for (let j = 0; j < d; j++) centre[j] = Math.floor(x[j] / input.cellSize) * input.cellSize + middle[j]
    return profile.value(k, centre)
  }
  const { setting } = settle({ ...input, macro }, tiling, fractions, start)
  return new ResolvedTissue(setting, tiling, {
    modelClass: connected ? 'connected-connected' : 'connected-disconnected',
    macro,
  })
}

/** Centroid of the intracellular phase of the first cell, m. */
function centroid(tiling: Tiling, dimension: number): Float64Array {
  const out = new Float64Array(3)
  let total = 0
  const size = tiling.position[3 * tiling.resolution]
  for (let p = 0; p < tiling.nodes; p++) {
    const x = tiling.position.subarray(3 * p, 3 * p + 3)
    if (tiling.volumeI[p] === 0 || x.subarray(0, dimension).some((c) => c >= size)) continue
    total += tiling.volumeI[p]
    for (let k = 0; k < dimension; k++) out[k] += tiling.volumeI[p] * x[k]
  }
  return out.map((c) => c / total)
}
