/**
 * The box of a cell: lithium foil (a column of nodes without volume at x = 0), separator cells, cathode cells, collector.
 * Finite volumes with the unknowns at cell centres; the cathode is refined towards the separator, where the reaction of
 * a phase with a flat voltage starts. In two dimensions rows of equal height stand on each other; the collector carries
 * a tab on part of its height.
 */

import type { Layers } from '../../family.ts'

/** Faces between neighbouring columns or rows; halves measured from the centres to the face, m. */
export interface GridFaces {
  count: number
  from: Int32Array
  to: Int32Array
  /** Area of the face, m² per m² of cell (1D: 1). */
  area: Float64Array
  /** Distance from the centre of `from` and of `to` to the face, m. */
  before: Float64Array
  after: Float64Array
  /** 0: normal along x, 1: along y. */
  axis: Uint8Array
}

export interface Grid {
  /** Columns, the foil included, and rows. Node p = column + columns * row. */
  columns: number
  rows: number
  nodes: number
  /** First column of the cathode. */
  first: number
  /** Centre of each column, m, and its width. */
  x: Float64Array
  width: Float64Array
  /** Height of a row over the height of the cell. */
  share: number
  /** Height of the cell, m; 0 in one dimension. */
  height: number
  separator: number
  cathode: number
  faces: GridFaces
  /** 1 where the collector of a row carries the tab. */
  tab: Uint8Array
}

export interface GridSpec {
  /** Lengths, m. */
  separator: number
  cathode: number
  /** Cells of each; without a separator its cells are ignored. */
  separatorCells: number
  cathodeCells: number
  /** Width of the last over that of the first cathode cell. */
  grading: number
  /** Two dimensions: rows and height, m. */
  rows?: number
  height?: number
  /** Part of the collector's height, from the top, that is connected; at least one row is. */
  tab?: number
}

export function makeGrid(spec: GridSpec): Grid {
  const { separator, cathode, cathodeCells: cells, grading, rows = 1, height = 0, tab = 1 } = spec
  const before = separator > 0 ? spec.separatorCells : 0
  const columns = 1 + before + cells
  const width = new Float64Array(columns)
  for (let i = 0; i < before; i++) width[1 + i] = separator / before
  const ratio = cells > 1 ? grading ** (1 / (cells - 1)) : 1
  let sum = 0
  for (let i = 0; i < cells; i++) sum += ratio ** i
  for (let i = 0; i < cells; i++) width[1 + before + i] = (cathode * ratio ** i) / sum
  const x = new Float64Array(columns)
  let left = 0
  for (let i = 0; i < columns; i++) {
    x[i] = left + width[i] / 2
    left += width[i]
  }
  const connected = Math.max(1, Math.round(tab * rows))
  return {
    columns,
    rows,
    nodes: columns * rows,
    first: 1 + before,
    x,
    width,
    share: 1 / rows,
    height,
    separator,
    cathode,
    faces: makeFaces(columns, rows, width, height),
    tab: Uint8Array.from({ length: rows }, (_, j) => (j >= rows - connected ? 1 : 0)),
  }
}

function makeFaces(columns: number, rows: number, width: Float64Array, height: number): GridFaces {
  const list: { from: number; to: number; area: number; before: number; after: number; axis: number }[] = []
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const from = i + columns * j
      if (i + 1 < columns)
        list.push({ from, to: from + 1, area: 1 / rows, before: width[i] / 2, after: width[i + 1] / 2, axis: 0 })
      if (j + 1 < rows && width[i] > 0) {
        const half = height / rows / 2
        // Areas are per area of the cell: a face along x has width / height.
        list.push({ from, to: from + columns, area: width[i] / height, before: half, after: half, axis: 1 })
      }
    }
  return {
    count: list.length,
    from: Int32Array.from(list, (f) => f.from),
    to: Int32Array.from(list, (f) => f.to),
    area: Float64Array.from(list, (f) => f.area),
    before: Float64Array.from(list, (f) => f.before),
    after: Float64Array.from(list, (f) => f.after),
    axis: Uint8Array.from(list, (f) => f.axis),
  }
}

/** The centre of a node in the box, parts of its sides. */
export function placeOf({ columns, rows, x, separator, cathode }: Grid, p: number): [number, number] {
  return [x[p % columns] / (separator + cathode), (Math.floor(p / columns) + 0.5) / rows]
}

/** The face from one node to the next one; undefined where they do not touch. */
export function faceBetween({ nodes, faces }: Grid): (from: number, to: number) => number | undefined {
  const of = new Map<number, number>()
  for (let k = 0; k < faces.count; k++) of.set(faces.from[k] * nodes + faces.to[k], k)
  return (from, to) => of.get(from * nodes + to)
}

/** The cell as a stack, for pictures. */
export function layersOf({ separator, cathode }: Grid): Layers {
  const parts = [{ label: 'cathode', to: separator + cathode }]
  if (separator > 0) parts.unshift({ label: 'separator', to: separator })
  return { parts, ends: ['lithium', 'collector'] }
}
