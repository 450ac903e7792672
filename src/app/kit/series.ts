/** Charts made of what the run has produced: probes over time, a profile, budgets, curves. Display units. */
import { msg, t } from '../../language/language.ts'
import type { Curve, CurveAxis, Observable } from '../../models/family.ts'
import type { Unit } from '../../models/reduced.ts'
import { number } from '../../words.ts'
import { lengthUnit, timeUnit, withUnit } from '../ground/format.ts'
import { Arrivals, lineThrough, readWave } from '../ground/house.ts'
import type { FrameBuffer, FullFrame, StoredFrame } from '../store/frames.ts'
import { nearestNode, nodePoint } from '../store/nodes.ts'
import { placeOf, quantitiesOf, valueAtNode, valuesOf } from '../store/quantities.ts'
import type { Chart, ChartAxis, Dash, Line } from './chart.ts'

/** A frozen branch laid over a chart of the main line. */
export interface Overlay {
  name: string
  dash: Dash
  /** Its frames from where it leaves the main line. */
  entries: readonly StoredFrame[]
}

export interface Courses {
  /** What the main line is called beside its branches. */
  main?: string
  overlays: readonly Overlay[]
}

const ALONE: Courses = { overlays: [] }

export function probeChart(
  frames: FrameBuffer,
  points: readonly number[][],
  field: string,
  colours: readonly string[],
  { main, overlays }: Courses = ALONE,
): Chart | undefined {
  const shown = frames.at(frames.entries.length - 1)
  const description = shown && quantitiesOf(shown.model).find((f) => f.name === field)
  if (!shown || !description) return undefined
  const { unit, x } = timeAxis(frames, overlays)
  const follow = (entries: readonly StoredFrame[], point: readonly number[], line: Line): Line => {
    for (const entry of entries) {
      const { full, model } = entry
      if (!full) continue
      const node = nearestNode(full.checkpoint.macro, point)
      const value = valueAtNode({ full, model }, placeOf(model, field), node)
      if (value === undefined) continue
      line.x.push(entry.t / unit.factor)
      line.y.push(value / description.factor)
    }
    return line
  }
  const probes = points.map((point, i) => ({
    point,
    name: points.length > 1 ? `${msg('probe')} ${i + 1}` : msg('centre'),
    colour: colours[i % colours.length],
  }))
  const lines = probes.map(({ point, name, colour }) =>
    follow(frames.entries, point, { name: beside(name, main), x: [], y: [], colour }),
  )
  for (const { name, dash, entries } of overlays)
    for (const probe of probes)
      lines.push(
        follow(entries, probe.point, { name: beside(probe.name, name), x: [], y: [], colour: probe.colour, dash }),
      )
  return {
    name: `probes-${field}`,
    x,
    y: { title: withUnit(description.label, description.unit) },
    lines,
  }
}

/**
 * Values along x through a point.
 * @param others frames of branches at the time of `entry`
 */
export function profileChart(
  entry: FullFrame | undefined,
  first: FullFrame | undefined,
  point: readonly number[],
  field: string,
  colours: readonly string[],
  others: readonly { name: string; dash: Dash; entry: FullFrame }[] = [],
): Chart | undefined {
  if (!entry) return undefined
  const description = quantitiesOf(entry.model)[placeOf(entry.model, field)]
  if (!description) return undefined
  const { macro } = entry.full.checkpoint
  const unit = lengthUnit(macro.size[0] ?? 1, entry.model.units)
  const line = (from: FullFrame, name: string, colour?: string, dash?: Dash): Line => {
    const own = from.full.checkpoint.macro
    const values = valuesOf(from, placeOf(from.model, field))
    const out: Line = { name, x: [], y: [], colour, dash }
    if (values)
      for (const at of lineThrough(own, nearestNode(own, point))) {
        out.x.push(nodePoint(own, at)[0] / unit.factor)
        out.y.push(values[at] / description.factor)
      }
    return out
  }
  const lines = [line(entry, msg('now'), colours[0])]
  if (first && first.index !== entry.index) lines.push(line(first, msg('start'), colours[1], 'dot'))
  for (const other of others) lines.push(line(other.entry, other.name, colours[0], other.dash))
  return {
    name: `profile-${field}`,
    x: { title: `x (${unit.unit})` },
    y: { title: withUnit(description.label, description.unit) },
    lines,
  }
}

/** When a wave comes along x through a point, and how fast it goes; undefined until it has come anywhere. */
export function waveChart(frames: FrameBuffer, point: readonly number[]): Chart | undefined {
  const model = frames.last?.model
  const { wave, macro } = model ?? {}
  if (!model || !wave || !macro) return undefined
  const count = macro.nodes.reduce((a, b) => a * b, 1)
  const arrivals = new Arrivals(count, wave.level)
  for (const { full, model: own, t } of frames.entries) {
    const values = full && valuesOf({ full, model: own }, placeOf(own, wave.field))
    if (values?.length === count) arrivals.take(t, values)
  }
  const { speed, reached } = readWave(arrivals.times, macro)
  if (reached === 0) return undefined
  const line = lineThrough(macro, nearestNode(macro, point)).filter((p) => !Number.isNaN(arrivals.times[p]))
  const length = lengthUnit(macro.size[0] ?? 1, model.units)
  const { unit, x: time } = timeAxis(frames, [])
  const part = t('{percent} % of the box reached', { percent: number(100 * reached, 3) })
  return {
    name: 'wave',
    x: { title: `x (${length.unit})` },
    y: { title: time.title },
    lines: [
      {
        name: msg('arrival'),
        x: line.map((p) => nodePoint(macro, p)[0] / length.factor),
        y: line.map((p) => arrivals.times[p] / unit.factor),
      },
    ],
    note:
      speed === null
        ? part
        : t('{speed} µm/s ({minute} mm/min), {part}', {
            speed: number(speed * 1e6, 3),
            minute: number(speed * 6e4, 3),
            part,
          }),
  }
}

/** Observables that share an axis: those of a unit, by group where a unit has several. */
export function observableSets(
  observables: readonly Observable[],
): { value: string; label: string; names: string[] }[] {
  const groups = (unit: string) => new Set(observables.filter((o) => o.unit === unit).map((o) => o.group)).size
  const sets = new Map<string, { value: string; label: string; names: string[] }>()
  for (const { name, unit, group } of observables) {
    const words = unit === '1' ? msg('relative') : unit
    const label = groups(unit) === 1 ? words : unit === '1' ? group : `${group} (${unit})`
    const set = sets.get(label) ?? { value: label, label, names: [] }
    set.names.push(name)
    sets.set(label, set)
  }
  return [...sets.values()]
}

/** Observables of one group and unit over time. */
export function observableChart(
  frames: FrameBuffer,
  pick: (o: Observable) => boolean,
  log: boolean,
  name: string,
  colours: readonly string[],
  { main, overlays }: Courses = ALONE,
): Chart | undefined {
  const model = frames.last?.model
  if (!model || !frames.last) return undefined
  const chosen = model.observables.map((o, i) => ({ o, i })).filter(({ o }) => pick(o))
  const first = chosen[0]?.o
  if (!first) return undefined
  const same = chosen.filter(({ o }) => o.unit === first.unit)
  const { unit, x } = timeAxis(frames, overlays)
  const follow = (all: readonly StoredFrame[], { o, i }: (typeof same)[number]): Pick<Line, 'x' | 'y'> => {
    const entries = all.filter((e) => e.observables.length === model.observables.length)
    return {
      x: entries.map((e) => e.t / unit.factor),
      y: entries.map((e) => (log ? Math.abs(e.observables[i]) : e.observables[i]) / o.factor),
    }
  }
  const colour = (k: number) => colours[k % colours.length]
  const lines: Line[] = same.map((s, k) => ({
    name: beside(s.o.label, main),
    colour: colour(k),
    ...follow(frames.entries, s),
  }))
  for (const { name: branch, dash, entries } of overlays)
    same.forEach((s, k) => {
      lines.push({ name: beside(s.o.label, branch), colour: colour(k), dash, ...follow(entries, s) })
    })
  return {
    name,
    x,
    y: {
      title: withUnit(
        same.length > 1 ? (first.unit === '1' ? msg('relative') : msg('value')) : first.label,
        first.unit,
      ),
      log,
    },
    lines,
  }
}

/** Name of a line that is told apart by its course. */
function beside(name: string, course: string | undefined): string {
  return course ? `${name}, ${course}` : name
}

function latest(frames: FrameBuffer, overlays: readonly Overlay[]): number {
  return Math.max(frames.last?.t ?? 0, ...overlays.map(({ entries }) => entries.at(-1)?.t ?? 0))
}

/** Time in a unit that suits what has passed, or what will, before anything has. */
function timeAxis(frames: FrameBuffer, overlays: readonly Overlay[]): { unit: Unit; x: ChartAxis } {
  const span = latest(frames, overlays)
  const ahead = frames.last?.model.span ?? 0
  const unit = timeUnit(span || ahead, frames.last?.model.units)
  return { unit, x: { title: `${msg('time')} (${unit.unit})`, ...(span === 0 && { range: [0, ahead / unit.factor] }) } }
}

/** @param truth points of the resolved model on the same axes */
export function curveChart(curve: Curve, truth: readonly Line[] = []): Chart {
  const axis = ({ label, unit, log }: CurveAxis) => ({ title: withUnit(label, unit), log })
  const factor = (second = false) => (second && curve.y2 ? curve.y2 : curve.y).factor
  return {
    name: curve.name,
    x: axis(curve.x),
    y: axis(curve.y),
    y2: curve.y2 && axis(curve.y2),
    square: curve.square,
    lines: [
      ...curve.traces.map((trace) => ({
        name: trace.name,
        x: trace.x.map((v) => v / curve.x.factor),
        y: trace.y.map((v) => v / factor(trace.second)),
        second: trace.second,
        labels: trace.labels,
      })),
      ...truth,
    ],
    marks: curve.marks.map((mark) => ({ label: mark.label, x: mark.x / curve.x.factor })),
    note: curve.note,
  }
}
