/**
 * Live tensors during a drag, from a worker of their own, so that the run goes on beside them: at most one request is
 * out, and the newest cell waits for its answer.
 */
import type { CellProblemSpec } from '../../cell/cell.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Client } from './parts.ts'

/** A preview that is not answered within this time (a restarted worker) is given up, s. */
const PATIENCE = 3

export class PreviewDesk {
  private waiting?: Scenario
  private outstanding?: { id: number; since: number; cell: Scenario['cell'] }
  private nextId = 1
  private now = 0
  private client?: Client
  private readonly connect: () => Client
  private readonly cellProblems: (scenario: Scenario) => CellProblemSpec[]

  constructor(connect: () => Client, cellProblems: (scenario: Scenario) => CellProblemSpec[]) {
    this.connect = connect
    this.cellProblems = cellProblems
  }

  /** Opens the worker before it is needed, so that the first move of a drag is not behind that. */
  warm(): void {
    this.client ??= this.connect()
  }

  dispose(): void {
    this.client?.dispose()
  }

  /** The cell whose tensors are out. */
  get asked(): Scenario['cell'] | undefined {
    return this.outstanding?.cell
  }

  ask(scenario: Scenario): void {
    this.waiting = scenario
    this.flush(this.now)
  }

  flush(now: number): void {
    this.now = now
    if (this.outstanding && now - this.outstanding.since > PATIENCE) this.outstanding = undefined
    if (!this.waiting || this.outstanding) return
    const { size: _size, ...cell } = this.waiting.cell
    const problems = this.cellProblems(this.waiting)
    this.outstanding = { id: this.nextId++, since: now, cell: this.waiting.cell }
    this.waiting = undefined
    this.warm()
    this.client?.post({ kind: 'preview', id: this.outstanding.id, cell, problems })
  }

  /** @returns whether the answer is to the newest request */
  answered(id: number): boolean {
    if (this.outstanding?.id !== id) return false
    this.outstanding = undefined
    this.flush(this.now)
    return true
  }
}
