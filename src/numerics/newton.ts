/**
 * Damped simplified Newton iteration for one implicit stage:
 *
 *     differential rows   M (u - base) = known + beta F(t, u)
 *     algebraic rows      0 = F(t, u)
 *
 * The linearisation is taken once (usually at the start of the step) and renewed when the iteration contracts slowly.
 */
import type { Linearisation, System } from './system.ts'

export interface StageTarget {
  t: number
  beta: number
  known: Float64Array
  base: Float64Array
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
/** Rows that must be met: progress of an iteration that asks for new derivatives, and that is none. */
const SLOW = 0.05
const STALLED = 0.9
/** What round-off may leave of them, as a multiple of what is asked. */
const TOLERABLE = 1e3

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
): Generator<void, { u: Float64Array; iterations: number; linear: number }> {
  const { size: n, mass, scale, positive, below, leap } = system
  const u = Float64Array.from(guess)
  const rhs = new Float64Array(n)
  const delta = new Float64Array(n)
  let previous = Number.POSITIVE_INFINITY
  let linear = 0
  let renewals = 0
  let extra = system.polish ?? 0
  let polished = false
  let converged = false
  let unsettled = Number.POSITIVE_INFINITY
  for (let iteration = 1; iteration <= most; iteration++) {
    system.residual(target.t, u, rhs)
    if (converged && system.unsettled) {
      const left = system.unsettled(u, rhs)
      if (left <= 1) return { u, iterations: iteration - 1, linear }
      // Round-off may not allow more.
      if (left > STALLED * unsettled && left < TOLERABLE) return { u, iterations: iteration - 1, linear }
      if (left > SLOW * unsettled || unsettled === Number.POSITIVE_INFINITY)
        linearisation = system.linearise(target.t, u)
      unsettled = left
    }
    for (let k = 0; k < n; k++) {
      const f = rhs[k]
      rhs[k] = mass[k] === 0 ? f : target.known[k] + target.beta * f - mass[k] * (u[k] - target.base[k])
      if (!Number.isFinite(rhs[k])) throw new NewtonError('a residual is not a number')
    }
    if (target.beta === 0) for (let k = 0; k < n; k++) if (mass[k] !== 0) rhs[k] = 0
    linear += yield* linearisation.solve(target.beta, rhs, delta, LINEAR_TOLERANCE)
    let step = 1
    let norm = 0
    for (let k = 0; k < n; k++) {
      const change = Math.abs(delta[k]) / (Math.abs(u[k]) + scale[k])
      if (!(change <= norm)) norm = change
      if (positive[k] === 1 && u[k] + delta[k] < 0.1 * u[k]) step = Math.min(step, (0.9 * u[k]) / -delta[k])
      if (below && delta[k] > 0.9 * (below[k] - u[k])) step = Math.min(step, (0.9 * (below[k] - u[k])) / delta[k])
      if (leap && Math.abs(delta[k]) > leap[k]) step = Math.min(step, leap[k] / Math.abs(delta[k]))
    }
    if (!Number.isFinite(norm)) throw new NewtonError('an update is not a number')
    for (let k = 0; k < n; k++) u[k] += step * delta[k]
    const contraction = norm / previous
    // The first update says nothing about contraction: rely on the stage before, with some suspicion, or on nothing.
    if (iteration > 1 && previous > FRACTION * rtol) memory.contraction = contraction
    const rate = iteration > 1 ? contraction : Math.max(memory.contraction ** 0.8, LINEAR_TOLERANCE)
    const estimate = Number.isNaN(rate) ? norm : (norm * Math.min(rate, 0.9)) / (1 - Math.min(rate, 0.9))
    if (step === 1 && estimate <= FRACTION * rtol) {
      if (system.unsettled) {
        converged = true
        previous = norm
        yield
        continue
      }
      // Polishing ends at round-off: nothing left to gain, or nothing gained any more.
      if (extra-- <= 0 || norm < ROUND_OFF || (polished && contraction > 0.5))
        return { u, iterations: iteration, linear }
      if (!polished && contraction > 0.05) linearisation = system.linearise(target.t, u)
      polished = true
    } else if (iteration > 1 && contraction > 0.5 && step === 1) {
      if (contraction > 2 && renewals > 2) throw new NewtonError('the Newton iteration diverges')
      linearisation = system.linearise(target.t, u)
      renewals++
    } else if (leap && step < 1) linearisation = system.linearise(target.t, u)
    previous = step === 1 ? norm : Number.POSITIVE_INFINITY
    yield
  }
  throw new NewtonError(`the Newton iteration did not converge in ${most} iterations`)
}
