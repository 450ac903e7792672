/** Resolved set-ups of the tests: a strip of N cells with discs of active material on a bar of carbon along x. */

import type { CellResult, ShapeSpec } from '../../../src/cell/cell.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { finish } from '../../../src/finish.ts'
import type { CathodeModel } from '../../../src/models/cathode/homogenized/model.ts'
import type { CathodeInput } from '../../../src/models/cathode/input.ts'
import { type CathodeValues, parameters } from '../../../src/models/cathode/parameters/index.ts'
import { type CathodeExperiment, experiments } from '../../../src/models/cathode/protocol/experiments.ts'
import { microModel } from '../../../src/models/cathode/resolved/micro.ts'
import type { ResolvedCathode } from '../../../src/models/cathode/resolved/model.ts'
import { cathodeProblems } from '../../../src/models/cathode/structure/structure.ts'
import { compareCathode } from '../../../src/models/cathode/studies/compare.ts'
import { Integrator } from '../../../src/numerics/integrate.ts'
import { makeConsistent } from '../../../src/numerics/steps.ts'
import { defaults, type Values } from '../../../src/parameter.ts'

export const DISC: ShapeSpec = { shape: 'ball', phase: 'active', center: [0.5, 0.5], radius: 0.35 }
export const BAR: ShapeSpec = { shape: 'bar', phase: 'carbon', axis: 'x', center: [0.5, 0.5], width: 0.1 }

/** The teaching cell: ideal salt, a material that mixes, particles that equilibrate inside. */
const TEACHING: CathodeValues = {
  ...defaults(parameters),
  structure: 'cell',
  transport: 'cell',
  carbon_permeable: false,
  separator: 0,
  temperature: 298.15,
  V_min: 2,
  V_max: 4.5,
  electrolyte: 'E2',
  D_plus: 5e-10,
  D_minus: 5e-10,
  c_sm: 5000,
  V0: 3.4,
  Omega: -3,
  k0: 1,
  D_s: 1e-9,
  sigma_active: 1,
  sigma_carbon: 100,
  i_foil: 50,
  y0: 0.1,
  noise: 0,
  radius: 1e-6,
}

export interface Strip {
  cell: CellResult
  more?: Partial<CathodeValues>
  experiment?: { name: string; values: Values }
  /** m. */
  length?: number
  /** Period over that of the homogenized cell. */
  factor?: number
}

export function cellOf(
  resolution: number,
  shapes: ShapeSpec[] = [DISC, BAR],
  more: Partial<CathodeValues> = {},
): CellResult {
  const phases = ['electrolyte', ...new Set(shapes.map((s) => s.phase))]
  return solveCell(
    { dimension: 2, background: 'electrolyte', shapes, resolution },
    cathodeProblems({ ...TEACHING, ...more }, phases),
  )
}

export function inputOf({ more, experiment, length = 1e-4 }: Strip, N: number): CathodeInput {
  const name = experiment?.name ?? 'constant-current'
  const values = defaults(experiments.find((e) => e.name === name)!.parameters)
  return {
    parameters: { ...TEACHING, ...more },
    cellSize: length / N,
    macro: { dimension: 2, size: [length, length / N], nodes: [81, 3] },
    experiment: { name, values: { ...values, by: 'current', current: 40, ...experiment?.values } } as CathodeExperiment,
    stimuli: [],
  }
}

/** The period of the scenario is a fourth of the thickness. */
const setup = (strip: Strip, N: number) => ({ repeat: [N, 1], prepared: true, factor: strip.factor ?? 4 / N })

export function resolved(strip: Strip, N: number): ResolvedCathode {
  return finish(microModel(inputOf(strip, N), strip.cell, setup(strip, N)))
}

export function judge(strip: Strip, N: number, end: number, samples = 20, rtol = 1e-5): Record<string, number> {
  const running = compareCathode(inputOf(strip, N), strip.cell, { ...setup(strip, N), end, samples, rtol })
  for (;;) {
    const { done, value } = running.next()
    if (done) return value.errors
  }
}

export interface Run {
  u: Float64Array
  t: number
}

/** Runs to each of the times and hands out the state; fewer where the protocol ends before. */
export function course(m: ResolvedCathode | CathodeModel, times: readonly number[], rtol = 1e-5): Run[] {
  const state = { t: 0, u: m.initial(), integrals: new Float64Array(m.rateCount), dt: 0, stopped: false }
  for (const _ of makeConsistent(m, 0, state.u, 1e-8));
  const integrator = new Integrator(m, { rtol })
  const runs: Run[] = []
  for (const t of times) {
    if (t > 0) for (const _ of integrator.advance(state, t));
    runs.push({ t: state.t, u: Float64Array.from(state.u) })
    if (state.stopped) break
  }
  return runs
}

/** An observable of a state, by name. */
export function observed(m: ResolvedCathode | CathodeModel, u: Float64Array, name: string): number {
  const values = m.observe(0, u, new Float64Array(2), m.contents(m.initial()))
  return values[m.observables.findIndex((o) => o.name === name)]
}
