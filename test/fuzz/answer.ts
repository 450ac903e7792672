/** How an input is answered: taken, or refused in sentences; anything else is a fault. */

import { parseCellFile } from '../../src/cell/file.ts'
import { readDriveCycle } from '../../src/models/cathode/protocol/drive.ts'
import { readProtocol } from '../../src/models/cathode/protocol/grammar.ts'
import { parseRates } from '../../src/models/rates.ts'
import { formatProblem, InputError, LONGEST_MESSAGE } from '../../src/parameter.ts'
import { decodeScenario, openScenario } from '../../src/simulation/link.ts'
import { TableError } from '../../src/tables/layout.ts'
import { propose } from '../../src/tables/mapping.ts'
import { readTable } from '../../src/tables/read.ts'
import { working } from '../working.ts'
import { type Input, withExperiment } from './inputs.ts'

/** Longest time an answer may take, s. */
export const LONGEST = 2

export interface Answer {
  taken: boolean
  /** What is wrong with the answer. */
  fault?: string
  seconds: number
  words: string
}

/** What the reader of a field says by itself: the form and the library ask it directly. */
function readText(kind: 'rates' | 'steps' | 'cycle', text: string): { problem?: string } {
  if (kind === 'rates') return parseRates(text)
  return kind === 'steps' ? readProtocol(text) : { problem: undefined, ...readDriveCycle(text) }
}

export async function answerTo({ kind, text }: Input): Promise<Answer> {
  const used = working()
  const seconds = () => used() / 1000
  let taken = true
  let words: string[] = []
  let fault: string | undefined
  try {
    if (kind === 'link') await decodeScenario(text)
    else if (kind === 'table') propose(readTable(text))
    else if (kind === 'rates' || kind === 'steps' || kind === 'cycle') {
      const { problem } = readText(kind, text)
      taken = problem === undefined
      if (problem !== undefined) words = [problem]
      // What its reader takes, the cell may still be unable to follow.
      if (kind !== 'rates') openScenario(withExperiment(kind, text))
    } else {
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        // Said by who reads the file.
        return { taken: false, seconds: seconds(), words: 'no JSON' }
      }
      if (kind === 'scenario') openScenario(json)
      else parseCellFile(json)
    }
  } catch (error) {
    taken = false
    if (error instanceof InputError) {
      words.push(...error.problems.map(formatProblem))
      const nameless = error.problems.find(({ path, message }) => path === '' && !/^(got|\d+ more)/.test(message))
      if (nameless) fault = `names no field: ${nameless.message}`
    } else if (error instanceof TableError) words = [error.message]
    else fault = error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : String(error)
  }
  const long = words.find((line) => line.length > LONGEST_MESSAGE)
  if (long) fault ??= `${long.length} characters: ${long.slice(0, 100)}`
  const broken = words.find((line) => /[\p{Cc}\u2028\u2029\u202e]/u.test(line))
  if (broken) fault ??= `breaks its line: ${JSON.stringify(broken)}`
  if (seconds() > LONGEST) fault ??= `took ${seconds().toFixed(1)} s`
  if (Object.keys(Object.prototype).length > 0) fault ??= 'changed the prototype of all objects'
  return { taken, fault, seconds: seconds(), words: words.join(' | ') }
}
