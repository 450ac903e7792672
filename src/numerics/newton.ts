/**
 * Damped simplified Newton iteration for one implicit stage:
 *
 *     differential rows   M (u - base) = known + beta F(t, u)
 *     algebraic rows      0 = F(t, u)
 *
 * The linearisation is taken once (usually at the start of the step) and renewed when the iteration contracts slowly.
 */
import { WHY } from './failures.ts'
import type { Linearisation, System } from './system.ts'

export interface StageTarget {
  t: number
  beta: number
  known: Float64Array
  base: Float64Array
  /** Iterations to add after convergence, if not those that the system asks for. */
  polish?: number
}

/** What the iteration remembers from stage to stage: the contraction last seen (NaN before any). */
export interface NewtonMemory {
  contraction: number
}

export class NewtonError extends Error {
  override name = 'NewtonError'
}

const MAX_ITERATIONS = 20
/** The iteration error may use this fraction of the step tolerance. */
const FRACTION = 0.05
const LINEAR_TOLERANCE = 1e-3
const ROUND_OFF = 1e-14
/** Part of an unknown's scale below which its limit holds it back alone, not the whole update. */
const NEGLIGIBLE = 1e-6
/** Rows that must be met: progress of an iteration that asks for new derivatives, and that is none. */
const SLOW = 0.05
const STALLED = 0.9
/** What round-off may leave of them, as a multiple of what is asked. */
const TOLERABLE = 1e3

export interface StageResult {
  u: Float64Array
  iterations: number
  linear: number
}

/**
 * Solves one stage from `guess` (not modified).
 * @param rtol the tolerance of the time step; iteration stops well below it
 * @param most iterations
 * @param memory carries the observed contraction from stage to stage
 * @throws NewtonError when it does not converge
 */
export function* solveStage(
  system: System,
  linearisation: Linearisation,
  target: StageTarget,
  guess: Float64Array,
  rtol: number,
  memory: NewtonMemory = { contraction: Number.NaN },
  most = MAX_ITERATIONS,
): Generator<void, StageResult> {
  const stage = new Stage(system, linearisation, target, guess, rtol, memory)
  yield
  for (let iteration = 1; iteration <= most; iteration++) {
    if (yield* stage.isSettled()) return stage.result(iteration - 1)
    yield* stage.update()
    yield
    if (yield* stage.judge(iteration)) return stage.result(iteration)
    yield
  }
  throw new NewtonError(WHY.iterations(most))
}

/** The state of one stage's iteration. */
class Stage {
  private readonly system: System
  private readonly target: StageTarget
  private readonly memory: NewtonMemory
  /** The error that iteration may leave, relative to the magnitudes of the unknowns. */
  private readonly tolerance: number
  private readonly u: Float64Array
  private readonly rhs: Float64Array
  private readonly delta: Float64Array
  private linearisation: Linearisation
  private linear = 0
  /** Part of the last update that was taken, its size before that, and the size of the one before (if taken whole). */
  private step = 1
  private norm = 0
  private previous = Number.POSITIVE_INFINITY
  private renewals = 0
  private extra: number
  private polished = false
  private converged = false
  private unsettled = Number.POSITIVE_INFINITY

  constructor(
    system: System,
    linearisation: Linearisation,
    target: StageTarget,
    guess: Float64Array,
    rtol: number,
    memory: NewtonMemory,
  ) {
    this.system = system
    this.linearisation = linearisation
    this.target = target
    this.memory = memory
    this.tolerance = FRACTION * rtol
    this.u = Float64Array.from(guess)
    this.rhs = new Float64Array(system.size)
    this.delta = new Float64Array(system.size)
    this.extra = target.polish ?? system.polish ?? 0
    system.residual(target.t, this.u, this.rhs)
  }

  result(iterations: number): StageResult {
    return { u: this.u, iterations, linear: this.linear }
  }

  /** Of a converged iteration: whether the rows that must be met are, as far as round-off allows. */
  *isSettled(): Generator<void, boolean> {
    const { system, u, rhs } = this
    if (!this.converged || !system.unsettled) return false
    const left = system.unsettled(u, rhs)
    if (left <= 1) return true
    // Round-off may not allow more.
    if (left > STALLED * this.unsettled && left < TOLERABLE) return true
    if (left > SLOW * this.unsettled || this.unsettled === Number.POSITIVE_INFINITY) yield* this.renew()
    this.unsettled = left
    return false
  }

  /** Solves for an update and takes as much of it as the limits of the unknowns allow. */
  *update(): Generator<void, void> {
    const { system, target, u, rhs, delta } = this
    const { size: n, mass } = system
    for (let k = 0; k < n; k++) {
      const f = rhs[k]
      rhs[k] = mass[k] === 0 ? f : target.known[k] + target.beta * f - mass[k] * (u[k] - target.base[k])
      if (!Number.isFinite(rhs[k])) throw new NewtonError(WHY.residual())
    }
    const held = target.beta === 0
    if (held) for (let k = 0; k < n; k++) if (mass[k] !== 0) rhs[k] = 0
    this.linear += yield* this.linearisation.solve(target.beta, rhs, delta, LINEAR_TOLERANCE)
    // The solve leaves round-off in them, which limits of tiny concentrations would take for a long way.
    if (held) for (let k = 0; k < n; k++) if (mass[k] !== 0) delta[k] = 0
    this.measure()
    for (let k = 0; k < n; k++) {
      const next = u[k] + this.step * delta[k]
      u[k] = system.positive[k] === 1 && next < 0.1 * u[k] ? 0.1 * u[k] : next
    }
  }

  /** Size of the update, and how much of it can be taken. */
  private measure(): void {
    const { u, delta } = this
    const { size: n, scale, positive, below, leap } = this.system
    let step = 1
    let norm = 0
    for (let k = 0; k < n; k++) {
      const change = Math.abs(delta[k]) / (Math.abs(u[k]) + scale[k])
      if (!(change <= norm)) norm = change
      if (positive[k] === 1 && u[k] > NEGLIGIBLE * scale[k] && u[k] + delta[k] < 0.1 * u[k])
        step = Math.min(step, (0.9 * u[k]) / -delta[k])
      if (below && delta[k] > 0.9 * (below[k] - u[k])) step = Math.min(step, (0.9 * (below[k] - u[k])) / delta[k])
      if (leap && Math.abs(delta[k]) > leap[k]) step = Math.min(step, leap[k] / Math.abs(delta[k]))
    }
    if (!Number.isFinite(norm)) throw new NewtonError(WHY.update())
    this.step = step
    this.norm = norm
  }

  /** Whether the iteration is at its end; if not, renews what it goes on with and evaluates the residual there. */
  *judge(iteration: number): Generator<void, boolean> {
    const { system, step, norm, previous } = this
    const contraction = norm / previous
    if (step === 1 && this.error(iteration, contraction) <= this.tolerance) {
      if (system.unsettled) this.converged = true
      else if (yield* this.isPolished(contraction)) return true
    } else if (iteration > 1 && contraction > 0.5 && step === 1) {
      if (contraction > 2 && this.renewals > 2) throw new NewtonError(WHY.diverges())
      yield* this.renew()
      this.renewals++
    } else if (system.leap && step < 1) yield* this.renew()
    this.previous = step === 1 ? norm : Number.POSITIVE_INFINITY
    system.residual(this.target.t, this.u, this.rhs)
    return false
  }

  /** Estimated error after the update, from the contraction. */
  private error(iteration: number, contraction: number): number {
    const { memory, norm } = this
    // The first update says nothing about contraction: rely on the stage before, with some suspicion, or on nothing.
    if (iteration === 1) return bound(norm, Math.max(memory.contraction ** 0.8, LINEAR_TOLERANCE))
    // Nor does one that follows on an update cut short.
    if (this.previous === Number.POSITIVE_INFINITY) return norm
    if (this.previous > this.tolerance) memory.contraction = contraction
    return bound(norm, contraction)
  }

  /** Polishing ends at round-off: nothing left to gain, or nothing gained any more. */
  private *isPolished(contraction: number): Generator<void, boolean> {
    if (this.extra-- <= 0 || this.norm < ROUND_OFF || (this.polished && contraction > 0.5)) return true
    if (!this.polished && contraction > 0.05) yield* this.renew()
    this.polished = true
    return false
  }

  private *renew(): Generator<void, void> {
    this.linearisation = this.system.linearise(this.target.t, this.u)
    yield
  }
}

/** Error after an update of size `norm`, the sum of those to come; without a rate the update itself. */
function bound(norm: number, rate: number): number {
  return Number.isNaN(rate) ? norm : (norm * Math.min(rate, 0.9)) / (1 - Math.min(rate, 0.9))
}
