/** A second cell, of what is pumped: given and taken away, its period, and which of the two cells the editor holds. */

import { useRef } from 'react'
import { t } from '../../language/language.ts'
import { checkValue, snap } from '../../parameter.ts'
import { settings } from '../../simulation/scenario.ts'
import { lengthUnit } from '../ground/format.ts'
import { familyOf } from '../ground/house.ts'
import { TextButton } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { Thumbnail } from '../kit/Thumbnail.tsx'
import { useEditedName, useScenario, useSession } from '../session/context.ts'
import { edit, setCell, setFiltration } from '../store/edits.ts'
import { useUnfolded } from './useUnfolded.ts'

export default function FiltrationForm() {
  const { lab } = useSession()
  const scenario = useScenario()
  const { filtration, parameters } = scenario
  const { filtration: card } = familyOf(scenario)
  const unfolded = useUnfolded(filtration !== undefined)
  const summary = useRef<HTMLElement>(null)
  if (!card || !(filtration || card.flows(parameters))) return null
  const idle = card.refuse(parameters)
  const put = (own: boolean) => {
    edit(lab, setFiltration(card, own))
    lab.setState({ edited: own ? 'filtration' : 'cell' })
    // The button that was pressed is gone.
    summary.current?.focus({ preventScroll: true })
  }
  return (
    <details className="shape-form" {...unfolded}>
      <summary ref={summary}>{t('Cell of the flow')}</summary>
      <div className="form">
        {idle !== undefined && <p className="hint">{t('One of its own would not act here: {idle}.', { idle })}</p>}
        {!filtration && idle === undefined && (
          <>
            <p className="hint">{t('What is pumped flows through the reference cell.')}</p>
            <TextButton onClick={() => put(true)}>{t('Give the flow a cell of its own')}</TextButton>
          </>
        )}
        {filtration && (
          <>
            <Pair />
            <p className="hint">{t('Its permeability alone is used: the flow stands still on all its particles.')}</p>
            <Period size={filtration.size} />
            <TextButton onClick={() => put(false)}>{t('Remove the cell of the flow')}</TextButton>
          </>
        )}
      </div>
    </details>
  )
}

const NAMES = ['cell', 'filtration'] as const

/** Both cells; a press takes one into the editor. */
function Pair() {
  const { lab } = useSession()
  const { cell, filtration } = useScenario()
  const edited = useEditedName()
  const labels = { cell: t('Reference cell'), filtration: t('Cell of the flow') }
  return (
    <fieldset className="cell-pair">
      <legend className="visually-hidden">{t('Cell in the editor')}</legend>
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          className="button"
          aria-pressed={edited === name}
          onClick={() => lab.setState({ edited: name, selectedShape: 0 })}
        >
          <Thumbnail cell={(name === 'filtration' && filtration) || cell} />
          {labels[name]}
        </button>
      ))}
    </fieldset>
  )
}

function Period({ size }: { size: number }) {
  const { lab } = useSession()
  const scenario = useScenario()
  const schema = settings(scenario).find(({ path }) => path.join('.') === 'filtration.size')?.parameter
  const { unit, factor } = lengthUnit(size)
  if (schema?.kind !== 'number') return null
  return (
    <NumberField
      label={t('Period')}
      unit={unit}
      value={size / factor}
      check={(value) => checkValue(schema, value * factor)}
      onChange={(value) => edit(lab, setCell({ size: snap(schema, value * factor) }, 'filtration'))}
    />
  )
}
