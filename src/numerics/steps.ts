/** What the integrators share: their state, their words for failure, consistent potentials, limits and tolerances. */
import { ADVICE, STOPPED } from './failures.ts'
import { NewtonError, type StageTarget, solveStage } from './newton.ts'
import { LinearSolveError, type System } from './system.ts'

/** Smallest step as a fraction of the present time (below, times are the same number), and of the interval to go. */
const SMALLEST_STEP = 1e-13
const SMALLEST_SHARE = 1e-24

/** Whether a step from t towards a stop is too small to count. */
export function tooSmall(h: number, t: number, stop: number): boolean {
  return h < Math.max(SMALLEST_STEP * Math.abs(t), SMALLEST_SHARE * (stop - t))
}
export const MAX_REJECTIONS = 40
/** Newton iterations for consistent potentials, which may lie far from those at hand. */
const MOST_FROM_AFAR = 80

export interface IntegratorState {
  t: number
  u: Float64Array
  /** Time integrals of System.rates. */
  integrals: Float64Array
  /** Step size to try next. */
  dt: number
  /** An event has ended the run. */
  stopped?: boolean
}

export interface IntegratorOptions {
  /** Relative tolerance of a step. */
  rtol: number
  maxStep?: number
  /** If given, every step has exactly this size (no error control; for order tests). */
  fixedStep?: number
}

/** Moves a state to a time: TR-BDF2 (integrate.ts) or formulas of variable order (ndf.ts). */
export interface TimeIntegrator {
  readonly report: StepReport
  /** The state on show lies at an event: just before, or just after what it changes. */
  readonly atEvent: boolean
  /** Yields true after every accepted step (state updated in place), false between iterations. */
  advance(state: IntegratorState, until: number): Generator<boolean, void>
}

export interface StepReport {
  accepted: number
  rejected: number
  newtonIterations: number
  linearIterations: number
  dt: number
}

/** The step size fell below every reasonable bound: names the time, the reason of the last rejection and advice. */
export class IntegrationError extends Error {
  override name = 'IntegrationError'
  readonly t: number
  readonly advice: string[]
  constructor(t: number, message: string, advice: string[]) {
    super(message)
    this.t = t
    this.advice = advice
  }
}

/**
 * Moves the algebraic unknowns of u (in place) onto their constraints, differential unknowns fixed.
 * @throws IntegrationError when the constraints have no solution near u
 */
export function* makeConsistent(system: System, t: number, u: Float64Array, rtol: number): Generator<void, void> {
  const n = system.size
  const target: StageTarget = { t, beta: 0, known: new Float64Array(n), base: Float64Array.from(u) }
  if (!system.mass.some((m) => m === 0)) return
  try {
    const tolerance = Math.min(rtol, 1e-6) * 1e-3
    const linearisation = system.linearise(t, u)
    yield
    const stage = yield* solveStage(system, linearisation, target, u, tolerance, undefined, MOST_FROM_AFAR)
    u.set(stage.u)
  } catch (error) {
    if (!(error instanceof NewtonError) && !(error instanceof LinearSolveError)) throw error
    throw new IntegrationError(t, STOPPED.inconsistent(t, error.message), ADVICE.inconsistent())
  }
  system.normalise(u)
}

/** A conservative first step: a fraction of the time in which the fastest differential unknown changes by its scale. */
export function initialStep(system: System, rtol: number, t: number, u: Float64Array, until: number): number {
  const f = new Float64Array(system.size)
  system.enter(t, until)
  system.residual(t, u, f)
  let rate = 0
  for (let k = 0; k < system.size; k++) {
    if (system.mass[k] === 0) continue
    rate = Math.max(rate, Math.abs(f[k] / system.mass[k]) / (Math.abs(u[k]) + system.scale[k]))
  }
  const span = until - t
  return Math.min(span, rate > 0 ? Math.sqrt(rtol) / rate : span / 10)
}

/** Passes an inner generator's yields on as `false` (not a finished step). */
export function* wait<T>(inner: Generator<void, T>): Generator<boolean, T> {
  for (;;) {
    const { done, value } = inner.next()
    if (done) return value as T
    yield false
  }
}

/** Pulls guessed unknowns back inside their limits: to no less than a tenth of the reference's distance from them. */
export function keepInside({ positive, below }: System, guess: Float64Array, reference: Float64Array): void {
  for (let k = 0; k < guess.length; k++) {
    if (positive[k] === 1 && guess[k] < 0.1 * reference[k]) guess[k] = 0.1 * reference[k]
    if (below && below[k] - guess[k] < 0.1 * (below[k] - reference[k])) guess[k] = 0.9 * below[k] + 0.1 * reference[k]
  }
}

/** An unknown has left its limits. */
export function outside({ positive, below }: System, u: Float64Array): boolean {
  for (let k = 0; k < u.length; k++) {
    if (positive[k] === 1 && !(u[k] > 0)) return true
    if (below && !(u[k] < below[k])) return true
  }
  return false
}

export function weightedMax(system: System, e: Float64Array, a: Float64Array, b: Float64Array): number {
  let size = 0
  for (let k = 0; k < e.length; k++) {
    if (system.mass[k] === 0) continue
    const v = Math.abs(e[k]) / (Math.max(Math.abs(a[k]), Math.abs(b[k])) + system.scale[k])
    if (!(v <= size)) size = v
  }
  return size
}
