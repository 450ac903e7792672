import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ShapeSpec } from '../../src/cell/cell.ts'
import { geometryOf } from '../../src/cell/geometry.ts'
import { type FittedMesh, fitMesh, INTERFACE, type PhaseGeometry, SMALLEST_VOLUME } from '../../src/numerics/fit.ts'
import { simplexVolumes } from '../../src/numerics/mesh.ts'
import { OMITTED } from '../../src/numerics/simplex.ts'
import { finish } from './helpers.ts'

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const length = fc.double({ min: 0.03, max: 0.7, noNaN: true })
const angle = fc.double({ min: -180, max: 180, noNaN: true })
const phase = fc.constantFrom('a', 'b', 'c')

function shape2(): fc.Arbitrary<ShapeSpec> {
  const center = fc.tuple(unit, unit)
  return fc.oneof(
    fc.record({ shape: fc.constant('ball'), phase, center, radius: length }),
    fc.record({ shape: fc.constant('ellipsoid'), phase, center, radii: fc.tuple(length, length), rotation: angle }),
    fc.record({ shape: fc.constant('box'), phase, center, size: fc.tuple(length, length), rotation: angle }),
    fc.record({ shape: fc.constant('bar'), phase, axis: fc.constantFrom('x', 'y'), center, width: length }),
    fc.record({ shape: fc.constant('layer'), phase, axis: fc.constantFrom('x', 'y'), center: unit, thickness: length }),
  )
}

function shape3(): fc.Arbitrary<ShapeSpec> {
  const center = fc.tuple(unit, unit, unit)
  const rotation = fc.tuple(angle, angle, angle)
  const three = fc.tuple(length, length, length)
  return fc.oneof(
    fc.record({ shape: fc.constant('ball'), phase, center, radius: length }),
    fc.record({ shape: fc.constant('ellipsoid'), phase, center, radii: three, rotation }),
    fc.record({ shape: fc.constant('box'), phase, center, size: three, rotation }),
    fc.record({ shape: fc.constant('bar'), phase, axis: fc.constantFrom('x', 'y', 'z'), center, radius: length }),
    fc.record({ shape: fc.constant('gyroid'), phase, level: fc.double({ min: -1.2, max: 1.2, noNaN: true }) }),
  )
}

function fitted(
  dimension: 2 | 3,
  resolution: number,
  shapes: ShapeSpec[],
): { mesh: FittedMesh; geometry: PhaseGeometry } {
  const geometry = geometryOf({ dimension, resolution, background: 'a', shapes })
  return { mesh: finish(fitMesh(resolution, geometry)), geometry }
}

function check(mesh: FittedMesh): void {
  const { lattice, simplexPhase, nodePhase } = mesh
  const whole = 1 / (lattice.count * lattice.simplexCount)
  const volumes = simplexVolumes(mesh)
  let flat = 0
  let sum = 0
  let smallest = Infinity
  volumes.forEach((volume, s) => {
    sum += volume
    if (simplexPhase[s] === OMITTED) flat += Math.abs(volume)
    else smallest = Math.min(smallest, volume)
  })
  expect(smallest).toBeGreaterThanOrEqual(SMALLEST_VOLUME * whole)
  expect(sum).toBeCloseTo(1, 12)
  expect(flat).toBeLessThan(2e-3)
  let mixed = 0
  lattice.visitCells((cell, nodes) => {
    lattice.paths.forEach((path, perm) => {
      const phase = simplexPhase[cell * lattice.simplexCount + perm]
      for (const mask of path) {
        const label = nodePhase[nodes[mask]]
        if (phase !== OMITTED && label !== INTERFACE && label !== phase) mixed++
      }
    })
  })
  expect(mixed).toBe(0)
}

describe('mesh fitted to an interface', () => {
  it('keeps every assembled triangle above the quality limit, for random shapes', () => {
    fc.assert(
      fc.property(fc.array(shape2(), { minLength: 1, maxLength: 4 }), fc.constantFrom(8, 16, 24), (shapes, n) => {
        check(fitted(2, n, shapes).mesh)
      }),
      { numRuns: 400, seed: 1 },
    )
  })

  it('keeps every assembled tetrahedron above the quality limit, for random shapes', () => {
    fc.assert(
      fc.property(fc.array(shape3(), { minLength: 1, maxLength: 3 }), fc.constantFrom(8, 12, 16), (shapes, n) => {
        check(fitted(3, n, shapes).mesh)
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  it('puts the nodes of a smooth interface exactly on it', () => {
    const { mesh, geometry } = fitted(2, 32, [{ shape: 'ball', phase: 'b', center: [0.513, 0.487], radius: 0.3 }])
    let nodes = 0
    for (let p = 0; p < mesh.lattice.count; p++) {
      if (mesh.nodePhase[p] !== INTERFACE) continue
      nodes++
      const [x, y] = [0, 1].map((c) => mesh.lattice.coordinate(p, c) / 32 + mesh.displacement[2 * p + c])
      expect(Math.abs(geometry.levelSets[1](x!, y!, 0))).toBeLessThan(1e-12)
    }
    expect(nodes).toBeGreaterThan(50)
  })

  it('makes the corners of a box nodes and its area exact', () => {
    const { mesh } = fitted(2, 32, [{ shape: 'box', phase: 'b', center: [0.517, 0.482], size: [0.43, 0.36] }])
    const area = simplexVolumes(mesh).reduce((sum, v, s) => (mesh.simplexPhase[s] === 1 ? sum + v : sum), 0)
    expect(area).toBeCloseTo(0.43 * 0.36, 12)
  })

  it('leaves nodes alone where the interface already lies on the lattice', () => {
    const { mesh } = fitted(3, 8, [{ shape: 'box', phase: 'b', center: [0.5, 0.5, 0.5], size: [0.5, 0.5, 0.5] }])
    expect(mesh.displacement.every((x) => x === 0)).toBe(true)
    expect(mesh.simplexPhase.filter((phase) => phase === 1)).toHaveLength(6 * 4 ** 3)
    expect(mesh.simplexPhase.includes(OMITTED)).toBe(false)
  })

  it('is one phase everywhere without shapes', () => {
    const { mesh } = fitted(2, 8, [])
    expect(mesh.simplexPhase.every((phase) => phase === 0)).toBe(true)
    expect(mesh.nodePhase.includes(INTERFACE)).toBe(false)
  })
})
