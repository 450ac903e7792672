/** Waiting for a generator with a word on stderr for every tenth done. */
import { finish } from '../finish.ts'

/** @param running yields the fraction done */
export function finishAloud<T>(name: string, running: Generator<number, T>): T {
  let told = 0
  return finish(running, (fraction) => {
    const tenth = Math.floor(10 * fraction)
    if (tenth > told) console.error(`${name}: ${10 * tenth} %`)
    told = tenth
  })
}
