/**
 * Adaptive implicit time integration of  M du/dt = F(t, u)  (index 1, M diagonal, see system.ts) by TR-BDF2.
 *
 * One step of size h, with g = 2 - sqrt 2, d = g/2, w = sqrt 2 / 4 (Bank et al. 1985; Hosea and Shampine 1996):
 *
 *     u1 = u(t)
 *     M (u2 - u1) = h d (F1 + F2)              at t + g h
 *     M (u3 - u1) = h (w F1 + w F2 + d F3)     at t + h
 *
 * L-stable, stiffly accurate, second order, one iteration matrix M - h d J for both stages; algebraic rows are
 * enforced at each stage. The error estimate is the difference to the embedded third-order formula, filtered by the
 * iteration matrix. Being a one-step method, a state (t, u) is all that is needed to continue: checkpoints are values.
 *
 * Balance rows are closed in flux form, u3 = u1 + (h/M) sum_i b_i F_i, and the system's rates are integrated with the
 * same weights, so that content minus integrated inflow stays constant to round-off however loosely the stage
 * equations were solved.
 */
import { ADVICE, STOPPED, WHY } from './failures.ts'
import { NewtonError, solveStage } from './newton.ts'
import { Stepper } from './stepper.ts'
import {
  IntegrationError,
  type IntegratorOptions,
  type IntegratorState,
  keepInside,
  MAX_REJECTIONS,
  outside,
  tooSmall,
  wait,
  weightedMax,
} from './steps.ts'
import type { Linearisation, System } from './system.ts'

const G = 2 - Math.SQRT2
const D = G / 2
const W = Math.SQRT2 / 4
const B = [W, W, D] as const
const ERROR_WEIGHTS = [W - (1 - W) / 3, W - (3 * W + 1) / 3, D - D / 3] as const

/** Part of the tolerance by which flux form may change an unknown, and iterations to get there. */
const STIFF = 0.01
const POLISH = 6

/** TR-BDF2 steps, see above. */
export class Integrator extends Stepper {
  private readonly f: Float64Array[]
  private readonly rates: Float64Array[]
  private readonly known: Float64Array
  private previous: { t: number; u: Float64Array } | undefined
  /** Size of the next step, and whether it was cut to land on a stop. */
  private planned = { h: 0, shortened: false }

  constructor(system: System, options: IntegratorOptions) {
    super(system, options)
    const n = system.size
    this.f = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
    this.rates = [0, 1, 2].map(() => new Float64Array(system.rateCount))
    this.known = new Float64Array(n)
  }

  protected *begin(state: IntegratorState, stop: number): Generator<boolean, void> {
    // After a step algebraic unknowns are as good as the step's; alone they would answer to what it left in the others.
    if (!(this.system.shared && state.dt > 0)) yield* this.consistent(state)
    if (!(state.dt > 0)) state.dt = this.firstStep(state, stop)
  }

  /** F jumps there: extrapolating across it would mislead, and the old step size may be far too long. */
  protected override *cross(state: IntegratorState, stop: number, until: number): Generator<boolean, void> {
    this.previous = undefined
    if (this.options.fixedStep !== undefined) return
    this.system.enter(stop, until)
    yield* this.consistent(state)
    state.dt = Math.min(state.dt, this.firstStep(state, until))
  }

  protected remember(state: IntegratorState): () => void {
    const { previous } = this
    const [t, u, integrals] = [state.t, Float64Array.from(state.u), Float64Array.from(state.integrals)]
    return () => {
      this.previous = previous
      state.t = t
      state.u.set(u)
      state.integrals.set(integrals)
    }
  }

  protected forget(): void {
    this.previous = undefined
  }

  protected plan(state: IntegratorState, stop: number): void {
    const { fixedStep } = this.options
    const left = stop - state.t
    const h = fixedStep ?? Math.min(state.dt, this.longestStep(state))
    // Land on the stop exactly, without a sliver of a step before it.
    const shortened = h > left / 2
    if (h >= left * (1 - 1e-9)) this.planned = { h: left, shortened }
    else this.planned = { h: shortened && fixedStep === undefined ? left / 2 : h, shortened }
  }

  /** Takes one accepted step, retrying with smaller ones. */
  protected *step(state: IntegratorState, stop: number, size?: number): Generator<boolean, void> {
    const { system, options, report } = this
    const { t, u } = state
    let { h, shortened } = size === undefined ? this.planned : { h: size, shortened: true }
    system.residual(t, u, this.f[0])
    system.rates(t, u, this.rates[0])
    yield false
    let linearisation = system.linearise(t, u)
    let reason = WHY.tooSmall()
    for (let attempt = 0; attempt < MAX_REJECTIONS; attempt++) {
      if (tooSmall(h, t, stop)) break
      try {
        const u3 = yield* this.stages(state, h, linearisation)
        const error = options.fixedStep === undefined ? yield* this.error(state, u3, h, linearisation) : 0
        if (error > 1) {
          report.rejected++
          reason = WHY.inaccurate()
          h *= Math.max(0.2, 0.9 / Math.cbrt(error))
          shortened = false
          continue
        }
        this.accept(state, u3, h, stop)
        const growth = Math.min(attempt > 0 ? 1 : 4, 0.9 / Math.cbrt(Math.max(error, 1e-3)))
        const proposal = h * Math.max(0.5, growth)
        state.dt = shortened ? Math.max(state.dt, proposal) : proposal
        return
      } catch (failure) {
        reason = this.rejectFor(failure)
        if (options.fixedStep !== undefined)
          throw new IntegrationError(t, STOPPED.fixedStep(t, h, reason), ADVICE.fixedStep())
        h /= 4
        shortened = false
        // The iteration may have renewed it at a hopeless state.
        linearisation = system.linearise(t, u)
      }
      yield false
    }
    throw this.failure(state, h, reason)
  }

  /** Both stages of a step of size h; F and the rates of all three points stay in `f` and `rates`. */
  private *stages(
    { t, u: u1 }: IntegratorState,
    h: number,
    linearisation: Linearisation,
  ): Generator<boolean, Float64Array> {
    const { system, report, f, rates, known, memory } = this
    const { rtol } = this.options
    const { mass, size: n } = system
    const beta = h * D
    const t2 = t + G * h
    for (let k = 0; k < n; k++) known[k] = mass[k] === 0 ? 0 : beta * f[0][k]
    const second = { t: t2, beta, known, base: u1 }
    const stage2 = yield* wait(solveStage(system, linearisation, second, this.extrapolate(t, u1, t2), rtol, memory))
    const u2 = stage2.u
    system.residual(t2, u2, f[1])
    system.rates(t2, u2, rates[1])
    for (let k = 0; k < n; k++) known[k] = mass[k] === 0 ? 0 : h * W * (f[0][k] + f[1][k])
    const guess = new Float64Array(n)
    for (let k = 0; k < n; k++) guess[k] = u1[k] + (u2[k] - u1[k]) / G
    keepInside(system, guess, u2)
    const third = { t: t + h, beta, known, base: u1 }
    let stage3 = yield* wait(solveStage(system, linearisation, third, guess, rtol, memory))
    report.newtonIterations += stage2.iterations
    report.linearIterations += stage2.linear
    for (const polish of [POLISH, 0]) {
      report.newtonIterations += stage3.iterations
      report.linearIterations += stage3.linear
      system.residual(t + h, stage3.u, f[2])
      if (polish === 0 || !this.strays(u1, stage3.u, h)) break
      // What the iteration leaves is multiplied by a long step, and would perturb modes that the step has calmed.
      stage3 = yield* wait(solveStage(system, linearisation, { ...third, polish }, stage3.u, rtol, memory))
    }
    system.rates(t + h, stage3.u, rates[2])
    return stage3.u
  }

  /** Flux form would change an unknown by more than it may; where what it leaves is shared out, it cannot. */
  private strays(u1: Float64Array, u3: Float64Array, h: number): boolean {
    const { balance, shared } = this.system
    if (shared) return false
    for (let k = 0; k < u3.length; k++)
      if (balance[k] === 1 && Math.abs(this.exact(k, u1, h) - u3[k]) > this.allowed(k, u3)) return true
    return false
  }

  /** Row k in flux form. */
  private exact(k: number, u1: Float64Array, h: number): number {
    const { f } = this
    return u1[k] + (h / this.system.mass[k]) * (B[0] * f[0][k] + B[1] * f[1][k] + B[2] * f[2][k])
  }

  private allowed(k: number, u3: Float64Array): number {
    return STIFF * this.options.rtol * (Math.abs(u3[k]) + this.system.scale[k])
  }

  /** The difference to the embedded formula of third order, filtered, over the tolerance. */
  private *error(
    { u: u1 }: IntegratorState,
    u3: Float64Array,
    h: number,
    linearisation: Linearisation,
  ): Generator<boolean, number> {
    const { system, f, known: rhs } = this
    const [a, b, c] = ERROR_WEIGHTS
    const e = new Float64Array(system.size)
    for (let k = 0; k < e.length; k++) rhs[k] = system.mass[k] === 0 ? 0 : h * (a * f[0][k] + b * f[1][k] + c * f[2][k])
    this.report.linearIterations += yield* wait(linearisation.solve(h * D, rhs, e, 1e-2))
    const size = weightedMax(system, e, u1, u3) / this.options.rtol
    if (!Number.isFinite(size)) throw new NewtonError(WHY.estimate())
    return size
  }

  /** Moves on to u3, with balances in flux form. */
  private accept(state: IntegratorState, u3: Float64Array, h: number, stop: number): void {
    const { system, rates } = this
    const { t, u: u1 } = state
    this.balance(u1, u3, h)
    if (outside(system, u3)) throw new NewtonError(WHY.leavesLimits())
    system.normalise(u3)
    for (let r = 0; r < system.rateCount; r++)
      state.integrals[r] += h * (B[0] * rates[0][r] + B[1] * rates[1][r] + B[2] * rates[2][r])
    this.previous = { t, u: Float64Array.from(u1) }
    state.u.set(u3)
    state.t = h === stop - t ? stop : t + h
    this.report.accepted++
    this.report.dt = h
  }

  /** Balance rows in flux form: each row, or where the system shares them the totals of its fields. */
  private balance(u1: Float64Array, u3: Float64Array, h: number): void {
    const { mass, shared, balance } = this.system
    if (!shared) {
      for (let k = 0; k < u3.length; k++) if (balance[k] === 1) u3[k] = this.exact(k, u1, h)
      return
    }
    for (let from = 0; from < u3.length; from += shared) {
      let [rest, whole] = [0, 0]
      for (let k = from; k < from + shared; k++) {
        if (balance[k] === 0) continue
        rest += mass[k] * (this.exact(k, u1, h) - u3[k])
        whole += mass[k] * u3[k]
      }
      // By what is there, so that nothing small turns negative.
      if (rest !== 0) for (let k = from; k < from + shared; k++) if (balance[k] === 1) u3[k] += (rest * u3[k]) / whole
    }
  }

  /** Guess at time `at` by linear extrapolation through the previous and the present state, kept inside limits. */
  private extrapolate(t: number, u: Float64Array, at: number): Float64Array {
    const guess = Float64Array.from(u)
    const { previous, system } = this
    if (previous && previous.t < t) {
      const s = Math.min(1, (at - t) / (t - previous.t))
      for (let k = 0; k < guess.length; k++) guess[k] += s * (u[k] - previous.u[k])
      keepInside(system, guess, u)
    }
    return guess
  }
}
