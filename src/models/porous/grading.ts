/** Meshes along x that are dense at the electrodes, how a layout names them, and how states move between them. */

/**
 * Node positions on [0, 1], dense at both ends: (1 + tanh(a t) / tanh a) / 2 with the first interval at most `first`.
 * @param first wanted width of the outermost interval, relative to the length
 */
export function gradedFaces(nodes: number, first: number): Float64Array {
  const at = (a: number, i: number) => {
    const t = (2 * i) / (nodes - 1) - 1
    return a < 1e-6 ? (1 + t) / 2 : (1 + Math.tanh(a * t) / Math.tanh(a)) / 2
  }
  let [low, high] = [0, 18]
  if (at(low, 1) > first) {
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2
      if (at(middle, 1) > first) low = middle
      else high = middle
    }
  } else high = 0
  return Float64Array.from({ length: nodes }, (_, i) => at(high, i))
}

/** Node positions along x on [0, 1] that a layout stands for; undefined for uniform ones. */
export function faces(layout: string): Float64Array | undefined {
  const [counts, first] = layout.split('/')[2].split('@')
  return first === undefined ? undefined : gradedFaces(Number.parseInt(counts, 10), Number(first))
}

/**
 * All fields of a state from one set of positions to another by linear interpolation; undefined = uniform.
 * @param width rows along x: fields, times the rows of a sheet
 */
export function between(
  u: Float64Array,
  from: Float64Array | undefined,
  to: Float64Array | undefined,
  width: number,
  nodes = u.length / width,
): Float64Array {
  const before = u.length / width
  const at = (grid: Float64Array | undefined, n: number, i: number) => (grid ? grid[i] : i / (n - 1))
  const out = new Float64Array(width * nodes)
  let j = 0
  for (let i = 0; i < nodes; i++) {
    const x = at(to, nodes, i)
    while (j < before - 2 && at(from, before, j + 1) < x) j++
    const a = at(from, before, j)
    const s = Math.max(0, Math.min(1, (x - a) / (at(from, before, j + 1) - a)))
    for (let k = 0; k < width; k++) out[k * nodes + i] = (1 - s) * u[k * before + j] + s * u[k * before + j + 1]
  }
  return out
}
