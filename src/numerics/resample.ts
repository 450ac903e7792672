/** Multilinear interpolation on vertex-centred grids of a box (x fastest), 1 to 3 axes. */

/**
 * Values at `out.length` points into out.
 * @param coordinate position of point p along axis k in mesh widths of the grid; clamped to the outermost cells
 */
export function interpolate(
  values: Float64Array,
  nodes: readonly number[],
  coordinate: (p: number, k: number) => number,
  out: Float64Array,
): void {
  const at = sampler(nodes)
  for (let p = 0; p < out.length; p++) out[p] = at(values, (k) => coordinate(p, k))
}

/** The multilinear interpolant at one point, given by its coordinates in mesh widths. */
export function sampler(nodes: readonly number[]): (values: Float64Array, coordinate: (k: number) => number) => number {
  const d = nodes.length
  const offset = new Float64Array(d)
  const strides = nodes.map((_, k) => nodes.slice(0, k).reduce((a, b) => a * b, 1))
  return (values, coordinate) => {
    let base = 0
    for (let k = 0; k < d; k++) {
      const x = coordinate(k)
      const i = Math.max(0, Math.min(Math.floor(x), nodes[k] - 2))
      offset[k] = x - i
      base += i * strides[k]
    }
    let sum = 0
    for (let mask = 0; mask < 1 << d; mask++) {
      let weight = 1
      let at = base
      for (let k = 0; k < d; k++) {
        const up = (mask >> k) & 1
        weight *= up ? offset[k] : 1 - offset[k]
        at += up * strides[k]
      }
      if (weight !== 0) sum += weight * values[at]
    }
    return sum
  }
}

/** Central difference of nodal values at node p along an axis; second order one-sided at the ends. */
export function slopeAt(
  u: ArrayLike<number>,
  nodes: readonly number[],
  size: readonly number[],
  axis: number,
  p: number,
): number {
  let stride = 1
  for (let k = 0; k < axis; k++) stride *= nodes[k]
  const last = nodes[axis] - 1
  const h = size[axis] / last
  const i = Math.floor(p / stride) % nodes[axis]
  if (last < 2) return (u[p + (last - i) * stride] - u[p - i * stride]) / h
  if (i === 0) return (-1.5 * u[p] + 2 * u[p + stride] - 0.5 * u[p + 2 * stride]) / h
  if (i === last) return (1.5 * u[p] - 2 * u[p - stride] + 0.5 * u[p - 2 * stride]) / h
  return (u[p + stride] - u[p - stride]) / (2 * h)
}

/** `slopeAt` at every node. */
export function slopes(u: Float64Array, nodes: readonly number[], size: readonly number[], axis: number): Float64Array {
  return u.map((_, p) => slopeAt(u, nodes, size, axis, p))
}

/** Length of a gradient at node p. @param gradient its components */
export function steepness([x, y, z]: readonly Float64Array[], p: number): number {
  if (z) return Math.hypot(x[p], y[p], z[p])
  return y ? Math.hypot(x[p], y[p]) : Math.abs(x[p])
}

/** From one grid to another of the same box. */
export function resample(
  from: Float64Array,
  fromNodes: readonly number[],
  to: Float64Array,
  toNodes: readonly number[],
): void {
  const strides = toNodes.map((_, k) => toNodes.slice(0, k).reduce((a, b) => a * b, 1))
  const index = (p: number, k: number) => Math.floor(p / strides[k]) % toNodes[k]
  interpolate(from, fromNodes, (p, k) => (index(p, k) / (toNodes[k] - 1)) * (fromNodes[k] - 1), to)
}
