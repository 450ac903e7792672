/** What the reference cell makes of the model, what should be known about it, and where its parameters are compared. */

import { Popover } from '@mantine/core'
import { t } from '../../language/language.ts'
import { curvesOf } from '../ground/house.ts'
import { TextButton } from '../kit/controls.tsx'
import { OF_BEFORE, useModelBehind } from '../kit/useBehind.ts'
import { useLab, useScenario, useSession } from '../session/context.ts'
import { showCurve } from '../store/slots.ts'

/** The curve that is a table of effective parameters, in the families that have one. */
const TABLE = 'table'

export function ModelClass() {
  const { lab } = useSession()
  const model = useLab((s) => s.model)
  const table = curvesOf(useScenario()).find((curve) => curve.name === TABLE)
  const behind = useModelBehind()
  if (!model) return null
  const notes = model.notices.filter((notice) => notice.level === 'info')
  return (
    <div className="model-class" data-behind={behind || undefined}>
      {behind && <span className="behind-note">{t(OF_BEFORE)}</span>}
      <p title={t(model.classReason)}>
        <strong>{t(model.classLabel)}.</strong> {t(model.classReason)}
      </p>
      {notes.length > 0 && (
        <Popover position="top-end" withArrow trapFocus width={360}>
          <Popover.Target>
            <button type="button" className="button">
              {t('{n, plural, one {# note} other {# notes}}', { n: notes.length })}
            </button>
          </Popover.Target>
          <Popover.Dropdown>
            <ul className="model-notes" aria-label={t('Notes on the model')}>
              {notes.map(({ message, advice = [] }) => (
                <li key={message}>
                  {t(message)}
                  {advice.length > 0 && (
                    <span className="hint">
                      {' '}
                      {t('To change it: {advice}.', { advice: advice.map((a) => t(a)).join('; ') })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
      {table && <TextButton onClick={() => showCurve(lab, TABLE)}>{t(table.label)}</TextButton>}
    </div>
  )
}
