/** The part of `npm run chaos` without a browser: solvers killed or hung a hundred times, and whether the frames are the same. */
import { cases, duel } from './harm.ts'

const MOST = 100
const rows: Record<string, number | string>[] = []
let different = 0
for (const [name, before, after, middle, last] of cases()) {
  const row = { run: name, runs: 0, kills: 0, 'frames compared': 0, different: 0, failed: 0 }
  for (let seed = Date.now() % 1e9; row.kills < MOST / cases().length; seed++) {
    const found = duel(before, after, middle, last, seed)
    row.runs++
    row.kills += found.kills
    row['frames compared'] += found.compared
    row.different += found.different.length
    row.failed += found.failed.length
    if (found.different.length + found.failed.length > 0) console.log(`${name}, seed ${seed}: not the same`)
  }
  rows.push(row)
  different += row.different + row.failed
}
console.table(rows)
process.exit(different > 0 ? 1 : 0)
