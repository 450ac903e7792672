/** The nearest of a fixed set of points: a k-d tree, searched with the last answer as the first guess. */
export class NearestPoint {
  private readonly positions: Float64Array
  private readonly dimension: number
  /** Point numbers; the median of each range splits it along the axis of its depth. */
  private readonly order: Int32Array
  private readonly target = new Float64Array(3)
  private best = -1
  private bestSquare = Infinity

  /** @param positions component c of point p at [dimension * p + c] */
  constructor(positions: Float64Array, dimension: number) {
    this.positions = positions
    this.dimension = dimension
    this.order = Int32Array.from({ length: positions.length / dimension }, (_, p) => p)
    this.split(0, this.order.length, 0)
  }

  /** Number of the point nearest to component c = from[offset + c]; -1 if there are none. */
  find(from: Float64Array, offset: number): number {
    for (let c = 0; c < this.dimension; c++) this.target[c] = from[offset + c]
    // Neighbouring questions have neighbouring answers: the last one bounds this search.
    this.bestSquare = this.best < 0 ? Infinity : this.square(this.best)
    this.search(0, this.order.length, 0)
    return this.best
  }

  private split(start: number, end: number, axis: number): void {
    if (end - start < 2) return
    const { positions, dimension } = this
    this.order.subarray(start, end).sort((a, b) => positions[dimension * a + axis] - positions[dimension * b + axis])
    const middle = (start + end) >> 1
    const next = (axis + 1) % dimension
    this.split(start, middle, next)
    this.split(middle + 1, end, next)
  }

  private search(start: number, end: number, axis: number): void {
    if (start >= end) return
    const middle = (start + end) >> 1
    const point = this.order[middle]
    const square = this.square(point)
    if (square < this.bestSquare) {
      this.bestSquare = square
      this.best = point
    }
    const across = this.target[axis] - this.positions[this.dimension * point + axis]
    const next = (axis + 1) % this.dimension
    if (across < 0) this.search(start, middle, next)
    else this.search(middle + 1, end, next)
    if (across * across >= this.bestSquare) return
    if (across < 0) this.search(middle + 1, end, next)
    else this.search(start, middle, next)
  }

  private square(point: number): number {
    let sum = 0
    for (let c = 0; c < this.dimension; c++) sum += (this.target[c] - this.positions[this.dimension * point + c]) ** 2
    return sum
  }
}
