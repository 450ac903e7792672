/**
 * Edges between the cells of a grid for a tensor D whose axes are not those of the box. Two centres of neighbouring columns
 * and those of the next row hold two layers, the halves of their columns, each with its own D. The gradient along y is that
 * of each column, B; the flux along x is common to both layers, so that over half a row of height h/2 on either side
 *
 *     E = h/2 sum_halves (A + sum beta B)² / R  +  sum d (Dyy - Dxy²/Dxx) B² h,    R = sum d/Dxx,  beta = d Dxy/Dxx
 *
 * with A the difference between the columns in that row: fields that are linear in each layer are exact, on unequal columns
 * and across jumps of D too. E is a quadratic form of differences, hence a sum over the six edges between the four centres, and stays one of
 * fluxes: weights across, and of long edges, may be negative, their sum is not. At a wall the normal flux vanishes within
 * the half cell beside it, whose conductivity along the wall is Dxx - Dxy²/Dyy. With Dxy = 0 these are the edges of the grid.
 */
import type { Grid } from '../equations/grid.ts'
import type { Tensor2 } from '../equations/setting.ts'

/** Ends of the grid. */
export type Side = 'right' | 'left' | 'floor' | 'ceiling'
const SIDES: readonly Side[] = ['right', 'left', 'floor', 'ceiling']

export interface ObliqueEdges {
  /** The one of the left column first, then the lower one. */
  from: Int32Array
  to: Int32Array
  /** Per area of the cell: the unit of the tensor over m. */
  weight: Float64Array
  /** What leads from a node to an end, where that is held. */
  ends: Readonly<Record<Side, ReadonlyMap<number, number>>>
}

/** Ends that are held at one value each, the left and right one in some rows; nothing crosses others. */
export interface Held {
  right?: Uint8Array
  left?: Uint8Array
  /** Lower and upper one. */
  walls?: boolean
}

interface Layer {
  /** Half the width of the column, m. */
  d: number
  column: number
  xx: number
  /** Dxy / Dxx, and what conducts along a wall: across x, and across y. */
  tilt: number
  alongX: number
  alongY: number
}

/**
 * @param of tensor in a column
 * @param first column
 */
export function obliqueEdges(
  grid: Grid,
  of: (column: number) => Tensor2,
  first: number,
  { right, left, walls = false }: Held = {},
): ObliqueEdges {
  const { columns, rows, share, height, nodes } = grid
  const h = share * height
  const list = new EdgeList(grid)
  const join = (a: number, b: number, value: number) => list.join(a, b, value)
  const halves = (i: number) => (i >= first && i < columns ? [layerOf(grid, i, of(i))] : [])
  const [beyond, before, floor, ceiling] = SIDES.map((_, k) => nodes + k)
  for (let i = first - 1; i < columns; i++) {
    const layers = [...halves(i), ...halves(i + 1)]
    for (let row = 0; row < rows; row++) {
      const inner = i >= first && i + 1 < columns
      const open = inner || (i < first ? left?.[row] === 1 : right?.[row] === 1)
      const at = (column: number, j: number) => (j < 0 ? floor : j >= rows ? ceiling : column + columns * j)
      const ends = [i < first ? before : at(i, row), i + 1 < columns ? at(i + 1, row) : beyond]
      for (const next of [row - 1, row + 1]) {
        const inside = next >= 0 && next < rows
        if (!inside && !walls) {
          if (open) join(ends[0], ends[1], share / 2 / inSeries(layers, ({ alongX }) => alongX))
          continue
        }
        const far = inside ? h : h / 2
        for (const { column, d, alongY } of layers)
          join(at(column, row), at(column, next), (d * alongY * h) / (2 * far * far * height))
        if (!open) continue
        // A + sum beta B as a sum over the four centres.
        const part: [number, number][] = [
          [ends[0], -1],
          [ends[1], 1],
        ]
        for (const { column, d, tilt } of layers) {
          const m = ((next - row) * d * tilt) / far
          part.push([at(column, row), -m], [at(column, next), m])
        }
        square(part, share / 2 / inSeries(layers, ({ xx }) => xx), join)
      }
    }
  }
  return list.edges()
}

/** Sums up what joins two nodes; the ends are nodes beyond all others. */
class EdgeList {
  private readonly inside = new Map<number, number>()
  private readonly ends = { right: new Map(), left: new Map(), floor: new Map(), ceiling: new Map() } as Record<
    Side,
    Map<number, number>
  >
  private readonly columns: number
  private readonly nodes: number

  constructor({ columns, nodes }: Grid) {
    this.columns = columns
    this.nodes = nodes
  }

  join(a: number, b: number, value: number): void {
    const { nodes, columns, inside } = this
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    if (low === high || low >= nodes || value === 0) return
    if (high >= nodes) {
      const end = this.ends[SIDES[high - nodes]]
      end.set(low, (end.get(low) ?? 0) + value)
      return
    }
    const turned = low % columns > high % columns
    const key = turned ? high * nodes + low : low * nodes + high
    inside.set(key, (inside.get(key) ?? 0) + value)
  }

  edges(): ObliqueEdges {
    const { nodes, ends } = this
    const kept = [...this.inside].filter(([, value]) => value !== 0)
    return {
      from: Int32Array.from(kept, ([key]) => Math.floor(key / nodes)),
      to: Int32Array.from(kept, ([key]) => key % nodes),
      weight: Float64Array.from(kept, ([, value]) => value),
      ends,
    }
  }
}

function layerOf({ width }: Grid, column: number, [xx, yy, xy = 0]: Tensor2): Layer {
  const tilt = xy === 0 ? 0 : xy / xx
  return {
    d: width[column] / 2,
    column,
    xx,
    tilt,
    alongX: xy === 0 ? xx : Math.max(0, xx - xy ** 2 / yy),
    alongY: Math.max(0, yy - xy * tilt),
  }
}

function inSeries(layers: readonly Layer[], of: (layer: Layer) => number): number {
  return layers.reduce((sum, layer) => sum + (layer.d === 0 ? 0 : layer.d / of(layer)), 0)
}

/** scale (sum of parts times values)², the parts summing to 0, as a sum over differences of two. */
function square(
  parts: readonly [node: number, part: number][],
  scale: number,
  join: (a: number, b: number, value: number) => void,
): void {
  const of = new Map<number, number>()
  for (const [node, part] of parts) of.set(node, (of.get(node) ?? 0) + part)
  const list = [...of]
  for (let k = 0; k < list.length; k++)
    for (let l = 0; l < k; l++) join(list[k][0], list[l][0], -scale * list[k][1] * list[l][1])
}
