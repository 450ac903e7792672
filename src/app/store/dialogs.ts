import { create } from 'zustand'

export type Dialog = 'help' | 'gallery' | 'recent' | 'share'

/** Which dialog is open; none at first. */
export type DialogStore = ReturnType<typeof createDialogs>

export function createDialogs() {
  return create<{ open?: Dialog }>()(() => ({}))
}
