/** Running generators to their end, quietly or with a word on stderr for every tenth done. */

export function finish<T>(running: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = running.next()
    if (done) return value as T
  }
}

/** @param running yields the fraction done */
export function finishAloud<T>(name: string, running: Generator<number, T>): T {
  let told = 0
  for (;;) {
    const next = running.next()
    if (next.done) return next.value
    const tenth = Math.floor(10 * next.value)
    if (tenth > told) console.error(`${name}: ${10 * tenth} %`)
    told = tenth
  }
}
