/** Where the pictures of a sweep are drawn: out of sight, so that those on the page stay. */
import { SessionContext } from '../session/context.ts'
import { StageCanvas } from '../stage/StageCanvas.tsx'
import { current } from '../store/lab.ts'
import type { Darkroom } from './darkroom.ts'

export function DarkroomStage({ session }: Pick<Darkroom, 'session'>) {
  const state = session.lab.getState()
  const { raised, cuts, model } = state
  const line = current(state).macro.dimension === 1
  return (
    <SessionContext.Provider value={session}>
      <div className="darkroom" data-line={line || undefined} inert aria-hidden>
        <StageCanvas side="homogenized" raised={raised} cuts={cuts} bare={false} />
        {model?.resolved && <StageCanvas side="resolved" raised={raised} cuts={cuts} bare={false} />}
      </div>
    </SessionContext.Provider>
  )
}
