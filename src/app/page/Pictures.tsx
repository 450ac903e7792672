/** The homogenized picture, and the resolved one beside it where there is one. A line and its strip share an axis. */

import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useRef } from 'react'
import { t } from '../../language/language.ts'
import { later } from '../kit/later.tsx'
import { useJudgeView, useLab, useScenario } from '../session/context.ts'
import { ComparisonBar } from '../stage/ComparisonBar.tsx'
import { StageCanvas } from '../stage/StageCanvas.tsx'

// The maps of colours come with the pictures.
const ColourBar = later(() => import('../stage/ColourBar.tsx'))
const DifferenceBar = later(() => import('../stage/DifferenceBar.tsx'))
const Lens = later(() => import('../judge/Lens.tsx'))

/** Beside each other from this width on, in sizes of the page's type: labels need their room. */
const COLUMNS = 30

export function Pictures({ raised, cuts, lens }: { raised: boolean; cuts: readonly number[]; lens: boolean }) {
  const line = useScenario().macro.dimension === 1
  const resolved = useLab((s) => s.model?.resolved)
  const split = resolved !== undefined
  const difference = useJudgeView((s) => s.comparison === 'difference')
  const body = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize<HTMLDivElement>()
  const columns = split && !line && width >= COLUMNS * typeSize()
  const ownScales = split && difference
  const flat = resolved?.macro.dimension === 2 && !raised
  // The left one of two maps alone has labels at its left: equal rooms make equal scales.
  const labelled = columns && flat ? { flexBasis: '4.5rem' } : undefined
  const strip = line && flat ? { flexBasis: stripHeight(resolved.macro.size, width), flexGrow: 0 } : undefined
  return (
    <div
      ref={useMergedRef(body, sized)}
      className="stage-body"
      data-split={split ? (columns ? 'columns' : 'rows') : undefined}
      data-line={line || undefined}
    >
      <div className="stage-sides">
        <div className="stage-side" style={labelled}>
          {split && !line && <h3 className="stage-side-head">{t('Homogenized')}</h3>}
          <div className="stage-view">
            <StageCanvas side="homogenized" raised={raised} cuts={cuts} bare={false} />
            {ownScales && <ColourBar />}
          </div>
        </div>
        {split && (
          <div className="stage-side" style={strip}>
            <div className="stage-side-head">
              <ComparisonBar />
            </div>
            <div className="stage-view">
              <StageCanvas side="resolved" raised={raised} cuts={cuts} bare={columns && flat} />
              {ownScales && <DifferenceBar />}
            </div>
          </div>
        )}
      </div>
      {!ownScales && <ColourBar />}
      {lens && <Lens body={body} />}
    </div>
  )
}

function typeSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}

/** So that the strip is as wide as the line above it: colour bar and margins beside, margins and choices above, px. */
function stripHeight([length = 1, height = 1]: readonly number[], width: number): number {
  return Math.max(0, width - 165) * (height / length) + 100
}
