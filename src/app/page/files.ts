/** Files of scenarios and measured curves: opened, dropped on the page, saved. One that cannot be read changes nothing. */

import { useEffect } from 'react'
import { t } from '../../language/language.ts'
import { beyond, LIMITS } from '../../limits.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { wantsCalm } from '../ground/calm.ts'
import { chooseFile, download, fileName } from '../ground/download.ts'
import { familyOf, openingScenario, openScenario } from '../ground/house.ts'
import { useSession } from '../session/context.ts'
import type { Session } from '../session/session.ts'
import { type Linked, showShared } from '../session/shared.ts'
import { isBackup, restoreBackup } from '../store/documents.ts'
import { edit } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import { openingPlot } from '../store/plots.ts'
import { openingSlots } from '../store/slots.ts'

/**
 * Shows a scenario from its beginning; the one before is an undo away.
 * @param id of the document that it goes on in; a new one otherwise
 */
export function load({ engine, lab, saving }: Session, scenario: Scenario, id?: string): void {
  saving?.begin(id)
  const before = current(lab.getState())
  const opening = openingSlots(scenario)
  // Within a family the places stay as they were arranged, unless the one scenario or the other needs its own.
  if (familyOf(scenario) !== familyOf(before) || opening.slots.first !== openingSlots(before).slots.first)
    lab.setState(opening)
  lab.setState({ plot: openingPlot(scenario) })
  edit(lab, () => scenario)
  lab.setState({ edited: 'cell', selectedShape: 0, probes: [], status: wantsCalm() ? 'paused' : 'running' })
  engine.restart()
}

/** Loads what someone sent, and says what had to be left out. */
export function loadOpened(session: Session, { scenario, warning, view, capsule }: Linked, id?: string): void {
  load(session, scenario, id)
  if (view) showShared(session, scenario, view, capsule)
  if (warning) notify(session.lab, { level: 'warning', message: warning })
}

/** What the last visit left, if it comes after the page has opened: shown unless something was begun meanwhile. */
export async function loadLate(session: Session): Promise<void> {
  const { lab, late } = session
  const found = await late
  if (!found) return
  const { draft, scenario } = lab.getState()
  if (draft || scenario !== openingScenario) {
    const message = t(
      'The browser took long to read what you worked on last. It is among the recent work of the file menu.',
    )
    notify(lab, { level: 'info', message })
    return
  }
  loadOpened(session, found.restored, found.document?.id)
  if (found.restored.curves) lab.setState(found.restored.curves)
}

/** With its record where that can be written: a page that cannot load its parts any more saves the scenario alone. */
export async function saveScenario(session: Session): Promise<void> {
  const scenario = current(session.lab.getState())
  const name = fileName(scenario.title)
  try {
    const { writeScenario } = await import('../session/written.ts')
    await writeScenario(session, name, scenario)
  } catch {
    download(`${name}.json`, `${JSON.stringify(scenario, null, 2)}\n`, 'application/json')
  }
}

export async function openFile(session: Session, file: File): Promise<void> {
  const { lab } = session
  const { foreignFile, foreignJson, HEAD } = await import('../../tables/foreign.ts')
  try {
    const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer())
    const foreign = foreignFile(head)
    if (foreign !== undefined) throw new RangeError(t('it is {what}.', { what: t(foreign) }))
    // What a file holds is told by how it begins, not by what it is called.
    const beginning = new TextDecoder().decode(head).trimStart()
    if (!beginning.startsWith('{') && !/\.json$/i.test(file.name)) {
      await session.tables.open(file)
      return
    }
    const large = beyond(LIMITS.file, file.size)
    if (large) throw new RangeError(`${large}.`)
    const raw: unknown = JSON.parse(await file.text())
    if (isBackup(raw)) {
      const { taken, unread } = await restoreBackup(raw)
      const values = { taken, unread, name: file.name }
      notify(lab, {
        level: 'info',
        message:
          unread > 0
            ? t('{taken} documents of {name} are in the recent work now. {unread} could not be read.', values)
            : t('{taken} documents of {name} are in the recent work now.', values),
      })
      return
    }
    if (typeof raw === 'object' && raw !== null && 'twoscaleCapsule' in raw) {
      const { linkedCapsule } = await import('../session/capsules.ts')
      loadOpened(session, await linkedCapsule(raw))
      notify(lab, {
        level: 'info',
        message: t('Opened {name}; it runs again to where it was written.', { name: file.name }),
      })
      return
    }
    const other = foreignJson(raw)
    if (other !== undefined) throw new RangeError(t('it is {what}.', { what: t(other) }))
    loadOpened(session, openScenario(raw))
    notify(lab, { level: 'info', message: t('Opened {name}.', { name: file.name }) })
  } catch (error) {
    const reason =
      error instanceof SyntaxError
        ? t('it is not complete JSON; save it again from where it came.')
        : error instanceof Error
          ? error.message
          : String(error)
    notify(lab, { level: 'error', message: t('{name} was not opened: {reason}', { name: file.name, reason }) })
  }
}

export function chooseScenario(session: Session): void {
  chooseFile('.json,application/json', (file) => void openFile(session, file))
}

export function useFileDrop(): void {
  const session = useSession()
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      const [file, ...others] = event.dataTransfer?.files ?? []
      if (file) void openFile(session, file)
      if (others.length > 0)
        notify(session.lab, {
          level: 'warning',
          message: t('Of {n} files only {name} is opened; drop them one after the other.', {
            n: others.length + 1,
            name: file.name,
          }),
        })
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [session])
}
