/**
 * Periodic lattice of dimension d in {1, 2, 3} and its Kuhn triangulation.
 *
 * Node (i, j, k) has index p = i + nx*(j + ny*k). A 0/1 vector is written as a bit mask (bit c = axis c).
 * The 2^d - 1 nonzero masks are the positive edge directions; direction `s` is mask s + 1. Lattice cell p is the
 * box whose lowest corner is node p; corner `mask` of it is node p + mask (wrapped around).
 * Every permutation (a1, ..., ad) of the axes gives one simplex of a lattice cell: the path of corners
 * 0, e_a1, e_a1 + e_a2, ..., (1, ..., 1). So each edge of each simplex is one of the 2^d - 1 directions.
 *
 * Source: H. W. Kuhn, IBM J. Res. Dev. 4 (1960) 518.
 */
export class Lattice {
  readonly dimension: number
  /** Nodes per axis, length d. */
  readonly sizes: readonly number[]
  readonly count: number
  /** Index step of each axis, length d. */
  readonly strides: readonly number[]
  /** Number of positive edge directions, 2^d - 1. */
  readonly directionCount: number
  /** Permutations of the axes, d! of them, in lexicographic order. */
  readonly permutations: readonly (readonly number[])[]
  /** paths[perm][m] = mask of vertex m (0..d) of that simplex. */
  readonly paths: readonly (readonly number[])[]
  private readonly tables = new Map<number, Int32Array>()

  /** @throws RangeError if `sizes` is not 1 to 3 positive integers */
  constructor(sizes: readonly number[]) {
    if (sizes.length < 1 || sizes.length > 3 || sizes.some((n) => !Number.isInteger(n) || n < 1))
      throw new RangeError(`lattice sizes: got [${sizes.join(', ')}]; must be 1 to 3 positive integers, e.g. [64, 64]`)
    this.dimension = sizes.length
    this.sizes = [...sizes]
    this.strides = sizes.map((_, c) => sizes.slice(0, c).reduce((a, b) => a * b, 1))
    this.count = sizes.reduce((a, b) => a * b, 1)
    this.directionCount = 2 ** this.dimension - 1
    this.permutations = permutationsOf(sizes.map((_, c) => c))
    this.paths = this.permutations.map((perm) => {
      const path = [0]
      for (const axis of perm) path.push(path[path.length - 1] | (1 << axis))
      return path
    })
  }

  /** The cube lattice of n^d nodes. */
  static cube(dimension: number, n: number): Lattice {
    return new Lattice(Array.from({ length: dimension }, () => n))
  }

  get simplexCount(): number {
    return this.permutations.length
  }

  index(i: number, j = 0, k = 0): number {
    return i + (this.strides[1] ?? 0) * j + (this.strides[2] ?? 0) * k
  }

  /** Coordinate of node p along an axis. */
  coordinate(p: number, axis: number): number {
    return Math.floor(p / this.strides[axis]) % this.sizes[axis]
  }

  /** Node p + mask for every p, wrapped around; computed once per mask. */
  forward(mask: number): Int32Array {
    let table = this.tables.get(mask)
    if (!table) {
      table = new Int32Array(this.count)
      const [nx, ny = 1, nz = 1] = this.sizes as [number, number?, number?]
      const [a, b, c] = [mask & 1, (mask >> 1) & 1, (mask >> 2) & 1]
      let p = 0
      for (let k = 0; k < nz; k++)
        for (let j = 0; j < ny; j++) {
          const row = nx * (((j + b) % ny) + ny * ((k + c) % nz))
          for (let i = 0; i < nx; i++) table[p++] = row + i + a
          if (a === 1) table[p - 1] = row
        }
      this.tables.set(mask, table)
    }
    return table
  }

  /** Number of slabs of lattice cells: positions along the last axis. */
  get layerCount(): number {
    return this.sizes[this.dimension - 1]
  }

  /**
   * Visits every lattice cell in index order.
   * @param visit gets the cell, its 2^d corner nodes by mask (the array is reused), and its coordinates
   */
  visitCells(visit: (cell: number, corners: Int32Array, i: number, j: number, k: number) => void): void {
    for (let layer = 0; layer < this.layerCount; layer++) this.visitLayer(layer, visit)
  }

  /** `visitCells` for the cells at one position along the last axis. */
  visitLayer(layer: number, visit: (cell: number, corners: Int32Array, i: number, j: number, k: number) => void): void {
    const [nx, ny = 1, nz = 1] = this.sizes as [number, number?, number?]
    const corners = new Int32Array(8)
    const [firstI, endI] = this.dimension === 1 ? [layer, layer + 1] : [0, nx]
    const [firstJ, endJ] = this.dimension === 2 ? [layer, layer + 1] : [0, ny]
    const k = this.dimension === 3 ? layer : 0
    const above = k + 1 === nz ? 0 : k + 1
    for (let j = firstJ; j < endJ; j++) {
      const next = j + 1 === ny ? 0 : j + 1
      const row0 = nx * (j + ny * k)
      const row1 = nx * (next + ny * k)
      const row2 = nx * (j + ny * above)
      const row3 = nx * (next + ny * above)
      for (let i = firstI; i < endI; i++) {
        const right = i + 1 === nx ? 0 : i + 1
        corners[0] = row0 + i
        corners[1] = row0 + right
        corners[2] = row1 + i
        corners[3] = row1 + right
        corners[4] = row2 + i
        corners[5] = row2 + right
        corners[6] = row3 + i
        corners[7] = row3 + right
        visit(row0 + i, corners, i, j, k)
      }
    }
  }
}

function permutationsOf(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((first) => permutationsOf(items.filter((x) => x !== first)).map((rest) => [first, ...rest]))
}
