/** Files that a laboratory hands out carry what it was, what came out, and when. What writes that is loaded then. */
import type { Identity } from '../../record/identity.ts'
import type { Told } from '../../record/told.ts'
import type { Stretch } from '../../simulation/course.ts'
import { download, table } from '../ground/download.ts'
import type { Engine } from '../store/engine.ts'
import { current, type Lab } from '../store/lab.ts'
import type { RunLog } from '../store/runLog.ts'

/** What of a laboratory a record is made of. */
export interface Recorded {
  lab: Lab
  engine: Engine
  log: RunLog
}

/** The identity of the run up to the frame on show. */
export async function identityOf({ lab, engine, log }: Recorded): Promise<Identity> {
  const { identify } = await import('../../record/identity.ts')
  const run = runOnShow({ lab, engine, log })
  return run ? identify(run.course, run.told) : identify([{ frame: 0, scenario: current(lab.getState()) }])
}

export interface RunOnShow {
  course: readonly Stretch[]
  told: Told
}

/** The run up to the frame on show; undefined before there is one. */
export function runOnShow({ lab, engine, log }: Recorded): RunOnShow | undefined {
  const shown = engine.shownFrame()
  if (!shown) return undefined
  const { title, description } = current(lab.getState())
  const before = log.course.filter(({ frame }) => frame <= shown.index)
  // A title that was changed since is that of the whole course.
  const course = before.map(({ frame, scenario }) => ({ frame, scenario: { ...scenario, title, description } }))
  const frames = engine.frames.entries.filter(({ index }) => index <= shown.index)
  return { course, told: { frames, fields: shown.full.fields } }
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
