/** Flow lines of velocities whose lines are known. */
import { describe, expect, it } from 'vitest'
import { type FlowLines, flowLines } from '../../src/app/cell/flowLines.ts'
import type { CellMesh } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'

/** A plain lattice of one phase, with nodes displaced by a smooth field. */
function plain(dimension: 2 | 3, n: number, amount = 0): CellMesh {
  const displacement = Float64Array.from(
    { length: dimension * n ** dimension },
    (_, k) => (amount / n) * Math.sin(7 * k),
  )
  return {
    dimension,
    n,
    displacement,
    simplexPhase: new Uint8Array(n ** dimension * (dimension === 2 ? 2 : 6)),
    nodePhase: new Uint8Array(n ** dimension),
    phases: ['fluid'],
  }
}
function velocityOf(mesh: CellMesh, v: (x: number[]) => number[]): Float32Array {
  const { dimension: d, n, displacement } = mesh
  return Float32Array.from(
    Array.from({ length: n ** d }, (_, p) =>
      v(Array.from({ length: d }, (_, c) => (Math.floor(p / n ** c) % n) / n + displacement[d * p + c])),
    ).flat(),
  )
}
const pieces = ({ points, starts }: FlowLines, d: number) =>
  starts
    .slice(1)
    .map((end, k) =>
      Array.from({ length: end - starts[k] }, (_, m) => [
        ...points.subarray(d * (starts[k] + m), d * (starts[k] + m + 1)),
      ]),
    )

describe('flow lines', () => {
  it.each([2, 3] as const)('of a shear flow are straight in %d D, whatever the mesh', (d) => {
    const mesh = plain(d, 16, 0.3)
    const lines = flowLines(
      mesh,
      velocityOf(mesh, (x) => [1 + 0.5 * Math.sin(2 * Math.PI * x[1]), 0, 0].slice(0, d)),
      0.1,
    )
    const all = pieces(lines, d)
    expect(all.length).toBeGreaterThan(6)
    for (const piece of all) for (const p of piece) expect(p[1]).toBeCloseTo(piece[0][1], 5)
    for (const v of lines.speeds) expect(v).toBeLessThanOrEqual(1 + 1e-6)
  })

  it('of a vortex are circles', () => {
    const mesh = plain(2, 64)
    const whirl = ([x, y]: number[]) => {
      const [u, v] = [x! - 0.5, y! - 0.5]
      return Math.hypot(u, v) < 0.4 ? [-v, u] : [0, 0]
    }
    const all = pieces(flowLines(mesh, velocityOf(mesh, whirl), 0.06), 2)
    expect(all.length).toBeGreaterThan(3)
    for (const piece of all) {
      const radii = piece.map(([x, y]) => Math.hypot(x! - 0.5, y! - 0.5)).filter((r) => r < 0.37)
      expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(2e-3)
    }
  })

  it('keep apart and fill the period', () => {
    const mesh = plain(2, 32)
    const all = pieces(
      flowLines(
        mesh,
        velocityOf(mesh, () => [1, 0]),
        0.1,
      ),
      2,
    )
    const heights = all.map((piece) => piece[0][1]).sort((a, b) => a - b)
    const gaps = heights.map((y, k) => (k > 0 ? y - heights[k - 1] : y + 1 - heights[heights.length - 1]))
    const levels = gaps.filter((gap) => gap > 1e-6)
    expect(Math.min(...levels)).toBeGreaterThan(0.05)
    expect(Math.max(...levels)).toBeLessThan(0.2)
  })

  it('are none where nothing flows', () => {
    const mesh = plain(2, 16)
    expect(flowLines(mesh, new Float32Array(2 * 256), 0.1)).toEqual({
      points: new Float32Array(),
      speeds: new Float32Array(),
      starts: [0],
    })
  })

  it.each([2, 3] as const)('of Stokes flow in %d D go around the particle and stay in the period', (d) => {
    const center = Array(d).fill(0.5)
    const shapes = [{ shape: 'ball', phase: 'solid', center, radius: 0.35 }]
    const n = d === 2 ? 64 : 16
    const { mesh, problems } = solveCell({ dimension: d, background: 'fluid', shapes, resolution: n }, [
      { kind: 'stokes', fluid: 'fluid' },
    ])
    const lines = flowLines(mesh, problems[0].velocity![0], d === 2 ? 0.05 : 0.12)
    const all = pieces(lines, d)
    expect(all.length).toBeGreaterThan(8)
    for (const piece of all)
      for (const p of piece) {
        expect(Math.hypot(...p.map((x) => x - 0.5))).toBeGreaterThan(0.35 - 1 / n ** 1.5)
        for (const x of p) expect(Math.abs(x - 0.5)).toBeLessThan(0.5 + 1 / n)
      }
  })
})
