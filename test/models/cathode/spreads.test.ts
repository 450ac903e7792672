/** Resolved particles that differ: their draws, their equilibrium, their Jacobian, and what is refused. */
import { describe, expect, it } from 'vitest'
import type { ShapeSpec } from '../../../src/cell/cell.ts'
import { GLOBALS, Y } from '../../../src/models/cathode/layout.ts'
import type { CathodeValues } from '../../../src/models/cathode/parameters/index.ts'
import type { ResolvedCathode } from '../../../src/models/cathode/resolved/model.ts'
import { InputError } from '../../../src/parameter.ts'
import { expectJacobian } from '../jacobian.ts'
import { BAR, cellOf, course, DISC, judge, observed, resolved } from './strip.ts'

const disc = cellOf(12)
const SPREAD: Partial<CathodeValues> = { noise: 0.3, size_spread: 0.4, seed: 5, i_foil: 1e6 }

/** Shift and factor of the area of every particle along the strip. */
function numbers(m: ResolvedCathode, alike: ResolvedCathode) {
  const [host] = m.hosts
  const cells: { shift: Set<number>; area: Set<string> }[] = []
  for (const p of host.active.keys()) {
    if (host.active[p] === 0) continue
    const cell = Math.floor(m.tiling.position[3 * p] / m.tiling.size)
    cells[cell] ??= { shift: new Set(), area: new Set() }
    cells[cell].shift.add(host.shift[p])
    if (host.area[p] > 0) cells[cell].area.add((host.area[p] / alike.hosts[0].area[p]).toFixed(12))
  }
  return cells.map(({ shift, area }) => [[...shift], [...area].map(Number)])
}

describe('particles that differ', () => {
  it('have one number each, which does not depend on the mesh', () => {
    const [coarse, fine] = [disc, cellOf(16)].map((cell) =>
      numbers(resolved({ cell, more: SPREAD }, 4), resolved({ cell, more: { i_foil: 1e6 } }, 4)),
    )
    expect(coarse).toHaveLength(4)
    for (const [shift, area] of coarse) expect([shift.length, area.length]).toEqual([1, 1])
    expect(fine).toEqual(coarse)
    expect(new Set(coarse.map(([[shift]]) => shift)).size).toBe(4)
    const other = numbers(
      resolved({ cell: disc, more: { ...SPREAD, seed: 6 } }, 4),
      resolved({ cell: disc, more: { i_foil: 1e6 } }, 4),
    )
    expect(other).not.toEqual(coarse)
  })

  it('come to one voltage at rest, each with the filling that its own shift asks for', () => {
    const rest = { name: 'rest', values: { duration: 1e6 } }
    const m = resolved({ cell: disc, more: { ...SPREAD, y0: 0.4 }, experiment: rest }, 4)
    const { u } = course(m, [0, 1e5], 1e-7).at(-1)!
    const [{ shift, active }] = m.hosts
    const level = [...active.keys()]
      .filter((p) => active[p] > 0)
      .map((p) => {
        const y = u[Y * m.nodes + p]
        return Math.log(y / (1 - y)) - 3 * (1 - 2 * y) + shift[p]
      })
    expect(Math.max(...level) - Math.min(...level)).toBeLessThan(1e-5)
    const fillings = active.map((v, p) => (v > 0 ? u[Y * m.nodes + p] : 0.4))
    expect(Math.max(...fillings) - Math.min(...fillings)).toBeGreaterThan(0.03)
    for (const name of ['budget_salt', 'budget_lithium']) expect(Math.abs(observed(m, u, name))).toBeLessThan(1e-12)
  })

  it('have the Jacobian that finite differences give, and are told', () => {
    const m = resolved({ cell: disc, more: SPREAD }, 4)
    const [{ u }] = course(m, [10])
    m.scale.fill(0, m.globals + GLOBALS.STEP)
    expectJacobian(m, u, m.nodes, (k) => k >= m.size)
    expect(m.notices.map((n) => n.message).join()).toMatch(/drawn cell by cell.*means over many particles/)
  })

  it('are not compared, and do not reach from cell to cell', () => {
    const said = (run: () => unknown) => {
      try {
        run()
      } catch (error) {
        if (error instanceof InputError) return error.problems.map((p) => `${p.path}: ${p.message}`).join()
        throw error
      }
      return ''
    }
    expect(said(() => judge({ cell: disc, more: SPREAD }, 4, 10))).toMatch(/parameters.noise: .*differ by chance/)
    const wide: ShapeSpec = { ...DISC, radius: 0.55 }
    const touching = cellOf(12, [wide, { ...BAR, axis: 'y', phase: 'electrolyte' }, { ...BAR, width: 0.2 }], {
      carbon_permeable: true,
    })
    expect(said(() => resolved({ cell: touching, more: { ...SPREAD, carbon_permeable: true } }, 4))).toMatch(
      /parameters.noise: .*over the side of their cell/,
    )
  })
})
