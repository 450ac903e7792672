/** The colour scale of a difference; its range is symmetric and follows the data. */

import { t } from '../../language/language.ts'
import { ColourScale } from '../kit/ColourScale.tsx'
import { useJudgeView, useLab, useSession } from '../session/context.ts'
import { shownRange } from './show.ts'

export default function DifferenceBar() {
  const name = useLab((s) => s.field)
  const model = useLab((s) => s.model)
  // The range follows the frame on show.
  useLab((s) => s.time)
  useLab((s) => s.colour)
  useJudgeView((s) => s.corrected)
  const field = model?.fields.find((f) => f.name === name)
  const range = shownRange(useSession(), 'resolved')
  if (!field || !range) return null
  return (
    <div
      className="colour-bar plain"
      role="img"
      aria-label={t('Colour scale of the difference of {field}', { field: t(field.label) })}
    >
      <ColourScale field={field} range={range} map="difference" />
    </div>
  )
}
