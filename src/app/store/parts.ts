/** What a laboratory is given from outside: workers, a clock, and what the families say of scenarios. */
import type { CellProblemSpec } from '../../cell/cell.ts'
import type { Problem } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Request, Response } from '../../worker/protocol.ts'

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
