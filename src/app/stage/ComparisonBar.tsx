/** What the picture beside the homogenized one shows: the resolved model, or what homogenization misses. */
import { Segments } from '../kit/controls.tsx'
import { useJudgeView, useSession } from '../session/context.ts'

export function ComparisonBar() {
  const { view } = useSession()
  const comparison = useJudgeView((s) => s.comparison)
  const corrected = useJudgeView((s) => s.corrected)
  return (
    <div className="comparison-bar">
      <Segments
        label="Picture beside"
        value={comparison}
        options={[
          { value: 'resolved', label: 'Resolved' },
          { value: 'difference', label: 'Difference' },
        ]}
        onChange={(value) => view.setState({ comparison: value })}
      />
      {comparison === 'difference' && (
        <label className="switch" title="Difference to u₀ + ε χ·∇u₀, or to u₀ alone">
          <input
            type="checkbox"
            aria-label="With the corrector χ"
            checked={corrected}
            onChange={(event) => view.setState({ corrected: event.currentTarget.checked })}
          />
          χ
        </label>
      )}
    </div>
  )
}
