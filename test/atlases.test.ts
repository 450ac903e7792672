/** Atlases hold what is computed: points of each against the sweep, laws against their limits, and scenarios that open. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Atlas, linesOf, scenarioAt } from '../src/atlases/atlas.ts'
import { loadScenario } from '../src/cli/input.ts'
import { sweepRows } from '../src/cli/sweep.ts'
import { LAWS } from '../tools/atlas/laws.ts'

const folder = new URL('../src/atlases/', import.meta.url)
const atlases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): [string, Atlas] => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))])
const base = (atlas: Atlas) => loadScenario(atlas.scenario).scenario
const named = (name: string) => new Map(atlases).get(name) as Atlas
/** What takes half a minute a point is checked at one; the others at both ends. */
const SLOW = ['tissue-orders']

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterEach(() => vi.restoreAllMocks())

describe.each(atlases)('%s', (name, atlas) => {
  it('has a row for each combination, all with numbers', () => {
    const points = atlas.over.reduce((product, { values }) => product * values.length, 1)
    expect(atlas.rows).toHaveLength(points)
    const width = atlas.over.length + atlas.of.length + (atlas.law ? 1 : 0)
    expect(atlas.rows.filter((row) => row.length !== width || row.includes(null))).toEqual([])
  })

  it('is what the sweep comes to', { timeout: 240_000 }, () => {
    const rows = SLOW.includes(name) ? [atlas.rows[0]] : [atlas.rows[0], atlas.rows[atlas.rows.length - 1]]
    for (const row of rows) {
      const start = scenarioAt(atlas, base(atlas), row.slice(0, atlas.over.length))
      const axes = atlas.over.map(({ places }, k) => ({ places, values: [row[k]] }))
      const wanted = atlas.of.map(({ place }) => place)
      const [found] = sweepRows(name, start, axes, wanted, { by: atlas.by, told: atlas.with })
      found.forEach((value, k) => {
        if (typeof value === 'number') expect(value / Number(row[k])).toBeCloseTo(1, 4)
        else expect(value).toBe(row[k])
      })
    }
  })

  it('opens at every point', () => {
    for (const row of atlas.rows) scenarioAt(atlas, base(atlas), row.slice(0, atlas.over.length))
  })
})

it('necks conduct as narrow tubes between wide rooms do', () => {
  const atlas = named('tissue-necks')
  const [inside, , law] = linesOf(atlas)
  expect(law.name).toBe('narrow necks')
  expect(law.y).toEqual(inside.x.map((a) => Number(LAWS['narrow necks'](a).toPrecision(6))))
  const narrow = inside.x.flatMap((a, k) => (a < 0.25 ? [inside.y[k] / law.y[k]] : []))
  expect(narrow.length).toBeGreaterThan(5)
  for (const ratio of narrow) expect(Math.abs(ratio - 1)).toBeLessThan(0.06)
})

it('a faster discharge has a thinner best cathode', () => {
  const best = linesOf(named('cathode-thickness')).map(({ x, y }) => x[y.indexOf(Math.max(...y))])
  expect(best).toEqual([...best].sort((a, b) => b - a))
  expect(best[best.length - 1]).toBeLessThan(best[0])
})

it('the perforated closure stays with the pores whatever the solid is', () => {
  for (const { name, y } of linesOf(named('porous-contrast')))
    if (name === 'perforated') expect(Math.max(...y)).toBeLessThan(0.3)
    else expect(Math.max(...y)).toBeGreaterThan(25)
})
