/**
 * The resolved tissue as a Model: the same equations, membrane and forcing as the homogenized one (macro.ts), on a
 * tiling of the box by the fitted cell. Prepared initial data: outside u0 + l chi . grad u0, inside (concentrations and
 * V) the value at the centroid of each cell, so that no initial layer has to form.
 */

import { type CellResult, columnsOf } from '../../cell/cell.ts'
import { onTiles, tileMark } from '../../cell/tile.ts'
import { t } from '../../language/language.ts'
import { InputError, type Problem } from '../../parameter.ts'
import { present } from '../../present.ts'
import type { ResolvedModel, ResolvedSetup } from '../family.ts'
import { classOf } from './effective.ts'
import type { TissueInput } from './input.ts'
import type { Cells } from './kinds.ts'
import { inSlots, NA_E, PHI, slotsOf } from './layout.ts'
import { TissueModel } from './model.ts'
import type { TissueValues } from './parameters.ts'
import { inKindsOf, type KindOfCells, kindsOfCells, placesOf } from './period.ts'
import { GLIA, INSIDE, OUTSIDE } from './phases.ts'
import { settle } from './settle.ts'
import { interpolated, type Profile } from './start.ts'
import { readLayout } from './states.ts'
import { type Tiling, tileCell } from './tiling.ts'

export class ResolvedTissue extends TissueModel implements ResolvedModel {
  readonly tiling: Tiling
  readonly repeat: readonly number[]
  /** Kind of cells of the homogenized model that node p is of; 0 outside. */
  readonly kindAt: Uint8Array
  override readonly layout: string

  constructor(
    setting: TissueModel['setting'],
    tiling: Tiling,
    repeat: readonly number[],
    description: ConstructorParameters<typeof TissueModel>[1] & { kindAt: Uint8Array },
  ) {
    super(setting, description)
    this.kindAt = description.kindAt
    this.tiling = tiling
    this.repeat = repeat
    const inside = [tiling.volumeI, ...tiling.others.map(({ volume }) => volume)]
    const whole = tiling.volumeE.map((v, p) => inside.reduce((sum, volume) => sum + volume[p], v))
    const shares = inside.map((volume) => volume.map((v, p) => v / whole[p]))
    this.layout = `resolved/${this.width}/${repeat.join('x')}/${tileMark(tiling.resolution, ...shares)}`
  }

  /** Where a field does not live (see Field.microscopic) it shows its mean, so that ranges are those of the field. */
  override sample(t: number, u: Float64Array): Float32Array[] {
    const samples = super.sample(t, u)
    this.shown.forEach(({ field, kind }, k) => {
      const cells = kind === undefined ? undefined : this.cellsShown(kind)
      const weight = cells ? (field.microscopic?.interface ? cells.area : cells.volume) : this.tiling.volumeE
      const values = samples[k]
      let sum = 0
      let total = 0
      for (let p = 0; p < values.length; p++) {
        sum += weight[p] * values[p]
        total += weight[p]
      }
      for (let p = 0; p < values.length; p++) if (weight[p] === 0) values[p] = sum / total
    })
    return samples
  }

  /** All cells of a phase have the same unknowns here, at nodes of their own. */
  protected override cellsShown(kind: number): Cells {
    return present(this.cells[this.kinds[kind]?.phase === GLIA ? 1 : 0], 'cells')
  }

  override adopt(from: { u: Float64Array; layout: string }): Float64Array | undefined {
    return from.layout === this.layout ? Float64Array.from(from.u) : undefined
  }
}

/** Those that belong to the area of the membrane. */
const OF_MEMBRANE = [
  'G_Na',
  'G_K',
  'G_Cl',
  'Imax1',
  'Imax2',
  'capacitance',
  'g_NaP',
  'g_KDR',
  'core_G_K',
  'glia_G_Na',
  'glia_G_K',
  'glia_G_Cl',
  'glia_pump',
] as const

/** Parameters of the same dimensionless problem for cells `factor` times as large (section 3 of the theory). */
export function scaleMembrane(parameters: TissueValues, factor: number): TissueValues {
  const out = { ...parameters }
  for (const name of OF_MEMBRANE) out[name] = parameters[name] * factor
  return out
}

/**
 * The resolved model on the box setup.repeat * input.cellSize, with the membrane scaled by setup.factor. Yields on the way.
 * @throws InputError when the resolved model cannot take the cell or the parameters
 */
export function* microModel(
  unscaled: TissueInput,
  cell: CellResult,
  setup: ResolvedSetup,
): Generator<void, ResolvedTissue> {
  const { repeat, prepared } = setup
  const input = { ...unscaled, parameters: scaleMembrane(unscaled.parameters, setup.factor) }
  const d = cell.mesh.dimension
  const connected = (phase: string) => cell.phases[phase]?.percolates.some(Boolean) ?? false
  const { gap, glia_gap } = input.parameters
  const columns = columnsOf(cell)
  const through = (phase: string, piece: number) => {
    const found = cell.phases[phase]
    return (found?.pieces?.[piece]?.percolates ?? found?.percolates ?? []).includes(true)
  }
  const tiling = yield* tileCell(
    columns.map(({ mesh }) => mesh),
    input.cellSize,
    repeat,
    (piece) => (through(INSIDE, piece) ? gap : 1),
    (piece) => (through(GLIA, piece) ? glia_gap : 1),
  )
  const own = kindsOfCells(cell)
  // Its mesh may tell cells apart that are alike on that of the homogenized tissue, whose kinds they are shown in.
  const beside = setup.layout === undefined ? undefined : readLayout(setup.layout)
  const kinds = beside ? inKindsOf(cell, own, beside.shares) : own
  const count = cell.phases[INSIDE]?.components ?? 0
  /** By the pieces of the tiling. */
  const byPiece = <T>(of: readonly Pick<KindOfCells, 'phase' | 'pieces'>[], what: (kind: number) => T) =>
    new Map(
      of.flatMap(({ phase, pieces }, kind) =>
        pieces.map((piece): [number, T] => [phase === GLIA ? count + piece : piece, what(kind)]),
      ),
    )
  const kindOf = byPiece(kinds, (kind) => kind)
  const winds = byPiece(own, (kind) => own[kind].percolates.includes(true))
  const joined = (piece: number) => winds.get(piece) ?? false
  const cut = [...tiling.touching].filter((piece) => !joined(piece)).map((piece) => (piece < count ? INSIDE : GLIA))
  const problems = unresolvable(input, [...new Set(cut)])
  if (problems.length > 0) throw new InputError(problems)
  const macro: TissueInput['macro'] = {
    dimension: d,
    ...(input.macro.strip === undefined ? {} : { strip: input.macro.strip }),
    size: repeat.map((r) => r * input.cellSize),
    nodes: [...tiling.counts],
  }
  const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
  const inside = total(tiling.volumeI)
  const outside = total(tiling.volumeE)
  const glia = tiling.others.reduce((sum, cells) => sum + total(cells.volume), 0)
  const all = inside + outside + glia
  const fractions = { fractionI: inside / all, fractionE: outside / all, fractionG: glia / all }
  const found = columns.map(({ problems }) => problems.find((p) => p.kind === 'perforated' && p.phase === OUTSIDE))
  const chi = found[0]?.correctors.map((_, axis) =>
    onTiles(
      tiling,
      found.map((of) => present(of, 'the problem outside').correctors[axis]),
    ),
  )
  const gradient = new Float64Array(3)
  const centre = new Float64Array(3)
  yield
  const middle = centroids(tiling, d)
  yield
  const given = setup.from && interpolated(setup.from)
  const kindAt = Uint8Array.from(tiling.piece, (piece) => kindOf.get(piece) ?? 0)
  const start = (own: Profile, base: number, p: number): number => {
    const profile = given ?? own
    const k = given ? inSlots(slotsOf(kindAt[p], input.parameters.gates), base) : base
    const x = tiling.position.subarray(3 * p, 3 * p + 3)
    if (base >= NA_E && base <= PHI) {
      const value = profile.value(k, x)
      if (!prepared || !chi || tiling.volumeE[p] === 0) return value
      profile.gradient(k, x, gradient)
      return value + input.cellSize * chi.reduce((s, c, j) => s + c[p] * gradient[j], 0)
    }
    const piece = tiling.piece[p]
    const inPiece = middle[tiling.column[p]].get(piece)
    if (!prepared || !inPiece || joined(piece)) return profile.value(k, x)
    for (let j = 0; j < d; j++) centre[j] = Math.floor(x[j] / input.cellSize) * input.cellSize + inPiece[j]
    return profile.value(k, centre)
  }
  const { setting } = settle({ ...input, macro }, tiling, fractions, start)
  yield
  return new ResolvedTissue(setting, tiling, repeat, {
    modelClass: classOf(connected),
    macro,
    kinds: placesOf(cell, kinds),
    kindAt,
  })
}

/**
 * What of a scenario has no resolved counterpart.
 * @param cut phases with pieces that stand alone and lie across the border of the cell
 */
function unresolvable({ parameters: v }: TissueInput, cut: readonly string[]): Problem[] {
  const problems: Problem[] = []
  const refuse = (path: string, message: string) => void problems.push({ path, message })
  for (const phase of cut)
    refuse(
      'cell.shapes',
      t(
        'the phase {phase} touches the boundary of the cell without percolating; the resolved model needs isolated cells inside their period: move the shape to the middle',
        { phase },
      ),
    )
  if (v.geometry === 'radial')
    refuse(
      'parameters.geometry',
      t('got radial coordinates; a ball cannot be tiled with periodic cells; use "cartesian"'),
    )
  if (v.override)
    refuse('parameters.override', t('got coefficients given by hand, which no cell stands for; set override to false'))
  if (v.shell !== 0)
    refuse(
      'parameters.shell',
      t('got {got} m; a shell along x has no resolved counterpart; set shell to 0', { got: v.shell }),
    )
  return problems
}

/** Centroids of the pieces of a cell of each column, in their period, m. */
function centroids(tiling: Tiling, dimension: number): Map<number, Float64Array>[] {
  const size = tiling.resolution * tiling.width
  const columns = tiling.column.reduce((most, column) => Math.max(most, column), 0) + 1
  return Array.from({ length: columns }, (_, column) => {
    const sums = new Map<number, { total: number; at: Float64Array }>()
    for (let p = 0; p < tiling.nodes; p++) {
      const x = Float64Array.from(tiling.position.subarray(3 * p, 3 * p + 3))
      x[0] -= column * size
      const volume = tiling.volumeI[p] + (tiling.others[0]?.volume[p] ?? 0)
      if (volume === 0 || tiling.column[p] !== column || x.subarray(0, dimension).some((c) => c < 0 || c >= size))
        continue
      const sum = sums.get(tiling.piece[p]) ?? { total: 0, at: new Float64Array(3) }
      sums.set(tiling.piece[p], sum)
      sum.total += volume
      for (let k = 0; k < dimension; k++) sum.at[k] += volume * x[k]
    }
    return new Map([...sums].map(([piece, { total, at }]) => [piece, at.map((c) => c / total)]))
  })
}
