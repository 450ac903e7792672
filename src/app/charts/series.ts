/** Charts made of what the run has produced: probes over time, a profile, budgets, curves. Display units. */
import type { Curve, Observable } from '../../models/family.ts'
import { lengthUnit, timeUnit, withUnit } from '../format.ts'
import type { FrameBuffer, FullFrame } from '../store/frames.ts'
import { nearestNode, nodeIndex, nodePoint } from '../store/nodes.ts'
import type { Chart, Line } from './chart.ts'

export function probeChart(
  frames: FrameBuffer,
  points: readonly number[][],
  field: string,
  colours: readonly string[],
): Chart | undefined {
  const shown = frames.at(frames.entries.length - 1)
  const description = shown?.model.fields.find((f) => f.name === field)
  if (!shown || !description) return undefined
  const unit = timeUnit(shown.t)
  const lines: Line[] = points.map((_, i) => ({
    name: points.length > 1 ? `probe ${i + 1}` : 'centre',
    x: [],
    y: [],
    colour: colours[i % colours.length],
  }))
  for (const entry of frames.entries) {
    if (!entry.full) continue
    const index = entry.model.fields.findIndex((f) => f.name === field)
    const values = entry.full.fields[index]
    if (!values) continue
    points.forEach((point, i) => {
      lines[i]!.x.push(entry.t / unit.factor)
      lines[i]!.y.push(values[nearestNode(entry.full!.checkpoint.macro, point)]! / description.factor)
    })
  }
  return {
    name: `probes-${field}`,
    x: { title: `time (${unit.unit})` },
    y: { title: withUnit(description.label, description.unit) },
    lines,
  }
}

/** Values along x through a point. */
export function profileChart(
  entry: FullFrame | undefined,
  first: FullFrame | undefined,
  point: readonly number[],
  field: string,
): Chart | undefined {
  if (!entry) return undefined
  const index = entry.model.fields.findIndex((f) => f.name === field)
  const description = entry.model.fields[index]
  if (!description) return undefined
  const { macro } = entry.full.checkpoint
  const unit = lengthUnit(macro.size[0] ?? 1)
  const line = (from: FullFrame, name: string, dash: boolean): Line => {
    const own = from.full.checkpoint.macro
    const [nx = 1, ny = 1] = own.nodes
    const node = nearestNode(own, point)
    const [j, k] = [Math.floor(node / nx) % ny, Math.floor(node / (nx * ny))]
    const values = from.full.fields[from.model.fields.findIndex((f) => f.name === field)]
    const out: Line = { name, x: [], y: [], dash }
    if (values)
      for (let i = 0; i < nx; i++) {
        const at = nodeIndex(own, i, j, k)
        out.x.push(nodePoint(own, at)[0]! / unit.factor)
        out.y.push(values[at]! / description.factor)
      }
    return out
  }
  const lines = [line(entry, 'now', false)]
  if (first && first.index !== entry.index) lines.push(line(first, 'start', true))
  return {
    name: `profile-${field}`,
    x: { title: `x (${unit.unit})` },
    y: { title: withUnit(description.label, description.unit) },
    lines,
  }
}

/** Observables of one group and unit over time. */
export function observableChart(
  frames: FrameBuffer,
  pick: (o: Observable) => boolean,
  log: boolean,
  name: string,
): Chart | undefined {
  const model = frames.last?.model
  if (!model || !frames.last) return undefined
  const chosen = model.observables.map((o, i) => ({ o, i })).filter(({ o }) => pick(o))
  const first = chosen[0]?.o
  if (!first) return undefined
  const same = chosen.filter(({ o }) => o.unit === first.unit)
  const entries = frames.entries.filter((e) => e.observables.length === model.observables.length)
  const unit = timeUnit(frames.last.t)
  return {
    name,
    x: { title: `time (${unit.unit})` },
    y: {
      title: withUnit(same.length > 1 ? (first.unit === '1' ? 'relative' : 'value') : first.label, first.unit),
      log,
    },
    lines: same.map(({ o, i }) => ({
      name: o.label,
      x: entries.map((e) => e.t / unit.factor),
      y: entries.map((e) => (log ? Math.abs(e.observables[i]!) : e.observables[i]!) / o.factor),
    })),
  }
}

export function curveChart(curve: Curve): Chart {
  return {
    name: curve.name,
    x: { title: withUnit(curve.x.label, curve.x.unit) },
    y: { title: withUnit(curve.y.label, curve.y.unit) },
    lines: curve.traces.map((trace) => ({
      name: trace.name,
      x: trace.x.map((v) => v / curve.x.factor),
      y: trace.y.map((v) => v / curve.y.factor),
    })),
    marks: curve.marks.map((mark) => ({ label: mark.label, x: mark.x / curve.x.factor })),
    note: curve.note,
  }
}
