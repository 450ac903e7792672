/** Impedance of the cell: against direct complex elimination, its limits, and the porous line of de Levie. */
import { describe, expect, it } from 'vitest'
import { butlerVolmer } from '../../../src/models/cathode/laws/kinetics.ts'
import { impedance } from '../../../src/simulation/impedance.ts'
import {
  advance,
  begin,
  type CellOptions,
  cellOf,
  current,
  held,
  LFP,
  type Preset,
  TEACHING,
  TIS2,
  voltage,
} from './setup.ts'

function spectrum(preset: Preset, options: CellOptions, frequencies: number[]) {
  const run = begin(cellOf(preset, options), 1e-10)
  const measuring = impedance(run.model, { t: 0, u: run.state.u }, frequencies)
  let next = measuring.next()
  while (!next.done) next = measuring.next()
  return next.value
}

const decades = [1e-4, 1e-2, 1, 1e2, 1e4, 1e6]

describe('impedance of a cell', () => {
  it('is passive, and the same whether its current or its voltage is held', () => {
    const a = spectrum(TIS2, { grading: 20, values: { y0: 0.5 }, steps: [current(0)] }, decades)
    const rest = voltage(begin(cellOf(TIS2, { grading: 20, values: { y0: 0.5 }, steps: [current(0)] }), 1e-10))
    const b = spectrum(TIS2, { grading: 20, values: { y0: 0.5 }, steps: [held(rest)] }, decades)
    a.forEach((z, k) => {
      expect(z.re).toBeGreaterThan(0)
      expect(z.im).toBeLessThanOrEqual(1e-12)
      expect(z.residual).toBeLessThan(1e-9)
      expect(b[k].re / z.re).toBeCloseTo(1, 6)
    })
  })

  it('tends at high frequency to the answer at once, (V(0+, 0) - V(0+, I)) / I', () => {
    const values = { y0: 0.5 }
    const volts = [0, 1e-2].map((I) =>
      voltage(begin(cellOf(TIS2, { grading: 20, values, steps: [current(I)] }), 1e-10)),
    )
    const [z] = spectrum(TIS2, { grading: 20, values, steps: [current(0)] }, [1e9])
    expect(z.re / ((volts[0] - volts[1]) / 1e-2)).toBeCloseTo(1, 5)
  })

  it.each(['E1', 'E2', 'E3', 'E4'])(
    '%s: at high frequency the separator has no resistance of its mesh',
    (electrolyte) => {
      const values = { y0: 0.5, electrolyte, salt: electrolyte === 'E3' ? 'polymer' : 'ideal' }
      const [coarse, fine] = [2, 64].map((separatorCells) => {
        const options = { grading: 20, separatorCells, values, steps: [current(0)] }
        return { at: spectrum(TIS2, options, [1e9])[0].re, once: voltage(begin(cellOf(TIS2, options), 1e-10)) }
      })
      expect(coarse.at / fine.at).toBeCloseTo(1, 7)
      expect(coarse.once).toBeCloseTo(fine.once, 9)
    },
  )

  it('at low frequency is the capacitance of the voltage curve, Q dU/dy', () => {
    const f = 1e-7
    const [z] = spectrum(TEACHING, { values: { Omega: -3, y0: 0.5, noise: 0 }, steps: [current(0)] }, [f])
    const model = cellOf(TEACHING, { values: { Omega: -3, y0: 0.5, noise: 0 } })
    const slope = model.setting.thermal * (4 + 6)
    expect((-z.im * 2 * Math.PI * f * model.capacity) / slope).toBeCloseTo(1, 5)
  })

  it('without salt gradients is the line of de Levie: Z = (R_ions + Z_surface) of a porous electrode, order 2', () => {
    // sigma infinite, linear surface admittance a i0 F/RT + i omega a C, no diffusion: Z = coth(sqrt(g r) L) sqrt(r/g).
    const [kappa, i0, C, a, L] = [0.05, 1, 0.2, 1e6, 1e-4]
    const values = { noise: 0, y0: 0.5, Omega: 0, salt: 'given', kappa, t_plus: 0.99, D_salt: 1e-7, i_foil: 1e12 }
    const salt = { at: (_c: number, out: Float64Array) => out.set([1e3, 0, kappa, 0, 0.5, 0]) }
    const frequency = 3
    const errors = [50, 100].map((cells) => {
      const base = cellOf(LFP, { values })
      const setting = {
        kinetics: butlerVolmer(i0, 0.5),
        electrolyte: { ...base.setting.electrolyte, salt },
        sites: 1e12,
      }
      const structure = { T: 1, a, Sigma: 1e9 }
      const options = {
        separator: 0,
        cathode: L,
        cells,
        structure,
        values,
        setting,
        doubleLayer: C,
        steps: [current(0)],
      }
      const [z] = spectrum(LFP, options, [frequency])
      const thermal = base.setting.thermal
      // g = a (i0/thermal + i omega C), r = 1/kappa; complex square roots by polar form.
      const [re, im] = [(a * i0) / thermal, a * C * 2 * Math.PI * frequency]
      const [size, angle] = [Math.hypot(re, im), Math.atan2(im, re)]
      const k = [Math.sqrt(size / kappa) * Math.cos(angle / 2) * L, Math.sqrt(size / kappa) * Math.sin(angle / 2) * L]
      const front = [Math.cos(-angle / 2) / Math.sqrt(size * kappa), Math.sin(-angle / 2) / Math.sqrt(size * kappa)]
      // coth(x + iy) = (sinh 2x - i sin 2y) / (cosh 2x - cos 2y)
      const below = Math.cosh(2 * k[0]) - Math.cos(2 * k[1])
      const coth = [Math.sinh(2 * k[0]) / below, -Math.sin(2 * k[1]) / below]
      const exact = [front[0] * coth[0] - front[1] * coth[1], front[0] * coth[1] + front[1] * coth[0]]
      return Math.hypot(z.re - exact[0], z.im - exact[1]) / Math.hypot(exact[0], exact[1])
    })
    expect(errors[1]).toBeLessThan(1e-3)
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(1.8)
  })

  it('a double layer shorts the reaction at high frequency', () => {
    const values = { y0: 0.5 }
    const [bare] = spectrum(TIS2, { grading: 20, values, steps: [current(0)] }, [1e5])
    const [layered] = spectrum(TIS2, { grading: 20, values, doubleLayer: 0.1, steps: [current(0)] }, [1e5])
    expect(layered.re).toBeLessThan(bare.re)
    expect(layered.residual).toBeLessThan(1e-9)
  })

  it.each([
    ['a voltage', held(2.2)],
    ['a power', { label: 'power', hold: 'power', value: 10, until: {} }],
  ] as const)('leaves a cell that holds %s as it was', (_, step) => {
    const options = { grading: 20, values: { y0: 0.5 }, doubleLayer: 0.1, steps: [step] }
    const [a, b] = [begin(cellOf(TIS2, options)), begin(cellOf(TIS2, options))]
    const { model, state } = a
    const residual = () => {
      const f = new Float64Array(model.size)
      model.residual(1, state.u, f)
      return f
    }
    const before = residual()
    const measuring = impedance(model, { t: 0, u: state.u }, decades)
    while (!measuring.next().done);
    expect(residual()).toEqual(before)
    for (const run of [a, b]) advance(run, 20)
    expect(state.u).toEqual(b.state.u)
    expect(a.integrator.report).toEqual(b.integrator.report)
  })

  it('agrees with a small alternating current in time', () => {
    const values = { Omega: -3, y0: 0.5, noise: 0 }
    const f = 0.05
    const [z] = spectrum(TEACHING, { values, steps: [current(0)] }, [f])
    // The answer to a step of current is the sum over its spectrum; compare V(t) after many small steps of a sine.
    const I = 1e-3
    const perPeriod = 400
    const steps = Array.from({ length: 4 * perPeriod }, (_, k) =>
      current(I * Math.sin((2 * Math.PI * (k + 0.5)) / perPeriod), { duration: 1 / f / perPeriod }),
    )
    const run = begin(cellOf(TEACHING, { values, steps }), 1e-9)
    let [c, s, count] = [0, 0, 0]
    const start = voltage(begin(cellOf(TEACHING, { values, steps: [current(0)] }), 1e-10))
    for (const accepted of run.integrator.advance(run.state, 4 / f)) {
      if (!accepted || !run.integrator.atEvent) continue
      const t = run.state.t
      if (t < 3 / f - 1e-9) continue
      count++
      const phase = 2 * Math.PI * f * t
      c += (voltage(run) - start) * Math.cos(phase)
      s += (voltage(run) - start) * Math.sin(phase)
    }
    // V - V0 = -I |Z| sin(wt + arg Z): discharge lowers the voltage.
    // Pieces of constant current lag by half a piece; the first period has not quite died out.
    expect(Math.abs((-2 * s) / count / I / z.re - 1)).toBeLessThan(0.02)
    expect(Math.abs((-2 * c) / count / I / z.im - 1)).toBeLessThan(0.05)
    expect(count).toBeGreaterThan(perPeriod)
  })
})
