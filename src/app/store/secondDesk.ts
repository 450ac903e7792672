/**
 * The second order of the cell under the microscope: asked for when it is wanted and the cell has come to rest, since it
 * takes several times as long as the tensors. A worker of its own computes it; a newer cell ends that.
 */
import type { CellResult } from '../../cell/cell.ts'
import type { Field } from '../../models/family.ts'
import type { SecondSolutions } from '../../models/second.ts'
import type { Lab } from './lab.ts'

/** A cell that stays for so long is at rest, ms. */
const REST = 200

export type SolveSecond = (cell: CellResult, fields: readonly Field[], signal: AbortSignal) => Promise<SecondSolutions>

export class SecondDesk {
  private readonly lab: Lab
  private readonly solve: SolveSecond
  private asked?: { cell: CellResult; life: AbortController }

  constructor(lab: Lab, solve: SolveSecond) {
    this.lab = lab
    this.solve = solve
  }

  /** @param fields of the model whose cell it is */
  want(cell: CellResult, fields: readonly Field[]): void {
    if (this.asked?.cell === cell || this.lab.getState().second?.cell === cell) return
    this.dispose()
    const life = new AbortController()
    this.asked = { cell, life }
    const told = (found: { solutions: SecondSolutions } | { problem: string }) => {
      if (life.signal.aborted) return
      this.asked = undefined
      this.lab.setState({ second: { cell, ...found } })
    }
    const timer = setTimeout(
      () =>
        this.solve(cell, fields, life.signal).then(
          (solutions) => told({ solutions }),
          (error) => told({ problem: error instanceof Error ? error.message : String(error) }),
        ),
      REST,
    )
    life.signal.addEventListener('abort', () => clearTimeout(timer))
  }

  /** Gives up what is asked for, and its worker with it. */
  dispose(): void {
    this.asked?.life.abort()
    this.asked = undefined
  }
}
