/** `npm run fuzz [-- SECONDS [SEED]]`: hostile inputs, those that once failed first, and how they were answered. */
import { answerTo } from './answer.ts'
import { corpus, type Input, type Kind, mutant } from './inputs.ts'

const seconds = Number(process.argv[2] ?? 60)
const first = Number(process.argv[3] ?? Date.now() % 1e9)
const until = performance.now() + 1000 * seconds
const counts = new Map<Kind, { inputs: number; taken: number; faults: number; slowest: number }>()
let faults = 0

async function attempt(input: Input): Promise<void> {
  const { taken, fault, seconds: took } = await answerTo(input)
  const count = counts.get(input.kind) ?? { inputs: 0, taken: 0, faults: 0, slowest: 0 }
  counts.set(input.kind, count)
  count.inputs++
  if (taken) count.taken++
  count.slowest = Math.max(count.slowest, took)
  if (!fault) return
  count.faults++
  faults++
  console.log(`${input.kind}, ${input.name}: ${fault}`)
}

for (const input of corpus()) await attempt(input)
for (let seed = first; performance.now() < until; seed++) await attempt(mutant(seed))

const row = (...columns: (string | number)[]) => console.log(columns.map((c) => String(c).padEnd(12)).join(''))
console.log(`\nseeds from ${first}; ${Math.round(process.memoryUsage().rss / 1e6)} MB at the end`)
row('kind', 'inputs', 'taken', 'refused', 'faults', 'slowest, ms')
for (const [kind, { inputs, taken, faults: bad, slowest }] of counts)
  row(kind, inputs, taken, inputs - taken - bad, bad, Math.round(1000 * slowest))
process.exit(faults > 0 ? 1 : 0)
