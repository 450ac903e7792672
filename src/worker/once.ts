/** One request to a worker of its own, for what may take seconds: giving it up ends the worker. */
import { t } from '../language/language.ts'
import { tellLanguage } from '../language/workers.ts'
import { trustedScript } from '../trusted.ts'
import entry from './entry.ts?worker&url'

/**
 * @returns the worker's word; never settled once `signal` is aborted
 * @throws Error with the reason where no worker could be had
 */
export function askOnce<Request extends { kind: string }, Response>(
  request: Request,
  signal: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(trustedScript(entry), {
      type: 'module',
      name: `twoscale-${request.kind}-${performance.now()}`,
    })
    const hush = tellLanguage(worker)
    const end = () => {
      hush()
      worker.terminate()
    }
    signal.addEventListener('abort', end)
    worker.onmessage = ({ data }: MessageEvent<Response | { kind: 'ready' }>) => {
      if (isReady(data)) {
        worker.postMessage(request)
        return
      }
      end()
      resolve(data)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      end()
      reject(new Error(event.message || t('the worker could not be loaded')))
    }
  })
}

function isReady(data: unknown): data is { kind: 'ready' } {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'ready'
}
