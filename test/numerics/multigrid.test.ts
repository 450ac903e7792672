import { describe, expect, it } from 'vitest'
import { Lattice } from '../../src/numerics/lattice.ts'
import { assembleEdgeWeights } from '../../src/numerics/mesh.ts'
import { conjugateGradients, LatticeMultigrid } from '../../src/numerics/multigrid.ts'
import type { SimplexMesh } from '../../src/numerics/simplex.ts'
import { finish, perturbedMesh, random } from './helpers.ts'

/** Weights of a perturbed mesh with a ball-shaped hole of radius `hole` in the middle. */
function holed(sizes: number[], hole: number): { mesh: SimplexMesh; weights: Float64Array[] } {
  const mesh = perturbedMesh(sizes, 0.3)
  const { lattice, spacing } = mesh
  const weights = assembleEdgeWeights(mesh, (cell) => {
    const distance = Math.hypot(...spacing.map((h, c) => (lattice.coordinate(cell, c) + 0.5) * h - 0.5))
    return distance > hole
  })
  return { mesh, weights }
}

function solve(multigrid: LatticeMultigrid, b: Float64Array, tolerance = 1e-8) {
  const x = new Float64Array(b.length)
  const report = finish(
    conjugateGradients(
      (u, out) => multigrid.operator.apply(u, out),
      (r, z) => multigrid.cycle(r, z),
      b,
      x,
      { tolerance },
    ),
  )
  return { x, ...report }
}

/** A right-hand side in the range of the operator. */
function consistent(multigrid: LatticeMultigrid): Float64Array {
  const next = random(7)
  const u = Float64Array.from({ length: multigrid.lattice.count }, () => next() - 0.5)
  const b = new Float64Array(u.length)
  multigrid.operator.apply(u, b)
  return b
}

describe('multigrid on the lattice stencil', () => {
  it.each([
    ['1D', [64], [512]],
    ['2D', [32, 32], [128, 128]],
    ['3D', [16, 16, 16], [32, 32, 32]],
    ['3D, odd coarsest lattice', [12, 12, 12], [24, 24, 24]],
  ])('needs no more iterations on finer meshes: %s', (_, coarse, fine) => {
    const counts = [coarse, fine].map((sizes) => {
      const multigrid = new LatticeMultigrid(new Lattice(sizes), holed(sizes, 0.31).weights)
      const { iterations, residual } = solve(multigrid, consistent(multigrid))
      expect(residual).toBeLessThan(1e-8)
      return iterations
    })
    expect(counts[0]).toBeLessThanOrEqual(12)
    expect(counts[1]).toBeLessThanOrEqual(counts[0] + 2)
  })

  it.each([[[64]], [[16, 8]], [[8, 4, 4]], [[1, 8, 4]], [[6, 6]], [[30, 45]]])(
    'cycle is symmetric and positive: %j',
    (sizes) => {
      const multigrid = new LatticeMultigrid(new Lattice(sizes), holed(sizes, 0.2).weights)
      const n = multigrid.lattice.count
      const mass = new Float64Array(n).fill(0.3 / n)
      multigrid.configure({ stiffness: 2, mass })
      const next = random(3)
      const [a, b] = [0, 1].map(() => Float64Array.from({ length: n }, () => next() - 0.5)) as [
        Float64Array,
        Float64Array,
      ]
      const [za, zb] = [new Float64Array(n), new Float64Array(n)]
      multigrid.cycle(a, za)
      multigrid.cycle(b, zb)
      const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, k) => sum + value * v[k], 0)
      expect(Math.abs(dot(za, b) - dot(zb, a))).toBeLessThan(1e-10 * Math.sqrt(dot(za, a) * dot(zb, b)))
      expect(dot(za, a)).toBeGreaterThan(0)
    },
  )

  it('solves a shifted operator after a change of stiffness and mass', () => {
    const { mesh, weights } = holed([32, 32], 0.25)
    const multigrid = new LatticeMultigrid(mesh.lattice, weights)
    const mass = Float64Array.from({ length: mesh.lattice.count }, (_, p) => 1 + (p % 3))
    for (const stiffness of [1e-3, 1, 1e3]) {
      multigrid.configure({ stiffness, mass })
      const { iterations, residual } = solve(multigrid, consistent(multigrid))
      expect(residual).toBeLessThan(1e-8)
      expect(iterations).toBeLessThanOrEqual(14)
    }
    multigrid.configure({ stiffness: 1 })
    const ones = new Float64Array(mesh.lattice.count).fill(1)
    const out = ones.slice()
    multigrid.operator.apply(ones, out)
    expect(Math.max(...out.map(Math.abs))).toBeLessThan(1e-12)
  })

  it('leaves nodes with an empty row at zero, and isolated pieces harmless', () => {
    const lattice = new Lattice([32, 32])
    const island = (i: number) => i % 16 >= 3 && i % 16 < 9
    const weights = assembleEdgeWeights({ lattice, spacing: [1, 1] }, (cell) => {
      return island(lattice.coordinate(cell, 0)) && island(lattice.coordinate(cell, 1))
    })
    const multigrid = new LatticeMultigrid(lattice, weights)
    const { x, residual, iterations } = solve(multigrid, consistent(multigrid))
    expect(residual).toBeLessThan(1e-8)
    expect(iterations).toBeLessThanOrEqual(12)
    expect(x[lattice.index(12, 12)]).toBe(0)
  })
})
