import { describe, expect, it } from 'vitest'
import type { CellProblemSpec, CellResult, CellSpec } from '../../src/cell/cell.ts'
import { computeCell } from '../../src/cell/compute.ts'
import { finish } from '../../src/finish.ts'
import { type ErrorEstimate, estimator } from '../../src/models/estimate.ts'
import type { Field, MacroSpec, MicroscopicField } from '../../src/models/family.ts'

const CONTRAST = 5
const LINE: MacroSpec = { dimension: 1, size: [2], nodes: [41] }

function solve(spec: Partial<CellSpec>, problems: CellProblemSpec[]): CellResult {
  return finish(computeCell({ dimension: 2, background: 'a', shapes: [], resolution: 32, ...spec }, problems))
}

const layered = (dimension: 2 | 3, axis: 'x' | 'y', resolution: number) =>
  solve(
    {
      dimension,
      resolution,
      shapes: [{ shape: 'layer', phase: 'b', axis, center: 0.5, thickness: 0.5 }],
    },
    [{ kind: 'contrast', name: 'k', coefficients: { a: 1, b: CONTRAST } }],
  )

const everywhere: MicroscopicField = { interface: false, terms: [{ problem: 'k', of: ['u'], weight: 1 }] }

/** Of one field that is a function of the place in the box. */
function estimate(
  cell: CellResult,
  microscopic: MicroscopicField,
  u: (...x: number[]) => number,
  { macro = LINE, period = 0.1, ring = false } = {},
): ErrorEstimate | undefined {
  const field: Field = { name: 'u', label: 'u', symbol: 'u', unit: '1', factor: 1, group: 'u', microscopic }
  const { nodes, size } = macro
  const count = nodes.reduce((a, b) => a * b, 1)
  const sample = Float32Array.from({ length: count }, (_, p) => {
    let rest = p
    const x = nodes.map((n, k) => {
      const i = rest % n
      rest = Math.floor(rest / n)
      return (i * size[k]) / (n - 1)
    })
    return u(...x)
  })
  return finish(finish(estimator(cell, { fields: [field], macro, ring })).of([sample], period))[0]
}

describe('the estimate of the homogenization error', () => {
  // chi' is H/k - 1, so chi a zigzag of height (1 - H) / 4 whose faces lie where it crosses zero.
  const H = 2 / (1 + 1 / CONTRAST)
  const zigzag = Math.abs(1 - H) / (4 * Math.sqrt(3))

  it('is the closed formula for a linear field across layers', () => {
    const found = estimate(layered(2, 'x', 32), everywhere, (x) => 3 * x)
    expect(found?.plain).toBeCloseTo(0.1 * 3 * zigzag, 3)
    expect(Math.abs((found?.plain ?? 0) / (0.3 * zigzag) - 1)).toBeLessThan(5e-3)
    expect(found?.corrected ?? 1).toBeLessThan(1e-3 * (found?.plain ?? 0))
    expect(found?.variation).toBeCloseTo(6, 5)
  })

  it('is the same in two and three dimensions of the box', () => {
    const plane: MacroSpec = { dimension: 2, size: [2, 1], nodes: [21, 11] }
    const space: MacroSpec = { dimension: 3, size: [2, 1, 1], nodes: [11, 6, 6] }
    const two = estimate(layered(2, 'x', 32), everywhere, (x) => 3 * x, { macro: plane })
    const three = estimate(layered(3, 'x', 8), everywhere, (x) => 3 * x, { macro: space })
    expect(Math.abs((two?.plain ?? 0) / (0.3 * zigzag) - 1)).toBeLessThan(5e-3)
    expect(Math.abs((three?.plain ?? 0) / (0.3 * zigzag) - 1)).toBeLessThan(0.1)
  })

  it('is proportional to the period, its square with the corrector', () => {
    const cell = layered(2, 'x', 32)
    const [a, b] = [0.1, 0.05].map((period) =>
      estimate(cell, everywhere, (x) => Math.cos(3 * x), { period, ring: true }),
    )
    expect((a?.plain ?? 0) / (b?.plain ?? 1)).toBeCloseTo(2, 2)
    expect((a?.corrected ?? 0) / (b?.corrected ?? 1)).toBeCloseTo(4, 2)
  })

  it('is nothing without microstructure, and along layers', () => {
    const plain = solve({}, [{ kind: 'contrast', name: 'k', coefficients: { a: 1 } }])
    expect(estimate(plain, everywhere, (x) => Math.cos(3 * x))?.plain).toBeLessThan(1e-9)
    expect(estimate(layered(2, 'y', 32), everywhere, (x) => 3 * x)?.plain).toBeLessThan(1e-9)
  })

  it('is nothing for an even field', () => {
    const found = estimate(layered(2, 'x', 32), everywhere, () => 140)
    expect(found?.plain).toBe(0)
    expect(found?.variation).toBe(0)
  })

  it('is the distance from the middle for what is constant in closed pieces, also across the border of the cell', () => {
    const r = 0.2
    const ball = (center: number[]) =>
      solve({ resolution: 64, shapes: [{ shape: 'ball', phase: 'b', center, radius: r }] }, [])
    const closed: MicroscopicField = { phase: 'b', interface: false, closed: true, terms: [] }
    for (const center of [
      [0.5, 0.5],
      [0, 0.03],
    ]) {
      const found = estimate(ball(center), closed, (x) => 2 * x)
      expect(Math.abs((found?.plain ?? 0) / (0.1 * 2 * (r / 2)) - 1)).toBeLessThan(0.02)
    }
  })

  it('knows how a phase leans: a disc below the middle moves the mean of a sealed box, one in the middle does not', () => {
    const disc = (y: number) =>
      solve({ resolution: 32, shapes: [{ shape: 'ball', phase: 'b', center: [y, 0.5], radius: 0.3 }] }, [
        { kind: 'perforated', phase: 'a' },
      ])
    const outside: MicroscopicField = {
      phase: 'a',
      interface: false,
      terms: [{ problem: 'a', of: ['u'], weight: 1 }],
    }
    const wave = (x: number) => Math.cos((Math.PI * x) / 2)
    const order = (cell: CellResult) => {
      const [a, b] = [0.02, 0.01].map((period) => estimate(cell, outside, wave, { period })?.corrected ?? 0)
      return Math.log2(a / b)
    }
    expect(order(disc(0.5))).toBeGreaterThan(1.9)
    expect(order(disc(0.4))).toBeLessThan(1.2)
  })

  it('leaves fields without correctors alone', () => {
    const cell = layered(2, 'x', 16)
    expect(estimate(cell, { interface: true, terms: [] }, (x) => x)).toBeUndefined()
    const unknown: MicroscopicField = { interface: false, terms: [{ problem: 'other', of: ['u'], weight: 1 }] }
    expect(estimate(cell, unknown, (x) => x)).toBeUndefined()
  })
})
