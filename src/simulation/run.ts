/**
 * Steps and frames of a run: the model is advanced from frame to frame, the resolved one beside it follows. Where a
 * protocol sets the pace (`Model.horizon`) the frames are its steps, as long as they are not much denser than asked for.
 */
import { paced } from '../cell/progress.ts'
import { t } from '../language/language.ts'
import type { ErrorEstimator } from '../models/estimate.ts'
import type { Model, Notice } from '../models/family.ts'
import { inWords, type ReducedUnits, SECOND } from '../models/reduced.ts'
import { Integrator } from '../numerics/integrate.ts'
import { VariableOrderIntegrator } from '../numerics/ndf.ts'
import { IntegrationError, type IntegratorState, makeConsistent, type TimeIntegrator } from '../numerics/steps.ts'
import type { Beside } from './beside.ts'
import { progress, told } from './cells.ts'
import type { Checkpoint, Frame, SimulationEvent, Summary } from './frame.ts'
import type { Scenario } from './scenario.ts'
import { stepNotices } from './stepNotices.ts'

/** A protocol may take this many times as long as it expects (a voltage held until the current has faded). */
const PATIENCE = 10
/** Balances are said to be off beyond this part of what they count; charge, in mM, beyond that of a hundred. */
const CLOSED = { '1': 1e-9, mM: 1e-7 } as Record<string, number>
/** Frames that follow the steps of a protocol come at most this much denser than frames at equal distances. */
const DENSEST = 5

/** Where a run begins. */
export interface Start {
  state: IntegratorState
  /** Content of the budgets at the start, for closing them. */
  baseline: Float64Array
  notices: Notice[]
  /** The checkpoint that the run goes on from, as the model holds it; absent where it starts anew. */
  resumed?: Checkpoint
}

interface RunSetting {
  /** Expected length of the run, s. */
  span: number
  /** Period of the cells that validity judges, m. */
  period: number
  /** How far the homogenized fields are from the resolved ones: made ready once a run goes on beyond its first frame. */
  estimating?: () => Generator<SimulationEvent, ErrorEstimator>
  /** In which times are said, where the scenario has no sizes of its own. */
  units?: ReducedUnits
  /** Index of the frame that the run begins with. */
  firstFrame: number
}

/**
 * Errors are estimated at every so many frames, since that takes longer than a step, and hold until the next time. The
 * first ones are shown before anything is set up for that: nobody waits for it who only drags a cell or opens the page.
 */
const ESTIMATED = 4

export class Run {
  private readonly scenario: Scenario
  private readonly model: Model
  private readonly beside: Beside | undefined
  private readonly state: IntegratorState
  private readonly baseline: Float64Array
  private readonly integrator: TimeIntegrator
  /** Times at which the integrator stops. */
  private readonly times: readonly number[]
  /** Expected length of the run, s. */
  private readonly span: number
  /** Period of the cells that validity judges, m. */
  private readonly period: number
  private readonly units: ReducedUnits | undefined
  private readonly estimating: RunSetting['estimating']
  private estimator: ErrorEstimator | undefined
  private index: number
  /** Frames beyond the first. */
  private shown = 0
  /** Moments at the time of the last frame, beyond it. */
  private alike = 0
  private frame: Frame | undefined
  /** Largest size of every observable after the first frame. */
  private readonly worst: Float64Array
  /** Balances that have been said to be off. */
  private readonly told = new Set<string>()

  constructor(
    scenario: Scenario,
    model: Model,
    beside: Beside | undefined,
    { state, baseline }: Start,
    { span, period, estimating, units, firstFrame }: RunSetting,
  ) {
    const { end, frames, rtol } = scenario.time
    this.scenario = scenario
    this.model = model
    this.beside = beside
    this.state = state
    this.baseline = baseline
    this.span = span
    this.period = period
    this.estimating = estimating
    this.units = units
    this.index = firstFrame
    this.worst = new Float64Array(model.observables.length)
    this.times = model.horizon === undefined ? frameTimes(span, frames, state.t) : [Math.min(end, PATIENCE * span)]
    // A protocol is long and smooth between its events; elsewhere every frame, or every row of a table, is a stop.
    const smooth = model.horizon !== undefined && !model.kinked
    this.integrator = smooth ? new VariableOrderIntegrator(model, { rtol }) : new Integrator(model, { rtol })
  }

  /** Consistent potentials, and the first frame. */
  *begin(): Generator<SimulationEvent, void> {
    const { model, state, beside } = this
    const { rtol } = this.scenario.time
    const until = this.times[0] ?? state.t
    model.enter(state.t, until)
    for (const _ of model.ready?.() ?? []) yield this.progress()
    for (const _ of makeConsistent(model, state.t, state.u, rtol)) yield this.progress()
    if (beside) for (const _ of beside.start(until, rtol)) yield this.progress()
    this.frame = yield* this.take()
    yield { kind: 'frame', frame: this.frame }
  }

  /** @throws IntegrationError when the solver cannot go on and the model has no words for it */
  *go(): Generator<SimulationEvent, Summary['stoppedBy']> {
    const { model, state } = this
    try {
      for (const time of this.times) {
        yield* this.stepsTo(time)
        yield* this.show()
        if (state.stopped) return 'protocol'
      }
      if (model.horizon !== undefined) yield { kind: 'notice', notice: unfinished(this.at(state.t)) }
      return 'end'
    } catch (error) {
      if (!(error instanceof IntegrationError) || !model.explainFailure?.(state.t, state.u)) throw error
      // What the run came to, even between two regular frames.
      if (state.t > (this.frame?.t ?? state.t)) yield* this.show()
      yield { kind: 'notice', notice: stopped(error, this.at(error.t)) }
      return 'event'
    }
  }

  summary(stoppedBy: Summary['stoppedBy']): Omit<Summary, 'seconds'> {
    const { model, state, frame, worst } = this
    const named = (of: (k: number) => number, only?: string) =>
      Object.fromEntries(
        model.observables.flatMap((o, k) => (only === undefined || o.group === only ? [[o.name, of(k)]] : [])),
      )
    return {
      t: state.t,
      frames: this.index,
      stats: { ...this.integrator.report },
      observables: named((k) => frame?.observables[k] ?? Number.NaN),
      budgets: named((k) => worst[k], 'budget'),
      stoppedBy,
      ending: stoppedBy === 'protocol' ? model.ending?.() : undefined,
      steps: model.stepReports && [...model.stepReports()],
    }
  }

  /** What of the protocol did not go as it was written. */
  *tellSteps(stoppedBy: Summary['stoppedBy']): Generator<SimulationEvent, void> {
    const { stepLabels: labels, observables } = this.model
    const reports = this.model.stepReports?.()
    if (!labels || !reports) return
    const place = observables.findIndex(({ name }) => name === 'step')
    const reached = stoppedBy === 'protocol' ? undefined : this.frame?.observables[place]
    for (const notice of stepNotices(reports, labels, reached)) yield { kind: 'notice', notice }
  }

  private *stepsTo(time: number): Generator<SimulationEvent, void> {
    const { model, state, integrator, span } = this
    const gap = span / (DENSEST * this.scenario.time.frames)
    for (const accepted of integrator.advance(state, time)) {
      yield this.progress()
      if (model.horizon === undefined || !accepted || state.stopped) continue
      // Steps that take no time one after the other are one moment: before the first and after it.
      this.alike = state.t === this.frame?.t ? this.alike + 1 : 0
      if ((integrator.atEvent && this.alike < 2) || state.t - (this.frame?.t ?? 0) >= gap) yield* this.show()
    }
  }

  /** A frame of the present state, once the resolved model has come to it too. */
  private *show(): Generator<SimulationEvent, void> {
    if (this.beside) yield* this.follow(this.beside)
    this.index++
    this.shown++
    const soon = this.model.horizon === undefined ? Math.min(ESTIMATED, this.times.length) : ESTIMATED
    if (this.estimating && this.shown >= soon) this.estimator ??= yield* this.estimating()
    this.frame = yield* this.take()
    this.frame.observables.forEach((v, k) => {
      this.worst[k] = Math.max(this.worst[k], Math.abs(v))
    })
    yield { kind: 'frame', frame: this.frame }
    yield* this.tellBudgets(this.frame)
  }

  private *tellBudgets({ t, observables }: Frame): Generator<SimulationEvent, void> {
    for (const [k, { name, group, unit, label }] of this.model.observables.entries()) {
      if (group !== 'budget' || this.told.has(name) || !(Math.abs(observables[k]) > CLOSED[unit])) continue
      this.told.add(name)
      yield { kind: 'notice', notice: off(label, observables[k], unit, this.at(t)) }
    }
  }

  /** Takes the resolved model to the present time; says so where it has to stop. */
  private *follow(beside: Beside): Generator<SimulationEvent, void> {
    const advancing = beside.advance(this.state.t)
    let next = advancing.next()
    while (!next.done) {
      yield progress('resolved', this.state.t / this.span)
      next = advancing.next()
    }
    if (next.value) yield { kind: 'notice', notice: next.value }
  }

  private *take(): Generator<SimulationEvent, Frame> {
    const { model, state, baseline, beside } = this
    const copy = (a: Float64Array) => Float64Array.from(a)
    const checkpoint: Checkpoint = {
      t: state.t,
      u: copy(state.u),
      integrals: copy(state.integrals),
      baseline: copy(baseline),
      dt: state.dt,
      layout: model.layout,
      macro: model.macro,
    }
    const fields = model.sample(state.t, state.u)
    const observables = model.observe(state.t, state.u, state.integrals, baseline)
    yield this.progress()
    const validity = model.validity?.(state.u, this.span / this.scenario.time.frames, this.period)
    yield this.progress()
    const frame: Frame = {
      index: this.index,
      t: state.t,
      fields,
      observables,
      checkpoint,
      stats: { ...this.integrator.report },
      validity,
      estimates: yield* this.estimates(fields),
    }
    if (!beside) return frame
    yield this.progress()
    const resolved = beside.frame()
    yield this.progress()
    return { ...frame, resolved, checkpoint: { ...checkpoint, resolved: beside.checkpoint() } }
  }

  private *estimates(fields: readonly Float32Array[]): Generator<SimulationEvent, Frame['estimates']> {
    const last = this.frame?.estimates
    if (!this.estimator || (last && this.index % ESTIMATED > 0)) return last
    return yield* told('steps', paced(this.estimator.of(fields, this.period), this.state.t / this.span))
  }

  /** A time in words. */
  private at(t: number): string {
    return inWords(t, SECOND, this.units, 4)
  }

  private progress(): SimulationEvent {
    return progress('steps', Math.min(1, this.state.t / this.span))
  }
}

/** Equally spaced frame times after t. */
function frameTimes(end: number, frames: number, t: number): number[] {
  return Array.from({ length: frames }, (_, k) => (end * (k + 1)) / frames).filter(
    (time) => time > t + 1e-9 * (end / frames),
  )
}

function off(label: string, value: number, unit: string, at: string): Notice {
  const size = `${value.toExponential(1)}${unit === '1' ? ` ${t('of the content')}` : ` ${unit}`}`
  return {
    level: 'warning',
    message: t('{label}: {size} at t = {at}, more than round-off: the numbers are no better than that.', {
      label: t(label),
      size,
      at,
    }),
    advice: [t('take a smaller tolerance'), t('let the run end earlier')],
  }
}

function unfinished(at: string): Notice {
  return {
    level: 'warning',
    message: t('The protocol had not come to its end after {at}, where the run stops.', { at }),
    advice: [t('give its last step a duration or a larger current to end at'), t('let the run end later')],
  }
}

function stopped({ message, advice }: IntegrationError, at: string): Notice {
  return { level: 'error', message: t('Stopped at t = {at}: {message}.', { at, message }), advice }
}
