/** Dimensionless set-ups of the porous tests: length, concentration and diffusivity one, exact tensors of disc 0.3. */
import type { Tensor } from '../../../src/cell/cell.ts'
import { FARADAY, inverseThermalVoltage } from '../../../src/models/constants.ts'
import { closure, type PorousTensors } from '../../../src/models/porous/closures.ts'
import type { SideCondition } from '../../../src/models/porous/equations.ts'
import { gradedFaces } from '../../../src/models/porous/grading.ts'
import { PorousModel } from '../../../src/models/porous/model.ts'
import { boxNet } from '../../../src/models/porous/net.ts'
import { steadyState } from '../../../src/models/porous/steady.ts'
import { Integrator } from '../../../src/numerics/integrate.ts'
import { makeConsistent } from '../../../src/numerics/steps.ts'

export const f = inverseThermalVoltage(298.15)

const isotropic = (s: number): Tensor => [
  [s, 0],
  [0, s],
]

/** Disc of radius 0.3, contrast 0.025 (spectral elements, 9 digits). */
export const DISC: PorousTensors = {
  pore: 0.717256661,
  perforated: isotropic(0.558485386),
  permittivity: isotropic(0.575513216),
  average: isotropic(0.56462894),
}

export interface Setup {
  lambda2: number
  left: (number | undefined)[]
  right: (number | undefined)[]
  /** In thermal voltages; undefined = floating. */
  voltage?: number
  closure?: string
  tensors?: PorousTensors
  diffusivity?: [number, number]
  fixedCharge?: number
  nodes?: number
  /** Width of the outermost interval. */
  first?: number
  /** Start of ion r at x. */
  start?: (r: number, x: number) => number
}

export function model(s: Setup): PorousModel {
  const tensors = s.tensors ?? DISC
  const { diffusion, drift } = closure(s.closure ?? 'perforated')
  const nodes = s.nodes ?? 401
  const layer = Math.sqrt((s.lambda2 * tensors.permittivity[0][0]) / (2 * tensors.pore))
  const first = s.first ?? Math.min(1 / (nodes - 1), (layer * Math.exp(-Math.abs(s.voltage ?? 0) / 4)) / 4)
  const net = boxNet(
    { dimension: 1, size: [1], nodes: [nodes] },
    {
      pore: tensors.pore,
      diffusion: diffusion(tensors),
      drift: drift(tensors),
      permittivity: tensors.permittivity,
    },
    gradedFaces(nodes, first),
  )
  const initial = new Float64Array(3 * nodes)
  for (let r = 0; r < 2; r++)
    for (let p = 0; p < nodes; p++) initial[r * nodes + p] = s.start ? s.start(r, net.position[3 * p]) : 1
  const potential = (v: number) => (s.voltage === undefined ? undefined : Float64Array.of(v / f))
  const side = (concentrations: (number | undefined)[], v: number): SideCondition => ({
    concentrations,
    potential: potential(v),
  })
  return new PorousModel(
    {
      net,
      species: [
        { valence: 1, diffusivity: s.diffusivity?.[0] ?? 1 },
        { valence: -1, diffusivity: s.diffusivity?.[1] ?? 1 },
      ],
      f,
      permittivity: s.lambda2 * FARADAY * f,
      fixedCharge: s.fixedCharge ?? 0,
      left: side(s.left, s.voltage ?? 0),
      right: side(s.right, 0),
      concentration: 1,
      initial,
    },
    { modelClass: 'porous', macro: { dimension: 1, size: [1], nodes: [nodes] } },
  )
}

/** Steady fluxes of both ions. */
export function steadyFluxes(s: Setup): [number, number] {
  const m = model(s)
  const [a, b] = m.fluxes(steadyState(m, m.initial()).u)
  return [a, b]
}

export const steadyCurrent = (s: Setup): number => {
  const [a, b] = steadyFluxes(s)
  return a - b
}

/** Runs to each of the times and hands out the state. */
export function transient(m: PorousModel, times: readonly number[], rtol = 1e-5): Float64Array[] {
  const state = { t: 0, u: m.initial(), integrals: new Float64Array(2), dt: 0 }
  for (const _ of makeConsistent(m, 0, state.u, 1e-8));
  const integrator = new Integrator(m, { rtol })
  return times.map((t) => {
    for (const _ of integrator.advance(state, t));
    return Float64Array.from(state.u)
  })
}
