/** Files that a laboratory hands out carry what it was, what came out, and when. What writes that is loaded then. */
import type { Identity } from '../../record/identity.ts'
import type { Told } from '../../record/told.ts'
import type { Stretch } from '../../simulation/course.ts'
import type { Scenario } from '../../simulation/scenario.ts'
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

/** The identity of the run up to the frame on show, or to the one of an index. */
export async function identityOf(session: Recorded, index?: number): Promise<Identity> {
  const { identify } = await import('../../record/identity.ts')
  const run = runUpTo(session, index)
  return run ? identify(run.course, run.told) : identify([{ frame: 0, scenario: current(session.lab.getState()) }])
}

export interface RunUpTo {
  course: readonly Stretch[]
  told: Told
}

/** The run up to the frame on show, or to the one of an index; undefined where its fields are not there. */
export function runUpTo({ lab, engine, log }: Recorded, index?: number): RunUpTo | undefined {
  const place = engine.frames.entries.findIndex((entry) => entry.index === index)
  const shown = index === undefined ? engine.shownFrame() : engine.frames.at(place)
  if (!shown || (index !== undefined && shown.index !== index)) return undefined
  const { title, description } = current(lab.getState())
  const before = log.course.filter(({ frame }) => frame <= shown.index)
  // A title that was changed since is that of the whole course.
  const course = before.map(({ frame, scenario }) => ({ frame, scenario: { ...scenario, title, description } }))
  const frames = engine.frames.entries.filter(({ index }) => index <= shown.index)
  return { course, told: { frames, fields: shown.full.fields } }
}

/** @param index of the last frame that it tells of; the one on show unless said */
export async function writeTable(
  session: Recorded,
  name: string,
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
  index?: number,
): Promise<void> {
  const { recordedTable } = await import('../../record/files.ts')
  download(`${name}.csv`, recordedTable(table(header, rows), await identityOf(session, index)), 'text/csv')
}

export async function writePicture(session: Recorded, name: string, png: Blob | Uint8Array): Promise<void> {
  const { recordedPicture } = await import('../../record/files.ts')
  download(`${name}.png`, await recordedPicture(png, await identityOf(session)), 'image/png')
}

/** A scenario; the result is of it where the run began with it and was not changed on the way. */
export async function writeScenario(session: Recorded, name: string, scenario: Scenario): Promise<void> {
  const [{ recordedJson }, { identify }, { scenarioHash }] = await Promise.all([
    import('../../record/files.ts'),
    import('../../record/identity.ts'),
    import('../../record/hash.ts'),
  ])
  const alone = [{ frame: 0, scenario }]
  const run = runUpTo(session)
  const own = run && scenarioHash(run.course) === scenarioHash(alone)
  const identity = identify(alone, own ? run.told : undefined)
  download(`${name}.json`, recordedJson(scenario, identity), 'application/json')
}
