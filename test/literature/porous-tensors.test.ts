/** Tensors of porous cells against spectral computations (contrast tensors, flux average M, perforated tensor). */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../src/cell/compute.ts'
import { closure, correctionTensor, smallestEigenvalue } from '../../src/models/porous/closures.ts'
import { porousProblems, porousTensors } from '../../src/models/porous/effective.ts'

type Shape = { shape: string; phase: string; [name: string]: unknown }
const middle = { phase: 'solid', center: [0.5, 0.5] }
const DISC: Shape = { shape: 'ball', radius: 0.3, ...middle }

function tensors(shapes: Shape[], contrast: number, resolution = 128) {
  const cell = solveCell({ dimension: 2, background: 'pore', resolution, shapes }, porousProblems({ contrast }))
  return { cell, ...porousTensors(cell, contrast) }
}

describe('tensors of porous cells at 128²', () => {
  // p, Dhat, alpha, eps0, M of the xx component
  it.each([
    ['disc 0.3', DISC, 0.717256661, 0.558485386, 0.025, 0.575513216, 0.56462894],
    ['disc 0.3', DISC, 0.717256661, 0.558485386, 10, 1.602941912, 0.933006454],
    ['disc 0.4', { ...DISC, radius: 0.4 }, 0.497345175, 0.322092313, 0.1, 0.411684903, 0.346316559],
    [
      'ellipse',
      { shape: 'ellipsoid', radii: [0.4, 0.2], ...middle },
      0.748672588,
      0.69207046,
      0.025,
      0.701471777,
      0.693817207,
    ],
    ['square', { shape: 'box', size: [0.6, 0.6], ...middle }, 0.64, 0.449840082, 0.1, 0.532905265, 0.48100585],
  ] as [string, Shape, number, number, number, number, number][])(
    '%s',
    (name, shape, p, perforated, contrast, permittivity, average) => {
      const t = tensors([shape], contrast)
      const tolerance = name === 'square' ? 3e-3 : 1e-4
      for (const [seen, exact] of [
        [t.pore, p],
        [t.perforated[0][0], perforated],
        [t.permittivity[0][0], permittivity],
        [t.average[0][0], average],
      ])
        expect(Math.abs(seen / exact - 1)).toBeLessThan(tolerance)
    },
  )
})

describe('identities', () => {
  const { cell, pore, perforated, permittivity, average } = tensors([DISC], 0.2, 64)

  it('eps0 = M + alpha (I - M) on the mesh itself', () => {
    const contrast = cell.problems.find((p) => p.kind === 'contrast')!
    const split = contrast.split!.pore[0][0]
    expect(contrast.meshTensor[0][0]).toBeCloseTo(split + 0.2 * (1 - split), 10)
  })

  it('alpha = 1: no corrector, eps0 = I, M = p I', () => {
    const t = tensors([DISC], 1)
    expect(t.permittivity[0][0]).toBeCloseTo(1, 10)
    expect(t.average[0][0]).toBeCloseTo(t.pore, 4)
  })

  it('alpha -> 0: M approaches the perforated tensor; alpha -> infinity: the identity', () => {
    expect(tensors([DISC], 1e-4, 64).average[0][0]).toBeCloseTo(perforated[0][0], 3)
    expect(tensors([DISC], 1e4, 64).average[0][0]).toBeCloseTo(1, 3)
  })

  it('reciprocity in two dimensions: eps0_xx(alpha) eps0_yy(1/alpha) = 1', () => {
    const ellipse: Shape = { shape: 'ellipsoid', radii: [0.4, 0.2], ...middle }
    const a = tensors([ellipse], 0.1, 64).permittivity[0][0]
    const b = tensors([ellipse], 10, 64).permittivity[1][1]
    expect(a * b).toBeCloseTo(1, 3)
  })

  it('the state-dependent tensor of the paper cancels in the consistent closure', () => {
    const all = { pore, perforated, permittivity, average }
    const d = correctionTensor(all, -1, 0.7)
    // D^r - z c M = -z c p I: what is left is the plain drift.
    expect(d[0][0] - -1 * 0.7 * average[0][0]).toBeCloseTo(0.7 * pore, 12)
  })

  it('a closed laminate passes nothing, though other closures say it does; the printed drift is negative', () => {
    const wall: Shape = { shape: 'layer', phase: 'solid', axis: 'x', center: 0.5, thickness: 0.4 }
    const t = tensors([wall], 0.025, 32)
    const exact = 1 / (0.6 + 0.4 / 0.025)
    expect(t.perforated[0][0]).toBe(0)
    expect(t.permittivity[0][0]).toBeCloseTo(exact, 6)
    expect(t.average[0][0]).toBeCloseTo(0.6 * exact, 6)
    expect(t.average[1][1]).toBeCloseTo(0.6, 6)
    expect(closure('printed2013').drift(t)[0][0]).toBeCloseTo(-0.528, 3)
  })

  it('finds the smallest eigenvalue', () => {
    expect(
      smallestEigenvalue(
        [
          [2, 1],
          [1, 2],
        ],
        2,
      ),
    ).toBeCloseTo(1, 12)
    expect(
      smallestEigenvalue(
        [
          [2, -1, 0],
          [-1, 2, -1],
          [0, -1, 2],
        ],
        3,
      ),
    ).toBeCloseTo(2 - Math.SQRT2, 10)
  })
})
