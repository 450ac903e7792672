/**
 * What is edited outlives the tab, whatever ends it: written at once, and while a control moves every quarter of a second.
 * A tab has a document of its own (documents.ts); another scenario in it is another document.
 */
import { t } from '../../language/language.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { type Opened, scenarioProblems } from '../ground/house.ts'
import {
  type Beside,
  type Curves,
  claim,
  documentOf,
  newId,
  openDocument,
  read,
  recent,
  type StoredDocument,
  takeOver,
  write,
} from './documents.ts'
import { current, type Lab } from './lab.ts'
import { notify } from './notices.ts'
import { sameSetting } from './runs.ts'
import type { SharedView } from './sharedView.ts'

/** Says without opening the database whether there is something to wait for. */
const FLAG = 'twoscale-saved'
/** The tab's document: outlives a reload, not the tab. */
const OWN = 'twoscale-document'
/** Least time between two writes, ms. */
const INTERVAL = 250
/** What could not be written is tried again after that, ms. */
const AGAIN = 3000
/** Time between two looks at what stands beside the scenario, ms. */
const BESIDE = 2000
/** What of the state a document holds beside its scenario. */
const LOOKS = ['frameCount', 'shown', 'probes', 'field', 'branches', 'kept', 'measured', 'slots', 'colour'] as const
/** A blocked or slow database must not hold back the page, ms: what it has comes later. */
const PATIENCE = 2000

export interface Saving {
  /** What is shown next is a document of its own: the one with this id, or a new one. */
  begin(id?: string): void
  stop(): void
}

/**
 * Keeps the scenario of a laboratory from now on, and what it asks for beside it: with every edit, and every few seconds
 * once there is a document.
 */
export function keepSaved(lab: Lab, beside: () => Beside): Saving {
  const saver = new Saver(lab, beside)
  const unsubscribe = lab.subscribe((state, before) => {
    if (current(state) !== current(before)) saver.changed(current(state))
    else if (LOOKS.some((key) => state[key] !== before[key])) saver.looked()
  })
  const flush = () => saver.flush()
  const timer = setInterval(() => saver.accompany(), BESIDE)
  addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', flush)
  return {
    begin: (id) => saver.begin(id),
    stop() {
      unsubscribe()
      clearInterval(timer)
      removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
    },
  }
}

class Saver {
  private readonly lab: Lab
  private readonly beside: () => Beside
  /** Something beside the scenario has changed since it was written. */
  private soiled = false
  /** When the present document was edited last, ms since 1970. */
  private changedAt = ownChangedAt ?? Date.now()
  /** The present document has been written. */
  private written = false
  /** Document of every scenario that was shown in this tab, so that undo returns to it. */
  private readonly ids = new WeakMap<Scenario, string>()
  private id: string
  /** What the present document shows. */
  private shown: Scenario
  private waiting: Scenario | undefined
  /** The last that worked. */
  private sound: Scenario
  /** A document has begun that nothing was shown of yet. */
  private begun = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private writtenAt = Number.NEGATIVE_INFINITY
  /** The user knows that nothing is kept. */
  private told = false

  constructor(lab: Lab, beside: () => Beside) {
    this.lab = lab
    this.beside = beside
    this.sound = current(lab.getState())
    this.shown = this.sound
    this.written = own !== undefined
    this.id = ownId()
    this.ids.set(this.sound, this.id)
  }

  begin(id = this.another()): void {
    this.flush()
    this.id = id
    this.begun = true
    this.written = false
    this.changedAt = Date.now()
  }

  changed(scenario: Scenario): void {
    const id = this.ids.get(scenario) ?? (this.begun || sameSetting(scenario, this.shown) ? this.id : this.another())
    if (id !== this.id) this.flush()
    this.begun = false
    this.id = id
    this.shown = scenario
    this.ids.set(scenario, id)
    this.waiting = scenario
    this.changedAt = Date.now()
    const wait = this.writtenAt + INTERVAL - performance.now()
    if (wait <= 0) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), wait)
  }

  looked(): void {
    this.soiled = true
  }

  /** Writes what stands beside the scenario, where there is a document and something has changed. */
  accompany(): void {
    if (!this.soiled || !this.written || this.waiting) return
    this.waiting = this.shown
    this.flush()
  }

  /** Writes what waits, now. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const { waiting } = this
    if (!waiting) return
    this.waiting = undefined
    this.writtenAt = performance.now()
    remember(this.id)
    void this.save(this.id, waiting)
  }

  private async save(id: string, scenario: Scenario): Promise<void> {
    if (!sameSetting(this.sound, scenario) || scenarioProblems(scenario).length === 0) this.sound = scenario
    try {
      this.soiled = false
      await write(documentOf({ id, changedAt: this.changedAt }, scenario, this.sound, this.beside()))
      this.written ||= id === this.id
      localStorage.setItem(FLAG, '1')
      this.told = false
    } catch (error) {
      if (id === this.id && !this.waiting) {
        this.waiting = scenario
        this.timer ??= setTimeout(() => this.flush(), AGAIN)
      }
      if (this.told) return
      this.told = true
      const full = error instanceof DOMException && error.name === 'QuotaExceededError'
      notify(this.lab, {
        level: 'warning',
        message: full
          ? t('The storage of this browser is full: changes are no longer kept for the next visit.')
          : t('This browser does not let the page store anything here: changes are not kept for the next visit.'),
        advice: full
          ? [t('Save the scenario as a file.'), t('Free storage in the settings of the browser.')]
          : undefined,
        offerSave: true,
      })
    }
  }

  private another(): string {
    const id = newId()
    void claim(id, 1)
    return id
  }
}

let own: string | undefined
/** When the document that was found was edited last. */
let ownChangedAt: number | undefined

function adopt({ id, changedAt }: StoredDocument): void {
  own = id
  ownChangedAt = changedAt
}

function ownId(): string {
  if (own === undefined) {
    own = newId()
    void claim(own, 1)
  }
  return own
}

function remember(id: string): void {
  try {
    sessionStorage.setItem(OWN, id)
  } catch {
    // Then a reload finds the newest document.
  }
}

/** A document, opened: the scenario, and what of the rest fits. */
export interface Restored extends Opened {
  view?: SharedView
  curves?: Curves
}

/** What was found, and the document that it may go on in: none where another tab has that. */
export interface Found {
  restored: Restored
  document?: StoredDocument
}

/**
 * What this tab was working on, else the newest document that no other tab has open. A tab that was doubled goes on with
 * a copy. Nothing where there is none that this version can read; `late` where the database takes its time.
 */
export async function restoreSaved(): Promise<{ restored?: Restored; late?: Promise<Found | undefined> }> {
  try {
    if (localStorage.getItem(FLAG) === null) return {}
  } catch {
    return {}
  }
  const finding = find().catch(() => undefined)
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, PATIENCE, 'late'))
  const found = await Promise.race([finding, late])
  // What is found now must not take the place of what is edited meanwhile.
  if (found === 'late') return { late: finding }
  if (found?.document) adopt(found.document)
  return { restored: found?.restored }
}

async function find(): Promise<Found | undefined> {
  // Where the old database is broken there is nothing to take over, and the rest is as good as ever.
  await takeOver().catch(() => undefined)
  const mine = sessionStorage.getItem(OWN)
  if (mine !== null) {
    const document = await read(mine)
    const restored = document && (await openWhole(document))
    if (restored) return { restored, document: (await claim(mine)) ? document : undefined }
  }
  const [newest] = await recent()
  const restored = newest && (await openWhole(newest))
  if (!restored || !(await claim(newest.id, 1))) return undefined
  return { restored, document: newest }
}

/** A document with what stands beside its scenario, where that can be read. */
export async function openWhole(document: StoredDocument): Promise<Restored | undefined> {
  const opened = openDocument(document)
  // What was looked at belongs to the scenario as it was left.
  if (!opened || opened.warning !== undefined || document.view === undefined) return opened
  try {
    const { parseView } = await import('./readView.ts')
    return { ...opened, view: parseView(document.view), curves: document.curves }
  } catch {
    return opened
  }
}
