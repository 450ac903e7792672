/** Mounts one picture of the stage, feeds it the frame on show, and turns pointer events into probes, values and strokes. */
import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { Stimulus } from '../../models/family.ts'
import { judgeView, type Side } from '../judge/view.ts'
import { lab } from '../session.ts'
import { addStimuli, edit } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import { FallbackStage } from './fallback.ts'
import { onMoved, type Picture, putOnStage, type Shown } from './picture.ts'
import { addProbe } from './probes.ts'
import { needsDrawing, onShow, reading, stroke, whatToShow } from './show.ts'

type ViewSettings = Pick<Shown, 'raised' | 'cuts' | 'bare'>

export function StageCanvas({ side, raised, cuts, bare }: { side: Side } & ViewSettings) {
  const host = useRef<HTMLDivElement>(null)
  const stage = useRef<Picture>(undefined)
  const view = useRef<ViewSettings>({ raised, cuts, bare })
  /** The frame on show has nothing for this side. */
  const [absent, setAbsent] = useState(false)
  const [hover, setHover] = useState<{ x: number; y: number; text: string }>()
  const pressed = useRef<{ x: number; y: number; strokes: Stimulus[] }>(undefined)

  const draw = useCallback(() => {
    if (!stage.current) return
    const shown = whatToShow(side, view.current)
    if (shown) stage.current.show(shown)
    setAbsent(!shown && onShow() !== undefined)
  }, [side])

  /** The values under a resting pointer follow the run, in both pictures. */
  const readOut = useCallback(() => {
    const { gaze, lens } = judgeView.getState()
    const box = host.current?.getBoundingClientRect()
    // The microscope tells the value where it looks.
    const quiet = !gaze || (lens && gaze.side === side)
    const at = quiet ? undefined : (gaze.side === side && gaze.pointer) || stage.current?.locate(gaze.point)
    const text = at && gaze && reading(side, gaze.point)
    setHover(text && box ? { x: at.x - box.left, y: at.y - box.top, text } : undefined)
  }, [side])

  useEffect(() => {
    view.current = { raised, cuts, bare }
    draw()
  }, [draw, raised, cuts, bare])

  useEffect(() => {
    let alive = true
    let leave = () => {}
    const element = host.current!
    const mount = async () => {
      let picture: Picture
      try {
        const { Stage } = await import('./Stage.ts')
        if (!alive) return
        picture = new Stage(element)
      } catch (error) {
        picture = new FallbackStage(element)
        if (side === 'homogenized')
          notify(lab, {
            level: 'warning',
            message: `This browser gives no WebGL picture (${error instanceof Error ? error.message : String(error)}). A plain map is shown; the computation is the same.`,
            advice: ['Turn on hardware acceleration in the settings of the browser.', 'Try another browser.'],
          })
      }
      stage.current = picture
      leave = putOnStage(side, picture)
      draw()
    }
    void mount()
    const stops = [
      lab.subscribe((s, before) => {
        if (!needsDrawing(s, before)) return
        draw()
        readOut()
      }),
      judgeView.subscribe((s, before) => {
        if (s.comparison !== before.comparison || s.corrected !== before.corrected) draw()
        readOut()
      }),
      onMoved(readOut),
    ]
    return () => {
      alive = false
      for (const stop of stops) stop()
      leave()
      stage.current?.dispose()
      stage.current = undefined
    }
  }, [side, draw, readOut])

  /** Point of the homogenized box, which may have fewer axes than the resolved one. */
  const at = (event: PointerEvent) =>
    stage.current?.pick(event.clientX, event.clientY)?.slice(0, current(lab.getState()).macro.dimension)

  const look = (event: PointerEvent, point: number[] | undefined) => {
    if (!point) {
      lookAway()
      return
    }
    const pointer = { x: event.clientX, y: event.clientY }
    judgeView.setState({ gaze: { side, point, pointer, plane: planeOf(point, cuts) } })
  }

  const onDown = (event: PointerEvent) => {
    const point = at(event)
    pressed.current = { x: event.clientX, y: event.clientY, strokes: [] }
    if (lab.getState().brush.active && point) {
      event.currentTarget.setPointerCapture(event.pointerId)
      pressed.current.strokes.push(stroke(point))
    }
  }
  const onMove = (event: PointerEvent) => {
    const point = at(event)
    look(event, point)
    const last = pressed.current?.strokes.at(-1)
    if (last && point && last.region.shape === 'gaussian') {
      const { center, radius } = last.region
      const distance = Math.hypot(...point.map((x, i) => x - (center[i] ?? 0)))
      if (distance > radius) pressed.current!.strokes.push(stroke(point))
    }
  }
  const onUp = (event: PointerEvent) => {
    const press = pressed.current
    pressed.current = undefined
    if (!press) return
    if (press.strokes.length > 0) {
      edit(lab, addStimuli(press.strokes))
      return
    }
    const still = Math.hypot(event.clientX - press.x, event.clientY - press.y) < 4
    const point = at(event)
    if (!still || !point) return
    // A finger cannot point without touching: with the microscope on, a tap looks.
    if (event.pointerType === 'touch' && judgeView.getState().lens) look(event, point)
    else addProbe(lab, point)
  }

  return (
    <div
      ref={host}
      className="stage-host"
      data-absent={absent || undefined}
      role="img"
      aria-label={`${NAMES[side]} on the box. Click to add a probe; values appear in the charts.`}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerLeave={lookAway}
    >
      {absent && <p className="hint stage-absent">No resolved state at this time: it was not computed here.</p>}
      {hover && (
        <div className="hover-value" style={{ left: hover.x, top: hover.y }}>
          {hover.text}
        </div>
      )}
    </div>
  )
}

const NAMES: Record<Side, string> = { homogenized: 'Field', resolved: 'Resolved field' }

/** The microscope stays where it last looked; a value goes with the pointer. */
function lookAway(): void {
  judgeView.setState(({ lens, gaze }) => ({ gaze: lens && gaze ? { ...gaze, pointer: undefined } : undefined }))
}

/** Axis across the slice on which a point of a box lies. */
function planeOf(point: readonly number[], cuts: readonly number[]): number | undefined {
  if (point.length < 3) return undefined
  const { size } = current(lab.getState()).macro
  const away = point.map((x, axis) => Math.abs(x / size[axis] - cuts[axis]))
  return away.indexOf(Math.min(...away))
}
