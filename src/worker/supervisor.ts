/**
 * Keeps a worker alive: asks for a sign of life every second, puts another one in the place of one that died, hangs or
 * never came, and hands over what it was doing (`Ledger`). The run computes its way to the last frame again, so that its
 * numbers are those of a run that nothing happened to. Three deaths in a minute without a frame in between, and it says
 * so and waits for the user.
 */
import { t } from '../language/language.ts'
import { Ledger } from './ledger.ts'
import type { Request, Response } from './protocol.ts'

/** A worker as the supervisor sees it. */
export interface Solver {
  postMessage(request: Request): void
  terminate(): void
}

/** What a new worker reports to. */
export interface Hooks {
  onResponse(response: Response): void
  /** It cannot go on; the reason in words, empty where none is known. */
  onDeath(reason: string): void
}

export interface SupervisorParts {
  /** @throws what the browser throws where workers are not allowed */
  spawn(hooks: Hooks): Solver
  /** Calls back about every `seconds` until the result is called. */
  every(seconds: number, tick: () => void): () => void
  /** Calls back once; the result takes it back. */
  after(seconds: number, done: () => void): () => void
  /** s. */
  now(): number
}

/** Time between two signs of life, s. */
export const BEAT = 1
/** Signs of life that may fail to come; twice as many after every death of this kind, for machines that are slow. */
export const PATIENCE = 10
/** A worker that is silent for this many beats is not waited for when a run is begun anew. */
const IMPATIENCE = 3
/** A worker must come this soon, beats: its file may have to be loaded. */
const ARRIVAL = 30
/** Deaths within a minute [s] that are too many. */
const MOST_DEATHS = 3
const MINUTE = 60
/** Delay before a replacement after the first, second, … death, s. */
const BACKOFF = [0.05, 1, 4]

export class Supervisor {
  private readonly onResponse: (response: Response) => void
  private readonly parts: SupervisorParts
  private readonly ledger = new Ledger()
  private solver: Solver | undefined
  /** Another one is under way: what is asked meanwhile goes to it with the rest. */
  private replacing: (() => void) | undefined
  private arrived = false
  private silentBeats = 0
  private patience = PATIENCE
  /** When the last ones died since the last frame [s], and whether they had come to life before. */
  private deaths: { at: number; came: boolean }[] = []
  private readonly stop: () => void

  constructor(onResponse: (response: Response) => void, parts: SupervisorParts) {
    this.onResponse = onResponse
    this.parts = parts
    this.spawn()
    this.stop = parts.every(BEAT, () => this.beat())
  }

  post(request: Request): void {
    const anew = request.kind === 'start' || request.kind === 'cancel'
    const requests = this.ledger.asked(request)
    if (this.replacing) return
    if (!this.solver) {
      // It was given up: whoever asks again wants another try.
      this.deaths = []
      this.replace(0)
    } else if (anew && this.arrived && this.silentBeats >= IMPATIENCE) {
      this.release()
      this.replace(0)
    } else for (const r of requests) this.solver.postMessage(r)
  }

  dispose(): void {
    this.stop()
    this.replacing?.()
    this.release()
  }

  private spawn(): void {
    this.arrived = false
    this.silentBeats = 0
    // Reports of a worker that has been replaced come too late.
    let mine: Solver | undefined
    let early = ''
    const hooks: Hooks = {
      onResponse: (response) => {
        if (mine && mine === this.solver) this.heard(response)
      },
      onDeath: (reason) => {
        if (mine && mine === this.solver) this.died(reason)
        else if (!mine) early = reason || t('no reason given')
      },
    }
    try {
      mine = this.parts.spawn(hooks)
      this.solver = mine
      if (early) this.died(early)
    } catch (error) {
      this.died(error instanceof Error ? error.message : String(error))
    }
  }

  private heard(response: Response): void {
    this.arrived = true
    this.silentBeats = 0
    if (response.kind === 'pong') return
    if (response.kind === 'frame' || response.kind === 'compareRow' || response.kind === 'rated') {
      this.deaths = []
      this.patience = PATIENCE
    }
    this.ledger.answered(response)
    this.onResponse(response)
  }

  /** Beats are counted, not seconds: while the machine sleeps neither page nor worker can be late. */
  private beat(): void {
    const { solver } = this
    if (!solver) return
    const patience = this.arrived ? this.patience : ARRIVAL
    if (this.silentBeats++ >= patience) {
      const silent = patience * BEAT
      if (this.arrived) this.patience *= 2
      this.died(
        this.arrived
          ? t('it gave no sign of life for {silent} s', { silent })
          : t('it had not come after {silent} s', { silent }),
        silent,
      )
    } else solver.postMessage({ kind: 'ping' })
  }

  /** @param since when it was alive the last time, s ago */
  private died(reason: string, since = 0): void {
    const came = this.arrived
    this.release()
    const now = this.parts.now()
    this.deaths = [...this.deaths, { at: now - since, came }].slice(-MOST_DEATHS)
    const { deaths } = this
    if (deaths.length === MOST_DEATHS && deaths[MOST_DEATHS - 1].at - deaths[0].at <= MINUTE)
      this.end(
        reason,
        deaths.some((death) => death.came),
      )
    else this.replace(BACKOFF[this.deaths.length - 1] ?? BACKOFF[BACKOFF.length - 1], came ? reason : undefined)
  }

  /** @param reason told together with where the run goes on; a worker that never came lost nothing */
  private replace(delay: number, reason?: string): void {
    this.replacing = this.parts.after(delay, () => {
      this.replacing = undefined
      this.spawn()
      if (!this.solver) return
      const {
        requests,
        responses,
        t: from,
      } = this.ledger.handover(t('The solver stopped twice while it computed this'))
      for (const request of requests) this.solver.postMessage(request)
      for (const response of responses) this.onResponse(response)
      if (reason === undefined || from === undefined) return
      this.onResponse({
        kind: 'notice',
        run: this.ledger.runId,
        notice: {
          level: 'warning',
          message: t(
            'The solver stopped ({short}) and was replaced. The run goes on from t = {from} s with the same numbers.',
            { short: short(reason), from: Number(from.toPrecision(4)) },
          ),
        },
      })
    })
  }

  /** The named end: nothing is tried again until somebody asks for it. */
  private end(reason: string, came: boolean): void {
    const message = came
      ? t(
          'The solver stopped {most} times within a minute ({short}); it is not started again by itself. All frames so far are kept.',
          { most: MOST_DEATHS, short: short(reason) },
        )
      : t(
          'The solver cannot be started ({short}). Its file may be missing after an update, or this browser or page does not allow workers. The scenario is kept.',
          { short: short(reason) },
        )
    const advice = came
      ? [t('run on from the last frame'), t('undo the last change'), t('choose fewer nodes or a coarser cell')]
      : [
          t('reload the page'),
          t('look whether there is a network'),
          t('save the scenario as a file and use another browser'),
        ]
    const refusals = this.ledger.giveUp(message)
    for (const response of refusals) this.onResponse(response)
    if (this.ledger.runId === 0 && refusals.length > 0) return
    this.onResponse({
      kind: 'failed',
      run: this.ledger.runId,
      problems: [{ path: '', message }],
      notice: { level: 'error', message, advice },
    })
  }

  private release(): void {
    this.solver?.terminate()
    this.solver = undefined
  }
}

const MOST_CHARACTERS = 80

function short(reason: string): string {
  const words = reason || t('no reason given')
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words
}
