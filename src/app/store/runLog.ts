/**
 * How a run came to where it is: its scenarios in order, each from the frame at which it took over. Stands between the
 * engine and its worker, so that a link replays what was changed on the way, to the same numbers.
 */
import type { Stretch } from '../../simulation/course.ts'
import type { Request, Response } from '../../worker/protocol.ts'
import type { Client } from './parts.ts'
import { fingerprint } from './runs.ts'

type Connect = (onResponse: (response: Response) => void) => Client

type RunRequest = Extract<Request, { run: number }>

function ofRuns(request: Request): request is RunRequest {
  return 'run' in request
}

/** Where a replay ends: at a frame, or at the first one from a time on, s. */
export type Until = { frame: number } | { time: number }

interface Script {
  /** What is still to come, in order. */
  rest: Stretch[]
  until: Until
  /** Frames that the engine granted meanwhile. */
  granted: number
  onDone: (() => void) | undefined
}

export class RunLog {
  private stretches: Stretch[] = []
  private readonly branches = new Map<number, readonly Stretch[]>()
  private run = 0
  /** Starts that no worker has answered yet; one more is of a worker that replaces another. */
  private starts = 0
  /** Changes that the worker has not taken up yet. */
  private waiting: Stretch['scenario'][] = []
  /** Index of the last frame. */
  private at = 0
  /** Its time, s. */
  private time = 0
  /** The present stretch has shown the frame from which it goes on. */
  private shown = false
  private armed: { course: readonly Stretch[]; until: Until; onDone?: () => void } | undefined
  private script: Script | undefined
  private send: (request: Request) => void = () => undefined

  /** Connections to workers, listened to; only one of them has runs. */
  through(connect: Connect): Connect {
    return (onResponse) => {
      const client = connect((response) => {
        this.answered(response)
        onResponse(response)
      })
      const post = (request: Request) => {
        if (request.kind === 'start') this.send = (own) => client.post(own)
        if (ofRuns(request)) this.asked(request)
        else client.post(request)
      }
      return { post, dispose: () => client.dispose() }
    }
  }

  /** The course of the main line up to now. */
  get course(): readonly Stretch[] {
    return this.stretches
  }

  get replaying(): boolean {
    return this.script !== undefined
  }

  ofBranch(id: number): readonly Stretch[] {
    return this.branches.get(id) ?? []
  }

  /**
   * The next run from the beginning that is of the course's last scenario replays the course, as fast as it goes.
   */
  arm(course: readonly Stretch[], until: Until, onDone?: () => void): void {
    this.armed = { course, until, onDone }
  }

  /** The main line is kept as a branch. */
  keep(id: number): void {
    this.branches.set(id, [...this.stretches])
  }

  /** A branch becomes the main line, and the main line a branch of another name. */
  swap(id: number, main: number): void {
    const branch = this.branches.get(id)
    if (!branch) return
    this.branches.delete(id)
    this.keep(main)
    this.stretches = [...branch]
  }

  release(id: number): void {
    this.branches.delete(id)
  }

  private asked(request: RunRequest): void {
    switch (request.kind) {
      case 'start':
        this.begin(request)
        return
      case 'change':
        // Whoever changes something while it replays goes on from there.
        this.leave()
        this.waiting.push(request.scenario)
        this.send(request)
        return
      case 'credit':
        if (this.script) this.script.granted += request.frames
        else this.send(request)
        return
      case 'cancel':
        this.leave()
        this.send(request)
        return
    }
  }

  private begin(request: Extract<Request, { kind: 'start' }>): void {
    const { armed } = this
    // What has shown nothing has left no trace.
    if (!this.shown) this.stretches.pop()
    this.armed = undefined
    this.script = undefined
    this.run = request.run
    this.at = request.firstFrame ?? 0
    this.starts = 1
    this.waiting = []
    this.shown = false
    const last = armed?.course.at(-1)
    if (!request.from && armed && last && fingerprint(last.scenario) === fingerprint(request.scenario)) {
      const [first, ...rest] = armed.course
      this.stretches = [first]
      this.send({ ...request, scenario: first.scenario })
      this.script = { rest, until: armed.until, granted: 0, onDone: armed.onDone }
      this.grant()
      return
    }
    const before = request.from ? this.stretches.filter(({ frame }) => frame <= this.at) : []
    this.stretches = [...before, { frame: this.at, scenario: request.scenario }]
    this.send(request)
  }

  private answered(response: Response): void {
    if (!('run' in response) || response.run !== this.run) return
    if (response.kind === 'begun') this.begun(response.by)
    if (response.kind === 'frame') {
      this.at = response.frame.index
      this.shown = true
      this.time = response.frame.t
      this.proceed()
    }
    if (response.kind === 'end' || response.kind === 'failed') this.finish()
  }

  private begun(by: 'start' | 'change'): void {
    if (by === 'change') this.takenUp()
    else if (this.starts > 0) this.starts--
    else {
      // A replacement begins with the newest change, if there is one.
      this.waiting = this.waiting.slice(-1)
      this.takenUp()
    }
  }

  /** A change goes on from the last frame that was shown: one before it that showed none has left no trace. */
  private takenUp(): void {
    const scenario = this.waiting.shift()
    if (!scenario) return
    if (!this.shown) this.stretches.pop()
    this.stretches.push({ frame: this.at, scenario })
    this.shown = false
  }

  private proceed(): void {
    const { script } = this
    if (!script) return
    const next = script.rest[0]
    if (next && this.at >= next.frame) {
      script.rest.shift()
      this.waiting.push(next.scenario)
      this.send({ kind: 'change', run: this.run, scenario: next.scenario })
      this.grant()
    } else if (!next && this.arrived(script.until)) this.finish()
    // Where a time lies nobody knows before: frame by frame.
    else if ('time' in script.until) this.send({ kind: 'credit', run: this.run, frames: 1 })
  }

  private arrived(until: Until): boolean {
    return 'frame' in until ? this.at >= until.frame : this.time >= until.time * (1 - 1e-9)
  }

  /** Frames up to where the next stretch begins, or the replay ends. */
  private grant(): void {
    const { script } = this
    if (!script) return
    const { rest, until } = script
    if ('time' in until) return
    const frames = (rest[0]?.frame ?? until.frame) - this.at
    if (frames > 0) this.send({ kind: 'credit', run: this.run, frames })
  }

  private finish(): void {
    this.leave()?.onDone?.()
  }

  /** Stops a replay; what the engine granted meanwhile holds from now on. */
  private leave(): Script | undefined {
    const { script } = this
    this.script = undefined
    if (script && script.granted > 0) this.send({ kind: 'credit', run: this.run, frames: script.granted })
    return script
  }
}
