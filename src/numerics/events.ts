/**
 * Locates events inside steps: the smallest step after which an event function is no longer positive, by the Illinois
 * variant of regula falsi on the step size. Every trial is a step of the integrator, so the state found is one of its
 * own and not an interpolation.
 */
import type { Events } from './system.ts'

/** Brackets are narrowed to this fraction of the step, or the event function to this fraction of its value before. */
const NARROW = 1e-10
const CLOSE = 1e-8
const MAX_TRIALS = 40

/** Sizes of the step before and after the event k, its function there, and which end has moved how often in a row. */
interface Bracket {
  low: number
  high: number
  below: number
  above: number
  k: number
  side: number
  repeated: number
}

export class EventWatch {
  readonly events: Events
  /** The event on which the last step has ended; -1 if none. */
  happened = -1
  private readonly first: Float64Array
  private readonly now: Float64Array
  private bracket: Bracket | undefined
  private trials = 0

  constructor(events: Events) {
    this.events = events
    this.first = new Float64Array(events.count)
    this.now = new Float64Array(events.count)
  }

  /** An event that has already happened where the step starts; -1 if none. */
  get overdue(): number {
    return this.first.findIndex((g) => g <= 0)
  }

  /** A step starts at (t, u). */
  open(t: number, u: Float64Array): void {
    this.events.values(t, u, this.first)
    this.bracket = undefined
    this.happened = -1
    this.trials = 0
  }

  /**
   * The step from t0 has come to (t, u).
   * @returns the size of the step to try instead; undefined when no event lies inside it, or it ends on `happened`
   */
  find(t0: number, t: number, u: Float64Array): number | undefined {
    const { first, now, events } = this
    const h = t - t0
    events.values(t, u, now)
    const k = this.earliest()
    const { bracket } = this
    if (!bracket) {
      if (k < 0) return undefined
      this.bracket = { low: 0, high: h, below: first[k], above: now[k], k, side: 0, repeated: 0 }
      return this.next(this.bracket)
    }
    this.trials++
    bracket.repeated = bracket.side === (k < 0 ? -1 : 1) ? bracket.repeated + 1 : 0
    if (k < 0) {
      if (bracket.side === -1) bracket.above /= 2
      Object.assign(bracket, { low: h, below: now[bracket.k], side: -1 })
    } else {
      if (bracket.side === 1 && k === bracket.k) bracket.below /= 2
      Object.assign(bracket, { high: h, above: now[k], side: 1, k })
    }
    const narrow = bracket.high - bracket.low <= NARROW * bracket.high
    const near = k >= 0 && -now[k] <= CLOSE * first[k]
    if (k >= 0 && (narrow || near)) this.happened = k
    // Where steps repeat themselves only up to their tolerance the search ends with what it has.
    if (this.trials >= MAX_TRIALS) this.happened = bracket.k
    if (this.happened >= 0) return undefined
    return narrow ? bracket.high : this.next(bracket)
  }

  /** The event function that has fallen to zero or below, that which a straight line says has done so first. */
  private earliest(): number {
    const { first, now } = this
    let found = -1
    let soonest = Number.POSITIVE_INFINITY
    for (let k = 0; k < now.length; k++) {
      if (!(first[k] > 0) || now[k] > 0) continue
      const share = Number.isFinite(first[k]) ? first[k] / (first[k] - now[k]) : 1
      if (share < soonest) {
        soonest = share
        found = k
      }
    }
    return found
  }

  /** Where a straight line through the bracket falls to zero, a little beyond it so that the high end moves too. */
  private next({ low, high, below, above, repeated }: Bracket): number {
    // An end that hardly moves is given up for halves.
    const share = Number.isFinite(below) && repeated < 3 ? below / (below - above) : 0.5
    const aim = low + (high - low) * share
    return Math.min(high, Math.max(low + 0.01 * NARROW * high, aim + 0.25 * NARROW * high))
  }
}
