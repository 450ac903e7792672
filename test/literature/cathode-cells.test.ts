/**
 * Tensors of three-phase cathode cells against finite elements on a quadrant or octant with meshes of their own, refined
 * to 1/80 in the plane and 1/28 in space. Those values carry errors themselves: ±3e-5 in the plane (two meshes differ by
 * that much where bars end on the disc; 1e-6 for the disc alone), ±2e-5 in space, ±2e-4 for conductivities along thin rods.
 */
import { describe, expect, it } from 'vitest'
import type { CellProblemResult, CellProblemSpec, CellResult, ShapeSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'

const PLANE = 128
/** Of the reference, with bars. */
const REFERENCE = 3e-5

const disc: ShapeSpec = { shape: 'ball', phase: 'active', center: [0.5, 0.5], radius: 0.35 }
const bar = (axis: string): ShapeSpec => ({ shape: 'bar', phase: 'carbon', axis, center: [0.5, 0.5], width: 0.06 })
const middle = [0.5, 0.5, 0.5]
const sphere: ShapeSpec = { shape: 'ball', phase: 'active', center: middle, radius: 0.4 }
const rods = ['x', 'y', 'z'].map(
  (axis): ShapeSpec => ({ shape: 'bar', phase: 'carbon', axis, center: middle, radius: 0.06 }),
)

const perforated = (phase: string): CellProblemSpec => ({ kind: 'perforated', phase })
const contrast = (name: string, electrolyte: number, active: number, carbon?: number): CellProblemSpec => ({
  kind: 'contrast',
  name,
  coefficients: { electrolyte, active, ...(carbon === undefined ? {} : { carbon }) },
})

function solve(shapes: ShapeSpec[], problems: CellProblemSpec[], resolution: number): CellResult {
  const dimension = shapes[0].center === middle ? 3 : 2
  return solveCell({ dimension, background: 'electrolyte', shapes, resolution }, problems)
}
const plane = (shapes: ShapeSpec[], problems: CellProblemSpec[]) => solve(shapes, problems, PLANE)
const of = ({ problems }: CellResult, name: string) => problems.find((p) => (p.name ?? p.phase) === name)!
const xx = (p: CellProblemResult) => p.tensor[0][0]
const off = (value: number, exact: number) => Math.abs(value - exact)
const ZERO = [0, 0, 0, 0]

/** Within the error that the program claims, plus that of the reference. */
function covered(p: CellProblemResult, exact: number, reference = REFERENCE): void {
  expect(off(xx(p), exact)).toBeLessThanOrEqual(p.error + reference)
}

describe('V16, isolated disc', () => {
  const ratios = [1e-6, 0.1, 1, 10, 100, 1e6]
  const cell = plane(
    [disc],
    [
      perforated('electrolyte'),
      perforated('active'),
      { kind: 'stokes', fluid: 'electrolyte' },
      ...ratios.map((r) => contrast(`r = ${r}`, 1, r)),
    ],
  )
  const [D, Ms, K] = cell.problems as [CellProblemResult, CellProblemResult, CellProblemResult]

  it('fractions and contact', () => {
    expect(off(cell.phases.electrolyte!.fraction, 0.615155)).toBeLessThan(2e-6)
    expect(off(cell.phases.active!.fraction, 0.384845)).toBeLessThan(2e-6)
    expect(off(cell.interfaceMeasure['active|electrolyte'], 2.199115)).toBeLessThan(5e-6)
  })

  it('D̂ = 0.441495, M̂_s = 0 exactly, K/ℓ² = 0.00517705', () => {
    expect(off(xx(D), 0.4414949)).toBeLessThan(2e-6)
    expect(Ms.tensor.flat()).toEqual(ZERO)
    expect(off(xx(K) / 0.00517705, 1)).toBeLessThan(1e-4)
  })

  it('duality in the plane (J. B. Keller 1964): insulating times perfectly conducting disc is 1', () => {
    expect(off(xx(D) * xx(of(cell, 'r = 1000000')), 1)).toBeLessThan(1e-5)
    expect(off(xx(of(cell, 'r = 10')) * xx(of(cell, 'r = 0.1')), 1)).toBeLessThan(1e-5)
  })

  // M^(r) and the whole dielectric, by r.
  it.each([
    [1e-6, 0.4414952, 0.4414957],
    [0.1, 0.4660172, 0.5194155],
    [1, 0.6151549, 1],
    [10, 0.8971954, 1.9252412],
    [100, 0.9876352, 2.2241191],
    [1e6, 0.9999987, 2.2650277],
  ])('published average at r = %d: it tends to 1, beyond the fraction of electrolyte', (r, average, whole) => {
    const problem = of(cell, `r = ${r}`)
    expect(off(xx(problem) / whole, 1)).toBeLessThan(1e-5)
    // The average of the mesh is not extrapolated.
    expect(off(problem.split!.electrolyte![0][0], average)).toBeLessThan(1e-4)
  })
})

describe('V16, bars of carbon in both directions that end at the disc', () => {
  const ratios: [number, number, number][] = [
    [1e-6, 6.5125118e-6, 7.51139e-6],
    [0.1, 0.2889877, 0.3600889],
    [1, 0.5790519, 1],
    [10, 0.8024822, 2.7776603],
    [100, 0.8592937, 14.9299274],
    [1e6, 0.8667114, 133289.44],
  ]
  const cell = plane(
    [bar('x'), bar('y'), disc],
    [
      perforated('electrolyte'),
      perforated('active'),
      contrast('ions', 1, 0, 1),
      { kind: 'stokes', fluid: 'electrolyte', also: ['carbon'] },
      contrast('electrons', 0, 1, 1),
      contrast('poor particles', 0, 1e-3, 1),
      contrast('insulating particles', 0, 0, 1),
      contrast('dielectric', 1, 10, 1),
      ...ratios.map(([r]) => contrast(`r = ${r}`, 1, r, r)),
    ],
  )

  it('fractions and contacts', () => {
    expect(off(cell.phases.electrolyte!.fraction, 0.579052)).toBeLessThan(4e-5)
    expect(off(cell.phases.active!.fraction, 0.384845)).toBeLessThan(4e-5)
    expect(off(cell.phases.carbon!.fraction, 0.036103)).toBeLessThan(4e-6)
    expect(off(cell.interfaceMeasure['active|electrolyte'], 1.95882)).toBeLessThan(5e-5)
    expect(off(cell.interfaceMeasure['carbon|electrolyte'], 1.210305)).toBeLessThan(1e-6)
  })

  it('cut the electrolyte off: D̂ = 0 exactly; M̂_s = 0 exactly; no carbon, no current', () => {
    for (const name of ['electrolyte', 'active', 'insulating particles'])
      expect(of(cell, name).tensor.flat()).toEqual(ZERO)
  })

  it('where ions pass through them, make no difference: D̂ = 0.441495, K/ℓ² = 0.00517705', () => {
    expect(off(xx(of(cell, 'ions')), 0.4414949)).toBeLessThan(2e-6)
    const flow = cell.problems.find((p) => p.kind === 'stokes')!
    expect(off(xx(flow) / 0.00517705, 1)).toBeLessThan(1e-4)
    // Not extrapolated with the right order: the mesh has corners that the coefficients do not.
    expect(off(xx(of(cell, 'dielectric')), 1.9252412)).toBeLessThan(1e-4)
    covered(of(cell, 'dielectric'), 1.9252412)
  })

  it('Σ̂/σ = 0.13322 with particles as good as the carbon, in series with poor ones 4.1e-4', () => {
    // The stated value; the finest mesh of the reference has 0.13329.
    expect(off(xx(of(cell, 'electrons')), 0.13322)).toBeLessThan(3e-5)
    covered(of(cell, 'electrons'), 0.13322)
    expect(off(xx(of(cell, 'poor particles')), 4.11e-4)).toBeLessThan(6e-6)
    covered(of(cell, 'poor particles'), 4.11e-4, 5e-7)
  })

  it.each(ratios)('published average at r = %d', (r, average, whole) => {
    const problem = of(cell, `r = ${r}`)
    covered(problem, whole, 1e-3 * whole)
    expect(off(xx(problem) / whole, 1)).toBeLessThan(r < 1e-3 ? 4e-3 : 1e-3)
    const split = problem.split!.electrolyte![0][0]
    expect(off(split, average)).toBeLessThan(r < 1e-3 ? 1e-7 : 6e-4)
  })
})

describe('V16, bars along x only', () => {
  const cell = plane(
    [bar('x'), disc],
    [
      perforated('electrolyte'),
      perforated('active'),
      contrast('electrons', 0, 1, 1),
      { kind: 'stokes', fluid: 'electrolyte' },
    ],
  )
  const [D, Ms, Sigma, K] = cell.problems as [
    CellProblemResult,
    CellProblemResult,
    CellProblemResult,
    CellProblemResult,
  ]

  it('D̂_xx = 0.441157, Σ̂_xx = 0.13321, K_xx/ℓ² = 0.00517684', () => {
    // Extrapolated with the order of a corner, which the bars do not cost the electrolyte: 8e-5 too far.
    expect(off(xx(D), 0.4411573)).toBeLessThan(1e-4)
    covered(D, 0.4411573)
    expect(off(xx(Sigma), 0.13321)).toBeLessThan(3e-5)
    covered(Sigma, 0.13321)
    expect(off(xx(K) / 0.00517684, 1)).toBeLessThan(2e-3)
    covered(K, 0.00517684, 1e-8)
  })

  it('D̂_yy = Σ̂_yy = K_yy = M̂_s = 0 exactly', () => {
    for (const { tensor } of [D, Sigma, K]) expect([tensor[0][1], ...tensor[1]]).toEqual([0, 0, 0])
    expect(Ms.tensor.flat()).toEqual(ZERO)
  })
})

describe('V16, bars through the disc', () => {
  it('conduct by themselves: Σ̂/σ = 0.0610 without the particles', () => {
    const cell = plane([disc, bar('x'), bar('y')], [contrast('electrons', 0, 0, 1)])
    expect(off(xx(cell.problems[0]), 0.061)).toBeLessThan(1e-4)
    covered(cell.problems[0], 0.061, 5e-5)
  })
})

describe('V16, sphere with orthogonal rods that end at it', () => {
  const cell = solve(
    [...rods, sphere],
    [
      perforated('electrolyte'),
      perforated('active'),
      contrast('electrons', 0, 1, 1),
      contrast('poor particles', 0, 1e-3, 1),
      ...[0.1, 10, 1e6].map((r) => contrast(`r = ${r}`, 1, r, r)),
      { kind: 'stokes', fluid: 'electrolyte' },
    ],
    32,
  )

  // Rods of less than two mesh widths: fractions to their own errors, tensors to the errors that they claim.
  it('fractions and contacts, within the claimed errors', () => {
    const { fraction, interfaceMeasure } = cell.geometryError
    expect(off(cell.phases.electrolyte!.fraction, 0.724978)).toBeLessThan(1e-3)
    expect(off(cell.phases.active!.fraction, 0.268083)).toBeLessThan(2e-4)
    expect(off(cell.phases.carbon!.fraction, 0.006939)).toBeLessThan(6e-4)
    expect(fraction).toBeLessThan(5e-3)
    expect(off(cell.interfaceMeasure['active|electrolyte'], 1.942376)).toBeLessThan(interfaceMeasure)
    expect(off(cell.interfaceMeasure['carbon|electrolyte'], 0.23643)).toBeLessThan(interfaceMeasure)
    expect(off(cell.interfaceMeasure['active|electrolyte'], 1.942376)).toBeLessThan(0.02)
  })

  it.each([
    ['electrolyte', 0.62667, 2e-5, 6e-3],
    ['electrons', 0.036, 2e-4, 0.04],
    ['poor particles', 1.11e-4, 2e-7, 0.04],
    ['r = 0.1', 0.6769883, 2e-5, 4e-3],
    ['r = 10', 1.9533237, 1e-4, 4e-3],
    ['r = 1000000', 36003.7, 10, 0.04],
  ])('%s: %d', (name, exact, reference, relative) => {
    covered(of(cell, name), exact, reference)
    expect(off(xx(of(cell, name)) / exact, 1)).toBeLessThan(relative)
  })

  it.each([
    [0.1, 0.6411],
    [10, 0.8941],
    [1e6, 0.964],
  ])('published average at r = %d: %d', (r, average) => {
    expect(off(of(cell, `r = ${r}`).split!.electrolyte![0][0], average)).toBeLessThan(2.5e-3)
  })

  it('K/ℓ² = 0.01196; isolated particles: M̂_s = 0 exactly', () => {
    const flow = cell.problems.find((p) => p.kind === 'stokes')!
    expect(off(xx(flow) / 0.01196, 1)).toBeLessThan(0.025)
    covered(flow, 0.01196, 1e-5)
    expect(of(cell, 'active').tensor.flat()).toEqual(Array(9).fill(0))
  })
})

describe('V16, sphere', () => {
  it('alone: D̂ = 0.643496 at 64³', () => {
    const D = solve([sphere], [perforated('electrolyte')], 64).problems[0]
    expect(off(xx(D), 0.643496)).toBeLessThan(1e-5)
    covered(D, 0.643496, 2e-6)
  })

  it('with rods through it: Σ̂/σ = 0.0119 at 64³', () => {
    const cell = solve([sphere, ...rods], [contrast('electrons', 0, 0, 1)], 64)
    expect(off(cell.phases.active!.fraction, 0.24354)).toBeLessThan(1e-4)
    expect(off(xx(cell.problems[0]), 0.01188)).toBeLessThan(1e-4)
    covered(cell.problems[0], 0.01188, 2e-4)
  })
})
