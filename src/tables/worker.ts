/** The thread in which tables are read: a million rows take seconds. */
import { inLanguage } from '../language/workers.ts'
import { Desk, type Request } from './desk.ts'

const scope = globalThis as unknown as DedicatedWorkerGlobalScope
const desk = new Desk()

const take = inLanguage((request: Request) => scope.postMessage(desk.handle(request)))
scope.onmessage = ({ data }: MessageEvent<Parameters<typeof take>[0]>) => take(data)
