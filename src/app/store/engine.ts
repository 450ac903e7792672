/**
 * Glue between the store and the solver's worker: starts runs, grants credits, turns edits into requests and responses
 * into state. It computes nothing.
 */

import type { CellProblemSpec, CellResult } from '../../cell/cell.ts'
import { formatProblem, type Problem } from '../../parameter.ts'
import type { Frame, ModelDescription } from '../../simulation/frame.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Request, Response } from '../../worker/protocol.ts'
import { CurveDesk } from './curveDesk.ts'
import { FrameBuffer, type FullFrame, finite } from './frames.ts'
import { current, type Lab, type LabState } from './lab.ts'
import { dismissErrors, dismissMessage, dismissOfModel, notify } from './notices.ts'
import { Pace } from './pace.ts'
import { PreviewDesk } from './previewDesk.ts'
import { fingerprint, finished, prolonged, sameTissue } from './runs.ts'

export interface Client {
  post(request: Request): void
  dispose(): void
}

/** Calls back on every animation frame while the page is visible; returns how to stop. Times in seconds. */
export interface Clock {
  now(): number
  every(tick: (now: number) => void): () => void
}

export interface EngineParts {
  connect(onResponse: (response: Response) => void): Client
  clock: Clock
  /** Cell problems that the scenario's family wants solved. */
  cellProblems(scenario: Scenario): CellProblemSpec[]
  /** What keeps a scenario from being run. */
  problems(scenario: Scenario): readonly Problem[]
}

/** A change that is not answered within this time no longer holds back the next one, s. */
const CHANGE_PATIENCE = 0.4

/** Frames per second while a handle moves, or a long curve is computed beside the run. */
const PATIENT_SPEED = 3

export class Engine {
  readonly frames = new FrameBuffer()
  private readonly client: Client
  private readonly clock: Clock
  private readonly pace = new Pace()
  private readonly previews: PreviewDesk
  readonly curveDesk: CurveDesk
  private readonly stops: (() => void)[]
  private run = 0
  /** The worker holds a run that answers to changes and credits. */
  private alive = false
  /** The model of a run that starts anew is not a change worth a notice. */
  private fresh = true
  /** Scenario the worker's run was last told. */
  private told = ''
  /** The same, as it is. */
  running: Scenario
  private readonly leaving = new Set<() => void>()
  private changeSentAt = Number.NEGATIVE_INFINITY
  /** A run that failed goes on by itself once the input is repaired, if it was running. */
  private resumeAfterRepair = false
  private lastTick: number
  /** Length of the run when it began, s. */
  private span = 0
  private visible = true
  /** New frames are shown as they come. */
  private follow = true
  private readonly lab: Lab
  private readonly parts: EngineParts

  constructor(lab: Lab, parts: EngineParts) {
    this.lab = lab
    this.parts = parts
    this.clock = parts.clock
    this.running = current(lab.getState())
    this.client = parts.connect((response) => this.receive(response))
    this.previews = new PreviewDesk((request) => this.client.post(request), parts.cellProblems)
    this.curveDesk = new CurveDesk(lab, this.frames, (request) => this.client.post(request))
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
    this.fresh = true
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
    if (!this.alive || this.rewound()) this.open(this.shownFrame())
    if (this.alive) this.lab.setState({ status: 'running' })
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
    if (!this.alive || this.rewound()) this.open(this.shownFrame())
    if (!this.alive) return
    this.lab.setState({ status: 'paused' })
    this.credit(1)
  }

  /** Stops whatever the worker is busy with and keeps what is on show. */
  cancel(): void {
    this.client.post({ kind: 'cancel', run: this.run })
    this.alive = false
    this.lab.setState((s) => ({ progress: undefined, status: s.status === 'ended' ? 'ended' : 'paused' }))
  }

  /** Shows a stored frame; running from here abandons the later ones. */
  rewind(position: number): void {
    const frame = this.frames.at(position)
    if (!frame) return
    const last = position >= this.frames.entries.length - 1
    this.follow = last
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
  }

  private again(): void {
    this.lab.setState({ status: 'running' })
    this.restart()
  }

  private rewound(): boolean {
    return this.lab.getState().shown < this.frames.entries.length - 1
  }

  /** Opens a new run in the worker, from a stored frame if there is one. */
  private open(from?: FullFrame): void {
    this.follow = true
    const scenario = current(this.lab.getState())
    this.run += 1
    this.alive = true
    this.pace.reset()
    this.tell(scenario)
    this.changeSentAt = Number.NEGATIVE_INFINITY
    if (!this.sound(scenario)) {
      this.alive = false
      this.resumeAfterRepair = this.lab.getState().status === 'running'
      this.lab.setState({ status: 'failed' })
      return
    }
    const start = { kind: 'start' as const, run: this.run, scenario }
    this.client.post(from ? { ...start, from: from.full.checkpoint, firstFrame: from.index } : start)
  }

  /** Goes on beyond the end, by the length that the run had at first. */
  private extend(): void {
    this.lab.setState(({ scenario }) => ({ scenario: prolonged(scenario, this.span), status: 'paused' }))
  }

  private tell(scenario: Scenario): void {
    this.told = fingerprint(scenario)
    this.running = scenario
  }

  private credit(frames: number): void {
    if (frames > 0) this.client.post({ kind: 'credit', run: this.run, frames: this.pace.grant(frames) })
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
    if (status !== 'running' || !this.visible || !this.alive) return
    // The pointer comes first.
    const patient = this.previews.busy
    const frames = this.pace.due(elapsed, patient ? Math.min(speed, PATIENT_SPEED) : speed)
    if (frames > 0) this.client.post({ kind: 'credit', run: this.run, frames })
  }

  private edited(state: LabState, before: LabState): void {
    const now = current(state)
    if (now === current(before)) return
    const then = current(before)
    if (!sameTissue(now, then)) {
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
    // While a cell handle moves only the preview follows; the model waits for the end of the drag.
    if (state.draft && state.draft.cell !== state.scenario.cell) return
    if (fingerprint(scenario) === this.told || now - this.changeSentAt < CHANGE_PATIENCE) return
    if (!this.sound(scenario)) {
      // The run goes on with the last scenario that works; the edit waits to be repaired or undone.
      this.told = fingerprint(scenario)
      return
    }
    if (finished(state)) {
      // Nothing is left to run on: what was changed is seen in a run of its own, once the control is let go.
      if (!state.draft) this.again()
      return
    }
    if (state.status === 'failed' || !this.alive) {
      this.open(this.shownFrame())
      this.lab.setState({ status: this.resumeAfterRepair ? 'running' : 'paused' })
    } else if (this.rewound()) {
      this.open(this.shownFrame())
    } else {
      this.tell(scenario)
      this.client.post({ kind: 'change', run: this.run, scenario })
    }
    this.changeSentAt = now
  }

  private receive(response: Response): void {
    switch (response.kind) {
      case 'ready':
        return
      case 'preview':
        if (this.previews.answered(response.id)) this.lab.setState({ preview: response.cell, previewProblems: [] })
        return
      case 'previewFailed':
        if (this.previews.answered(response.id)) this.lab.setState({ previewProblems: response.problems })
        return
      case 'curve':
        this.curveDesk.answered(response.id, response.name, { curve: response.curve })
        return
      case 'curveFailed':
        this.curveDesk.answered(response.id, response.name, { problems: response.problems })
        return
    }
    if (!('run' in response) || response.run !== this.run) return
    switch (response.kind) {
      case 'progress':
        this.lab.setState({ progress: { stage: response.stage, fraction: response.fraction } })
        return
      case 'cell':
        this.showCell(response.cell)
        return
      case 'model':
        this.showModel(response.model)
        return
      case 'frame':
        this.showFrame(response.frame)
        return
      case 'notice':
        notify(this.lab, response.notice)
        return
      case 'end':
        this.lab.setState({ status: 'ended', summary: response.summary, progress: undefined })
        // It is told beside the time for as long as the run is on show.
        if (response.summary.ending) dismissMessage(this.lab, `${response.summary.ending}.`)
        return
      case 'cancelled':
        this.alive = false
        this.lab.setState({ progress: undefined })
        return
      case 'failed': {
        this.alive = false
        this.curveDesk.forget()
        this.resumeAfterRepair = this.lab.getState().status === 'running'
        this.changeSentAt = Number.NEGATIVE_INFINITY
        const others = response.problems.filter((p) => !response.notice.message.includes(p.message))
        const message = [response.notice.message, ...others.map(formatProblem)].join(' ')
        this.lab.setState({ status: 'failed', progress: undefined })
        notify(this.lab, { ...response.notice, level: 'error', message, offerUndo: this.canUndo() })
        return
      }
    }
  }

  /** Whether a scenario can be run; says why where it cannot. */
  private sound(scenario: Scenario): boolean {
    const problems = this.parts.problems(scenario)
    if (problems.length === 0) return true
    const message = `This change is not in use yet: ${problems.map((p) => p.message).join('; ')}.`
    notify(this.lab, { level: 'warning', message, offerUndo: this.canUndo() })
    return false
  }

  private canUndo(): boolean {
    return this.lab.temporal.getState().pastStates.length > 0
  }

  private showCell(cell: CellResult): void {
    this.lab.setState((s) => (s.draft ? { cell } : { cell, preview: undefined, previewProblems: [] }))
  }

  private showModel(model: ModelDescription): void {
    const before = this.lab.getState().model
    this.changeSentAt = Number.NEGATIVE_INFINITY
    this.resumeAfterRepair = false
    dismissErrors(this.lab)
    this.lab.setState((s) => ({
      model,
      progress: undefined,
      field: model.fields.some((f) => f.name === s.field) ? s.field : (model.fields[0]?.name ?? ''),
    }))
    dismissOfModel(this.lab)
    for (const notice of model.notices) notify(this.lab, { ...notice, ofModel: true })
    if (!this.fresh && before && before.modelClass !== model.modelClass)
      notify(this.lab, { level: 'info', message: `The model is now ${model.classLabel}. ${model.classReason}` })
    this.fresh = false
    this.curveDesk.soil('scenario')
  }

  private showFrame(frame: Frame): void {
    this.pace.arrived()
    const { model } = this.lab.getState()
    if (!model) return
    if (!finite(frame, model)) {
      this.pause()
      notify(this.lab, {
        level: 'error',
        message: `The frame at ${frame.t.toPrecision(4)} s holds values that are not numbers; it is not shown.`,
        advice: ['Undo the last change.', 'Rewind and run on with a smaller tolerance.'],
      })
      return
    }
    this.frames.put(frame, model)
    const count = this.frames.entries.length
    // A frame that was under way when the user went back is kept, but does not pull the view forward.
    const view = this.follow ? { shown: count - 1, time: frame.t } : {}
    this.lab.setState({ frameCount: count, progress: undefined, ...view })
    this.curveDesk.soil('state')
    this.feed(0)
  }
}
