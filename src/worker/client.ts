/** The page's side of the worker: a browser's worker under a supervisor. */

import { t } from '../language/language.ts'
import { tellLanguage } from '../language/workers.ts'
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

interface Made {
  name: string
  worker: Worker
  /** What it said before anybody listened. */
  said: Response[]
  /** Ends the telling of languages. */
  hush: () => void
}

let spare: Made | undefined
let came: () => void = () => undefined
/** Settles when the code of the first worker has come, or will not. */
export const solverCame = new Promise<void>((resolve) => {
  came = resolve
})

/** Makes the first worker ahead of its use, so that its code comes while the page is still built. */
export function prepareSolver(): void {
  try {
    spare = make()
    spare.worker.addEventListener('message', came, { once: true })
    spare.worker.addEventListener('error', came, { once: true })
  } catch {
    // Its use will say why there is none.
    came()
  }
}

function make(): Made {
  // The worker holds a lock of its name while it lives; whoever waits for it hears of the end at once.
  const name = `twoscale-solver-${performance.timeOrigin}-${count++}`
  const worker = new Worker(trustedScript(entry), { type: 'module', name })
  const made: Made = { name, worker, said: [], hush: tellLanguage(worker) }
  made.worker.onmessage = (event: MessageEvent<Response>) => made.said.push(event.data)
  return made
}

function spawn({ onResponse, onDeath }: Hooks): Solver {
  const { name, worker, said, hush } = spare ?? make()
  spare = undefined
  const life = new AbortController()
  const hear = (response: Response) => {
    if (response.kind === 'ready') watch(name, life.signal, onDeath)
    onResponse(response)
  }
  queueMicrotask(() => said.forEach(hear))
  worker.onmessage = (event: MessageEvent<Response>) => hear(event.data)
  worker.onerror = (event) => {
    event.preventDefault()
    onDeath(event.message ?? '')
  }
  worker.onmessageerror = () => onDeath(t('an answer could not be read'))
  return {
    postMessage: (request) => worker.postMessage(request),
    terminate() {
      life.abort()
      hush()
      worker.terminate()
    },
  }
}

/** Where there are no locks (embedded in a page of another origin), the missing signs of life tell, later. */
function watch(name: string, signal: AbortSignal, onDeath: Hooks['onDeath']): void {
  if (!('locks' in navigator)) return
  navigator.locks
    .request(name, { signal }, () => onDeath(t('it ended without a word')))
    // Taken back, or not allowed here.
    .catch(() => undefined)
}
