/** The page's side of the worker: a browser's worker under a supervisor. */

import { trustedScript } from '../trusted.ts'
import entry from './entry.ts?worker&url'
import type { Request, Response } from './protocol.ts'
import { type Hooks, type Solver, Supervisor } from './supervisor.ts'

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

let count = 0

function spawn({ onResponse, onDeath }: Hooks): Solver {
  // The worker holds a lock of its name while it lives; whoever waits for it hears of the end at once.
  const name = `twoscale-solver-${performance.timeOrigin}-${count++}`
  const worker = new Worker(trustedScript(entry), { type: 'module', name })
  const life = new AbortController()
  worker.onmessage = (event: MessageEvent<Response>) => {
    if (event.data.kind === 'ready') watch(name, life.signal, onDeath)
    onResponse(event.data)
  }
  worker.onerror = (event) => {
    event.preventDefault()
    onDeath(event.message ?? '')
  }
  worker.onmessageerror = () => onDeath('an answer could not be read')
  return {
    postMessage: (request) => worker.postMessage(request),
    terminate() {
      life.abort()
      worker.terminate()
    },
  }
}

/** Where there are no locks (embedded in a page of another origin), the missing signs of life tell, later. */
function watch(name: string, signal: AbortSignal, onDeath: Hooks['onDeath']): void {
  if (!('locks' in navigator)) return
  navigator.locks
    .request(name, { signal }, () => onDeath('it ended without a word'))
    // Taken back, or not allowed here.
    .catch(() => undefined)
}
