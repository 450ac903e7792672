/** Files of measured curves, as they come from the disk; the reader of tables is loaded when the first one comes. */
import { chooseFile } from '../ground/download.ts'
import type { Lab } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import type { Track } from '../store/track.ts'

/** bytes */
const LARGEST = 5e6
/** Curves on show; older ones go. */
const MOST_MEASURED = 4
/** Points of a curve that are drawn. */
const MOST_POINTS = 1500
let nextId = 1

export async function openMeasured(lab: Lab, file: File): Promise<void> {
  const refuse = (reason: string) => notify(lab, { level: 'error', message: `${file.name} was not opened: ${reason}.` })
  if (file.size > LARGEST) {
    refuse(
      `got ${(file.size / 1e6).toFixed(1)} MB; allowed are ${LARGEST / 1e6} MB; try to save fewer points or only the columns that are needed`,
    )
    return
  }
  const { parseMeasured, MeasuredError } = await import('./measured.ts')
  try {
    const { track, notices, repairs } = parseMeasured(await file.text())
    const measured = { id: nextId++, name: file.name.replace(/\.\w+$/, ''), track: thinned(track) }
    lab.setState((s) => ({ measured: [...s.measured, measured].slice(-MOST_MEASURED) }))
    const kept = `${file.name}: ${(track.voltage ?? []).length} points.`
    notify(lab, { level: notices.length > 0 ? 'warning' : 'info', message: [kept, ...repairs, ...notices].join(' ') })
  } catch (error) {
    if (!(error instanceof MeasuredError)) throw error
    refuse(error.message)
  }
}

/** Every so many points, the last one among them. */
function thinned(track: Track): Track {
  const every = Math.ceil((track.voltage?.length ?? 0) / MOST_POINTS)
  if (every <= 1) return track
  return Object.fromEntries(
    Object.entries(track).map(([name, values]) => [
      name,
      values.filter((_, k) => k % every === 0 || k === values.length - 1),
    ]),
  )
}

const TABLES = '.csv,.tsv,.txt,text/csv,text/tab-separated-values'

export function chooseMeasured(lab: Lab): void {
  chooseFile(TABLES, (file) => void openMeasured(lab, file))
}
