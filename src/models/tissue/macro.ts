/**
 * The homogenized tissue as a Model: the cell decides the class. If the intracellular phase percolates along an axis of
 * the macroscopic box, the tissue is connected-connected (a syncytium, bidomain); if it does not, each cell is alone
 * and the model is connected-disconnected. Xiao et al. 2023, eqs. (25)-(26) and (47)-(48), as corrected.
 */
import type { CellResult, Tensor } from '../../cell/cell.ts'
import { interfaceName } from '../../cell/cell.ts'
import { resample } from '../../numerics/resample.ts'
import { InputError, type Problem } from '../../parameter.ts'
import type { FamilyInput, Field, Model, Notice, Observable } from '../family.ts'
import { boxCompartments, type Compartments, type EffectiveTissue, radialCompartments } from './compartments.ts'
import { type Bath, Drive, type Electrode, type MembraneMap } from './drive.ts'
import { GATE, K_E, K_I, NA_E, NA_I, PHI, TissueEquations, type TissueSetting, V } from './equations.ts'
import { Membrane, type Reference } from './membrane.ts'
import { membraneParameters, nominal } from './parameters.ts'
import { impermeant, type Nominal, type RestState, restState } from './rest.ts'

export const INSIDE = 'intracellular'
export const OUTSIDE = 'extracellular'

const concentration = (name: string, ion: string, side: 'E' | 'I', charge: string): Field => ({
  name,
  label: `${ion} ${side === 'E' ? 'outside' : 'inside'}`,
  symbol: `\\mathrm{${ion}}^{${charge}}_${side}`,
  unit: 'mM',
  factor: 1,
  group: side === 'E' ? 'concentration outside' : 'concentration inside',
})

const FIELDS: readonly Field[] = [
  { name: 'V', label: 'Membrane potential', symbol: 'V', unit: 'mV', factor: 1e-3, group: 'membrane potential' },
  concentration('K_E', 'K', 'E', '+'),
  concentration('Na_E', 'Na', 'E', '+'),
  concentration('Cl_E', 'Cl', 'E', '-'),
  { name: 'phi_E', label: 'Extracellular potential', symbol: '\\phi_E', unit: 'mV', factor: 1e-3, group: 'potential' },
  concentration('K_I', 'K', 'I', '+'),
  concentration('Na_I', 'Na', 'I', '+'),
  concentration('Cl_I', 'Cl', 'I', '-'),
]

const GATE_FIELD: Field = { name: 'h', label: 'Sodium gate', symbol: 'h', unit: '1', factor: 1, group: 'gate' }

const observable = (name: string, label: string, unit: string, factor: number, group: string): Observable => ({
  name,
  label,
  unit,
  factor,
  group,
})

const OBSERVABLES: readonly Observable[] = [
  observable('K_E_max', 'K outside, maximum', 'mM', 1, 'global'),
  observable('V_max', 'V, maximum', 'mV', 1e-3, 'global'),
  observable('V_min', 'V, minimum', 'mV', 1e-3, 'global'),
  observable('V_mean', 'V, mean', 'mV', 1e-3, 'global'),
  observable('phi_E_range', 'Extracellular potential, range', 'mV', 1e-3, 'global'),
  observable('potential_drop', 'phi_E(left) - phi_E(right)', 'mV', 1e-3, 'global'),
  observable('budget_Na', 'Na balance error', '1', 1, 'budget'),
  observable('budget_K', 'K balance error', '1', 1, 'budget'),
  observable('budget_Cl', 'Cl balance error', '1', 1, 'budget'),
  observable('neutrality_I', 'Charge inside', 'mM', 1, 'budget'),
  observable('neutrality_E', 'Charge outside', 'mM', 1, 'budget'),
]

export class TissueModel extends TissueEquations implements Model {
  readonly modelClass: string
  readonly layout: string
  readonly macro: FamilyInput['macro']
  readonly fields: readonly Field[]
  readonly observables = OBSERVABLES
  readonly notices: readonly Notice[]

  constructor(
    setting: TissueSetting,
    description: { modelClass: string; macro: FamilyInput['macro']; notices?: readonly Notice[] },
  ) {
    super(setting)
    this.modelClass = description.modelClass
    this.macro = description.macro
    this.notices = description.notices ?? []
    this.fields = this.width === 7 ? [...FIELDS, GATE_FIELD] : FIELDS
    this.layout = `tissue/${this.width}/${description.macro.nodes.slice(0, description.macro.dimension).join('x')}`
  }

  sample(_t: number, u: Float64Array): Float32Array[] {
    const { place, fixedI, fixedE } = this.setting
    const n = place.nodes
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

  adopt(from: { u: Float64Array; layout: string; macro: FamilyInput['macro'] }): Float64Array | undefined {
    if (from.layout === this.layout) return Float64Array.from(from.u)
    if (!from.layout.startsWith('tissue/') || from.macro.dimension !== this.macro.dimension) return undefined
    const before = from.macro.nodes.reduce((a, b) => a * b, 1)
    const width = from.u.length / before
    const n = this.setting.place.nodes
    const out = new Float64Array(this.size)
    for (let k = 0; k < Math.min(width, this.width); k++)
      resample(
        from.u.subarray(k * before, (k + 1) * before),
        from.macro.nodes,
        out.subarray(k * n, (k + 1) * n),
        this.macro.nodes,
      )
    if (width < this.width)
      for (let p = 0; p < n; p++) out[GATE * n + p] = this.setting.membrane.steadyGate(out[V * n + p])
    for (const p of this.setting.drive.bathNodes) for (const k of [NA_E, K_E]) out[k * n + p] = this.initialValue(k, p)
    return out
  }

  private initialValue(k: number, p: number): number {
    return this.setting.initial[k * this.setting.place.nodes + p]
  }

  /** Na, K, Cl in the whole tissue, Na + K + X inside, and X inside and outside: mol. */
  contents(u: Float64Array): Float64Array {
    const { place, fixedI, fixedE } = this.setting
    const n = place.nodes
    const out = new Float64Array(6)
    for (let p = 0; p < n; p++) {
      const vI = place.volumeI[p]
      const vE = place.volumeE[p]
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
    const n = this.setting.place.nodes
    const now = this.contents(u)
    let kMax = Number.NEGATIVE_INFINITY
    let vMax = Number.NEGATIVE_INFINITY
    let vMin = Number.POSITIVE_INFINITY
    let phiMax = Number.NEGATIVE_INFINITY
    let phiMin = Number.POSITIVE_INFINITY
    let vSum = 0
    for (let p = 0; p < n; p++) {
      kMax = Math.max(kMax, u[K_E * n + p])
      const v = u[V * n + p]
      vMax = Math.max(vMax, v)
      vMin = Math.min(vMin, v)
      vSum += v
      phiMax = Math.max(phiMax, u[PHI * n + p])
      phiMin = Math.min(phiMin, u[PHI * n + p])
    }
    const error = (k: number) => (now[k] - baseline[k] - integrals[k]) / baseline[k]
    // Chloride is computed from electroneutrality; what its own balance says it should be is independent of that.
    const excess = now[2] - baseline[2] - integrals[2]
    const excessI = now[3] - baseline[3] - integrals[3]
    return Float64Array.of(
      kMax,
      vMax,
      vMin,
      vSum / n,
      phiMax - phiMin,
      this.potentialDrop(u),
      error(0),
      error(1),
      error(2),
      excessI / now[4],
      (excess - excessI) / now[5],
    )
  }

  /** phi_E averaged over the left side minus over the right side, V. */
  potentialDrop(u: Float64Array): number {
    const { place } = this.setting
    const mean = (side: { node: Int32Array; face: Float64Array }) => {
      let s = 0
      let w = 0
      side.node.forEach((p, k) => {
        s += side.face[k] * u[PHI * place.nodes + p]
        w += side.face[k]
      })
      return w > 0 ? s / w : u[PHI * place.nodes + side.node[0]]
    }
    return mean(place.left) - mean(place.right)
  }
}

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

/**
 * The homogenized model of a scenario.
 * @throws InputError when the extracellular phase is cut off, a phase is missing, or no resting state exists
 */
export function macroModel(input: FamilyInput, cell: CellResult): TissueModel {
  const { tissue, modelClass, problems } = effectiveTissue(input, cell)
  if (problems.length > 0) throw new InputError(problems)
  const v = input.parameters
  const place = v.geometry === 'radial' ? radialCompartments(input.macro, tissue) : boxCompartments(input.macro, tissue)
  const { setting, notices } = settle(input, place, tissue)
  return new TissueModel(setting, { modelClass, macro: input.macro, notices })
}

/** Membrane, forcing and initial state of a scenario on given compartments. */
export function settle(
  input: FamilyInput,
  place: Compartments,
  tissue: { fractionI: number; fractionE: number },
): { setting: TissueSetting; notices: Notice[]; rest: RestState | undefined } {
  const v = input.parameters
  const n = (name: string) => v[name] as number
  const given = nominal(v)
  const notices: Notice[] = []
  const fractions = { inside: tissue.fractionI, outside: tissue.fractionE }
  const ohmic = new Membrane(membraneParameters(v))
  const rest = v.start === 'rest' || v.ghk === true ? restState(ohmic, fractions, given) : undefined
  if (!rest && (v.start === 'rest' || v.ghk === true))
    throw new InputError([
      {
        path: 'parameters',
        message:
          'no resting state exists for these conductances, pump and concentrations; restore the pump or a conductance, or set parameters.start to "nominal"',
      },
    ])
  const membrane = v.ghk === true ? new Membrane(membraneParameters(v), reference(rest!, given)) : ohmic
  const start =
    v.start === 'rest'
      ? rest!
      : {
          sodiumI: given.inside[0],
          potassiumI: given.inside[1],
          sodiumE: given.outside[0],
          potassiumE: given.outside[1],
          v: n('V0'),
          gate: membrane.steadyGate(n('V0')),
        }
  const bath = bathOf(input)
  const drive = new Drive(place, membrane, {
    stimuli: input.stimuli,
    electrode: electrodeOf(input),
    bath,
    map: membraneMap(input, place, membrane),
  })
  const nodes = place.nodes
  const width = membrane.parameters.gates ? 7 : 6
  const initial = new Float64Array(width * nodes)
  initial.fill(start.sodiumI, 0, nodes)
  initial.fill(start.potassiumI, nodes, 2 * nodes)
  initial.fill(start.v, 2 * nodes, 3 * nodes)
  initial.fill(start.sodiumE, 3 * nodes, 4 * nodes)
  initial.fill(start.potassiumE, 4 * nodes, 5 * nodes)
  if (width === 7) initial.fill(start.gate, 6 * nodes)
  for (const p of drive.bathNodes) {
    initial[NA_E * nodes + p] = bath!.sodium
    initial[K_E * nodes + p] = bath!.potassium
  }
  return {
    setting: {
      place,
      membrane,
      drive,
      diffusivity: [n('D_Na'), n('D_K'), n('D_Cl')],
      fixedI: impermeant(given.inside),
      fixedE: impermeant(given.outside),
      initial,
    },
    notices,
    rest,
  }
}

function reference(rest: RestState, given: Nominal): Reference {
  return {
    sodium: [rest.sodiumI, rest.sodiumE],
    potassium: [rest.potassiumI, rest.potassiumE],
    chloride: [
      rest.sodiumI + rest.potassiumI + impermeant(given.inside),
      rest.sodiumE + rest.potassiumE + impermeant(given.outside),
    ],
    v: rest.v,
  }
}

function bathOf(input: FamilyInput): Bath | undefined {
  const { name, values } = input.experiment
  if (name !== 'bath') return undefined
  return {
    sides: values.sides === 'both' ? ['left', 'right'] : [values.sides as 'left' | 'right'],
    sodium: values.bath_Na as number,
    potassium: values.bath_K as number,
  }
}

function electrodeOf(input: FamilyInput): Electrode | undefined {
  const { name, values } = input.experiment
  if (name !== 'current') return undefined
  return {
    density: values.density as number,
    start: values.on as number,
    end: values.off as number,
    kind: values.electrode as 'bridge' | 'silver',
  }
}

function membraneMap(input: FamilyInput, place: Compartments, membrane: Membrane): MembraneMap | undefined {
  const shell = input.parameters.shell as number
  if (shell === 0) return undefined
  const outer = membrane.unmodulated()
  const core = {
    ...outer,
    potassium: input.parameters.core_G_K as number,
    pump: input.parameters.core_pump as number,
  }
  const border = input.macro.size[0] - shell
  return (p) => (place.position[3 * p] > border * (1 + 1e-12) ? outer : core)
}
