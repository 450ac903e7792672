import { describe, expect, it } from 'vitest'
import type { CellSpec, ShapeSpec } from '../../src/cell/cell.ts'
import { connect } from '../../src/cell/connectivity.ts'
import { geometryOf, phasesOf } from '../../src/cell/geometry.ts'
import { fitMesh } from '../../src/numerics/fit.ts'
import { finish } from '../numerics/helpers.ts'

function topology(dimension: 2 | 3, shapes: object[], resolution = dimension === 2 ? 32 : 16) {
  const spec: CellSpec = {
    dimension,
    resolution,
    background: 'outside',
    shapes: shapes.map((s) => ({ phase: 'inside', ...s }) as ShapeSpec),
  }
  const mesh = finish(fitMesh(resolution, geometryOf(spec)))
  const result = finish(connect(mesh, mesh.simplexPhase, phasesOf(spec).length))
  const [outside, inside] = result.phases.map((p) => [p.components, ...p.percolates.map(Number)].join(''))
  return { outside, inside, measure: result.interfaceMeasure[0][1] }
}

const ball = (center: number[], radius: number) => ({ shape: 'ball', center, radius })
const box = (center: number[], size: number[]) => ({ shape: 'box', center, size })

/** Pieces followed by one digit an axis: 1 = percolates. */
describe('connectivity on the torus', () => {
  it.each<[string, 2 | 3, object[], string, string]>([
    ['disc', 2, [ball([0.1, 0.2], 0.3)], '111', '100'],
    ['layer', 2, [{ shape: 'layer', axis: 'x', center: 0.9, thickness: 0.3 }], '101', '101'],
    ['strip', 2, [{ shape: 'bar', axis: 'x', center: [0.5, 0.1], width: 0.3 }], '110', '110'],
    ['cross channel', 2, [box([0.5, 0.5], [1, 0.3]), box([0.5, 0.5], [0.3, 1])], '100', '111'],
    [
      'checkerboard, touching at corners only',
      2,
      [box([0.25, 0.25], [0.5, 0.5]), box([0.75, 0.75], [0.5, 0.5])],
      '200',
      '200',
    ],
    ['overlapping discs in a row', 2, [ball([0.25, 0.5], 0.3), ball([0.75, 0.5], 0.3)], '110', '110'],
    [
      'diagonal strip winds along both axes',
      2,
      [
        {
          shape: 'polygon',
          vertices: [
            [-0.1, 0.1],
            [0.1, -0.1],
            [1.1, 0.9],
            [0.9, 1.1],
          ],
        },
      ],
      '111',
      '111',
    ],
    ['sphere', 3, [ball([0.9, 0.1, 0.5], 0.3)], '1111', '1000'],
    ['overlapping spheres', 3, [ball([0.5, 0.5, 0.5], 0.56)], '1111', '1111'],
    ['rod', 3, [{ shape: 'bar', axis: 'y', center: [0.1, 0.5, 0.9], radius: 0.25 }], '1111', '1010'],
    ['slab', 3, [{ shape: 'layer', axis: 'z', center: 0.5, thickness: 0.4 }], '1110', '1110'],
    ['gyroid', 3, [{ shape: 'gyroid', level: 0 }], '1111', '1111'],
    ['gyroid at level 1.2', 3, [{ shape: 'gyroid', level: 1.2 }], '1111', '1111'],
    [
      'cubes touching along edges only',
      3,
      [box([0.25, 0.25, 0.5], [0.5, 0.5, 0.5]), box([0.75, 0.75, 0.5], [0.5, 0.5, 0.5])],
      '1111',
      '2000',
    ],
  ])('%s', (_, dimension, shapes, outside, inside) => {
    expect(topology(dimension, shapes)).toMatchObject({ outside, inside })
  })

  it('measures interfaces with second order', () => {
    const errors = [16, 32].map((n) =>
      Math.abs(topology(3, [ball([0.51, 0.48, 0.5], 0.3)], n).measure - 4 * Math.PI * 0.09),
    )
    expect(errors[0] / errors[1]).toBeGreaterThan(3)
    expect(errors[1]).toBeLessThan(4e-3)
  })
})
