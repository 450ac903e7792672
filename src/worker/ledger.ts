/**
 * What a worker has been asked and has answered, so that another one can take its place: the run from where its present
 * scenario began, computed again up to the last frame that the page has (`known`), and the tasks that are still open.
 */
import type { Problem } from '../parameter.ts'
import type { Checkpoint } from '../simulation/frame.ts'
import type { Scenario } from '../simulation/scenario.ts'
import type { Request, Response } from './protocol.ts'

type Task = Extract<Request, { kind: 'preview' | 'curve' | 'compare' | 'rate' }>

interface Place {
  checkpoint: Checkpoint
  index: number
}

interface RunEntry {
  id: number
  /** The present stretch: its scenario and where it began. */
  scenario: Scenario
  origin?: Place
  /** Changes that the worker has not taken up yet. */
  changes: Scenario[]
  /** Where the worker is, or will be once it has caught up. */
  last?: Place
  /** Index of the last frame that the page has of the present stretch. */
  known?: number
  /** Frames granted and not yet there. */
  credits: number
  /** It has come to its end, or failed: nothing goes on. */
  over: boolean
  /** The worker at hand does not hold `last`: a change would continue from somewhere else. */
  behind: boolean
}

/** What a replacement is to be told, and what the page is to be told instead of an answer. */
export interface Handover {
  requests: Request[]
  responses: Response[]
  /** Where the run goes on, s; undefined when there is none to go on with. */
  t?: number
}

/** A task that has seen this many workers die is given up: it may be what kills them. */
const MOST_DEATHS = 2

export class Ledger {
  private run: RunEntry | undefined
  private readonly tasks = new Map<string, { request: Task; deaths: number }>()

  /** Number of the run that was asked for last. */
  get runId(): number {
    return this.run?.id ?? 0
  }

  /** Takes a request down and says what the worker is to be told. */
  asked(request: Request): Request[] {
    const { run } = this
    switch (request.kind) {
      case 'start': {
        const { run: id, scenario, from, firstFrame = 0 } = request
        const origin = from && { checkpoint: from, index: firstFrame }
        this.run = { id, scenario, origin, changes: [], last: origin, credits: 0, over: false, behind: false }
        return [request]
      }
      case 'change':
        if (run?.id !== request.run) return [request]
        run.changes.push(request.scenario)
        return run.behind ? this.goOn(run) : [request]
      case 'credit':
        if (run?.id === request.run) run.credits += request.frames
        return [request]
      case 'cancel':
        if (run?.id === request.run) this.run = undefined
        return [request]
      case 'preview':
      case 'curve':
      case 'compare':
      case 'rate':
        this.tasks.set(slot(request), { request, deaths: 0 })
        return [request]
      case 'cancelCompare':
        this.close('compare', request.id)
        return [request]
      case 'cancelRate':
        this.close('rate', request.id)
        return [request]
      case 'ping':
        return [request]
    }
  }

  answered(response: Response): void {
    const { run } = this
    if (run && 'run' in response && response.run === run.id) this.ofRun(run, response)
    switch (response.kind) {
      case 'preview':
      case 'previewFailed':
        this.close('preview', response.id)
        return
      case 'curve':
      case 'curveFailed':
        this.close(`curve ${response.name}`, response.id)
        return
      case 'compareRow': {
        const task = this.tasks.get('compare')
        if (task?.request.kind !== 'compare' || task.request.id !== response.id) return
        // The last one stays, so that there is an end to be told.
        const list = task.request.list.filter((N) => N !== response.row.N)
        if (list.length > 0) task.request = { ...task.request, list }
        return
      }
      case 'compared':
      case 'compareFailed':
        this.close('compare', response.id)
        return
      case 'rated':
      case 'rateFailed':
        this.close('rate', response.id)
        return
    }
  }

  /** After a death. `reason` is told where a task is given up. */
  handover(reason: string): Handover {
    const handover: Handover = { requests: [], responses: [] }
    const { run } = this
    if (run) {
      run.behind = true
      if (!run.over || run.changes.length > 0) {
        handover.t = run.last?.checkpoint.t ?? 0
        handover.requests.push(...this.goOn(run))
      }
    }
    for (const [key, task] of this.tasks) {
      task.deaths++
      if (task.deaths < MOST_DEATHS) handover.requests.push(task.request)
      else {
        this.tasks.delete(key)
        handover.responses.push(refusal(task.request, [{ path: '', message: reason }]))
      }
    }
    return handover
  }

  /** Gives everything up: what was open is answered with the reason. */
  giveUp(reason: string): Response[] {
    const problems = [{ path: '', message: reason }]
    const responses = [...this.tasks.values()].map(({ request }) => refusal(request, problems))
    this.tasks.clear()
    if (this.run) {
      this.run.over = true
      this.run.behind = true
      this.run.changes = []
    }
    return responses
  }

  /** The run from where it is: changed from the last frame, or along its present stretch up to what is known of it. */
  private goOn(run: RunEntry): Request[] {
    const changed = run.changes.at(-1)
    if (changed) {
      run.scenario = changed
      run.origin = run.last
      run.known = undefined
      run.changes = []
      run.over = false
    }
    const { id, scenario, origin, known, credits } = run
    const from = origin && { from: origin.checkpoint, firstFrame: origin.index }
    return [
      { kind: 'start', run: id, scenario, ...from, known },
      ...(credits > 0 ? [{ kind: 'credit', run: id, frames: credits } as const] : []),
    ]
  }

  private ofRun(run: RunEntry, response: Response): void {
    switch (response.kind) {
      case 'begun': {
        const changed = response.by === 'change' ? run.changes.shift() : undefined
        if (!changed) return
        Object.assign(run, { scenario: changed, origin: run.last, known: undefined, over: false })
        return
      }
      case 'frame': {
        // The first of a stretch is its beginning and costs nothing.
        if (run.known !== undefined) run.credits = Math.max(0, run.credits - 1)
        const { checkpoint, index } = response.frame
        run.last = { checkpoint, index }
        run.known = index
        run.behind = false
        return
      }
      case 'caughtUp':
        run.behind = false
        return
      case 'end':
      case 'failed':
        run.over = true
        return
    }
  }

  private close(key: string, id: number): void {
    if (this.tasks.get(key)?.request.id === id) this.tasks.delete(key)
  }
}

/** Newer tasks replace older ones of the same slot. */
function slot(task: Task): string {
  return task.kind === 'curve' ? `curve ${task.request.name}` : task.kind
}

function refusal(task: Task, problems: Problem[]): Response {
  const { id } = task
  switch (task.kind) {
    case 'preview':
      return { kind: 'previewFailed', id, problems }
    case 'curve':
      return { kind: 'curveFailed', id, name: task.request.name, problems }
    case 'compare':
      return { kind: 'compareFailed', id, problems }
    case 'rate':
      return { kind: 'rateFailed', id, problems }
  }
}
