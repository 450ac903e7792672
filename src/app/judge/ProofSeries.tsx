/** The series of the error plot, to tell them apart and to clear them. */
import { t, tName } from '../../language/language.ts'
import { IconButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useSession } from '../session/context.ts'
import type { ComparisonSeries } from '../store/lab.ts'
import { LOOKS } from './proofChart.ts'

export function ProofSeries({ comparisons }: { comparisons: readonly ComparisonSeries[] }) {
  const { comparisons: desk } = useSession()
  return (
    <ul className="proof-series" aria-label={t('Series')}>
      {comparisons.map((series, i) =>
        series.rows.length === 0 ? null : (
          <li key={series.id}>
            <span aria-hidden="true">{LOOKS[i % LOOKS.length].glyph}</span>
            <span>
              {tName(series.label)}, N = {series.rows.map((row) => row.N).join(', ')}
            </span>
            <IconButton
              className="small"
              label={t('Clear {label}', { label: tName(series.label) })}
              onClick={() => desk.clear(series.id)}
            >
              <CloseIcon />
            </IconButton>
          </li>
        ),
      )}
    </ul>
  )
}
