/**
 * How far the homogenized cathode may be trusted:
 *
 *   epsilon   l / L                             the period against the thickness
 *   filtration  l_D / L                         the period of the flow, where it has a cell of its own
 *   inside    R² / D_s over the discharge time  particles must be uniform inside, there is no radial coordinate
 *   zone      3 h / sqrt(T kappa RT / (F a i0)) the mesh must resolve the reaction zone
 *   salt      c over, or below, the range in which the salt was measured
 *   front     l / w                             a front must span several periods (gradient energy)
 *   unequal   max / min - 1 of surface per volume  particles of one kind have one filling
 *   flow      Peclet number of the flow that charges drive: negligible, and shown
 */
import type { Model, Validity } from '../../family.ts'
import { EQUAL } from '../../pieces.ts'
import { judge } from '../../validity.ts'
import { materialsOf } from '../equations/materials.ts'
import type { CellModel } from '../equations/model.ts'
import { flowOfCharge } from './chargeFlow.ts'
import { frontWidth, reactionDepth } from './notices.ts'

const CELLS_PER_ZONE = 3

/** A cell that knows the radius of its particles [m] and how charges move the electrolyte. */
type HomogenizedCathode = CellModel &
  Model & { readonly description: { radius: number; radius2?: number; mobility: number; spread?: number } }

/** @param period of the cells whose homogenization is judged, m */
export function cathodeValidity(model: HomogenizedCathode, u: Float64Array, period: number): Validity {
  const { setting, capacity, description } = model
  const { grid, electrolyte } = setting
  const { spread = 0, radius, radius2 = radius } = description
  const materials = materialsOf(setting)
  const current = Math.abs(model.reactionSum(u))
  const fillings = model.materialFillings(u).map((y) => Math.min(0.99, Math.max(0.01, y)))
  const times = materials.map(({ solid }, k) => [radius, radius2][k] ** 2 / solid.diffusivity)
  const inside = Math.max(...times) * (current / capacity)
  const zone = (CELLS_PER_ZONE * grid.width[grid.first]) / reactionDepth(setting, fillings)
  const { fitted } = electrolyte.salt
  const salt = model.sample(0, u)[0].map((c) => c / setting.reference)
  const beyond = salt.map((c) => (fitted ? Math.max(c / fitted.high, fitted.low / Math.max(c, 1e-12)) : 0))
  const width = frontWidth(setting)
  const front = width === undefined ? 0 : period / width
  return judge(beyond.length, [
    {
      name: 'epsilon',
      label: 'Period over thickness',
      tex: '\\varepsilon = \\ell/L',
      value: period / grid.cathode,
      threshold: 0.1,
      help: 'The cathode must hold many reference cells. Take a thicker cathode or a smaller cell.',
    },
    ...(setting.flow?.period === undefined ? [] : [flowing(setting.flow.period / grid.cathode)]),
    {
      name: 'inside',
      label: 'Diffusion in a particle over discharge time',
      tex: 'R^2 I/(D_s Q)',
      value: inside,
      threshold: 0.01,
      help: 'The model has no radial coordinate: lithium must spread inside a particle much faster than the cell is discharged. Take smaller particles or a smaller current.',
    },
    {
      name: 'zone',
      label: 'Mesh over reaction zone',
      tex: '3h\\big/\\sqrt{T\\kappa RT/(F a i_0)}',
      value: zone,
      threshold: 1,
      help: 'The reaction zone should span three cells of the mesh; otherwise it steps from cell to cell. Refine at the separator or take more nodes.',
    },
    {
      name: 'salt',
      label: 'Salt over its measured range',
      tex: '\\max(c/c_{max},\\,c_{min}/c)',
      at: Float64Array.from(beyond),
      threshold: 1,
      help: 'Conductivity and transference number are continued beyond the concentrations at which they were measured. Hatched where that happens.',
    },
    {
      name: 'front',
      label: 'Period over width of the front',
      tex: '\\ell/w',
      value: front,
      threshold: 0.5,
      help: 'A front between the phases must span several periods. The real one is a few nanometres: gradient energy is a model here.',
    },
    ...(spread > EQUAL ? [unequalParticles(spread)] : []),
    {
      name: 'flow',
      label: 'Flow driven by charges',
      tex: 'Pe = K\\rho E L/(\\mu D)',
      value: flowOfCharge(model, u, description.mobility),
      threshold: 0.1,
      help: 'Charges in the electrolyte would move it by this Péclet number; it is left out. In one dimension with closed ends it is exactly zero.',
    },
  ])
}

const flowing = (value: number) => ({
  name: 'filtration',
  label: 'Period of the flow over thickness',
  tex: '\\varepsilon_D = \\ell_D/L',
  value,
  threshold: 0.1,
  help: 'The cathode must hold many cells of the flow as well. Take a thicker cathode or a smaller cell of the flow.',
})

const unequalParticles = (spread: number) => ({
  name: 'unequal',
  label: 'Difference of surface per volume between particles with one filling',
  tex: '\\max(A/V) / \\min(A/V) - 1',
  value: spread,
  threshold: EQUAL,
  help: 'Particles that differ share one filling: there are more sizes than fillings, or pieces are joined through the cells. Smaller periods do not help; take fewer sizes.',
})
