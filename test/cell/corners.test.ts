/** Rare sides of shapes, regions and bounds: what touches, winds round, or fills everything. */
import { describe, expect, it } from 'vitest'
import { contrastBounds, perforatedBounds } from '../../src/cell/bounds.ts'
import type { CellSpec, ShapeSpec } from '../../src/cell/cell.ts'
import { mergedLevelSets, mergedSpec } from '../../src/cell/region.ts'
import { shapeNamed } from '../../src/cell/shapes/index.ts'
import { validateShape } from '../../src/cell/shapes/shape.ts'

const problemsOf = (spec: ShapeSpec, dimension: 2 | 3 = 2) =>
  validateShape(shapeNamed(spec.shape), spec, dimension, 'shape').map(({ path, message }) => `${path}: ${message}`)
const polygon = (...vertices: number[][]): ShapeSpec => ({ shape: 'polygon', phase: 'b', vertices })

describe('an outline', () => {
  it.each([
    ['runs back over a corner of its own', [0.2, 0.2], [0.8, 0.2], [0.5, 0.2], [0.5, 0.8]],
    ['touches a side with a later corner', [0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.5, 0.2], [0.2, 0.8]],
    ['touches a later side with its first corner', [0.5, 0.5], [0.8, 0.2], [0.8, 0.8], [0.5, 0.8], [0.5, 0.2]],
    ['crosses itself', [0.2, 0.2], [0.8, 0.8], [0.8, 0.2], [0.2, 0.8]],
    ['lies on itself', [0.2, 0.2], [0.8, 0.2], [0.6, 0.2], [0.4, 0.2]],
  ])('that %s is refused', (_, ...vertices) => {
    expect(problemsOf(polygon(...(vertices as number[][]))).join()).toMatch(
      /touch each other; the outline must not cross or touch itself/,
    )
  })

  it('whose sides are on one line without meeting is taken', () => {
    // A comb: its teeth end on the same height.
    expect(
      problemsOf(
        polygon([0.1, 0.1], [0.9, 0.1], [0.9, 0.5], [0.6, 0.5], [0.6, 0.3], [0.4, 0.3], [0.4, 0.5], [0.1, 0.5]),
      ),
    ).toEqual([])
  })

  it.each([
    [
      'is longer than a period and a half',
      polygon([-0.5, 0.5], [1.2, 0.4], [1.2, 0.6]),
      /extends over 1.7\d? periods; at most 1.5/,
    ],
    ['has two points in one place', polygon([0.2, 0.2], [0.2, 0.2], [0.8, 0.2], [0.5, 0.8]), /points 1 and 2 coincide/],
    [
      'has a point of three numbers',
      polygon([0.2, 0.2], [0.8, 0.2, 0], [0.5, 0.8]),
      /point 2: must be \[x, y\] with both numbers/,
    ],
    ['has two points', polygon([0.2, 0.2], [0.8, 0.2]), /got a list of 2; must be a list of at least 3 points/],
  ])('that %s is refused', (_, spec, message) => {
    expect(problemsOf(spec).join()).toMatch(message)
  })

  it('wraps as a whole, along the axes that it is moved on', () => {
    const moved = shapeNamed('polygon').nudge(polygon([0.8, 0.2], [1, 0.2], [0.9, 0.6]), [0.2])
    expect((moved.vertices as number[][]).map((v) => v.map((x) => Number(x.toFixed(12))))).toEqual([
      [0, 0.2],
      [0.2, 0.2],
      [0.1, 0.6],
    ])
  })
})

describe('a shape', () => {
  it('names the component of a vector that is out of range, and the axis that there is none of', () => {
    const ball = { shape: 'ball', phase: 'b', center: [0.5, 3], radius: 0.2 }
    expect(problemsOf(ball)).toEqual([
      'shape.center: component 2: got 3; must be a number between -1 and 2; try [0.5, 0.5]',
    ])
    const across = { shape: 'layer', phase: 'b', axis: 'z', center: 0.5, thickness: 0.2 }
    expect(problemsOf(across)).toEqual(['shape.axis: got "z"; valid are "x", "y"'])
    expect(problemsOf(across, 3)).toEqual([])
  })

  it('that is not in the registry is named with those that are', () => {
    expect(() => shapeNamed('blob')).toThrow(/shape: got "blob"; valid are ball, /)
  })

  it('a layer has its handles in the plane, along either axis, and moves on its own only', () => {
    const layer = shapeNamed('layer')
    const spec = (axis: string) => ({ shape: 'layer', phase: 'b', axis, center: 0.4, thickness: 0.2 })
    expect(layer.handles(spec('x')).map(({ position }) => position)).toEqual([
      [0.4, 0.5],
      [0.5, 0.5],
    ])
    expect(layer.handles(spec('y')).map(({ position }) => position)).toEqual([
      [0.5, 0.4],
      [0.5, 0.5],
    ])
    expect(layer.handles(spec('z'))).toEqual([])
    expect(layer.nudge(spec('y'), [0.1, 0.2]).center).toBeCloseTo(0.6, 12)
    expect(layer.nudge(spec('y'), [0.1]).center).toBeCloseTo(0.4, 12)
  })

  it('a box as wide and as high as the period has no outline, and as wide only two lines', () => {
    const box = (size: number[]) => shapeNamed('box').outline?.({ shape: 'box', phase: 'b', center: [0.5, 0.5], size })
    expect(box([1, 1])).toEqual([])
    expect(box([1, 0.5])).toEqual([
      [
        [0, 0.25],
        [1, 0.25],
      ],
      [
        [0, 0.75],
        [1, 0.75],
      ],
    ])
    expect(box([0.5, 0.5])?.[0]).toHaveLength(5)
  })
})

describe('phases merged into those that conduct and those that do not', () => {
  const cell = (...phases: string[]): CellSpec => ({
    dimension: 2,
    background: 'a',
    resolution: 16,
    shapes: phases.map((phase) => ({ shape: 'ball', phase, center: [0.5, 0.5], radius: 0.2 })),
  })

  it('leave out shapes that overwrite only their own kind', () => {
    // Phases in the order of their names' first appearance: a conducts, and so does b.
    expect(mergedSpec(cell('b', 'c', 'b'), [1, 2, 0]).shapes.map(({ phase }) => phase)).toEqual(['outside', 'inside'])
    expect(mergedSpec(cell('b'), [1, 2])).toMatchObject({ background: 'inside', shapes: [] })
  })

  it('a kind that is not there is everywhere far away', () => {
    const [inside, outside] = mergedLevelSets(mergedSpec(cell('b'), [1, 2]))
    expect(inside(0.5, 0.5, 0)).toBeLessThan(0)
    expect(outside(0.5, 0.5, 0)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('bounds', () => {
  it('of a phase that is not there do not feel its coefficient', () => {
    expect(contrastBounds([1, 0], [2, 0], 2)).toEqual({ voigt: 2, reuss: 2 })
    const { reuss, hashinShtrikman } = contrastBounds([0.5, 0.5, 0], [1, 4, 9], 3)
    expect(reuss).toBeCloseTo(1.6, 12)
    expect(hashinShtrikman).toEqual(contrastBounds([0.5, 0.5], [1, 4], 3).hashinShtrikman)
  })

  it('of a phase that does not conduct begin at nothing', () => {
    expect(contrastBounds([0.5, 0.5], [1, 0], 2)).toMatchObject({ reuss: 0, hashinShtrikman: { lower: 0 } })
  })

  it('of a region that fills the cell are its coefficient', () => {
    const whole = perforatedBounds(
      3,
      1,
      [
        [3, 0],
        [0, 3],
      ],
      [true, true],
    )
    expect(whole).toEqual({
      voigt: 3,
      reuss: 3,
      hashinShtrikman: { lower: 3, upper: 3 },
      bruggeman: 3,
      tortuosity: [1, 1],
    })
  })
})
