/**
 * The verdict on the homogenized cathode (M. Schmuck 2017, corrected): resolved strips of particles against it, as the
 * period shrinks. The orders are those of periodic homogenization without layers: two for the voltage, for fillings and
 * with correctors, one without; a separator, a slow foil or a cell without mirror planes leaves layers of order one.
 */
import { describe, expect, it } from 'vitest'
import { cellOf, judge, type Strip } from '../models/cathode/strip.ts'

const across = { shape: 'ellipsoid', phase: 'active', center: [0.5, 0.5], radii: [0.28, 0.44], rotation: 0 }
const bar = { shape: 'bar', phase: 'carbon', axis: 'x', center: [0.5, 0.5], width: 0.12 }
const fast = { i_foil: 1e6, k0: 10, sigma_active: 10 }
const published = { ...fast, transport: 'published' as const, r_published: 10 }
const experiment = { name: 'constant-current', values: { current: 200 } }
const strip: Strip = { cell: cellOf(12, [across, bar], published), more: published, experiment }
type Errors = ReturnType<typeof judge>
const order = (a: Errors, b: Errors, norm: string) => Math.log2(a[norm] / b[norm])

describe('a strip of particles that lie across the current', () => {
  const [a, b, c] = [4, 8, 16].map((N) => judge(strip, N, 40))

  it('the voltage and the fillings converge with order two', () => {
    for (const norm of ['voltage', 'filling']) {
      expect(order(a, b, norm), norm).toBeGreaterThan(1.7)
      expect(Math.abs(order(b, c, norm) - 2), norm).toBeLessThan(0.2)
    }
    expect(c.voltage).toBeLessThan(1e-3)
  })

  it('salt and potentials have order one, with their correctors order two', () => {
    for (const field of ['salt', 'phi']) {
      expect(Math.abs(order(b, c, field) - 1), field).toBeLessThan(0.1)
      expect(Math.abs(order(b, c, `${field}_corrected`) - 2), field).toBeLessThan(0.2)
    }
    expect(Math.abs(order(b, c, 'psi_corrected') - 2)).toBeLessThan(0.1)
  })

  it('Bruggeman and the published flux average stay at their own gaps', () => {
    for (const closure of ['bruggeman', 'published']) {
      const norm = `voltage_${closure}`
      expect(Math.abs(order(b, c, norm)), norm).toBeLessThan(0.1)
      expect(c[norm], norm).toBeGreaterThan(50 * c.voltage)
    }
    // The average makes the electrolyte a better conductor than its own volume.
    expect(c.voltage_published).toBeGreaterThan(c.voltage_bruggeman)
  })
})

describe('layers of one cell', () => {
  const pair = (change: Partial<Strip>) => [8, 16].map((N) => judge({ ...strip, ...change }, N, 40))

  it('at a separator leave order one', () => {
    const [a, b] = pair({ more: { ...fast, transport: 'cell' as const, separator: 2.5e-5 } })
    expect(Math.abs(order(a, b, 'voltage') - 1)).toBeLessThan(0.3)
    expect(b.voltage).toBeLessThan(2e-2)
  })

  it('at a slow foil, a part of which the carbon covers, they are seen in the potential', () => {
    const [a, b] = pair({ cell: cellOf(12), more: { k0: 10 } })
    expect(Math.abs(order(a, b, 'phi_corrected') - 1)).toBeLessThan(0.3)
    expect(Math.abs(order(a, b, 'salt_corrected') - 2)).toBeLessThan(0.3)
  })
})
