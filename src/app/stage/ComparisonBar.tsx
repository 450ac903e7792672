/** What the picture beside the homogenized one shows: the resolved model, or what homogenization misses. */
import { t } from '../../language/language.ts'
import { Segments } from '../kit/controls.tsx'
import { useJudgeView, useSession } from '../session/context.ts'

export function ComparisonBar() {
  const { view } = useSession()
  const comparison = useJudgeView((s) => s.comparison)
  const corrected = useJudgeView((s) => s.corrected)
  return (
    <div className="comparison-bar">
      <Segments
        label={t('Picture beside')}
        value={comparison}
        options={[
          { value: 'resolved', label: t('Resolved') },
          { value: 'difference', label: t('Difference') },
        ]}
        onChange={(value) => view.setState({ comparison: value })}
      />
      {comparison === 'difference' && (
        <label className="switch" title={t('Difference to u₀ + ε χ·∇u₀, or to u₀ alone')}>
          <input
            type="checkbox"
            aria-label={t('With the corrector χ')}
            checked={corrected}
            onChange={(event) => view.setState({ corrected: event.currentTarget.checked })}
          />
          χ
        </label>
      )}
    </div>
  )
}
