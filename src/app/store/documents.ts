/**
 * Documents of this browser: every scenario that is worked on, each under an id of its own, so that two tabs never write
 * the same one. A tab holds the lock of its document while it lives.
 */

import { createStore, del, entries, get, set, type UseStore } from 'idb-keyval'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { VERSION } from '../../version.ts'
import { type Opened, openScenario, scenarioProblems } from '../ground/house.ts'
import type { KeptCurve, MeasuredCurve } from './lab.ts'

export interface StoredDocument {
  id: string
  /** As it was left, which may be in the middle of a change that does not work. */
  scenario: unknown
  /** The last one that worked, where that is another. */
  sound?: unknown
  /** When it was edited last, ms since 1970. */
  changedAt: number
  /** How it was looked at, and how far it had run: `SharedView`, not read yet. */
  view?: unknown
  /** Curves that were kept by hand, and measured ones: data of this version's own, left out where they do not fit. */
  curves?: Curves
  /** A small picture of it, as the address of an image. */
  picture?: string
}

/** What a document keeps beside its scenario. */
export type Beside = Pick<StoredDocument, 'view' | 'curves' | 'picture'>

export interface Curves {
  kept: readonly KeptCurve[]
  measured: readonly MeasuredCurve[]
}

/** Documents that are kept; older ones make room. */
export const MOST_DOCUMENTS = 30
/** A reloaded page asks for the lock that its predecessor is about to let go: tries, and time between them, ms. */
const TRIES = 5
const BETWEEN = 100
/** The newest ones, which a full storage never costs. */
const SPARED = 10
const DATABASE = 'twoscale'
const STORE = 'documents'
/** Where versions before documents kept the one scenario. */
const OLD_KEY = 'scenario'

/** Ids that this tab has the locks of. */
const mine = new Set<string>()
let opened: Promise<UseStore> | undefined
const store: UseStore = async (mode, work) => {
  opened ??= open().catch((error) => {
    opened = undefined
    throw error
  })
  return (await opened)(mode, work)
}

/** A database without its store (made by something else, or only half made) gets one; what it has stays. */
async function open(): Promise<UseStore> {
  const found = await connect()
  const whole = found.objectStoreNames.contains(STORE)
  found.close()
  if (!whole) (await connect(found.version + 1)).close()
  return createStore(DATABASE, STORE)
}

function connect(version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, version)
    request.onupgradeneeded = () => {
      const { result } = request
      if (!result.objectStoreNames.contains(STORE)) result.createObjectStore(STORE)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

export function newId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`
}

/** Makes a document this tab's until it is closed; false where another tab has it. */
export async function claim(id: string, tries = TRIES): Promise<boolean> {
  if (!('locks' in navigator) || mine.has(id)) return true
  for (let k = 0; k < tries; k++) {
    if (k > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN))
    if (!(await lock(id))) continue
    mine.add(id)
    return true
  }
  return false
}

const lockName = (id: string) => `twoscale-${id}`

function lock(id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const hold = (held: Lock | null) => {
      resolve(held !== null)
      return held ? new Promise<void>(() => undefined) : undefined
    }
    // Embedded in a page of another origin there may be no locks, nor a storage that could be shared.
    navigator.locks.request(lockName(id), { ifAvailable: true }, hold).catch(() => resolve(true))
  })
}

/**
 * Writes a document; where the storage is full those make room that are neither open nor among the newest.
 * @throws what the database throws
 */
export async function write(document: StoredDocument): Promise<void> {
  try {
    await set(document.id, document, store)
  } catch (error) {
    if (!(await makeRoom(document.id))) throw error
    await set(document.id, document, store)
  }
}

/** Drops the older ones of the other documents that no tab has open, but for the newest; false where there are none. */
async function makeRoom(id: string): Promise<boolean> {
  const others = (await recent()).filter((document) => document.id !== id)
  return (await drop(others.slice(SPARED))) > 0
}

/** Removes documents but for those that a tab has open; how many went. */
async function drop(documents: readonly StoredDocument[]): Promise<number> {
  if (documents.length === 0) return 0
  const held = 'locks' in navigator ? ((await navigator.locks.query().catch(() => undefined))?.held ?? []) : []
  const names = new Set(held.map(({ name }) => name))
  const closed = documents.filter(({ id }) => !names.has(lockName(id)))
  for (const { id } of closed) await del(id, store)
  return closed.length
}

export function read(id: string): Promise<StoredDocument | undefined> {
  return get<StoredDocument>(id, store)
}

export function remove(id: string): Promise<void> {
  return del(id, store)
}

/** Newest first; those beyond the most that are kept go. */
export async function recent(): Promise<StoredDocument[]> {
  const all = (await entries<string, StoredDocument>(store))
    .map(([, document]) => document)
    .filter((document) => typeof document?.id === 'string' && Number.isFinite(document.changedAt))
    .sort((a, b) => b.changedAt - a.changedAt)
  await drop(all.splice(MOST_DOCUMENTS))
  return all
}

/** The scenario that an earlier version kept, as a document. */
export async function takeOver(): Promise<void> {
  const scenario = await get<unknown>(OLD_KEY)
  if (scenario === undefined) return
  await set(OLD_KEY, { id: OLD_KEY, scenario, changedAt: 1 }, store)
  await del(OLD_KEY)
}

/** What a document opens with; undefined where this version can read nothing of it. */
export function openDocument({ scenario, sound }: StoredDocument): Opened | undefined {
  for (const [raw, warning] of [
    [scenario, undefined],
    [sound, t('The last change of this scenario did not work and was left out.')],
  ] as const)
    try {
      const found = openScenario(raw)
      return { warning, ...found }
    } catch {
      // The one before is tried.
    }
  return undefined
}

/** A document of a scenario: with the last that worked, where this one does not. */
export function documentOf(
  { id, changedAt }: Pick<StoredDocument, 'id' | 'changedAt'>,
  scenario: Scenario,
  before: Scenario,
  beside: Beside,
): StoredDocument {
  const broken = scenarioProblems(scenario).length > 0
  return { id, scenario, sound: broken ? before : undefined, changedAt, ...beside }
}

/** All documents as one text, for a file that can be kept elsewhere. */
export async function backup(): Promise<string> {
  const documents = (await recent()).map(({ curves: _, ...rest }) => rest)
  const record = { program: 'Twoscale', version: VERSION, written: new Date().toISOString() }
  return JSON.stringify({ twoscaleBackup: 1, record, documents })
}

/**
 * Takes the documents of a backup in; one that is newer here stays.
 * @returns how many there are now of those in the backup, and how many could not be read
 * @throws InputError when it is no backup of this program
 */
export async function restoreBackup(raw: unknown): Promise<{ taken: number; unread: number }> {
  const { documents } = raw as { documents?: unknown }
  if (!isBackup(raw) || !Array.isArray(documents))
    throw new InputError([
      { path: '', message: t('got no backup of Twoscale; choose a file that "Back up all work" wrote') },
    ])
  let taken = 0
  for (const document of documents.slice(0, MOST_DOCUMENTS) as Partial<StoredDocument>[]) {
    const { id, changedAt, scenario } = document ?? {}
    if (typeof id !== 'string' || typeof changedAt !== 'number' || !openDocument({ id, changedAt, scenario })) continue
    const here = await read(id)
    if (!here || here.changedAt < changedAt) await write({ ...document, id, changedAt, scenario })
    taken++
  }
  return { taken, unread: documents.length - taken }
}

export function isBackup(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'twoscaleBackup' in raw
}
