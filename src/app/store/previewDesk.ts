/** Live tensors during a drag: at most one request is out, and the newest cell waits for its answer. */
import type { CellProblemSpec } from '../../cell/cell.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Request } from '../../worker/protocol.ts'

/** A preview that is not answered within this time (a restarted worker) is given up, s. */
const PATIENCE = 3

export class PreviewDesk {
  private waiting?: Scenario
  private outstanding?: { id: number; since: number; cell: Scenario['cell'] }
  private nextId = 1
  private now = 0
  private readonly post: (request: Request) => void
  private readonly cellProblems: (scenario: Scenario) => CellProblemSpec[]

  constructor(post: (request: Request) => void, cellProblems: (scenario: Scenario) => CellProblemSpec[]) {
    this.post = post
    this.cellProblems = cellProblems
  }

  /** Somebody waits for a tensor. */
  get busy(): boolean {
    return this.outstanding !== undefined
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
    this.post({ kind: 'preview', id: this.outstanding.id, cell, problems })
  }

  /** @returns whether the answer is to the newest request */
  answered(id: number): boolean {
    if (this.outstanding?.id !== id) return false
    this.outstanding = undefined
    this.flush(this.now)
    return true
  }
}
