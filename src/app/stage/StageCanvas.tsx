/** One picture of the stage, with the value under the pointer. */
import { useEffect, useMemo } from 'react'
import { TextButton } from '../kit/controls.tsx'
import { useSession } from '../session/context.ts'
import type { Side } from '../store/view.ts'
import { LensGrip } from './LensGrip.tsx'
import { StagePointer } from './pointer.ts'
import { usePicture, type ViewSettings } from './usePicture.ts'

export function StageCanvas({ side, ...view }: { side: Side } & ViewSettings) {
  const session = useSession()
  const { host, picture, absent, lost, hover } = usePicture(side, view)
  const pointer = useMemo(() => new StagePointer(session, side, () => picture.current), [session, side, picture])
  useEffect(() => {
    pointer.cuts = view.cuts
  }, [pointer, view.cuts])
  return (
    <div
      ref={host}
      className="stage-host"
      data-absent={absent || undefined}
      role="img"
      aria-label={`${NAMES[side]} on the box. Click to add a probe; values appear in the charts.`}
      onPointerDown={pointer.down}
      onPointerMove={pointer.move}
      onPointerUp={pointer.up}
      onPointerCancel={pointer.cancel}
      onPointerLeave={pointer.leave}
    >
      {absent && (
        <div className="hint stage-absent">
          <p>No resolved state at this time: it was not computed here.</p>
          <TextButton onClick={() => session.engine.again()}>Run again with it</TextButton>
        </div>
      )}
      {lost && (
        <p className="stage-lost" role="status">
          The graphics of this browser were interrupted (lost WebGL context): a plain map until they come back. The run
          goes on.
        </p>
      )}
      <LensGrip side={side} />
      {hover && (
        <div className="hover-value" style={{ left: hover.x, top: hover.y }}>
          {hover.text}
        </div>
      )}
    </div>
  )
}

const NAMES: Record<Side, string> = { homogenized: 'Field', resolved: 'Resolved field' }
