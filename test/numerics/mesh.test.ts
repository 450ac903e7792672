import { describe, expect, it } from 'vitest'
import { Lattice } from '../../src/numerics/lattice.ts'
import { assembleEdgeWeights, edgeComponents, nodeVolumes, simplexVolumes } from '../../src/numerics/mesh.ts'
import { perturbedMesh } from './helpers.ts'

describe('lattice', () => {
  it('has d! Kuhn simplices whose paths end in the opposite corner', () => {
    const lattice = Lattice.cube(3, 4)
    expect(lattice.paths).toHaveLength(6)
    expect(lattice.paths.every((path) => path.length === 4 && path[0] === 0 && path[3] === 7)).toBe(true)
  })

  it('wraps neighbours around', () => {
    const lattice = new Lattice([4, 3, 2])
    expect(lattice.forward(7)[lattice.index(3, 2, 1)]).toBe(0)
    expect(lattice.forward(2)[lattice.index(1, 2, 1)]).toBe(lattice.index(1, 0, 1))
  })

  it('rejects impossible sizes', () => {
    expect(() => new Lattice([4, 0])).toThrow(/got \[4, 0\]; must be/)
    expect(() => new Lattice([4, 4, 4, 4])).toThrow(RangeError)
  })
})

describe.each([[[7]], [[6, 5]], [[4, 5, 6]]])('linear elements on a displaced mesh %j', (sizes) => {
  const mesh = perturbedMesh(sizes, 0.4)
  const d = sizes.length

  it('fills the unit box', () => {
    const volumes = simplexVolumes(mesh)
    expect(volumes.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    expect(nodeVolumes(mesh, () => true).reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    expect(Math.min(...volumes)).toBeGreaterThan(0)
  })

  it('gives the exact energy of linear functions, for a full tensor too', () => {
    const tensor = [
      [2, 0.5, 0.1],
      [0.5, 1, -0.3],
      [0.1, -0.3, 0.7],
    ].map((row) => row.slice(0, d))
    const weights = assembleEdgeWeights(mesh, () => true, tensor.slice(0, d))
    const edges = sizes.map((_, axis) => edgeComponents(mesh, axis))
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) {
        let energy = 0
        for (const [s, w] of weights.entries())
          for (const [p, value] of w.entries()) energy += value * edges[i][s][p] * edges[j][s][p]
        expect(energy).toBeCloseTo(tensor[i][j], 10)
      }
  })

  it('assembles only what is included', () => {
    const weights = assembleEdgeWeights(mesh, (cell) => cell === 0)
    const touched = weights.reduce((count, w) => count + w.filter((value) => value !== 0).length, 0)
    expect(touched).toBeLessThanOrEqual([1, 5, 19][d - 1])
    expect(touched).toBeGreaterThan(0)
  })
})
