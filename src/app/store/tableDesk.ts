/**
 * Measured tables, from the file to the chart. One without doubt is laid over the run at once; for the rest the dialog asks.
 * Its reader and the reader's thread load with the first file.
 */
import { t } from '../../language/language.ts'
import type { Refused, TableReader } from '../../tables/client.ts'
import type { TableView } from '../../tables/desk.ts'
import type { Mapping, Question } from '../../tables/mapping.ts'
import type { ReadOptions } from '../../tables/table.ts'
import type { Taken } from '../../tables/take.ts'
import { curvesOf, familyOf, isImpedance, scenarioProblems } from '../ground/house.ts'
import { edit, setExperiment } from './edits.ts'
import { current, type Lab, type MeasuredCurve } from './lab.ts'
import { notify } from './notices.ts'
import type { Plot } from './plots.ts'

/** What the dialog shows. */
export interface OpenTable {
  file: File
  view: TableView
  /** The curve that this one takes the place of. */
  replaces?: number
}

/** Where the dialog is opened: a store of dialogs, as far as this desk needs it. */
export interface Opener {
  setState(state: { open?: 'table'; table?: OpenTable }): void
}

/** Curves on show; older ones go. */
const MOST_MEASURED = 4
const LONGEST_NOTICE = 300
const SLOTS = ['first', 'second', 'third'] as const

export class TableDesk {
  private readonly lab: Lab
  private readonly opener: Opener
  private reader: TableReader | undefined
  private readonly files = new Map<number, File>()
  private nextId = 1

  constructor(lab: Lab, opener: Opener) {
    this.lab = lab
    this.opener = opener
  }

  /** Reads a file; asks where it is in doubt, and where that is wanted. */
  async open(file: File, { ask = false, replaces }: { ask?: boolean; replaces?: number } = {}): Promise<void> {
    this.close()
    const { TableReader, Refused } = await import('../../tables/client.ts')
    const reader = new TableReader()
    this.reader = reader
    const refused = (error: unknown) => {
      reader.close()
      this.refuse(file, error, Refused)
    }
    try {
      const view = await reader.read(file, { area: this.area() })
      const { mapping, questions, decisions } = view.proposal
      if (ask || questions.some(matters(view))) {
        this.opener.setState({ open: 'table', table: { file, view, replaces } })
        return
      }
      const taken = await reader.take(mapping)
      if (taken.use === 'current') this.opener.setState({ open: 'table', table: { file, view } })
      else {
        this.lay({ file, view }, taken, decisions)
        reader.close()
      }
    } catch (error) {
      refused(error)
    }
  }

  /** The file on show, read with other conventions. */
  async again(table: OpenTable, options: ReadOptions): Promise<Mapping | undefined> {
    try {
      const view = await this.reader?.again(options)
      if (view) this.opener.setState({ open: 'table', table: { ...table, view } })
      return view?.proposal.mapping
    } catch (error) {
      this.tell(table.file, error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  /** What the columns make, or why they make nothing. */
  async preview(mapping: Mapping): Promise<Taken | { problem: string }> {
    try {
      return (await this.reader?.take(mapping)) ?? { problem: t('the file was closed; open it again') }
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Lays a curve or an impedance over the run, in a plot that shows it. */
  lay(
    { file, view, replaces }: OpenTable,
    { track, even, spectrum, points, notes }: Taken,
    decisions: readonly string[],
  ): void {
    const told = [...view.notes, ...notes]
    const id = replaces ?? this.nextId++
    this.files.set(id, file)
    const name = file.name.replace(/\.\w+$/, '')
    const curve: MeasuredCurve = {
      id,
      name,
      track,
      even,
      spectrum,
      notes: [...told.map((n) => n.message), ...decisions],
    }
    const plot = track && plotFor(this.lab.getState().plot, track)
    const others = this.lab.getState().measured.filter((m) => m.id !== id)
    const gone = others.slice(0, Math.max(0, others.length + 1 - MOST_MEASURED))
    for (const old of gone) this.files.delete(old.id)
    this.lab.setState({ measured: [...others.slice(gone.length), curve], ...(plot && { plot }) })
    if (spectrum) this.showImpedance()
    const [warnings, infos] = ['warning', 'info'].map((level) => told.filter((n) => n.level === level))
    const hidden = this.hidden(curve)
    notify(this.lab, {
      level: warnings.length > 0 || hidden.length > 0 ? 'warning' : 'info',
      message: sentences([
        t('{name}: {points} points.', { name: file.name, points }),
        ...gone.map((old) =>
          t('{name} makes room, at most {most} are shown.', { name: old.name, most: MOST_MEASURED }),
        ),
        ...hidden,
        ...[...warnings, ...infos].map(({ message }) => message),
        ...decisions,
      ]),
    })
  }

  /** A place that shows curves shows the impedance. */
  private showImpedance(): void {
    this.lab.setState(({ slots, picked }) => {
      const name = SLOTS.find((slot) => slots[slot] === 'curve') ?? 'second'
      return { slots: { ...slots, [name]: 'curve' }, picked: { ...picked, [name]: 'nyquist' } }
    })
  }

  /** Why a curve is not to be seen with the scenario on show. */
  private hidden({ track, spectrum }: MeasuredCurve): string[] {
    const scenario = current(this.lab.getState())
    if (track && !familyOf(scenario).rates) return [t('It is shown with a scenario of a battery.')]
    if (spectrum && !curvesOf(scenario).some(({ name }) => isImpedance(name)))
      return [t('It is shown with a scenario that has two electrodes.')]
    return []
  }

  /** The current of the table becomes the load of the scenario. @returns what keeps it from that */
  drive(load: { text: string }): string | undefined {
    const before = current(this.lab.getState())
    const family = familyOf(before)
    for (const experiment of family.experiments) {
      const table = experiment.parameters.find((p) => p.kind === 'text' && p.file === true)
      if (!table) continue
      const begun = setExperiment(family, experiment.name)(before)
      const values = { ...begun.experiment.values, [table.name]: load.text }
      const scenario = { ...begun, experiment: { ...begun.experiment, values } }
      const [problem] = scenarioProblems(scenario)
      if (problem) return problem.message
      edit(this.lab, () => scenario)
      return undefined
    }
    return t('no experiment of the scenario on show takes a measured current; open a scenario of a battery first')
  }

  /** Opens the dialog for a curve that is on show. */
  reopen(id: number): void {
    const file = this.files.get(id)
    if (file) void this.open(file, { ask: true, replaces: id })
  }

  close(): void {
    this.reader?.close()
    this.reader = undefined
  }

  area(): number | undefined {
    const scenario = current(this.lab.getState())
    return familyOf(scenario).electrodeArea?.(scenario.parameters)
  }

  private refuse(file: File, error: unknown, known: typeof Refused): void {
    const message = error instanceof Error ? error.message : String(error)
    this.tell(
      file,
      error instanceof known ? message : t('its reader failed ({message}); try to save fewer columns', { message }),
    )
  }

  private tell(file: File, why: string): void {
    notify(this.lab, {
      level: 'error',
      message: sentences([t('{name} was not opened: {reason}.', { name: file.name, reason: why })]),
    })
  }
}

/** A column that is not needed for the curve can wait: what it lacks is told. */
function matters({ proposal, columns }: TableView): (question: Question) => boolean {
  const needless = new Set(['current', 'charge'])
  const roles = proposal.mapping.choices.map(({ role }) => role)
  const curve = roles.includes('voltage') && roles.includes('time')
  return ({ about }) =>
    !(curve && typeof about === 'number' && about < columns.length && needless.has(roles[about] ?? ''))
}

/** The plot on show, where the curve has its abscissa; else the first that it has. */
function plotFor(now: Plot, track: NonNullable<MeasuredCurve['track']>): Plot | undefined {
  if (now === 'voltammogram' || now === 'dqdv' || now === 'current' || track[now]) return undefined
  return (['time', 'capacity', 'specific', 'utilisation', 'filling'] as const).find((plot) => track[plot])
}

/** As many sentences as fit into a notice. */
function sentences(all: readonly string[]): string {
  let text = ''
  for (const sentence of all) {
    const longer = text === '' ? sentence : `${text} ${sentence}`
    if (longer.length > LONGEST_NOTICE) return text === '' ? `${sentence.slice(0, LONGEST_NOTICE - 1)}…` : text
    text = longer
  }
  return text
}
