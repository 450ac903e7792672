/** `replay FILE`: runs the course of a capsule again, and says whether the numbers are the same. */
import { finish } from '../finish.ts'
import { parseCapsule } from '../record/capsule.ts'
import { replayTo } from '../record/told.ts'
import { judge, writtenBy } from '../record/verdict.ts'
import { readArguments, readJson } from './input.ts'

/** @throws Error with what differs, one line an observable or field: exit code 1 */
export function replayCommand(args: string[]): string {
  const { word } = readArguments(args, 'capsule file')
  const capsule = parseCapsule(readJson(word))
  console.error(`${word}: written by ${writtenBy(capsule)}; runs to frame ${capsule.until}`)
  const verdict = judge(capsule, finish(replayTo(capsule.course, capsule.until)))
  if (verdict.same) return verdict.sentence
  for (const { name, t, capsule: was, here, part } of verdict.differences)
    console.error(`${name} at t = ${t} s: ${here}, in the capsule ${was} (by ${part.toExponential(1)})`)
  throw new Error(verdict.sentence)
}
