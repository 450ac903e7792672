/** The microscale: the reference cell, and what it does to the macroscale. */
import { msg, t } from '../../language/language.ts'
import { Choice } from '../kit/controls.tsx'
import { afterPicture, later } from '../kit/later.tsx'
import { Panel } from '../kit/Panel.tsx'
import { useCellBehind } from '../kit/useBehind.ts'
import { useEditedCell, useEditedName, useLab, useSession } from '../session/context.ts'
import { solvedCell } from '../store/edited.ts'
import type { CellLayer } from '../store/lab.ts'
import { Editor2D } from './Editor2D.tsx'
import { flowOf } from './layers.ts'
import { ModelClass } from './ModelClass.tsx'

const Editor3D = later(
  () => import('./Editor3D.tsx'),
  () => <p className="hint">{t('Loading the view of the cell…')}</p>,
)

const Tensors = later(() => import('./Tensors.tsx'))
const ShapeMenu = afterPicture(() => import('./ShapeMenu.tsx'))
const ShapeForm = afterPicture(() => import('./ShapeForm.tsx'))
const GradedForm = afterPicture(() => import('./GradedForm.tsx'))
const BreathingForm = afterPicture(() => import('./BreathingForm.tsx'))
const FiltrationForm = afterPicture(() => import('./FiltrationForm.tsx'))

const LAYERS: readonly { value: CellLayer; label: string }[] = [
  { value: 'phases', label: msg('Phases') },
  { value: 'mesh', label: msg('Fitted mesh') },
  { value: 'corrector', label: msg('Corrector χ') },
  { value: 'flux', label: msg('Flux') },
  { value: 'sensitivity', label: msg('Sensitivity') },
]
const FLOW = { value: 'flow', label: msg('Flow lines') } as const
/** What the view in space can show. */
const SOLID_LAYERS = LAYERS.filter(({ value }) => value !== 'mesh')

export function CellPanel() {
  const { lab } = useSession()
  const edited = useEditedName()
  const layer = useLab((s) => s.layer)
  const cell = useLab((s) => solvedCell(s).result)
  const behind = useCellBehind()
  const problems = useLab((s) => s.previewProblems)
  const editable = useLab((s) => !s.editable || s.editable.includes('cell'))
  const { dimension } = useEditedCell()
  const first = edited === 'cell'
  const flat = dimension === 2
  const flow = flowOf(cell) !== undefined
  const layers = [...(flat ? LAYERS : SOLID_LAYERS), ...(flow ? [FLOW] : [])]
  const shown = layers.some((l) => l.value === layer) ? layer : 'phases'
  return (
    <Panel
      title={first ? t('Reference cell') : t('Cell of the flow')}
      className="cell-panel"
      actions={
        <>
          {layers.length > 1 && (
            <Choice
              label={t('Layer')}
              value={shown}
              options={layers}
              onChange={(next) => lab.setState({ layer: next })}
            />
          )}
          {editable && <ShapeMenu />}
        </>
      }
    >
      <div className="cell-body">
        <div className="cell-left" inert={!editable}>
          {flat ? <Editor2D cell={cell} /> : <Editor3D cell={cell} />}
        </div>
        <div className="cell-right">
          {problems.map((p) => (
            <p key={p.path + p.message} className="field-problem" role="alert">
              {t(p.message)}
            </p>
          ))}
          {cell ? (
            <Tensors cell={cell} behind={behind} />
          ) : (
            <p className="hint">{t('Computing the effective tensors…')}</p>
          )}
          {editable && <ShapeForm />}
          {editable && first && <GradedForm />}
          {editable && first && <BreathingForm />}
          {editable && <FiltrationForm />}
        </div>
      </div>
      <ModelClass />
    </Panel>
  )
}
