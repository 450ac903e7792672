/**
 * What both integrators do alike: they walk from stop to stop (breakpoints, where F jumps, and the time asked for),
 * repeat a step in which an event happens so that it ends there, and say why they could not go on. How a step is taken
 * and what is remembered between steps is theirs.
 */

import { EventWatch } from './events.ts'
import { ADVICE, STOPPED } from './failures.ts'
import { NewtonError, type NewtonMemory } from './newton.ts'
import {
  IntegrationError,
  type IntegratorOptions,
  type IntegratorState,
  initialStep,
  makeConsistent,
  type StepReport,
  type TimeIntegrator,
} from './steps.ts'
import { LinearSolveError, type System } from './system.ts'

export abstract class Stepper implements TimeIntegrator {
  readonly report: StepReport = { accepted: 0, rejected: 0, newtonIterations: 0, linearIterations: 0, dt: 0 }
  /** The state on show lies at an event: just before, or just after what it changes. */
  atEvent = false
  protected readonly system: System
  protected readonly options: IntegratorOptions
  protected readonly memory: NewtonMemory = { contraction: Number.NaN }
  private readonly watch: EventWatch | undefined

  constructor(system: System, options: IntegratorOptions) {
    this.system = system
    this.options = options
    this.watch = system.events && new EventWatch(system.events)
  }

  /**
   * Integrates from `state` and yields `true` after every accepted step (state updated in place) and `false` between
   * the iterations inside a step, so that the caller may pause at any moment. Ends when `until` is reached exactly.
   * @throws IntegrationError when no step succeeds
   */
  *advance(state: IntegratorState, until: number): Generator<boolean, void> {
    const { system } = this
    for (const stop of [...system.breakpoints.filter((b) => b > state.t && b < until), until]) {
      system.enter(state.t, stop)
      yield* this.begin(state, stop)
      while (state.t < stop) {
        this.plan(state, stop)
        yield* this.watchedStep(state, stop)
        yield true
        if (state.stopped) return
      }
      state.t = stop
      if (stop !== until) yield* this.cross(state, stop, until)
    }
  }

  /** Before the first step of a stretch without breakpoints. */
  protected abstract begin(state: IntegratorState, stop: number): Generator<boolean, void>

  /** Chooses the size of the next step towards `stop`. */
  protected abstract plan(state: IntegratorState, stop: number): void

  /** One accepted step towards `stop` of the planned size, or one of exactly `size` in which an event is sought. */
  protected abstract step(state: IntegratorState, stop: number, size?: number): Generator<boolean, void>

  /** Restores, when called, what the next step depends on. */
  protected abstract remember(state: IntegratorState): () => void

  /** The past means nothing beyond an event. */
  protected abstract forget(state: IntegratorState): void

  /** At a breakpoint on the way. */
  protected *cross(_state: IntegratorState, _stop: number, _until: number): Generator<boolean, void> {}

  /** One step; where an event happens inside it, the step is repeated so that it ends there. */
  private *watchedStep(state: IntegratorState, stop: number): Generator<boolean, void> {
    const { watch } = this
    if (!watch) return yield* this.step(state, stop)
    const from = state.t
    const undo = this.remember(state)
    watch.open(state.t, state.u)
    let k = watch.overdue
    this.atEvent = k >= 0
    if (k < 0) {
      yield* this.step(state, stop)
      for (let size = watch.find(from, state.t, state.u); size !== undefined; ) {
        undo()
        yield* this.step(state, from + size, size)
        size = watch.find(from, state.t, state.u)
      }
      k = watch.happened
      if (k < 0) return
      this.atEvent = true
      // The state just before what the event changes.
      yield true
    }
    this.forget(state)
    state.stopped = watch.events.happen(k, state.t, state.u) === 'stop'
    if (state.stopped) return
    state.dt = 0
    this.system.enter(state.t, stop)
    yield* this.begin(state, stop)
  }

  protected *consistent(state: IntegratorState): Generator<boolean, void> {
    for (const _ of makeConsistent(this.system, state.t, state.u, this.options.rtol)) yield false
  }

  protected firstStep(state: IntegratorState, stop: number): number {
    return initialStep(this.system, this.options.rtol, state.t, state.u, stop)
  }

  /** Longest step that the caller and the system allow. */
  protected longestStep(state: IntegratorState): number {
    return Math.min(
      this.options.maxStep ?? Number.POSITIVE_INFINITY,
      this.system.longestStep?.(state.t, state.u) ?? Number.POSITIVE_INFINITY,
    )
  }

  /** Counts a step that could not be solved; passes on what is no failure of the solvers. */
  protected rejectFor(failure: unknown): string {
    if (!(failure instanceof NewtonError) && !(failure instanceof LinearSolveError)) throw failure
    this.report.rejected++
    this.memory.contraction = Number.NaN
    return failure.message
  }

  /** In the words of the system where it has some. @param h the last step tried, s */
  protected failure({ t, u }: IntegratorState, h: number, reason: string): IntegrationError {
    const words = this.system.explainFailure?.(t, u)
    return new IntegrationError(t, words?.message ?? STOPPED.noStep(t, h, reason), words?.advice ?? ADVICE.noStep())
  }
}
