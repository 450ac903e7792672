/**
 * Block elimination for fields that live on part of a grid: each column of nodes keeps only the unknowns that it has, so
 * that blocks are as wide as the fullest column and not as all fields together. State layout is field-major with columns
 * fastest, u[column + columns * …]. An absent unknown has the row -u = 0 and is coupled to nothing.
 */
import { BlockTridiagonal } from './blocktridiagonal.ts'

type Add = (row: number, column: number, value: number) => void

export class CompactBlocks {
  /** Width of a block. */
  readonly width: number
  private readonly matrix: BlockTridiagonal
  /** Index in the matrix of unknown k of the state; -1 where absent. */
  private readonly place: Int32Array
  /** Places that no unknown takes. */
  private readonly spare: number[]
  private readonly packed: Float64Array
  private readonly masses: Float64Array

  /** @param present 1 where the unknown exists; its length is that of the fields, a multiple of `columns` */
  constructor(columns: number, present: Uint8Array) {
    const filled = new Int32Array(columns)
    this.place = Int32Array.from(present, (is, k) => {
      const column = k % columns
      return is === 1 ? column + columns * filled[column]++ : -1
    })
    this.width = filled.reduce((a, b) => Math.max(a, b), 0)
    this.spare = Array.from(filled).flatMap((used, column) =>
      Array.from({ length: this.width - used }, (_, k) => column + columns * (used + k)),
    )
    this.matrix = new BlockTridiagonal(columns, this.width)
    this.packed = new Float64Array(columns * this.width)
    this.masses = new Float64Array(columns * this.width)
  }

  /** Assembles J from its entries, indices into the state; those of absent unknowns are left out. */
  assemble(list: (add: Add) => void): void {
    const { place, spare } = this
    this.matrix.assemble((add) => {
      list((row, column, value) => {
        if (place[row] >= 0 && place[column] >= 0) add(place[row], place[column], value)
      })
      for (const k of spare) add(k, k, -1)
    })
  }

  /** out = J x. */
  multiply(x: Float64Array, out: Float64Array): void {
    const { place, packed } = this
    this.pack(x)
    this.matrix.multiply(Float64Array.from(packed), packed)
    for (let k = 0; k < place.length; k++) out[k] = place[k] < 0 ? -x[k] : packed[place[k]]
  }

  /**
   * Factorises M - beta J (system.ts), yielding on the way.
   * @throws LinearSolveError when a pivot block is singular
   */
  *factor(mass: Float64Array, beta: number): Generator<void, void> {
    const { place, masses } = this
    for (let k = 0; k < place.length; k++) if (place[k] >= 0) masses[place[k]] = mass[k]
    yield* this.matrix.factor(masses, beta)
  }

  /** x = A^-1 b; b and x may be the same array. */
  solve(b: Float64Array, x: Float64Array): void {
    const { place, packed } = this
    this.pack(b)
    this.matrix.solve(packed, packed)
    for (let k = 0; k < place.length; k++) x[k] = place[k] < 0 ? b[k] : packed[place[k]]
  }

  private pack(x: Float64Array): void {
    const { place, packed } = this
    packed.fill(0)
    for (let k = 0; k < place.length; k++) if (place[k] >= 0) packed[place[k]] = x[k]
  }
}
