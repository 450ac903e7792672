/** Draws the pictures of all scenarios, or of those that are named. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseScenario } from '../../src/simulation/parse.ts'
import { drawResult } from './draw.ts'

const scenarios = new URL('../../src/scenarios/', import.meta.url)
const pictures = new URL('../../public/gallery/', import.meta.url)
const asked = process.argv.slice(2)

mkdirSync(pictures, { recursive: true })
for (const file of readdirSync(scenarios).filter((name) => name.endsWith('.json'))) {
  const name = file.replace(/\.json$/, '')
  if (asked.length > 0 && !asked.includes(name)) continue
  const began = performance.now()
  const picture = drawResult(parseScenario(JSON.parse(readFileSync(new URL(file, scenarios), 'utf8'))))
  writeFileSync(new URL(`${name}.svg`, pictures), picture)
  console.log(`${name}: ${picture.length} bytes, ${((performance.now() - began) / 1000).toFixed(1)} s`)
}
