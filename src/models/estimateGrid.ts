/** The nodes of a box at which errors are estimated: a part of those of the model, and only where all fields have values. */
import type { MacroSpec } from './family.ts'

/** Most steps between nodes along an axis, by the dimension of the box: the integrals are of smooth fields. */
const MOST = [128, 32, 12]
/** What varies by less than this part of its size is even, but for the rounding of samples. */
const EVEN = 2e-6

/** Sides count as closed where slopes are below this part of the mean one. */
const CLOSED = 0.2

type Form = readonly (readonly number[])[]

interface Stencil {
  nodes: Int32Array
  weights: Float64Array
}

interface Line {
  first: number
  last: number
  weight: number
  face: number
  length: number
}

export class Grid {
  /** Part of the box that counts. */
  readonly share: number
  private readonly counts: readonly number[]
  private readonly strides: readonly number[]
  private readonly count: number
  /** Of every node among those of the model. */
  private readonly places: Int32Array
  /** Positions along each axis, m. */
  private readonly x: readonly Float64Array[]
  private readonly inside: Uint8Array
  /** Volume that each node stands for over that of all, 0 where nothing counts; and along each axis, m. */
  private readonly weights: Float64Array
  private readonly stencils: readonly Stencil[]
  private readonly lines: readonly Line[][]
  private readonly widths: readonly Float64Array[]

  /** @param partial fields that are NaN where there are no cells */
  constructor({ nodes, size, dimension }: MacroSpec, partial: readonly Float32Array[]) {
    const picked = nodes.map((n) => {
      const steps = Math.min(n - 1, MOST[dimension - 1])
      return Int32Array.from({ length: steps + 1 }, (_, i) => Math.round((i * (n - 1)) / steps))
    })
    this.counts = picked.map(({ length }) => length)
    this.strides = this.counts.map((_, k) => this.counts.slice(0, k).reduce((a, b) => a * b, 1))
    this.count = this.counts.reduce((a, b) => a * b, 1)
    this.x = picked.map((own, k) => Float64Array.from(own, (i) => (i * size[k]) / (nodes[k] - 1)))
    this.widths = this.x.map((x) => x.map((_, i) => (x[Math.min(i + 1, x.length - 1)] - x[Math.max(i - 1, 0)]) / 2))
    this.places = new Int32Array(this.count)
    for (let p = 0; p < this.count; p++) {
      let stride = 1
      for (let k = 0; k < nodes.length; k++) {
        this.places[p] += stride * picked[k][this.index(p, k)]
        stride *= nodes[k]
      }
    }
    this.inside = Uint8Array.from(this.places, (q) => (partial.some((field) => Number.isNaN(field[q])) ? 0 : 1))
    this.shrink()
    const whole = Float64Array.from(this.places, (_, p) =>
      this.widths.reduce((w, width, k) => w * width[this.index(p, k)], 1),
    )
    const volume = whole.reduce((sum, w, p) => sum + (this.inside[p] === 1 ? w : 0), 0)
    this.weights = whole.map((w, p) => (this.inside[p] === 1 ? w / volume : 0))
    this.share = volume / whole.reduce((a, b) => a + b, 0)
    this.stencils = nodes.map((_, axis) => this.stencilOf(axis))
    this.lines = nodes.map((_, axis) => this.linesAlong(axis))
  }

  private index(p: number, axis: number): number {
    return Math.floor(p / this.strides[axis]) % this.counts[axis]
  }

  /** Takes the nodes beside those without cells out: what is shown there is a mean across the border. */
  private shrink(): void {
    if (!this.inside.includes(0)) return
    const before = Uint8Array.from(this.inside)
    for (let p = 0; p < this.count; p++)
      for (let axis = 0; axis < this.counts.length; axis++)
        for (const q of this.neighbours(p, axis)) if (q >= 0 && before[q] === 0) this.inside[p] = 0
  }

  /** The nodes before and behind along an axis; -1 beyond the box. */
  private neighbours(p: number, axis: number): [number, number] {
    const i = this.index(p, axis)
    const stride = this.strides[axis]
    return [i > 0 ? p - stride : -1, i < this.counts[axis] - 1 ? p + stride : -1]
  }

  private holds(p: number): boolean {
    return p >= 0 && this.inside[p] === 1
  }

  /** Three nodes and their weights for the slope at each node: of the parabola through them, one-sided at the ends. */
  private stencilOf(axis: number): Stencil {
    const nodes = new Int32Array(3 * this.count)
    const weights = new Float64Array(3 * this.count)
    const x = this.x[axis]
    const stride = this.strides[axis]
    for (let p = 0; p < this.count; p++) {
      if (this.inside[p] === 0) continue
      const i = this.index(p, axis)
      const [before, behind] = this.neighbours(p, axis).map((q) => this.holds(q))
      // The middle of the three nodes.
      const shift = before && behind ? 0 : behind ? 1 : -1
      const m = p + shift * stride
      if (this.holds(m) && this.neighbours(m, axis).every((q) => this.holds(q))) {
        const j = i + shift
        const [a, b] = [x[j] - x[j - 1], x[j + 1] - x[j]]
        const bend = (2 * x[i] - x[j - 1] - x[j]) / (a + b)
        nodes.set([m - stride, m, m + stride], 3 * p)
        weights.set([(bend - 1) / a, (1 - bend) / a - bend / b, bend / b], 3 * p)
      } else if (before || behind) {
        nodes.set([p, m, p], 3 * p)
        const slope = 1 / (x[i + shift] - x[i])
        weights.set([-slope, slope, 0], 3 * p)
      }
    }
    return { nodes, weights }
  }

  /** Lines of nodes along an axis that hold together, each as its first and last node and its part of the volume. */
  private linesAlong(axis: number): Line[] {
    const x = this.x[axis]
    const lines: Line[] = []
    for (let p = 0; p < this.count; p++) {
      if (this.inside[p] === 0 || this.holds(this.neighbours(p, axis)[0])) continue
      let weight = this.weights[p]
      let last = p
      while (this.holds(this.neighbours(last, axis)[1])) {
        last += this.strides[axis]
        weight += this.weights[last]
      }
      // The area of the line's ends, over the volume.
      const face = this.weights[p] / this.widths[axis][this.index(p, axis)]
      lines.push({ first: p, last, weight, face, length: x[this.index(last, axis)] - x[this.index(p, axis)] })
    }
    return lines
  }

  zeros(): Float64Array {
    return new Float64Array(this.count)
  }

  pick(sample: ArrayLike<number>): Float64Array {
    const out = this.zeros()
    for (let p = 0; p < out.length; p++) out[p] = sample[this.places[p]]
    return out
  }

  /** Slopes along an axis. */
  slopes(v: Float64Array, axis: number): Float64Array {
    const out = this.zeros()
    const { inside } = this
    const { nodes, weights } = this.stencils[axis]
    for (let p = 0, k = 0; p < out.length; p++, k += 3) {
      if (inside[p] === 0) continue
      out[p] = weights[k] * v[nodes[k]] + weights[k + 1] * v[nodes[k + 1]] + weights[k + 2] * v[nodes[k + 2]]
    }
    return out
  }

  private extremes(v: Float64Array): { low: number; high: number } {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let p = 0; p < v.length; p++) {
      if (this.inside[p] === 0) continue
      if (v[p] < low) low = v[p]
      if (v[p] > high) high = v[p]
    }
    return { low, high }
  }

  /** But for the rounding of samples. */
  even(v: Float64Array): boolean {
    const { low, high } = this.extremes(v)
    return !(high - low > EVEN * Math.max(Math.abs(low), Math.abs(high)))
  }

  /** Mean over the box of the quadratic form of these fields. */
  mean(g: readonly Float64Array[], form: Form): number {
    let total = 0
    const { weights } = this
    for (let a = 0; a < g.length; a++)
      for (let b = 0; b <= a; b++) {
        const factor = a === b ? form[a][a] : form[a][b] + form[b][a]
        if (factor === 0) continue
        const [u, v] = [g[a], g[b]]
        let sum = 0
        for (let p = 0; p < u.length; p++) if (weights[p] > 0) sum += weights[p] * u[p] * v[p]
        total += factor * sum
      }
    return total
  }

  /** The form at every node. */
  local(g: readonly Float64Array[], form: Form): Float64Array {
    const out = this.zeros()
    for (let p = 0; p < out.length; p++) out[p] = quadratic(g, form, p)
    return out
  }

  /** Integral of the form over the two sides across an axis, over the volume; 1/m. */
  sides(g: readonly Float64Array[], form: Form, axis: number): number {
    let total = 0
    for (const { first, last, face } of this.lines[axis])
      total += face * (quadratic(g, form, first) + quadratic(g, form, last))
    return total
  }

  /** Mean square of what is linear along an axis between the values at the two sides. */
  between(v: Float64Array, axis: number): number {
    return this.alongLines(axis, (p, q) => (v[p] ** 2 + v[p] * v[q] + v[q] ** 2) / 3)
  }

  /** Variance along an axis of what has these slopes at the two sides, and in between a constant second derivative. */
  fromSlopes(v: Float64Array, axis: number): number {
    return this.alongLines(
      axis,
      (p, q, length) => length ** 2 * ((v[p] ** 2 + v[q] ** 2) / 45 + (7 / 180) * v[p] * v[q]),
    )
  }

  /** Mean square of the mean slope along an axis, of lines that end at closed sides. @param slope along the axis */
  kept(v: Float64Array, slope: Float64Array, axis: number): number {
    return this.alongLines(axis, (p, q, length) => {
      const mean = (v[q] - v[p]) / length
      return Math.abs(slope[p]) + Math.abs(slope[q]) < CLOSED * Math.abs(mean) ? mean ** 2 : 0
    })
  }

  /** Mean over the box of what is made of the first and last nodes along each line, and its length. */
  private alongLines(axis: number, of: (first: number, last: number, length: number) => number): number {
    return this.lines[axis].reduce((sum, line) => sum + line.weight * of(line.first, line.last, line.length), 0)
  }

  combined(g: readonly Float64Array[], factors: readonly number[]): Float64Array {
    const out = this.zeros()
    g.forEach((v, k) => {
      if (factors[k] !== 0) for (let p = 0; p < out.length; p++) out[p] += factors[k] * v[p]
    })
    return out
  }

  /**
   * Largest less smallest value, 0 where that is the rounding of samples; root mean squares of the field and of what it is
   * more than its mean.
   */
  range(v: Float64Array): { variation: number; size: number; deviation: number } {
    const { low, high } = this.extremes(v)
    let mean = 0
    for (let p = 0; p < this.count; p++) if (this.inside[p] === 1) mean += this.weights[p] * v[p]
    const even = this.even(v)
    const around = v.map((x) => x - mean)
    return {
      variation: even ? 0 : high - low,
      size: Math.sqrt(this.mean([v], [[1]])),
      deviation: even ? 0 : Math.sqrt(this.mean([around], [[1]])),
    }
  }
}

function quadratic(g: readonly Float64Array[], form: Form, p: number): number {
  let sum = 0
  for (let a = 0; a < g.length; a++) {
    let row = 0
    for (let b = 0; b < g.length; b++) row += form[a][b] * g[b][p]
    sum += row * g[a][p]
  }
  return sum
}
