/** The microscope on the table: on and off, moved by keys, asked for the picture of the frame on show. */

import { useEffect } from 'react'
import { AXIS_KEYS } from '../ground/axisKeys.ts'
import { useJudgeView, useLab, useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'
import type { Session } from '../session/session.ts'
import { current, type Lab } from '../store/lab.ts'
import type { Gaze } from '../store/view.ts'
import { cellUnder, type LensImage, type LensQuery, lensImage } from './lens.ts'

/** It begins in the middle, so that it is seen before it is moved. */
export function toggleLens({ view, lab }: Session): void {
  view.setState(({ lens, gaze }) =>
    lens ? { lens: false, gaze: undefined } : { lens: true, gaze: gaze ?? { side: 'homogenized', point: middle(lab) } },
  )
}

/** The last answer to each laboratory: the lens and its bar ask the same. */
const answers = new WeakMap<Session, { query: LensQuery; image: LensImage | string }>()

/** What the microscope sees now; undefined where it does not look or nothing is on show. */
export function lensOnShow(session: Session): LensImage | string | undefined {
  const { gaze, lensMode, lensOrder, lensPart, depth } = session.view.getState()
  const now = onShow(session)
  const state = session.lab.getState()
  if (!gaze || !now || !state.cell) return undefined
  const { entry } = now
  const { cell } = state
  const { point } = gaze
  const second = state.second?.cell === cellUnder({ entry, cell, point }) ? state.second?.solutions : undefined
  const query: LensQuery = {
    entry,
    field: now.field,
    cell,
    cellSize: current(state).cell.size,
    point,
    mode: lensMode,
    order: lensOrder,
    second,
    part: lensPart,
    plane: gaze.plane ?? 2,
    depth,
    judged: state.model?.resolved !== undefined,
  }
  const last = answers.get(session)
  if (last && sameQuery(query, last.query)) return last.image
  const image = lensImage(query)
  answers.set(session, { query, image })
  return image
}

/** Has the second order of the cell solved while the microscope wants it, and gives that up when it does not. */
export function useSecondOrder(): void {
  const session = useSession()
  const order = useJudgeView((s) => s.lensOrder)
  const own = useLab((s) => s.cell)
  const point = useJudgeView((s) => s.gaze)?.point
  const now = onShow(session)
  const fields = now?.field.microscopic?.second && now.entry.model.fields
  const cell = now && own && point && cellUnder({ entry: now.entry, cell: own, point })
  useEffect(() => {
    if (order === 2 && fields && cell) session.second.want(cell, fields)
    else session.second.dispose()
  }, [session, order, fields, cell])
  useEffect(() => () => session.second.dispose(), [session])
}

function sameQuery(a: LensQuery, b: LensQuery): boolean {
  return Object.entries(a).every(([key, value]) => value === b[key as keyof LensQuery])
}

/** Arrow keys, page up and down (in a box) and escape, while the microscope is on. */
export function useLensKeys(): void {
  const session = useSession()
  const lens = useJudgeView((s) => s.lens)
  useEffect(() => {
    if (!lens) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const target = event.target instanceof HTMLElement ? event.target : document.body
      const taken = target.closest(TAKEN)
      if (event.key === 'Escape' && !target.closest('[role=dialog]')) toggleLens(session)
      else if (taken || !move(session, event.key)) return
      event.preventDefault()
    }
    // Before the tooltip of its own button, which keeps the escape key to itself.
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [lens, session])
}

/** What has a use of its own for arrow keys. */
const TAKEN = 'input, select, textarea, .cell-panel, [role=separator], [role=menu], [role=dialog]'

/** By one cell, or where cells are tiny by a fortieth of the box. */
function move({ lab, view }: Session, key: string): boolean {
  const step = AXIS_KEYS[key]
  const { macro } = current(lab.getState())
  if (!step || step[0] >= macro.dimension) return false
  const [moved, sign] = step
  const cellSize = lab.getState().model?.resolved?.cellSize ?? 0
  const gaze: Gaze = view.getState().gaze ?? { side: 'homogenized', point: middle(lab) }
  const point = gaze.point.map((x, axis) => {
    const size = macro.size[axis]
    return axis === moved ? Math.max(0, Math.min(size, x + sign * Math.max(cellSize, size / 40))) : x
  })
  view.setState({ gaze: { ...gaze, point, pointer: undefined } })
  return true
}

function middle(lab: Lab): number[] {
  const { macro } = current(lab.getState())
  return macro.size.slice(0, macro.dimension).map((s) => s / 2)
}
