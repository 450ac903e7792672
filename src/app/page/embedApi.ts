/**
 * What the page around this one may ask of it, and is told (docs/embedding.md). Only a page of the origin that the address
 * names is listened to, and only it is answered.
 */
import * as z from 'zod/mini'
import { formatProblems, InputError } from '../../parameter.ts'
import { openScenario } from '../ground/house.ts'
import { readAddress } from '../session/address.ts'
import type { Session } from '../session/session.ts'
import { linkParts, readLink } from '../session/shared.ts'
import { edit, setParameter } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { loadOpened } from './files.ts'

const value = z.union([z.number(), z.string(), z.boolean()])
const message = z.object({
  twoscale: z.enum(['load', 'set', 'run', 'pause', 'reset', 'observe']),
  scenario: z.optional(z.looseObject({})),
  link: z.optional(z.string()),
  parameters: z.optional(z.record(z.string(), value)),
  names: z.optional(z.array(z.string())),
})
type Message = z.infer<typeof message>

const KNOWN = 'load, set, run, pause, reset, observe'

/** Listens until it is ended; undefined where there is nobody to listen to. */
export function listen(session: Session): (() => void) | undefined {
  const { origin } = readAddress(location.search)
  const around = window.parent
  if (origin === undefined || around === window) return undefined
  const tell = (what: Record<string, unknown>) => around.postMessage(what, origin)
  const observer = new Observer(session, tell)
  const hear = async (event: MessageEvent) => {
    if (event.origin !== origin || event.source !== around || !isOurs(event.data)) return
    const { id } = event.data
    try {
      const read = message.safeParse(event.data)
      if (!read.success)
        throw new RangeError(
          `got ${JSON.stringify(event.data).slice(0, 80)}; messages are ${KNOWN}, see docs/embedding.md`,
        )
      await obey(session, observer, read.data)
      tell({ twoscale: 'done', id })
    } catch (error) {
      const text = error instanceof InputError ? formatProblems(error.problems) : String((error as Error).message)
      tell({ twoscale: 'problem', id, message: text })
    }
  }
  addEventListener('message', hear)
  tell({ twoscale: 'ready' })
  return () => {
    removeEventListener('message', hear)
    observer.end()
  }
}

function isOurs(data: unknown): data is { twoscale: unknown; id?: unknown } {
  return typeof data === 'object' && data !== null && 'twoscale' in data
}

async function obey(session: Session, observer: Observer, told: Message): Promise<void> {
  const { lab, engine } = session
  switch (told.twoscale) {
    case 'load':
      if (told.link !== undefined) {
        const parts = linkParts(told.link.slice(told.link.indexOf('#')))
        if (!parts) throw new RangeError('link: got no link; copy one from "Share a link"')
        loadOpened(session, await readLink(parts))
      } else loadOpened(session, openScenario(told.scenario))
      return
    case 'set':
      for (const [name, to] of Object.entries(told.parameters ?? {})) {
        if (!(name in current(lab.getState()).parameters))
          throw new RangeError(`parameters.${name}: there is none of that name; see docs/scenario-format.md`)
        edit(lab, setParameter(name, to))
      }
      return
    case 'run':
      engine.play()
      return
    case 'pause':
      engine.pause()
      return
    case 'reset':
      engine.restart()
      return
    case 'observe':
      observer.follow(told.names)
      return
  }
}

/** Tells of every new frame what it is asked for, in SI. */
class Observer {
  private readonly session: Session
  private readonly tell: (what: Record<string, unknown>) => void
  private stop: (() => void) | undefined

  constructor(session: Session, tell: (what: Record<string, unknown>) => void) {
    this.session = session
    this.tell = tell
  }

  /** @throws RangeError for a name that the model does not have */
  follow(names?: readonly string[]): void {
    const { lab } = this.session
    const known = lab.getState().model?.observables.map(({ name }) => name) ?? []
    const unknown = known.length > 0 ? names?.find((name) => !known.includes(name)) : undefined
    if (unknown !== undefined) throw new RangeError(`names: got "${unknown}"; this model has ${known.join(', ')}`)
    this.end()
    let last = -1
    this.stop = lab.subscribe(({ model, status }, before) => {
      const frame = this.session.engine.frames.last
      if (status !== before.status) this.tell({ twoscale: 'status', status })
      if (!model || !frame || frame.index === last) return
      last = frame.index
      const observables = Object.fromEntries(
        model.observables.flatMap(({ name }, k) =>
          !names || names.includes(name) ? [[name, frame.observables[k]]] : [],
        ),
      )
      this.tell({ twoscale: 'frame', index: frame.index, t: frame.t, observables })
    })
  }

  end(): void {
    this.stop?.()
    this.stop = undefined
  }
}
