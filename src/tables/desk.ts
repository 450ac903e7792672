/** One file at a time: read, looked at, read again with other conventions, taken. What the worker does, without a worker. */
import { t } from '../language/language.ts'
import { foreignFile, HEAD } from './foreign.ts'
import { TableError } from './layout.ts'
import { type Mapping, type Proposal, propose, type Sizes } from './mapping.ts'
import { readTable } from './read.ts'
import type { Column, ReadOptions, Table } from './table.ts'
import { type Taken, take } from './take.ts'
import { decode } from './text.ts'

/** What the page sees of a table: everything but its numbers. */
export interface TableView extends Omit<Table, 'columns' | 'lines'> {
  columns: readonly Omit<Column, 'values'>[]
  proposal: Proposal
}

export type Request =
  | { id: number; kind: 'read'; bytes: ArrayBuffer; known: Sizes }
  | { id: number; kind: 'again'; options: ReadOptions }
  | { id: number; kind: 'take'; mapping: Mapping }
export type Response = { id: number } & (
  | { kind: 'view'; view: TableView }
  | { kind: 'taken'; taken: Taken }
  /** `defect`: not the file is wrong but the program. */
  | { kind: 'refused'; problem: string; defect?: boolean }
)

export class Desk {
  private text = ''
  private encoding: string | undefined
  private known: Sizes = {}
  private table: Table | undefined

  handle(request: Request): Response {
    const { id } = request
    try {
      if (request.kind === 'take') return { id, kind: 'taken', taken: take(this.present(), request.mapping) }
      if (request.kind === 'read') this.open(request)
      return { id, kind: 'view', view: this.read(request.kind === 'again' ? request.options : {}) }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { id, kind: 'refused', problem: message, defect: !(error instanceof TableError) }
    }
  }

  private open({ bytes: buffer, known }: Extract<Request, { kind: 'read' }>): void {
    const bytes = new Uint8Array(buffer)
    this.known = known
    const foreign = foreignFile(bytes.subarray(0, HEAD))
    if (foreign !== undefined) throw new TableError(t('it is {foreign}', { foreign }))
    const { text, encoding } = decode(bytes)
    this.text = text
    this.encoding = encoding
  }

  private read(options: ReadOptions): TableView {
    const table = readTable(this.text, options)
    this.table = table
    const proposal = propose(table, this.known)
    const { lines: _, columns, ...rest } = table
    const notes = this.encoding
      ? [
          ...rest.notes,
          { level: 'info' as const, message: t('The text is in {encoding}.', { encoding: this.encoding }) },
        ]
      : rest.notes
    return { ...rest, notes, columns: columns.map(({ values: __, ...column }) => column), proposal }
  }

  private present(): Table {
    if (!this.table) throw new TableError(t('the table is no longer there; open the file again'))
    return this.table
  }
}
