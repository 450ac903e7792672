/** The contract every cell shape keeps. A new shape is covered as soon as it is in the registry. */
import { describe, expect, it } from 'vitest'
import type { CellSpec, ShapeSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { geometryOf, phaseAt } from '../../src/cell/geometry.ts'
import { shapeNamed, shapes } from '../../src/cell/shapes/index.ts'
import { type Dimension, type Shape, validateShape } from '../../src/cell/shapes/shape.ts'
import { validateCell } from '../../src/cell/validate.ts'

const cases = shapes.flatMap((shape) =>
  shape.dimensions.map((dimension) => ({ name: shape.name, dimension: dimension as Dimension, shape })),
)

function cellOf(shape: Shape, dimension: Dimension, resolution: number): CellSpec {
  return { dimension, resolution, background: 'outside', shapes: [shape.defaultSpec(dimension, 'inside')] }
}

describe.each(cases)('$name in $dimension D', ({ shape, dimension }) => {
  const spec = shape.defaultSpec(dimension, 'inside')
  const level = shape.levelSet(spec, dimension)

  it('has a valid default that the schema describes completely', () => {
    expect(validateCell(cellOf(shape, dimension, 16))).toEqual([])
    expect(Object.keys(spec).sort()).toEqual(
      ['shape', 'phase', ...shape.parameters(dimension).map((p) => p.name)].sort(),
    )
  })

  it('has a periodic level set that is negative inside', () => {
    const inside = phaseAt(cellOf(shape, dimension, 16))
    let found = 0
    for (let k = 0; k < 500; k++) {
      const [x, y, z] = [0.317 * k, 0.713 * k, 0.519 * k].map((t) => t % 1) as [number, number, number]
      const here = level(x, y, z)
      const shift = k % 5
      expect(level(x + (shift === 1 ? 1 : 0), y - (shift === 2 ? 1 : 0), z + (shift === 3 ? 2 : 0))).toBeCloseTo(
        here,
        9,
      )
      expect(inside(x, y, z)).toBe(here < 0 ? 1 : 0)
      if (here < 0) found++
    }
    expect(found).toBeGreaterThan(10)
  })

  it('gives a fraction and an interface measure that converge, and a tensor inside its bounds', () => {
    const sizes = dimension === 2 ? [32, 128] : [16, 32]
    const [rough, fine] = sizes.map((n) =>
      solveCell(cellOf(shape, dimension, n), [
        { kind: 'perforated', phase: 'outside' },
        { kind: 'contrast', name: 'k', coefficients: { outside: 1, inside: 7 } },
      ]),
    )
    const gap = (pick: (r: typeof fine) => number) => Math.abs(pick(rough) - pick(fine))
    const allowed = rough!.geometryError
    expect(gap((r) => r!.phases.inside!.fraction)).toBeLessThanOrEqual(
      allowed.fraction + fine!.geometryError.fraction + 1e-12,
    )
    expect(gap((r) => r!.interfaceMeasure['inside|outside'])).toBeLessThanOrEqual(
      allowed.interfaceMeasure + fine!.geometryError.interfaceMeasure + 1e-12,
    )
    expect(allowed.fraction).toBeLessThan(0.01)
    for (const [k, problem] of fine!.problems.entries()) {
      const { tensor, bounds, error } = problem
      for (let i = 0; i < dimension; i++) {
        for (let j = 0; j < i; j++) {
          expect(Math.abs(tensor[i][j] - tensor[j][i])).toBeLessThan(1e-9)
          expect(tensor[i][j] ** 2).toBeLessThanOrEqual(tensor[i][i] * tensor[j][j] + 1e-12)
        }
        expect(tensor[i][i]).toBeGreaterThanOrEqual(bounds.reuss - 1e-8)
        expect(tensor[i][i]).toBeLessThanOrEqual(bounds.voigt + 1e-8)
        const jump = Math.abs(tensor[i][i] - rough!.problems[k].tensor[i][i])
        expect(jump).toBeLessThanOrEqual(error + rough!.problems[k].error)
      }
    }
  })

  it('lets every handle be dragged: in place nothing changes, elsewhere the spec stays valid', () => {
    for (const handle of shape.handles(spec)) {
      const same = shape.drag(spec, handle.name, handle.position)
      expect(flatNumbers(same)).toHaveLength(flatNumbers(spec).length)
      flatNumbers(same).forEach((x, k) => {
        expect(x).toBeCloseTo(flatNumbers(spec)[k], 9)
      })
      for (const point of [
        [0.9, 0.8],
        [-3, 0.2],
        [0.5, 0.5],
        [7, 9],
      ])
        expect(schemaProblems(shape, shape.drag(spec, handle.name, point), dimension)).toEqual([])
    }
  })

  it('is nudged and resized within its limits', () => {
    const delta = [0.03, -0.02, 0.05].slice(0, dimension)
    const there = shape.nudge(spec, delta)
    const back = shape.nudge(
      there,
      delta.map((x) => -x),
    )
    flatNumbers(back).forEach((x, k) => {
      expect(x).toBeCloseTo(flatNumbers(spec)[k], 9)
    })
    for (const factor of [1e-9, 0.9, 1.1, 1e9])
      expect(validateShape(shape, shape.resize(spec, factor), dimension, 's')).toEqual([])
    const fraction = (s: ShapeSpec) => {
      const inside = phaseAt({ ...cellOf(shape, dimension, 16), shapes: [s] })
      let count = 0
      for (let k = 0; k < 4000; k++) count += inside((0.7549 * k) % 1, (0.5698 * k) % 1, (0.8191 * k) % 1)
      return count
    }
    expect(fraction(shape.resize(spec, 1.2))).toBeGreaterThan(fraction(spec))
  })

  it('refuses unknown fields, missing fields and numbers that are none', () => {
    const paths = (s: ShapeSpec) => validateShape(shape, s, dimension, 's').map((p) => p.path)
    expect(paths({ ...spec, colour: 'red' })).toEqual(['s.colour'])
    for (const p of shape.parameters(dimension)) {
      expect(paths({ ...spec, [p.name]: Number.NaN })).toEqual([`s.${p.name}`])
      expect(paths({ ...spec, [p.name]: [] })).toEqual([`s.${p.name}`])
      if (p.kind === 'number') expect(paths({ ...spec, [p.name]: p.min - 1 })).toEqual([`s.${p.name}`])
      const { [p.name]: _, ...rest } = spec
      expect(paths(rest as ShapeSpec)).toEqual(p.optional ? [] : [`s.${p.name}`])
    }
  })
})

/** Schema problems only: a dragged polygon may cross itself, which `check` reports. */
function schemaProblems(shape: Shape, spec: ShapeSpec, dimension: Dimension) {
  return validateShape({ ...shape, check: undefined }, spec, dimension, 's')
}

function flatNumbers(spec: ShapeSpec): number[] {
  return Object.values(spec)
    .flat(3)
    .filter((x): x is number => typeof x === 'number')
}

describe('shapes', () => {
  it('counts several images of an ellipse that reaches beyond half a period', () => {
    const level = shapeNamed('ellipsoid').levelSet(
      { shape: 'ellipsoid', phase: 'a', center: [0.5, 0.5], radii: [0.7, 0.05], rotation: 45 },
      2,
    )
    // The tip sticks out of the cell and comes in again at the other side.
    const tip = 0.5 + 0.68 * Math.SQRT1_2
    expect(level(tip, tip, 0)).toBeLessThan(0)
    expect(level(tip - 1, tip - 1, 0)).toBeLessThan(0)
    expect(level(0.9, 0.1, 0)).toBeGreaterThan(0)
  })

  it('rotates like Three.js: x, then y, then z in the body frame', () => {
    const level = shapeNamed('box').levelSet(
      { shape: 'box', phase: 'a', center: [0.5, 0.5, 0.5], size: [0.8, 0.1, 0.1], rotation: [0, 0, 90] },
      3,
    )
    expect(level(0.5, 0.85, 0.5)).toBeLessThan(0)
    expect(level(0.85, 0.5, 0.5)).toBeGreaterThan(0)
  })

  it('lets later shapes overwrite earlier ones', () => {
    const cell: CellSpec = {
      dimension: 2,
      resolution: 16,
      background: 'a',
      shapes: [
        { shape: 'ball', phase: 'b', center: [0.5, 0.5], radius: 0.4 },
        { shape: 'ball', phase: 'a', center: [0.5, 0.5], radius: 0.2 },
      ],
    }
    const phase = phaseAt(cell)
    expect([phase(0.5, 0.5), phase(0.5, 0.8), phase(0.5, 0.95)]).toEqual([0, 1, 0])
    const { levelSets } = geometryOf(cell)
    expect(levelSets[1](0.5, 0.7, 0)).toBeCloseTo(0, 12)
  })

  it('refuses polygons that cross themselves, repeat a point or have no area', () => {
    const problems = (vertices: number[][]) =>
      validateShape(shapeNamed('polygon'), { shape: 'polygon', phase: 'a', vertices }, 2, 's')
    expect(
      problems([
        [0.2, 0.2],
        [0.8, 0.8],
        [0.8, 0.2],
        [0.2, 0.8],
      ])[0].message,
    ).toMatch(/cross or touch/)
    expect(
      problems([
        [0.2, 0.2],
        [0.2, 0.2],
        [0.8, 0.8],
      ])
        .map((p) => p.message)
        .join(),
    ).toMatch(/coincide/)
    expect(
      problems([
        [0.2, 0.2],
        [0.5, 0.5],
        [0.8, 0.8],
      ])
        .map((p) => p.message)
        .join(),
    ).toMatch(/area/)
    expect(
      problems([
        [0.2, 0.2],
        [0.5, 0.5],
      ])[0].message,
    ).toMatch(/at least 3 points/)
  })
})
