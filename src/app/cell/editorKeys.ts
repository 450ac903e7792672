/** What the keys do in the editors of the cell. */
import type { KeyboardEvent } from 'react'
import { editedCell, editedName } from '../store/edited.ts'
import { discard, edit, removeShape, setShape } from '../store/edits.ts'
import type { Lab } from '../store/lab.ts'
import { nudge, resize } from './shapeMoves.ts'

const STEP = 0.01
const FINE_STEP = 0.002
const GROWTH = 1.03
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}
/** In space only: elsewhere the page scrolls. */
const DEPTHS: Record<string, number> = { PageUp: 1, PageDown: -1 }
const SIZES: Record<string, number> = { '+': GROWTH, '=': GROWTH, '-': 1 / GROWTH }

/** Escape takes a drag back, Tab goes from shape to shape, the others change the selected one. */
export function onEditorKey(lab: Lab, event: KeyboardEvent): void {
  if (event.key === 'Escape') {
    discard(lab)
    return
  }
  if (event.key === 'Tab') {
    if (selectNext(lab, event.shiftKey ? -1 : 1)) event.preventDefault()
    return
  }
  if (!changeShape(lab, event)) return
  event.preventDefault()
  event.stopPropagation()
}

/** At either end Tab leaves the editor, as anywhere else on the page. */
function selectNext(lab: Lab, by: 1 | -1): boolean {
  const { shapes } = editedCell(lab.getState())
  const next = lab.getState().selectedShape + by
  if (shapes.length < 2 || next < 0 || next >= shapes.length) return false
  lab.setState({ selectedShape: next })
  return true
}

function changeShape(lab: Lab, { key, shiftKey }: KeyboardEvent): boolean {
  const { selectedShape } = lab.getState()
  const cell = editedCell(lab.getState())
  const of = editedName(lab.getState())
  const shape = cell.shapes[selectedShape]
  if (!shape) return false
  const step = shiftKey ? FINE_STEP : STEP
  if (MOVES[key]) {
    const [x, y] = MOVES[key]
    edit(lab, setShape(selectedShape, nudge(shape, [x * step, y * step]), of))
  } else if (DEPTHS[key] && cell.dimension === 3)
    edit(lab, setShape(selectedShape, nudge(shape, [0, 0, DEPTHS[key] * step]), of))
  else if (SIZES[key]) edit(lab, setShape(selectedShape, resize(shape, SIZES[key]), of))
  else if (key === 'Delete' || key === 'Backspace') {
    edit(lab, removeShape(selectedShape, of))
    lab.setState({ selectedShape: Math.max(0, selectedShape - 1) })
  } else return false
  return true
}
