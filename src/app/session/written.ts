/** Files that a laboratory hands out carry what it was, what came out, and when. What writes that is loaded then. */
import type { Identity } from '../../record/identity.ts'
import { download, table } from '../ground/download.ts'
import { current } from '../store/lab.ts'
import type { Session } from './session.ts'

export type Recorded = Pick<Session, 'lab' | 'engine' | 'log'>

/** The identity of the run up to the frame on show. */
export async function identityOf({ lab, engine, log }: Recorded): Promise<Identity> {
  const { identify } = await import('../../record/identity.ts')
  const { told, courseTo } = await import('../../record/told.ts')
  const state = lab.getState()
  const shown = engine.shownFrame()
  const scenario = current(state)
  if (!shown) return identify([{ frame: 0, scenario }])
  return identify(courseTo(log.course, shown.index, scenario), told(engine.frames.entries, shown))
}

export async function writeTable(
  session: Recorded,
  name: string,
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): Promise<void> {
  const { recordedTable } = await import('../../record/files.ts')
  download(`${name}.csv`, recordedTable(table(header, rows), await identityOf(session)), 'text/csv')
}

export async function writePicture(session: Recorded, name: string, png: Blob | Uint8Array): Promise<void> {
  const { recordedPicture } = await import('../../record/files.ts')
  download(`${name}.png`, await recordedPicture(png, await identityOf(session)), 'image/png')
}

export async function writeJson(session: Recorded, name: string, value: object): Promise<void> {
  const { recordedJson } = await import('../../record/files.ts')
  download(`${name}.json`, recordedJson(value, await identityOf(session)), 'application/json')
}
