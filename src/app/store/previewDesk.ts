/**
 * Live tensors during a drag, from a worker of their own, so that the run goes on beside them: at most one request is
 * out, and the newest cell waits for its answer.
 */
import type { CellProblemSpec } from '../../cell/cell.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Client } from './parts.ts'

/** A preview that is not answered within this time (a restarted worker) is given up, s. */
const PATIENCE = 3
/** Cells that nobody waits for, which let the worker compile: the first would take ten times as long as those that follow. */
const REHEARSALS = 4
/** Their number as requests. */
const REHEARSAL = 0

export class PreviewDesk {
  private waiting?: Scenario
  private outstanding?: { id: number; since: number; cell: Scenario['cell'] }
  private nextId = REHEARSAL + 1
  /** How often a scenario is still rehearsed. */
  private rehearsal?: { left: number; of: Scenario }
  private now = 0
  private client?: Client
  private readonly connect: () => Client
  private readonly cellProblems: (scenario: Scenario) => CellProblemSpec[]

  constructor(connect: () => Client, cellProblems: (scenario: Scenario) => CellProblemSpec[]) {
    this.connect = connect
    this.cellProblems = cellProblems
  }

  /** Opens the worker before it is needed and has it rehearse, so that the first moves of a drag do not wait for that. */
  warm(scenario: Scenario): void {
    if (this.client) return
    this.rehearsal = { left: REHEARSALS, of: scenario }
    this.rehearse()
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
    this.outstanding = { id: this.nextId++, since: now, cell: this.waiting.cell }
    this.post(this.outstanding.id, this.waiting)
    this.waiting = undefined
  }

  /** @returns whether the answer is to the newest request */
  answered(id: number): boolean {
    if (id === REHEARSAL) this.rehearse()
    if (this.outstanding?.id !== id) return false
    this.outstanding = undefined
    this.flush(this.now)
    return true
  }

  private rehearse(): void {
    const { rehearsal } = this
    if (!rehearsal || rehearsal.left === 0 || this.outstanding) return
    rehearsal.left--
    this.post(REHEARSAL, rehearsal.of)
  }

  private post(id: number, scenario: Scenario): void {
    const { size: _size, ...cell } = scenario.cell
    this.client ??= this.connect()
    this.client.post({ kind: 'preview', id, cell, problems: this.cellProblems(scenario) })
  }
}
