import { t } from '../../language/language.ts'
import type { Lab } from '../store/lab.ts'
import { notify } from '../store/notices.ts'

/** Puts a text on the clipboard and says so. @param what it is, for people: "The link" */
export async function copyText(lab: Lab, what: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    notify(lab, { level: 'info', message: t('{what} is on the clipboard.', { what }) })
  } catch {
    notify(lab, {
      level: 'warning',
      message: t('The browser does not allow copying here; select it and copy it by hand: {what}.', { what }),
    })
  }
}
