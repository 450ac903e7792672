/** Files carry what they are; the readers of tables and scenarios read them as before. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { recordedJson, recordedSvg, recordedTable } from '../../src/record/files.ts'
import { canonical, resultHash, scenarioHash } from '../../src/record/hash.ts'
import { identify } from '../../src/record/identity.ts'
import { textsIn, withTexts } from '../../src/record/png.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import { readTable } from '../../src/tables/read.ts'
import { VERSION } from '../../src/version.ts'

const { scenario } = loadScenario('tissue-a1-pulse')
const model = {
  observables: [
    { name: 'a', unit: 'V', group: 'global' },
    { name: 'b', unit: 'V', group: 'global' },
    { name: 'balance', unit: '1', group: 'budget' },
  ],
  fields: [{ name: 'u', unit: 'mM' }],
}
const frame = (t: number, ...values: number[]) => ({ index: t, t, observables: Float64Array.from(values), model })
const frames = [frame(0, 1, 1e-9, 1e-16), frame(1, 2.5, 0.3, 2e-16)]
const fields = [Float32Array.of(1, 2, 3)]

it('the version is that of the package', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version)
})

describe('the hash of a scenario', () => {
  const hash = (s: unknown) => scenarioHash([{ frame: 0, scenario: parseScenario(s) }])

  it('knows no order of keys, no title, and no difference between a default written and left out', () => {
    const turned = Object.fromEntries(Object.entries(scenario).reverse())
    const { rtol: _, ...time } = { ...scenario.time, rtol: 1e-3 }
    expect(hash({ ...turned, title: 'another', description: 'x' })).toBe(hash(scenario))
    expect(hash({ ...scenario, time })).toBe(hash({ ...scenario, time: { ...time, rtol: 1e-3 } }))
  })

  it('changes with any number, and with a change on the way', () => {
    const later = { ...scenario, time: { ...scenario.time, end: scenario.time.end * 2 } }
    expect(hash(later)).not.toBe(hash(scenario))
    const course = [
      { frame: 0, scenario },
      { frame: 3, scenario: later },
    ]
    expect(scenarioHash(course)).not.toBe(scenarioHash(course.slice(0, 1)))
    expect(scenarioHash(course)).not.toBe(scenarioHash([course[0], { ...course[1], frame: 4 }]))
  })

  it('is SHA-256 of JSON with sorted keys', () => {
    expect(canonical({ b: [1, undefined, 'x'], a: { d: null, c: undefined } })).toBe(
      '{"a":{"d":null},"b":[1,null,"x"]}',
    )
  })
})

describe('the hash of a result', () => {
  const of = resultHash(frames, fields)

  it('stays where the last digits and balances differ', () => {
    const other = [frame(0, 1 + 1e-14, 1.1e-9, -3e-16), frame(1, 2.5 - 1e-13, 0.3, 0)]
    expect(resultHash(other, fields)).toBe(of)
  })

  it('changes with an observable, a time, a field and a frame', () => {
    expect(resultHash([frames[0], frame(1, 2.5001, 0.3, 0)], fields)).not.toBe(of)
    expect(resultHash([frames[0], frame(2, 2.5, 0.3, 0)], fields)).not.toBe(of)
    expect(resultHash(frames, [Float32Array.of(1, 2.001, 3)])).not.toBe(of)
    expect(resultHash(frames.slice(1), fields)).not.toBe(of)
  })
})

describe('a table', () => {
  const text = 't (s),"voltage (V)",current (A/m²)\n0,3.5,1e-3\n1,3.4,2e-3\n2,3.25,3e-3\n'

  it.each(['Pulse', 'time, voltage, current; a title', 't (s),V', 'two\nlines'])(
    'entitled %j is read again without loss',
    (title) => {
      const identity = identify([{ frame: 0, scenario: { ...scenario, title } }], { frames, fields })
      const written = recordedTable(text, identity)
      expect(written).toMatch(/^# Software: Twoscale .*\n# Creation Time: /)
      expect(written).toContain(`# Result SHA-256: ${identity.result}\n`)
      const [bare, read] = [readTable(text), readTable(written)]
      expect(read.columns).toEqual(bare.columns)
      expect(read.rows).toBe(bare.rows)
    },
  )
})

describe('other files', () => {
  const identity = identify([{ frame: 0, scenario: { ...scenario, title: 'A <b> & µ' } }])

  it('a scenario with its record opens as the same scenario', () => {
    expect(parseScenario(JSON.parse(recordedJson(scenario, identity)))).toEqual(parseScenario(scenario))
  })

  it('a PNG keeps its picture and tells its texts', () => {
    const png = Uint8Array.from(
      atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
      (c) => c.charCodeAt(0),
    )
    const written = withTexts(png, [
      ['Title', 'A µ'],
      ['Software', 'Twoscale'],
    ])
    expect([...textsIn(written)]).toEqual([
      ['Title', 'A µ'],
      ['Software', 'Twoscale'],
    ])
    expect(written.subarray(-(png.length - 33))).toEqual(png.subarray(33))
    expect(() => withTexts(new Uint8Array(40), [])).toThrow(/no PNG/)
  })

  it('an SVG says it in its description, with its signs escaped', () => {
    const svg = recordedSvg('<svg width="9"><g/></svg>', identity)
    expect(svg).toMatch(/^<svg width="9"><desc>Software: Twoscale/)
    expect(svg).toContain('A &lt;b&gt; &amp; µ')
  })
})
