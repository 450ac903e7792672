/**
 * The frames of the run, outside React. Observables of every frame are kept; fields and checkpoints are heavy and are
 * thinned out (every second one goes) when they pass the memory budget, so rewinding stays possible over any run.
 */
import type { Frame, ModelDescription } from '../../simulation/frame.ts'

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
  readonly entries: StoredFrame[] = []
  private bytes = 0
  private readonly budget: number

  constructor(budget = 256e6) {
    this.budget = budget
  }

  get last(): StoredFrame | undefined {
    return this.entries[this.entries.length - 1]
  }

  /** Adds a frame after the others; frames with its index or a later one are of an abandoned future and go. */
  put(frame: Frame, model: ModelDescription): void {
    while (this.last && this.last.index >= frame.index) {
      const dropped = this.entries.pop()
      if (dropped?.full) this.bytes -= size(dropped.full)
    }
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

  clear(): void {
    this.entries.length = 0
    this.bytes = 0
  }

  private thin(): void {
    let keep = true
    for (let i = 0; i < this.entries.length - 1; i++) {
      const entry = this.entries[i]!
      if (!entry.full) continue
      if (!keep) {
        this.bytes -= size(entry.full)
        entry.full = undefined
      }
      keep = !keep
    }
  }
}

function size(frame: Frame): number {
  let bytes = frame.observables.byteLength + frame.checkpoint.u.byteLength
  for (const field of frame.fields) bytes += field.byteLength
  return bytes
}
