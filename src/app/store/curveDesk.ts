/** Current-voltage curves and impedances: recomputed for the frame on show while a chart watches them, one request at a time. */
import type { Curve } from '../../models/family.ts'
import type { Problem } from '../../parameter.ts'
import type { Request } from '../../worker/protocol.ts'
import type { FrameBuffer } from './frames.ts'
import { current, type Lab } from './lab.ts'
import { nearestNode } from './nodes.ts'

/** Least time between two computations of a curve while the run goes on, s. */
const INTERVAL = 0.7

interface Watch {
  count: number
  /** Slow curves wait until they are asked for. */
  slow: boolean
  /** Depends on the scenario alone. */
  steady: boolean
  dirty: boolean
  sentAt: number
  outstanding?: number
}

export class CurveDesk {
  private readonly watches = new Map<string, Watch>()
  private nextId = 1
  private readonly lab: Lab
  private readonly frames: FrameBuffer
  private readonly post: (request: Request) => void

  constructor(lab: Lab, frames: FrameBuffer, post: (request: Request) => void) {
    this.lab = lab
    this.frames = frames
    this.post = post
    lab.subscribe((s, before) => {
      if (current(s) !== current(before)) this.soil('scenario')
      else if (s.shown !== before.shown || s.probes !== before.probes) this.soil('state')
    })
  }

  /** A chart shows this curve; call the result when it no longer does. */
  watch(name: string, slow: boolean, steady = false): () => void {
    const watch = this.watches.get(name) ?? { count: 0, slow, steady, dirty: true, sentAt: Number.NEGATIVE_INFINITY }
    watch.count += 1
    watch.slow = slow
    watch.dirty = !slow || !this.lab.getState().curves[name]
    this.watches.set(name, watch)
    return () => {
      watch.count -= 1
    }
  }

  /** Computes a slow curve now. */
  refresh(name: string): void {
    const watch = this.watches.get(name)
    if (watch) this.send(name, watch, 0)
  }

  /** What the curves belong to has changed: the state on show, or the scenario as a whole. */
  soil(by: 'state' | 'scenario'): void {
    for (const watch of this.watches.values()) if (!watch.slow && !(watch.steady && by === 'state')) watch.dirty = true
  }

  /** The worker is gone: nothing it was asked for will come. */
  forget(): void {
    for (const watch of this.watches.values()) watch.outstanding = undefined
    this.soil('scenario')
    this.lab.setState((s) => ({
      curves: Object.fromEntries(Object.entries(s.curves).map(([name, curve]) => [name, { ...curve, pending: false }])),
    }))
  }

  tick(now: number): void {
    for (const [name, watch] of this.watches) {
      if (watch.count > 0 && watch.dirty && watch.outstanding === undefined && now - watch.sentAt > INTERVAL)
        this.send(name, watch, now)
    }
  }

  answered(id: number, name: string, result: { curve?: Curve; problems?: Problem[] }): void {
    const watch = this.watches.get(name)
    if (watch?.outstanding !== id) return
    watch.outstanding = undefined
    this.lab.setState((s) => ({
      curves: {
        ...s.curves,
        [name]: { pending: false, t: s.curves[name]?.t ?? 0, curve: s.curves[name]?.curve, ...result },
      },
    }))
  }

  private send(name: string, watch: Watch, now: number): void {
    const state = this.lab.getState()
    const frame = this.frames.at(state.shown)
    if (!frame) return
    const scenario = current(state)
    const node = nearestNode(frame.full.checkpoint.macro, state.probes[0]?.point)
    watch.dirty = false
    watch.sentAt = now
    watch.outstanding = this.nextId++
    this.post({
      kind: 'curve',
      id: watch.outstanding,
      scenario,
      request: { name, node },
      checkpoint: frame.full.checkpoint,
    })
    this.lab.setState((s) => ({
      curves: { ...s.curves, [name]: { ...s.curves[name], problems: undefined, pending: true, t: frame.t } },
    }))
  }
}
