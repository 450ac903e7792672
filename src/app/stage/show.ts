/** What the stage has to show now, read from the store: the one place where state becomes a picture. */
import type { Field, Stimulus } from '../../models/family.ts'
import { SERIES } from '../colours.ts'
import { quantity } from '../format.ts'
import { amplitude, comparisonPicture } from '../judge/besidePicture.ts'
import { isOther, OTHER_PHASE } from '../judge/cellPicture.ts'
import { judgeView, type Side } from '../judge/view.ts'
import { engine, lab } from '../session.ts'
import type { FullFrame } from '../store/frames.ts'
import { current, type LabState } from '../store/lab.ts'
import { finished } from '../store/runs.ts'
import type { Shown } from './picture.ts'
import { probePoints } from './probes.ts'
import { open, Ranges } from './ranges.ts'
import { valueIndex } from './valueIndex.ts'
import type { Range } from './view.ts'

const ranges = new Ranges()
const NOWHERE = new Uint8Array(0)

export function needsDrawing(s: LabState, before: LabState): boolean {
  return (
    s.shown !== before.shown ||
    s.status !== before.status ||
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

/** The frame on show and the field of it that is looked at. */
export function onShow(): { entry: FullFrame; index: number; field: Field } | undefined {
  const entry = engine.shownFrame()
  if (!entry) return undefined
  const { fields } = entry.model
  const name = lab.getState().field
  const index = Math.max(
    0,
    fields.findIndex((f) => f.name === name),
  )
  const field = fields[index]
  return field && { entry, index, field }
}

export function whatToShow(side: Side, view: Pick<Shown, 'raised' | 'cuts' | 'bare'>): Shown | undefined {
  const now = onShow()
  const picture = now && pictureOf(side, now)
  if (!picture) return undefined
  const { entry, index, field } = now
  const state = lab.getState()
  const scenario = current(state)
  const style = getComputedStyle(document.documentElement)
  const ink = (name: string) => style.getPropertyValue(name).trim()
  const inBox = (point: readonly number[]) => picture.macro.size.map((size, axis) => point[axis] ?? size / 2)
  return {
    ...view,
    ...picture,
    field,
    index: entry.index,
    t: entry.t,
    outside: (side === 'homogenized' && entry.full.validity?.outside) || NOWHERE,
    span: finished(state) ? (engine.frames.last?.t ?? entry.model.span) : entry.model.span,
    layers: side === 'homogenized' ? entry.model.layers : undefined,
    history: (position) => {
      const frame = position < engine.frames.entries.length ? engine.frames.at(position)?.full : undefined
      const values = frame?.fields[index]
      return frame && values && { index: frame.index, t: frame.t, values: painted(values, field) }
    },
    probes: probePoints(state).map((point, i) => ({
      point: inBox(point),
      label: i + 1,
      colour: SERIES[state.theme][i % 8],
    })),
    stimuli: scenario.stimuli.flatMap((s) =>
      s.region.shape === 'everywhere' || entry.t > s.end
        ? []
        : [{ center: inBox(s.region.center), radius: s.region.radius, active: s.start <= entry.t }],
    ),
    brushing: state.brush.active,
    ink: {
      text: ink('--text'),
      muted: ink('--muted'),
      accent: ink('--accent-2'),
      panel: ink('--panel'),
      other: ink('--other-phase'),
    },
  }
}

const gaps = new WeakMap<Float32Array, Float32Array>()

/** Values for a picture: where a field is not defined they are those of another phase, which have a neutral tone. */
function painted(values: Float32Array, field: Field): Float32Array {
  if (!field.partial) return values
  let known = gaps.get(values)
  if (!known) {
    known = values.map((v) => (Number.isNaN(v) ? OTHER_PHASE : v))
    gaps.set(values, known)
  }
  return known
}

type OnShow = NonNullable<ReturnType<typeof onShow>>

/** Values, their box and their colours on one side of the stage. */
function pictureOf(side: Side, now: OnShow): Pick<Shown, 'macro' | 'values' | 'crisp' | 'range' | 'map'> | undefined {
  const { entry, index } = now
  const { colour } = lab.getState()
  if (side === 'homogenized') {
    const { macro } = entry.full.checkpoint
    return {
      macro,
      values: painted(entry.full.fields[index], now.field),
      crisp: false,
      range: commonRange(now),
      map: colour.map,
    }
  }
  const view = judgeView.getState()
  const picture = comparisonPicture(entry, index, view)
  if (!picture) return undefined
  return view.comparison === 'resolved'
    ? { ...picture, crisp: true, range: commonRange(now), map: colour.map }
    : { ...picture, crisp: true, range: differenceRange(now, picture.values), map: 'difference' }
}

/** The range that a field and its resolved counterpart share. */
function commonRange({ entry, index, field }: OnShow): Range {
  return ranges.of(lab.getState().colour, engine.frames, entry, index, field)
}

/** Symmetric about zero; over the run as far as it has been looked at, unless the colours follow each frame. */
function differenceRange({ entry, field }: OnShow, values: Float32Array): Range {
  const lasting = lab.getState().colour.range !== 'frame'
  const size = amplitude(values, entry.model, field, judgeView.getState(), lasting)
  return open({ min: -size, max: size }, field.factor)
}

/** The range of a picture, for its colour bar. */
export function shownRange(side: Side): Range | undefined {
  const now = onShow()
  return now && pictureOf(side, now)?.range
}

/** The value at a point, as text. */
export function reading(side: Side, point: readonly number[]): string | undefined {
  const now = onShow()
  const picture = now && pictureOf(side, now)
  if (!picture) return undefined
  const place = picture.macro.size.map((size, axis) => (point[axis] ?? size / 2) / size)
  const value = picture.values[valueIndex(picture.macro, picture.crisp, place)]
  if (value === undefined) return undefined
  const { factor, unit } = now.field
  if (isOther(value)) return picture.crisp ? 'other phase' : 'no value here'
  return quantity(value / factor, unit, 5)
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
