/**
 * Quantities that follow from the fields of a model, worked out where they are looked at and never sent with a frame: flows of
 * ions and currents as vectors, potentials and conductivities as numbers. A family says what they are made of (`Derived`).
 */
import { leadingBlock, type Tensor } from '../cell/cell.ts'
import type { Field } from './field.ts'
import type { MacroSpec } from './input.ts'
import { type At, type LawPart, lawOf, type Values } from './law.ts'
import { bernoulli } from './transport.ts'

/** A quantity that follows from fields: a flow, or a sum. */
export interface Derived extends Pick<Field, 'name' | 'label' | 'symbol' | 'unit' | 'factor' | 'group' | 'partial'> {
  /** Parts of a flow. */
  flow?: readonly FlowPart[]
  /** Parts of a number. */
  sum?: readonly SumPart[]
  /** A number that a law of the family gives. */
  law?: LawPart
  /** Heading under which lists have it. */
  under?: string
}

/**
 * One part of a flow, with grad psi the sum of those of `by` and z f its `valence`:
 *
 *   -weight ( T_c grad c + z f c T_psi grad psi )
 *
 * or, of nothing that is carried, -weight T_psi grad psi.
 */
export interface FlowPart {
  /** Field of the concentration. */
  carried?: string
  /** Fields whose sum is the potential. */
  by: readonly string[]
  /** z f, 1/V. */
  valence: number
  /** A diffusivity [m²/s], times F z where the flow is a current. */
  weight: number
  diffusion: Medium
  drift: Medium
}

/** A tensor, or those that belong to equally spaced values: of the place along the box, or of a field. */
export interface Medium {
  tensors: readonly Tensor[]
  over?: { field: string; from: number; to: number }
}

/** A medium that is the same everywhere, or varies along the box. @param tensor that at a place, a fraction of the length */
export function mediumOf(
  tensor: Tensor | ((place: number) => Tensor),
  { dimension, nodes: [columns] }: MacroSpec,
): Medium {
  if (typeof tensor !== 'function') return { tensors: [leadingBlock(tensor, dimension)] }
  return {
    tensors: Array.from({ length: columns }, (_, i) => leadingBlock(tensor(i / (columns - 1)), dimension)),
  }
}

/** weight u, or weight ln(u / over). */
export interface SumPart {
  of: string
  weight: number
  over?: number
}

/**
 * The number at each node, or the length of the flow there; on a line the flow to the right.
 * @param at fields, box and time of a frame
 * @returns undefined where a field that it is made of has no values
 */
export function derivedValues(of: Derived, at: At): Float32Array | undefined {
  const { values, macro } = at
  if (of.sum) return sumOf(of.sum, values)
  if (of.law) {
    const own = lawOf(of.law, at)
    const count = macro.nodes.reduce((a, b) => a * b, 1)
    return own && Float32Array.from({ length: count }, (_, p) => own(p))
  }
  const flow = flowOf(of, values, macro)
  return flow && lengthOf(flow)
}

/** Length of a flow at each node; on a line the flow itself. @param flow its components */
export function lengthOf(flow: readonly Float32Array[]): Float32Array {
  if (flow.length < 2) return flow[0]
  return flow[0].map((_, p) => Math.hypot(...flow.map((component) => component[p])))
}

/** A quantity as a file holds it: a number, or a component of a flow. */
export interface DerivedColumn extends Pick<Derived, 'name' | 'label' | 'unit' | 'factor'> {
  values: Float32Array
}

/** What follows from the fields of a frame, for files: flows by their components, `flow_x` and so on beyond one dimension. */
export function derivedColumns(all: readonly Derived[], at: At): DerivedColumn[] {
  const { values, macro } = at
  return all.flatMap((derived) => {
    const { name, label, unit, factor } = derived
    if (!derived.flow || macro.dimension === 1) {
      const own = derivedValues(derived, at)
      return own ? [{ name, label, unit, factor, values: own }] : []
    }
    return (flowOf(derived, values, macro) ?? []).map((component, axis) => {
      const along = 'xyz'[axis]
      return { name: `${name}_${along}`, label: `${label}, ${along}`, unit, factor, values: component }
    })
  })
}

/** `derivedValues` at one node, from that node and its neighbours alone. */
export function derivedAt(of: Derived, at: At, node: number): number | undefined {
  if (of.law) return lawOf(of.law, at)?.(node)
  const { values, macro } = at
  const { nodes, size } = macro
  const strides = nodes.map((_, k) => nodes.slice(0, k).reduce((a, b) => a * b, 1))
  const ranges = nodes.map((n, k) => {
    const i = Math.floor(node / strides[k]) % n
    const from = Math.max(0, i - 1)
    return { from, count: Math.min(n - 1, i + 1) - from + 1 }
  })
  const near: MacroSpec = {
    ...macro,
    nodes: ranges.map(({ count }) => count),
    size: ranges.map(({ count }, k) => (size[k] / (nodes[k] - 1)) * (count - 1)),
  }
  let members = [0]
  ranges.forEach(({ from, count }, k) => {
    members = Array.from({ length: count }, (_, i) => members.map((p) => p + (from + i) * strides[k])).flat()
  })
  const nearby = (name: string) => {
    const own = values(name)
    return own && Float64Array.from(members, (p) => own[p])
  }
  const [{ from, count }] = ranges
  const cut = ({ tensors, over }: Medium): Medium => ({
    tensors: over || tensors.length === 1 ? tensors : tensors.slice(from, from + count),
    over,
  })
  const flow = of.flow?.map((part) => ({ ...part, diffusion: cut(part.diffusion), drift: cut(part.drift) }))
  return derivedValues({ ...of, flow }, { ...at, values: nearby, macro: near })?.[members.indexOf(node)]
}

function sumOf(parts: readonly SumPart[], values: Values): Float32Array | undefined {
  let out: Float32Array | undefined
  for (const { of, weight, over } of parts) {
    const own = values(of)
    if (!own) return undefined
    out ??= new Float32Array(own.length)
    for (let p = 0; p < out.length; p++) out[p] += weight * (over === undefined ? own[p] : Math.log(own[p] / over))
  }
  return out
}

/**
 * Components of a flow at the nodes of the box [its unit], as the fluxes along the edges have them: fitted exponentially on an
 * edge (models/transport.ts), a node with the mean of its two edges.
 * @returns undefined for a number, and where a field that it is made of has no values
 */
export function flowOf({ flow }: Derived, values: Values, macro: MacroSpec): Float32Array[] | undefined {
  if (!flow) return undefined
  const { dimension: d, nodes } = macro
  const count = nodes.reduce((a, b) => a * b, 1)
  const out = Array.from({ length: d }, () => new Float32Array(count))
  for (const part of flow) {
    const named = [...part.by, ...(part.carried ? [part.carried] : [])].map(values)
    if (named.some((own) => own === undefined)) return undefined
    const psi = Float64Array.from({ length: count }, (_, p) =>
      part.by.reduce((sum, _, k) => sum + (named[k]?.[p] ?? 0), 0),
    )
    const c = part.carried ? named[part.by.length] : undefined
    const edges = edgeDrives(part, psi, c, values, macro)
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) if (edges[i][j]) spread(edges[i][j] as Float64Array, j, macro, out[i])
    }
  }
  return out
}

/** [i][j]: flow along axis i that the difference along axis j drives, by the node at the lower end of the edge along j. */
function edgeDrives(
  part: FlowPart,
  psi: Float64Array,
  c: ArrayLike<number> | undefined,
  values: Values,
  { dimension: d, nodes, size }: MacroSpec,
): (Float64Array | undefined)[][] {
  const diffusion = tensorsAt(part.diffusion, values, nodes)
  const drift = tensorsAt(part.drift, values, nodes)
  const axes = [...Array(d).keys()]
  const edges = axes.map((i) =>
    axes.map((j) =>
      [...part.diffusion.tensors, ...part.drift.tensors].some((tensor) => tensor[i][j] !== 0)
        ? new Float64Array(psi.length)
        : undefined,
    ),
  )
  let stride = 1
  for (const j of axes) {
    const h = size[j] / (nodes[j] - 1)
    for (let p = 0; p < psi.length; p++) {
      if (Math.floor(p / stride) % nodes[j] === nodes[j] - 1) continue
      const q = p + stride
      const [dp, dq, bp, bq] = [diffusion(p), diffusion(q), drift(p), drift(q)]
      for (const i of axes) {
        const own = edges[i][j]
        if (!own) continue
        const a = (dp[i][j] + dq[i][j]) / 2
        const b = (bp[i][j] + bq[i][j]) / 2
        own[p] = (part.weight * between(part.valence * (psi[q] - psi[p]), psi[p] - psi[q], c && [c[p], c[q]], a, b)) / h
      }
    }
    stride *= nodes[j]
  }
  return edges
}

/** What an edge carries times its length, from its lower end to the other. @param x valence times the rise of the potential */
function between(x: number, fall: number, c: readonly [number, number] | undefined, a: number, b: number): number {
  if (!c) return b * fall
  if (a === 0) return (-b * x * (c[0] + c[1])) / 2
  const fitted = (b / a) * x
  return a * (bernoulli(fitted) * c[0] - bernoulli(-fitted) * c[1])
}

/** The tensor at a node. */
function tensorsAt({ tensors, over }: Medium, values: Values, nodes: readonly number[]): (node: number) => Tensor {
  if (tensors.length === 1) return () => tensors[0]
  const last = tensors.length - 1
  const field = over && values(over.field)
  const place = (p: number) =>
    over ? ((field?.[p] ?? over.from) - over.from) / (over.to - over.from) : (p % nodes[0]) / (nodes[0] - 1)
  return (p) => {
    const x = last * Math.max(0, Math.min(1, place(p)))
    const k = Math.min(Math.floor(x), last - 1)
    return tensors[k].map((row, i) => row.map((v, j) => v + (x - k) * (tensors[k + 1][i][j] - v)))
  }
}

/** Adds to each node the mean of the edges along an axis that meet there. */
function spread(edges: Float64Array, axis: number, { nodes }: MacroSpec, out: Float32Array): void {
  const stride = nodes.slice(0, axis).reduce((a, b) => a * b, 1)
  for (let p = 0; p < out.length; p++) {
    const i = Math.floor(p / stride) % nodes[axis]
    const [before, after] = [i > 0, i < nodes[axis] - 1]
    const sum = (before ? edges[p - stride] : 0) + (after ? edges[p] : 0)
    out[p] += before && after ? sum / 2 : sum
  }
}
