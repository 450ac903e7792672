/** Catalogues of texts, read by lingui: placeholders and plurals after the rules of the language (ICU MessageFormat). */
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Translate } from './language.ts'

/** Counts are written as elsewhere on the page: without grouping. */
const FORMATS = { number: { useGrouping: false } } as const

/** @param entries English text → text in the language; @param locale BCP 47 */
export function catalogue(locale: string, entries: Readonly<Record<string, string>>): Translate {
  const plain = new Map(Object.entries(entries))
  const messages = Object.fromEntries(
    [...plain].flatMap(([english, text]) => (text.includes('{') ? [[english, compileMessage(text)]] : [])),
  )
  const i18n = setupI18n({ locale, messages: { [locale]: messages } })
  return (message, values) => {
    if (!values || !Object.hasOwn(messages, message)) return plain.get(message)
    return i18n._(message, { ...values }, { formats: FORMATS })
  }
}
