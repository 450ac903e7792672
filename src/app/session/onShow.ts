import type { Field } from '../../models/family.ts'
import type { FullFrame } from '../store/frames.ts'
import { placeOf, quantitiesOf } from '../store/quantities.ts'
import type { Session } from './session.ts'

export interface OnShow {
  entry: FullFrame
  index: number
  field: Field
}

/** The frame on show and the field of it, or what follows from them, that is looked at. */
export function onShow({ engine, lab }: Pick<Session, 'engine' | 'lab'>): OnShow | undefined {
  const entry = engine.shownFrame()
  if (!entry) return undefined
  const index = Math.max(0, placeOf(entry.model, lab.getState().field))
  const field = quantitiesOf(entry.model)[index]
  return field && { entry, index, field }
}
