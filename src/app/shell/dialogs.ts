import { create } from 'zustand'

export type Dialog = 'help' | 'gallery' | 'share'

/** Which dialog is open; none at first. */
export const useDialog = create<{ open?: Dialog }>()(() => ({}))

export function openDialog(open: Dialog | undefined): void {
  useDialog.setState({ open })
}
