/**
 * The grammar of protocols: text to steps and loops, in time that grows with the length of the text. docs/protocols.md
 * has it in full; every rule is a function here.
 *
 *     protocol = {separator} [item {separator item}]           separator = end of line | ";" | "," | "then"
 *     item     = [number ("." | ")" | ":")] (step | loop | jump)
 *     loop     = "repeat" [count] ["until" condition] body | count body | group (count | "until" condition)
 *     body     = ":" items to the end of the line | ":" lines to "end" | group
 *     group    = "(" items ")" | "[" items "]"
 *     count    = ["x"] number ["x" | "times"]
 *     jump     = "go to" ["step"] number (count | "until" condition)
 */
import { t } from '../../../language/language.ts'
import { readNumber } from '../../quantity.ts'
import { clip, Reader, Unreadable } from '../../tokens.ts'
import type { Condition } from './conditions.ts'
import { MOST, readCount, readLoopCondition, skipEnumeration } from './loops.ts'
import { readStep, seesStep, type WrittenStep } from './written.ts'

/** Steps that follow each other; a loop of one round is a group. */
export type Item = WrittenItem | Loop

export interface WrittenItem {
  step: WrittenStep
  /** The step itself, as it is written. */
  source: string
}

export interface Loop {
  /** Rounds, at most where there is a condition. */
  rounds: number
  until?: Condition
  body: Item[]
}

/** What stands behind a number of rounds that a group or a body follows. */
const COUNTED = ['x', '*', 'times', 'time', 'cycles', 'rounds', '(', '[']
/** Rounds of a loop that ends on a condition and gives no number. */
const ROUNDS = 100

/** Reads the text; `problem` names the first step that cannot be read, what is allowed and an example. */
export function readProtocol(text: string): { items: Item[]; problem?: string } {
  if (text.length > MOST.characters)
    return {
      items: [],
      problem: t('got {got} characters; a protocol has at most {most}; use "repeat"', {
        got: text.length,
        most: MOST.characters,
      }),
    }
  const parser = new Parser(text)
  try {
    const items = parser.protocol()
    if (items.length === 0) return { items, problem: t('got no step; write one a line, e.g. "rest 30 min"') }
    const steps = countSteps(items)
    if (steps > MOST.steps)
      return {
        items: [],
        problem: t('got {got} steps with all repeats; at most {most} are run; repeat less often', {
          got: steps,
          most: MOST.steps,
        }),
      }
    return { items }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { items: [], problem: parser.complaint(error.message) }
  }
}

export function countSteps(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + ('step' in item ? 1 : item.rounds * countSteps(item.body)), 0)
}

class Parser {
  private readonly reader: Reader
  /** Where the present item begins, and how many have begun. */
  private start = 0
  private begun = 0
  private depth = 0

  constructor(text: string) {
    this.reader = new Reader(text, { comma: 'decimal' })
  }

  protocol(): Item[] {
    return this.items(() => this.reader.peek().kind === 'end')
  }

  /** What is wrong, with the step it is wrong with. */
  complaint(message: string): string {
    const { reader, start } = this
    while (!this.separates() && reader.peek().kind !== 'end') reader.next()
    const source = clip(reader.quote(start, Math.max(start + 1, reader.place)), 60)
    return `step ${Math.max(1, this.begun)}: got "${source}"; ${message}`
  }

  private separates(): boolean {
    const { reader } = this
    if (reader.sees('and', '&')) return seesStep(reader, 1) || reader.peek(1).text === 'then'
    return reader.peek().kind === 'line' || reader.sees(';', ',', 'then', '+')
  }

  /** Items and their separators up to an end. */
  private items(over: () => boolean): Item[] {
    const { reader } = this
    const out: Item[] = []
    /** Number of the first step of each item. */
    const numbers: number[] = []
    for (;;) {
      while (this.separates() || reader.sees('.')) {
        if (over()) return out
        reader.next()
      }
      if (over()) return out
      this.start = reader.place
      const number = this.begun + 1
      if (this.jumps()) this.jump(out, numbers)
      else {
        out.push(this.item())
        numbers.push(number)
      }
      if (!over() && !this.separates() && !reader.sees('.')) this.refuseRest()
    }
  }

  private refuseRest(): never {
    const { reader } = this
    const from = reader.place
    for (let k = 0; k < 4 && reader.peek().kind !== 'end' && !this.separates(); k++) reader.next()
    throw new Unreadable(
      '"{text}" is not understood here; a step ends with the line or ";", conditions begin with "for", "until" or "or"',
      { text: reader.quote(from, Math.max(from + 1, reader.place)) },
    )
  }

  private item(): Item {
    skipEnumeration(this.reader)
    const { reader } = this
    if (reader.takes('repeat', 'loop', 'cycle')) return this.loop()
    if (reader.sees('(', '[')) return this.after(this.group())
    if (COUNTED.includes(reader.peek(1).text)) {
      const from = reader.place
      const rounds = readCount(reader)
      if (rounds !== undefined && reader.sees('(', '[', ':')) return { rounds, body: this.body() }
      reader.place = from
    }
    this.begun++
    if (this.begun > MOST.items)
      throw new Unreadable('a protocol has at most {most} written steps; use "repeat"', { most: MOST.items })
    this.start = reader.place
    const step = readStep(reader)
    return { step, source: reader.quote(this.start) }
  }

  /** After "repeat". */
  private loop(): Item {
    const { reader } = this
    while (reader.takes('at', 'most', 'up', 'to', 'back', 'the', 'following'));
    if (reader.sees('step', 'steps', 'from', 'last', 'all'))
      throw new Unreadable(
        'it may be read with or without the round before; write a group, "(discharge at 1C; rest 1 h) x 3", or "go to step 1, 2 times"',
      )
    let rounds = readCount(reader)
    const until = reader.takes('until', 'till') ? readLoopCondition(reader) : undefined
    if (rounds === undefined && until === undefined && !reader.sees(':', '(', '['))
      throw new Unreadable(
        '"repeat" needs a number or a condition, e.g. "repeat 3 times: discharge at 1C; charge at 1C"',
      )
    const body = this.body()
    if (until) return { rounds: rounds ?? ROUNDS, until, body }
    if (rounds === undefined) return this.after(body)
    // "repeat 3 times (…) until …".
    const end = reader.takes('until', 'till') ? readLoopCondition(reader) : undefined
    rounds = Math.min(rounds, MOST.rounds)
    return end ? { rounds, until: end, body } : { rounds, body }
  }

  /** What stands behind a group: a number or a condition; nothing is one round. */
  private after(body: Item[]): Item {
    const { reader } = this
    reader.takes('repeat')
    const rounds = readCount(reader)
    const until = reader.takes('until', 'till') ? readLoopCondition(reader) : undefined
    if (until) return { rounds: rounds ?? ROUNDS, until, body }
    return { rounds: rounds ?? 1, body }
  }

  private body(): Item[] {
    const { reader } = this
    reader.takes(':')
    if (reader.sees('(', '[')) return this.group()
    if (++this.depth > MOST.depth)
      throw new Unreadable('repeats lie in each other at most {most} deep', { most: MOST.depth })
    const block = reader.peek().kind === 'line'
    const end = () => reader.peek().kind === 'end'
    const body = block
      ? this.items(() => end() || reader.sees('end'))
      : this.items(() => end() || reader.peek().kind === 'line' || reader.sees(')', ']'))
    if (block && !reader.takes('end'))
      throw new Unreadable(
        'the lines of a repeat end with a line "end"; or write them in one line, "repeat 3 times: …; …"',
      )
    if (block) reader.takes('repeat', 'loop', 'cycle')
    this.depth--
    return this.filled(body)
  }

  private group(): Item[] {
    const { reader } = this
    const close = reader.next().text === '(' ? ')' : ']'
    if (++this.depth > MOST.depth)
      throw new Unreadable('groups lie in each other at most {most} deep', { most: MOST.depth })
    const body = this.items(() => reader.peek().kind === 'end' || reader.sees(close))
    if (!reader.takes(close)) throw new Unreadable('a group has no end; close it with "{close}"', { close })
    this.depth--
    return this.filled(body)
  }

  private filled(body: Item[]): Item[] {
    if (body.length === 0)
      throw new Unreadable('a repeat holds no step; write e.g. "repeat 3 times: discharge at 1C; charge at 1C"')
    return body
  }

  private jumps(): boolean {
    const { reader } = this
    const [first, second] = [reader.peek(), reader.peek(1)]
    return first.text === 'goto' || (first.text === 'go' && ['to', 'back'].includes(second.text))
  }

  /** Takes the items from a step on into a loop that ends here. */
  private jump(out: Item[], numbers: number[]): void {
    const { reader } = this
    reader.next()
    while (reader.takes('to', 'back', 'step'));
    const target = readNumber(reader)
    if (reader.takes(',')) reader.takes('and', 'repeat')
    const rounds = readCount(reader)
    const until = reader.takes('until', 'till') ? readLoopCondition(reader) : undefined
    if (reader.sees('if', 'while', 'unless'))
      throw new Unreadable('a jump goes back until a condition is met; write "go to step 1 until voltage below 2.6 V"')
    if (target === undefined || (rounds === undefined && until === undefined))
      throw new Unreadable(
        'a jump names a step and when it ends, e.g. "go to step 1, 3 times" or "go to step 1 until voltage below 3 V"',
      )
    const from = numbers.indexOf(target)
    if (from < 0)
      throw new Unreadable('a jump goes back to a step before it that lies in no other group; there are {numbers}', {
        numbers: numbers.slice(0, 20).join(', ') || 'none',
      })
    const body = out.splice(from)
    numbers.splice(from + 1)
    // The first round is that on which the jump is met.
    out.push({ rounds: Math.min(MOST.rounds, until ? (rounds ?? ROUNDS) : (rounds ?? 1) + 1), until, body })
  }
}
