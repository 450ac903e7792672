import type { Lab } from '../store/lab.ts'
import { notify } from '../store/notices.ts'

/** Puts a text on the clipboard and says so. @param what it is, for people: "link" */
export async function copyText(lab: Lab, what: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    notify(lab, { level: 'info', message: `The ${what} is on the clipboard.` })
  } catch {
    notify(lab, {
      level: 'warning',
      message: `The browser does not allow copying here; select the ${what} and copy it by hand.`,
    })
  }
}
