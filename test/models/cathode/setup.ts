/** Cells for tests: the presets of the literature, and runs of them. */

import type { CathodeSetting, Kind } from '../../../src/models/cathode/equations/setting.ts'
import { cathodeSetting } from '../../../src/models/cathode/homogenized/macro.ts'
import { CathodeModel } from '../../../src/models/cathode/homogenized/model.ts'
import { type CathodeValues, parameters } from '../../../src/models/cathode/parameters/index.ts'
import type { Step } from '../../../src/models/cathode/protocol/protocol.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import { VariableOrderIntegrator } from '../../../src/numerics/ndf.ts'
import { type IntegratorState, makeConsistent, type TimeIntegrator } from '../../../src/numerics/steps.ts'
import { defaults, type Values } from '../../../src/parameter.ts'

/** Thickness of separator and cathode, m, and what else a preset gives. */
export interface Preset {
  separator: number
  cathode: number
  p: number
  q: number
  a: number
  Sigma: number
  Ms: number
  values: Values
}

export const TIS2: Preset = {
  separator: 50e-6,
  cathode: 100e-6,
  p: 0.3,
  q: 0.7,
  a: 2.1e6,
  Sigma: 1e4,
  Ms: 0,
  values: {
    p_separator: 1,
    temperature: 373.15,
    V_min: 1.7,
    V_max: 2.6,
    electrolyte: 'E3',
    salt: 'polymer',
    kinetics: 'doyle',
    V0: 2.17 + ((GAS_CONSTANT * 373.15) / FARADAY) * (8.1 - (0.000558 * 29000) / 2),
    Omega: (-0.000558 * 29000) / 2,
    c_sm: 29000,
    solid: 'fickian',
    D_s: 5e-13,
    i_foil: 12.6,
    noise: 0,
    y0: 0.01,
  },
}

export const LFP: Preset = {
  separator: 25e-6,
  cathode: 50e-6,
  p: 0.4,
  q: 0.414,
  a: (3 * 0.414) / 50e-9,
  Sigma: 5,
  Ms: 0,
  values: {},
}

export const TEACHING: Preset = {
  separator: 20e-6,
  cathode: 100e-6,
  p: 0.5,
  q: 0.45,
  a: 1.35e6,
  Sigma: 10,
  Ms: 0,
  values: {
    D_plus: 5e-10,
    D_minus: 5e-10,
    c_sm: 5000,
    k0: 10,
    V0: 3.4,
    Omega: 4,
    D_s: 1e-9,
    i_foil: 50,
    y0: 0.02,
    V_min: 3,
    V_max: 3.8,
  },
}

export interface CellOptions {
  values?: Values
  structure?: Partial<Pick<Preset, 'p' | 'q' | 'a' | 'Sigma' | 'Ms'>> & {
    T?: number
    kinds?: readonly Kind[]
    /** Mobility factor of a second material, of which some kinds are. */
    second?: number
  }
  separator?: number
  cathode?: number
  cells?: number
  separatorCells?: number
  grading?: number
  /** Two dimensions. */
  rows?: number
  height?: number
  doubleLayer?: number
  /** Permeability, m². */
  K?: readonly number[]
  steps?: Step[]
  setting?: Partial<CathodeSetting>
}

export const capacityOf = (preset: Preset): number =>
  preset.q * ((preset.values.c_sm as number | undefined) ?? 22903.8) * FARADAY * preset.cathode

export function cellOf(preset: Preset, options: CellOptions = {}): CathodeModel {
  const { cells = 60, separatorCells = 20, grading = 1 } = options
  const separator = options.separator ?? preset.separator
  const cathode = options.cathode ?? preset.cathode
  const values = {
    ...defaults(parameters),
    ...preset.values,
    separator,
    separator_cells: separatorCells,
    grading,
    ...options.values,
  }
  const { p, q, a, Sigma, Ms, T, kinds, second } = {
    ...preset,
    T: undefined,
    kinds: undefined,
    second: undefined,
    ...options.structure,
  }
  const columns = cells + (separator > 0 ? separatorCells : 0) + 1
  const macro =
    options.rows === undefined
      ? { dimension: 1 as const, size: [separator + cathode], nodes: [columns] }
      : { dimension: 2 as const, size: [separator + cathode, options.height!], nodes: [columns, options.rows + 1] }
  const experiment = { name: 'rest', values: { duration: 1e9 } } as const
  const input = { parameters: values as CathodeValues, cellSize: 1e-6, macro, experiment, stimuli: [] }
  const { setting } = cathodeSetting(input, {
    p,
    q,
    a,
    kinds,
    T: [[T ?? p ** 1.5]],
    Sigma: [[Sigma]],
    Ms: [[Ms]],
    ...(second === undefined ? {} : { second: { Ms: [[second]] } }),
    K: boxed(options.K),
  })
  const steps = options.steps ?? setting.steps
  return new CathodeModel(
    { ...setting, steps, ...options.setting },
    {
      macro,
      modelClass: 'test',
      notices: [],
      density: 3600,
      doubleLayer: options.doubleLayer ?? 0,
      radius: 0,
      mobility: 2.5e-13,
      horizon: 1e9,
    },
  )
}

/** A tensor from its components xx, yy, xy; as much as presets have where there are none. */
const boxed = ([xx, yy, xy]: readonly number[] = [2.5e-16, 2.5e-16, 0]) => [
  [xx, xy],
  [xy, yy],
]

export const current = (value: number, until: Step['until'] = {}): Step => ({
  label: 'current',
  hold: 'current',
  value,
  until,
})

export const held = (value: number, until: Step['until'] = {}): Step => ({
  label: 'hold',
  hold: 'voltage',
  value,
  until,
})

export interface Run {
  model: CathodeModel
  state: IntegratorState
  integrator: TimeIntegrator
  baseline: Float64Array
}

/** A state at t = 0 with consistent potentials. */
export function begin(model: CathodeModel, rtol = 1e-5, u = model.initial()): Run {
  const state: IntegratorState = { t: 0, u, integrals: new Float64Array(model.rateCount), dt: 0 }
  const settle = makeConsistent(model, 0, u, rtol)
  while (!settle.next().done);
  return { model, state, integrator: new VariableOrderIntegrator(model, { rtol }), baseline: model.contents(u) }
}

/** Runs to a time or to the end of the protocol; `each` is called after every step. */
export function advance(run: Run, until: number, each?: (t: number, u: Float64Array) => void): Run {
  for (const accepted of run.integrator.advance(run.state, until)) if (accepted) each?.(run.state.t, run.state.u)
  return run
}

export const voltage = ({ model, state }: Run): number => model.terminal(state.u, model.reactionSum(state.u))

/** Free energy from state to state, beside what is dissipated meanwhile (by the trapezoidal rule). */
export class EnergyCourse {
  /** Dissipated since the first state. */
  lost = 0
  /** Largest rise from one state to the next. */
  worst = 0
  private first = Number.NaN
  private last = { t: 0, energy: 0, heat: 0 }

  take(t: number, energy: number, heat: number): void {
    const { last } = this
    if (Number.isNaN(this.first)) this.first = energy
    else {
      this.worst = Math.max(this.worst, energy - last.energy)
      this.lost += ((t - last.t) * (heat + last.heat)) / 2
    }
    this.last = { t, energy, heat }
  }

  /** From the first state to the last. */
  get fall(): number {
    return this.first - this.last.energy
  }
}
