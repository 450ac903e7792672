/** Fewer points that look like all: of every run of rows the first, the lowest and the highest. */

/**
 * Rows to be kept, in order, the last one among them: at most `most`. Peaks are never lost, what lies between them may be.
 * @param values by which lowest and highest are told; NaN is passed over
 */
export function thinnedRows(values: ArrayLike<number>, most: number): number[] {
  const rows = values.length
  if (rows <= most) return Array.from({ length: rows }, (_, k) => k)
  const buckets = Math.max(1, Math.floor((most - 1) / 3))
  const kept = new Set<number>()
  for (let b = 0; b < buckets; b++) {
    const from = Math.floor((b * rows) / buckets)
    const to = Math.floor(((b + 1) * rows) / buckets)
    let [low, high] = [from, from]
    for (let k = from + 1; k < to; k++) {
      if (values[k] < values[low] || Number.isNaN(values[low])) low = k
      if (values[k] > values[high] || Number.isNaN(values[high])) high = k
    }
    kept.add(from)
    kept.add(Math.min(low, high))
    kept.add(Math.max(low, high))
  }
  return [...kept, rows - 1].filter((k, i, all) => i === 0 || k !== all[i - 1])
}

/** Rows evenly apart, at most `most`: a sample without bias, for means. */
export function evenRows(rows: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(rows / most))
  return Array.from({ length: Math.ceil(rows / every) }, (_, k) => k * every)
}
