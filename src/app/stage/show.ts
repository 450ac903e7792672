/** What the stage has to show now, read from the store: the one place where state becomes a picture. */
import { t } from '../../language/language.ts'
import type { Field, Stimulus } from '../../models/family.ts'
import { ink, SERIES } from '../ground/colours.ts'
import { quantity } from '../ground/format.ts'
import type { Range } from '../ground/range.ts'
import { amplitude, comparisonPicture } from '../picture/besidePicture.ts'
import { isOther, OTHER_PHASE } from '../picture/cellPicture.ts'
import { open, Ranges } from '../picture/ranges.ts'
import { type OnShow, onShow } from '../session/onShow.ts'
import type { Session } from '../session/session.ts'
import { current, type LabState } from '../store/lab.ts'
import { probePoints } from '../store/probes.ts'
import { flowVectors, placeOf, valuesOf } from '../store/quantities.ts'
import { finished } from '../store/runs.ts'
import type { Side } from '../store/view.ts'
import type { Shown } from './picture.ts'
import { valueIndex } from './valueIndex.ts'

/** Ranges of the fields as far as each laboratory has looked at them. */
const rangesOf = new WeakMap<Session, Ranges>()
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
    s.level !== before.level ||
    s.theme !== before.theme ||
    s.large !== before.large ||
    s.present !== before.present ||
    s.brush !== before.brush ||
    current(s).stimuli !== current(before).stimuli
  )
}

export function whatToShow(
  session: Session,
  side: Side,
  view: Pick<Shown, 'raised' | 'cuts' | 'bare'>,
): Shown | undefined {
  const now = onShow(session)
  const picture = now && pictureOf(session, side, now)
  if (!picture) return undefined
  const { entry, field } = now
  const { engine, lab } = session
  const state = lab.getState()
  const scenario = current(state)
  const inBox = (point: readonly number[]) => picture.macro.size.map((size, axis) => point[axis] ?? size / 2)
  return {
    ...view,
    ...picture,
    field,
    units: entry.model.units,
    index: entry.index,
    t: entry.t,
    outside: (side === 'homogenized' && entry.full.validity?.outside) || NOWHERE,
    span: finished(state) ? (engine.frames.last?.t ?? entry.model.span) : entry.model.span,
    layers: side === 'homogenized' ? entry.model.layers : undefined,
    history: (position) => {
      const frame = position < engine.frames.entries.length ? engine.frames.at(position) : undefined
      const values = frame && valuesOf(frame, placeOf(frame.model, field.name))
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
    level: state.level,
    brushing: state.brush.active,
    ink: ink(),
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

/** Values, their box and their colours on one side of the stage. */
function pictureOf(
  session: Session,
  side: Side,
  now: OnShow,
): Pick<Shown, 'macro' | 'values' | 'flow' | 'crisp' | 'range' | 'map'> | undefined {
  const { entry, index } = now
  const { colour } = session.lab.getState()
  if (side === 'homogenized') {
    const { macro } = entry.full.checkpoint
    const values = valuesOf(entry, index)
    if (!values) return undefined
    return {
      macro,
      values: painted(values, now.field),
      flow: macro.dimension === 2 ? flowVectors(entry, index) : undefined,
      crisp: false,
      range: commonRange(session, now),
      map: colour.map,
    }
  }
  const view = session.view.getState()
  const picture = comparisonPicture(entry, index, view)
  if (!picture) return undefined
  return view.comparison === 'resolved'
    ? { ...picture, crisp: true, range: commonRange(session, now), map: colour.map }
    : { ...picture, crisp: true, range: differenceRange(session, now, picture.values), map: 'difference' }
}

/** The range that a field and its resolved counterpart share. */
function commonRange(session: Session, { entry, index, field }: OnShow): Range {
  const ranges = rangesOf.get(session) ?? new Ranges()
  rangesOf.set(session, ranges)
  return ranges.of(session.lab.getState().colour, session.engine.frames, entry, index, field)
}

/** Symmetric about zero; over the run as far as it has been looked at, unless the colours follow each frame. */
function differenceRange({ lab, view }: Session, { entry, field }: OnShow, values: Float32Array): Range {
  const lasting = lab.getState().colour.range !== 'frame'
  const size = amplitude(values, entry.model, field, view.getState(), lasting)
  return open({ min: -size, max: size }, field.factor)
}

/** The range of a picture, for its colour bar. */
export function shownRange(session: Session, side: Side): Range | undefined {
  const now = onShow(session)
  return now && pictureOf(session, side, now)?.range
}

/** The value at a point, as text. */
export function reading(session: Session, side: Side, point: readonly number[]): string | undefined {
  const now = onShow(session)
  const picture = now && pictureOf(session, side, now)
  if (!picture) return undefined
  const place = picture.macro.size.map((size, axis) => (point[axis] ?? size / 2) / size)
  const value = picture.values[valueIndex(picture.macro, picture.crisp, place)]
  if (value === undefined) return undefined
  const { factor, unit } = now.field
  if (isOther(value)) return picture.crisp ? t('other phase') : t('no value here')
  return quantity(value / factor, unit, 5)
}

/** One touch of the brush. */
export function stroke({ brush, time }: Pick<LabState, 'brush' | 'time'>, point: readonly number[]): Stimulus {
  return {
    kind: brush.kind,
    amount: brush.amount,
    start: time,
    end: time + brush.duration,
    region: { shape: 'gaussian', center: [...point], radius: brush.radius },
  }
}
