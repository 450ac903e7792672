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

const MAX_ORDER = 5
const G = [0, 1, 3 / 2, 11 / 6, 25 / 12, 137 / 60]
const KAPPA = [0, -0.185, -1 / 9, -0.0823, -0.0415, 0]
/** Local error over the last difference. */
const ERROR = G.map((g, k) => (k === 0 ? 0 : KAPPA[k] * g + 1 / (k + 1)))
/** Changes the interpolation to another step: binomial signs. */
const U = Array.from({ length: MAX_ORDER }, (_, i) =>
  Array.from({ length: MAX_ORDER }, (_, j) => (i <= j ? (i % 2 === 0 ? -1 : 1) * binomial(j + 1, i + 1) : 0)),
)

function binomial(n: number, k: number): number {
  let value = 1
  for (let i = 1; i <= k; i++) value *= (n - k + i) / i
  return value
}

/** Contraction of Newton's iterations beyond which derivatives are renewed, and steps after which it is looked at again. */
const SLOW = 0.1
/** Steps without growth after a failure of Newton's iterations. */
const CAUTION = 6
const RENEWED = 10

/** History of a run: differences of unknowns and of integrated rates, valid for a step size. */
interface History {
  order: number
  h: number
  /** Steps taken with this order and size. */
  steady: number
  /** Steps for which it stays so after Newton's iterations have failed. */
  caution: number
  u: Float64Array[]
  rates: Float64Array[]
}

export class VariableOrderIntegrator implements TimeIntegrator {
  readonly report: StepReport = { accepted: 0, rejected: 0, newtonIterations: 0, linearIterations: 0, dt: 0 }
  /** The state on show lies at an event: just before, or just after what it changes. */
  atEvent = false
  private readonly system: System
  private readonly options: IntegratorOptions
  private readonly watch: EventWatch | undefined
  private readonly memory: NewtonMemory = { contraction: Number.NaN }
  private readonly f: Float64Array
  private history: History | undefined
  private longest = Number.POSITIVE_INFINITY
  private linearisation: Linearisation | undefined

  constructor(system: System, options: IntegratorOptions) {
    this.system = system
    this.options = options
    this.watch = system.events && new EventWatch(system.events)
    this.f = new Float64Array(system.size)
  }

  /** Like `Integrator.advance`. */
  *advance(state: IntegratorState, until: number): Generator<boolean, void> {
    const { system, options } = this
    for (const stop of [...system.breakpoints.filter((b) => b > state.t && b < until), until]) {
      system.enter(state.t, stop)
      yield* this.restart(state, stop)
      while (state.t < stop) {
        const history = this.history!
        this.longest = Math.min(
          options.maxStep ?? Number.POSITIVE_INFINITY,
          system.longestStep?.(state.t, state.u) ?? Number.POSITIVE_INFINITY,
        )
        const left = stop - state.t
        if (history.h > Math.min(this.longest, left)) this.resize(history, Math.min(this.longest, left))
        else if (2 * history.h > left && history.h < left) this.resize(history, left / 2)
        yield* this.watchedStep(state, stop)
        yield true
        if (state.stopped) return
      }
    }
  }

  /** Consistent potentials, and a history of order one from the slope. */
  private *restart(state: IntegratorState, stop: number): Generator<boolean, void> {
    const { system, options } = this
    for (const _ of makeConsistent(system, state.t, state.u, options.rtol)) yield false
    const h = Math.min(
      state.dt > 0 ? state.dt : Number.POSITIVE_INFINITY,
      initialStep(system, options.rtol, state.t, state.u, stop),
    )
    const zero = (n: number) => Array.from({ length: MAX_ORDER + 3 }, () => new Float64Array(n))
    const history: History = { order: 1, h, steady: 0, caution: 0, u: zero(system.size), rates: zero(system.rateCount) }
    system.residual(state.t, state.u, this.f)
    for (let k = 0; k < system.size; k++) if (system.mass[k] !== 0) history.u[1][k] = (h * this.f[k]) / system.mass[k]
    system.rates(state.t, state.u, history.rates[1])
    for (let r = 0; r < system.rateCount; r++) history.rates[1][r] *= h
    this.history = history
    this.linearisation = system.linearise(state.t, state.u)
  }

  /** One step; where an event happens inside it, the step is repeated so that it ends there. */
  private *watchedStep(state: IntegratorState, stop: number): Generator<boolean, void> {
    const { watch } = this
    if (!watch) return yield* this.step(state, stop)
    const before = { t: state.t, u: state.u.slice(), integrals: state.integrals.slice(), history: copy(this.history!) }
    watch.open(state.t, state.u)
    let k = watch.overdue
    this.atEvent = k >= 0
    if (k < 0) {
      yield* this.step(state, stop)
      for (let size = watch.find(before.t, state.t, state.u); size !== undefined; ) {
        state.t = before.t
        state.u.set(before.u)
        state.integrals.set(before.integrals)
        this.history = copy(before.history)
        this.resize(this.history, size)
        yield* this.step(state, before.t + size)
        size = watch.find(before.t, state.t, state.u)
      }
      k = watch.happened
      if (k < 0) return
      this.atEvent = true
      // The state just before what the event changes.
      yield true
    }
    state.stopped = watch.events.happen(k, state.t, state.u) === 'stop'
    if (state.stopped) return
    state.dt = 0
    this.system.enter(state.t, stop)
    yield* this.restart(state, stop)
  }

  /** Takes one accepted step, retrying with smaller ones, and chooses order and size of the next. */
  private *step(state: IntegratorState, stop: number): Generator<boolean, void> {
    const { system, options, report, f } = this
    const { size: n, mass, balance, rateCount } = system
    const history = this.history!
    const known = new Float64Array(n)
    const base = new Float64Array(n)
    const guess = new Float64Array(n)
    const rates = new Float64Array(rateCount)
    let reason = 'the steps have become too small to count'
    for (let attempt = 0; attempt < MAX_REJECTIONS; attempt++) {
      const { order: k, h, u: D } = history
      if (h < SMALLEST_STEP * Math.max(Math.abs(state.t), stop - state.t)) break
      const t = state.t + h >= stop * (1 - 1e-15) && state.t + h > stop - 1e-9 * h ? stop : state.t + h
      const beta = h / ((1 - KAPPA[k]) * G[k])
      predict(state.u, D, k, guess, base)
      keepInside(system, guess, state.u)
      try {
        if (this.memory.contraction > SLOW) this.linearisation = system.linearise(state.t, state.u)
        // Derivatives grow old: now and then an iteration has to show how well it still converges.
        if (history.steady % RENEWED === RENEWED - 1) this.memory.contraction = Number.NaN
        const stage = yield* wait(
          solveStage(system, this.linearisation!, { t, beta, known, base }, guess, options.rtol, this.memory),
        )
        const u = stage.u
        report.newtonIterations += stage.iterations
        report.linearIterations += stage.linear
        predict(state.u, D, k, guess, base)
        system.rates(t, u, rates)
        if (balance.includes(1)) {
          system.residual(t, u, f)
          for (let i = 0; i < n; i++) if (balance[i] === 1) u[i] = base[i] + (beta * f[i]) / mass[i]
        }
        const last = u.map((v, i) => v - guess[i])
        const error = (weightedMax(system, last, state.u, u) * ERROR[k]) / options.rtol
        if (!Number.isFinite(error)) throw new NewtonError('the error estimate is not a number')
        if (error > 1) {
          report.rejected++
          reason = 'the local error exceeds the tolerance'
          if (attempt === 0 && k > 1) {
            const sum = last.map((v, i) => v + D[k][i])
            const lower = this.sized(sum, state.u, u, k - 1)
            if (lower < 1) this.reorder(history, k - 1)
          }
          this.resize(history, h * Math.max(0.1, attempt === 0 ? 0.85 * error ** (-1 / (k + 1)) : 0.5))
          continue
        }
        if (outside(system, u)) throw new NewtonError('a concentration would leave its limits')
        system.normalise(u)
        this.accept(state, history, u, last, rates, beta, t)
        history.caution--
        if (history.steady > k + 1 && history.caution <= 0) this.adapt(history, state.u, error)
        state.dt = history.h
        return
      } catch (failure) {
        if (!(failure instanceof NewtonError) && !(failure instanceof LinearSolveError)) throw failure
        report.rejected++
        this.memory.contraction = Number.NaN
        reason = failure.message
        // Far from a smooth past its high differences only mislead.
        if (attempt > 1 && history.order > 1) this.reorder(history, 1)
        this.resize(history, 0.3 * h)
        history.caution = CAUTION
        this.linearisation = system.linearise(state.t, state.u)
      }
      yield false
    }
    const words = system.explainFailure?.(state.t, state.u)
    throw new IntegrationError(
      state.t,
      words?.message ??
        `no step from t = ${state.t.toPrecision(6)} s succeeds (tried down to ${history.h.toPrecision(3)} s): ${reason}`,
      words?.advice ?? ['weaken what was changed last', 'rewind and continue from an earlier moment'],
    )
  }

  /** Moves on to u, whose difference to the predictor is `last`. */
  private accept(
    state: IntegratorState,
    history: History,
    u: Float64Array,
    last: Float64Array,
    rates: Float64Array,
    beta: number,
    t: number,
  ): void {
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

  /** Differences of the same polynomial for another step size. */
  private resize(history: History, h: number): void {
    const { order: k } = history
    const ratio = h / history.h
    if (ratio === 1) return
    const change = multiply(shift(k, ratio), k)
    for (const D of [history.u, history.rates]) {
      const old = D.slice(1, k + 1).map((d) => d.slice())
      for (let j = 0; j < k; j++)
        for (let i = 0; i < D[j + 1].length; i++) {
          let sum = 0
          for (let m = 0; m < k; m++) sum += old[m][i] * change[m][j]
          D[j + 1][i] = sum
        }
    }
    history.h = h
    history.steady = 0
    // Another matrix: what was seen of the convergence of Newton's iterations no longer counts.
    this.memory.contraction = Number.NaN
  }
}

/** Products of (m - 1 - i ratio) / m, m = 1 … row. */
function shift(k: number, ratio: number): number[][] {
  return Array.from({ length: k }, (_, row) =>
    Array.from({ length: k }, (_, column) => {
      let value = 1
      for (let m = 1; m <= row + 1; m++) value *= (m - 1 - (column + 1) * ratio) / m
      return value
    }),
  )
}

function multiply(a: number[][], k: number): number[][] {
  return a.map((row) => Array.from({ length: k }, (_, j) => row.reduce((sum, v, m) => sum + v * U[m][j], 0)))
}

/** u* into guess and u* - psi into base. */
function predict(u: Float64Array, D: Float64Array[], k: number, guess: Float64Array, base: Float64Array): void {
  const scale = 1 / ((1 - KAPPA[k]) * G[k])
  for (let i = 0; i < u.length; i++) {
    let [sum, psi] = [u[i], 0]
    for (let j = 1; j <= k; j++) {
      sum += D[j][i]
      psi += G[j] * D[j][i]
    }
    guess[i] = sum
    base[i] = sum - psi * scale
  }
}

function update(D: Float64Array[], k: number, last: Float64Array): void {
  for (let i = 0; i < last.length; i++) {
    D[k + 2][i] = last[i] - D[k + 1][i]
    D[k + 1][i] = last[i]
    for (let j = k; j > 0; j--) D[j][i] += D[j + 1][i]
  }
}

function copy(h: History): History {
  return { ...h, u: h.u.map((d) => d.slice()), rates: h.rates.map((d) => d.slice()) }
}
