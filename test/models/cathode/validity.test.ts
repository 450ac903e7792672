/** The numbers that say how far the homogenized cathode may be trusted, each against a value computed by hand. */
import { describe, expect, it } from 'vitest'
import { CathodeModel } from '../../../src/models/cathode/homogenized/model.ts'
import { PHI, Y } from '../../../src/models/cathode/layout.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import { begin, type CellOptions, capacityOf, cellOf, current, LFP, type Preset, TIS2 } from './setup.ts'

const PERIOD = 1e-6
const RADIUS = 50e-9

function validity(preset: Preset, options: CellOptions, change?: (u: Float64Array, nodes: number) => void) {
  const plain = cellOf(preset, { cells: 25, separatorCells: 10, ...options })
  const cell = new CathodeModel(plain.setting, { ...plain.description, radius: RADIUS })
  const { model, state } = begin(cell, 1e-10)
  change?.(state.u, model.nodes)
  const { numbers, outside } = model.validity(state.u, 1, PERIOD)
  return { model, outside, numbers, of: Object.fromEntries(numbers.map((n) => [n.name, n.value])) }
}

describe('validity of the homogenized cathode', () => {
  it('names six numbers and where they fail', () => {
    const thresholds = validity(LFP, {}).numbers.map((n) => [n.name, n.threshold])
    expect(thresholds).toEqual([
      ['epsilon', 0.1],
      ['inside', 0.01],
      ['zone', 1],
      ['salt', 1],
      ['front', 0.5],
      ['flow', 0.1],
    ])
  })

  it('epsilon: the period over the thickness of the cathode', () => {
    expect(validity(LFP, {}).of.epsilon).toBeCloseTo(1e-6 / 50e-6, 14)
  })

  it('inside: R² I / (D_s Q), with the square of the radius', () => {
    const I = (2 * capacityOf(LFP)) / 3600
    const D_s = 1e-16
    const exact = (RADIUS ** 2 / D_s) * (2 / 3600)
    expect(validity(LFP, { values: { D_s }, steps: [current(I)] }).of.inside / exact).toBeCloseTo(1, 8)
    expect(validity(LFP, { values: { D_s }, steps: [current(-I)] }).of.inside / exact).toBeCloseTo(1, 8)
  })

  it.each([
    [0.3, 0.3],
    [0.001, 0.01],
  ])('zone: three cells over sqrt(T kappa RT / (F a i0)), at y = %f as at %f', (y0, y) => {
    const [alpha, omega, thermal] = [0.3, 2.5, (GAS_CONSTANT * 298.15) / FARADAY]
    const values = { y0, alpha, Omega: omega, noise: 0 }
    const { zone } = validity(LFP, { values, grading: 5, structure: { T: 0.2 } }).of
    // Of an ideal salt at 1000 mol/m³; the first of 25 cells, each 5^(1/24) times as wide as the one before.
    const kappa = (FARADAY * 1000 * (2.2e-10 + 2.94e-10)) / thermal
    const i0 = 0.16 * (1 - y) ** (1 - alpha) * y ** alpha * Math.exp(alpha * omega * (1 - 2 * y))
    const r = 5 ** (1 / 24)
    const h = (50e-6 * (r - 1)) / (r ** 25 - 1)
    expect(zone / ((3 * h) / Math.sqrt((0.2 * kappa * thermal) / (LFP.a * i0)))).toBeCloseTo(1, 9)
  })

  it.each([
    [2.75, 1.25],
    [0.05, 4],
    [1.5, 1.5 / 2.2],
  ])('salt: beyond the range of its data, 200 to 2200 mM, at %f M: %f; and where', (c, exact) => {
    const options = { cells: 20, separatorCells: 10 }
    const { of, outside, model } = validity(TIS2, options, (u, n) => {
      u.fill(1.5, 0, n)
      u.fill(c, 20, n)
    })
    expect(of.salt / exact).toBeCloseTo(1, 6)
    // Nodes of the box are 5 µm apart; the last eleven centres of cells lie at 97.5 µm and beyond.
    const x = (k: number) => (k * model.macro.size[0]) / 30
    outside.forEach((bits, k) => {
      if (x(k) < 92e-6) expect(bits).toBe(0)
      else if (x(k) > 98e-6) expect(bits).toBe(exact > 1 ? 0b1000 : 0)
    })
  })

  it('salt: 0 for data without a range', () => {
    expect(validity(LFP, {}, (u, n) => u.fill(9, 0, n)).of.salt).toBe(0)
  })

  it('front: the period over the width of a front, 0 without one', () => {
    const values = { solid: 'thermodynamic', gradient: 'width', front_width: 0.08 }
    expect(validity(LFP, { values, structure: { Ms: 0.4 } }).of.front).toBeCloseTo(1e-6 / (0.08 * 50e-6), 12)
    expect(validity(LFP, { values }).of.front).toBe(0)
    expect(validity(LFP, { values: { ...values, Omega: 1.5 }, structure: { Ms: 0.4 } }).of.front).toBe(0)
  })

  it.each([
    ['E3', 8.854e-11],
    ['E1', (2 * FARADAY * 1000 * (0.05 * 50e-6) ** 2) / ((GAS_CONSTANT * 298.15) / FARADAY)],
  ])('flow: the force of the charges of a parabolic potential, %s', (electrolyte, permittivity) => {
    const slope = 3e9
    const thermal = (GAS_CONSTANT * 298.15) / FARADAY
    const { x } = cellOf(LFP, { cells: 25, separatorCells: 10 }).setting.grid
    const { of } = validity(LFP, { values: { electrolyte, delta: 0.05 } }, (u, n) => {
      u.fill(1, 0, n)
      u.fill(0, n)
      for (let p = 0; p < n; p++) u[PHI * n + p] = slope * x[p] ** 2
      u.fill(0.5, Y * n, (Y + 1) * n)
    })
    // psi'' = 2 s and psi' = 2 s x, by differences s (x_right + x_left).
    const field = slope * thermal * (x[x.length - 1] + x[x.length - 3])
    const force = permittivity * 2 * slope * thermal * field
    const D = (2 * 2.2e-10 * 2.94e-10) / (2.2e-10 + 2.94e-10)
    expect(of.flow / ((2.5e-13 * force * 50e-6) / D)).toBeCloseTo(1, 9)
  })
})
