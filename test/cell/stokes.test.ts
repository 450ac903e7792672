/** Permeabilities where the exact answer, or an exact relation, is known. */
import { describe, expect, it } from 'vitest'
import type { CellProblemSpec, CellResult, CellSpec, ShapeSpec, Tensor } from '../../src/cell/cell.ts'
import { computeCell, solveCell } from '../../src/cell/compute.ts'
import { validateProblems } from '../../src/cell/problems.ts'
import { Lattice } from '../../src/numerics/lattice.ts'
import { simplexVolumes } from '../../src/numerics/mesh.ts'
import { CellGeometry } from '../../src/numerics/simplex.ts'

function cell(dimension: 2 | 3, resolution: number, ...shapes: Omit<ShapeSpec, 'phase'>[]): CellSpec {
  return {
    dimension,
    resolution,
    background: 'matrix',
    shapes: shapes.map((s) => ({ phase: 'inclusion', ...s }) as ShapeSpec),
  }
}
const through: CellProblemSpec = { kind: 'stokes', fluid: 'matrix' }
const inside: CellProblemSpec = { kind: 'stokes', fluid: 'inclusion' }
const disc = (center: number[], radius: number) => ({ shape: 'ball', center, radius })
const flat = (t: Tensor) => t.flat()
const solve = (spec: CellSpec, problem = through, tolerance?: number) =>
  solveCell(spec, [problem], tolerance === undefined ? {} : { tolerance }).problems[0]

describe('channel between flat walls', () => {
  it.each([
    [0.37, through, 0.63],
    [0.37, inside, 0.37],
    [0.3, inside, 0.3],
  ])('of height h lets h³/12 through along, and exactly nothing across (layer %d)', (thickness, problem, h) => {
    const { tensor, meshTensor, error } = solve(
      cell(2, 64, { shape: 'layer', axis: 'y', center: 0.41, thickness }),
      problem,
    )
    expect(Math.abs(tensor[0][0] / (h ** 3 / 12) - 1)).toBeLessThan(5e-4)
    expect(Math.abs(tensor[0][0] - h ** 3 / 12)).toBeLessThanOrEqual(error)
    expect([tensor[0][1], ...tensor[1], meshTensor[0][1], ...meshTensor[1]]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('in space: along two axes', () => {
    const { tensor, error, flux } = solve(cell(3, 16, { shape: 'layer', axis: 'z', center: 0.5, thickness: 0.5 }))
    for (const i of [0, 1]) expect(Math.abs(tensor[i][i] - 0.5 ** 3 / 12)).toBeLessThanOrEqual(error)
    expect(error).toBeLessThan(0.05 * tensor[0][0])
    expect(tensor[2]).toEqual([0, 0, 0])
    expect(flux[2].every((v) => v === 0)).toBe(true)
  })

  it('has the parabola as velocity, no pressure along and a linear one across', () => {
    const { velocity, correctors, mesh } = (() => {
      const result = solveCell(cell(2, 64, { shape: 'layer', axis: 'y', center: 0.5, thickness: 0.4 }), [inside])
      return { ...result.problems[0], mesh: result.mesh }
    })()
    for (let p = 0; p < 64 * 64; p++) {
      const y = Math.floor(p / 64) / 64 + mesh.displacement[2 * p + 1]
      const outside = Math.abs(y - 0.5) > 0.2 + 1e-9
      const parabola = outside ? 0 : (0.2 ** 2 - (y - 0.5) ** 2) / 2
      expect(Math.abs(velocity![0][2 * p] - parabola)).toBeLessThan(1e-5)
      expect(Math.abs(velocity![0][2 * p + 1])).toBeLessThan(1e-5)
      if (outside) expect(correctors[1][p]).toBeNaN()
      else expect(correctors[1][p]).toBeCloseTo(y - 0.5, 9)
    }
  })
})

describe('fluid that leads nowhere', () => {
  it('has no permeability: pockets', () => {
    const { tensor, error, iterations } = solve(cell(2, 32, disc([0.02, 0.98], 0.2), disc([0.5, 0.5], 0.13)), inside)
    expect(flat(tensor)).toEqual([0, 0, 0, 0])
    expect(error).toBe(0)
    expect(iterations).toEqual([0, 0])
  })

  it('owns up to gaps that the mesh closes', () => {
    const { tensor, error } = solve(cell(2, 64, disc([0.5, 0.5], 0.495)))
    // Lubrication (Sangani and Acrivos 1982): drag 9 pi / (2 sqrt 2) gap^(-5/2), the gap relative to the spacing.
    const exact = (0.01 ** 2.5 * 2 * Math.SQRT2) / (9 * Math.PI)
    expect(Math.abs(tensor[0][0] - exact)).toBeLessThanOrEqual(error)
    expect(error).toBeLessThan(1e-4)
  })

  it('does not disturb the fluid that flows', () => {
    // A pocket of matrix inside a ring of solid, in an open matrix.
    const ring: CellSpec = {
      dimension: 2,
      resolution: 64,
      background: 'matrix',
      shapes: [
        { shape: 'ball', phase: 'inclusion', center: [0.5, 0.5], radius: 0.3 },
        { shape: 'ball', phase: 'matrix', center: [0.5, 0.5], radius: 0.15 },
      ],
    }
    const [a, b] = [solve(ring), solve(cell(2, 64, disc([0.5, 0.5], 0.3)))]
    expect(a.meshTensor[0][0]).toBeCloseTo(b.meshTensor[0][0], 9)
    expect(a.correctors[0][32 + 64 * 32]).toBeNaN()
    expect(a.velocity![0][2 * (32 + 64 * 32)]).toBe(0)
  })
})

describe('tensor', () => {
  const oblique = { shape: 'ellipsoid', center: [0.46, 0.53], radii: [0.4, 0.2], rotation: 27 }

  it('is symmetric and positive', () => {
    const { meshTensor } = solve(cell(2, 64, oblique, disc([0.9, 0.1], 0.07)))
    const [[a, b], [c, d]] = meshTensor as [[number, number], [number, number]]
    expect(Math.abs(b - c)).toBeLessThan(1e-12)
    expect(Math.abs(b)).toBeGreaterThan(1e-3)
    expect(a * d - b * c).toBeGreaterThan(0)
  })

  it('turns with the cell: a quarter turn exchanges the axes', () => {
    const [a, b] = [27, 117].map((rotation) => solve(cell(2, 64, { ...oblique, rotation })))
    const allowed = a!.error + b!.error
    expect(Math.abs(a!.tensor[0][0] - b!.tensor[1][1])).toBeLessThan(allowed)
    expect(Math.abs(a!.tensor[1][1] - b!.tensor[0][0])).toBeLessThan(allowed)
    expect(Math.abs(a!.tensor[0][1] + b!.tensor[1][0])).toBeLessThan(allowed)
    expect(allowed).toBeLessThan(0.03 * a!.tensor[0][0])
  })
})

describe('a disc off the lattice', () => {
  // Method of fundamental solutions, spectrally accurate.
  const exact = { 0.2: 0.032948239093461104, 0.3: 0.010975314543214244, 0.4: 0.0018280941789049728 }

  it.each([0.2, 0.3, 0.4] as const)('converges with order 2, in iterations that do not grow: r = %d', (radius) => {
    const solved = [32, 64, 128].map((n) => solve(cell(2, n, disc([0.513, 0.487], radius))))
    const errors = solved.map(({ meshTensor, tensor, error }) => {
      expect(Math.abs(tensor[0][0] - exact[radius])).toBeLessThanOrEqual(error)
      return Math.abs(meshTensor[0][0] / exact[radius] - 1)
    })
    const order = Math.log2(errors[0] / errors[2]) / 2
    expect(order).toBeGreaterThan(1.8)
    expect(order).toBeLessThan(2.2)
    const counts = solved.map(({ iterations }) => Math.max(...iterations))
    expect(Math.max(...counts)).toBeLessThanOrEqual(1.3 * Math.min(...counts))
    expect(Math.max(...counts)).toBeLessThan(80)
    for (const { residual } of solved) expect(residual).toBeLessThanOrEqual(1e-6)
  })

  it('does not depend on where the cell starts', () => {
    const moved = [
      [0.5, 0.5],
      [0.01, 0.97],
    ].map((center) => solve(cell(2, 64, disc(center, 0.3))))
    expect(Math.abs(moved[0].tensor[0][0] - moved[1].tensor[0][0])).toBeLessThan(moved[0].error + moved[1].error)
  })
})

describe('conservation', () => {
  it.each<[2 | 3, number, number[]]>([
    [2, 32, [0.45, 0.52]],
    [3, 16, [0.45, 0.52, 0.5]],
  ])('in %d D: flux and dissipation add up to K, and every section carries it', (dimension, n, center) => {
    const spec = cell(dimension, n, disc(center, 0.3))
    const result = solveCell(spec, [through], { tolerance: 1e-10 })
    const { meshTensor, flux, sensitivity } = result.problems[0]
    const { displacement } = result.mesh
    const lattice = Lattice.cube(dimension, n)
    const volumes = simplexVolumes({ lattice, spacing: Array(dimension).fill(1 / n), displacement })
    const simplices = lattice.simplexCount
    for (let i = 0; i < dimension; i++)
      for (let j = 0; j < dimension; j++) {
        let sum = 0
        for (let p = 0; p < lattice.count; p++) {
          let volume = 0
          for (let s = 0; s < simplices; s++) volume += Math.abs(volumes[p * simplices + s])
          sum += volume * flux[j][dimension * p + i]
        }
        expect(sum).toBeCloseTo(meshTensor[i][j], 8)
      }
    const dissipated = sensitivity.reduce((sum, value, s) => sum + value * volumes[s], 0)
    const mean = meshTensor.reduce((sum, row, i) => sum + row[i] / dimension, 0)
    expect(dissipated).toBeCloseTo(mean, 7)
    for (let axis = 0; axis < dimension; axis++)
      for (const flow of sectionFlows(result, axis, lattice)) expect(flow).toBeCloseTo(meshTensor[axis][axis], 6)
  })
})

/**
 * Flow of w^axis through each slab between two layers of nodes: int w . grad q with q a step from 0 to 1 over the slab.
 * The bubbles are put back from the pressure.
 */
function sectionFlows(result: CellResult, axis: number, lattice: Lattice): number[] {
  const { mesh, problems } = result
  const { n, dimension: d, displacement, simplexPhase } = mesh
  const geometry = new CellGeometry({ lattice, spacing: Array(d).fill(1 / n), displacement })
  const { velocity, correctors } = problems[0]
  const flows = Array<number>(n).fill(0)
  const fixed = geometry.slopes
  lattice.visitCells((cell, nodes, i, j, k) => {
    geometry.load(nodes)
    lattice.paths.forEach((path, perm) => {
      if (simplexPhase[cell * lattice.simplexCount + perm] !== 0) return
      const volume = geometry.gradients(perm)
      const tau = (d === 2 ? 1 / 20 : 3 / 140) / fixed.reduce((sum, g) => sum + g * g, 0)
      const mean = Array<number>(d).fill(0)
      const step = Array<number>(d).fill(0)
      mean[axis] = tau
      path.forEach((mask, m) => {
        const p = nodes[mask]
        for (let c = 0; c < d; c++) {
          mean[c] += velocity![axis][d * p + c] / (d + 1) - tau * fixed[d * m + c] * correctors[axis][p]
          if ((mask >> axis) & 1) step[c] += fixed[d * m + c]
        }
      })
      flows[[i, j, k][axis]] += volume * mean.reduce((sum, v, c) => sum + v * step[c], 0)
    })
  })
  return flows
}

describe('asking for it', () => {
  it('says what is wrong', () => {
    const spec = cell(2, 32, disc([0.5, 0.5], 0.3))
    expect(validateProblems([through, inside], spec)).toEqual([])
    expect(validateProblems([{ kind: 'stokes', fluid: 'water', phase: 'matrix' }], spec)).toEqual([
      { path: 'problems[0].phase', message: 'unknown field; valid are kind, fluid, also' },
      { path: 'problems[0].fluid', message: 'got "water"; must be the phase that flows: matrix, inclusion' },
    ])
    expect(validateProblems([through], cell(2, 32))[0].message).toContain('nothing holds the flow back')
  })

  it('reports its progress upwards and often', () => {
    const run = computeCell(cell(2, 32, disc([0.5, 0.5], 0.3)), [through, { kind: 'perforated', phase: 'matrix' }])
    const seen: number[] = []
    let step = run.next()
    for (; !step.done; step = run.next()) seen.push(step.value)
    expect(seen.length).toBeGreaterThan(100)
    expect(seen.every((x, k) => x >= (seen[k - 1] ?? 0) - 1e-12 && x <= 1)).toBe(true)
  })
})

/** Two balls that nearly touch along y: the channel between them along x is thinner than the mesh. */
describe('a gap below the mesh width', () => {
  const gapped = (gap: number, resolution: number, bracket: boolean) => {
    const radius = 0.25 - gap / 2
    const shapes = [0.25, 0.75].map((y) => ({ shape: 'ball' as const, phase: 's', center: [0.5, y], radius }))
    const spec = { dimension: 2 as const, background: 'm', resolution, shapes }
    return solveCell(spec, [{ kind: 'stokes', fluid: 'm' }], { bracket }).problems[0]
  }

  // Values of 256 nodes, whose stated error is 1.5e-5.
  it.each([
    [0.02, 32, 1.647e-5, 1.505e-2],
    [0.02, 64, 1.647e-5, 1.505e-2],
    [0.012, 32, 4.431e-6, 1.44e-2],
    [0.012, 64, 4.431e-6, 1.44e-2],
  ])('of %f at %i nodes: the permeability lies inside its error, which is a small one', (gap, n, xx, yy) => {
    const { tensor, error } = gapped(gap, n, true)
    expect(Math.abs(tensor[0][0] - xx)).toBeLessThan(error)
    expect(Math.abs(tensor[1][1] - yy)).toBeLessThan(error)
    expect(error).toBeLessThan(0.05 * yy)
    if (tensor[0][0] === 0) expect(error).toBeLessThan(0.03 * gapped(gap, n, false).error)
  })
})
