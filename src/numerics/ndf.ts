/**
 * Adaptive implicit time integration of  M du/dt = F(t, u)  (index 1, M diagonal, see system.ts) of variable order one to
 * five: numerical differentiation formulas in backward differences with quasi-constant steps (Shampine and Reichelt 1997,
 * SIAM J. Sci. Comput. 18, 1). With D_j the j-th backward difference of the past and G_k = 1 + 1/2 + ... + 1/k,
 *
 *     u* = u + sum_j D_j,      M ( psi + u_new - u* ) = beta F(u_new),    beta = h / ((1 - kappa_k) G_k)
 *     psi = sum_j G_j D_j / ((1 - kappa_k) G_k)
 *
 * One implicit solve a step, whose matrix stays while step and order do: for long smooth runs with sharp ends, such as
 * protocols. Where it starts, and after every event, the order is one. Linear invariants are kept to round-off; the
 * system's rates are integrated by the same formula.
 */

import { blank, copy, ERROR, G, type History, KAPPA, MAX_ORDER, predict, resize, update } from './differences.ts'
import { WHY } from './failures.ts'
import { NewtonError, type StageResult, solveStage } from './newton.ts'
import { Stepper } from './stepper.ts'
import { type IntegratorState, keepInside, MAX_REJECTIONS, outside, tooSmall, wait, weightedMax } from './steps.ts'
import type { Linearisation } from './system.ts'

/** Contraction of Newton's iterations beyond which derivatives are renewed, and steps after which it is looked at again. */
const SLOW = 0.1
const RENEWED = 10
/** Steps without growth after a failure of Newton's iterations. */
const CAUTION = 6

/** One solve from the present state: the new state, its difference to the prediction, and the error over the tolerance. */
interface Trial {
  t: number
  beta: number
  u: Float64Array
  last: Float64Array
  error: number
}

export class VariableOrderIntegrator extends Stepper {
  private readonly f = new Float64Array(this.system.size)
  private readonly rates = new Float64Array(this.system.rateCount)
  private history: History | undefined
  private longest = Number.POSITIVE_INFINITY
  private linearisation: Linearisation | undefined

  /** Consistent potentials, and a history of order one from the slope. */
  protected *begin(state: IntegratorState, stop: number): Generator<boolean, void> {
    const { system, f } = this
    yield* this.consistent(state)
    const h = Math.min(state.dt > 0 ? state.dt : Number.POSITIVE_INFINITY, this.firstStep(state, stop))
    const history = blank(system.size, system.rateCount, h)
    system.residual(state.t, state.u, f)
    for (let k = 0; k < system.size; k++) if (system.mass[k] !== 0) history.u[1][k] = (h * f[k]) / system.mass[k]
    system.rates(state.t, state.u, history.rates[1])
    for (let r = 0; r < system.rateCount; r++) history.rates[1][r] *= h
    this.history = history
    this.linearisation = system.linearise(state.t, state.u)
  }

  protected remember(state: IntegratorState): () => void {
    const [t, u, integrals] = [state.t, state.u.slice(), state.integrals.slice()]
    const history = copy(this.started())
    return () => {
      state.t = t
      state.u.set(u)
      state.integrals.set(integrals)
      this.history = copy(history)
    }
  }

  protected forget(): void {
    // `begin` lays a new history.
  }

  private started(): History {
    if (!this.history) throw new RangeError('a step before the beginning')
    return this.history
  }

  /** Cuts the step to what is allowed and left, without a sliver before the stop. */
  protected plan(state: IntegratorState, stop: number): void {
    const history = this.started()
    this.longest = this.longestStep(state)
    const left = stop - state.t
    if (history.h > Math.min(this.longest, left)) this.resize(history, Math.min(this.longest, left))
    else if (2 * history.h > left && history.h < left) this.resize(history, left / 2)
  }

  /** Takes one accepted step, retrying with smaller ones, and chooses order and size of the next. */
  protected *step(state: IntegratorState, stop: number, size?: number): Generator<boolean, void> {
    const { system, report } = this
    if (size !== undefined) this.resize(this.started(), size)
    const history = this.started()
    let reason = WHY.tooSmall()
    for (let attempt = 0; attempt < MAX_REJECTIONS; attempt++) {
      const { h } = history
      if (tooSmall(h, state.t, stop)) break
      try {
        const trial = yield* this.trial(state, stop)
        if (trial.error > 1) {
          report.rejected++
          reason = WHY.inaccurate()
          this.retreat(history, state, trial, attempt)
          continue
        }
        if (outside(system, trial.u)) throw new NewtonError(WHY.leavesLimits())
        system.normalise(trial.u)
        this.accept(state, history, trial)
        history.caution--
        if (history.steady > history.order + 1 && history.caution <= 0) this.adapt(history, state.u, trial.error)
        state.dt = history.h
        return
      } catch (failure) {
        reason = this.rejectFor(failure)
        // Far from a smooth past its high differences only mislead.
        if (attempt > 1 && history.order > 1) this.reorder(history, 1)
        this.resize(history, 0.3 * h)
        history.caution = CAUTION
        this.linearisation = system.linearise(state.t, state.u)
      }
      yield false
    }
    throw this.failure(state, history.h, reason)
  }

  /** One implicit solve with the present order and size. */
  private *trial(state: IntegratorState, stop: number): Generator<boolean, Trial> {
    const { system, options } = this
    const { order: k, h, u: D } = this.started()
    const { size: n } = system
    const [base, guess] = [new Float64Array(n), new Float64Array(n)]
    const t = state.t + h >= stop * (1 - 1e-15) && state.t + h > stop - 1e-9 * h ? stop : state.t + h
    const beta = h / ((1 - KAPPA[k]) * G[k])
    predict(state.u, D, k, guess, base)
    keepInside(system, guess, state.u)
    const stage = yield* this.solve(state, { t, beta, known: new Float64Array(n), base }, guess)
    const { u } = stage
    predict(state.u, D, k, guess, base)
    system.rates(t, u, this.rates)
    if (system.balance.includes(1)) {
      system.residual(t, u, this.f)
      for (let i = 0; i < n; i++) if (system.balance[i] === 1) u[i] = base[i] + (beta * this.f[i]) / system.mass[i]
    }
    const last = u.map((v, i) => v - guess[i])
    const error = (weightedMax(system, last, state.u, u) * ERROR[k]) / options.rtol
    if (!Number.isFinite(error)) throw new NewtonError(WHY.estimate())
    return { t, beta, u, last, error }
  }

  private *solve(
    state: IntegratorState,
    target: Parameters<typeof solveStage>[2],
    guess: Float64Array,
  ): Generator<boolean, StageResult> {
    const { system, memory, report, options } = this
    if (memory.contraction > SLOW || !this.linearisation) this.linearisation = system.linearise(state.t, state.u)
    // Derivatives grow old: now and then an iteration has to show how well it still converges.
    if (this.started().steady % RENEWED === RENEWED - 1) memory.contraction = Number.NaN
    const stage = yield* wait(solveStage(system, this.linearisation, target, guess, options.rtol, memory))
    report.newtonIterations += stage.iterations
    report.linearIterations += stage.linear
    return stage
  }

  /** A smaller step after one whose error was too large, of lower order where that helps. */
  private retreat(history: History, state: IntegratorState, { u, last, error }: Trial, attempt: number): void {
    const { order: k, h, u: D } = history
    if (attempt === 0 && k > 1) {
      const sum = last.map((v, i) => v + D[k][i])
      if (this.sized(sum, state.u, u, k - 1) < 1) this.reorder(history, k - 1)
    }
    this.resize(history, h * Math.max(0.1, attempt === 0 ? 0.85 * error ** (-1 / (k + 1)) : 0.5))
  }

  private accept(state: IntegratorState, history: History, { t, beta, u, last }: Trial): void {
    const { rates } = this
    const { order: k, u: D, rates: R } = history
    const [guess, base] = [new Float64Array(rates.length), new Float64Array(rates.length)]
    predict(state.integrals, R, k, guess, base)
    const integrals = base.map((v, r) => v + beta * rates[r])
    update(D, k, last)
    update(
      R,
      k,
      integrals.map((v, r) => v - guess[r]),
    )
    state.u.set(u)
    state.integrals.set(integrals)
    state.t = t
    history.steady++
    this.report.accepted++
    this.report.dt = history.h
  }

  /** Error of order k over the tolerance, if its last difference is `last`. */
  private sized(last: Float64Array, before: Float64Array, now: Float64Array, k: number): number {
    return (weightedMax(this.system, last, before, now) * ERROR[k]) / this.options.rtol
  }

  /** The order that allows the longest next step, and that step. */
  private adapt(history: History, now: Float64Array, error: number): void {
    const { order: k, h, u: D } = history
    const growth = (safety: number, e: number, power: number) =>
      Math.min(5, 1 / Math.max(0.1, safety * e ** (1 / power)))
    let [best, order] = [growth(1.2, error, k + 1), k]
    if (k > 1) {
      const lower = growth(1.3, this.sized(D[k], now, now, k - 1), k)
      if (lower > best) [best, order] = [lower, k - 1]
    }
    if (k < MAX_ORDER) {
      const higher = growth(1.4, this.sized(D[k + 2], now, now, k + 1), k + 2)
      if (higher > best) [best, order] = [higher, k + 1]
    }
    if (order !== k) this.reorder(history, order)
    best = Math.min(best, this.longest / h)
    if (best > 1.2 || best < 0.9) this.resize(history, h * best)
    else if (order !== k) history.steady = 0
  }

  private reorder(history: History, order: number): void {
    history.order = order
    history.steady = 0
    this.memory.contraction = Number.NaN
  }

  private resize(history: History, h: number): void {
    if (h === history.h) return
    resize(history, h)
    // Another matrix: what was seen of the convergence of Newton's iterations no longer counts.
    this.memory.contraction = Number.NaN
  }
}
