/** Below the cell: what the colours of a layer mean, and which direction and phase they belong to. */

import type { CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { colourGradient } from '../ground/maps.ts'
import { Choice, Segments } from '../kit/controls.tsx'
import { useLab, useSession } from '../session/context.ts'
import { type Legend, problemLabel } from './layers.ts'

export default function LayerBar({ legend, cell }: { legend: Legend; cell: CellResult }) {
  const { lab } = useSession()
  const layer = useLab((s) => s.layer)
  const axis = useLab((s) => Math.min(cell.mesh.dimension - 1, s.axis))
  const problem = useLab((s) => s.problem)
  // Where nothing conducts there is nothing to choose.
  const choices = cell.problems
    .map((p, i) => ({ p, i }))
    .filter(({ p }) => p.tensor.some((row) => row.some((x) => x !== 0)))
  return (
    <div className="layer-bar">
      <span className="layer-title">{legend.title}</span>
      <span className="layer-scale">
        {legend.low}
        <i style={{ background: colourGradient(legend.map, 'to right') }} />
        {legend.high}
      </span>
      {layer !== 'sensitivity' && (
        <Segments
          label={t('Direction')}
          value={String(axis)}
          options={['x', 'y', 'z'].slice(0, cell.mesh.dimension).map((label, i) => ({ value: String(i), label }))}
          onChange={(next) => lab.setState({ axis: Number(next) })}
        />
      )}
      {choices.length > 1 && layer !== 'flow' && (
        <Choice
          label={t('Cell problem')}
          value={String(problem)}
          options={choices.map(({ p, i }) => ({ value: String(i), label: problemLabel(p) }))}
          onChange={(next) => lab.setState({ problem: Number(next) })}
        />
      )}
    </div>
  )
}
