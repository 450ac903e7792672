/** Measured tables beside a run: open one, look at its columns again, take it away. */
import { t } from '../../language/language.ts'
import { chooseFile } from '../ground/download.ts'
import { useLab, useSession } from '../session/context.ts'
import { IconButton, TextButton } from './controls.tsx'
import { CloseIcon } from './icons.tsx'

/** As the attribute `accept` has them. */
const TABLE_FILES = '.csv,.tsv,.txt,.mpt,.dat,.bdf,.asc,.dta,text/csv,text/plain,text/tab-separated-values'

export function OpenMeasured() {
  const { tables } = useSession()
  return (
    <TextButton onClick={() => chooseFile(TABLE_FILES, (file) => void tables.open(file))}>{t('Measured…')}</TextButton>
  )
}

/** Entries of a list. */
export function MeasuredEntries() {
  const { lab, tables } = useSession()
  const measured = useLab((s) => s.measured)
  return measured.map(({ id, name, notes }) => (
    <li key={`measured ${id}`}>
      <i className="curve-swatch measured" />
      <span title={notes.join('\n')}>{t('{name}, measured', { name })}</span>
      <TextButton label={t('Columns of {name}', { name })} onClick={() => tables.desk?.reopen(id)}>
        {t('Columns…')}
      </TextButton>
      <IconButton
        label={t('Remove {name}', { name })}
        className="small"
        onClick={() => lab.setState((s) => ({ measured: s.measured.filter((m) => m.id !== id) }))}
      >
        <CloseIcon />
      </IconButton>
    </li>
  ))
}
