/**
 * The frames of the run, outside React, and those of frozen branches, which share what they have in common. Observables
 * of every frame are kept; fields and checkpoints are heavy and are thinned out (every second one goes) when they pass
 * the memory budget, so rewinding stays possible over any run.
 */
import { type Frame, keptBefore, type ModelDescription } from '../../simulation/frame.ts'

export interface StoredFrame {
  index: number
  t: number
  observables: Float64Array
  stats: Frame['stats']
  /** The model it was computed with; the cell may have changed since. */
  model: ModelDescription
  /** Undefined once thinned out. */
  full?: Frame
}

export type FullFrame = StoredFrame & { full: Frame }

export class FrameBuffer {
  /** The main line. */
  entries: StoredFrame[] = []
  private readonly branches = new Map<number, StoredFrame[]>()
  private bytes = 0
  private readonly budget: number

  constructor(budget = 256e6) {
    this.budget = budget
  }

  get last(): StoredFrame | undefined {
    return this.entries[this.entries.length - 1]
  }

  /** Adds a frame after those that stay. */
  put(frame: Frame, model: ModelDescription): void {
    this.truncate(keptBefore(this.entries, frame, model))
    const { index, t, observables, stats } = frame
    this.entries.push({ index, t, observables, stats, model, full: frame })
    this.bytes += size(frame)
    if (this.bytes > this.budget) this.thin()
  }

  /** The frame at a position, or the nearest earlier one that still has its fields. */
  at(position: number): FullFrame | undefined {
    for (let i = Math.min(position, this.entries.length - 1); i >= 0; i--) {
      const entry = this.entries[i]
      if (entry?.full) return entry as FullFrame
    }
    return undefined
  }

  /** Drops the frames of the main line from a position on. */
  truncate(position: number): void {
    if (position >= this.entries.length) return
    this.entries.length = position
    this.count()
  }

  clear(): void {
    this.entries = []
    this.count()
  }

  /** Freezes the main line as a branch. */
  keep(id: number): void {
    this.branches.set(id, [...this.entries])
  }

  branch(id: number): readonly StoredFrame[] {
    return this.branches.get(id) ?? []
  }

  release(id: number): void {
    this.branches.delete(id)
    this.count()
  }

  /** A branch becomes the main line, and the main line a branch of another name. */
  swap(id: number, main: number): void {
    const entries = this.branches.get(id)
    if (!entries) return
    this.branches.delete(id)
    this.branches.set(main, this.entries)
    this.entries = entries
  }

  private lines(): StoredFrame[][] {
    return [this.entries, ...this.branches.values()]
  }

  private count(): void {
    const held = new Set(this.lines().flat())
    this.bytes = 0
    for (const { full } of held) if (full) this.bytes += size(full)
  }

  private thin(): void {
    // Lines share frames: each is decided about once, and the last of a line stays, because the run goes on from it.
    const decided = new Set(this.lines().map((line) => line[line.length - 1]))
    for (const line of this.lines()) {
      let keep = true
      for (const entry of line) {
        if (!entry.full || decided.has(entry)) continue
        decided.add(entry)
        if (!keep) entry.full = undefined
        keep = !keep
      }
    }
    this.count()
  }
}

/** Position of the frame nearest to a time. */
export function positionAt(line: readonly StoredFrame[], t: number): number {
  let best = 0
  line.forEach((entry, i) => {
    if (Math.abs(entry.t - t) < Math.abs(line[best].t - t)) best = i
  })
  return best
}

/** No field of either model holds anything that is not a number, where it is defined. */
export function finite({ fields, resolved }: Frame, model: ModelDescription): boolean {
  const sound = (values: Float32Array, i: number) => {
    const partial = model.fields[i]?.partial === true
    return values.every((v) => Number.isFinite(v) || (partial && Number.isNaN(v)))
  }
  return fields.every(sound) && (resolved?.fields.every(sound) ?? true)
}

function size({ fields, observables, checkpoint, resolved }: Frame): number {
  const arrays = [...fields, observables, checkpoint.u]
  if (resolved) arrays.push(...resolved.fields, resolved.observables)
  if (checkpoint.resolved) arrays.push(checkpoint.resolved.u)
  return arrays.reduce((bytes, array) => bytes + array.byteLength, 0)
}
