/**
 * Pumped electrolyte in a box of two dimensions: V = -(K/mu) grad P, div V = 0 in the cathode, with the full tensor K of each
 * column. Along the cell P is held at both ends of the cathode, and the separator passes in every row what the cathode takes;
 * across it P is held at the lower and the upper end of the cathode, and the separator, whose pores are fine, lets nothing pass.
 */
import type { Tensor } from '../../../cell/cell.ts'
import { finish } from '../../../finish.ts'
import { BlockTridiagonal } from '../../../numerics/blocktridiagonal.ts'
import type { Derived } from '../../derived.ts'
import type { MacroSpec } from '../../family.ts'
import { faceBetween, type Grid } from '../equations/grid.ts'
import type { CathodeSetting, FlowField, Tensor2 } from '../equations/setting.ts'
import { type ObliqueEdges, obliqueEdges } from './oblique.ts'
import { sampleCells } from './sample.ts'

/** The higher pressure is held at the first, the lower at the second. */
const ENDS = { along: ['left', 'right'], across: ['floor', 'ceiling'] } as const
type Ends = (typeof ENDS)[keyof typeof ENDS]

/**
 * @param K permeability of a column, m²
 * @param viscosity Pa s
 * @returns flows and pressures for a mean velocity of 1 m/s through the end where it enters, and that velocity at 1 Pa, m/s
 */
export function darcyFlow(
  grid: Grid,
  K: (column: number) => Tensor2,
  direction: 'along' | 'across',
  viscosity: number,
): { field: FlowField; mobility: number } {
  const [enter, leave] = ENDS[direction]
  const whole = new Uint8Array(grid.rows).fill(1)
  const held = direction === 'across' ? { walls: true } : { left: whole, right: whole }
  const edges = obliqueEdges(grid, K, grid.first, held)
  const P = pressures(grid, edges, ENDS[direction])
  const faces = faceFlows(grid, edges, P)
  const inflow = [...edges.ends[enter]].map(([p, G]): [number, number] => [p, G * (1 - P[p])])
  const outflow = [...edges.ends[leave]].map(([p, G]): [number, number] => [p, G * P[p]])
  const total = inflow.reduce((sum, [, flow]) => sum + flow, 0)
  // Flows are per area of the cell, and across the end is as long as the cathode is thick.
  const mean = direction === 'along' ? total : (total * grid.height) / grid.cathode
  if (direction === 'along') throughSeparator(grid, inflow, faces)
  const scaled = ([p, flow]: [number, number]) => ({ node: p, flow: flow / mean })
  return {
    field: {
      faces: faces.map((flow) => flow / mean),
      enter: inflow.map(scaled),
      leave: outflow.map(scaled),
      pressure: P.map((part) => (part * viscosity) / mean),
      viscosity,
    },
    mobility: mean / viscosity,
  }
}

/** Pressures, 1 in the separator and where it enters, 0 where it leaves. */
function pressures(
  { columns, rows, first, nodes }: Grid,
  { from, to, weight, ends }: ObliqueEdges,
  [enter, leave]: Ends,
) {
  const matrix = new BlockTridiagonal(columns, rows)
  const P = new Float64Array(nodes)
  matrix.assemble((add) => {
    const join = (a: number, b: number, G: number) => {
      add(a, a, -G)
      add(a, b, G)
    }
    weight.forEach((G, k) => {
      join(from[k], to[k], G)
      join(to[k], from[k], G)
    })
    for (const [p, G] of [...ends[enter], ...ends[leave]]) add(p, p, -G)
    for (let p = 0; p < nodes; p++) {
      if (p % columns >= first) continue
      add(p, p, -1)
      P[p] = 1
    }
  })
  for (const [p, G] of ends[enter]) P[p] = G
  finish(matrix.factor(new Float64Array(nodes), 1))
  matrix.solve(P, P)
  return P
}

/** Flows through the faces of the grid; a diagonal edge goes half by either corner, so that the balances stay. */
function faceFlows(grid: Grid, edges: ObliqueEdges, P: Float64Array): Float64Array {
  const between = faceBetween(grid)
  const out = new Float64Array(grid.faces.count)
  const through = (a: number, b: number, flow: number) => {
    const k = between(a, b)
    if (k === undefined) out[between(b, a) ?? Number.NaN] -= flow
    else out[k] += flow
  }
  edges.weight.forEach((G, k) => {
    const [a, b] = [edges.from[k], edges.to[k]]
    const flow = G * (P[a] - P[b])
    if (between(a, b) !== undefined) through(a, b, flow)
    // The columns are neighbours.
    else
      for (const corner of [a + 1, b - 1]) {
        through(a, corner, flow / 2)
        through(corner, b, flow / 2)
      }
  })
  return out
}

/** Straight through the separator, row by row. */
function throughSeparator(
  { columns, first, faces }: Grid,
  inflow: readonly [number, number][],
  out: Float64Array,
): void {
  const of = new Map(inflow.map(([p, flow]) => [Math.floor(p / columns), flow]))
  for (let k = 0; k < faces.count; k++)
    if (faces.axis[k] === 0 && faces.to[k] % columns <= first) out[k] = of.get(Math.floor(faces.to[k] / columns)) ?? 0
}

/** Pressures at the nodes of the box [Pa], with those that are held at its ends; none where the flow is one velocity. */
export function pressuresShown({ grid, flow, cathode, along }: CathodeSetting, macro: MacroSpec): Float32Array[] {
  if (!flow?.field) return []
  const { velocity, across, field } = flow
  const P = (p: number) => velocity * field.pressure[p]
  const out = sampleCells(grid, macro, P, 'cathode')
  const [nx, ny] = macro.nodes
  // Between the last centres and the end a picture is constant.
  for (let k = 0; k < out.length; k++) {
    if (Number.isNaN(out[k])) continue
    if (across && k < nx) out[k] = P(0)
    if (across ? k >= nx * (ny - 1) : k % nx === nx - 1) out[k] = 0
  }
  if (across) {
    // Nothing goes through the collector: V_x = 0 there, so dP/dx = -(K_xy/K_xx) dP/dy.
    const [xx, , xy = 0] = (along?.at(-1) ?? cathode).K ?? [1, 0]
    const half = grid.width[grid.columns - 1] / 2
    const end = Float64Array.from({ length: ny }, (_, j) => out[nx - 1 + nx * j])
    for (let j = 1; j < ny - 1; j++) {
      const upwards = ((end[j + 1] - end[j - 1]) * (ny - 1)) / (2 * (macro.size[1] ?? 1))
      out[nx - 1 + nx * j] -= half * (xy / xx) * upwards
    }
  }
  return [out]
}

/** The velocity by the pressure of a picture: V = -(K/mu) grad P, with the permeabilities along the box. */
export function velocityOf({ grid, flow, cathode, along }: CathodeSetting, { size, nodes }: MacroSpec): Derived[] {
  if (!flow?.field) return []
  const tensors = Array.from({ length: nodes[0] }, (_, k): Tensor => {
    const column = grid.x.findLastIndex((x, i) => x - grid.width[i] / 2 <= (k * size[0]) / (nodes[0] - 1))
    const [xx, yy, xy = 0] = (along?.[Math.max(0, column - grid.first)] ?? cathode).K ?? [0, 0]
    return [
      [xx, xy],
      [xy, yy],
    ]
  })
  const medium = { tensors }
  return [
    {
      name: 'velocity',
      label: 'Velocity of the electrolyte',
      symbol: 'V',
      unit: 'µm/s',
      factor: 1e-6,
      group: 'velocity',
      partial: true,
      flow: [{ by: ['pressure'], valence: 0, weight: 1 / flow.field.viscosity, diffusion: medium, drift: medium }],
    },
  ]
}
