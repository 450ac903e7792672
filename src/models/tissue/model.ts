/** The tissue equations as a Model: what is shown of a state, what is counted, how a state moves to another mesh. */

import { resample } from '../../numerics/resample.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { inOrder, observable } from '../entries.ts'
import type { Field, Model, Notice } from '../family.ts'
import type { Port } from '../port.ts'
import { INSIDE, OUTSIDE } from './effective.ts'
import { TissueEquations, type TissueSetting } from './equations.ts'
import type { TissueInput } from './input.ts'
import { GATE, K_E, K_I, NA_E, NA_I, PHI, V } from './layout.ts'
import { linearise } from './linearise.ts'
import { tissuePort } from './port.ts'

const concentration = (name: string, ion: string, side: 'E' | 'I', charge: string): Field => ({
  name,
  label: `${ion} ${side === 'E' ? 'outside' : 'inside'}`,
  symbol: `\\mathrm{${ion}}^{${charge}}_${side}`,
  unit: 'mM',
  factor: 1,
  group: side === 'E' ? 'concentration outside' : 'concentration inside',
  microscopic: corrected(side === 'E' ? OUTSIDE : INSIDE, `${ion}_${side}`),
})

/** u0 + l chi . grad u0 in one phase. */
function corrected(phase: string, name: string): Field['microscopic'] {
  return { phase, interface: false, terms: [{ problem: phase, of: [name], weight: 1 }] }
}

const FIELDS: readonly Field[] = [
  {
    name: 'V',
    label: 'Membrane potential',
    symbol: 'V',
    unit: 'mV',
    factor: 1e-3,
    group: 'membrane potential',
    // V = phi_I - phi_E, each with its own corrector.
    microscopic: {
      phase: INSIDE,
      interface: true,
      terms: [
        { problem: INSIDE, of: ['V', 'phi_E'], weight: 1 },
        { problem: OUTSIDE, of: ['phi_E'], weight: -1 },
      ],
    },
  },
  concentration('K_E', 'K', 'E', '+'),
  concentration('Na_E', 'Na', 'E', '+'),
  concentration('Cl_E', 'Cl', 'E', '-'),
  {
    name: 'phi_E',
    label: 'Extracellular potential',
    symbol: '\\phi_E',
    unit: 'mV',
    factor: 1e-3,
    group: 'potential',
    microscopic: corrected(OUTSIDE, 'phi_E'),
  },
  concentration('K_I', 'K', 'I', '+'),
  concentration('Na_I', 'Na', 'I', '+'),
  concentration('Cl_I', 'Cl', 'I', '-'),
]

const GATE_FIELD: Field = {
  name: 'h',
  label: 'Sodium gate',
  symbol: 'h',
  unit: '1',
  factor: 1,
  group: 'gate',
  microscopic: { phase: INSIDE, interface: true, terms: [] },
}

const OBSERVABLES = [
  observable('K_E_max', 'K outside, maximum', 'mM', 1, 'global'),
  observable('V_max', 'V, maximum', 'mV', 1e-3, 'global'),
  observable('V_min', 'V, minimum', 'mV', 1e-3, 'global'),
  observable('V_mean', 'V, mean over the membrane', 'mV', 1e-3, 'global'),
  observable('phi_E_range', 'Extracellular potential, range', 'mV', 1e-3, 'global'),
  observable('potential_drop', 'phi_E(left) - phi_E(right)', 'mV', 1e-3, 'global'),
  observable('budget_Na', 'Na balance error', '1', 1, 'budget'),
  observable('budget_K', 'K balance error', '1', 1, 'budget'),
  observable('budget_Cl', 'Cl balance error', '1', 1, 'budget'),
  observable('neutrality_I', 'Charge inside', 'mM', 1, 'budget'),
  observable('neutrality_E', 'Charge outside', 'mM', 1, 'budget'),
] as const

export class TissueModel extends TissueEquations implements Model {
  readonly modelClass: string
  readonly layout: string
  readonly macro: TissueInput['macro']
  readonly fields: readonly Field[]
  readonly observables = OBSERVABLES
  readonly notices: readonly Notice[]
  private solver: Linearisation | undefined

  constructor(
    setting: TissueSetting,
    description: { modelClass: string; macro: TissueInput['macro']; notices?: readonly Notice[] },
  ) {
    super(setting)
    this.modelClass = description.modelClass
    this.macro = description.macro
    this.notices = description.notices ?? []
    this.fields = this.width === 7 ? [...FIELDS, GATE_FIELD] : FIELDS
    this.layout = `tissue/${this.width}/${description.macro.nodes.slice(0, description.macro.dimension).join('x')}`
  }

  sample(_t: number, u: Float64Array): Float32Array[] {
    const { net, fixedI, fixedE } = this.setting
    const n = net.nodes
    const field = (k: number) => Float32Array.from(u.subarray(k * n, (k + 1) * n))
    const sum = (a: number, b: number, fixed: number) => {
      const out = new Float32Array(n)
      for (let p = 0; p < n; p++) out[p] = u[a * n + p] + u[b * n + p] + fixed
      return out
    }
    const out = [
      field(V),
      field(K_E),
      field(NA_E),
      sum(NA_E, K_E, fixedE),
      field(PHI),
      field(K_I),
      field(NA_I),
      sum(NA_I, K_I, fixedI),
    ]
    if (this.width === 7) out.push(field(GATE))
    return out
  }

  linearise(_t: number, u: Float64Array): Linearisation {
    this.solver = linearise(this, u, this.solver)
    return this.solver
  }

  adopt(from: { u: Float64Array; layout: string; macro: TissueInput['macro'] }): Float64Array | undefined {
    const { net, drive, membrane, fixedI, fixedE } = this.setting
    const n = net.nodes
    let out: Float64Array
    if (from.layout === this.layout) out = Float64Array.from(from.u)
    else {
      if (!from.layout.startsWith('tissue/') || from.macro.dimension !== this.macro.dimension) return undefined
      const before = from.macro.nodes.reduce((a, b) => a * b, 1)
      const width = from.u.length / before
      out = new Float64Array(this.size)
      for (let k = 0; k < Math.min(width, this.width); k++)
        resample(
          from.u.subarray(k * before, (k + 1) * before),
          from.macro.nodes,
          out.subarray(k * n, (k + 1) * n),
          this.macro.nodes,
        )
      if (width < this.width) for (let p = 0; p < n; p++) out[GATE * n + p] = membrane.steadyGate(out[V * n + p])
    }
    for (const p of drive.bathNodes) for (const k of [NA_E, K_E]) out[k * n + p] = this.initialValue(k, p)
    // Other impermeant charge may leave less than no chloride: such a state has no meaning here.
    for (let p = 0; p < n; p++)
      if (!(out[p] + out[n + p] + fixedI > 0 && out[3 * n + p] + out[4 * n + p] + fixedE > 0)) return undefined
    return out
  }

  port(_t: number, u: Float64Array): Port | undefined {
    return tissuePort(this, u)
  }

  private initialValue(k: number, p: number): number {
    return this.setting.initial[k * this.setting.net.nodes + p]
  }

  /** Na, K, Cl in the whole tissue, Na + K + X inside, and X inside and outside: mol. */
  contents(u: Float64Array): Float64Array {
    const { net, fixedI, fixedE } = this.setting
    const n = net.nodes
    const out = new Float64Array(6)
    for (let p = 0; p < n; p++) {
      const vI = net.volumeI[p]
      const vE = net.volumeE[p]
      const inside = vI * (u[p] + u[n + p] + fixedI)
      out[0] += vI * u[p] + vE * u[3 * n + p]
      out[1] += vI * u[n + p] + vE * u[4 * n + p]
      out[2] += inside + vE * (u[3 * n + p] + u[4 * n + p] + fixedE)
      out[3] += inside
      out[4] += vI
      out[5] += vE
    }
    return out
  }

  observe(_t: number, u: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array {
    const { nodes: n, area } = this.setting.net
    const now = this.contents(u)
    let kMax = Number.NEGATIVE_INFINITY
    let vMax = Number.NEGATIVE_INFINITY
    let vMin = Number.POSITIVE_INFINITY
    let phiMax = Number.NEGATIVE_INFINITY
    let phiMin = Number.POSITIVE_INFINITY
    let vSum = 0
    let areas = 0
    for (let p = 0; p < n; p++) {
      kMax = Math.max(kMax, u[K_E * n + p])
      const v = u[V * n + p]
      vMax = Math.max(vMax, v)
      vMin = Math.min(vMin, v)
      vSum += area[p] * v
      areas += area[p]
      phiMax = Math.max(phiMax, u[PHI * n + p])
      phiMin = Math.min(phiMin, u[PHI * n + p])
    }
    const error = (k: number) => (now[k] - baseline[k] - integrals[k]) / baseline[k]
    // Chloride is computed from electroneutrality; what its own balance says it should be is independent of that.
    const excess = now[2] - baseline[2] - integrals[2]
    const excessI = now[3] - baseline[3] - integrals[3]
    return inOrder(OBSERVABLES, {
      K_E_max: kMax,
      V_max: vMax,
      V_min: vMin,
      V_mean: vSum / areas,
      phi_E_range: phiMax - phiMin,
      potential_drop: this.potentialDrop(u),
      budget_Na: error(0),
      budget_K: error(1),
      budget_Cl: error(2),
      neutrality_I: excessI / now[4],
      neutrality_E: (excess - excessI) / now[5],
    })
  }

  /** phi_E averaged over the left side minus over the right side, V. */
  potentialDrop(u: Float64Array): number {
    const { net } = this.setting
    const mean = (side: { node: Int32Array; face: Float64Array }) => {
      let s = 0
      let w = 0
      side.node.forEach((p, k) => {
        s += side.face[k] * u[PHI * net.nodes + p]
        w += side.face[k]
      })
      return w > 0 ? s / w : u[PHI * net.nodes + side.node[0]]
    }
    return mean(net.left) - mean(net.right)
  }
}
