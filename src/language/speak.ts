/** The catalogues, which come with their languages: apart from `t`, so that what only says something carries none of them. */
import { type Language, language, putOn, type Translate } from './language.ts'

/** English needs no catalogue, and no page that is read in it waits for one. */
const CATALOGUES: Record<Exclude<Language, 'en'>, () => Promise<{ translate: Translate }>> = {
  de: () => import('./de.ts'),
}

let wanted: Language = language()

/**
 * Puts a language on once its catalogue is there. The last one that was asked for holds, whichever comes first.
 * @throws what the import throws where the catalogue cannot be loaded; the language stays as it was
 */
export async function speak(next: Language): Promise<void> {
  const before = wanted
  wanted = next
  try {
    const loaded = next === 'en' ? undefined : await CATALOGUES[next]()
    if (wanted === next) putOn(next, loaded?.translate)
  } catch (error) {
    if (wanted === next) wanted = before
    throw error
  }
}
