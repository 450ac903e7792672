/** The effective tensors on show, as files. */
import { t } from '../../language/language.ts'
import { download, fileName } from '../ground/download.ts'
import type { Session } from '../session/session.ts'
import { identityOf } from '../session/written.ts'
import { current } from '../store/lab.ts'

export type TensorFormat = 'json' | 'csv' | 'tex'

export const TENSOR_FORMATS: readonly { value: TensorFormat; label: string }[] = [
  { value: 'json', label: 'JSON' },
  { value: 'csv', label: 'CSV' },
  { value: 'tex', label: 'LaTeX' },
]

const TYPES: Record<TensorFormat, string> = { json: 'application/json', csv: 'text/csv', tex: 'application/x-tex' }

/** @throws RangeError where there are none */
export async function tensorsAs(session: Session, format: TensorFormat): Promise<string> {
  const { tensorsJson, tensorsLatex, tensorsTable } = await import('../../record/tensors.ts')
  const { cell, preview } = session.lab.getState()
  const shown = preview ? { ...preview, filtration: cell?.filtration } : cell
  if (!shown) throw new RangeError(t('the tensors are not computed yet; wait a moment'))
  if (shown.problems.length === 0)
    throw new RangeError(
      t('the parameters set the tensors of this scenario directly; there is no cell problem to save'),
    )
  const write = { json: tensorsJson, csv: tensorsTable, tex: tensorsLatex }[format]
  return write(shown, await identityOf(session))
}

export async function saveTensors(session: Session, format: TensorFormat): Promise<void> {
  const text = await tensorsAs(session, format)
  download(`${fileName(current(session.lab.getState()).title)}-tensors.${format}`, text, TYPES[format])
}
