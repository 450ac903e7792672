/**
 * What stands on a picture and can be taken, as elements of its own, so that the rest of the picture scrolls the page and
 * turns a solid: where the microscope looks, the probes, and the cursor of the keys. What happens to them is the
 * picture's business, which they bubble to.
 */
import { useEffect, useReducer, useRef } from 'react'
import { useJudgeView, useLab, useSession } from '../session/context.ts'
import type { Side } from '../store/view.ts'

/** @param keys the picture has the focus, so that its cursor is shown */
export function Grips({ side, keys }: { side: Side; keys: boolean }) {
  const { pictures } = useSession()
  const gaze = useJudgeView((s) => (s.gaze?.side === side ? s.gaze : undefined))
  const lens = useJudgeView((s) => s.lens)
  const probes = useLab((s) => s.probes)
  const brushing = useLab((s) => s.brush.active)
  // On a line they go up and down with the frame on show.
  useLab((s) => s.time)
  useLab((s) => s.field)
  const [, follow] = useReducer((n: number) => n + 1, 0)
  useEffect(() => pictures.onMoved(follow), [pictures])
  return (
    <>
      {!brushing &&
        probes.map(({ id, point }) => <Grip key={id} side={side} point={point} className="probe-grip" probe={id} />)}
      {gaze && lens && <Grip {...gaze} className={brushing ? 'lens-grip passive' : 'lens-grip'} />}
      {gaze && keys && !gaze.pointer && <Grip {...gaze} className="stage-cursor" />}
    </>
  )
}

function Grip(props: {
  side: Side
  point: readonly number[]
  pointer?: { x: number; y: number }
  className: string
  probe?: number
}) {
  const { pictures } = useSession()
  const grip = useRef<HTMLSpanElement>(null)
  // With every rendering: the camera, the frame and the panel move it.
  useEffect(() => {
    const at = props.pointer ?? pictures.locate(props.side, props.point)
    const box = grip.current?.parentElement?.getBoundingClientRect()
    if (!grip.current || !at || !box) return
    grip.current.style.left = `${at.x - box.left}px`
    grip.current.style.top = `${at.y - box.top}px`
  })
  return <span ref={grip} className={props.className} data-probe={props.probe} aria-hidden="true" />
}
