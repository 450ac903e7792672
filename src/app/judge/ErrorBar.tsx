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
  const shown = found.find(({ chosen }) => chosen)
  if (found.length === 0) return null
  return (
    <section className="gauge-errors" aria-label={t('Homogenization error')}>
      {shown && (
        <p>
          <strong>{t('Homogenization error about {error}', { error: inUnit(shown, shown.estimate.plain) })}</strong>{' '}
          {t('({field}: {part} of its variation; {corrected} with correctors)', {
            field: t(shown.field.label),
            part: ofVariation(shown.estimate),
            corrected: inUnit(shown, shown.estimate.corrected),
          })}
        </p>
      )}
      <details open={!shown}>
        <summary>{t('Of all fields')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('Field')}</th>
              <th scope="col">{t('Error')}</th>
              <th scope="col">{t('of variation')}</th>
              <th scope="col">{t('corrected')}</th>
            </tr>
          </thead>
          <tbody>
            {found.map((one) => (
              <tr key={one.field.name} data-chosen={one.chosen || undefined}>
                <th scope="row">{t(one.field.label)}</th>
                <td>{inUnit(one, one.estimate.plain)}</td>
                <td>{ofVariation(one.estimate)}</td>
                <td>{inUnit(one, one.estimate.corrected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
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
  return estimate.variation === 0 ? '–' : `${number(100 * share(estimate), 2)}\u00a0%`
}

/** Of a uniform field errors are round-off. */
const NOTHING = 1e-9

function inUnit({ field: { factor, unit } }: Estimated, error: number): string {
  return quantity(error / factor < NOTHING ? 0 : error / factor, unit, 2)
}
