/**
 * Flows between the nodes of a cell, into its balances and their Jacobian:
 *
 *   is = -Sigma grad psi                   Ns = -D_s c_sm Ms grad y                    (Fickian)
 *   w  = Omega (1 - 2y) - K div grad y     Ns = -D_s c_sm Ms m(y) grad (w + logit y)   (thermodynamic)
 */
import type { NeutralFlux } from '../laws/electrolyte.ts'
import { lithiumFlux } from '../laws/lithium.ts'
import { type Add, PHI, PSI } from '../layout.ts'
import type { Host } from './host.ts'
import type { Net } from './net.ts'

/** What the flows read of the equations. */
export interface Walked {
  readonly net: Net
  readonly nodes: number
  readonly hosts: readonly Host[]
  readonly present: Uint8Array
  readonly atCollector: Uint8Array
  readonly neutral: NeutralFlux
  /** Scratch. */
  readonly flux: Float64Array
  excessFall(u: Float64Array, a: number, b: number, kind: Host): number
}

/** Salt and ionic current of a neutral electrolyte. */
export function ionFlow(
  { nodes: n, flux, neutral, net }: Walked,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  const { from, to, face, leaving } = net.electrolyte
  for (let k = 0; k < from.length; k++) {
    const [a, b] = [from[k], to[k]]
    neutral.write(face[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
    spreadFlux(n, flux, a, b, leaving[k] === 1, out, add)
  }
}

export function electronFlow(
  { nodes: n, atCollector, net }: Walked,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  const { electrons, collector } = net
  const { from, to, G } = electrons
  for (let k = 0; k < from.length; k++) {
    const [a, b] = [PSI * n + from[k], PSI * n + to[k]]
    balance(out, a, b, G[k] * (u[a] - u[b]))
    if (!add) continue
    if (atCollector[from[k]] === 0) pair(add, a, b, G[k])
    if (atCollector[to[k]] === 0) pair(add, b, a, G[k])
  }
  for (let k = 0; k < collector.node.length; k++) {
    const p = PSI * n + collector.node[k]
    if (collector.G[k] === Number.POSITIVE_INFINITY) continue
    if (out) out[p] -= collector.G[k] * u[p]
    add?.(p, p, -collector.G[k])
  }
}

export function lithiumFlow(
  equations: Walked,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  for (const kind of equations.hosts) lithiumBetween(kind, equations, u, out, add)
}

function lithiumBetween(
  kind: Host,
  equations: Walked,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  const { nodes: n, flux: m } = equations
  const { Y, W } = kind
  const { from, to, G } = kind.lithium
  const { law, mobility, omega } = kind.material.solid
  for (let k = 0; k < from.length; k++) {
    const [a, b] = [Y * n + from[k], Y * n + to[k]]
    if (law === 'fickian') {
      balance(out, a, b, G[k] * (u[a] - u[b]))
      if (add) pair(add, a, b, G[k])
      if (add) pair(add, b, a, G[k])
      continue
    }
    lithiumFlux(mobility, G[k], u[a], u[b], equations.excessFall(u, from[k], to[k], kind), m)
    balance(out, a, b, m[0])
    if (!add) continue
    const own = W < 0 ? 2 * omega * m[3] : 0
    through(add, a, b, a, m[1] - own)
    through(add, a, b, b, m[2] + own)
    if (W < 0) continue
    through(add, a, b, W * n + from[k], m[3])
    through(add, a, b, W * n + to[k], -m[3])
  }
}

/** Excess potentials of those kinds that have gradient energy. */
export function excessRows(
  { nodes: n, hosts }: Walked,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  for (const { Y, W, hosts: there, gradient, material } of hosts) {
    if (W < 0 || !gradient) continue
    const { omega } = material.solid
    const { from, to, G, volume } = gradient
    for (let k = 0; k < from.length; k++)
      for (const [p, q] of [
        [from[k], to[k]],
        [to[k], from[k]],
      ]) {
        const scale = G[k] / volume[p]
        if (out) out[W * n + p] += scale * (u[Y * n + p] - u[Y * n + q])
        add?.(W * n + p, Y * n + p, scale)
        add?.(W * n + p, Y * n + q, -scale)
      }
    for (let p = 0; p < n; p++) {
      if (there[p] === 0) continue
      if (out) out[W * n + p] += omega * (1 - 2 * u[Y * n + p]) - u[W * n + p]
      add?.(W * n + p, Y * n + p, -2 * omega)
      add?.(W * n + p, W * n + p, -1)
    }
  }
}

/**
 * What NeutralFlux has written for a face from node a to node b, in the balances of anions and charge on both sides.
 * @param leaving whether the anions count at a
 */
function spreadFlux(
  n: number,
  flux: Float64Array,
  a: number,
  b: number,
  leaving: boolean,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  if (out) {
    if (leaving) out[a] -= flux[5]
    out[b] += flux[5]
    out[PHI * n + a] -= flux[0]
    out[PHI * n + b] += flux[0]
  }
  if (!add) return
  for (let q = 0; q < 4; q++) {
    const column = (q % 2 === 0 ? 0 : PHI * n) + (q < 2 ? a : b)
    add(PHI * n + a, column, -flux[1 + q])
    add(PHI * n + b, column, flux[1 + q])
    if (leaving) add(a, column, -flux[6 + q])
    add(b, column, flux[6 + q])
  }
}

function balance(out: Float64Array | undefined, a: number, b: number, flux: number): void {
  if (!out) return
  out[a] -= flux
  out[b] += flux
}

/** Row of a linear flux G (u_row - u_other) that leaves. */
function pair(add: Add, row: number, other: number, G: number): void {
  add(row, row, -G)
  add(row, other, G)
}

/** Derivative of a flux from a to b by a column. */
function through(add: Add, a: number, b: number, column: number, value: number): void {
  add(a, column, -value)
  add(b, column, value)
}
