/** Workers that can die, in a time that passes when told: a solver loop each, messages that take their way. */
import type { Request, Response } from '../../src/worker/protocol.ts'
import { type Hooks, Supervisor } from '../../src/worker/supervisor.ts'
import { SolverLoop } from '../../src/worker/worker.ts'

export type Harm = 'silent' | 'error' | 'hang'

class FakeWorker {
  state: 'alive' | 'hung' | 'dead' = 'alive'
  private readonly inbox: Request[] = []
  private readonly outbox: Response[] = []
  private readonly hooks: Hooks
  private readonly loop: SolverLoop

  constructor(hooks: Hooks) {
    this.hooks = hooks
    let clock = 0
    this.loop = new SolverLoop(
      (response) => this.outbox.push(structuredClone(response)),
      () => (clock += 3),
    )
    this.outbox.push({ kind: 'ready' })
  }

  postMessage(request: Request): void {
    if (this.state !== 'dead') this.inbox.push(structuredClone(request))
  }

  terminate(): void {
    this.state = 'dead'
    this.outbox.length = 0
  }

  harm(harm: Harm): void {
    if (harm === 'hang') this.state = 'hung'
    else {
      this.state = 'dead'
      if (harm === 'error') this.hooks.onDeath('out of memory')
    }
  }

  /** One message in, one slice of work, one message out. */
  work(): void {
    if (this.state === 'alive') {
      const request = this.inbox.shift()
      if (request) this.loop.handle(request)
      else if (this.loop.busy) this.loop.slice()
    }
    // What was posted arrives even after a death.
    const response = this.outbox.shift()
    if (response) this.hooks.onResponse(response)
  }

  get idle(): boolean {
    return this.outbox.length === 0 && (this.state !== 'alive' || (this.inbox.length === 0 && !this.loop.busy))
  }
}

export interface World {
  supervisor: Supervisor
  workers: FakeWorker[]
  responses: Response[]
  now(): number
  /** The worker in charge. */
  worker(): FakeWorker
  /** Lets every worker work once; time passes where all are idle. */
  turn(): void
  /** Takes turns until it is so. */
  until(over: () => boolean): void
}

/** @param refuse what happens instead of a worker: it throws, or its file is not there */
export function world(refuse?: 'throws' | 'missing'): World {
  const workers: FakeWorker[] = []
  const responses: Response[] = []
  let now = 0
  const timers: { at: number; done: () => void; period?: number }[] = []
  const add = (timer: (typeof timers)[number]) => {
    timers.push(timer)
    return () => {
      const k = timers.indexOf(timer)
      if (k >= 0) timers.splice(k, 1)
    }
  }
  const pass = (seconds: number) => {
    now += seconds
    for (const timer of [...timers]) {
      if (timer.at > now || !timers.includes(timer)) continue
      if (timer.period) timer.at = now + timer.period
      else timers.splice(timers.indexOf(timer), 1)
      timer.done()
    }
  }
  const supervisor = new Supervisor((response) => responses.push(response), {
    spawn(hooks) {
      if (refuse === 'throws') {
        workers.push(new FakeWorker({ onResponse: () => undefined, onDeath: () => undefined }))
        throw new DOMException('Failed to construct Worker: access denied', 'SecurityError')
      }
      const worker = new FakeWorker(hooks)
      workers.push(worker)
      if (refuse === 'missing') {
        worker.terminate()
        add({ at: now, done: () => hooks.onDeath('') })
      }
      return worker
    },
    every: (seconds, tick) => add({ at: now + seconds, done: tick, period: seconds }),
    after: (seconds, done) => add({ at: now + seconds, done }),
    now: () => now,
  })
  const self: World = {
    supervisor,
    workers,
    responses,
    now: () => now,
    worker: () => workers[workers.length - 1],
    turn() {
      for (const worker of workers) worker.work()
      pass(workers.every((worker) => worker.idle) ? 0.25 : 0.001)
    },
    until(over) {
      for (let k = 0; k < 200_000; k++) {
        if (over()) return
        self.turn()
      }
      throw new Error(`nothing came of it until ${now} s`)
    },
  }
  return self
}
