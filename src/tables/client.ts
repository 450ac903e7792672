/** The page's side of the thread that reads tables: one file, one thread, closed when it is done with. */
import { t } from '../language/language.ts'
import { tellLanguage } from '../language/workers.ts'
import { trustedScript } from '../trusted.ts'
import type { Request, Response, TableView } from './desk.ts'
import type { Mapping, Sizes } from './mapping.ts'
import type { ReadOptions } from './table.ts'
import type { Taken } from './take.ts'
import entry from './worker.ts?worker&url'

/** The file cannot be used; the message says what was got, what is allowed and what to try. */
export class Refused extends Error {}

/** bytes */
export const LARGEST_FILE = 256e6

type Question = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never

export class TableReader {
  private readonly worker = new Worker(trustedScript(entry), { type: 'module', name: 'twoscale-tables' })
  private readonly waiting = new Map<number, { resolve(response: Response): void; reject(error: Error): void }>()
  private nextId = 1
  private readonly hush = tellLanguage(this.worker)

  constructor() {
    this.worker.onmessage = ({ data }: MessageEvent<Response>) => {
      this.waiting.get(data.id)?.resolve(data)
      this.waiting.delete(data.id)
    }
    this.worker.onerror = (event) => {
      event.preventDefault()
      this.close(t('its reader stopped, perhaps for want of memory; try a file with fewer rows or columns'))
    }
  }

  /** @throws Refused */
  async read(file: File, known: Sizes): Promise<TableView> {
    if (file.size > LARGEST_FILE)
      throw new Refused(
        t('got {got} MB; allowed are {most} MB; try to save fewer points or only the columns that are needed', {
          got: (file.size / 1e6).toFixed(0),
          most: LARGEST_FILE / 1e6,
        }),
      )
    const bytes = await file.arrayBuffer()
    return this.view(await this.ask({ kind: 'read', bytes, known }, [bytes]))
  }

  /** The same file, read with other conventions. @throws Refused */
  async again(options: ReadOptions): Promise<TableView> {
    return this.view(await this.ask({ kind: 'again', options }))
  }

  /** @throws Refused */
  async take(mapping: Mapping): Promise<Taken> {
    const response = await this.ask({ kind: 'take', mapping })
    if (response.kind !== 'taken') throw new Refused(t('got another answer than was asked for; open the file again'))
    return response.taken
  }

  close(why = t('it was closed')): void {
    this.hush()
    this.worker.terminate()
    for (const { reject } of this.waiting.values()) reject(new Refused(why))
    this.waiting.clear()
  }

  private view(response: Response): TableView {
    if (response.kind !== 'view') throw new Refused(t('got another answer than was asked for; open the file again'))
    return response.view
  }

  private async ask(question: Question, transfer: Transferable[] = []): Promise<Response> {
    const id = this.nextId++
    const response = await new Promise<Response>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ ...question, id }, transfer)
    })
    if (response.kind !== 'refused') return response
    if (response.defect) throw new Error(response.problem)
    throw new Refused(response.problem)
  }
}
