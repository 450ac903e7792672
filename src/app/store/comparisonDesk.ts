/**
 * Comparisons of the resolved with the homogenized model. They take seconds to minutes, so they have a worker of their
 * own, opened on first use, and the run beside them goes on. Rows arrive one by one and are kept when the scenario
 * changes, so that series can be laid over each other.
 */
import { msg, t } from '../../language/language.ts'
import { formatProblems, type Problem } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { secondsLeft } from '../../simulation/secondsLeft.ts'
import type { Response } from '../../worker/protocol.ts'
import { type ComparisonSeries, current, type Lab } from './lab.ts'
import { notify } from './notices.ts'
import type { EngineParts } from './parts.ts'
import { proofOf } from './proof.ts'
import { comparisonPrint } from './runs.ts'

export const MOST_SERIES = 4

export class ComparisonDesk {
  private readonly lab: Lab
  private readonly parts: Pick<EngineParts, 'connect' | 'clock' | 'problems'>
  private client?: ReturnType<EngineParts['connect']>
  private nextId = 1

  constructor(lab: Lab, parts: Pick<EngineParts, 'connect' | 'clock' | 'problems'>) {
    this.lab = lab
    this.parts = parts
  }

  /** Computes the rows of the present scenario that are not there yet; a comparison that runs makes way. */
  start(list: readonly number[]): void {
    this.cancel()
    const scenario = current(this.lab.getState())
    const known = this.seriesOf(scenario)
    const missing = list.filter((N) => !known?.rows.some((row) => row.N === N))
    if (missing.length === 0) return
    const series: ComparisonSeries = {
      id: this.nextId++,
      label: seriesLabel(scenario),
      scenario,
      rows: known?.rows ?? [],
    }
    const problems = this.parts.problems(scenario)
    if (problems.length > 0) series.problems = problems
    this.lab.setState((s) => {
      // In its old place, so that it keeps its look.
      const all = known ? s.comparisons.map((c) => (c === known ? series : c)) : [...s.comparisons, series]
      return { comparisons: all.filter((c) => c === series || c.rows.length > 0).slice(-MOST_SERIES) }
    })
    if (problems.length > 0) return
    this.client ??= this.parts.connect((response) => this.receive(response))
    this.client.post({ kind: 'compare', id: series.id, scenario, list: missing })
    const comparing = { id: series.id, list: missing, N: missing[0], fraction: 0, startedAt: this.parts.clock.now() }
    this.lab.setState({ comparing })
  }

  /** Stops; rows that are done stay. */
  cancel(): void {
    const { comparing } = this.lab.getState()
    if (!comparing) return
    this.client?.post({ kind: 'cancelCompare', id: comparing.id })
    this.lab.setState((s) => ({
      comparing: undefined,
      comparisons: s.comparisons.filter((c) => c.id !== comparing.id || c.rows.length > 0),
    }))
  }

  dispose(): void {
    this.client?.dispose()
  }

  clear(id: number): void {
    if (this.lab.getState().comparing?.id === id) this.cancel()
    this.lab.setState((s) => ({ comparisons: s.comparisons.filter((c) => c.id !== id) }))
  }

  private seriesOf(scenario: Scenario): ComparisonSeries | undefined {
    return seriesOf(this.lab.getState().comparisons, scenario)
  }

  private receive(response: Response): void {
    switch (response.kind) {
      case 'compareProgress':
        this.progressed(response.id, response.N, response.fraction)
        return
      case 'compareRow':
        // A worker that took the place of another may compute the last row once more.
        this.change(response.id, ({ rows }) => ({
          rows: [...rows.filter(({ N }) => N !== response.row.N), response.row].sort((a, b) => a.N - b.N),
        }))
        return
      case 'compared':
        this.over(response.id)
        return
      case 'compareFailed':
        this.over(response.id)
        this.change(response.id, () => ({ problems: response.problems }))
        return
      case 'failed':
        this.crashed(response.problems)
        return
    }
  }

  private over(id: number): void {
    if (this.lab.getState().comparing?.id === id) this.lab.setState({ comparing: undefined })
  }

  /** The client has replaced the worker; what it was asked for will not come. */
  private crashed(problems: readonly Problem[]): void {
    const { comparing } = this.lab.getState()
    if (!comparing) return
    this.over(comparing.id)
    this.change(comparing.id, () => ({ problems }))
    notify(this.lab, {
      level: 'error',
      message: t('The comparison stopped ({problems}). The run and the rows so far are kept.', {
        problems: formatProblems(problems, 200),
      }),
      advice: [t('compute it again for fewer cells'), t('choose a coarser micro.resolution')],
    })
  }

  private progressed(id: number, N: number, fraction: number): void {
    const { comparing, comparisons } = this.lab.getState()
    const series = comparisons.find((c) => c.id === id)
    if (comparing?.id !== id || !series) return
    const now = this.parts.clock.now()
    // What comes before the first step (the worker, the cell, the tiling) does not grow with the fraction.
    const startedAt = N === comparing.N && fraction > 0 ? comparing.startedAt : now
    const { list } = comparing
    const at = { list, N, fraction, elapsed: now - startedAt }
    const left = secondsLeft(at, series.rows, series.scenario.macro.dimension)
    this.lab.setState({ comparing: { id, list, N, fraction, startedAt, left } })
  }

  private change(id: number, change: (series: ComparisonSeries) => Partial<ComparisonSeries>): void {
    this.lab.setState((s) => ({ comparisons: s.comparisons.map((c) => (c.id === id ? { ...c, ...change(c) } : c)) }))
  }
}

/** The series of a scenario, if it has been compared. */
export function seriesOf(comparisons: readonly ComparisonSeries[], scenario: Scenario): ComparisonSeries | undefined {
  const print = comparisonPrint(scenario)
  return comparisons.find((c) => comparisonPrint(c.scenario) === print)
}

/** Title and start, where it makes a difference; a title that already speaks of unprepared data says it once. */
function seriesLabel(scenario: Scenario): string {
  const { title, micro } = scenario
  if (!proofOf(scenario)?.prepared) return title
  if (micro?.prepared !== false) return `${title}, ${msg('prepared')}`
  return title.includes('unprepared') ? title : `${title}, ${msg('unprepared')}`
}
