/** What the reference cell makes of the model, what should be known about it, and where its parameters are compared. */
import { Popover } from '@mantine/core'
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
      {behind && <span className="behind-note">{OF_BEFORE}</span>}
      <p title={model.classReason}>
        <strong>{model.classLabel}.</strong> {model.classReason}
      </p>
      {notes.length > 0 && (
        <Popover position="top-end" withArrow trapFocus width={360}>
          <Popover.Target>
            <button type="button" className="button">
              {notes.length === 1 ? '1 note' : `${notes.length} notes`}
            </button>
          </Popover.Target>
          <Popover.Dropdown>
            <ul className="model-notes" aria-label="Notes on the model">
              {notes.map(({ message, advice = [] }) => (
                <li key={message}>
                  {message}
                  {advice.length > 0 && <span className="hint"> To change it: {advice.join('; ')}.</span>}
                </li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
      {table && <TextButton onClick={() => showCurve(lab, TABLE)}>{table.label}</TextButton>}
    </div>
  )
}
