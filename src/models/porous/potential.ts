/** Potentials without charge: what the sides alone would give. */
import type { PorousNet } from './net.ts'

/** Multiplications between two yields: a few milliseconds. */
const PIECE = 1e6

/** The harmonic potential that is 1 at the left side and 0 at the right one: currents are read with it. */
export function unitPotential(net: PorousNet): Generator<void, Float64Array> {
  return harmonic(net, () => 1)
}

/**
 * The harmonic potential with given values at the nodes of the left side and 0 at the right one. Conjugate gradients
 * with diagonal preconditioning on the edges of the displacement; done once per model. Yields on the way.
 */
export function* harmonic(net: PorousNet, left: (p: number) => number): Generator<void, Float64Array> {
  const { nodes: n, position, edges } = net
  const { from, to, count, displacement } = edges
  // Without sides there is no current between them to read.
  if (net.periodic) return new Float64Array(n)
  const held = new Uint8Array(n)
  const x = new Float64Array(n)
  const length = position[3 * net.right.node[0]]
  for (let p = 0; p < n; p++) x[p] = 1 - position[3 * p] / length
  for (const p of net.left.node) {
    held[p] = 1
    x[p] = left(p)
  }
  for (const p of net.right.node) held[p] = 1
  const diagonal = new Float64Array(n)
  const multiply = (v: Float64Array, out: Float64Array) => {
    out.fill(0)
    for (let k = 0; k < count; k++) {
      const d = displacement[k] * (v[from[k]] - v[to[k]])
      out[from[k]] += d
      out[to[k]] -= d
    }
    for (let p = 0; p < n; p++) if (held[p]) out[p] = 0
  }
  for (let k = 0; k < count; k++) {
    diagonal[from[k]] += displacement[k]
    diagonal[to[k]] += displacement[k]
  }
  const product = new Float64Array(n)
  multiply(x, product)
  const r = product.map((v) => -v)
  const z = r.map((v, p) => v / diagonal[p])
  const direction = Float64Array.from(z)
  const dot = (a: Float64Array, b: Float64Array) => {
    let sum = 0
    for (let p = 0; p < n; p++) sum += a[p] * b[p]
    return sum
  }
  const pause = Math.ceil(PIECE / (count + n))
  let rz = dot(r, z)
  const scale = diagonal.reduce((a, b) => a + b, 0)
  for (let i = 0; i < 20 * n && rz > 1e-26 * scale; i++) {
    multiply(direction, product)
    const alpha = rz / dot(direction, product)
    for (let p = 0; p < n; p++) {
      x[p] += alpha * direction[p]
      r[p] -= alpha * product[p]
      z[p] = r[p] / diagonal[p]
    }
    const next = dot(r, z)
    for (let p = 0; p < n; p++) direction[p] = z[p] + (next / rz) * direction[p]
    rz = next
    if (i % pause === pause - 1) yield
  }
  return x
}
