/** Mounts the imperative stage, feeds it the frame on show, and turns pointer events into probes, values and strokes. */
import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { Stimulus } from '../../models/family.ts'
import { lab } from '../session.ts'
import { addStimuli, edit } from '../store/edits.ts'
import { notify } from '../store/notices.ts'
import { FallbackStage } from './fallback.ts'
import { type Picture, setStage } from './picture.ts'
import { addProbe } from './probes.ts'
import { needsDrawing, reading, stroke, whatToShow } from './show.ts'

export function StageCanvas({ raised, cuts }: { raised: boolean; cuts: number[] }) {
  const host = useRef<HTMLDivElement>(null)
  const stage = useRef<Picture>(undefined)
  const view = useRef({ raised, cuts })
  const [hover, setHover] = useState<{ x: number; y: number; text: string }>()
  const pointer = useRef<{ x: number; y: number }>(undefined)
  const pressed = useRef<{ x: number; y: number; strokes: Stimulus[] }>(undefined)

  /** The value under a resting pointer follows the run. */
  const readOut = useCallback(() => {
    const at = pointer.current
    const point = at && stage.current?.pick(at.x, at.y)
    const text = point && reading(point)
    const box = host.current?.getBoundingClientRect()
    setHover(at && text && box ? { x: at.x - box.left, y: at.y - box.top, text } : undefined)
  }, [])

  useEffect(() => {
    view.current = { raised, cuts }
    draw(stage.current, view.current)
  }, [raised, cuts])

  useEffect(() => {
    let alive = true
    const element = host.current!
    const mount = async () => {
      let picture: Picture
      try {
        const { Stage } = await import('./Stage.ts')
        if (!alive) return
        picture = new Stage(element)
      } catch (error) {
        picture = new FallbackStage(element)
        notify(lab, {
          level: 'warning',
          message: `This browser gives no WebGL picture (${error instanceof Error ? error.message : String(error)}). A plain map is shown; the computation is the same.`,
          advice: ['Turn on hardware acceleration in the settings of the browser.', 'Try another browser.'],
        })
      }
      stage.current = picture
      setStage(picture)
      draw(picture, view.current)
    }
    void mount()
    const stop = lab.subscribe((s, before) => {
      if (!needsDrawing(s, before)) return
      draw(stage.current, view.current)
      readOut()
    })
    return () => {
      alive = false
      stop()
      setStage(undefined)
      stage.current?.dispose()
      stage.current = undefined
    }
  }, [readOut])

  const at = (event: PointerEvent) => stage.current?.pick(event.clientX, event.clientY)

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
    pointer.current = { x: event.clientX, y: event.clientY }
    readOut()
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
    if (still && point) addProbe(lab, point)
  }

  return (
    <div
      ref={host}
      className="stage-host"
      role="img"
      aria-label="Field on the tissue. Click to add a probe; values appear in the charts."
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerLeave={() => {
        pointer.current = undefined
        setHover(undefined)
      }}
    >
      {hover && (
        <div className="hover-value" style={{ left: hover.x, top: hover.y }}>
          {hover.text}
        </div>
      )}
    </div>
  )
}

function draw(picture: Picture | undefined, view: { raised: boolean; cuts: number[] }): void {
  const shown = picture && whatToShow(view)
  if (shown) picture.show(shown)
}
