/** Files of scenarios and measured curves: opened, dropped on the page, saved. One that cannot be read changes nothing. */
import { useEffect } from 'react'
import type { Scenario } from '../../simulation/scenario.ts'
import { openingPlot } from '../battery/dischargeChart.ts'
import { openMeasured } from '../battery/openMeasured.ts'
import { openingSlots } from '../charts/slots.ts'
import { familyOf, type Opened, openScenario } from '../house.ts'
import { engine, lab } from '../session.ts'
import { edit } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'

/** Shows a scenario from its beginning; the one before is an undo away. */
export function load(scenario: Scenario): void {
  const before = current(lab.getState())
  const opening = openingSlots(scenario)
  // Within a family the places stay as they were arranged, unless the one scenario or the other needs its own.
  if (familyOf(scenario) !== familyOf(before) || opening.slots.first !== openingSlots(before).slots.first)
    lab.setState(opening)
  lab.setState({ plot: openingPlot(scenario) })
  edit(lab, () => scenario)
  lab.setState({ selectedShape: 0, probes: [], status: 'running' })
  engine.restart()
}

/** Loads what someone sent, and says what had to be left out. */
export function loadOpened({ scenario, warning }: Opened): void {
  load(scenario)
  if (warning) notify(lab, { level: 'warning', message: warning })
}

export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

export function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'scenario'
  )
}

export function saveScenario(): void {
  const scenario = current(lab.getState())
  download(`${fileName(scenario.title)}.json`, `${JSON.stringify(scenario, null, 2)}\n`, 'application/json')
}

const TABLES = '.csv,.tsv,.txt,text/csv,text/tab-separated-values'

export async function openFile(file: File): Promise<void> {
  if (/\.(csv|tsv|txt)$/i.test(file.name)) {
    await openMeasured(lab, file)
    return
  }
  try {
    loadOpened(openScenario(JSON.parse(await file.text())))
    notify(lab, { level: 'info', message: `Opened ${file.name}.` })
  } catch (error) {
    const reason =
      error instanceof SyntaxError
        ? 'it is not complete JSON; save it again from where it came.'
        : error instanceof Error
          ? error.message
          : String(error)
    notify(lab, { level: 'error', message: `${file.name} was not opened: ${reason}` })
  }
}

export const chooseFile = (): void => choose('.json,application/json')

export const chooseMeasured = (): void => choose(TABLES)

function choose(accept: string): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.onchange = () => {
    const file = input.files?.[0]
    if (file) void openFile(file)
  }
  input.click()
}

export function useFileDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      const file = event.dataTransfer?.files[0]
      if (file) void openFile(file)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [])
}
