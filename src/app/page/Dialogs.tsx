/** Dialogs: only ever opened by the user. */
import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { t } from '../../language/language.ts'
import { familyOf } from '../ground/house.ts'
import { TextButton } from '../kit/controls.tsx'
import { copyText } from '../kit/copyText.ts'
import { later } from '../kit/later.tsx'
import { useMedia } from '../kit/useMedia.ts'
import { useScenario, useSession } from '../session/context.ts'
import type { Dialog } from '../store/dialogs.ts'
import { About } from './About.tsx'
import { load, saveScenario } from './files.ts'
import { Gallery } from './Gallery.tsx'
import { HeardSettings } from './HeardSettings.tsx'
import { KEYS } from './keyboard.ts'
import { LONG_LINK, makeLink } from './links.ts'
import { Recent } from './Recent.tsx'

const RecordDialog = later(() => import('../record/RecordDialog.tsx'))
const Prepare = later(() => import('./Prepare.tsx'))
const LessonList = later(
  () => import('../lessons/LessonList.tsx'),
  () => <p className="hint">{t('Looking what there is…')}</p>,
)

const Atlases = later(
  () => import('../atlas/Atlases.tsx'),
  () => <p className="hint">{t('Looking what there is…')}</p>,
)
const TableDialog = later(
  () => import('../tables/TableDialog.tsx'),
  () => <p className="hint">{t('Reading…')}</p>,
)

export default function Dialogs() {
  const session = useSession()
  const { dialogs, tables } = session
  const open = useStore(dialogs, (s) => s.open)
  const table = useStore(dialogs, (s) => s.table)
  const close = () => {
    if (open === 'table') tables.close()
    dialogs.setState({ open: undefined, table: undefined })
  }
  const titles = {
    table: table ? t('Columns of {name}', { name: table.file.name }) : t('Columns of the table'),
    help: t('Keys and help'),
    gallery: t('Scenarios'),
    recent: t('Recent work'),
    lessons: t('Lessons'),
    atlases: t('Atlases'),
    share: t('Share this scenario'),
    prepare: t('Prepare for class'),
    about: t('About this scenario'),
    record: t('Record and export'),
  }
  return (
    <Modal
      opened={open !== undefined}
      onClose={close}
      title={open && titles[open]}
      size={sizeOf(open)}
      closeButtonProps={{ 'aria-label': t('Close') }}
      transitionProps={{ duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120 }}
    >
      {open === 'help' && <Help />}
      {open === 'gallery' && <Gallery onDone={close} />}
      {open === 'lessons' && <LessonList onDone={close} />}
      {open === 'atlases' && (
        <Atlases
          onOpen={(scenario) => {
            load(session, scenario)
            close()
          }}
        />
      )}
      {open === 'recent' && <Recent onDone={close} />}
      {open === 'share' && <Share />}
      {open === 'prepare' && <Prepare />}
      {open === 'about' && <About />}
      {open === 'record' && <RecordDialog makeLink={makeLink} />}
      {open === 'table' && table && <TableDialog table={table} onDone={close} />}
    </Modal>
  )
}

const WIDE: readonly (Dialog | undefined)[] = ['gallery', 'table', 'lessons', 'atlases']

function sizeOf(open: Dialog | undefined): string {
  if (WIDE.includes(open)) return '60rem'
  return open === 'prepare' || open === 'record' ? '44rem' : '34rem'
}

function Help() {
  const brush = familyOf(useScenario()).stimuli.length > 0
  const fingers = useMedia('(any-pointer: coarse)')
  return (
    <div className="help">
      <p>
        {t(
          'Left is the reference cell: the microstructure that repeats through the box on the right. Drag its handles. Its effective tensors drive the box.',
        )}{' '}
        {brush
          ? t(
              'Click in its picture to set probes, take the brush to disturb it, change any parameter while it runs. Nothing can break: undo goes back, and the run goes on.',
            )
          : t(
              'Click in its picture to set probes, change any parameter while it runs. Nothing can break: undo goes back, and the run goes on.',
            )}
      </p>
      <table>
        <tbody>
          {KEYS.map(({ keys, does }) => (
            <tr key={does}>
              <th scope="row">
                <kbd>{t(keys)}</kbd>
              </th>
              <td>{t(does)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {fingers && (
        <p>{t('A finger that flicks up or down over a handle scrolls; one that rests a moment first drags it so.')}</p>
      )}
      <HeardSettings />
      <p className="hint">
        {t('What the page is built from:')}{' '}
        <a href="./licences.txt" target="_blank" rel="noreferrer">
          {t('licences')}
        </a>
        ,{' '}
        <a href="./sbom.cdx.json" target="_blank" rel="noreferrer">
          {t('bill of materials')}
        </a>
        .
      </p>
    </div>
  )
}

function Share() {
  const session = useSession()
  const { lab } = session
  const [link, setLink] = useState<string>()
  useEffect(() => {
    let alive = true
    void makeLink(session).then((made) => alive && setLink(made))
    return () => {
      alive = false
    }
  }, [session])
  if (!link) return <p className="hint">{t('Packing the scenario…')}</p>
  return (
    <div className="form">
      <p>{t('The link holds the whole scenario in its hash, so no server ever sees it.')}</p>
      <textarea
        aria-label={t('Link')}
        readOnly
        rows={4}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      {link.length > LONG_LINK && (
        <p className="field-problem">
          {t('At {n} characters this link is too long for some mail programs and chat windows; the file is safer.', {
            n: link.length,
          })}
        </p>
      )}
      <div className="row">
        <TextButton primary onClick={() => void copyText(lab, t('The link'), link)}>
          {t('Copy the link')}
        </TextButton>
        <TextButton onClick={() => saveScenario(session)}>{t('Save as a file')}</TextButton>
        <TextButton onClick={() => session.dialogs.setState({ open: 'prepare' })}>{t('Prepare for class…')}</TextButton>
      </div>
      <p className="hint">
        {t(
          'It also holds how you look at it, the branches, and what was changed while it ran: it replays to the same numbers. "Prepare for class" makes one with a QR code, or the code of an iframe.',
        )}
      </p>
    </div>
  )
}
