/** `npm run answers [NAME …]`: writes the answers of the built-in scenarios, or of those whose names begin so. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtInNames } from '../../src/cli/input.ts'
import { answer } from './answer.ts'

const wanted = process.argv.slice(2)
for (const name of builtInNames().filter((n) => wanted.length === 0 || wanted.some((w) => n.startsWith(w)))) {
  const begun = performance.now()
  const text = JSON.stringify(answer(name), (_, v) => (typeof v === 'number' ? Number(v.toPrecision(12)) : v), 2)
  writeFileSync(fileURLToPath(new URL(`./${name}.json`, import.meta.url)), `${text}\n`)
  console.log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
}
