/** A run capsule runs again and says: the same numbers, or what differs; and who wrote it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { replayCommand } from '../../src/cli/replay.ts'
import { runCommand } from '../../src/cli/run.ts'
import { finish } from '../../src/finish.ts'
import { type Capsule, encapsulate, parseCapsule } from '../../src/record/capsule.ts'
import { replayTo, type Told } from '../../src/record/told.ts'
import { judge } from '../../src/record/verdict.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import { VERSION } from '../../src/version.ts'

const { scenario } = loadScenario('tissue-a1-pulse')
const changed = { ...scenario, parameters: { ...scenario.parameters, temperature: 300 } }
const course = [
  { frame: 0, scenario },
  { frame: 3, scenario: changed },
]
const copy = (capsule: Capsule) => JSON.parse(JSON.stringify(capsule)) as Capsule & { rows: (number | null)[][] }
let told: Told
let capsule: Capsule

beforeAll(() => {
  told = finish(replayTo(course, 6, new CellCache()))
  capsule = parseCapsule(copy(encapsulate(course, told)))
})

describe('a run that was changed on its way', () => {
  it('comes to the frame of the capsule and has the same numbers', () => {
    expect(told.frames.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6])
    const verdict = judge(capsule, finish(replayTo(capsule.course, capsule.until)))
    expect(verdict).toMatchObject({ same: true, differences: [], frames: 7 })
    expect(verdict.sentence).toMatch(/^Same numbers: 7 frames up to t = .* s, observables and fields \(SHA-256\)\.$/)
  })

  it('differs from a run that was not changed, and a time is named', () => {
    const verdict = judge(capsule, finish(replayTo([course[0]], 6)))
    expect(verdict.same).toBe(false)
    expect(Math.min(...verdict.differences.map(({ t }) => t))).toBeGreaterThanOrEqual(told.frames[3].t)
  })
})

describe('a changed number is named', () => {
  it('of an observable, with its time and size', () => {
    const other = copy(capsule)
    const place = other.observables.findIndex(({ unit }) => unit === 'mV')
    const { label, name, factor } = other.observables[place]
    const row = other.rows[4]
    const before = row[place + 2]!
    row[place + 2] = before + 0.25 * factor
    const { same, differences, sentence } = judge(parseCapsule(other), told)
    expect(same).toBe(false)
    expect(differences).toHaveLength(1)
    expect(differences[0]).toMatchObject({ name, t: told.frames[4].t })
    expect(differences[0].capsule - differences[0].here).toBeCloseTo(0.25, 6)
    expect(sentence).toContain(`Not the same numbers: ${label}`)
    expect(sentence).toContain(`at t = ${Number(told.frames[4].t.toPrecision(7))} s`)
    expect(sentence.length).toBeLessThanOrEqual(300)
  })

  it('of a field, and of a frame that is not there', () => {
    const other = copy(capsule)
    other.fields = other.fields.map((f, k) => (k === 0 ? { ...f, greatest: f.greatest * 1.01 } : f))
    expect(judge(other, told).differences).toMatchObject([{ name: capsule.fields[0].name }])
    const longer = copy(capsule)
    longer.rows = [...longer.rows, [9, 99, ...longer.rows[0].slice(2)]]
    expect(judge(longer, told).sentence).toMatch(/frame 9 at t = 99 s, which this run did not come to/)
  })

  it('not where it is another only beyond the sixth digit', () => {
    const other = copy(capsule)
    other.rows = other.rows.map(([index, t, ...values]) => [index, t, ...values.map((v) => v && v * (1 + 1e-9))])
    expect(judge(other, told).same).toBe(true)
  })
})

it('says which version wrote it where it is another, and that a scenario was changed afterwards', () => {
  expect(judge(capsule, told).sentence).not.toContain('written by')
  const older = { ...capsule, record: { ...capsule.record, version: '0.1.2' } }
  expect(judge(older, told).sentence).toContain(`written by Twoscale 0.1.2, this is ${VERSION}.`)
  const forged = { ...capsule, course: [course[0]] }
  expect(judge(forged, told).sentence).toContain('Its scenario was changed after it was written.')
})

it.each<[string, (c: ReturnType<typeof copy>) => unknown, RegExp]>([
  ['something else', () => ({ family: 'tissue' }), /got no run capsule/],
  ['a later form', (c) => ({ ...c, twoscaleCapsule: 2 }), /got 2; this program reads 1/],
  ['no course', (c) => ({ ...c, course: [] }), /course: got 0 scenarios/],
  ['frames that go back', (c) => ({ ...c, course: [c.course[1], c.course[0]] }), /course\[1\].frame: got 0/],
  ['an end before its last change', (c) => ({ ...c, until: 1 }), /until: got 1/],
  ['a short row', (c) => ({ ...c, rows: [[0, 0]] }), /rows\[0\]: got 2 values/],
  ['words for numbers', (c) => ({ ...c, until: 'end' }), /until: does not have the form/],
])('%s is refused in a sentence', (_, make, message) => {
  expect(() => parseCapsule(make(copy(capsule)))).toThrow(message)
})

describe('on the command line', () => {
  it('run writes one, replay says so', () => {
    const out = mkdtempSync(join(tmpdir(), 'twoscale-capsule-'))
    runCommand(['tissue-a1-pulse', '--out', out])
    const file = join(out, 'capsule.json')
    expect(replayCommand([file])).toMatch(/^Same numbers/)
    const other = JSON.parse(readFileSync(file, 'utf8'))
    other.rows[1][2] += 1
    writeFileSync(file, JSON.stringify(other))
    expect(() => replayCommand([file])).toThrow(/^Not the same numbers: /)
  })
})
