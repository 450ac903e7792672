/** The picture beside the homogenized one, for the frame on show: computed once, however many ask for it. */
import type { Field, MacroSpec } from '../../models/family.ts'
import type { Frame, ModelDescription } from '../../simulation/frame.ts'
import type { FullFrame } from '../store/frames.ts'
import { isDerived } from '../store/quantities.ts'
import type { JudgeView } from '../store/view.ts'
import { isOther } from './cellPicture.ts'
import { picturesOf } from './resolvedFrame.ts'

type Wanted = Pick<JudgeView, 'comparison' | 'corrected'>

let last: { frame: Frame; key: string; values: Float32Array } | undefined
const amplitudes = new WeakMap<ModelDescription, Map<string, number>>()

/** Undefined where no resolved model runs beside, and for what follows from its fields. */
export function comparisonPicture(
  { full, model }: FullFrame,
  index: number,
  wanted: Wanted,
): { macro: MacroSpec; values: Float32Array } | undefined {
  if (!model.resolved || !full.resolved || isDerived(model, index)) return undefined
  const pictures = picturesOf(model.resolved)
  const key = keyOf(model.fields[index], wanted)
  if (last?.frame !== full || last.key !== key) {
    const values =
      wanted.comparison === 'resolved'
        ? pictures.resolved(full, index, model.fields[index])
        : pictures.difference(full, index, model.fields, wanted.corrected)
    last = { frame: full, key, values }
  }
  return { macro: pictures.macro, values: last.values }
}

/** Largest difference in a picture; with `lasting`, in any picture of the same kind of this model so far. */
export function amplitude(
  values: Float32Array,
  model: ModelDescription,
  field: Field,
  wanted: Wanted,
  lasting: boolean,
): number {
  let size = 0
  for (let i = 0; i < values.length; i++) {
    const value = Math.abs(values[i])
    if (value > size && !isOther(value)) size = value
  }
  if (!lasting) return size
  let known = amplitudes.get(model)
  if (!known) {
    known = new Map()
    amplitudes.set(model, known)
  }
  const key = keyOf(field, wanted)
  size = Math.max(size, known.get(key) ?? 0)
  known.set(key, size)
  return size
}

function keyOf(field: Field, { comparison, corrected }: Wanted): string {
  return `${field.name} ${comparison} ${corrected}`
}
