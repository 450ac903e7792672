/** Which of the cells of a scenario the panel edits, and what was solved of it. */
import type { CellResult } from '../../cell/cell.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { current, type LabState } from './lab.ts'

/** The one that it was turned to, where the scenario has it. */
export function editedName(state: LabState): LabState['edited'] {
  return current(state).filtration ? state.edited : 'cell'
}

export function editedCell(state: LabState): Scenario['cell'] {
  const scenario = current(state)
  return scenario[editedName(state)] ?? scenario.cell
}

/** What was solved of that cell, and of which cell it is; while the first one is dragged that is its preview. */
export function solvedCell(state: LabState): { result?: CellResult; of?: Scenario['cell'] } {
  if (editedName(state) === 'filtration') return { result: state.cell?.filtration, of: state.filtrationOf }
  return state.preview ? { result: state.preview, of: state.previewOf } : { result: state.cell, of: state.cellOf }
}
