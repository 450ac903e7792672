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
import { EventWatch } from './events.ts'
import { NewtonError, type NewtonMemory, solveStage } from './newton.ts'
import {
  IntegrationError,
  type IntegratorOptions,
  type IntegratorState,
  initialStep,
  keepInside,
  MAX_REJECTIONS,
  makeConsistent,
  outside,
  SMALLEST_STEP,
  type StepReport,
  type TimeIntegrator,
  wait,
  weightedMax,
} from './steps.ts'
import { type Linearisation, LinearSolveError, type System } from './system.ts'

const G = 2 - Math.SQRT2
const D = G / 2
const W = Math.SQRT2 / 4
const B = [W, W, D] as const
const ERROR_WEIGHTS = [W - (1 - W) / 3, W - (3 * W + 1) / 3, D - D / 3] as const

/**
 * Integrates from `state` and yields `true` after every accepted step (state updated in place) and `false` between
 * the iterations inside a step, so that the caller may pause at any moment. Ends when `until` is reached exactly.
 */
export class Integrator implements TimeIntegrator {
  readonly report: StepReport = { accepted: 0, rejected: 0, newtonIterations: 0, linearIterations: 0, dt: 0 }
  private readonly system: System
  private readonly options: IntegratorOptions
  private readonly f: Float64Array[]
  private readonly rates: Float64Array[]
  private readonly known: Float64Array
  private readonly memory: NewtonMemory = { contraction: Number.NaN }
  private readonly watch: EventWatch | undefined
  /** The state on show lies at an event: just before, or just after what it changes. */
  atEvent = false
  private previous: { t: number; u: Float64Array } | undefined

  constructor(system: System, options: IntegratorOptions) {
    this.system = system
    this.options = options
    const n = system.size
    this.f = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
    this.rates = [0, 1, 2].map(() => new Float64Array(system.rateCount))
    this.known = new Float64Array(n)
    this.watch = system.events && new EventWatch(system.events)
  }

  *advance(state: IntegratorState, until: number): Generator<boolean, void> {
    const { system, options } = this
    const stops = [...system.breakpoints.filter((b) => b > state.t && b < until), until]
    for (const stop of stops) {
      system.enter(state.t, stop)
      for (const _ of makeConsistent(system, state.t, state.u, options.rtol)) yield false
      if (!(state.dt > 0)) state.dt = initialStep(system, options.rtol, state.t, state.u, stop)
      while (state.t < stop) {
        const left = stop - state.t
        const longest = Math.min(
          options.maxStep ?? Number.POSITIVE_INFINITY,
          system.longestStep?.(state.t, state.u) ?? Number.POSITIVE_INFINITY,
        )
        let h = options.fixedStep ?? Math.min(state.dt, longest)
        // Land on the stop exactly, without a sliver of a step before it.
        const shortened = h > left / 2
        if (h >= left * (1 - 1e-9)) h = left
        else if (shortened && options.fixedStep === undefined) h = left / 2
        if (this.watch) yield* this.watchedStep(this.watch, state, h, stop, shortened)
        else yield* this.step(state, h, stop, shortened)
        yield true
        if (state.stopped) return
      }
      state.t = stop
      // F jumps at a breakpoint: extrapolating across it would mislead, and the old step size may be far too long.
      if (stop !== until) {
        this.previous = undefined
        if (options.fixedStep === undefined) {
          system.enter(stop, until)
          for (const _ of makeConsistent(system, stop, state.u, options.rtol)) yield false
          state.dt = Math.min(state.dt, initialStep(system, options.rtol, stop, state.u, until))
        }
      }
    }
  }

  /** One step; where an event happens inside it, the step is repeated so that it ends there. */
  private *watchedStep(
    watch: EventWatch,
    state: IntegratorState,
    h: number,
    stop: number,
    shortened: boolean,
  ): Generator<boolean, void> {
    const before = { t: state.t, u: Float64Array.from(state.u), integrals: Float64Array.from(state.integrals) }
    const { previous } = this
    watch.open(state.t, state.u)
    let k = watch.overdue
    this.atEvent = k >= 0
    if (k < 0) {
      yield* this.step(state, h, stop, shortened)
      for (let size = watch.find(before.t, state.t, state.u); size !== undefined; ) {
        this.previous = previous
        state.t = before.t
        state.u.set(before.u)
        state.integrals.set(before.integrals)
        yield* this.step(state, size, before.t + size, true)
        size = watch.find(before.t, state.t, state.u)
      }
      k = watch.happened
      if (k < 0) return
      this.atEvent = true
      // The state just before what the event changes.
      yield true
    }
    this.previous = undefined
    state.stopped = watch.events.happen(k, state.t, state.u) === 'stop'
    if (state.stopped) return
    this.system.enter(state.t, stop)
    for (const _ of makeConsistent(this.system, state.t, state.u, this.options.rtol)) yield false
    state.dt = initialStep(this.system, this.options.rtol, state.t, state.u, stop)
  }

  /** Takes one accepted step of at most h, retrying with smaller ones. `shortened`: h was cut to land on a stop. */
  private *step(state: IntegratorState, h: number, stop: number, shortened: boolean): Generator<boolean, void> {
    const { system, options, report, f, rates, known } = this
    const { mass, balance, size: n } = system
    const u1 = state.u
    const t = state.t
    system.residual(t, u1, f[0])
    system.rates(t, u1, rates[0])
    let linearisation: Linearisation = system.linearise(t, u1)
    let reason = 'the steps have become too small to count'
    for (let attempt = 0; attempt < MAX_REJECTIONS; attempt++) {
      if (h < SMALLEST_STEP * Math.max(Math.abs(t), stop - t)) break
      const beta = h * D
      try {
        // Stage 2
        const t2 = t + G * h
        for (let k = 0; k < n; k++) known[k] = mass[k] === 0 ? 0 : beta * f[0][k]
        const guess2 = this.extrapolate(t2, state)
        const stage2 = yield* wait(
          solveStage(system, linearisation, { t: t2, beta, known, base: u1 }, guess2, options.rtol, this.memory),
        )
        const u2 = stage2.u
        system.residual(t2, u2, f[1])
        system.rates(t2, u2, rates[1])
        // Stage 3
        const t3 = t + h
        for (let k = 0; k < n; k++) known[k] = mass[k] === 0 ? 0 : h * W * (f[0][k] + f[1][k])
        const guess3 = new Float64Array(n)
        for (let k = 0; k < n; k++) guess3[k] = u1[k] + (u2[k] - u1[k]) / G
        keepInside(system, guess3, u2)
        const stage3 = yield* wait(
          solveStage(system, linearisation, { t: t3, beta, known, base: u1 }, guess3, options.rtol, this.memory),
        )
        const u3 = stage3.u
        report.newtonIterations += stage2.iterations + stage3.iterations
        report.linearIterations += stage2.linear + stage3.linear
        system.residual(t3, u3, f[2])
        system.rates(t3, u3, rates[2])
        // Error
        let size = 0
        if (options.fixedStep === undefined) {
          const e = new Float64Array(n)
          const rhs = known
          for (let k = 0; k < n; k++) {
            rhs[k] =
              mass[k] === 0
                ? 0
                : h * (ERROR_WEIGHTS[0] * f[0][k] + ERROR_WEIGHTS[1] * f[1][k] + ERROR_WEIGHTS[2] * f[2][k])
          }
          report.linearIterations += yield* wait(linearisation.solve(beta, rhs, e, 1e-2))
          size = weightedMax(system, e, u1, u3) / options.rtol
        }
        if (!Number.isFinite(size)) throw new NewtonError('the error estimate is not a number')
        if (size > 1) {
          report.rejected++
          reason = 'the local error exceeds the tolerance'
          h *= Math.max(0.2, 0.9 / Math.cbrt(size))
          shortened = false
          continue
        }
        // Accept: balances in flux form
        for (let k = 0; k < n; k++) {
          if (balance[k] === 1) u3[k] = u1[k] + (h / mass[k]) * (B[0] * f[0][k] + B[1] * f[1][k] + B[2] * f[2][k])
        }
        if (outside(system, u3)) throw new NewtonError('a concentration would leave its limits')
        system.normalise(u3)
        for (let r = 0; r < system.rateCount; r++)
          state.integrals[r] += h * (B[0] * rates[0][r] + B[1] * rates[1][r] + B[2] * rates[2][r])
        this.previous = { t, u: Float64Array.from(u1) }
        state.u.set(u3)
        state.t = h === stop - t ? stop : t + h
        report.accepted++
        report.dt = h
        const growth = Math.min(attempt > 0 ? 1 : 4, 0.9 / Math.cbrt(Math.max(size, 1e-3)))
        const proposal = h * Math.max(0.5, growth)
        state.dt = shortened ? Math.max(state.dt, proposal) : proposal
        return
      } catch (error) {
        if (!(error instanceof NewtonError) && !(error instanceof LinearSolveError)) throw error
        if (options.fixedStep !== undefined)
          throw new IntegrationError(t, `a fixed step of ${h} s failed at t = ${t} s: ${error.message}`, [
            'use adaptive steps or a smaller fixed step',
          ])
        report.rejected++
        this.memory.contraction = Number.NaN
        reason = error.message
        h /= 4
        shortened = false
        // The iteration may have renewed it at a hopeless state.
        linearisation = system.linearise(t, u1)
      }
      yield false
    }
    const words = system.explainFailure?.(t, u1)
    throw new IntegrationError(
      t,
      words?.message ??
        `no step from t = ${t.toPrecision(6)} s succeeds (tried down to ${h.toPrecision(3)} s): ${reason}`,
      words?.advice ?? [
        'weaken the stimulus or the parameter changed last',
        'rewind and continue from an earlier moment',
      ],
    )
  }

  /** Guess at time `t` by linear extrapolation through the previous and the present state, kept inside limits. */
  private extrapolate(t: number, state: IntegratorState): Float64Array {
    const guess = Float64Array.from(state.u)
    const { previous, system } = this
    if (previous && previous.t < state.t) {
      const s = Math.min(1, (t - state.t) / (state.t - previous.t))
      for (let k = 0; k < guess.length; k++) guess[k] += s * (state.u[k] - previous.u[k])
      keepInside(system, guess, state.u)
    }
    return guess
  }
}
