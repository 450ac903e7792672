/** Keys of the whole page. Fields and open dialogs keep theirs. */

import { useEffect } from 'react'
import { msg } from '../../language/language.ts'
import { toggleLens } from '../judge/lensDesk.ts'
import { useSession } from '../session/context.ts'
import type { Session } from '../session/session.ts'
import { redo, undo } from '../store/edits.ts'
import { quantitiesOf } from '../store/quantities.ts'

export const KEYS: readonly { keys: string; does: string }[] = [
  { keys: msg('Space'), does: msg('Run or pause') },
  { keys: '.', does: msg('Compute one frame') },
  { keys: 'R', does: msg('Reset to the initial state') },
  { keys: 'F', does: msg('Fork: keep this course as a branch and go on from the frame on show') },
  { keys: msg('Ctrl+Z'), does: msg('Undo') },
  { keys: msg('Ctrl+Shift+Z'), does: msg('Redo') },
  { keys: '1 … 9', does: msg('Show a field') },
  { keys: 'M', does: msg('Microscope: look into a cell') },
  { keys: msg('Arrows'), does: msg('With the microscope on: next cell (Page up, Page down: along z)') },
  { keys: 'Esc', does: msg('Put the microscope away') },
  { keys: 'P', does: msg('Projector layout: pictures fill the page (Esc leaves it)') },
  { keys: msg('Page up, Page down'), does: msg('In the projector layout: previous and next view') },
  { keys: '?', does: msg('This list') },
  {
    keys: msg('Arrows'),
    does: msg('In a picture: move the cursor and hear the value (Shift: finer; Page up, Page down: along z)'),
  },
  { keys: msg('Enter'), does: msg('In a picture: set a probe, or paint where the cursor is') },
  { keys: msg('Delete'), does: msg('In a picture: remove the nearest probe') },
  { keys: 'B', does: msg('In a picture: take the brush, or put it away') },
  { keys: 'Tab', does: msg('In the cell editor: next shape') },
  { keys: msg('Arrows'), does: msg('In the cell editor: move the shape (Shift: finer)') },
  { keys: '+  −', does: msg('In the cell editor: resize the shape') },
  { keys: msg('Delete'), does: msg('In the cell editor: remove the shape') },
]

export function useKeyboard(): void {
  const session = useSession()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || typing(event.target)) return
      if (press(session, event)) event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [session])
}

function press(session: Session, event: KeyboardEvent): boolean {
  const { branches, engine, lab, dialogs, lessons } = session
  const command = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (key === 'p' && !command) {
    lab.setState((s) => ({ present: !s.present }))
    return true
  }
  // What a lesson covers answers to nothing.
  if (lessons.getState().open !== undefined && lessons.getState().covered) return false
  if (command) {
    if (key === 'z') {
      if (event.shiftKey) redo(lab)
      else undo(lab)
      return true
    }
    if (key === 'y') {
      redo(lab)
      return true
    }
    return false
  }
  if (key === ' ') {
    // Space on a focused button presses that button, on a box it ticks it.
    const own = 'button, summary, input[type=checkbox], [role=menuitem]'
    if (event.target instanceof HTMLElement && event.target.closest(own)) return false
    engine.toggle()
    return true
  }
  if (key === 'r') engine.restart()
  else if (key === '.') engine.step()
  else if (key === 'f') branches.fork()
  else if (key === 'm') toggleLens(session)
  else if (key === '?') dialogs.setState({ open: 'help' })
  else if (/^[1-9]$/.test(key)) {
    const { model } = lab.getState()
    const field = model && quantitiesOf(model)[Number(key) - 1]
    if (field) lab.setState({ field: field.name })
  } else return false
  return true
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role=dialog]')) return true
  if (target instanceof HTMLInputElement) return target.type !== 'range' && target.type !== 'checkbox'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
