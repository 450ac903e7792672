/**
 * The judge between the closures: the pore-resolved medium against every homogenized one that the cell admits.
 * Between reservoirs, in the steady state (Schmuck 2013; closures.ts):
 *
 *   flux_CLOSURE     max over ions of |J_macro - J_micro| over the largest resolved flux
 *   L2c, L2phi       relative L2 distance to the chosen closure's u0 over pores, over the box;
 *   …_corrected      to u0 + l u1, …_second to u0 + l u1 + l² u2 (reconstruct.ts)
 *   fluctuation_c, fluctuation_phi, with the same endings: without what is smooth in each cell, in the middle half of the
 *                    box (norms.ts); layers_c_second, layers_phi_second: of the whole box, layers at the electrodes included
 *   J_1, J_2, …      the resolved fluxes, mol/(m² s), and J_1_error, … what their mesh may be off: as much as the homogenized
 *                    flux moves from the tensors of the same mesh to the best ones, and these with their own errors
 *
 * Elsewhere, over [0, end]: half_charge_CLOSURE, the largest relative error in time of the charge of the left half.
 * The homogenized models take the tensors and the pore fraction of the mesh itself, so that only the homogenization
 * error is measured.
 */

import { type CellResult, problemOf } from '../../cell/cell.ts'
import { ofMesh } from '../../cell/columns.ts'
import { paced, scaled } from '../../cell/progress.ts'
import { finish } from '../../finish.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { present } from '../../present.ts'
import type { ComparisonRow } from '../comparison.ts'
import { estimator } from '../estimate.ts'
import type { ComparisonTime, MacroSpec, ResolvedSetup } from '../family.ts'
import { solveSecond } from '../second.ts'
import { sideBySide } from '../sideBySide.ts'
import { closures } from './closures.ts'
import { DIELECTRIC, PORE } from './effective.ts'
import { drivesCurrent, tiltOf } from './experiments.ts'
import type { PorousInput } from './input.ts'
import { macroModel } from './macro.ts'
import { microModel, type ResolvedPorous } from './micro.ts'
import type { PorousModel } from './model.ts'
import { distance, levelled, middleHalf } from './norms.ts'
import { reconstruct, reconstructSecond } from './reconstruct.ts'
import { variesAcross } from './start.ts'
import { findSteady, SteadyError, steadyState } from './steady.ts'

type Errors = Record<string, number>
type Measured = Pick<ComparisonRow, 'errors' | 'estimates' | 'quantities'>

/** Resolved fluxes below this share of those of an open pore are those of a closed wall. */
const CLOSED = 1e-9
/** Off-diagonal entries above this share of the diagonal are the cell's, not the mesh's. */
const OFF_AXIS = 5e-3

/**
 * @param cell the fitted cell with the problems of the family, at the resolution of the tiling
 * @throws InputError when the chosen closure or the cell admits no model, or no steady state is found
 */
export function* comparePorous(
  given: PorousInput,
  cell: CellResult,
  setup: ResolvedSetup & ComparisonTime,
): Generator<number, Measured> {
  const steady = drivesCurrent(given.experiment)
  const start = steady || given.parameters.start === 'steady' ? 'uniform' : given.parameters.start
  const input = { ...given, parameters: { ...given.parameters, start } }
  const micro = yield* paced(microModel(input, cell, setup), 0)
  const macros = homogenized(input, cell, micro, steady)
  try {
    return yield* steady ? compareSteady(input, cell, micro, macros) : compareCharging(micro, macros, setup)
  } catch (error) {
    if (!(error instanceof SteadyError)) throw error
    throw new InputError([
      {
        path: 'experiment.values',
        message: t('{message}; try a lower voltage or a finer micro.resolution', { message: error.message }),
      },
    ])
  }
}

/** The homogenized model of every closure that the cell admits, the chosen one in any case. */
function homogenized(
  input: PorousInput,
  cell: CellResult,
  micro: ResolvedPorous,
  steady: boolean,
): Map<string, PorousModel> {
  const own = ofMesh(cell)
  const macro = box(input, cell, micro, steady)
  const models = new Map<string, PorousModel>()
  for (const { name } of closures)
    try {
      models.set(name, macroModel({ ...input, macro, parameters: { ...input.parameters, closure: name } }, own))
    } catch (error) {
      if (!(error instanceof InputError) || name === input.parameters.closure) throw error
    }
  return models
}

/** A graded line where nothing varies across the current, else a sheet that its direct solver takes in a second. */
function box(input: PorousInput, cell: CellResult, micro: ResolvedPorous, steady: boolean): MacroSpec {
  const { repeat, macro } = micro
  const { meshTensor } = problemOf(cell, 'contrast', DIELECTRIC)
  const askew = meshTensor[0].some((v, k) => k > 0 && repeat[k] > 1 && Math.abs(v) > OFF_AXIS * meshTensor[0][0])
  const tilt = tiltOf(input.experiment)
  if (!askew && tilt === 0 && !variesAcross(input.parameters))
    return { dimension: 1, size: [macro.size[0]], nodes: [steady ? 1201 : 601] }
  return { ...macro, nodes: repeat.map((r) => (macro.dimension === 3 ? 2 * r + 3 : Math.max(41, 4 * r + 1))) }
}

function* compareSteady(
  input: PorousInput,
  cell: CellResult,
  micro: ResolvedPorous,
  macros: Map<string, PorousModel>,
): Generator<number, Measured> {
  const chosen = present(macros.get(input.parameters.closure), 'the chosen closure')
  const u0 = steadyState(chosen, chosen.initial()).u
  const state = { u: u0, macro: chosen.macro, layout: chosen.layout }
  const { plain, corrected } = reconstruct(state, cell, micro.tiling, { ...micro.setting, cellSize: input.cellSize })
  const finding = findSteady(micro, guess(micro, plain))
  let next = finding.next()
  for (let k = 0; !next.done; k++) {
    yield Math.min(0.8, 0.1 * k)
    next = finding.next()
  }
  const { u } = next.value
  const fluxes = micro.fluxes(u)
  const all = new Map<string, number[]>()
  for (const [name, model] of macros) {
    const found = model === chosen ? u0 : tried(model, u0)
    if (found) all.set(name, model.fluxes(found))
    yield 0.9
  }
  const largest = (values: readonly number[]) => values.reduce((m, v) => Math.max(m, Math.abs(v)), 0)
  const open = largest(all.get('weak2013') ?? [])
  const scale = largest(fluxes) > CLOSED * open ? largest(fluxes) : open
  const errors: Errors = {}
  for (const [name, values] of all) errors[`flux_${name}`] = largest(values.map((j, r) => j - fluxes[r])) / scale
  // Where cells vary, what they change from one to the next is of second order too, and no cell problem knows it.
  const second: Record<string, Float64Array> = cell.columns
    ? {}
    : {
        _second: reconstructSecond(state, cell, micro.tiling, {
          fields: micro.fields,
          second: yield* scaled(solveSecond(cell, micro.fields), 0.9, 1),
          cellSize: input.cellSize,
        }),
      }
  Object.assign(errors, ofFields(micro, u, { '': plain, _corrected: corrected, ...second }, input.cellSize))
  const moved = moving(input, cell, chosen, u0)
  const quantities = fluxes.flatMap((j, r): [string, number][] => [
    [`J_${r + 1}`, j],
    [`J_${r + 1}_error`, Math.abs(j) * moved[r]],
  ])
  const estimates = yield* estimated(chosen, cell, u0, input.cellSize)
  return { errors, estimates, quantities: Object.fromEntries(quantities) }
}

/** The same errors as they are estimated without the resolved model (models/estimate.ts). */
function* estimated(model: PorousModel, cell: CellResult, u0: Float64Array, period: number): Generator<number, Errors> {
  const estimating = yield* estimator(cell, model)
  const found = finish(estimating.of(model.sample(0, u0), period))
  const errors: Errors = {}
  for (const [name, own] of [
    ['c', found.slice(0, -1)],
    ['phi', found.slice(-1)],
  ] as const) {
    const known = own.filter((estimate) => estimate !== undefined)
    const size = Math.hypot(...known.map((e) => e.size))
    if (known.length < own.length || size === 0) continue
    errors[`L2${name}`] = Math.hypot(...known.map((e) => e.plain)) / size
    errors[`L2${name}_corrected`] = Math.hypot(...known.map((e) => e.corrected)) / size
    if (name === 'c') errors.flux_perforated = Math.max(...known.map((e) => e.flow))
  }
  return errors
}

/** What the mesh of the cell moves the fluxes of the homogenized model by, relative, ion by ion. */
function moving(input: PorousInput, cell: CellResult, chosen: PorousModel, u0: Float64Array): number[] {
  const { tensor, error } = problemOf(cell, 'perforated', PORE)
  const unsure = tensor[0][0] > 0 ? error / tensor[0][0] : 0
  const best = macroModel({ ...input, macro: chosen.macro }, cell)
  const state = tried(best, u0)
  const moved = state ? best.fluxes(state) : chosen.fluxes(u0)
  return chosen.fluxes(u0).map((j, r) => (j === 0 ? 0 : Math.abs(moved[r] / j - 1)) + unsure)
}

/** The steady state of another closure; undefined where it has none (drift without diffusion). */
function tried(model: PorousModel, from: Float64Array): Float64Array | undefined {
  try {
    return steadyState(model, from.length === model.size ? from : model.initial()).u
  } catch (error) {
    if (!(error instanceof SteadyError)) throw error
    return undefined
  }
}

/** The homogenized solution where ions live, the resolved model's own values elsewhere and at the sides. */
function guess(micro: ResolvedPorous, plain: Float64Array): Float64Array {
  const { pore, nodes } = micro.tiling
  const ions = micro.rateCount * nodes
  return micro.initial().map((own, k) => (micro.held[k] === 1 || (k < ions && pore[k % nodes] === 0) ? own : plain[k]))
}

/** How far the fields of reconstructions are from the resolved ones. @param orders by the ending of their norms */
function ofFields(
  { tiling, rateCount }: ResolvedPorous,
  u: Float64Array,
  orders: Readonly<Record<string, Float64Array>>,
  cellSize: number,
): Errors {
  const { pore, volume, nodes } = tiling
  const ions = rateCount * nodes
  const errors: Errors = {}
  for (const [name, weights, range] of [
    ['c', pore, { from: 0, end: ions }],
    ['phi', volume, { from: ions, end: ions + nodes }],
  ] as const) {
    const middle = middleHalf(weights, tiling, cellSize)
    const roughness = (v: Float64Array, where: Float64Array) =>
      distance(u, levelled(u, v, where, tiling, cellSize), where, range)
    for (const [order, v] of Object.entries(orders)) {
      errors[`L2${name}${order}`] = distance(u, v, weights, range)
      errors[`fluctuation_${name}${order}`] = roughness(v, middle)
    }
    if ('_second' in orders) errors[`layers_${name}_second`] = roughness(orders._second, weights)
  }
  return errors
}

function* compareCharging(
  micro: ResolvedPorous,
  macros: Map<string, PorousModel>,
  time: ComparisonTime,
): Generator<number, Measured> {
  const names = [...macros.keys()]
  const models = [micro, ...macros.values()]
  const errors: Errors = Object.fromEntries(names.map((name) => [`half_charge_${name}`, 0]))
  // Charges that symmetry makes vanish have no relative error.
  const negligible = 1e-9 * micro.setting.concentration * micro.macro.size[0]
  yield* sideBySide(models, time, (states, t) => {
    const [truth, ...charges] = models.map((model, k) => model.halfCharge(states[k]))
    if (t === 0 || Math.abs(truth) < negligible) return
    charges.forEach((charge, i) => {
      const key = `half_charge_${names[i]}`
      errors[key] = Math.max(errors[key], Math.abs(charge / truth - 1))
    })
  })
  return { errors, quantities: {} }
}
