/**
 * The judge: resolved cell against homogenized cell over the first step of the protocol, in the norms of the theory:
 *
 *   voltage                    max_t |V_macro - V_micro| over RT/F
 *   voltage_CLOSURE            the same with another ionic tensor: Bruggeman's, or the one that the scenario chose
 *   salt, phi, psi             max_t of the L2 distance to u0, a mean over electrolyte, electrolyte and conductors;
 *   …_corrected                to u0 + l chi . grad u0 (reconstruct.ts); salt over c0, potentials over RT/F
 *   filling                    max_t of the L2 distance of the mean fillings, cell by cell and kind by kind
 *
 * The homogenized cell takes fractions, contact and tensors of the mesh itself, on a fine grid, so that only the
 * homogenization error is measured. Both are compared until the end, but not beyond SHARE of the time at which the
 * homogenized cell leaves the first step: at a cut-off small shifts in time would look like errors of the voltage.
 */

import type { CellResult } from '../../../cell/cell.ts'
import { ofMesh } from '../../../cell/columns.ts'
import { paced } from '../../../cell/progress.ts'
import { Integrator } from '../../../numerics/integrate.ts'
import { type Blocks, onNodes } from '../../../numerics/onNodes.ts'
import { IntegrationError, type IntegratorState, makeConsistent } from '../../../numerics/steps.ts'
import { InputError } from '../../../parameter.ts'
import type { ComparisonTime, ResolvedSetup } from '../../family.ts'
import { cathodeSetting } from '../homogenized/macro.ts'
import { CathodeModel } from '../homogenized/model.ts'
import type { CathodeInput } from '../input.ts'
import { GLOBALS, PSI } from '../layout.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { homogenizedBox, microModel } from '../resolved/micro.ts'
import type { ResolvedCathode } from '../resolved/model.ts'
import { type Reconstruction, reconstruct } from '../resolved/reconstruct.ts'
import type { CathodeTiling } from '../resolved/tiling.ts'
import { cathodeStructure } from '../structure/structure.ts'
import { EstimatedNorms } from './estimated.ts'
import { refuseMosaic, refuseSpread } from './incomparable.ts'

type Errors = Record<string, number>

/** Cells of the homogenized grid along x, at least: of a line, of a sheet, and of one that only tells when a step ends. */
const FINE = { line: 480, sheet: 64, coarse: 16 }
/** Part of the first step that is compared. */
const SHARE = 0.9
/** The closure that the theory says is the limit. */
const TRUE = 'cell' as const

/**
 * @param cell the fitted cell with the problems of the family, at the resolution of the tiling
 * @throws InputError when the cell admits no model, or one of the models cannot go on
 */
export function* compareCathode(
  input: CathodeInput,
  cell: CellResult,
  setup: ResolvedSetup & ComparisonTime,
): Generator<number, { errors: Errors; estimates: Errors }> {
  refuseSpread(input)
  const micro = yield* paced(microModel(input, cell, setup), 0)
  const chosen = input.parameters.transport
  const sheet = micro.tiling.repeat[1] > 1
  // On a sheet a run takes long, so that only closures that were asked for are run.
  const closures = [...new Set([TRUE, ...(sheet ? [] : ['bruggeman' as const]), chosen])]
  const made = (transport: CathodeValues['transport'], columns: number) =>
    homogenized(input, cell, micro, { factor: setup.factor, transport, columns })
  const macros = closures.map((transport) => made(transport, sheet ? FINE.sheet : FINE.line))
  const { rtol, samples } = setup
  try {
    const end = yield* firstStep(sheet ? made(TRUE, FINE.coarse) : macros[0], setup)
    const truth = start(micro, rtol)
    const runs = macros.map((model) => start(model, rtol))
    for (const { model, state } of [truth, ...runs]) for (const _ of makeConsistent(model, 0, state.u, rtol)) yield 0
    const norms = new Norms(micro, cell, closures)
    const estimated = yield* EstimatedNorms.of(macros[0], cell, micro)
    // Not at t = 0, where the salt at the foil is that of the mesh.
    for (let k = 1; k <= samples; k++) {
      for (const { integrator, state } of [truth, ...runs])
        for (const _ of integrator.advance(state, (end * k) / samples)) yield (k - 1) / samples
      refuseMosaic(runs[0].model, runs[0].state.u)
      norms.add(truth, runs)
      if (inFirstStep(truth) && inFirstStep(runs[0])) estimated.add(runs[0].state.u, runs[0].state.t)
    }
    return { errors: norms.errors, estimates: estimated.errors }
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error
    throw new InputError([{ path: 'experiment.values', message: [error.message, ...error.advice].join('; ') }])
  }
}

interface Run<M extends CathodeModel | ResolvedCathode> {
  model: M
  integrator: Integrator
  state: IntegratorState
}

function start<M extends CathodeModel | ResolvedCathode>(model: M, rtol: number): Run<M> {
  return {
    model,
    integrator: new Integrator(model, { rtol }),
    state: { t: 0, u: model.initial(), integrals: new Float64Array(model.rateCount), dt: 0 },
  }
}

/** The homogenized cell with the geometry of the mesh, on a grid whose cells divide those of the strip. */
function homogenized(
  input: CathodeInput,
  cell: CellResult,
  micro: ResolvedCathode,
  { factor, transport, columns }: { factor: number; transport: CathodeValues['transport']; columns: number },
): CathodeModel {
  const { cells, repeat, separatorCells } = micro.tiling
  const parts = Math.ceil(columns / cells)
  const parameters: CathodeValues = {
    ...input.parameters,
    transport,
    grading: 1,
    separator_cells: Math.max(1, parts * separatorCells),
  }
  const box = homogenizedBox(input, { repeat })
  const macro = { ...box, nodes: box.size.map((_, axis) => parts * repeat[axis] + 1) }
  const own = { ...input, parameters, macro, cellSize: input.cellSize / factor }
  const structure = cathodeStructure(own, ofMesh(cell))
  const { setting } = cathodeSetting(own, structure)
  return new FineCathode(
    { ...setting, steps: micro.setting.steps },
    {
      macro,
      modelClass: micro.modelClass,
      fields: micro.fields,
      notices: [],
      density: 1,
      doubleLayer: 0,
      radius: 0,
      mobility: 0,
      horizon: 0,
    },
  )
}

/** Its grid may be a fine sheet. */
class FineCathode extends CathodeModel {
  override blocks(): Blocks {
    const { columns, rows } = this.setting.grid
    return rows > 1 ? onNodes(this.present, [columns, rows]) : super.blocks()
  }
}

/** How long both are compared, s. */
function* firstStep(model: CathodeModel, { end, rtol }: ComparisonTime): Generator<number, number> {
  const { integrator, state } = start(model, rtol)
  for (const _ of makeConsistent(model, 0, state.u, rtol)) yield 0
  for (const _ of integrator.advance(state, end)) {
    yield 0
    if (integrator.atEvent) return SHARE * state.t
  }
  return end
}

/** Still in the first step of the protocol. */
function inFirstStep({ model, state }: Run<CathodeModel | ResolvedCathode>): boolean {
  return !state.stopped && state.u[model.globals + GLOBALS.STEP] === 0
}

class Norms {
  readonly errors: Errors = {}
  private readonly micro: ResolvedCathode
  private readonly cell: CellResult
  private readonly closures: readonly string[]

  /** @param closures of the homogenized runs */
  constructor(micro: ResolvedCathode, cell: CellResult, closures: readonly string[]) {
    this.micro = micro
    this.cell = cell
    this.closures = closures
  }

  /** Takes the present states into the maxima over time. */
  add(truth: Run<ResolvedCathode>, runs: readonly Run<CathodeModel>[]): void {
    if (!inFirstStep(truth)) return
    const V = voltage(truth)
    runs.forEach((run, k) => {
      // With another closure the step may end earlier.
      if (!inFirstStep(run)) return
      const error = Math.abs(voltage(run) - V) / this.micro.setting.thermal
      this.note(k === 0 ? 'voltage' : `voltage_${this.closures[k]}`, error)
    })
    if (inFirstStep(runs[0])) this.fields(truth.state.u, runs[0])
  }

  private fields(u: Float64Array, { model, state }: Run<CathodeModel>): void {
    const { tiling, setting, nodes: n, kindOf, hosts } = this.micro
    const { grid, electrolyte, cathode } = model.setting
    const homogenized = { u: state.u, grid, kinds: cathode.kinds.length }
    const { plain, corrected, fillings } = reconstruct(homogenized, electrolyte.form, this.cell, tiling)
    const salt = u.subarray(0, n)
    const phi = salt.map((_, p) => (tiling.salt[p] > 0 ? this.micro.lithiumPotential(u, p) : 0))
    const psi = u.subarray(PSI * n, (PSI + 1) * n)
    const uneven = (own: Float64Array, of: (r: Reconstruction) => Float64Array, volume: Float64Array, name: string) => {
      const total = volume.reduce((a, b) => a + b, 0)
      for (const [suffix, r] of [
        ['', plain],
        ['_corrected', corrected],
      ] as const)
        this.note(`${name}${suffix}`, Math.sqrt(square(own, of(r), volume) / total))
    }
    uneven(salt, (r) => r.salt, tiling.salt, 'salt')
    uneven(phi, (r) => r.phi, tiling.salt, 'phi')
    uneven(psi, (r) => r.psi, this.micro.wired, 'psi')
    let sum = 0
    fillings.forEach((filling, kind) => {
      const m = cathode.kinds[kind].second ? 1 : 0
      const { Y, active } = hosts[m]
      const y = u.subarray(Y * n, (Y + 1) * n)
      const means = cellMeans(y, active, tiling, (p) => kindOf[m][p] === kind)
      const weight = cathode.kinds[kind].q / cathode.q
      for (let k = 0; k < means.length; k++)
        if (k % tiling.cells >= tiling.separatorCells) sum += weight * (means[k] - filling[k]) ** 2
    })
    this.note('filling', Math.sqrt((sum * tiling.size) / (tiling.repeat[1] * setting.grid.cathode)))
  }

  private note(name: string, value: number): void {
    this.errors[name] = Math.max(this.errors[name] ?? 0, value)
  }
}

function voltage({ model, state: { u } }: Run<CathodeModel | ResolvedCathode>): number {
  return model.terminal(u, model.reactionSum(u))
}

/** Integral of (a - b)². */
function square(a: Float64Array, b: Float64Array, volume: Float64Array): number {
  let sum = 0
  for (let p = 0; p < a.length; p++) if (volume[p] > 0) sum += volume[p] * (a[p] - b[p]) ** 2
  return sum
}

/** Mean filling of some of the active material of every cell, x first; nodes between two cells belong half to each. */
function cellMeans(
  y: Float64Array,
  active: Float64Array,
  { counts, resolution, repeat, wrap }: CathodeTiling,
  counted: (p: number) => boolean,
): Float64Array {
  const [cells, rows] = repeat
  const [sums, volumes] = [new Float64Array(cells * rows), new Float64Array(cells * rows)]
  const touched = (at: number, most: number) => {
    const next = Math.floor(at / resolution)
    return at % resolution === 0 ? [next - 1, next].filter((k) => k >= 0 && k < most) : [next]
  }
  for (let p = 0; p < y.length; p++) {
    if (!counted(p)) continue
    const across = wrap[1] ? [0] : touched(Math.floor(p / counts[0]) % counts[1], rows)
    const both = touched(p % counts[0], cells).flatMap((k) => across.map((row) => k + cells * row))
    for (const k of both) {
      sums[k] += (active[p] * y[p]) / both.length
      volumes[k] += active[p] / both.length
    }
  }
  return sums.map((v, k) => v / volumes[k])
}
