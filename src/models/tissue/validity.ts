/**
 * How far the homogenized tissue may be trusted. Homogenization is a limit: cells small against the box and against
 * every length on which the solution varies, times long against diffusion over a cell. Four dimensionless numbers, the
 * last two at every node:
 *
 *   epsilon       l / L
 *   diffusion     l² / (D dt)                 dt = time between two frames, D the slowest ion
 *   gradient      l |grad u| / u              largest over concentrations; l |grad phi| F/RT for the potentials
 *   electrotonic  l / lambda                  lambda = sqrt(kappa / (a dI/dV)), a = membrane area per volume
 *
 * with kappa = kappa_I kappa_E / (kappa_I + kappa_E) in a syncytium (effective conductivities); cells that stand alone
 * must each be isopotential, so there kappa is that of the cytosol.
 */
import { slopes, steepness } from '../../numerics/resample.ts'
import { FARADAY } from '../constants.ts'
import type { Validity } from '../family.ts'
import { EQUAL } from '../pieces.ts'
import { judge } from '../validity.ts'
import { K_E, NA_E, PHI } from './layout.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import type { TissueModel } from './model.ts'
import { type EffectiveTissue, kindsIn } from './net.ts'

/** A tissue that knows the tensors of its cell. */
type HomogenizedTissue = TissueModel & { readonly tissue: EffectiveTissue }

/**
 * @param model the homogenized model; the period is an argument, since a comparison judges cells of another size
 * @param span time between two frames, s
 * @param period of the cells whose homogenization is judged, m
 */
export function tissueValidity(model: HomogenizedTissue, u: Float64Array, span: number, period: number): Validity {
  const slowest = Math.min(...model.setting.diffusivity)
  return judge(model.setting.net.nodes, [
    {
      name: 'epsilon',
      label: 'Cell size over box size',
      tex: '\\varepsilon = \\ell / L',
      value: period / Math.min(...model.macro.size),
      threshold: 0.1,
      help: 'Homogenization is the limit of small cells. Take more cells: a smaller period or a larger box.',
    },
    {
      name: 'diffusion',
      label: 'Diffusion over a cell against the time between frames',
      tex: '\\ell^2 / (D\\,\\Delta t)',
      value: period ** 2 / (slowest * span),
      threshold: 1,
      help: 'A cell needs this long to even out. What changes faster than that is not described; look at longer times or take smaller cells.',
    },
    {
      name: 'gradient',
      label: 'Cell size over gradient length',
      tex: '\\ell\\,|\\nabla u| / u',
      at: gradientNumber(model, u, period),
      threshold: 0.1,
      help: 'The solution must be nearly linear over a cell. Take smaller cells, smoother stimuli, or wait until gradients spread.',
    },
    {
      name: 'electrotonic',
      label: 'Cell size over electrotonic length',
      tex: '\\ell / \\lambda,\\quad \\lambda = \\sqrt{\\kappa / (a\\,\\textstyle\\sum_i \\partial I_i / \\partial V)}',
      at: electrotonicNumber(model, u, period),
      threshold: 0.3,
      help: 'The potential must hardly change along a cell. Take smaller cells or a membrane that conducts less.',
    },
    ...(model.tissue.unequal === undefined ? [] : [unequalCells(model.tissue.unequal)]),
  ])
}

const unequalCells = (value: number) => ({
  name: 'unequal',
  label: 'Difference of membrane per volume between cells of one kind',
  tex: '\\max(A/V) / \\min(A/V) - 1',
  value,
  threshold: EQUAL,
  help: 'Cells of one kind share one concentration and one potential. Smaller periods do not help; take cells of fewer sizes.',
})

/** Largest relative change of a field over one cell, per node. */
function gradientNumber(model: HomogenizedTissue, u: Float64Array, cellSize: number): Float64Array {
  const { net, membrane } = model.setting
  const { nodes, size } = model.macro
  const n = net.nodes
  const out = new Float64Array(n)
  const inside = model.cells.map(({ slots }) => slots)
  const potentials = [PHI, ...inside.map(({ v }) => v)]
  for (const k of [...inside.flatMap(({ na, k: potassium, v }) => [na, potassium, v]), NA_E, K_E, PHI]) {
    const field = u.subarray(k * n, (k + 1) * n)
    const gradients = nodes.map((_, axis) => slopes(field, nodes, size, axis))
    const potential = potentials.includes(k)
    for (let p = 0; p < n; p++) {
      const slope = steepness(gradients, p)
      out[p] = Math.max(out[p], cellSize * (potential ? slope * membrane.f : slope / field[p]))
    }
  }
  return out
}

/** Largest over the kinds of cells, per node. */
function electrotonicNumber(model: HomogenizedTissue, u: Float64Array, period: number): Float64Array {
  const { net, membrane, diffusivity } = model.setting
  const { tissue } = model
  const n = net.nodes
  const axes = model.macro.nodes.map((_, k) => k)
  const along = (tensor: number[][]) => Math.min(...axes.map((k) => tensor[k][k]))
  const currents = new MembraneCurrents()
  const kappa = (na: number, k: number, cl: number) =>
    FARADAY * membrane.f * (diffusivity[0] * na + diffusivity[1] * k + diffusivity[2] * cl)
  const whole = net.volumeE.map((v, p) => model.cells.reduce((sum, { volume }) => sum + volume[p], v))
  const out = new Float64Array(n)
  kindsIn(tissue).forEach(({ tensorI }, kind) => {
    const { slots, area, membrane: own, charge } = model.cells[kind]
    const plain = own.unmodulated()
    const connected = along(tensorI) > 0
    for (let p = 0; p < n; p++) {
      const [sI, kI, v] = [u[slots.na * n + p], u[slots.k * n + p], u[slots.v * n + p]]
      const [sE, kE] = [u[NA_E * n + p], u[K_E * n + p]]
      const [cI, cE] = [sI + kI + charge[p], sE + kE + model.chargeE[p]]
      const h = own.parameters.gates ? u[slots.gate * n + p] : 0
      own.evaluate(sI, kI, cI, sE, kE, cE, v, h, plain, currents)
      const conductance = Math.max(0, currents.sodiumByV + currents.potassiumByV + currents.chlorideByV)
      const inside = kappa(sI, kI, cI) * (connected ? along(tensorI) : 1)
      const outside = kappa(sE, kE, cE) * along(tissue.tensorE)
      const series = connected ? (inside * outside) / (inside + outside) : inside
      // The model's own area: area times conductance stays the same where cells are enlarged for a comparison.
      out[p] = Math.max(out[p], period * Math.sqrt(((area[p] / whole[p]) * conductance) / series))
    }
  })
  return out
}
