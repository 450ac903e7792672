/** The visible branches, and what the main line is called beside them, as the charts need them. */
import type { Session } from '../session/session.ts'
import { branchName } from '../store/branches.ts'
import { type FullFrame, positionAt } from '../store/frames.ts'
import { current } from '../store/lab.ts'
import { BRANCH_DASHES, type Dash } from './chart.ts'
import type { Courses, Overlay } from './series.ts'

export function courses(session: Session): Courses {
  const overlays = visible(session)
  return { main: overlays.length > 0 ? session.lab.getState().lineName : undefined, overlays }
}

function visible({ engine, lab }: Session): Overlay[] {
  const state = lab.getState()
  const { entries } = engine.frames
  return state.branches.flatMap((branch, i) => {
    if (!branch.visible) return []
    const all = engine.frames.branch(branch.id)
    let shared = 0
    while (shared < all.length && all[shared] === entries[shared]) shared++
    return [
      {
        name: branchName(branch, current(state)),
        dash: BRANCH_DASHES[i % BRANCH_DASHES.length],
        // From the last common frame, so that the lines part visibly.
        entries: all.slice(Math.max(0, shared - 1)),
      },
    ]
  })
}

/** Frames of the branches at a time of the main line, where they have come that far. */
export function branchesNow(session: Session, t: number): { name: string; dash: Dash; entry: FullFrame }[] {
  return visible(session).flatMap(({ name, dash, entries }) => {
    const full = entries.filter((e): e is FullFrame => e.full !== undefined)
    const first = entries[0]
    const last = entries.at(-1)
    if (full.length === 0 || !first || !last || t < first.t || t > last.t) return []
    return [{ name, dash, entry: full[positionAt(full, t)] }]
  })
}
