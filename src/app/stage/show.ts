/** What the stage has to show now, read from the store: the one place where state becomes a picture. */
import type { Stimulus } from '../../models/family.ts'
import { SERIES } from '../colours.ts'
import { quantity } from '../format.ts'
import { engine, lab } from '../session.ts'
import { current, type LabState } from '../store/lab.ts'
import { nearestNode } from '../store/nodes.ts'
import type { Shown } from './picture.ts'
import { probePoints } from './probes.ts'
import { Ranges } from './ranges.ts'

const ranges = new Ranges()

export function needsDrawing(s: LabState, before: LabState): boolean {
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

export function whatToShow(view: { raised: boolean; cuts: number[] }): Shown | undefined {
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

/** The value at a point, as text. */
export function reading(point: readonly number[]): string | undefined {
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

/** One touch of the brush. */
export function stroke(point: readonly number[]): Stimulus {
  const { brush, time } = lab.getState()
  return {
    kind: brush.kind,
    amount: brush.amount,
    start: time,
    end: time + brush.duration,
    region: { shape: 'gaussian', center: [...point], radius: brush.radius },
  }
}
