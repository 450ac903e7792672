/** The desk of measured tables, which loads with the first file. */
import type { Lab } from './lab.ts'
import type { Opener, TableDesk } from './tableDesk.ts'

export class Tables {
  /** Absent until a file was opened. */
  desk: TableDesk | undefined
  private readonly lab: Lab
  private readonly opener: Opener

  constructor(lab: Lab, opener: Opener) {
    this.lab = lab
    this.opener = opener
  }

  /** `TableDesk.open` */
  async open(...given: Parameters<TableDesk['open']>): Promise<void> {
    const { TableDesk } = await import('./tableDesk.ts')
    this.desk ??= new TableDesk(this.lab, this.opener)
    await this.desk.open(...given)
  }

  close(): void {
    this.desk?.close()
  }
}
