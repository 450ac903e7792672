/** The series of the error plot, to tell them apart and to clear them. */
import { IconButton } from '../panels/controls.tsx'
import { CloseIcon } from '../panels/icons.tsx'
import { comparisons as desk } from '../session.ts'
import type { ComparisonSeries } from '../store/lab.ts'
import { LOOKS } from './proofChart.ts'

export function ProofSeries({ comparisons }: { comparisons: readonly ComparisonSeries[] }) {
  return (
    <ul className="proof-series" aria-label="Series">
      {comparisons.map((series, i) =>
        series.rows.length === 0 ? null : (
          <li key={series.id}>
            <span aria-hidden="true">{LOOKS[i % LOOKS.length].glyph}</span>
            <span>
              {series.label}, N = {series.rows.map((row) => row.N).join(', ')}
            </span>
            <IconButton className="small" label={`Clear ${series.label}`} onClick={() => desk.clear(series.id)}>
              <CloseIcon />
            </IconButton>
          </li>
        ),
      )}
    </ul>
  )
}
