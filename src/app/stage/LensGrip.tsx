/**
 * Where the microscope looks, as something a finger can take: the rest of the picture scrolls the page. What happens to
 * it is the picture's business, which it bubbles to.
 */
import { useEffect, useReducer, useRef } from 'react'
import { useJudgeView, useLab, useSession } from '../session/context.ts'
import type { Side } from '../store/view.ts'

export function LensGrip({ side }: { side: Side }) {
  const { pictures } = useSession()
  const gaze = useJudgeView((s) => (s.lens && s.gaze?.side === side ? s.gaze : undefined))
  const grip = useRef<HTMLSpanElement>(null)
  // On a line it goes up and down with the frame on show.
  useLab((s) => s.time)
  const [, follow] = useReducer((n: number) => n + 1, 0)
  useEffect(() => pictures.onMoved(follow), [pictures])
  useEffect(() => {
    const at = gaze && (gaze.pointer ?? pictures.locate(side, gaze.point))
    const box = grip.current?.parentElement?.getBoundingClientRect()
    if (!grip.current || !at || !box) return
    grip.current.style.left = `${at.x - box.left}px`
    grip.current.style.top = `${at.y - box.top}px`
  })
  return gaze && <span ref={grip} className="lens-grip" aria-hidden="true" />
}
