/** Each piece of a phase is drawn with the filling of its own kind, whatever mesh it is found on. */
import { describe, expect, it } from 'vitest'
import { CellPicture } from '../../../src/app/picture/cellPicture.ts'
import { aroundPoint } from '../../../src/app/picture/expansion.ts'
import { pieceAtNodes, pointsInside } from '../../../src/cell/where.ts'
import { fieldsIn } from '../../../src/models/cathode/outputs.ts'
import { particleKinds } from '../../../src/models/cathode/structure/kinds.ts'
import { cellOf, inputOf } from '../../models/cathode/strip.ts'

const SHAPES = [
  { shape: 'bar', phase: 'carbon', axis: 'x', center: [0.5, 0.5], width: 0.12 },
  { shape: 'ball', phase: 'active', center: [0.4, 0.5], radius: 0.24 },
  { shape: 'ball', phase: 'active', center: [0.9, 0.5], radius: 0.12 },
]
const cell = cellOf(32, SHAPES)
const fields = fieldsIn(cell, inputOf({ cell }, 8).parameters, particleKinds(cell, cell.phases.active.fraction, 1))
const [large, small] = ['y', 'y_2'].map((name) => fields.find((field) => field.name === name)!)

describe('points inside the pieces', () => {
  it('lie in them, far from their surface', () => {
    const points = pointsInside(cell.mesh, 'active')
    expect(points).toHaveLength(2)
    const from = (x: number) => Math.min(...points.map((point) => Math.hypot(point[0] - x, point[1] - 0.5)))
    expect(from(0.4)).toBeLessThan(0.06)
    expect(from(0.9)).toBeLessThan(0.06)
  })

  it('are those of the pieces at the nodes', () => {
    const pieces = pieceAtNodes(cell.mesh, 'active')
    expect([...new Set(pieces)].sort()).toEqual([-1, 0, 1])
  })
})

describe.each([16, 32, 48])('on a mesh of %i', (resolution) => {
  const picture = new CellPicture(cellOf(resolution, SHAPES), [40, 40])
  const { points } = picture.places(large)

  it('every point takes the filling of the particle that it lies in', () => {
    const { names, at } = picture.sources(small)
    expect(names).toEqual(['y', 'y_2'])
    points.forEach((q, i) => {
      // The small one reaches over the edge of the cell.
      const x = picture.points[2 * q]
      expect(names[at(i)], `x = ${x}`).toBe(x > 0.72 || x < 0.08 ? 'y_2' : 'y')
    })
  })

  it('each field has sources of its own, whatever else is drawn at the same points', () => {
    const [first, second] = ['eta', 'eta_2'].map((name) => fields.find((field) => field.name === name)!)
    for (const field of [first, second]) expect(picture.sources(field).names).toEqual(['eta', 'eta_2'])
    expect(picture.sources(large).names).toEqual(['y', 'y_2'])
  })

  it('the microscope shows both, whichever is chosen', () => {
    const macro = { dimension: 1 as const, size: [1], nodes: [3] }
    const values = fields.map(({ name }) => new Float32Array(3).fill(name === 'y' ? 0.2 : name === 'y_2' ? 0.7 : 0))
    const entry = { full: { checkpoint: { macro }, fields: values }, model: { fields } } as never
    for (const field of [large, small]) {
      const { u0 } = aroundPoint(entry, field, picture, [0.5], 0.1)
      const seen = [...new Set(u0)].sort()
      expect(seen[0]).toBeCloseTo(0.2, 6)
      expect(seen[1]).toBeCloseTo(0.7, 6)
      expect(seen).toHaveLength(2)
    }
  })
})

it('the reaction, which is that of all particles, is drawn in none', () => {
  expect(fields.find(({ name }) => name === 'rate')!.microscopic).toBeUndefined()
})

it('the potential of a particle that stays out is not drawn: it floats', () => {
  const bar = { ...SHAPES[0], center: [0.5, 0.3] }
  const balls = [0.3, 0.78].map((y, k) => ({ ...SHAPES[1], center: [0.5, y], radius: 0.2 - 0.08 * k }))
  const idle = cellOf(32, [bar, ...balls])
  const own = fieldsIn(idle, inputOf({ cell: idle }, 8).parameters, particleKinds(idle, idle.phases.active.fraction, 1))
  const picture = new CellPicture(cellOf(16, [bar, ...balls]), [40, 40])
  const heights = (name: string) => {
    const { points } = picture.places(own.find((field) => field.name === name)!)
    return Array.from(points, (q) => picture.points[2 * q + 1])
  }
  expect(Math.max(...heights('psi'))).toBeLessThan(0.55)
  expect(Math.max(...heights('eta'))).toBeLessThan(0.55)
  expect(Math.max(...heights('y_2'))).toBeGreaterThan(0.8)
})

describe('particles of two materials', () => {
  const shapes = [
    { ...SHAPES[0], center: [0.5, 0.4] },
    { ...SHAPES[1], center: [0.4, 0.4] },
    { ...SHAPES[2], center: [0.9, 0.4], phase: 'active2' },
    { ...SHAPES[2], center: [0.4, 0.85], radius: 0.08, phase: 'active2' },
  ]
  const own = cellOf(32, shapes)
  const amounts = ['active', 'active2'].map((name) => own.phases[name].fraction)
  const kinds = particleKinds(own, amounts[0], 1, { q: amounts[1], contact: 1 })
  const drawn = fieldsIn(own, inputOf({ cell: own }, 8).parameters, kinds)
  const named = (name: string) => drawn.find((field) => field.name === name)!

  it.each([16, 32])('are drawn together on a mesh of %i, each with its own filling', (resolution) => {
    const picture = new CellPicture(cellOf(resolution, shapes), [40, 40])
    expect(kinds.map(({ a, second = false }) => [a > 0, second])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ])
    for (const field of [named('y'), named('y_2'), named('y_3')]) {
      const { names, at } = picture.sources(field)
      expect(names).toEqual(['y', 'y_2', 'y_3'])
      picture.places(field).points.forEach((q, i) => {
        const [x, y] = [picture.points[2 * q], picture.points[2 * q + 1]]
        expect(names[at(i)], `at ${x}, ${y}`).toBe(y > 0.7 ? 'y_3' : x > 0.72 || x < 0.08 ? 'y_2' : 'y')
      })
    }
  })

  it('show no overpotential and no potential where no electron comes', () => {
    const picture = new CellPicture(cellOf(16, shapes), [40, 40])
    const highest = (name: string) =>
      Math.max(...picture.places(named(name)).points.map((q) => picture.points[2 * q + 1] * 1000))
    for (const name of ['eta', 'eta_2', 'psi']) expect(highest(name), name).toBeLessThan(700)
    expect(highest('y')).toBeGreaterThan(850)
  })
})
