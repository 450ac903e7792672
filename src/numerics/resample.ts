/** Multilinear interpolation between two vertex-centred grids of the same box (x fastest), 1 to 3 axes. */
export function resample(
  from: Float64Array,
  fromNodes: readonly number[],
  to: Float64Array,
  toNodes: readonly number[],
): void {
  const d = toNodes.length
  const index = new Int32Array(d)
  const corner = new Float64Array(d)
  const strides = fromNodes.map((_, k) => fromNodes.slice(0, k).reduce((a, b) => a * b, 1))
  for (let p = 0; p < to.length; p++) {
    let rest = p
    for (let k = 0; k < d; k++) {
      const i = rest % toNodes[k]
      rest = Math.floor(rest / toNodes[k])
      const x = (i / (toNodes[k] - 1)) * (fromNodes[k] - 1)
      index[k] = Math.min(Math.floor(x), fromNodes[k] - 2)
      corner[k] = x - index[k]
    }
    let sum = 0
    for (let mask = 0; mask < 1 << d; mask++) {
      let weight = 1
      let at = 0
      for (let k = 0; k < d; k++) {
        const up = (mask >> k) & 1
        weight *= up ? corner[k] : 1 - corner[k]
        at += (index[k] + up) * strides[k]
      }
      if (weight !== 0) sum += weight * from[at]
    }
    to[p] = sum
  }
}
