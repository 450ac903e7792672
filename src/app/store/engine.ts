/**
 * Glue between the store and the solver's worker: starts runs, grants credits and turns edits into requests; what comes
 * back is taken in by answers.ts. It computes nothing.
 */

import { msg, t } from '../../language/language.ts'
import { formatProblems } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Response } from '../../worker/protocol.ts'
import { Answers, canUndo } from './answers.ts'
import { mustWait, noCourse } from './course.ts'
import { CurveDesk } from './curveDesk.ts'
import { FrameBuffer, type FullFrame } from './frames.ts'
import { current, type Lab, type LabState } from './lab.ts'
import { dismissErrors, dismissOfModel, notify } from './notices.ts'
import { Pace } from './pace.ts'
import type { Client, Clock, EngineParts } from './parts.ts'
import { PreviewDesk } from './previewDesk.ts'
import { fingerprint, finished, hasProtocol, otherStart, prolonged, sameCells, sameSetting } from './runs.ts'

const START_LATER = msg('The start that was changed counts when the run begins again: Reset, or the key R.')

export class Engine {
  readonly frames = new FrameBuffer()
  private readonly client: Client
  private readonly clock: Clock
  private readonly pace = new Pace()
  private readonly previews: PreviewDesk
  readonly curveDesk: CurveDesk
  private readonly answers: Answers
  private readonly stops: (() => void)[]
  private readonly course = noCourse()
  /** Scenario the worker's run was last told. */
  private told = ''
  private readonly leaving = new Set<() => void>()
  private lastTick: number
  /** Length of the run when it began, s. */
  private span = 0
  private visible = true
  private readonly lab: Lab
  private readonly parts: EngineParts

  constructor(lab: Lab, parts: EngineParts) {
    this.lab = lab
    this.parts = parts
    this.clock = parts.clock
    const receive = (response: Response) => this.answers.receive(response)
    this.previews = new PreviewDesk(() => parts.connect(receive), parts.cellProblems)
    this.curveDesk = new CurveDesk(lab, this.frames, (request) => this.client.post(request))
    this.answers = new Answers(lab, this.course, this.frames, this.pace, this.previews, this.curveDesk)
    this.client = parts.connect((response) => {
      this.answers.receive(response)
      if (response.kind === 'frame') this.feed(0)
    })
    this.lastTick = this.clock.now()
    this.stops = [this.clock.every((now) => this.tick(now)), lab.subscribe((s, before) => this.edited(s, before))]
  }

  /** Begins from the initial state of the scenario; keeps running or pausing as it was. */
  restart(): void {
    const { status } = this.lab.getState()
    for (const leave of this.leaving) leave()
    this.frames.clear()
    this.lab.setState({
      frameCount: 0,
      shown: -1,
      time: 0,
      summary: undefined,
      status: status === 'running' ? 'running' : 'paused',
    })
    this.course.fresh = true
    this.span = current(this.lab.getState()).time.end
    this.open()
  }

  /** Calls back before the frames of a run go because another one begins. */
  onLeave(leave: () => void): void {
    this.leaving.add(leave)
  }

  /** Runs on; a finished run begins again. */
  play(): void {
    const { status } = this.lab.getState()
    if (finished(this.lab.getState())) {
      this.again()
      return
    }
    if (status === 'ended') this.extend()
    if (!this.course.alive || this.rewound()) this.open(this.shownFrame())
    if (this.course.alive) this.lab.setState({ status: 'running' })
  }

  pause(): void {
    if (this.lab.getState().status === 'running') this.lab.setState({ status: 'paused' })
  }

  toggle(): void {
    if (this.lab.getState().status === 'running') this.pause()
    else this.play()
  }

  step(): void {
    if (finished(this.lab.getState())) return
    if (this.lab.getState().status === 'ended') this.extend()
    if (!this.course.alive || this.rewound()) this.open(this.shownFrame())
    if (!this.course.alive) return
    this.lab.setState({ status: 'paused' })
    this.credit(1)
  }

  /** Stops whatever the worker is busy with and keeps what is on show. */
  cancel(): void {
    this.client.post({ kind: 'cancel', run: this.course.run })
    this.course.alive = false
    this.lab.setState((s) => ({ progress: undefined, status: s.status === 'ended' ? 'ended' : 'paused' }))
  }

  /** Shows a stored frame; running from here abandons the later ones. */
  rewind(position: number): void {
    const frame = this.frames.at(position)
    if (!frame) return
    const last = position >= this.frames.entries.length - 1
    this.course.follow = last
    this.lab.setState((s) => ({
      shown: Math.max(0, Math.min(position, this.frames.entries.length - 1)),
      time: frame.t,
      status: last && s.status === 'ended' ? 'ended' : s.status === 'failed' ? 'failed' : 'paused',
    }))
  }

  /** Goes on from a stored frame in a new run, running or paused as it was; later frames of the main line go. */
  goOnFrom(position: number): void {
    const frame = this.frames.at(position)
    if (!frame) return
    this.frames.truncate(position + 1)
    this.lab.setState((s) => ({
      frameCount: this.frames.entries.length,
      shown: this.frames.entries.length - 1,
      time: frame.t,
      summary: undefined,
      status: s.status === 'running' ? 'running' : 'paused',
    }))
    this.open(frame)
  }

  /** The scenario that the run was last told. */
  get running(): Scenario {
    return this.course.scenario ?? current(this.lab.getState())
  }

  /** The frame on show. */
  shownFrame(): FullFrame | undefined {
    return this.frames.at(this.lab.getState().shown)
  }

  setVisible(visible: boolean): void {
    this.visible = visible
    this.lastTick = this.clock.now()
  }

  dispose(): void {
    for (const stop of this.stops) stop()
    this.client.dispose()
    this.previews.dispose()
  }

  /** Somebody comes near what can be dragged. */
  expectDrag(): void {
    this.previews.warm(current(this.lab.getState()))
  }

  /** Runs from the beginning. */
  again(): void {
    this.lab.setState({ status: 'running' })
    this.restart()
  }

  private rewound(): boolean {
    return this.lab.getState().shown < this.frames.entries.length - 1
  }

  /** Opens a new run in the worker, from a stored frame if there is one. */
  private open(from?: FullFrame): void {
    this.course.follow = true
    const scenario = current(this.lab.getState())
    this.course.run += 1
    this.course.alive = true
    this.pace.reset()
    this.tell(scenario)
    this.course.changeSentAt = Number.NEGATIVE_INFINITY
    this.course.owed = undefined
    if (!this.sound(scenario)) {
      this.course.alive = false
      const { status } = this.lab.getState()
      if (status !== 'failed') this.course.resumeAfterRepair = status === 'running'
      this.lab.setState({ status: 'failed' })
      return
    }
    const start = { kind: 'start' as const, run: this.course.run, scenario }
    this.client.post(from ? { ...start, from: from.full.checkpoint, firstFrame: from.index } : start)
  }

  /** Goes on beyond the end, by the length that the run had at first. */
  private extend(): void {
    this.lab.setState(({ scenario }) => ({ scenario: prolonged(scenario, this.span), status: 'paused' }))
  }

  private tell(scenario: Scenario): void {
    this.told = fingerprint(scenario)
    this.course.dragged = false
    this.course.scenario = scenario
    this.course.modelled = false
  }

  private credit(frames: number): void {
    if (frames > 0) this.client.post({ kind: 'credit', run: this.course.run, frames: this.pace.grant(frames) })
  }

  private tick(now: number): void {
    const elapsed = Math.min(now - this.lastTick, 0.25)
    this.lastTick = now
    this.previews.flush(now)
    this.sendChange(now)
    this.curveDesk.tick(now)
    this.feed(elapsed)
  }

  private feed(elapsed: number): void {
    const { status, speed } = this.lab.getState()
    if (status !== 'running' || !this.visible || !this.course.alive) return
    const frames = this.pace.due(elapsed, speed)
    if (frames > 0) this.client.post({ kind: 'credit', run: this.course.run, frames })
  }

  private edited(state: LabState, before: LabState): void {
    if (state.draft) this.course.dragged = true
    else if (before.draft) this.answers.letGo()
    const now = current(state)
    if (now === current(before)) return
    const then = current(before)
    // A new title is of the scenario that runs.
    if (now.title !== then.title && fingerprint(now) === this.told) this.course.scenario = now
    if (!sameSetting(now, then)) {
      // Another scenario: nothing of the present state has a meaning in it.
      queueMicrotask(() => {
        if (this.told !== fingerprint(current(this.lab.getState()))) this.restart()
      })
      return
    }
    if (state.draft && state.draft.cell !== state.scenario.cell) this.previews.ask(state.draft)
  }

  /** Tells the worker what changed, one unanswered change at a time. */
  private sendChange(now: number): void {
    const state = this.lab.getState()
    const scenario = current(state)
    if (fingerprint(scenario) === this.told) this.course.dragged = false
    else if (!mustWait(this.course, state, now)) this.take(state, scenario, now)
  }

  private take(state: LabState, scenario: Scenario, now: number): void {
    if (!this.sound(scenario)) return
    // Half a discharge of one cell and half of another is none, and a run that is over has nothing left to go on.
    const whole = hasProtocol(state) && (this.course.dragged || !sameCells(scenario, this.running))
    const start = otherStart(scenario, this.running)
    const anew = finished(state) || whole || (start && this.frames.last?.t === 0)
    if (start && !anew) notify(this.lab, { level: 'info', message: t(START_LATER) })
    if (finished(state)) this.again()
    else if (anew) this.restart()
    else if (state.status === 'failed' || !this.course.alive) {
      this.open(this.shownFrame())
      this.lab.setState({ status: this.course.resumeAfterRepair ? 'running' : 'paused' })
    } else if (this.rewound()) {
      this.open(this.shownFrame())
    } else {
      this.tell(scenario)
      this.client.post({ kind: 'change', run: this.course.run, scenario })
    }
    this.course.changeSentAt = now
    if (!state.draft || state.status !== 'running') return
    this.course.owed = this.shownFrame()?.index ?? -1
    this.course.draggedAt = now
  }

  /**
   * Whether a scenario can be run; says why where it cannot. A run goes on with the last scenario that works then; the
   * edit waits to be repaired or undone.
   */
  private sound(scenario: Scenario): boolean {
    const problems = this.parts.problems(scenario)
    if (problems.length === 0) return true
    this.told = fingerprint(scenario)
    this.lab.setState({ refused: true })
    const message = t('This change is not in use yet: {problems}.', { problems: formatProblems(problems, 240) })
    dismissErrors(this.lab)
    dismissOfModel(this.lab)
    notify(this.lab, { level: 'warning', message, offerUndo: canUndo(this.lab), ofModel: true })
    return false
  }
}
