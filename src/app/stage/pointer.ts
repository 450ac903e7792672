/** Turns pointer events on a picture of the stage into probes (set, or dragged), looks and strokes of the brush. */
import type { PointerEvent } from 'react'
import type { Stimulus } from '../../models/family.ts'
import { Intent } from '../kit/intent.ts'
import type { Session } from '../session/session.ts'
import { addStimuli, edit } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { addProbe, moveProbe } from '../store/probes.ts'
import type { Side } from '../store/view.ts'
import type { Picture } from './picture.ts'
import { stroke } from './show.ts'

/** A press that moved less is a click, in pixels; fingers tremble. */
const STILL = { mouse: 4, other: 10 }

export class StagePointer {
  private readonly session: Session
  private readonly side: Side
  private readonly picture: () => Picture | undefined
  private press?: { x: number; y: number; strokes: Stimulus[]; probe?: number; intent?: Intent }
  /** 3D: position of the slices, fractions of the sides. */
  cuts: readonly number[] = []

  constructor(session: Session, side: Side, picture: () => Picture | undefined) {
    this.session = session
    this.side = side
    this.picture = picture
  }

  readonly down = (event: PointerEvent) => {
    const { lab } = this.session
    if (!event.isPrimary) return
    const point = this.point(event)
    this.press = { x: event.clientX, y: event.clientY, strokes: [], probe: probeUnder(event.target) }
    if (isGrip(event.target)) this.press.intent = new Intent(event.nativeEvent, 'handle')
    if (this.press.probe !== undefined) {
      event.currentTarget.setPointerCapture(event.pointerId)
      return
    }
    if (!lab.getState().brush.active || !point) return
    event.currentTarget.setPointerCapture(event.pointerId)
    this.press.strokes.push(stroke(lab.getState(), point))
  }

  /** The browser scrolls instead. */
  readonly cancel = () => {
    this.press = undefined
  }

  readonly move = (event: PointerEvent) => {
    if (!event.isPrimary) return
    if (this.press?.intent && this.press.intent.heed(event) !== 'take') return
    const point = this.point(event)
    this.look(event, point)
    if (this.press?.probe !== undefined && point) moveProbe(this.session.lab, this.press.probe, point)
    const last = this.press?.strokes.at(-1)
    if (!last || !point || last.region.shape !== 'gaussian') return
    const { center, radius } = last.region
    for (const touch of spaced(center, point, radius))
      this.press?.strokes.push(stroke(this.session.lab.getState(), touch))
  }

  readonly up = (event: PointerEvent) => {
    const { press } = this
    const { lab, view } = this.session
    this.press = undefined
    if (!press || press.probe !== undefined) return
    if (press.strokes.length > 0) {
      // All of a stroke begins when it is done: the run went on meanwhile.
      const { start, end } = stroke(lab.getState(), [])
      edit(lab, addStimuli(press.strokes.map((touch) => ({ ...touch, start, end }))))
      return
    }
    const slack = event.pointerType === 'mouse' ? STILL.mouse : STILL.other
    const still = Math.hypot(event.clientX - press.x, event.clientY - press.y) < slack
    const point = this.point(event)
    if (!still || !point) return
    // A finger cannot point without touching: with the microscope on, a tap looks.
    if (event.pointerType === 'touch' && view.getState().lens) this.look(event, point)
    else addProbe(lab, point)
  }

  /** The microscope stays where it last looked; a value goes with the pointer. */
  readonly leave = () => {
    this.session.view.setState(({ lens, gaze }) => ({
      gaze: lens && gaze ? { ...gaze, pointer: undefined } : undefined,
    }))
  }

  /** Point of the homogenized box, which may have fewer axes than the resolved one. */
  private point(event: PointerEvent): number[] | undefined {
    const { dimension } = current(this.session.lab.getState()).macro
    return this.picture()?.pick(event.clientX, event.clientY)?.slice(0, dimension)
  }

  private look(event: PointerEvent, point: number[] | undefined): void {
    if (!point) {
      this.leave()
      return
    }
    const pointer = { x: event.clientX, y: event.clientY }
    this.session.view.setState({ gaze: { side: this.side, point, pointer, plane: this.planeOf(point) } })
  }

  /** Axis across the slice on which a point of a box lies. */
  private planeOf(point: readonly number[]): number | undefined {
    if (point.length < 3) return undefined
    const { size } = current(this.session.lab.getState()).macro
    const away = point.map((x, axis) => Math.abs(x / size[axis] - this.cuts[axis]))
    return away.indexOf(Math.min(...away))
  }
}

/** Whether a pointer landed on what can be taken, and not on the picture itself. */
function isGrip(target: EventTarget): boolean {
  return target instanceof HTMLSpanElement
}

/** The probe that a grip belongs to. */
function probeUnder(target: EventTarget): number | undefined {
  const probe = target instanceof HTMLElement ? target.dataset.probe : undefined
  return probe === undefined ? undefined : Number(probe)
}

/**
 * Points a radius apart on the way from the last touch to where the pointer is: a stroke is the same however fast it is
 * made, and however seldom the page is told of it. At most 32 of them, further apart where the brush is very thin.
 */
export function spaced(last: readonly number[], point: readonly number[], radius: number): number[][] {
  const way = point.map((x, i) => x - (last[i] ?? 0))
  const distance = Math.hypot(...way)
  const apart = Math.max(radius, distance / 32)
  const touches = distance > 0 ? Math.floor(distance / apart) : 0
  return Array.from({ length: touches }, (_, k) => way.map((d, i) => (last[i] ?? 0) + ((k + 1) * apart * d) / distance))
}
