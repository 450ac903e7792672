/** Files of results: the observables of every frame, and the stage as a picture. */

import { download, fileName, table } from '../ground/download.ts'
import { familyOf } from '../ground/house.ts'
import type { Session } from '../session/session.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'

export function exportObservables({ engine, lab }: Session): void {
  const state = lab.getState()
  if (!state.model) return
  const { observables } = state.model
  const header = ['t (s)', ...observables.map((o) => (o.unit === '1' ? o.label : `${o.label} (${o.unit})`))]
  const rows = engine.frames.entries.map((f) => [
    f.t,
    ...observables.map((o, i) => (f.observables[i] ?? Number.NaN) / o.factor),
  ])
  download(`${fileName(current(state).title)}-observables.csv`, table(header, rows), 'text/csv')
}

export async function exportPicture({ lab, pictures }: Session): Promise<void> {
  const scenario = current(lab.getState())
  const picture = await pictures.copy()
  if (picture) download(`${fileName(scenario.title)}.png`, picture, 'image/png')
  else
    notify(lab, {
      level: 'warning',
      message: `There is no picture of ${familyOf(scenario).label} yet; let it compute a frame.`,
    })
}
