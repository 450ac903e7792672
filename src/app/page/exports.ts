/** Files of results: the observables of every frame, and the stage as a picture. */

import { t } from '../../language/language.ts'
import { inUnits, SECOND } from '../../models/reduced.ts'
import { fileName } from '../ground/download.ts'
import { withUnit } from '../ground/format.ts'
import { familyOf } from '../ground/house.ts'
import type { Session } from '../session/session.ts'
import { writePicture, writeTable } from '../session/written.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'

export async function exportObservables(session: Session): Promise<void> {
  const { engine, lab } = session
  const state = lab.getState()
  if (!state.model) return
  const { observables, units } = state.model
  const time = inUnits(SECOND, units)
  const header = [withUnit('t', time.unit), ...observables.map((o) => withUnit(o.label, o.unit))]
  const rows = engine.frames.entries.map((f) => [
    f.t / time.factor,
    ...observables.map((o, i) => (f.observables[i] ?? Number.NaN) / o.factor),
  ])
  await writeTable(session, `${fileName(current(state).title)}-observables`, header, rows, engine.frames.last?.index)
}

export async function exportPicture(session: Session): Promise<void> {
  const { lab, pictures } = session
  const scenario = current(lab.getState())
  const picture = await pictures.copy()
  if (picture) await writePicture(session, fileName(scenario.title), picture)
  else
    notify(lab, {
      level: 'warning',
      message: t('There is no picture of {label} yet; let it compute a frame.', { label: t(familyOf(scenario).label) }),
    })
}
