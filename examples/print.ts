/** `npm run examples [ADDRESS]`: computes every example, and prints a link to its scenario in a page at that address. */
import { encodeScenario } from '../src/simulation/link.ts'
import { examples } from './all.ts'

const address = process.argv[2] ?? 'http://localhost:4173/'

for (const [k, { title, source, published, unit, scenario, compute }] of examples.entries()) {
  const [found, known] = [compute(), published].map((v) => v.toPrecision(7))
  console.log(`${k + 1}. ${title}: ${found} ${unit}; published ${known}`)
  console.log(`   ${source}`)
  console.log(`   ${address}#s=${await encodeScenario(scenario)}\n`)
}
