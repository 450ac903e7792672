/** Curves and tables as a German page shows them: names, axes, rows and notes, those that the solvers put together too. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { tName } from '../../src/language/language.ts'
import { speak } from '../../src/language/speak.ts'
import type { Curve } from '../../src/models/family.ts'
import { InputError } from '../../src/parameter.ts'
import { curvesOf } from '../../src/simulation/curves.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { computeCurve, simulate } from '../../src/simulation/simulate.ts'

beforeAll(() => speak('de'))
afterAll(() => speak('en'))

/** One of every kind of state: at rest, refused closures, no current, gates, published structures. */
const SCENARIOS = [
  'tissue-opening',
  'tissue-current',
  'tissue-d1-threshold',
  'porous-opening',
  'porous-charged-membrane',
  'porous-upright-bars',
  'porous-wall-test',
  'cathode-opening',
  'cathode-tis2-printed',
  'cathode-lfp',
]

/** Symbols, ions, names of people and of closures, which are written so in German too. */
const SAME =
  /^(Maxwell|Pe|VF\/RT|λL\/ℓ|E_(Na|Cl)|Na|Cl|[GI]′_(Na|Cl|max[12])|−?(Re|Im) Z|perforated|weak2013|printed2013|lteDM|neumann2013|split|[\d.e+-]+ Hz)$/
/** Words that no German sentence has. */
const ENGLISH = /\b(the|of|is|are|and|that|with|by|from|at|no|exceeds|refused)\b/i

function* curves(scenario: Scenario): Generator<[string, Curve]> {
  for (const event of simulate(scenario)) {
    if (event.kind !== 'frame') continue
    for (const { name, slow } of curvesOf(scenario)) {
      if (slow) continue
      try {
        yield [name, finish(computeCurve(scenario, { name, node: 0 }, event.frame.checkpoint))]
      } catch (error) {
        if (!(error instanceof InputError)) throw error
      }
    }
    return
  }
}

it.each(SCENARIOS)('%s', { timeout: 120_000 }, (name) => {
  const { micro: _, ...scenario } = loadScenario(name).scenario
  const coarse = { ...scenario, cell: { ...scenario.cell, resolution: 16 } }
  const [left, notes]: string[][] = [[], []]
  for (const [curve, { traces, marks, x, y, y2, note, table }] of curves(coarse)) {
    const names = [
      ...traces.flatMap((trace) => [trace.name, ...(trace.labels?.slice(0, 1) ?? [])]),
      ...marks.map(({ label }) => label),
      ...[x, y, y2].map((axis) => axis?.label ?? ''),
      ...(table ? [table.rowTitle, ...[...table.columns, ...table.rows].map(({ label }) => label)] : []),
    ]
    for (const each of names)
      if (/\p{L}{2}/u.test(each) && tName(each) === each && !SAME.test(each)) left.push(`${curve}: ${each}`)
    for (const each of [note, ...(table?.rows ?? []).map((row) => row.note)])
      if (ENGLISH.test(tName(each))) notes.push(`${curve}: ${tName(each)}`)
  }
  expect(left).toEqual([])
  expect(notes).toEqual([])
})
