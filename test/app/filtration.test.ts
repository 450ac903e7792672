/** The second cell in the panel: which of the two is edited, and that all edits of it are those of any cell. */
import { expect, it } from 'vitest'
import { editedCell, editedName, solvedCell } from '../../src/app/store/edited.ts'
import { addShape, edit, redo, removeShape, setCell, setFiltration, setShape, undo } from '../../src/app/store/edits.ts'
import { current } from '../../src/app/store/lab.ts'
import { filtration as card } from '../../src/models/cathode/structure/filtration.ts'
import across from '../../src/scenarios/cathode-across.json' with { type: 'json' }
import { parseScenario } from '../../src/simulation/parse.ts'
import { cell, fakeLab } from './fake.ts'

const scenario = parseScenario({ ...across, parameters: { ...across.parameters, darcy_size: 4 } })
function lab() {
  const { lab } = fakeLab()
  edit(lab, () => scenario)
  return lab
}
const now = (of: ReturnType<typeof lab>) => current(of.getState())

it('begins as the first cell, as large as the factor on its period said, and the scenario stays one', () => {
  const own = lab()
  edit(own, setFiltration(card, true))
  expect(now(own).filtration).toEqual({ ...scenario.cell, size: 4 * scenario.cell.size })
  expect(now(own).parameters).toEqual({ ...scenario.parameters, darcy_size: 1 })
  expect(parseScenario(now(own))).toEqual(now(own))
  edit(own, setFiltration(card, false))
  expect('filtration' in now(own)).toBe(false)
})

it('is edited on its own, one entry of the history an edit', () => {
  const own = lab()
  edit(own, setFiltration(card, true))
  const [shape] = scenario.cell.shapes
  edit(own, addShape(shape, 'filtration'))
  edit(own, setShape(0, { ...shape, rotation: 10 }, 'filtration'))
  edit(own, setCell({ size: 1e-6 }, 'filtration'))
  expect(now(own).cell).toBe(scenario.cell)
  expect(now(own).filtration).toMatchObject({ size: 1e-6, shapes: [{ rotation: 10 }, {}, shape] })
  edit(own, removeShape(0, 'filtration'))
  expect(now(own).filtration?.shapes).toEqual([scenario.cell.shapes[1], shape])
  for (let k = 0; k < 5; k++) undo(own)
  expect(now(own)).toBe(scenario)
  redo(own)
  expect(now(own).filtration?.size).toBe(4 * scenario.cell.size)
})

it('lies in the editor where it was turned to, and no longer than the scenario has it', () => {
  const own = lab()
  own.setState({ edited: 'filtration', selectedShape: 1 })
  expect(editedName(own.getState())).toBe('cell')
  edit(own, setFiltration(card, true))
  edit(own, removeShape(1, 'filtration'))
  expect(editedCell(own.getState())).toBe(now(own).filtration)
  expect(own.getState().selectedShape).toBe(0)
  for (let k = 0; k < 2; k++) undo(own)
  expect(editedCell(own.getState())).toBe(scenario.cell)
})

it('shows what was solved of it, not the preview of the first', () => {
  const own = lab()
  edit(own, setFiltration(card, true))
  const second = { ...cell }
  const { filtration } = now(own)
  own.setState({
    cell: { ...cell, filtration: second },
    filtrationOf: filtration,
    preview: cell,
    previewOf: scenario.cell,
  })
  expect(solvedCell(own.getState())).toEqual({ result: cell, of: scenario.cell })
  own.setState({ edited: 'filtration' })
  expect(solvedCell(own.getState()).result).toBe(second)
  expect(solvedCell(own.getState()).of).toBe(filtration)
})
