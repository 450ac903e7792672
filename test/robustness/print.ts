/** `npm run robustness [-- POINTS [SECONDS]]`: random legal points of every family, and what became of them. */
import { families } from '../../src/models/index.ts'
import { draw, type Space } from './draw.ts'
import { advised, type Outcome, outcomeOf } from './outcome.ts'

const points = Number(process.argv[2] ?? 40)
const seconds = Number(process.argv[3] ?? 10)
const OUTCOMES: Outcome[] = ['finished', 'running', 'stopped', 'refused', 'failed', 'silent', 'wrong']
const row = (...columns: (string | number)[]) => console.log(columns.map((c) => String(c).padEnd(10)).join(''))

console.log(`${points} points each, at most ${seconds} s a run; well: all but failed, silent and wrong\n`)
row('family', 'space', ...OUTCOMES, 'well')
const causes = new Map<string, number>()
const followed = { given: 0, works: 0 }
for (const { name } of families)
  for (const space of ['three', 'whole'] as Space[]) {
    const counts = new Map<Outcome, number>()
    for (let k = 0; k < points; k++) {
      const scenario = draw(name, space, 1000 * k + 7)
      const { outcome, words, advice } = outcomeOf(scenario, seconds)
      const better = advice && advised(scenario, advice)
      if (better) {
        followed.given++
        if (['finished', 'running'].includes(outcomeOf(better, seconds).outcome)) followed.works++
      }
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
      if (outcome === 'finished' || outcome === 'running') continue
      const cause = `${name}, ${space}: ${outcome}: ${words.replace(/[-+]?\d[\d.e+-]*/g, '#').slice(0, 110)}`
      causes.set(cause, (causes.get(cause) ?? 0) + 1)
    }
    const of = (outcome: Outcome) => counts.get(outcome) ?? 0
    const bad = of('failed') + of('silent') + of('wrong')
    row(name, space, ...OUTCOMES.map(of), `${((100 * (points - bad)) / points).toFixed(1)} %`)
  }
console.log(`\nAdvice that names a value: ${followed.given}, followed and then well: ${followed.works}`)
console.log('\nCauses')
for (const [cause, count] of [...causes].sort((a, b) => b[1] - a[1]))
  console.log(`${String(count).padStart(4)}  ${cause}`)
