import { loadScenario } from '../../src/cli/input.ts'
import { builtInLessons } from '../../src/cli/lessons.ts'
import type { Lesson } from '../../src/lessons/lesson.ts'

export const library = (name: string) => loadScenario(name).scenario
export const lessons = builtInLessons()

export function lesson(name: string): Lesson {
  const found = lessons.find((each) => each.name === name)
  if (!found) throw new RangeError(`no lesson "${name}"`)
  return found
}

const HEAD = `---
name: short
title: A short lesson
order: 1
question: What happens?
scenario: porous-opening
goals: [See it.]
prior: [Nothing.]
minutes: {10: Do it., 45: Do it twice., 90: Do it often.}
misconceptions: [{belief: It stands still., instead: It moves.}]
leavesOut: [Everything else.]
---
`
const block = (kind: string, yaml: string) => `## A ${kind}\n\n\`\`\`yaml ${kind}\n${yaml}\n\`\`\`\n\nSome words.\n\n`

export const NUMBER = `ask: number
label: Fraction
unit: '1'
from: 0
to: 1
claim: 0.5
tolerance: 0.1
within: 0.01
computed: {kind: phase, of: pore, take: fraction}`

/** A lesson as text, with its question in YAML and parts replaced. */
export function source(question = NUMBER, replace: Record<string, string> = {}): string {
  const whole = [
    HEAD,
    block('predict', question),
    block('run', 'task: Look.'),
    block('mark', 'ask: text\nseen: It moved.'),
    block('explain', ''),
  ].join('')
  return Object.entries(replace).reduce((text, [from, to]) => text.replace(from, () => to), whole)
}
