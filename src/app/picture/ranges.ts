/** Colour ranges: of one frame, or of everything the run has shown so far. */
import type { Field } from '../../models/family.ts'
import type { Range } from '../ground/range.ts'
import type { FrameBuffer, FullFrame } from '../store/frames.ts'
import type { ColourSettings } from '../store/lab.ts'
import { isDerived, knownValuesOf, placeOf, valuesOf } from '../store/quantities.ts'
import { picturesOf } from './resolvedFrame.ts'

export function extent(values: ArrayLike<number>): Range {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : { min: 0, max: 1 }
}

/** Opens a range that is narrower than anything worth showing, so that round-off is not painted as structure. */
export function open({ min, max }: Range, factor: number): Range {
  const least = Math.max(1e-5 * Math.max(Math.abs(min), Math.abs(max)), 1e-3 * factor)
  if (max - min >= least) return { min, max }
  const middle = (min + max) / 2
  return { min: middle - least / 2, max: middle + least / 2 }
}

/** Remembers the extent of each frame and field, so that the run's range costs one pass over each frame. */
export class Ranges {
  private readonly known = new WeakMap<FullFrame['full'], Map<number, Range>>()

  of(settings: ColourSettings, frames: FrameBuffer, entry: FullFrame, fieldIndex: number, field: Field): Range {
    if (settings.range === 'fixed') return open({ min: settings.min, max: settings.max }, field.factor)
    let range = this.frame(entry, fieldIndex)
    if (settings.range === 'run') {
      for (const other of frames.entries) {
        if (!other.full) continue
        // What a start sets off is over in a moment, and would be all that the colours of its flows show.
        if (isDerived(entry.model, fieldIndex) && other.index === 0 && other !== entry) continue
        const place = other.model === entry.model ? fieldIndex : placeOf(other.model, field.name)
        // What follows from fields counts where it has been looked at.
        if (!knownValuesOf(other as FullFrame, place)) continue
        const { min, max } = this.frame(other as FullFrame, place)
        range = { min: Math.min(range.min, min), max: Math.max(range.max, max) }
      }
    }
    return open(range, field.factor)
  }

  private frame(entry: FullFrame, fieldIndex: number): Range {
    let fields = this.known.get(entry.full)
    if (!fields) {
      fields = new Map()
      this.known.set(entry.full, fields)
    }
    let range = fields.get(fieldIndex)
    if (!range) {
      range = extent(valuesOf(entry, fieldIndex) ?? [])
      const beside = resolvedExtent(entry, fieldIndex)
      if (beside) range = { min: Math.min(range.min, beside.min), max: Math.max(range.max, beside.max) }
      fields.set(fieldIndex, range)
    }
    return range
  }
}

/** The resolved field beside, where it is defined: both pictures share their colours. */
function resolvedExtent({ full, model }: FullFrame, fieldIndex: number): Range | undefined {
  const values = full.resolved?.fields[fieldIndex]
  if (!values || !model.resolved) return undefined
  const nodes = picturesOf(model.resolved).nodesOf(model.fields[fieldIndex])
  return nodes.length > 0 ? extent(Float32Array.from(nodes, (p) => values[p])) : undefined
}
