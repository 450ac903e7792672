/** Where a sparse matrix has entries, and these entries by row. */

/** A symmetric pattern by rows: neighbours of k are column[start[k]] … column[start[k + 1] - 1], itself among them or not. */
export interface Pattern {
  start: Int32Array
  column: Int32Array
}

export type Add = (row: number, column: number, value: number) => void

export interface Gathered {
  pattern: Pattern
  /** By the pattern; entries of the same place add up. */
  values: Float64Array
  /** Place among the values of every entry, in the order in which they come. */
  slots: Int32Array
}

/**
 * The pattern of entries, of their mirror images and of the diagonal, each row in ascending order; and their values.
 * @param list the entries by indices into the state; it is asked twice
 * @param index of unknown k of the state among those that exist; -1 where absent, and its entries are left out
 * @param size unknowns that exist
 */
export function gather(list: (add: Add) => void, index: Int32Array, size: number): Gathered {
  let count = 0
  list((row, col) => {
    if (index[row] >= 0 && index[col] >= 0) count++
  })
  const rows = new Int32Array(count + size)
  const columns = new Int32Array(count + size)
  const amounts = new Float64Array(count)
  let at = 0
  list((row, col, value) => {
    const [r, c] = [index[row], index[col]]
    if (r < 0 || c < 0) return
    rows[at] = r
    columns[at] = c
    amounts[at++] = value
  })
  for (let k = 0; k < size; k++) rows[count + k] = columns[count + k] = k
  const room = new Int32Array(size + 1)
  for (let q = 0; q < rows.length; q++) {
    room[rows[q] + 1]++
    if (rows[q] !== columns[q]) room[columns[q] + 1]++
  }
  for (let k = 0; k < size; k++) room[k + 1] += room[k]
  const all = new Int32Array(room[size])
  const next = room.slice(0, size)
  for (let q = 0; q < rows.length; q++) {
    all[next[rows[q]]++] = columns[q]
    if (rows[q] !== columns[q]) all[next[columns[q]]++] = rows[q]
  }
  // Where every place has its mirror image, filling by columns puts rows in order.
  const sorted = new Int32Array(room[size])
  next.set(room.subarray(0, size))
  for (let r = 0; r < size; r++) for (let q = room[r]; q < room[r + 1]; q++) sorted[next[all[q]]++] = r
  const start = new Int32Array(size + 1)
  let end = 0
  for (let k = 0; k < size; k++) {
    // What comes several times stands once; it never moves to the right.
    for (let q = room[k]; q < room[k + 1]; q++)
      if (q === room[k] || sorted[q] !== sorted[end - 1]) sorted[end++] = sorted[q]
    start[k + 1] = end
  }
  const pattern = { start, column: sorted.slice(0, end) }
  const values = new Float64Array(end)
  const slots = new Int32Array(count)
  for (let q = 0; q < count; q++) {
    slots[q] = placeIn(pattern, rows[q], columns[q])
    values[slots[q]] += amounts[q]
  }
  return { pattern, values, slots }
}

/** @throws RangeError when the place is not one of the pattern */
export function placeIn({ start, column }: Pattern, row: number, wanted: number): number {
  for (let q = start[row]; q < start[row + 1]; q++) if (column[q] === wanted) return q
  throw new RangeError(`entry in row ${row}, column ${wanted}: not among those that were assembled first`)
}
