/** Which language the page speaks: that of the address, else the one chosen before, else the browser's, else English. */
import { isLanguage, type Language } from '../../language/language.ts'
import { speak } from '../../language/speak.ts'

/** Key of the stored choice. */
const CHOSEN = 'twoscale-language'
/** Word of the address. */
const ASKED = 'language'

/** @param search of the address */
export function preferredLanguage(search: string): Language {
  const asked = new URLSearchParams(search).get(ASKED)?.trim()
  const wishes = [asked, stored(), ...navigator.languages.map((tag) => tag.split('-')[0].toLowerCase())]
  return wishes.find(isLanguage) ?? 'en'
}

/** Speaks it from now on, and on the next visit; an address that asked for another one no longer does. */
export async function chooseLanguage(next: Language): Promise<void> {
  await speak(next)
  try {
    localStorage.setItem(CHOSEN, next)
  } catch {
    // Where nothing can be stored the choice holds for this visit.
  }
  const here = new URL(location.href)
  if (!here.searchParams.has(ASKED)) return
  here.searchParams.delete(ASKED)
  history.replaceState(history.state, '', here)
}

function stored(): string | null {
  try {
    return localStorage.getItem(CHOSEN)
  } catch {
    return null
  }
}
