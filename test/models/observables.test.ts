/** What a run reports beside its fields, from states whose numbers are known by hand. */
import { describe, expect, it } from 'vitest'
import { C, GLOBALS, Y } from '../../src/models/cathode/layout.ts'
import { FARADAY } from '../../src/models/constants.ts'
import type { Model } from '../../src/models/family.ts'
import { capacityOf, cellOf, current, LFP } from './cathode/setup.ts'
import { DISC, f, model as porous } from './porous/setup.ts'
import { cellCentredModel, exactTissue } from './tissue/setup.ts'

function observed(model: Model, u: Float64Array, integrals: Float64Array, baseline: Float64Array) {
  const values = model.observe(0, u, integrals, baseline)
  return Object.fromEntries(model.observables.map(({ name }, k) => [name, values[k]]))
}

describe('a tissue', () => {
  const [n, length] = [5, 1e-3]
  const { fractionI, fractionE } = exactTissue('B1')
  const [NA_I, K_I, V, NA_E, K_E, PHI] = [0, 1, 2, 3, 4, 5]
  const model = cellCentredModel('B1', n, length)
  const before = model.initial()
  const add = (u: Float64Array, field: number, by: (p: number) => number) => {
    for (let p = 0; p < n; p++) u[field * n + p] += by(p)
    return u
  }
  const baseline = model.contents(before)

  it('reports extremes, means and drops of its fields', () => {
    const u = add(
      add(Float64Array.from(before), K_E, (p) => p),
      V,
      (p) => 1e-3 * (p - 1) ** 2,
    )
    for (let p = 0; p < n; p++) u[PHI * n + p] = 1e-3 * Math.abs(p - 1)
    const seen = observed(model, u, new Float64Array(4), baseline)
    const rest = before[V * n]
    expect(seen.K_E_max).toBeCloseTo(before[K_E * n] + 4, 12)
    expect(seen.V_min).toBeCloseTo(rest, 12)
    expect(seen.V_max).toBeCloseTo(rest + 9e-3, 12)
    expect(seen.V_mean).toBeCloseTo(rest + (1e-3 * (1 + 0 + 1 + 4 + 9)) / 5, 12)
    expect(seen.phi_E_range).toBeCloseTo(3e-3, 12)
    expect(seen.potential_drop).toBeCloseTo(1e-3 - 3e-3, 12)
  })

  it('holds what each ion gained against what came in', () => {
    // 3 mM more sodium and 2 mM more potassium outside, 1 mM more potassium inside, and chloride with them.
    let u = add(
      add(Float64Array.from(before), NA_E, () => 3),
      K_E,
      () => 2,
    )
    u = add(
      add(u, K_I, () => 1),
      NA_I,
      () => 0,
    )
    const [inside, outside] = [fractionI * length, fractionE * length]
    const came = [0.5, 0.25, 0.125, 0.0625].map((part) => part * inside)
    const seen = observed(model, u, Float64Array.from(came), baseline)
    expect(seen.budget_Na).toBeCloseTo((3 * outside - came[0]) / baseline[0], 12)
    expect(seen.budget_K).toBeCloseTo((2 * outside + inside - came[1]) / baseline[1], 12)
    expect(seen.budget_Cl).toBeCloseTo((5 * outside + inside - came[2]) / baseline[2], 12)
    expect(seen.neutrality_I).toBeCloseTo((inside - came[3]) / inside, 12)
    expect(seen.neutrality_E).toBeCloseTo((5 * outside - came[2] + came[3]) / outside, 12)
  })
})

describe('a porous film', () => {
  const nodes = 11
  const fluxOf = { diffusivity: [1, 3] as [number, number], first: 1 / (nodes - 1) }
  const model = porous({ lambda2: 0.01, left: [1, 1], right: [2, 2], voltage: 1, nodes, ...fluxOf })
  const x = Array.from({ length: nodes }, (_, p) => model.setting.net.position[3 * p])
  const state = (c1: (x: number) => number, c2: (x: number) => number, phi: (x: number) => number) =>
    Float64Array.from([...x.map(c1), ...x.map(c2), ...x.map(phi)])
  const D = DISC.perforated[0][0]

  it('reports the flux of each ion, and their current', () => {
    const u = state(
      (s) => 1 + s,
      (s) => 2 - s / 2,
      () => 0,
    )
    const seen = observed(model, u, new Float64Array(2), model.contents(u))
    expect(seen.flux_1).toBeCloseTo(-D, 10)
    expect(seen.flux_2).toBeCloseTo(1.5 * D, 10)
    expect(seen.current / FARADAY).toBeCloseTo(-2.5 * D, 10)
  })

  it('reports charge, and heat of ions that move', () => {
    // Uniform ions in a uniform field: mobility times field squared.
    const u = state(
      () => 1.5,
      () => 0.5,
      (s) => (0.2 * (1 - s)) / f,
    )
    const seen = observed(model, u, new Float64Array(2), model.contents(u))
    const charge = DISC.pore * (1.5 - 0.5)
    expect(seen.mean_charge).toBeCloseTo(charge, 10)
    expect(seen.half_charge).toBeCloseTo(charge / 2, 10)
    expect(seen.dissipation / (FARADAY / f)).toBeCloseTo(D * 0.2 ** 2 * (1.5 + 3 * 0.5), 10)
    const mixing = 1.5 * (Math.log(1.5) - 1) + 0.5 * (Math.log(0.5) - 1)
    // The field's share: half the charge times its potential and that of the sides alone, 1 and 0 thermal voltages.
    const field = (0.5 * charge * (0.2 + 1)) / 2
    expect(seen.energy / (FARADAY / f)).toBeCloseTo(DISC.pore * mixing + field, 10)
  })

  it('holds what each ion gained against what came in', () => {
    const u = state(
      () => 1.5,
      () => 0.5,
      () => 0,
    )
    const seen = observed(model, u, Float64Array.of(0.3, -0.1), Float64Array.of(1, 1))
    expect(seen.budget_1).toBeCloseTo((1.5 * DISC.pore - 1 - 0.3) / 1.3, 10)
    expect(seen.budget_2).toBeCloseTo((0.5 * DISC.pore - 1 + 0.1) / 1.1, 10)
  })
})

describe('a cathode', () => {
  const model = cellOf(LFP, { cells: 10, separatorCells: 5, values: { noise: 0 }, steps: [current(5), current(6)] })
  const { nodes: n, globals, setting } = model
  const u = model.initial()
  const baseline = model.contents(u)
  const fillings = [0.05, 0.05, 0.05, 0.05, 0.05, 0.4, 0.55, 0.55, 0.95, 0.95]
  const mean = fillings.reduce((a, b) => a + b, 0) / 10
  model.hosts[0].reactive.forEach((p, k) => {
    u[Y * n + p] = fillings[k]
  })
  u[C * n + 3] = 0.5
  u[C * n + 4] = 1.75
  u[globals + GLOBALS.Q] = 0.25
  u[globals + GLOBALS.STEP] = 1
  const came = [0.125, -0.25]
  const seen = observed(model, u, Float64Array.from(came), baseline)
  const capacity = capacityOf(LFP)

  it('reports capacity, fillings and their phases', () => {
    expect(seen.utilisation).toBe(0.25)
    expect(seen.capacity).toBeCloseTo(capacity / 4, 6)
    // Grams of active material per mole of sites.
    const molar = (1000 * 3600) / setting.sites
    expect(seen.specific / 3600 / ((0.25 * FARADAY) / 3.6 / molar)).toBeCloseTo(1, 10)
    expect(seen.filling).toBeCloseTo(mean, 12)
    expect(seen.rich).toBeCloseTo(0.4, 12)
    expect(seen.unstable).toBeCloseTo(0.3, 12)
    const mu = setting.omega * (1 - 2 * mean) + Math.log(mean / (1 - mean))
    expect(seen.open_circuit).toBeCloseTo(setting.standard - mu / f, 10)
    expect(seen.step).toBe(2)
  })

  it('reports the extremes of the salt, and what salt and lithium gained against what came in', () => {
    expect(seen.salt_min).toBeCloseTo(0.5 * setting.reference, 10)
    expect(seen.salt_max).toBeCloseTo(1.75 * setting.reference, 10)
    // One cell of the separator, 5 µm wide, lost 0.5 and another one gained 0.75.
    const gained = 0.25 * 5e-6 * setting.separator.p * setting.reference
    expect(seen.budget_salt).toBeCloseTo((gained - came[0]) / baseline[0], 10)
    const lithium = mean - setting.filling0 - 0.25
    expect(seen.budget_lithium).toBeCloseTo(lithium - (came[1] * FARADAY) / capacity, 10)
  })
})
