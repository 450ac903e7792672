/** A small resolved tissue whose fields are given functions, for the pictures of the judge. */
import type { CellResult } from '../../../src/cell/cell.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { periodicNode } from '../../../src/cell/raster.ts'
import type { Field, MacroSpec } from '../../../src/models/family.ts'
import type { Frame, ResolvedDescription } from '../../../src/simulation/frame.ts'

const field = (name: string, microscopic: Field['microscopic']): Field => ({
  name,
  label: name,
  symbol: name,
  unit: '1',
  factor: 1,
  group: name,
  microscopic,
})

/** One field outside, one inside, one on the membrane: the difference of the two. */
export const fields: readonly Field[] = [
  field('E', { phase: 'outside', interface: false, terms: [{ problem: 'outside', of: ['E'], weight: 1 }] }),
  field('I', { phase: 'inside', interface: false, terms: [{ problem: 'inside', of: ['I'], weight: 1 }] }),
  field('V', {
    phase: 'inside',
    interface: true,
    terms: [
      { problem: 'inside', of: ['V', 'E'], weight: 1 },
      { problem: 'outside', of: ['E'], weight: -1 },
    ],
  }),
]

const GRADIENTS = { E: [2, -1], I: [-1, 3], V: [-3, 4] } as const

/** The homogenized fields, linear in x. */
export function smooth(name: string, x: readonly number[]): number {
  const gradient = GRADIENTS[name as keyof typeof GRADIENTS]
  return 5 + x.reduce((sum, c, j) => sum + gradient[j] * c, 0)
}

export const cell: CellResult = solveCell(
  {
    dimension: 2,
    background: 'outside',
    shapes: [{ shape: 'ball', phase: 'inside', center: [0.5, 0.5], radius: 0.35 }],
    resolution: 16,
  },
  [
    { kind: 'perforated', phase: 'outside' },
    { kind: 'perforated', phase: 'inside' },
  ],
)

/** @param repeat cells along x and y; a line (`dimension` 1) has one row of them */
export function resolvedTissue(repeat: number[], dimension: 1 | 2, correctors: boolean) {
  const cellSize = 0.5
  const { n, displacement, nodePhase, phases } = cell.mesh
  const counts = repeat.map((r) => r * n + 1)
  const size = repeat.map((r) => r * cellSize)
  const description: ResolvedDescription = {
    macro: { dimension: 2, size, nodes: counts },
    repeat,
    cellSize,
    cell,
    unknowns: 0,
  }
  const macro: MacroSpec = { dimension, size: size.slice(0, dimension), nodes: [9, 9].slice(0, dimension) }
  const chi = (phase: string, j: number, q: number) => cell.problems.find((p) => p.phase === phase)!.correctors[j][q]
  const gradient = (name: string, j: number) => (j < dimension ? GRADIENTS[name as keyof typeof GRADIENTS][j] : 0)
  const truth = fields.map(({ name, microscopic }) => {
    const out = new Float32Array(counts[0] * counts[1])
    for (let p = 0; p < out.length; p++) {
      const [i, j] = [p % counts[0], Math.floor(p / counts[0])]
      const q = periodicNode(cell.mesh, i, j, 0)
      const x = [i / n + displacement[2 * q], j / n + displacement[2 * q + 1]].map((y) => y * cellSize)
      const valid = nodePhase[q] === 254 || (!microscopic!.interface && phases[nodePhase[q]] === microscopic!.phase)
      out[p] = Number.NaN
      if (!valid) continue
      out[p] = smooth(name, x.slice(0, dimension))
      if (!correctors) continue
      for (const term of microscopic!.terms)
        for (const of of term.of)
          for (const a of [0, 1]) out[p] += cellSize * term.weight * chi(term.problem, a, q) * gradient(of, a)
    }
    return out
  })
  const nodes = macro.nodes.reduce((a, b) => a * b, 1)
  const at = (p: number) => macro.nodes.map((m, a) => ((a === 0 ? p % m : Math.floor(p / 9)) / (m - 1)) * macro.size[a])
  const frame = {
    index: 0,
    t: 0,
    fields: fields.map(({ name }) => Float32Array.from({ length: nodes }, (_, p) => smooth(name, at(p)))),
    checkpoint: { macro },
    resolved: { fields: truth },
  } as unknown as Frame
  return { description, frame }
}
