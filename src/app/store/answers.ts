/** What the worker's answers do to the state: cells, models, frames, curves, the end of a run and its failures. */

import type { CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import type { Notice } from '../../models/family.ts'
import { inWords, SECOND } from '../../models/reduced.ts'
import type { Frame, ModelDescription } from '../../simulation/frame.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Response } from '../../worker/protocol.ts'
import type { Course } from './course.ts'
import type { CurveDesk } from './curveDesk.ts'
import { type FrameBuffer, finite } from './frames.ts'
import type { Lab } from './lab.ts'
import { dismissErrors, dismissOfModel, notify } from './notices.ts'
import type { Pace } from './pace.ts'
import type { PreviewDesk } from './previewDesk.ts'
import { placeOf } from './quantities.ts'

export class Answers {
  private readonly lab: Lab
  private readonly course: Course
  private readonly frames: FrameBuffer
  private readonly pace: Pace
  private readonly previews: PreviewDesk
  private readonly curveDesk: CurveDesk
  private held: Notice[] = []

  constructor(lab: Lab, course: Course, frames: FrameBuffer, pace: Pace, previews: PreviewDesk, curveDesk: CurveDesk) {
    this.lab = lab
    this.course = course
    this.frames = frames
    this.pace = pace
    this.previews = previews
    this.curveDesk = curveDesk
  }

  /**
   * The cell of a preview that is of what is drafted, or of what has become of it: a draft that was taken back comes too
   * late, and so does what the run has told better.
   */
  private wanted(id: number): Scenario['cell'] | undefined {
    const { asked } = this.previews
    if (!this.previews.answered(id)) return undefined
    const { draft, scenario, cellOf } = this.lab.getState()
    return asked !== cellOf && (draft !== undefined || asked === scenario.cell) ? asked : undefined
  }

  /** What was only worth knowing while something was dragged is told at its end, if it still holds. */
  letGo(): void {
    for (const notice of this.held) notify(this.lab, { ...notice, ofModel: true })
    this.held = []
  }

  receive(response: Response): void {
    switch (response.kind) {
      case 'ready':
        return
      case 'preview': {
        const previewOf = this.wanted(response.id)
        if (previewOf) this.lab.setState({ preview: response.cell, previewOf, previewProblems: [] })
        return
      }
      case 'previewFailed':
        if (this.wanted(response.id)) this.lab.setState({ previewProblems: response.problems })
        return
      case 'curve':
        this.curveDesk.answered(response.id, response.name, { curve: response.curve })
        return
      case 'curveFailed':
        this.curveDesk.answered(response.id, response.name, { problems: response.problems })
        return
    }
    if (!('run' in response) || response.run !== this.course.run) return
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
        if (this.lab.getState().draft && response.notice.level === 'info') this.held.push(response.notice)
        else notify(this.lab, { ...response.notice, ofModel: true })
        return
      case 'end':
        this.course.owed = undefined
        this.lab.setState({ status: 'ended', summary: response.summary, progress: undefined })
        return
      case 'caughtUp':
        this.lab.setState({ progress: undefined })
        return
      case 'cancelled':
        this.course.alive = false
        this.course.owed = undefined
        this.lab.setState({ progress: undefined })
        return
      case 'failed':
        this.failed(response)
        return
    }
  }

  private failed({ notice }: Extract<Response, { kind: 'failed' }>): void {
    this.course.alive = false
    this.course.owed = undefined
    this.curveDesk.forget()
    const { status } = this.lab.getState()
    // A second failure says nothing about whether it ran before the first.
    if (status !== 'failed') this.course.resumeAfterRepair = status === 'running'
    this.course.changeSentAt = Number.NEGATIVE_INFINITY
    this.lab.setState((s) => ({
      status: 'failed',
      progress: undefined,
      refused: s.refused || !this.course.modelled,
    }))
    // What was wrong with the change before it says nothing any more.
    dismissErrors(this.lab)
    dismissOfModel(this.lab)
    notify(this.lab, { ...notice, level: 'error', offerUndo: canUndo(this.lab) })
  }

  private showCell(cell: CellResult): void {
    const { cell: cellOf, filtration: filtrationOf } = this.course.scenario ?? {}
    const none = { preview: undefined, previewOf: undefined, previewProblems: [] }
    this.lab.setState((s) => ({ cell, cellOf, filtrationOf, ...((!s.draft || s.draft.cell === cellOf) && none) }))
  }

  private showModel(model: ModelDescription): void {
    const before = this.lab.getState().model
    this.held = []
    this.course.modelled = true
    this.course.changeSentAt = Number.NEGATIVE_INFINITY
    this.course.resumeAfterRepair = false
    dismissErrors(this.lab)
    this.lab.setState((s) => ({
      model,
      modelOf: this.course.scenario,
      refused: false,
      progress: undefined,
      field: placeOf(model, s.field) >= 0 ? s.field : (model.opening ?? model.fields[0]?.name ?? ''),
    }))
    dismissOfModel(this.lab)
    // What is only worth knowing stands where the model is explained.
    for (const notice of model.notices) if (notice.level !== 'info') notify(this.lab, { ...notice, ofModel: true })
    if (!this.course.fresh && before && before.modelClass !== model.modelClass)
      notify(this.lab, {
        level: 'info',
        message: t('The model is now {model}. {reason}', {
          model: t(model.classLabel),
          reason: t(model.classReason),
        }),
      })
    this.course.fresh = false
    this.curveDesk.soil('scenario')
  }

  private showFrame(frame: Frame): void {
    const { last } = this.frames
    // The frame that a stretch begins with costs no credit.
    if (last && frame.index > last.index) this.pace.arrived()
    if (this.course.owed !== undefined && frame.index > this.course.owed) this.course.owed = undefined
    const { model } = this.lab.getState()
    if (!model) return
    if (!finite(frame, model)) {
      this.lab.setState(({ status }) => (status === 'running' ? { status: 'paused' } : {}))
      notify(this.lab, {
        level: 'error',
        message: t('The frame at {t} holds values that are not numbers; it is not shown.', {
          t: inWords(frame.t, SECOND, model.units, 4),
        }),
        advice: [t('Undo the last change.'), t('Rewind and run on with a smaller tolerance.')],
      })
      return
    }
    this.frames.put(frame, model)
    const count = this.frames.entries.length
    // A frame that was under way when the user went back is kept, but does not pull the view forward.
    const view = this.course.follow ? { shown: count - 1, time: frame.t } : {}
    this.lab.setState({ frameCount: count, progress: undefined, ...view })
    this.curveDesk.soil('state')
  }
}

/** There is something to undo, or will be when what is dragged is let go. */
export function canUndo(lab: Lab): boolean {
  return lab.getState().draft !== undefined || lab.temporal.getState().pastStates.length > 0
}
