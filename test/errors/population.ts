/** Random cells for the coverage of stated errors: the same seed draws the same cells. */
import type { CellProblemSpec, CellSpec, ShapeSpec } from '../../src/cell/cell.ts'
import { validateCell } from '../../src/cell/validate.ts'

/** Uniform numbers in [0, 1), mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Draw = (next: () => number, between: (low: number, high: number) => number) => ShapeSpec

const phase = 'i'
const ball2: Draw = (next, between) => ({ shape: 'ball', phase, center: [next(), next()], radius: between(0.08, 0.3) })
const ellipse: Draw = (next, between) => ({
  shape: 'ellipsoid',
  phase,
  center: [next(), next()],
  radii: [between(0.06, 0.35), between(0.06, 0.25)],
  rotation: between(0, 180),
})
const box2: Draw = (next, between) => ({
  shape: 'box',
  phase,
  center: [next(), next()],
  size: [between(0.1, 0.6), between(0.1, 0.4)],
  rotation: between(0, 180),
})
const polygon: Draw = (next, between) => {
  const corners = 3 + Math.floor(4 * next())
  const [x, y, turn] = [next(), next(), next()]
  const vertices = Array.from({ length: corners }, (_, k) => {
    const angle = 2 * Math.PI * ((k + 0.7 * next()) / corners + turn)
    const radius = between(0.1, 0.32)
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
  return { shape: 'polygon', phase, vertices }
}
const bar: Draw = (next, between) => ({
  shape: 'bar',
  phase,
  axis: next() < 0.5 ? 'x' : 'y',
  center: [next(), next()],
  width: between(0.03, 0.2),
})
const ball3: Draw = (next, between) => ({
  shape: 'ball',
  phase,
  center: [next(), next(), next()],
  radius: between(0.12, 0.35),
})
const box3: Draw = (next, between) => ({
  shape: 'box',
  phase,
  center: [next(), next(), next()],
  size: [between(0.15, 0.6), between(0.15, 0.5), between(0.15, 0.5)],
  rotation: [between(0, 180), between(0, 180), between(0, 180)],
})

/** Cubic lattices of balls that nearly touch, or just do. */
function lattice(next: () => number, between: (low: number, high: number) => number): ShapeSpec[] {
  const [points, touching] = (
    [
      [[[0.5, 0.5, 0.5]], 0.5],
      [
        [
          [0, 0, 0],
          [0.5, 0.5, 0.5],
        ],
        Math.sqrt(3) / 4,
      ],
      [
        [
          [0, 0, 0],
          [0.5, 0.5, 0],
          [0.5, 0, 0.5],
          [0, 0.5, 0.5],
        ],
        Math.SQRT2 / 4,
      ],
    ] as [number[][], number][]
  )[Math.floor(3 * next())]
  const radius = touching * between(0.9, 1.05)
  return points.map((center) => ({ shape: 'ball', phase, center, radius }))
}

const several =
  (draws: readonly Draw[], most: number) => (next: () => number, between: (a: number, b: number) => number) =>
    Array.from({ length: 1 + Math.floor(most * next()) }, () => draws[Math.floor(draws.length * next())](next, between))

const KINDS = {
  2: {
    discs: several([ball2], 6),
    ellipses: several([ellipse], 5),
    boxes: several([box2], 4),
    polygons: several([polygon], 4),
    mixtures: several([ball2, ellipse, box2, polygon, bar], 5),
  },
  3: { balls: several([ball3], 4), boxes: several([box3], 3), lattices: lattice },
} as const

export const kindsOf = (dimension: 2 | 3): string[] => Object.keys(KINDS[dimension])

/** Problems that every cell is asked: contrasts 0 (both ways), 1e-3, 10 and 1e3. */
export const problems: readonly CellProblemSpec[] = [
  { kind: 'perforated', phase: 'm' },
  { kind: 'perforated', phase },
  ...[1e-3, 10, 1e3].map((k) => ({ kind: 'contrast' as const, name: `k = ${k}`, coefficients: { m: 1, i: k } })),
]

/** @returns `count` valid cells of a kind; the resolution is to be chosen */
export function population(dimension: 2 | 3, kind: string, count: number, seed: number): CellSpec[] {
  const next = random(seed)
  const between = (low: number, high: number) => low + (high - low) * next()
  const draw = (KINDS[dimension] as Record<string, (n: typeof next, b: typeof between) => ShapeSpec[]>)[kind]
  const cells: CellSpec[] = []
  while (cells.length < count) {
    const cell: CellSpec = { dimension, background: 'm', resolution: 32, shapes: draw(next, between) }
    if (validateCell(cell).length === 0) cells.push(cell)
  }
  return cells
}
