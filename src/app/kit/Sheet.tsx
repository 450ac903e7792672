/** A table of numbers as a file, or on the clipboard for a spreadsheet; its headings are English, as those of all files. */

import { Menu } from '@mantine/core'
import { t } from '../../language/language.ts'
import { fileName } from '../ground/download.ts'
import { useSession } from '../session/context.ts'
import { writeTable } from '../session/written.ts'
import { current } from '../store/lab.ts'
import { TextButton } from './controls.tsx'
import { copyText } from './copyText.ts'
import { DownloadIcon } from './icons.tsx'

export interface Sheet {
  /** For the name of the file. */
  name: string
  header: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

interface SheetProps {
  sheet: () => Sheet
}

/** For the head of a panel. */
export function SheetMenu({ sheet }: SheetProps) {
  const { save, copy } = useSheet(sheet)
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className="button icon-button" aria-label={t('Export this table')}>
          <DownloadIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={save}>{t('Data (CSV)')}</Menu.Item>
        <Menu.Item onClick={copy}>{t('Copy for a spreadsheet')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** For the foot of a table in a box of its own. */
export function SheetButtons({ sheet }: SheetProps) {
  const { save, copy } = useSheet(sheet)
  return (
    <div className="row">
      <TextButton onClick={save}>{t('Data (CSV)')}</TextButton>
      <TextButton onClick={copy}>{t('Copy for a spreadsheet')}</TextButton>
    </div>
  )
}

function useSheet(sheet: () => Sheet) {
  const session = useSession()
  return {
    save: () => {
      const { name, header, rows } = sheet()
      void writeTable(session, `${fileName(current(session.lab.getState()).title)}-${fileName(name)}`, header, rows)
    },
    copy: () => {
      const { header, rows } = sheet()
      const line = (cells: readonly (string | number)[]) =>
        cells.map((cell) => String(cell).replace(/\s+/g, ' ')).join('\t')
      void copyText(session.lab, t('The table'), [header, ...rows].map(line).join('\n'))
    },
  }
}
