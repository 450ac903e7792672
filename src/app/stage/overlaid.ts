/** What lies over a picture, at the places that its view gives. */
import { Vector3 } from 'three'
import { type Streamline, streamlines } from '../picture/streamlines.ts'
import type { Mark, Overlaid, Ring, Stack, Stream } from './overlay.ts'
import type { Shown } from './picture.ts'
import type { Axis, View } from './view.ts'

export function overlaidOf(view: View, shown: Shown, axes: Axis[]): Overlaid {
  const place = (point: readonly number[]) => view.place(point, new Vector3())
  const marks: Mark[] = shown.probes.map(({ point, label, colour }) => ({
    at: place(point),
    label: String(label),
    colour,
  }))
  const rings: Ring[] = shown.stimuli.map(({ center, radius, active }) => {
    const [x = 0, ...rest] = center
    return { at: place(center), rim: place([x + radius, ...rest]), strong: active }
  })
  return { axes, marks, rings, stack: stackOf(view, shown), streams: streamsOf(shown, place) }
}

/** What the box consists of, over a flat picture of it. */
function stackOf(view: View, { layers, macro }: Shown): Stack | undefined {
  const across = view.across?.bind(view)
  if (!layers || view.camera !== 'flat' || !across) return undefined
  const edges = [0, ...layers.parts.slice(0, -1).map(({ to }) => to), macro.size[0] ?? 1]
  return { ends: layers.ends, labels: layers.parts.map(({ label }) => label), edges: edges.map((x) => across(x)) }
}

/** Lines along flows that were drawn already: a picture that is turned keeps them. */
const drawn = new WeakMap<readonly Float32Array[], { largest: number; lines: readonly Streamline[] }>()

/** Lines along the flow on show, as strong as its colours. */
function streamsOf({ flow, macro, range }: Shown, place: (point: readonly number[]) => Vector3): Stream[] {
  // A range that was opened around nothing has no lower end at zero, and its flow is round-off.
  if (!flow || range.min < 0) return []
  let known = drawn.get(flow)
  if (known?.largest !== range.max) {
    known = { largest: range.max, lines: streamlines(flow, macro, range.max) }
    drawn.set(flow, known)
  }
  return known.lines.map(({ points, strength }) => ({
    at: Array.from({ length: points.length / 2 }, (_, k) => place([points[2 * k], points[2 * k + 1]])),
    strength,
  }))
}
