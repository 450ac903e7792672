/** The runs, cells and comparisons that observations rest on: each is computed once. */
import type { CellResult } from '../cell/cell.ts'
import { finish } from '../finish.ts'
import { CellCache, solveCell } from '../simulation/cells.ts'
import { type ComparisonRow, compare } from '../simulation/compare.ts'
import type { Frame, ModelDescription } from '../simulation/frame.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { simulate } from '../simulation/simulate.ts'
import { type Changes, changed, type Library } from './change.ts'
import type { Scene } from './observation.ts'

/** The scenario of a lesson. */
export interface OwnScene {
  scenario: string
  changes?: Changes
}

interface Course {
  model: ModelDescription
  frames: Frame[]
}

export class Runs {
  private readonly library: Library
  private readonly own: OwnScene
  readonly cells = new CellCache()
  private readonly courses = new Map<string, Course>()
  private readonly comparisons = new Map<string, readonly ComparisonRow[]>()
  /** Changes of the scans that are under way. */
  private scanned: Changes = {}

  constructor(library: Library, own: OwnScene) {
    this.library = library
    this.own = own
  }

  scenarioOf({ scenario = this.own.scenario, changes }: Scene): Scenario {
    const base = this.library(scenario)
    const own = scenario === this.own.scenario ? this.own.changes : {}
    return changed(base, { ...own, ...this.scanned, ...changes })
  }

  cell(scenario: Scenario): CellResult {
    return finish(solveCell(scenario, this.cells))
  }

  course(scenario: Scenario): Course {
    const key = JSON.stringify(scenario)
    const known = this.courses.get(key)
    if (known) return known
    let model: ModelDescription | undefined
    const frames: Frame[] = []
    for (const event of simulate(scenario, { cells: this.cells })) {
      if (event.kind === 'model') model = event.model
      if (event.kind === 'frame') frames.push(event.frame)
    }
    if (!model) throw new RangeError('a run without a model')
    const course = { model, frames }
    this.courses.set(key, course)
    return course
  }

  /** The frame nearest to a time [s]; the last one without. */
  frameAt(scenario: Scenario, at = Number.POSITIVE_INFINITY): Frame {
    const { frames } = this.course(scenario)
    if (at === Number.POSITIVE_INFINITY) return frames[frames.length - 1]
    return frames.reduce((best, f) => (Math.abs(f.t - at) < Math.abs(best.t - at) ? f : best))
  }

  compared(scenario: Scenario, cells: readonly number[]): readonly ComparisonRow[] {
    const key = JSON.stringify([scenario, cells])
    const rows = this.comparisons.get(key) ?? finish(compare(scenario, cells)).rows
    this.comparisons.set(key, rows)
    return rows
  }

  /** Observes with changes to every scenario; those of an observation itself come after them. */
  scanning<T>(more: Changes, observe: () => T): T {
    const before = this.scanned
    this.scanned = { ...before, ...more }
    try {
      return observe()
    } finally {
      this.scanned = before
    }
  }
}
