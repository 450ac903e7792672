/** The language of workers: that of the page, which tells it before all else and whenever it changes. It changes no number. */
import { type Language, language, onLanguage } from './language.ts'
import { speak } from './speak.ts'

export interface SpeakRequest {
  kind: 'speak'
  language: Language
}

/** The page's side. @returns what ends the telling */
export function tellLanguage(worker: Pick<Worker, 'postMessage'>): () => void {
  const tell = () => worker.postMessage({ kind: 'speak', language: language() } satisfies SpeakRequest)
  if (language() !== 'en') tell()
  return onLanguage(tell)
}

/**
 * The worker's side: takes messages in their order, those that come after a language once its catalogue is there. Without
 * it English stays.
 */
export function inLanguage<T extends { kind: string }>(
  take: (message: T) => void,
): (message: T | SpeakRequest) => void {
  let waiting = 0
  let line = Promise.resolve()
  const isSpeak = (message: T | SpeakRequest): message is SpeakRequest => message.kind === 'speak'
  return (message) => {
    if (!isSpeak(message)) {
      // A sign of life does not wait.
      if (waiting === 0 || message.kind === 'ping') take(message)
      else line = line.then(() => take(message))
      return
    }
    waiting++
    line = line
      .then(() => speak(message.language))
      .catch(() => undefined)
      .then(() => {
        waiting--
      })
  }
}
