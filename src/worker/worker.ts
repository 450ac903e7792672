/**
 * The solver's worker: pumps the synchronous generators of `simulation/` in slices of about 12 ms, so that messages
 * are answered while a solve runs. One run, one preview, one comparison, one rate and one curve per name at a time; newer
 * requests replace older ones. A run advances only while it has credits. A preview comes first; the others take turns, a
 * slice each.
 */

import type { CellResult } from '../cell/cell.ts'
import type { Curve, Discharge } from '../models/family.ts'
import { CellCache, previewCell } from '../simulation/cells.ts'
import { type Comparison, type ComparisonEvent, compare } from '../simulation/compare.ts'
import { computeDischarge } from '../simulation/discharge.ts'
import type { Checkpoint, SimulationEvent, Summary } from '../simulation/frame.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { computeCurve, simulate } from '../simulation/simulate.ts'
import { explain } from './explain.ts'
import type { Request, Response } from './protocol.ts'
import { buffers } from './transfer.ts'

const SLICE = 12
/** Least time between two words on progress [ms]. */
const TELL = 100

/** Where responses go: `postMessage` in a worker, a list in a test. */
export type Post = (response: Response, transfer: Transferable[]) => void

interface Run {
  id: number
  scenario: Scenario
  generator: Generator<SimulationEvent, Summary>
  credits: number
  /** False until the state that the run starts from has been shown, which costs no credit. */
  shown: boolean
  ended: boolean
  /** Where a change continues from; outlives a start that fails. */
  last?: { checkpoint: Checkpoint; index: number }
  /** The page knows the frames up to this one: until then nothing but progress is told, and nothing costs credits. */
  known?: number
  lastProgress: number
}

interface Task<T, Event = SimulationEvent> {
  id: number
  generator: Generator<Event, T>
}

interface ComparisonTask extends Task<Comparison, ComparisonEvent> {
  /** The N that was last told of, and when. */
  told?: number
  lastProgress: number
}

interface RateTask extends Task<Discharge, number> {
  lastProgress: number
}

export class SolverLoop {
  private readonly post: Post
  private readonly now: () => number
  private readonly cells = new CellCache()
  private run: Run | undefined
  private preview: Task<CellResult> | undefined
  private readonly curves = new Map<string, Task<Curve>>()
  private comparison: ComparisonTask | undefined
  private rate: RateTask | undefined
  /** Counts slices, so that what there is takes turns. */
  private turn = 0

  constructor(post: Post, now: () => number = () => performance.now()) {
    this.post = post
    this.now = now
  }

  handle(request: Request): void {
    switch (request.kind) {
      case 'start':
        this.begin(request.run, request.scenario, request.from, request.firstFrame).known = request.known
        this.post({ kind: 'begun', run: request.run, by: 'start' }, [])
        break
      case 'change': {
        const last = this.run?.id === request.run ? this.run.last : undefined
        const credits = this.run?.id === request.run ? this.run.credits : 0
        const run = this.begin(request.run, request.scenario, last?.checkpoint, last?.index)
        run.credits = credits
        run.last = last
        this.post({ kind: 'begun', run: request.run, by: 'change' }, [])
        break
      }
      case 'credit':
        if (this.run?.id === request.run) this.run.credits += request.frames
        break
      case 'cancel':
        if (this.run?.id === request.run) this.run = undefined
        this.post({ kind: 'cancelled', run: request.run }, [])
        break
      case 'preview':
        this.preview = { id: request.id, generator: previewCell(request.cell, request.problems) }
        break
      case 'curve':
        this.curves.set(request.request.name, {
          id: request.id,
          generator: computeCurve(request.scenario, request.request, request.checkpoint, this.cells),
        })
        break
      case 'compare':
        this.comparison = { id: request.id, generator: compare(request.scenario, request.list), lastProgress: 0 }
        break
      case 'cancelCompare':
        if (this.comparison?.id === request.id) this.comparison = undefined
        break
      case 'rate': {
        const { id, scenario, rate } = request
        this.rate = { id, generator: computeDischarge(scenario, rate, this.cells), lastProgress: 0 }
        break
      }
      case 'cancelRate':
        if (this.rate?.id === request.id) this.rate = undefined
        break
      case 'ping':
        this.post({ kind: 'pong' }, [])
        break
    }
  }

  /** True while there is something to do. */
  get busy(): boolean {
    return this.preview !== undefined || this.takers().length > 0
  }

  /** Works for about one slice. */
  slice(): void {
    const deadline = this.now() + SLICE
    this.turn++
    while (this.now() < deadline && this.busy) {
      if (this.preview) this.advancePreview(this.preview)
      else {
        const takers = this.takers()
        takers[this.turn % takers.length]()
      }
    }
  }

  /** What takes turns now: one step of each that has work. */
  private takers(): (() => void)[] {
    const { run, curves, comparison, rate } = this
    const takers: (() => void)[] = []
    if (run && this.runnable()) takers.push(() => this.advanceRun(run))
    if (curves.size > 0)
      takers.push(() => {
        for (const [name, task] of curves) this.advanceCurve(name, task)
      })
    if (comparison) takers.push(() => this.advanceComparison(comparison))
    if (rate) takers.push(() => this.advanceRate(rate))
    return takers
  }

  private runnable(): boolean {
    const { run } = this
    return run !== undefined && !run.ended && (run.credits > 0 || !run.shown || run.known !== undefined)
  }

  private begin(id: number, scenario: Scenario, from?: Checkpoint, firstFrame?: number): Run {
    this.run = {
      id,
      scenario,
      generator: simulate(scenario, { from, firstFrame, cells: this.cells }),
      credits: 0,
      shown: false,
      ended: false,
      last: from && { checkpoint: from, index: firstFrame ?? 0 },
      lastProgress: 0,
    }
    return this.run
  }

  private advanceRun(run: Run): void {
    try {
      const { done, value } = run.generator.next()
      if (done) run.ended = true
      else this.tell(run, value)
    } catch (error) {
      run.ended = true
      const { problems, notice } = explain(error)
      this.post({ kind: 'failed', run: run.id, problems, notice }, [])
    }
  }

  private tell(run: Run, event: SimulationEvent): void {
    if (run.known !== undefined && event.kind !== 'progress' && event.kind !== 'end') {
      if (event.kind === 'frame') {
        run.shown = true
        run.last = { checkpoint: event.frame.checkpoint, index: event.frame.index }
        if (event.frame.index >= run.known) {
          run.known = undefined
          this.post({ kind: 'caughtUp', run: run.id }, [])
        }
      }
      return
    }
    switch (event.kind) {
      case 'progress':
        if (this.now() - run.lastProgress > TELL) {
          run.lastProgress = this.now()
          this.post({ kind: 'progress', run: run.id, stage: event.stage, fraction: event.fraction }, [])
        }
        break
      case 'frame': {
        if (run.shown) run.credits--
        run.shown = true
        // The page owns what it receives, so the checkpoint kept here for `change` must be a copy.
        run.last = { checkpoint: structuredClone(event.frame.checkpoint), index: event.frame.index }
        this.post({ kind: 'frame', run: run.id, frame: event.frame }, buffers(event.frame))
        break
      }
      case 'cell':
        this.post({ kind: 'cell', run: run.id, cell: event.cell }, [])
        break
      case 'model':
        this.post({ kind: 'model', run: run.id, model: event.model }, [])
        break
      case 'notice':
        this.post({ kind: 'notice', run: run.id, notice: event.notice }, [])
        break
      case 'end':
        this.post({ kind: 'end', run: run.id, summary: event.summary }, [])
        break
    }
  }

  private advancePreview(task: Task<CellResult>): void {
    try {
      const { done, value } = task.generator.next()
      if (!done) return
      this.preview = undefined
      this.post({ kind: 'preview', id: task.id, cell: value }, [])
    } catch (error) {
      this.preview = undefined
      this.post({ kind: 'previewFailed', id: task.id, problems: explain(error).problems }, [])
    }
  }

  private advanceCurve(name: string, task: Task<Curve>): void {
    try {
      const { done, value } = task.generator.next()
      if (!done) return
      this.curves.delete(name)
      this.post({ kind: 'curve', id: task.id, name, curve: value }, [])
    } catch (error) {
      this.curves.delete(name)
      this.post({ kind: 'curveFailed', id: task.id, name, problems: explain(error).problems }, [])
    }
  }

  private advanceComparison(task: ComparisonTask): void {
    try {
      const { done, value } = task.generator.next()
      if (done) {
        this.comparison = undefined
        this.post({ kind: 'compared', id: task.id, comparison: value }, [])
      } else if (value.kind === 'row') this.post({ kind: 'compareRow', id: task.id, row: value.row }, [])
      else if (value.N !== task.told || this.now() - task.lastProgress > TELL) {
        task.told = value.N
        task.lastProgress = this.now()
        this.post({ kind: 'compareProgress', id: task.id, N: value.N, fraction: value.fraction }, [])
      }
    } catch (error) {
      this.comparison = undefined
      this.post({ kind: 'compareFailed', id: task.id, problems: explain(error).problems }, [])
    }
  }

  private advanceRate(task: RateTask): void {
    try {
      const { done, value } = task.generator.next()
      if (done) {
        this.rate = undefined
        this.post({ kind: 'rated', id: task.id, discharge: value }, [])
      } else if (this.now() - task.lastProgress > TELL) {
        task.lastProgress = this.now()
        this.post({ kind: 'rateProgress', id: task.id, fraction: value }, [])
      }
    } catch (error) {
      this.rate = undefined
      this.post({ kind: 'rateFailed', id: task.id, problems: explain(error).problems }, [])
    }
  }
}
