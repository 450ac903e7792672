/**
 * Pore-resolved strips of discs (radius 0.3) against independent spectral computations of the same problems, and the
 * verdict on the closures. Linear elements change the geometry itself: fluxes scale with the tensor of the mesh, so the
 * published ones are met on a fine mesh, and errors are those against the homogenized model with the mesh's own tensors.
 */
import { describe, expect, it } from 'vitest'
import { cellOf, judge, type Strip } from '../models/porous/resolved.ts'

const cells = { low: cellOf(16, 0.025), high: cellOf(16, 10) }
const CASE_A: Strip = { cell: cells.low, contrast: 0.025, lambda2: 0.01, right: 1 }
const CASE_B: Strip = { ...CASE_A, right: 0.2 }
const POLARISABLE: Strip = { ...CASE_B, cell: cells.high, contrast: 10 }
const relative = (a: number, b: number) => Math.abs(a / b - 1)
const order = (a: number, b: number) => Math.log2(a / b)

describe('resolved fluxes between reservoirs', () => {
  const fine = cellOf(32, 0.025)
  it.each([
    ['A', 4, { ...CASE_A, cell: fine }, 1.1170678, -1.1170678],
    ['A', 8, { ...CASE_A, cell: fine }, 1.117001, -1.117001],
    ['B', 4, { ...CASE_B, cell: fine }, 1.0262338, -0.1037031],
    ['B', 8, { ...CASE_B, cell: fine }, 1.0246435, -0.1040101],
  ])('case %s, N = %i', (_, N, strip, plus, minus) => {
    const { J_1, J_2 } = judge(strip, N)
    expect(relative(J_1, plus)).toBeLessThan(3e-3)
    expect(relative(J_2, minus)).toBeLessThan(3e-3)
  })

  it.each([
    [16, 4, 1.0262338, -0.1037031],
    [16, 8, 1.0246435, -0.1040101],
    [32, 4, 1.0262338, -0.1037031],
  ])('at %i nodes per cell, N = %i, are off by less than they say, and by no tenth of it', (nodes, N, plus, minus) => {
    const { J_1, J_2, J_1_error, J_2_error } = judge({ ...CASE_B, cell: cellOf(nodes, 0.025) }, N)
    for (const [J, error, exact] of [
      [J_1, J_1_error, plus],
      [J_2, J_2_error, minus],
    ]) {
      expect(Math.abs(J - exact)).toBeLessThan(error)
      expect(Math.abs(J - exact)).toBeGreaterThan(0.1 * error)
    }
  })

  it.each([
    [4, 2.45853, -0.037277],
    [8, 2.39604, -0.037933],
  ])('with charged walls, N = %i', (N, plus, minus) => {
    const { J_1, J_2 } = judge({ ...CASE_B, cell: fine, fixedCharge: -0.942478 }, N)
    expect(relative(J_1, plus)).toBeLessThan(1e-2)
    expect(relative(J_2, minus)).toBeLessThan(1e-2)
  })
})

describe('the verdict on the closures, contrast 0.025', () => {
  const [a, b, c] = [4, 8, 16].map((N) => judge(CASE_B, N))

  it('perforated converges with order 2, with the published errors', () => {
    const published = [2.0e-3, 4.6e-4, 1.1e-4]
    ;[a, b, c].forEach((row, k) => {
      expect(relative(row.flux_perforated, published[k]), `row ${k}`).toBeLessThan(0.05)
    })
    expect(order(b.flux_perforated, c.flux_perforated)).toBeGreaterThan(1.9)
  })

  it('every other reading stays at its own gap', () => {
    const fine = judge({ ...CASE_B, cell: cellOf(32, 0.025) }, 8)
    // Two digits of the published table; 0.284 is p / Dhat - 1.
    for (const [name, gap] of Object.entries({ weak2013: 0.284, printed2013: 0.26, lteDM: 0.011 })) {
      const key = `flux_${name}`
      expect(relative(fine[key], gap), name).toBeLessThan(0.06)
      expect(relative(c[key], b[key]), name).toBeLessThan(0.05)
    }
  })

  it('fields have order 1, with the corrector order 2', () => {
    for (const norm of ['L2c', 'L2phi']) {
      expect(Math.abs(order(b[norm], c[norm]) - 1), norm).toBeLessThan(0.1)
      expect(Math.abs(order(b[`${norm}_corrected`], c[`${norm}_corrected`]) - 2), norm).toBeLessThan(0.2)
    }
  })
})

describe('case A and the polarisable solid', () => {
  it('equal reservoirs: errors 8.7e-5 and 2.7e-5', () => {
    const [a, b] = [4, 8].map((N) => judge(CASE_A, N).flux_perforated)
    expect(relative(a, 8.7e-5)).toBeLessThan(0.25)
    expect(relative(b, 2.7e-5)).toBeLessThan(0.25)
  })

  it('contrast 10 tells the closures apart: 0.67 and 0.71', () => {
    const row = judge(POLARISABLE, 8)
    expect(relative(row.flux_perforated, 4.2e-4)).toBeLessThan(0.25)
    expect(relative(row.flux_lteDM, 0.67)).toBeLessThan(0.05)
    expect(relative(row.flux_printed2013, 0.71)).toBeLessThan(0.05)
    expect(relative(row.flux_weak2013, 0.28)).toBeLessThan(0.05)
  })
})

describe('blocking electrodes', () => {
  it('charge like the homogenized model: 5.6e-2, 1.7e-2 of the half charge', { timeout: 60_000 }, () => {
    const T1: Strip = { cell: cellOf(12, 0.025), contrast: 0.025, lambda2: 0.1, experiment: 'blocking' }
    const [a, b] = [4, 8].map((N) => judge(T1, N, 0.5, 20))
    expect(relative(a.half_charge_perforated, 5.6e-2)).toBeLessThan(0.1)
    expect(relative(b.half_charge_perforated, 1.7e-2)).toBeLessThan(0.1)
    // Another equilibrium, which no time mends.
    expect(relative(b.half_charge_printed2013, 0.34)).toBeLessThan(0.1)
    expect(b.half_charge_weak2013).toBeGreaterThan(0.2)
  })
})
