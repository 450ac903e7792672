/**
 * The pore-resolved medium as a Model: the equations of the homogenized one (equations.ts) on a tiling of the box by
 * the fitted cell. The limit s = l / L -> 0 keeps the box, lambda, concentrations and voltages while the cells shrink;
 * the charge of the walls is given per volume, which is the scaled one. A line becomes a strip of one row of cells,
 * periodic across; boxes of several rows have closed sides.
 */

import { type CellResult, columnsOf, problemOf } from '../../cell/cell.ts'
import { tileMark } from '../../cell/tile.ts'
import { t } from '../../language/language.ts'
import type { MacroSpec, Notice, ResolvedModel, ResolvedSetup } from '../family.ts'
import { DIELECTRIC, PORE, porousTensors } from './effective.ts'
import type { PorousSetting } from './equations.ts'
import { tiltOf } from './experiments.ts'
import type { PorousInput } from './input.ts'
import { fluidPermittivity, porousSetting, startSteady } from './macro.ts'
import { PorousModel } from './model.ts'
import { contrastOf } from './parameters.ts'
import { type HomogenizedState, reconstruct } from './reconstruct.ts'
import { variesAcross } from './start.ts'
import { type Tiling, tilePores } from './tiling.ts'

export class ResolvedPorous extends PorousModel implements ResolvedModel {
  readonly tiling: Tiling
  readonly repeat: readonly number[]
  override readonly layout: string

  constructor(
    setting: PorousSetting,
    tiling: Tiling,
    description: { modelClass: string; macro: MacroSpec; notices: readonly Notice[] },
  ) {
    super(setting, description)
    this.tiling = tiling
    this.repeat = tiling.repeat
    const share = tiling.pore.map((v, p) => v / tiling.volume[p])
    this.layout = `resolved/${this.rateCount}/${tiling.repeat.join('x')}/${tileMark(tiling.resolution, share)}`
  }

  /** In the solid a concentration shows its mean over the pores, so that ranges are those of the field. */
  override sample(t: number, u: Float64Array): Float32Array[] {
    const { pore } = this.tiling
    const samples = super.sample(t, u)
    const total = pore.reduce((a, b) => a + b, 0)
    for (const values of samples.slice(0, this.rateCount)) {
      const mean = values.reduce((sum, c, p) => sum + pore[p] * c, 0) / total
      for (let p = 0; p < values.length; p++) if (pore[p] === 0) values[p] = mean
    }
    return samples.map((values) => this.unwrapped(values))
  }

  /** From the nodes of the tiling to those of the box, which repeat the first plane along a wrapped axis. */
  private unwrapped(values: Float32Array): Float32Array {
    const { counts, wrap } = this.tiling
    if (!wrap.includes(true)) return values
    const [nx, ny, nz = 1] = this.macro.nodes
    const out = new Float32Array(nx * ny * nz)
    for (let p = 0; p < out.length; p++) {
      const j = (Math.floor(p / nx) % ny) % counts[1]
      const k = Math.floor(p / (nx * ny)) % (counts[2] ?? 1)
      out[p] = values[(p % nx) + nx * (j + counts[1] * k)]
    }
    return out
  }

  override adopt(from: { u: Float64Array; layout: string }): Float64Array | undefined {
    return from.layout === this.layout ? Float64Array.from(from.u) : undefined
  }
}

/**
 * The resolved model on the box setup.repeat * input.cellSize. Yields on the way.
 * @throws InputError when the cell has no pore, or there is no steady state to start from
 */
export function* microModel(
  input: PorousInput,
  cell: CellResult,
  setup: ResolvedSetup,
): Generator<void, ResolvedPorous> {
  const { repeat, from, prepared } = setup
  const contrast = contrastOf(input.parameters)
  porousTensors(cell, contrast)
  const even = tiltOf(input.experiment) === 0 && !variesAcross(input.parameters)
  const wrap = repeat.map((r, axis) => axis > 0 && r === 1 && even)
  const tiling = yield* tilePores(
    columnsOf(cell).map(({ mesh }) => mesh),
    input.cellSize,
    repeat,
    contrast,
    wrap,
  )
  const macro: MacroSpec = {
    dimension: cell.mesh.dimension,
    size: repeat.map((r) => r * input.cellSize),
    nodes: repeat.map((r) => r * tiling.resolution + 1),
  }
  const boxed = { ...input, macro: { ...macro, strip: input.macro.strip } }
  const { setting, notices: started } = porousSetting(boxed, tiling, fluidPermittivity(boxed))
  if (from) {
    yield
    const { plain, corrected } = reconstruct(from, cell, tiling, { ...setting, cellSize: input.cellSize })
    const given = prepared && solved(from, setting.species.length) ? corrected : plain
    // A corrector may overshoot where a layer is thinner than a cell.
    for (let k = 0; k < setting.initial.length; k++)
      if (k >= setting.species.length * tiling.nodes) setting.initial[k] = given[k]
      else if (tiling.pore[k % tiling.nodes] > 0) setting.initial[k] = Math.max(given[k], 0.1 * plain[k])
  }
  yield
  const model = new ResolvedPorous(setting, tiling, {
    modelClass: 'porous',
    macro,
    notices: [...started, ...notices(cell)],
  })
  if (input.parameters.start === 'steady' && !from) startSteady(model)
  return model
}

/** Whether the potential of a homogenized state is one: a start that has not been solved for has zeros between its sides. */
function solved({ u, macro }: HomogenizedState, species: number): boolean {
  const [nx] = macro.nodes
  const at = (species * u.length) / (species + 1)
  return u.subarray(at).some((v, p) => v !== 0 && p % nx > 0 && p % nx < nx - 1)
}

function notices(cell: CellResult): Notice[] {
  const told: Notice[] = []
  if (!cell.phases[PORE].percolates[0])
    told.push({
      level: 'warning',
      message: t(
        'The pores are cut off along the current: no ion passes, and enclosed pores keep what they hold. The true flux is zero.',
      ),
      advice: [t('make the solid smaller, or turn it, to open the pores')],
    })
  const { correctors } = problemOf(cell, 'contrast', DIELECTRIC)
  if (!mirrored(cell, correctors[0]))
    told.push({
      level: 'info',
      message: t(
        'The cell has no mirror plane at the electrodes: boundary layers of the order of s stand there, and the errors fall with order one only.',
      ),
      advice: [t('move the solid to the middle of the cell')],
    })
  return told
}

/** The corrector of a mirror-symmetric cell vanishes on the faces of the cell, up to the mesh. */
const ON_FACE = 0.1

/** Whether the corrector along x vanishes on the face x = 0 of the cell. */
function mirrored(cell: CellResult, corrector: Float64Array): boolean {
  const largest = (v: Float64Array) => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0)
  const onFace = corrector.filter((_, p) => p % cell.mesh.n === 0)
  return largest(onFace) <= Math.max(1e-6, ON_FACE * largest(corrector))
}
