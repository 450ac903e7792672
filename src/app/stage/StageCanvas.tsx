/** One picture of the stage, with the value under the pointer or the cursor of the keys. */

import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { msg, t } from '../../language/language.ts'
import { TextButton } from '../kit/controls.tsx'
import { useLab, useSession } from '../session/context.ts'
import type { Side } from '../store/view.ts'
import { Grips } from './Grips.tsx'
import { StagePointer } from './pointer.ts'
import { pressInPicture } from './stageKeys.ts'
import { usePicture, type ViewSettings } from './usePicture.ts'

export function StageCanvas({ side, ...view }: { side: Side } & ViewSettings) {
  const session = useSession()
  const { host, picture, absent, lost, hover } = usePicture(side, view)
  const pointer = useMemo(() => new StagePointer(session, side, () => picture.current), [session, side, picture])
  useEffect(() => {
    pointer.cuts = view.cuts
  }, [pointer, view.cuts])
  // What only the homogenized model has.
  const beyond = useLab(({ model, field }) => model?.derived?.find(({ name }) => name === field))
  const [focused, setFocused] = useState(false)
  const [said, setSaid] = useState('')
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.target !== event.currentTarget) return
    const words = pressInPicture(session, side, event)
    if (words === undefined) return
    event.preventDefault()
    event.stopPropagation()
    setSaid(words)
  }
  return (
    <div
      ref={host}
      className="stage-host"
      data-absent={absent || undefined}
      role="application"
      aria-label={t(NAMES[side])}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application has its own keyboard handling
      tabIndex={0}
      onKeyDown={press}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false)
        pointer.leave()
      }}
      onPointerDown={pointer.down}
      onPointerMove={pointer.move}
      onPointerUp={pointer.up}
      onPointerCancel={pointer.cancel}
      onPointerLeave={pointer.leave}
    >
      {absent && (
        <div className="hint stage-absent">
          {beyond ? (
            <p>
              {t('{field} follows from the homogenized fields; the resolved model has none. Other fields have both.', {
                field: t(beyond.label),
              })}
            </p>
          ) : (
            <>
              <p>{t('No resolved state at this time: it was not computed here.')}</p>
              <TextButton onClick={() => session.engine.again()}>{t('Run again with it')}</TextButton>
            </>
          )}
        </div>
      )}
      {lost && (
        <p className="stage-lost" role="status">
          {t(
            'The graphics of this browser were interrupted (lost WebGL context): a plain map until they come back. The run goes on.',
          )}
        </p>
      )}
      <Grips side={side} keys={focused} />
      {/* Said once per press: the run goes on underneath. */}
      <p className="visually-hidden stage-said" aria-live="polite">
        {said}
      </p>
      {hover && (
        <div className="hover-value" style={{ left: hover.x, top: hover.y }}>
          {hover.text}
        </div>
      )}
    </div>
  )
}

const NAMES: Record<Side, string> = {
  homogenized: msg('Field on the box. Arrows move a cursor, Enter adds a probe; values appear in the charts.'),
  resolved: msg('Resolved field on the box. Arrows move a cursor, Enter adds a probe; values appear in the charts.'),
}
