/** How far the homogenized fields on show are from the resolved ones, by what is known of the cell. */
import { t } from '../../language/language.ts'
import type { ErrorEstimate } from '../../models/estimate.ts'
import type { Field } from '../../models/family.ts'
import { number, quantity } from '../ground/format.ts'
import { useLab, useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'

/** Beyond this part of the variation of a field a second order is no smaller than the first. */
const LARGE = 0.5

export interface Estimated {
  field: Field
  estimate: ErrorEstimate
  chosen: boolean
}

/** Of the fields of the frame on show, those that have an estimate. */
export function useEstimates(): Estimated[] {
  const session = useSession()
  useLab((s) => s.time)
  useLab((s) => s.frameCount)
  useLab((s) => s.field)
  const now = onShow(session)
  if (!now) return []
  const { estimates } = now.entry.full
  return now.entry.model.fields.flatMap((field, k) => {
    const estimate = estimates?.[k]
    return estimate ? [{ field, estimate, chosen: k === now.index }] : []
  })
}

export function ErrorBar() {
  const found = useEstimates()
  if (found.length === 0) return null
  return (
    <section className="gauge-errors" aria-label={t('Homogenization error')}>
      <strong>{t('Homogenization error about …')}</strong>
      <table>
        <tbody>
          {found.map(({ field, estimate, chosen }) => (
            <tr key={field.name} data-chosen={chosen || undefined}>
              <th scope="row">{t(field.label)}</th>
              <td>{quantity(estimate.plain / field.factor, field.unit, 2)}</td>
              <td>{ofVariation(estimate)}</td>
              <td>
                {t('with correctors {error}', { error: quantity(estimate.corrected / field.factor, field.unit, 2) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.some(({ estimate }) => share(estimate) > LARGE) && (
        <p className="hint">
          {t('An error as large as the field varies by says only that these cells are too large.')}
        </p>
      )}
      <p className="hint">
        {t(
          'Root mean square over the box, from the correctors of the cell and the gradients on show. Not seen: layers at the start, what varies within one period, cells without a corrector along the gradients, mesh and time steps. Against resolved runs it is right within a factor of three; for salt with correctors up to four times too small.',
        )}
      </p>
    </section>
  )
}

const share = ({ plain, variation }: ErrorEstimate) => (variation > 0 ? plain / variation : 0)

function ofVariation(estimate: ErrorEstimate): string {
  if (estimate.variation === 0) return ''
  return t('{percent} % of its variation', { percent: number(100 * share(estimate), 2) })
}
