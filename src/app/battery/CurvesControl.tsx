/** Curves laid under the run: keep this one, take them away again, add a measured one. */

import { Popover } from '@mantine/core'
import { t, tName } from '../../language/language.ts'
import { IconButton, TextButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { MeasuredEntries, OpenMeasured } from '../kit/MeasuredControl.tsx'
import { useLab, useSession } from '../session/context.ts'
import { MOST_KEPT } from '../store/keptCurves.ts'
import { keptColour } from './keptColour.ts'

/** @param labels of the kept curves, in their order */
export function CurvesControl({ labels }: { labels: readonly string[] }) {
  const { keptCurves } = useSession()
  const kept = useLab((s) => s.kept)
  const measured = useLab((s) => s.measured.length)
  const theme = useLab((s) => s.theme)
  const begun = useLab((s) => s.frameCount > 2)
  const count = kept.length + measured
  return (
    <Popover position="top-end" withArrow trapFocus width={340}>
      <Popover.Target>
        <button type="button" className="button">
          {t('Curves')}
          {count > 0 && <span className="count">{count}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="form">
          <div className="button-row">
            <TextButton onClick={() => keptCurves.pin()} disabled={!begun}>
              {t('Keep this curve')}
            </TextButton>
            <OpenMeasured />
          </div>
          <ul className="curve-list" aria-label={t('Curves beside the run')}>
            {kept.map((curve, i) => (
              <li key={`kept ${curve.id}`}>
                <i className="curve-swatch" style={{ background: keptColour(curve, theme) }} />
                <span>
                  {tName(labels[i])}
                  {curve.pinned && <span className="badge">{t('kept')}</span>}
                </span>
                <IconButton
                  label={t('Remove {name}', { name: tName(labels[i]) })}
                  className="small"
                  onClick={() => keptCurves.remove(curve.id)}
                >
                  <CloseIcon />
                </IconButton>
              </li>
            ))}
            <MeasuredEntries />
          </ul>
          {kept.length > 1 && <TextButton onClick={() => keptCurves.clear()}>{t('Clear runs from before')}</TextButton>}
          <p className="hint">
            {t(
              'When a parameter is changed and the run begins again, its curve stays, up to {most}. A measured table (csv, txt, mpt, dat, bdf) can also be dropped onto the page.',
              { most: MOST_KEPT },
            )}
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
