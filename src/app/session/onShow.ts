import type { Field } from '../../models/family.ts'
import type { FullFrame } from '../store/frames.ts'
import type { Session } from './session.ts'

export interface OnShow {
  entry: FullFrame
  index: number
  field: Field
}

/** The frame on show and the field of it that is looked at. */
export function onShow({ engine, lab }: Pick<Session, 'engine' | 'lab'>): OnShow | undefined {
  const entry = engine.shownFrame()
  if (!entry) return undefined
  const { fields } = entry.model
  const name = lab.getState().field
  const index = Math.max(
    0,
    fields.findIndex((f) => f.name === name),
  )
  const field = fields[index]
  return field && { entry, index, field }
}
