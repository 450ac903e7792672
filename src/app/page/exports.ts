/** Files of results: the observables of every frame, and the stage as a picture. */
import { familyOf } from '../house.ts'
import { engine, lab } from '../session.ts'
import { stagePicture } from '../stage/picture.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import { download, fileName } from './files.ts'

export function table(header: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  const cell = (value: string | number) =>
    typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value)
  const lines = [header.map(cell).join(',')]
  for (const row of rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\n')}\n`
}

export function exportObservables(): void {
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

export async function exportPicture(): Promise<void> {
  const scenario = current(lab.getState())
  const picture = await stagePicture()
  if (picture) download(`${fileName(scenario.title)}.png`, picture, 'image/png')
  else
    notify(lab, {
      level: 'warning',
      message: `There is no picture of ${familyOf(scenario).label} yet; let it compute a frame.`,
    })
}
