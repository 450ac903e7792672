import { describe, expect, it } from 'vitest'
import type { TissueInput } from '../../../src/models/tissue/input.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import type { TissueModel } from '../../../src/models/tissue/model.ts'
import { makeConsistent } from '../../../src/numerics/steps.ts'
import { expectJacobian } from './derivatives.ts'
import {
  drain,
  exactCell,
  injection,
  inPieces,
  input,
  type PieceShare,
  presets,
  run,
  start,
  values,
  withGlia,
} from './setup.ts'

const mm = 1e-3
const current = (electrode: 'bridge' | 'silver') =>
  ({ name: 'current', values: { density: 10, on: 0, off: 5, electrode } }) as const
const bath = { name: 'bath', values: { sides: 'both', bath_Na: 140, bath_K: 6 } } as const
const specific = { D_Na: 1.33e-9, D_K: 1.96e-9, D_Cl: 2.03e-9 }

function model(
  preset: string,
  size: number[],
  nodes: number[],
  more: Partial<TissueInput> = {},
  pieces?: readonly PieceShare[],
): TissueModel {
  return macroModel(input(preset, size, nodes, more), pieces ? inPieces(preset, pieces) : exactCell(preset))
}

/** Three kinds of cells that stand alone, the last of them twice. */
const ALONE: readonly PieceShare[] = [
  [0.6, 0.4, false],
  [0.3, 0.3, false],
  [0.05, 0.15, false],
  [0.05, 0.15, false],
]
/** A syncytium with islands of another kind. */
const ISLANDS: readonly PieceShare[] = [
  [0.8, 0.7, true],
  [0.2, 0.3, false],
]

const cases: Record<string, () => TissueModel> = {
  'A1, sealed': () => model('A1', [mm], [12], { stimuli: [injection([0.4 * mm], 1e-4)] }),
  'B2, bridge electrodes': () => model('B2', [mm], [12], { experiment: current('bridge') }),
  'B2, silver electrodes': () => model('B2', [mm], [12], { experiment: current('silver') }),
  'B2, bath': () => model('B2', [mm], [12], { experiment: bath }),
  'D1, gates and ion-specific diffusivities': () => model('D1', [mm], [12], { parameters: values('D1', specific) }),
  'B2, constant field, two dimensions': () =>
    model('B2', [mm, mm], [6, 5], { parameters: values('B2', { ghk: true }) }),
  'A1, three kinds of cells': () => model('A1', [mm], [12], { stimuli: [injection([0.4 * mm], 1e-4)] }, ALONE),
  'D1, gates, two kinds of cells, bridge electrodes': () =>
    model('D1', [mm], [12], { parameters: values('D1', specific), experiment: current('bridge') }, ALONE.slice(1, 3)),
  'A1, three kinds of cells, two dimensions, bath': () => model('A1', [mm, mm], [6, 5], { experiment: bath }, ALONE),
  'A1, glia': () =>
    macroModel(input('A1', [mm], [12], { stimuli: [injection([0.4 * mm], 1e-4)] }), withGlia('A1', 0.4)),
  'D1, gates, glia without': () => macroModel(input('D1', [mm], [12]), withGlia('D1', 0.4)),
  'A1, glia, two dimensions, bath': () =>
    macroModel(input('A1', [mm, mm], [6, 5], { experiment: bath }), withGlia('A1', 0.4)),
  'B2, a syncytium with islands, two dimensions': () => model('B2', [mm, mm], [6, 5], {}, ISLANDS),
  'B2, three dimensions, bath': () => model('B2', [mm, mm, mm], [4, 5, 3], { experiment: bath }),
}

/** A state away from rest, the same for every run. */
function disturbed(m: TissueModel): Float64Array {
  const u = m.initial()
  for (let k = 0; k < u.length; k++) u[k] += m.scale[k] * 0.1 * Math.sin(12.9898 * (k + 1))
  return u
}

describe.each(Object.entries(cases))('%s', (_, make) => {
  it('has the Jacobian that finite differences give', () => {
    const m = make()
    m.enter(0, 1)
    const u = disturbed(m)
    expectJacobian(m, u)
  })

  it('solves its iteration matrix', () => {
    const m = make()
    m.enter(0, 1)
    const u = disturbed(m)
    const linear = m.linearise(0, u)
    const beta = 0.3
    const wanted = u.map((_, k) => m.scale[k] * Math.sin(3.7 * (k + 1)))
    m.normalise(wanted)
    const rhs = new Float64Array(m.size)
    linear.apply(wanted, rhs)
    for (let k = 0; k < m.size; k++) rhs[k] = m.mass[k] === 0 ? -rhs[k] : m.mass[k] * wanted[k] - beta * rhs[k]
    const x = new Float64Array(m.size)
    drain(linear.solve(beta, rhs, x, 1e-11))
    m.normalise(x)
    let error = 0
    for (let k = 0; k < m.size; k++) error = Math.max(error, Math.abs(x[k] - wanted[k]) / m.scale[k])
    expect(error).toBeLessThan(1e-7)
  })

  it('conserves ions and charge in every residual', () => {
    const m = make()
    m.enter(0, 1)
    const u = disturbed(m)
    const out = new Float64Array(m.size)
    const rates = new Float64Array(m.rateCount)
    m.residual(0, u, out)
    m.rates(0, u, rates)
    const n = m.setting.net.nodes
    // Sum over all rows that are balances = what flows in from outside.
    for (const [ion, outside, rate] of [
      ['na', 3, 0],
      ['k', 4, 1],
    ] as const) {
      let sum = 0
      let size = 0
      let supply = 0
      for (let p = 0; p < n; p++) {
        for (const { slots } of m.cells) {
          sum += out[slots[ion] * n + p]
          size += Math.abs(out[slots[ion] * n + p]) + 1e-30
        }
        if (!m.bathNode(p)) {
          sum += out[outside * n + p]
          size += Math.abs(out[outside * n + p])
        }
      }
      // Bath nodes hold their content: what enters them leaves through the interior, so the sums close with the inflow.
      supply = rates[rate]
      expect(Math.abs(sum - supply)).toBeLessThan(1e-11 * size)
    }
  })
})

describe.each(Object.keys(presets))('preset %s', (preset) => {
  it('stays at rest', () => {
    const m = model(preset, [mm], [11])
    const state = start(m)
    const before = Float64Array.from(state.u)
    run(m, 100, { rtol: 1e-6 }, state)
    for (let k = 0; k < m.size; k++) expect(Math.abs(state.u[k] - before[k])).toBeLessThan(1e-7 * m.scale[k] + 1e-9)
  })
})

it('starts with algebraic rows satisfied', () => {
  const m = model('B2', [mm], [21], { experiment: current('bridge') })
  const u = m.initial()
  m.enter(0, 1)
  drain(makeConsistent(m, 0, u, 1e-6))
  const out = new Float64Array(m.size)
  m.residual(0, u, out)
  const n = 21
  for (let p = 0; p < n; p++) expect(Math.abs(out[5 * n + p])).toBeLessThan(1e-9 * 10)
})

it('keeps budgets and neutrality over a long two-dimensional run with loose tolerance', () => {
  const m = model('B2', [mm, mm], [17, 17], { stimuli: [injection([0.4 * mm, 0.6 * mm], 1e-4)] })
  const base = m.contents(m.initial())
  const { state } = run(m, 300, { rtol: 1e-2 })
  const seen = m.observe(300, state.u, state.integrals, base)
  const named = Object.fromEntries(m.observables.map((o, k) => [o.name, seen[k]]))
  for (const ion of ['Na', 'K', 'Cl']) expect(Math.abs(named[`budget_${ion}`])).toBeLessThan(1e-12)
  expect(Math.abs(named.neutrality_I)).toBeLessThan(1e-8)
  expect(Math.abs(named.neutrality_E)).toBeLessThan(1e-8)
})
