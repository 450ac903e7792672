/** The pore-resolved medium: geometry of the tiling, Jacobian, conservation, states, closed and open laminates, refusals. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { steadyState } from '../../../src/models/porous/steady.ts'
import { tilePores } from '../../../src/models/porous/tiling.ts'
import { refuseRepeat } from '../../../src/simulation/resolve.ts'
import { expectJacobian } from '../jacobian.ts'
import { cellOf, DISC_SHAPE, judge, layer, resolved, type Strip } from './resolved.ts'
import { f, transient } from './setup.ts'

const sum = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
const CONTRAST = 0.025
const disc = cellOf(12, CONTRAST)
const CASE_B: Strip = { cell: disc, contrast: CONTRAST, lambda2: 0.01 }

describe('the tiling', () => {
  it('has the volumes of its cells, and walls that carry the charge of the whole volume', () => {
    const tiling = finish(tilePores([cellOf(32, CONTRAST).mesh], 0.25, [4, 2], CONTRAST))
    expect(sum(tiling.volume)).toBeCloseTo(0.5, 12)
    expect(Math.abs(sum(tiling.pore) / 0.5 / (1 - Math.PI * 0.09) - 1)).toBeLessThan(2e-3)
    expect(sum(tiling.walls)).toBeCloseTo(0.5, 12)
    // Charge sits on the interface alone: where both phases meet.
    tiling.walls.forEach((w, p) => {
      expect(w > 0).toBe(tiling.pore[p] > 0 && tiling.pore[p] < tiling.volume[p])
    })
  })

  it('holds ions only where there are pores: a solid on the electrode', () => {
    const m = resolved({ ...CASE_B, cell: cellOf(12, CONTRAST, { ...DISC_SHAPE, center: [0, 0] }) }, 2)
    const { left, pore, nodes } = m.tiling
    const solid = [...left.node].filter((p) => pore[p] === 0)
    expect(solid.length).toBeGreaterThan(0)
    for (const p of solid) expect(m.given[p]).toBe(0.2)
    for (const p of left.node) expect(m.given[2 * nodes + p]).toBeCloseTo(2 / f, 12)
    expect(m.notices).toEqual([])
  })
})

describe('the resolved model', () => {
  it.each(['reservoirs', 'blocking', 'drained'] as const)(
    'has the Jacobian that finite differences give: %s',
    (experiment) => {
      const m = resolved({ ...CASE_B, experiment, fixedCharge: -0.5 }, 2)
      const u = m.initial().map((v, k) => v + 0.05 * m.scale[k] * Math.sin(78.233 * (k + 1)))
      expectJacobian(m, u, m.tiling.nodes, (k) => m.held[k] === 1, 1e-5)
    },
  )

  it.each([1e-4, 1])('solves with the matrix that the Jacobian acts with, step %f', (beta) => {
    const m = resolved({ ...CASE_B, rows: 2 }, 2)
    const u = m.initial()
    const linear = m.linearise(0, u)
    const x = u.map((_, k) => m.scale[k] * Math.sin(12.9898 * (k + 1)))
    const rhs = new Float64Array(m.size)
    linear.apply(x, rhs)
    for (let k = 0; k < m.size; k++) rhs[k] = m.mass[k] === 0 ? -rhs[k] : m.mass[k] * x[k] - beta * rhs[k]
    const solution = new Float64Array(m.size)
    for (const _ of linear.solve(beta, rhs, solution, 1e-10));
    expect(Math.max(...x.map((v, k) => Math.abs(v - solution[k]) / m.scale[k]))).toBeLessThan(1e-8)
  })

  it('keeps every ion between blocking walls to 1e-12', () => {
    const m = resolved({ ...CASE_B, experiment: 'blocking', lambda2: 0.1 }, 4)
    const before = m.contents(m.initial())
    const after = m.contents(transient(m, [0.2], 1e-4)[0])
    after.forEach((c, r) => {
      expect(Math.abs(c / before[r] - 1)).toBeLessThan(1e-12)
    })
  })

  it('shows the mean of a concentration in the solid, and takes only states of its own tiling', () => {
    const m = resolved(CASE_B, 2)
    const { u } = steadyState(m, m.initial())
    const [plus] = m.sample(0, u)
    const solid = m.tiling.pore.indexOf(0)
    expect(plus[solid]).toBeGreaterThan(0.4)
    expect(plus[solid]).toBeLessThan(0.8)
    expect(m.adopt({ u, layout: m.layout })).toEqual(u)
    for (const other of [resolved(CASE_B, 3), resolved({ ...CASE_B, cell: cellOf(12, CONTRAST, layer('y')) }, 2)])
      expect(other.adopt({ u, layout: m.layout })).toBeUndefined()
  })

  it('lets as much out as in, in a steady state', () => {
    const m = resolved({ ...CASE_B, rows: 2 }, 2)
    const { u } = steadyState(m, m.initial())
    const rates = new Float64Array(2)
    m.rates(0, u, rates)
    for (const rate of rates) expect(Math.abs(rate)).toBeLessThan(1e-10)
  })
})

describe('laminates', () => {
  it('across the current: nothing passes, enclosed pores keep what they hold', () => {
    const closed = { ...CASE_B, cell: cellOf(16, CONTRAST, layer('x')) }
    const m = resolved(closed, 4)
    expect(m.notices.map((n) => n.message).join()).toMatch(/cut off along the current/)
    const { u } = steadyState(m, m.initial())
    for (const flux of m.fluxes(u)) expect(Math.abs(flux)).toBeLessThan(1e-12)
    const { pore, position } = m.tiling
    let held = 0
    let volume = 0
    pore.forEach((v, p) => {
      if (Math.abs(position[3 * p] - 0.25) > 0.125) return
      held += v * u[p]
      volume += v
    })
    expect(held / volume).toBeCloseTo(0.2, 7)
    const errors = judge(closed, 4)
    expect(errors.flux_perforated).toBeLessThan(1e-12)
    expect(errors.flux_weak2013).toBeCloseTo(1, 9)
  })

  it('along the current: the exact solution J = p V of a neutral pore', () => {
    const m = resolved({ ...CASE_B, cell: cellOf(16, CONTRAST, layer('y')), right: 1 }, 4)
    const [plus, minus] = m.fluxes(steadyState(m, m.initial()).u)
    expect(plus).toBeCloseTo(0.6 * 2, 9)
    expect(minus).toBeCloseTo(-0.6 * 2, 9)
  })
})

describe('a strip of cells without mirror planes', () => {
  it('is periodic across, so that it stands for the medium: turned ellipses', () => {
    const turned = { shape: 'ellipsoid', phase: 'solid', center: [0.5, 0.5], radii: [0.4, 0.2], rotation: 30 }
    const strip: Strip = { ...CASE_B, cell: cellOf(16, CONTRAST, turned) }
    const [a, b] = [4, 8].map((N) => judge(strip, N))
    expect(b.flux_perforated).toBeLessThan(1e-3)
    expect(a.flux_perforated / b.flux_perforated).toBeGreaterThan(3)
    const m = resolved(strip, 4)
    const [plus] = m.sample(0, m.initial())
    expect(m.macro.nodes).toEqual([65, 17])
    expect(plus.subarray(16 * 65)).toEqual(plus.subarray(0, 65))
  })
})

describe('what is told and refused', () => {
  it('boundary layers where the cell has no mirror plane at the electrodes', () => {
    const shifted = cellOf(12, CONTRAST, { ...DISC_SHAPE, center: [0.35, 0.5] })
    expect(resolved({ ...CASE_B, cell: shifted }, 2).notices[0].message).toMatch(/no mirror plane/)
    expect(resolved(CASE_B, 2).notices).toEqual([])
  })

  it('a sheet of more cells than the direct solver takes', () => {
    const { scenario } = loadScenario('porous-sheet')
    expect(refuseRepeat(scenario, 8)).toBeUndefined()
    expect(refuseRepeat(scenario, 9)).toMatch(/21,025 nodes, and the direct solver .* at most 20,000 in 2D/)
  })
})

describe('the contrast as printed', () => {
  it('is the same solid for the resolved model as for the homogenized one', () => {
    const printed = { more: { absolute_contrast: true }, cell: cellOf(12, 2.5), contrast: 0.025, lambda2: 0.01 }
    const meant = { ...printed, more: {}, contrast: 2.5 }
    expect(resolved(printed, 2).setting.net.edges.displacement).toEqual(
      resolved(meant, 2).setting.net.edges.displacement,
    )
  })
})
