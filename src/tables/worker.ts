/** The thread in which tables are read: a million rows take seconds. */
import { Desk, type Request } from './desk.ts'

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
const desk = new Desk()

scope.onmessage = (event: MessageEvent<Request>) => scope.postMessage(desk.handle(event.data))
