import { create } from 'zustand'

import type { OpenTable } from './tableDesk.ts'

export type Dialog =
  | 'help'
  | 'gallery'
  | 'recent'
  | 'share'
  | 'prepare'
  | 'about'
  | 'table'
  | 'lessons'
  | 'atlases'
  | 'record'

/** Which dialog is open; none at first. */
export type DialogStore = ReturnType<typeof createDialogs>

export function createDialogs() {
  return create<{ open?: Dialog; table?: OpenTable }>()(() => ({}))
}
