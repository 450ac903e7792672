/** Phase separation: growth of waves, coarsening, hysteresis, second law; cases V10 to V12, V14, and what V19 refuses. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../src/cell/compute.ts'
import { dissipationOf, energyOf } from '../../src/models/cathode/equations/energy.ts'
import { cathode } from '../../src/models/cathode/index.ts'
import { butlerVolmer } from '../../src/models/cathode/laws/kinetics.ts'
import { binodal } from '../../src/models/cathode/laws/thermodynamics.ts'
import { Y } from '../../src/models/cathode/layout.ts'
import { Integrator } from '../../src/numerics/integrate.ts'
import { defaults, InputError } from '../../src/parameter.ts'
import {
  advance,
  begin,
  capacityOf,
  cellOf,
  current,
  EnergyCourse,
  LFP,
  type Preset,
  TEACHING,
  TIS2,
  voltage,
} from '../models/cathode/setup.ts'

/** No reaction: the filling moves by itself. */
const asleep = { kinetics: butlerVolmer(1e-14, 0.5) }

describe('V10 waves of filling grow and decay as the discrete dispersion relation says', () => {
  const [cells, w, Ds, Ms, L] = [200, 0.1, 4e-14, 0.414, 1e-4]
  const omega = 4.476
  const values = { solid: 'thermodynamic', gradient: 'width', front_width: w, noise: 0, D_s: Ds, Omega: omega }
  it.each([
    [0.5, 1],
    [0.5, 2],
    [0.5, 4],
    [0.5, 8],
    [0.3, 1],
    [0.3, 4],
    [0.1, 1],
    [0.1, 8],
  ])('mean %f, mode %i', (mean, mode) => {
    const options = { separator: 0, cathode: L, cells, structure: { Ms, q: 0.414 }, setting: asleep }
    const model = cellOf(LFP, { ...options, values: { ...values, y0: mean }, steps: [current(0)] })
    const { nodes: n, setting } = model
    const { x, first } = setting.grid
    const k = (mode * Math.PI) / L
    const u = model.initial()
    const wave = (p: number) => Math.cos(k * x[p])
    for (let p = first; p < n; p++) u[Y * n + p] = mean + 1e-6 * wave(p)
    const run = begin(model, 1e-9, u)
    const h = L / cells
    const kh2 = ((2 / h) * Math.sin((k * h) / 2)) ** 2
    const bend = mean * (1 - mean)
    const rate = -((Ds * Ms) / 0.414) * kh2 * (1 - 2 * omega * bend + bend * setting.solid.gradient * kh2)
    const time = 0.5 / Math.abs(rate)
    // Tolerances act on the mean, not on the wave: fixed steps.
    run.integrator = new Integrator(model, { rtol: 1e-9, fixedStep: time / 500 })
    advance(run, time)
    let [up, norm] = [0, 0]
    for (let p = first; p < n; p++) {
      up += (run.state.u[Y * n + p] - mean) * wave(p)
      norm += wave(p) ** 2
    }
    expect(Math.log(up / norm / 1e-6) / time / rate).toBeCloseTo(1, 5)
  })

  it('has the ratios of the reference between its modes', () => {
    // Growth rates of modes 1, 2, 4, 8 at mean 0.5, continuum, in the units of the reference.
    const reference = [0.004797369137288073, 0.018108754385313508, 0.055143462919833484, -0.056091022263394755]
    const K = (w / 1.04) ** 2
    const rate = (m: number) => (m * Math.PI) ** 2 * (omega / 2 - 1 - 0.25 * K * (m * Math.PI) ** 2)
    ;[1, 2, 4, 8].forEach((m, i) => {
      expect(rate(m) / rate(1) / (reference[i] / reference[0])).toBeCloseTo(1, 3)
    })
  })
})

it('V11 noise coarsens into the two binodal phases, its free energy falls, the lithium stays', () => {
  const values = {
    solid: 'thermodynamic',
    gradient: 'width',
    front_width: 0.05,
    noise: 0,
    D_s: 1e-12,
    Omega: 4,
    y0: 0.5,
  }
  const options = { separator: 0, cathode: 1e-4, cells: 100, structure: { Ms: 0.414 }, setting: asleep }
  const model = cellOf(LFP, { ...options, values, steps: [current(0)] })
  const n = model.nodes
  const u = model.initial()
  for (let p = 1; p < n; p++) u[Y * n + p] = 0.5 + 0.01 * Math.sin(37.3 * p * p)
  const mean = model.meanFilling(u)
  const run = begin(model, 1e-5, u)
  let energy = energyOf(model, u)
  let rises = 0
  advance(run, 3e7, (_t, state) => {
    const now = energyOf(model, state)
    if (now > energy + 1e-5 * Math.abs(energy)) rises++
    energy = now
  })
  expect(rises).toBe(0)
  expect(model.meanFilling(run.state.u)).toBeCloseTo(mean, 13)
  const low = binodal(4)!
  const y = Array.from(run.state.u.subarray(Y * n + 1, (Y + 1) * n))
  expect(Math.min(...y)).toBeCloseTo(low, 3)
  expect(Math.max(...y)).toBeCloseTo(1 - low, 3)
  // Fronts are few: most of the material is in one of the two phases.
  expect(y.filter((v) => Math.min(Math.abs(v - low), Math.abs(v - 1 + low)) < 0.02).length).toBeGreaterThan(70)
})

/** Mean voltages for 0.2 < u < 0.8 of a discharge and a charge. */
function plateaus(preset: Preset, options: Parameters<typeof cellOf>[1], rate: number, start = 0.01): [number, number] {
  const I = (rate * capacityOf(preset)) / 3600
  const mean = (sign: number) => {
    const values = { ...options!.values, y0: sign > 0 ? start : 1 - start }
    const model = cellOf(preset, { ...options, values, steps: [current(sign * I, { below: 2.5, above: 4.2 })] })
    const run = begin(model, 1e-4)
    let [charge, sum, last, before] = [0, 0, 0, voltage(run)]
    advance(run, 1e9, (_t, u) => {
      const [Q, V] = [Math.abs(model.utilisation(u)), model.terminal(u, model.reactionSum(u))]
      if (Q > 0.2 && Q < 0.8) {
        sum += ((Q - last) * (V + before)) / 2
        charge += Q - last
      }
      last = Q
      before = V
    })
    return sum / charge
  }
  return [mean(1), mean(-1)]
}

describe('V12 hysteresis of phase-separating cells', () => {
  it.each([
    [0.01, 3.3869, 3.4587],
    [0.1, 3.3879, 3.4609],
    [1, 3.3704, 3.4755],
    [5, 3.3084, 3.5359],
  ])('mosaic at %fC: %f V, %f V', (rate, discharge, charge) => {
    const [low, high] = plateaus(LFP, { cells: 50, separatorCells: 10, values: { noise: 0.02 } }, rate)
    expect(Math.abs(low - discharge)).toBeLessThan(3e-3)
    expect(Math.abs(high - charge)).toBeLessThan(3e-3)
  })

  it.each([
    [0.01, 3.81],
    [0.1, 7.88],
    [1, 45.4],
    [5, 186.9],
  ])('mosaic with Omega = 2.2964 at %fC: a gap of %f mV', (rate, gap) => {
    const [low, high] = plateaus(LFP, { cells: 50, separatorCells: 10, values: { noise: 0.02, Omega: 2.2964 } }, rate)
    expect(Math.abs(1e3 * (high - low) - gap)).toBeLessThan(0.5)
  })

  it.each([
    [0.1, 3.4169, 3.4274],
    [1, 3.3785, 3.4626],
  ])('a front in a connected solid at %fC: %f V, %f V', (rate, discharge, charge) => {
    const values = { D_s: 2e-13, solid: 'thermodynamic', gradient: 'width', front_width: 0.05, noise: 0 }
    const [low, high] = plateaus(LFP, { cells: 100, separatorCells: 10, structure: { Ms: 0.414 }, values }, rate)
    const tolerance = rate < 1 ? 3e-4 : 1e-3
    expect(Math.abs(low - discharge)).toBeLessThan(tolerance)
    expect(Math.abs(high - charge)).toBeLessThan(tolerance)
  })

  it.each([
    [1, 59.3, 8.3],
    [5, 88, 41],
    [20, 183, 147],
  ])('V18 teaching cell at %fC: gap of the mosaic %f mV, of the front %f mV', (rate, mosaic, front) => {
    const [a, b] = plateaus(TEACHING, { values: { noise: 0.02 } }, rate, 0.02)
    expect(Math.abs(1e3 * (b - a) - mosaic)).toBeLessThan(3)
    const values = { noise: 0, gradient: 'width', front_width: 0.08, solid: 'thermodynamic' }
    const [c, d] = plateaus(TEACHING, { cells: 80, structure: { Ms: 0.45 }, values }, rate, 0.02)
    expect(Math.abs(1e3 * (d - c) - front)).toBeLessThan(1)
  })

  it('without a spread of particles large steps must not follow the unstable branch', () => {
    // A seed as small as this still decides the order of filling, because steps follow the growth of the instability.
    const [low, high] = plateaus(LFP, { cells: 20, separatorCells: 5, values: { noise: 1e-3 } }, 0.1)
    expect(1e3 * (high - low)).toBeGreaterThan(65)
  })
})

describe('V14 second law', () => {
  it.each([
    ['independent particles', { values: { noise: 0.1 } }],
    [
      'connected solid',
      { structure: { Ms: 0.414 }, values: { noise: 0.05, D_s: 2e-13, gradient: 'width', front_width: 0.1 } },
    ],
    ['charged electrolyte', { values: { noise: 0.1, electrolyte: 'E1', delta: 0.05 } }],
  ])('at rest after half a discharge the free energy falls by what is dissipated: %s', (_name, options) => {
    const I = (3 * capacityOf(LFP)) / 3600
    const model = cellOf(LFP, {
      cells: 40,
      separatorCells: 20,
      ...options,
      steps: [current(I, { passed: 0.5 }), current(0)],
    })
    const run = begin(model, 1e-6)
    const energies = new EnergyCourse()
    advance(run, 3000, (t, u) => {
      if (u[model.globals + 2] < 1) return
      const [G, D] = [energyOf(model, u), dissipationOf(model, u)]
      expect(D).toBeGreaterThanOrEqual(0)
      energies.take(t, G, D)
    })
    const { fall, lost, worst } = energies
    expect(fall).toBeGreaterThan(0)
    expect(worst).toBeLessThan(1e-6 * fall)
    expect(Math.abs(lost / fall - 1)).toBeLessThan(0.02)
  })
})

describe('V19 what is refused', () => {
  const cell = solveCell(
    {
      dimension: 2,
      background: 'electrolyte',
      shapes: [{ shape: 'ball', phase: 'active', center: [0.5, 0.5], radius: 0.35 }],
      resolution: 16,
    },
    [],
  )
  const build = (
    parameters: Record<string, unknown>,
    experiment?: { name: string; values: Record<string, unknown> },
  ) => {
    const values = { ...defaults(cathode.parameters), ...parameters } as ReturnType<typeof defaults>
    const input = {
      parameters: values,
      cellSize: 1e-6,
      macro: { dimension: 1 as const, size: [75e-6], nodes: [81] },
      experiment: (experiment ?? {
        name: 'constant-current',
        values: { direction: 'discharge', by: 'rate', rate: 1 },
      }) as never,
      stimuli: [],
    }
    const problems = cathode.check!(input)
    if (problems.length > 0) throw new InputError(problems)
    return cathode.macro(input, cell)
  }

  it('accepts the defaults', () => {
    expect(build({}).modelClass).toBe('independent')
  })

  it.each([
    ['backward diffusion: M_s > 0, Omega > 2, no gradient energy', { M_s: 0.4 }, undefined, /gradient energy/],
    ['a current without electronic path', { sigma_eff: 0 }, undefined, /electron/],
    ['a front thinner than two cells', { M_s: 0.4, gradient: 'given' }, undefined, /front/],
    ['a separator that leaves no cathode', { separator: 80e-6 }, undefined, /leaves no cathode/],
    ['cut-offs in the wrong order', { V_min: 4, V_max: 3 }, undefined, /below the upper/],
    ['fractions beyond one', { p: 0.7, q: 0.5 }, undefined, /must not exceed 1 together/],
    [
      'a voltage that the chemistry cannot give',
      {},
      { name: 'hold', values: { voltage: 0.5, duration: 100 } },
      /spans/,
    ],
  ])('%s', (_name, parameters, experiment, message) => {
    expect(() => build(parameters, experiment)).toThrow(message)
  })

  it('the printed sign of the reaction: it would run away from equilibrium within 0.19 s', () => {
    // d(y)/dt = -k eta relaxes a particle at held potentials; the printed sign is the same number with a plus.
    const model = cellOf(TIS2, { grading: 20, values: { y0: 0.5 }, steps: [current(0)] })
    const { u } = begin(model, 1e-10).state
    const at = Y * model.nodes + model.nodes - 1
    const speed = (y: number) => {
      const f = new Float64Array(model.size)
      const state = u.slice()
      state[at] = y
      model.residual(0, state, f)
      return f[at] / model.mass[at]
    }
    const rate = (speed(0.5 + 1e-6) - speed(0.5 - 1e-6)) / 2e-6
    expect(-1 / rate).toBeCloseTo(0.193, 3)
  })
})
