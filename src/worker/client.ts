/** The page's side of the worker. A crashed worker is replaced and reported as a failed run; the page keeps its state. */
import type { Request, Response } from './protocol.ts'

export interface Client {
  post(request: Request): void
  dispose(): void
}

/** @param onResponse called with every response of the worker */
export function createClient(onResponse: (response: Response) => void): Client {
  let run = 0
  let worker = spawn()

  function spawn(): Worker {
    const w = new Worker(new URL('./entry.ts', import.meta.url), { type: 'module', name: 'twoscale-solver' })
    w.onmessage = (event: MessageEvent<Response>) => onResponse(event.data)
    w.onerror = (event) => {
      event.preventDefault()
      w.terminate()
      worker = spawn()
      const message = `The solver crashed and was started again: ${event.message || 'no reason given'}`
      onResponse({
        kind: 'failed',
        run,
        problems: [{ path: '', message }],
        notice: {
          level: 'error',
          message,
          advice: ['continue from the last frame', 'reset the run', 'choose a coarser resolution'],
        },
      })
    }
    return w
  }

  return {
    post(request) {
      if ('run' in request) run = request.run
      worker.postMessage(request)
    },
    dispose() {
      worker.terminate()
    },
  }
}
