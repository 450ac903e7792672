/** Numbers of the literature and closed forms for the homogenized cell: cases V1 to V9, V13, V15, V17 to V19. */
import { describe, expect, it } from 'vitest'
import type { ElectrolyteForm } from '../../src/models/cathode/laws/electrolyte.ts'
import { butlerVolmer, doyle } from '../../src/models/cathode/laws/kinetics.ts'
import {
  binodal,
  fillingAt,
  hysteresis,
  openCircuit,
  potential,
  spinodal,
} from '../../src/models/cathode/laws/thermodynamics.ts'
import { C, GLOBALS, PHI, PSI, Y } from '../../src/models/cathode/layout.ts'
import { FARADAY, GAS_CONSTANT } from '../../src/models/constants.ts'
import { Integrator } from '../../src/numerics/integrate.ts'
import {
  advance,
  begin,
  capacityOf,
  cellOf,
  current,
  held,
  LFP,
  TEACHING,
  TIS2,
  voltage,
} from '../models/cathode/setup.ts'

const thermal = (T: number) => (GAS_CONSTANT * T) / FARADAY

describe('V1 open-circuit voltage of TiS2', () => {
  it.each([
    [0.01, 2.573015514323955],
    [0.1, 2.4490790610365747],
    [0.25, 2.335701309648661],
    [0.5, 2.1702894002116193],
    [0.75, 2.004877490774577],
    [0.9, 1.8914997393866635],
    [0.99, 1.7675632860992831],
  ])('y = %f: %f V, whatever the mesh', (y0, volts) => {
    for (const cells of [1, 7, 60]) {
      const run = begin(cellOf(TIS2, { cells, values: { y0 }, steps: [current(0)] }), 1e-10)
      expect(Math.abs(voltage(run) - volts)).toBeLessThan(1e-12)
    }
  })

  it.each([
    [2.296383, 0.32037183, 0.20530278, 3.7473436],
    [3, 0.21132487, 0.07072018, 21.3296149],
    [4, 0.14644661, 0.0212479, 54.7601329],
    [4.508789, 0.12703154, 0.01213624, 73.7792148],
  ])('a regular solution with Omega = %f: spinodal %f, binodal %f, hysteresis %f mV', (omega, spin, bin, gap) => {
    expect(spinodal(omega)).toBeCloseTo(spin, 7)
    expect(binodal(omega)).toBeCloseTo(bin, 6)
    expect(1e3 * thermal(298.15) * hysteresis(omega)).toBeCloseTo(gap, 4)
    expect(potential(omega, binodal(omega)!)).toBeCloseTo(0, 9)
  })
})

it.each([
  [0.1, 3.421671],
  [1, 3.418716],
  [10, 3.391048],
])('V2 homogeneous cell at %fC: half full at %f V, the closed form', (rate, volts) => {
  const I = (rate * capacityOf(LFP)) / 3600
  const options = { separator: 0, cells: 1, structure: { Sigma: 1e9, T: 1e6 }, values: { noise: 0, i_foil: 1e12 } }
  const run = begin(cellOf(LFP, { ...options, steps: [current(I)] }), 1e-9)
  advance(run, (0.49 * 3600) / rate)
  const y = run.model.meanFilling(run.state.u)
  const w = 4.508789 * (1 - 2 * y)
  const j = I / (LFP.a * 0.16 * LFP.cathode)
  const E = (-j + Math.sqrt(j * j + 4 * y * (1 - y) * Math.exp(w))) / (2 * y * Math.exp(w))
  expect(voltage(run)).toBeCloseTo(3.422 + 2 * thermal(298.15) * Math.log(E), 7)
  expect(Math.abs(voltage(run) - volts)).toBeLessThan(1e-6)
})

it.each([
  [0.1, 1, 1e5, 1, 1e-4, 2.9289785575103205e-3],
  [0.05, 0.05, 1e6, 0.5, 1e-4, 1.8106501919250568e-3],
  [0.02, 100, 2e6, 1, 5e-5, 8.048657706824668e-4],
  [1, 0.01, 1e5, 1, 2e-4, 5.199592397602793e-3],
])(
  'V3 linear porous electrode, kappa = %f, sigma = %f, a = %f, i0 = %f, L = %f: R = %f Ohm m2, order 2',
  (kappa, Sigma, a, i0, cathode, R) => {
    const values = {
      noise: 0,
      y0: 0.5,
      Omega: 0,
      kinetics: 'linear',
      i0,
      salt: 'given',
      kappa,
      t_plus: 0.5,
      D_salt: 1e-7,
      i_foil: 1e12,
    }
    const errors = [100, 200, 400].map((cells) => {
      const model = cellOf(LFP, {
        separator: 0,
        cathode,
        cells,
        structure: { T: 1, a, Sigma },
        values,
        steps: [current(1e-3)],
      })
      // Salt stays even at once: the diffusion layer of the first half cell would be of first order.
      model.setting.electrolyte.salt = { at: (_c, out) => out.set([1, 0, kappa, 0, 0.5, 0]) }
      const run = begin(
        cellOf(LFP, {
          separator: 0,
          cathode,
          cells,
          structure: { T: 1, a, Sigma },
          values,
          steps: [current(1e-3)],
          setting: model.setting,
        }),
        1e-9,
      )
      return Math.abs((run.model.setting.standard - voltage(run)) / 1e-3 / R - 1)
    })
    expect(errors[2]).toBeLessThan(1.2e-5)
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(1.9)
    expect(Math.log2(errors[1] / errors[2])).toBeGreaterThan(1.9)
  },
)

it.each([
  [7.5e-12, 1, 1, 0.16, 50, 31.086738],
  [3e-10, 0.4, 0.25, 0.4, 300, 6.77],
])(
  'V4 Sand: D = %f, p = %f, T = %f, t+ = %f, I = %f: the salt runs out at the foil after %f s',
  (D, p, T, t, I, tau) => {
    const errors = [200, 400].map((separatorCells) => {
      const values = { y0: 0.5, temperature: 298.15, salt: 'given', D_salt: D, t_plus: t, kappa: 1, i_foil: 1e6 }
      const setting = { separator: { p, T: [T, T] }, kinetics: butlerVolmer(1e6, 0.5) }
      const options = {
        separator: 4e-4,
        cathode: 50e-6,
        separatorCells,
        cells: 5,
        structure: { T: 1, p: 1 },
        values,
        setting,
      }
      const run = begin(cellOf(TIS2, { ...options, steps: [current(-I)] }), 1e-6)
      expect(() => advance(run, 2 * tau)).toThrow(/salt is used up/)
      return Math.abs(run.state.t / tau - 1)
    })
    expect(errors[1]).toBeLessThan(4e-3)
    expect(errors[1]).toBeLessThan(0.7 * errors[0])
  },
)

it.each([
  [0.1, -10.3115],
  [0.5, -56.4524],
  [0.8, -112.9047],
  [0.95, -188.2527],
])('V5 lithium | electrolyte | lithium at %f of the limiting current: %f mV, whatever t+', (share, millivolts) => {
  for (const [plus, minus] of [
    [1e-10, 1e-10],
    [1e-10, 4e-10],
  ]) {
    const L = 1e-4
    const limit = (4 * FARADAY * plus * 1000) / L
    // A reservoir of lithium with fast kinetics stands for the second foil.
    const options = {
      separator: L,
      cathode: L * 1e-5,
      separatorCells: 400,
      cells: 1,
      structure: { T: 1, p: 1, Sigma: 1e9 },
      setting: { separator: { p: 1, T: [1, 1] }, sites: 1e14, kinetics: butlerVolmer(1e9, 0.5) },
      values: { y0: 0.5, D_plus: plus, D_minus: minus, i_foil: 1e9, Omega: 0, noise: 0 },
    }
    const run = begin(cellOf(LFP, { ...options, steps: [current(share * limit)] }), 1e-7)
    advance(run, (30 * (L * L)) / plus)
    expect(1e3 * (voltage(run) - 3.422)).toBeCloseTo(millivolts, 1)
  }
})

/** The rate law of the reference of V18: exchange current k0 sqrt(c y (1 - y)), without the excess potential. */
const symmetric = doyle({
  k: 10 / (FARADAY * 5000 * Math.sqrt(1000) * 1e6),
  sites: 5000,
  largest: 1e12,
  reference: 1000,
  anodic: 0.5,
})

function teaching(electrolyte: ElectrolyteForm, delta = 0.1, times = [1, 20, 60, 90, 120, 160], rtol = 1e-7): number[] {
  const steps = [current((20 * capacityOf(TEACHING)) / 3600)]
  const values = { Omega: -3, noise: 0, electrolyte, delta }
  const run = begin(cellOf(TEACHING, { values, setting: { kinetics: symmetric }, steps }), rtol)
  return times.map((t) => voltage(advance(run, t)))
}

describe('V6 forms of the electrolyte', () => {
  it('E2, E3 and E4 are the same cell, step by step', () => {
    const steps = [current((20 * capacityOf(TEACHING)) / 3600)]
    const [a, b, c] = (['E2', 'E3', 'E4'] as const).map((electrolyte) => {
      const run = begin(cellOf(TEACHING, { values: { Omega: -3, noise: 0, electrolyte }, steps }), 1e-10)
      run.integrator = new Integrator(run.model, { rtol: 1e-10, fixedStep: 0.5 })
      return [10, 20, 40].map((t) => voltage(advance(run, t)))
    })
    a.forEach((v, k) => {
      expect(Math.abs(b[k] - v)).toBeLessThan(1e-9)
      expect(Math.abs(c[k] - v)).toBeLessThan(1e-9)
    })
  })

  it('E1 tends to E2 with the square of the Debye length, down to the physical one', () => {
    const [neutral] = teaching('E2', 0.1, [60], 1e-8)
    const errors = [0.08, 0.04, 0.02].map((delta) => Math.abs(teaching('E1', delta, [60], 1e-8)[0] - neutral))
    expect(Math.log2(errors[0] / errors[1])).toBeCloseTo(2, 1)
    expect(Math.log2(errors[1] / errors[2])).toBeCloseTo(2, 1)
    expect(Math.abs(teaching('E1', 1.1e-6, [60], 1e-8)[0] - neutral)).toBeLessThan(1e-9)
  })
})

describe('V7 discharge of TiS2', () => {
  it.each([
    [1, 0.98632, 2.568793851],
    [2, 0.97422, 2.564576193],
    [5, 0.60956, 2.55198614],
    [10, 0.30002, 2.531418661],
    [20, 0.12749, 2.492811128],
  ])('at %f A/m2: utilisation %f, from %f V', (I, utilisation, first) => {
    const steps = [current(I, { below: 1.7 })]
    // The first voltages are those of the boundary value problem with even salt (collocation, tolerance 1e-10).
    for (const separatorCells of [3, 20]) {
      const [coarse, fine] = [60, 120].map((cells) =>
        Math.abs(voltage(begin(cellOf(TIS2, { cells, separatorCells, grading: 20, steps }), 1e-9)) - first),
      )
      expect(fine).toBeLessThan(4e-7 * I)
      expect(Math.log2(coarse / fine)).toBeGreaterThan(1.9)
    }
    const run = begin(cellOf(TIS2, { cells: 120, separatorCells: 40, grading: 20, steps }))
    advance(run, 1e9)
    expect(Math.abs(voltage(run) - 1.7)).toBeLessThan(1e-4)
    expect(Math.abs(run.model.utilisation(run.state.u) - utilisation)).toBeLessThan(1e-4)
  })

  it('converges with the square of the mesh width on even meshes: 0.29978, 0.29996, 0.30001', () => {
    const u = [40, 80, 160].map((cells) => {
      const run = begin(cellOf(TIS2, { cells, separatorCells: cells / 2, steps: [current(10, { below: 1.7 })] }), 1e-6)
      return run.model.utilisation(advance(run, 1e9).state.u)
    })
    expect(Math.log2((u[1] - u[0]) / (u[2] - u[1]))).toBeCloseTo(2, 1)
    expect(u[2] + (u[2] - u[1]) / 3).toBeCloseTo(0.30002, 5)
  })
})

it.each([
  ['M_s = 0.5', { structure: { Ms: 0.5 }, values: { solid: 'thermodynamic' } }, 0.9426, 0.8696],
  ['nu = 1 as printed', { values: { nu: '1' } }, 0.6441, 0.3183],
])('V8 TiS2 with %s', (_name, options, five, ten) => {
  for (const [I, utilisation] of [
    [5, five],
    [10, ten],
  ]) {
    const run = begin(cellOf(TIS2, { cells: 80, grading: 20, ...options, steps: [current(I, { below: 1.7 })] }))
    expect(Math.abs(run.model.utilisation(advance(run, 1e9).state.u) - utilisation)).toBeLessThan(2e-4)
  }
})

it('V9 titration: pulses of a tenth of the capacity relax to the open-circuit voltage', () => {
  const pulse = [current(5, { passed: 0.1, below: 1.7 }), current(0, { duration: 20000 })]
  const model = cellOf(TIS2, { grading: 20, steps: [...pulse, ...pulse, ...pulse, ...pulse] })
  const run = begin(model)
  const { standard, omega } = model.setting
  const relaxed: number[] = []
  for (const accepted of run.integrator.advance(run.state, 1e9)) {
    const [step, start] = [GLOBALS.STEP, GLOBALS.START].map((k) => run.state.u[model.globals + k])
    // The end of a rest.
    if (!accepted || run.state.stopped || step % 2 === 0 || run.state.t < start + 20000 * (1 - 1e-9)) continue
    const fillings = Array.from(run.state.u.subarray(Y * model.nodes, (Y + 1) * model.nodes)).slice(
      model.setting.grid.first,
    )
    relaxed.push(voltage(run))
    expect(voltage(run)).toBeCloseTo(
      openCircuit(standard, omega, model.setting.thermal, model.meanFilling(run.state.u)),
      4,
    )
    expect(Math.max(...fillings) - Math.min(...fillings)).toBeLessThan(4e-5)
  }
  expect(relaxed).toHaveLength(4)
  expect(relaxed[0]).toBeCloseTo(2.44045, 4)
  expect(relaxed[3]).toBeCloseTo(2.22882, 4)
})

it('V13 keeps lithium and salt to round-off, galvanostatic and potentiostatic', () => {
  for (const step of [current(10, { below: 1.7 }), held(2.2, { duration: 3600 })]) {
    const run = begin(cellOf(TIS2, { grading: 20, steps: [step] }), 1e-4)
    const { model, state, baseline } = run
    advance(run, 1e9)
    const now = model.contents(state.u)
    expect(Math.abs(now[0] / baseline[0] - 1)).toBeLessThan(1e-13)
    expect(Math.abs(now[1] - baseline[1]) * FARADAY).toBeLessThan(1e-13 * model.capacity)
    // The current is met as well as the tolerance asks.
    if (step.hold === 'current')
      expect(Math.abs((model.utilisation(state.u) * model.capacity) / (10 * state.t) - 1)).toBeLessThan(2e-5)
    const seen = model.observe(state.t, state.u, state.integrals, baseline)
    expect(Math.abs(seen[model.observables.findIndex((o) => o.name === 'continuity')])).toBeLessThan(1e-6)
  }
})

it('V15 pumped electrolyte: the front of Ogata and Banks, exponentially fitted', () => {
  const [L, D, p, T, velocity, t] = [1e-3, 2.5e-10, 0.5, 0.35, 2e-6, 100]
  const values = { D_plus: D, D_minus: D, noise: 0 }
  const setting = { separator: { p, T: [T, T] }, flow: { velocity, inlet: 2 }, kinetics: butlerVolmer(1e-12, 0.5) }
  const errors = [100, 200].map((separatorCells) => {
    const options = { separator: L, cathode: 1e-4, cells: 5, separatorCells, values, setting, structure: { p, T } }
    const run = begin(cellOf(LFP, { ...options, steps: [current(0)] }), 1e-7)
    advance(run, t)
    const { x } = run.model.setting.grid
    const [v, De] = [velocity / p, (D * T) / p]
    let worst = 0
    for (let i = 1; i <= separatorCells; i++) {
      const s = 2 * Math.sqrt(De * t)
      const front = 0.5 * (erfc((x[i] - v * t) / s) + Math.exp((v * x[i]) / De) * erfc((x[i] + v * t) / s))
      worst = Math.max(worst, Math.abs(run.state.u[C * run.model.nodes + i] - 1 - front))
    }
    const now = run.model.contents(run.state.u)
    expect(Math.abs(now[0] - run.baseline[0] - run.state.integrals[0]) / now[0]).toBeLessThan(1e-9)
    return worst
  })
  expect(errors[1]).toBeLessThan(2e-3)
  expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(1.8)
})

describe('V17 constant voltage', () => {
  it('TiS2 held at 2.2 V: from over 100 A/m2 to a few within the hour, to its filling in the end', () => {
    const model = cellOf(TIS2, { grading: 20, steps: [held(2.2, { duration: 1e6 })] })
    const run = begin(model)
    expect(-model.reactionSum(run.state.u)).toBeGreaterThan(100)
    advance(run, 3600)
    const hour = -model.reactionSum(run.state.u)
    expect(hour).toBeGreaterThan(1)
    expect(hour).toBeLessThan(6)
    advance(run, 1e6)
    const { standard, omega } = model.setting
    expect(model.meanFilling(run.state.u)).toBeCloseTo(fillingAt(standard, omega, model.setting.thermal, 2.2), 5)
  })

  it('charging from 0.95 at 3 V survives that the salt runs out at the foil', () => {
    const model = cellOf(TIS2, { grading: 20, values: { y0: 0.95 }, steps: [held(3, { duration: 1e5 })] })
    const run = begin(model, 1e-4)
    let lowest = 1
    advance(run, 1e6, (_t, u) => {
      lowest = Math.min(lowest, u[0])
    })
    expect(lowest).toBeLessThan(0.01)
    expect(model.meanFilling(run.state.u)).toBeLessThan(1.1e-5)
    expect(model.events.ending?.short).toBe('empty particles')
  })
})

it('V18 teaching cell at 20C, Omega = -3', () => {
  const volts = [3.492789, 3.436762, 3.371325, 3.328234, 3.284057, 3.207692]
  teaching('E2').forEach((v, k) => {
    expect(Math.abs(v - volts[k])).toBeLessThan(1.5e-5)
  })
  // With a visible Debye length the charge costs 0.31 mV at first.
  expect(1e4 * (teaching('E1', 0.1, [1])[0] - teaching('E2', 0.1, [1])[0])).toBeCloseTo(-3.1, 1)
})

describe('polarisation of TiS2 half full, at once and after 30 s', () => {
  it.each([
    [10, 2.130004985, 2.09798],
    [-10, 2.210573815, 2.24381],
    [50, 2.000954655, 1.7722],
  ])('%f A/m2: %f V, %f V', (I, first, later) => {
    const run = begin(cellOf(TIS2, { cells: 160, grading: 20, values: { y0: 0.5 }, steps: [current(I)] }), 1e-6)
    expect(Math.abs(voltage(run) - first)).toBeLessThan(3e-5)
    advance(run, 30)
    expect(Math.abs(voltage(run) - later)).toBeLessThan(6e-4)
  })
})

it('slow voltammetry of TiS2 peaks at 2.826 A/m2', () => {
  const sweep = { label: 'sweep', hold: 'voltage' as const, value: undefined, ramp: -1e-5, until: { below: 1.75 } }
  const run = begin(cellOf(TIS2, { grading: 20, steps: [sweep] }))
  let peak = 0
  advance(run, 1e9, (_t, u) => {
    peak = Math.max(peak, -run.model.reactionSum(u))
  })
  expect(Math.abs(peak - 2.826)).toBeLessThan(1e-3)
})

it('solid and electrolyte carry the same current through every cross-section', () => {
  const run = begin(cellOf(LFP, { steps: [current(12)] }), 1e-9)
  const { model, state } = run
  const f = new Float64Array(model.size)
  model.residual(0, state.u, f)
  for (let p = 0; p < model.nodes; p++)
    expect(Math.abs(f[PHI * model.nodes + p] + f[PSI * model.nodes + p])).toBeLessThan(1e-9)
})

/** Complementary error function, by its continued fraction and series. */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  if (x > 26) return 0
  if (x < 2) {
    let [term, sum] = [x, x]
    for (let n = 1; n < 80; n++) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = 0
  for (let k = 120; k > 0; k--) fraction = k / 2 / (x + fraction)
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction)
}
