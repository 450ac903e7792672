/** Computes the rows of all atlases, or of those that are named. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type Atlas, scenarioAt } from '../../src/atlases/atlas.ts'
import { loadScenario } from '../../src/cli/input.ts'
import { sweepRows } from '../../src/cli/sweep.ts'
import { LAWS } from './laws.ts'

const folder = new URL('../../src/atlases/', import.meta.url)
const asked = process.argv.slice(2)

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const name = file.replace(/\.json$/, '')
  if (asked.length > 0 && !asked.includes(name)) continue
  const began = performance.now()
  const { rows: _, ...atlas } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Atlas
  const base = scenarioAt({ ...atlas, rows: [] }, loadScenario(atlas.scenario).scenario, [])
  const wanted = atlas.of.map(({ place }) => place)
  const rows = sweepRows(name, base, atlas.over, wanted, { by: atlas.by, told: atlas.with }).map((row) => [
    ...row.map((value) => (value === '' ? null : typeof value === 'number' ? Number(value.toPrecision(6)) : value)),
    ...(atlas.law ? [Number(LAWS[atlas.law.name](Number(row[0])).toPrecision(6))] : []),
  ])
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
  const head = JSON.stringify(atlas, null, 2).replace(/\n\}$/, '')
  writeFileSync(new URL(file, folder), `${head},\n  "rows": [\n${lines}\n  ]\n}\n`)
  console.log(`${name}: ${rows.length} points, ${((performance.now() - began) / 1000).toFixed(1)} s`)
}
