/** The page's side of the worker: a browser's worker under a supervisor. */
import entry from './entry.ts?worker&url'
import type { Request, Response } from './protocol.ts'
import { type Hooks, type Solver, Supervisor } from './supervisor.ts'
import { trustedScript } from './trusted.ts'

export interface Client {
  post(request: Request): void
  dispose(): void
}

/** @param onResponse called with every response of the worker */
export function createClient(onResponse: (response: Response) => void): Client {
  return new Supervisor(onResponse, {
    spawn,
    every(seconds, tick) {
      const timer = setInterval(tick, seconds * 1000)
      return () => clearInterval(timer)
    },
    after(seconds, done) {
      const timer = setTimeout(done, seconds * 1000)
      return () => clearTimeout(timer)
    },
    now: () => performance.now() / 1000,
  })
}

function spawn({ onResponse, onDeath }: Hooks): Solver {
  const worker = new Worker(trustedScript(entry), { type: 'module', name: 'twoscale-solver' })
  worker.onmessage = (event: MessageEvent<Response>) => onResponse(event.data)
  worker.onerror = (event) => {
    event.preventDefault()
    onDeath(event.message ?? '')
  }
  worker.onmessageerror = () => onDeath('an answer could not be read')
  return worker
}
