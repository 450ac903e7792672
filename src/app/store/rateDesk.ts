/**
 * A family of rates: each is a run of its own from the scenario's beginning, so it does not matter which worker of the
 * pool takes it. Workers are opened on first use and let go when the last rate is done.
 */
import { t } from '../../language/language.ts'
import type { Rate } from '../../models/rates.ts'
import { formatProblems } from '../../parameter.ts'
import type { Response } from '../../worker/protocol.ts'
import { current, type Lab, type RateJob } from './lab.ts'
import { notify } from './notices.ts'
import type { Client, EngineParts } from './parts.ts'

export const MOST_WORKERS = 4

interface Worker {
  client: Client
  /** The job that it has, by its place in the family, and the id under which it was asked for. */
  job?: number
  id?: number
}

type Parts = Pick<EngineParts, 'connect' | 'problems'>

export class RateDesk {
  private readonly lab: Lab
  private readonly parts: Parts
  private readonly cores: number
  private pool: Worker[] = []
  /** Places of the jobs that nobody has taken yet. */
  private waiting: number[] = []
  private nextId = 1

  /** @param cores how many the machine has */
  constructor(lab: Lab, parts: Parts, cores: number) {
    this.lab = lab
    this.parts = parts
    this.cores = cores
  }

  dispose(): void {
    for (const { client } of this.pool) client.dispose()
    this.pool = []
  }

  /** Computes a family of the present scenario; one that is under way makes way. */
  start(rates: readonly Rate[]): void {
    this.cancel()
    const scenario = current(this.lab.getState())
    const problems = this.parts.problems(scenario)
    if (problems.length > 0) {
      notify(this.lab, {
        level: 'warning',
        message: t('The rates cannot be computed: {problems}.', { problems: formatProblems(problems, 240) }),
      })
      return
    }
    this.waiting = rates.map((_, k) => k)
    const jobs = rates.map((rate): RateJob => ({ rate, fraction: 0 }))
    this.lab.setState({ rates: { scenario, jobs, pending: rates.length > 0 } })
    const size = Math.max(1, Math.min(this.cores, MOST_WORKERS, rates.length))
    for (let k = 0; k < size; k++) this.hire()
  }

  /** Stops; what is done stays. */
  cancel(): void {
    const pending = this.pool.length > 0
    this.waiting = []
    for (const { client } of this.pool) client.dispose()
    this.pool = []
    if (pending)
      this.lab.setState(({ rates }) => ({
        rates: rates && { ...rates, pending: false, jobs: rates.jobs.filter((job) => job.discharge || job.problem) },
      }))
  }

  clear(): void {
    this.cancel()
    this.lab.setState({ rates: undefined })
  }

  private hire(): void {
    const worker: Worker = { client: this.parts.connect((response) => this.receive(worker, response)) }
    this.pool.push(worker)
    this.next(worker)
  }

  /** Gives a worker the next job, or lets it go. */
  private next(worker: Worker): void {
    const { rates } = this.lab.getState()
    const job = this.waiting.shift()
    worker.job = job
    if (job === undefined || !rates) {
      worker.client.dispose()
      this.pool = this.pool.filter((w) => w !== worker)
      if (this.pool.length === 0)
        this.lab.setState(({ rates: family }) => ({ rates: family && { ...family, pending: false } }))
      return
    }
    worker.id = this.nextId++
    worker.client.post({ kind: 'rate', id: worker.id, scenario: rates.scenario, rate: rates.jobs[job].rate })
  }

  private receive(worker: Worker, response: Response): void {
    if (!this.pool.includes(worker)) return
    // The client has replaced a worker that crashed; what it was asked for will not come.
    if (response.kind === 'failed') this.done(worker, { problem: formatProblems(response.problems) })
    if (!('id' in response) || response.id !== worker.id) return
    if (response.kind === 'rateProgress') this.change(worker, { fraction: response.fraction })
    if (response.kind === 'rated') this.done(worker, { fraction: 1, discharge: response.discharge })
    if (response.kind === 'rateFailed') this.done(worker, { problem: formatProblems(response.problems) })
  }

  private done(worker: Worker, result: Partial<RateJob>): void {
    this.change(worker, result)
    this.next(worker)
  }

  private change(worker: Worker, change: Partial<RateJob>): void {
    this.lab.setState(({ rates }) => ({
      rates: rates && { ...rates, jobs: rates.jobs.map((job, k) => (k === worker.job ? { ...job, ...change } : job)) },
    }))
  }
}
