/** Entry of the worker thread: connects the solver loop to messages, yielding to the queue between slices. */
import { t } from '../language/language.ts'
import { inLanguage } from '../language/workers.ts'
import type { AnswerRequest } from './answers.ts'
import type { Request } from './protocol.ts'
import type { SecondRequest } from './second.ts'
import { SolverLoop } from './worker.ts'

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
const loop = new SolverLoop((response, transfer) => scope.postMessage(response, transfer))

// A message to oneself is handled after those already queued, without the delay of a timer.
const { port1, port2 } = new MessageChannel()
let scheduled = false

function schedule(): void {
  if (scheduled || !loop.busy) return
  scheduled = true
  port2.postMessage(null)
}

port1.onmessage = () => {
  scheduled = false
  loop.slice()
  schedule()
}

const take = inLanguage((data: Request | AnswerRequest | SecondRequest) => {
  if (data.kind === 'answer') {
    import('./answer.ts').then(
      ({ answer }) => scope.postMessage(answer(data)),
      () => scope.postMessage({ kind: 'answerFailed', message: t('a part of the page could not be loaded') }),
    )
    return
  }
  if (data.kind === 'second') {
    import('./solveSecond.ts').then(
      ({ second }) => scope.postMessage(second(data)),
      () => scope.postMessage({ kind: 'secondFailed', message: t('a part of the page could not be loaded') }),
    )
    return
  }
  loop.handle(data)
  schedule()
})
scope.onmessage = ({ data }: MessageEvent<Parameters<typeof take>[0]>) => take(data)

const ready = () => scope.postMessage({ kind: 'ready' })
// Held until the end, by which the page notices it (client.ts).
if ('locks' in navigator)
  navigator.locks
    .request(scope.name, () => {
      ready()
      return new Promise(() => undefined)
    })
    .catch(ready)
else ready()
