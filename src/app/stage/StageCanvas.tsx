/** Mounts the imperative stage, feeds it the frame on show, and turns pointer events into probes, values and strokes. */
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Stimulus } from '../../models/family.ts'
import { SERIES } from '../colours.ts'
import { quantity } from '../format.ts'
import { engine, lab } from '../session.ts'
import { addStimuli, edit } from '../store/edits.ts'
import { current, type LabState } from '../store/lab.ts'
import { nearestNode } from '../store/nodes.ts'
import { FallbackStage } from './fallback.ts'
import { type Picture, type Shown, setStage } from './picture.ts'
import { addProbe, probePoints } from './probes.ts'
import { Ranges } from './ranges.ts'

const ranges = new Ranges()

export function StageCanvas({ raised, cuts }: { raised: boolean; cuts: number[] }) {
  const host = useRef<HTMLDivElement>(null)
  const stage = useRef<Picture>(undefined)
  const view = useRef({ raised, cuts })
  const [warning, setWarning] = useState<string>()
  const [hover, setHover] = useState<{ x: number; y: number; text: string }>()
  const pressed = useRef<{ x: number; y: number; strokes: Stimulus[] }>(undefined)

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
        setWarning(
          `This browser gives no WebGL picture (${error instanceof Error ? error.message : String(error)}). A plain map is shown; the computation is the same. Turn on hardware acceleration, or try another browser.`,
        )
      }
      stage.current = picture
      setStage(picture)
      draw(picture, view.current)
    }
    void mount()
    const stop = lab.subscribe((s, before) => {
      if (needsDrawing(s, before)) draw(stage.current, view.current)
    })
    return () => {
      alive = false
      stop()
      setStage(undefined)
      stage.current?.dispose()
      stage.current = undefined
    }
  }, [])

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
    const text = point && reading(point)
    const box = host.current!.getBoundingClientRect()
    setHover(text ? { x: event.clientX - box.left, y: event.clientY - box.top, text } : undefined)
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
      onPointerLeave={() => setHover(undefined)}
    >
      {hover && (
        <div className="hover-value" style={{ left: hover.x, top: hover.y }}>
          {hover.text}
        </div>
      )}
      {warning && (
        <p className="stage-warning" role="status">
          {warning}
        </p>
      )}
    </div>
  )
}

function needsDrawing(s: LabState, before: LabState): boolean {
  return (
    s.shown !== before.shown ||
    s.time !== before.time ||
    s.frameCount !== before.frameCount ||
    s.field !== before.field ||
    s.colour !== before.colour ||
    s.probes !== before.probes ||
    s.theme !== before.theme ||
    s.large !== before.large ||
    s.brush !== before.brush ||
    current(s).stimuli !== current(before).stimuli
  )
}

function draw(picture: Picture | undefined, view: { raised: boolean; cuts: number[] }): void {
  const shown = picture && whatToShow(view)
  if (shown) picture.show(shown)
}

function whatToShow(view: { raised: boolean; cuts: number[] }): Shown | undefined {
  const state = lab.getState()
  const entry = engine.shownFrame()
  if (!entry) return undefined
  const fieldIndex = Math.max(
    0,
    entry.model.fields.findIndex((f) => f.name === state.field),
  )
  const field = entry.model.fields[fieldIndex]
  if (!field) return undefined
  const scenario = current(state)
  const style = getComputedStyle(document.documentElement)
  const ink = (name: string) => style.getPropertyValue(name).trim()
  return {
    ...view,
    entry,
    fieldIndex,
    range: ranges.of(state.colour, engine.frames, entry, fieldIndex, field),
    map: state.colour.map,
    span: scenario.time.end,
    history: (position) => (position < engine.frames.entries.length ? engine.frames.at(position)?.full : undefined),
    probes: probePoints(state).map((point, i) => ({ point, label: i + 1, colour: SERIES[state.theme][i % 8]! })),
    stimuli: scenario.stimuli.flatMap((s) =>
      s.region.shape === 'everywhere' || entry.t > s.end
        ? []
        : [{ center: s.region.center, radius: s.region.radius, active: s.start <= entry.t }],
    ),
    brushing: state.brush.active,
    ink: { text: ink('--text'), muted: ink('--muted'), accent: ink('--accent-2'), panel: ink('--panel') },
  }
}

/** The range that the picture and the colour bar share. */
export function shownRange(): { min: number; max: number } | undefined {
  return whatToShow({ raised: false, cuts: [] })?.range
}

function reading(point: readonly number[]): string | undefined {
  const entry = engine.shownFrame()
  if (!entry) return undefined
  const index = Math.max(
    0,
    entry.model.fields.findIndex((f) => f.name === lab.getState().field),
  )
  const field = entry.model.fields[index]
  const value = entry.full.fields[index]?.[nearestNode(entry.full.checkpoint.macro, point)]
  return field && value !== undefined ? quantity(value / field.factor, field.unit, 5) : undefined
}

function stroke(point: readonly number[]): Stimulus {
  const { brush, time } = lab.getState()
  return {
    kind: brush.kind,
    amount: brush.amount,
    start: time,
    end: time + brush.duration,
    region: { shape: 'gaussian', center: [...point], radius: brush.radius },
  }
}
