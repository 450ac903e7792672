/** Where the pictures of a sweep are drawn: out of sight, so that those on the page stay. */
import { SessionContext } from '../session/context.ts'
import { StageCanvas } from '../stage/StageCanvas.tsx'
import type { Darkroom } from './darkroom.ts'

export function DarkroomStage({ session }: Pick<Darkroom, 'session'>) {
  const { raised, cuts, model } = session.lab.getState()
  return (
    <SessionContext.Provider value={session}>
      <div className="darkroom" inert aria-hidden>
        <StageCanvas side="homogenized" raised={raised} cuts={cuts} bare={false} />
        {model?.resolved && <StageCanvas side="resolved" raised={raised} cuts={cuts} bare={false} />}
      </div>
    </SessionContext.Provider>
  )
}
