/** Random tables, good and hostile: answered in bounded time, in bounded words, and with numbers that were in the file. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Desk } from '../../src/tables/desk.ts'
import { propose } from '../../src/tables/mapping.ts'
import { MOST_ROWS, readTable } from '../../src/tables/read.ts'
import { MOST_DRAWN, take } from '../../src/tables/take.ts'
import { thinnedRows } from '../../src/tables/thin.ts'
import { working } from '../working.ts'

const PIECES = [
  'time [s]',
  'Voltage(V)',
  'Ewe/V',
  '-Im(Z)/Ohm',
  'Capacity(mAh)',
  '"',
  '""',
  ',',
  ';',
  '\t',
  ' ',
  '\n',
  '\r\n',
  '#',
  '3.42',
  '3,420',
  '1.234,5',
  '-1e-3',
  '00:00:10',
  '1.02:03:04',
  '2024-09-27 10:00:00',
  'NaN',
  '(',
  ']',
  '/',
  'µ',
  '٣',
  '\u2028',
  '𝟛',
  '__proto__',
  '=1+1',
]

/** The answers of the desk, and the longest time of one in ms. */
function answers(source: string): number {
  const desk = new Desk()
  const used = working()
  const bytes = new TextEncoder().encode(source).buffer
  const answer = desk.handle({ id: 1, kind: 'read', bytes, known: {} })
  if (answer.kind === 'view') {
    const { mapping, questions } = answer.view.proposal
    for (const { message } of questions) expect(message.length).toBeLessThanOrEqual(300)
    const taken = desk.handle({ id: 2, kind: 'take', mapping })
    if (taken.kind === 'refused') expect([taken.defect, taken.problem.length <= 300]).toEqual([false, true])
  } else if (answer.kind === 'refused') expect([answer.defect, answer.problem.length <= 300]).toEqual([false, true])
  return used()
}

describe('whatever the text', () => {
  it('it is answered', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }), (pieces) => {
        expect(answers(pieces.join(''))).toBeLessThan(2000)
      }),
      { numRuns: 1500, seed: 12 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (source) => {
        expect(answers(source)).toBeLessThan(2000)
      }),
      { numRuns: 500, seed: 12 },
    )
  })

  it.each(PIECES)('a hundred thousand times %j is answered in two seconds', (piece) => {
    expect(answers(piece.repeat(100_000))).toBeLessThan(2000)
    expect(answers(`time [s],voltage [V]\n0,1\n${piece.repeat(100_000)}`)).toBeLessThan(2000)
  })
})

it('what is written is what is read, under every mark and comma', () => {
  const value = fc.double({ min: 0.06, max: 9, noNaN: true }).map((v) => Number(v.toPrecision(6)))
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 2, maxLength: 20 }),
      fc.constantFrom(...(['\t', ';', ',', ' '] as const)),
      fc.boolean(),
      fc.integer({ min: 0, max: 5 }),
      (volts, mark, decimal, preamble) => {
        const comma = decimal && mark !== ','
        const write = (v: number) => (comma ? String(v).replace('.', ',') : String(v))
        const source = [
          ...Array.from({ length: preamble }, (_, k) => `line ${k} of a preamble`),
          ['time/s', 'voltage/V', 'step'].join(mark),
          ...volts.map((v, k) => [write(k), write(v), 7].join(mark)),
        ].join('\n')
        const table = readTable(source)
        const { mapping, questions } = propose(table)
        // Three digits after every comma may be thousands: asked, and read otherwise only then.
        if (questions.some(({ about }) => about === 'comma')) return
        const { track } = take(table, mapping)
        expect(track?.time).toEqual(volts.map((_, k) => k))
        expect(track?.voltage).toEqual(volts)
      },
    ),
    { numRuns: 400, seed: 7 },
  )
})

describe('a million rows', () => {
  const rows = 1_000_000
  const lines = ['time [s],voltage [V],current [A]']
  for (let k = 0; k < rows; k++) lines.push(`${k},${(3 + 0.1 * Math.sin(k / 1e5)).toFixed(5)},-1`)
  lines[500_001] = '500000,4.9,-1'
  const source = lines.join('\n')

  it('are read in seconds, thinned with their peaks, and that is told', () => {
    const used = working()
    const table = readTable(source)
    const taken = take(table, propose(table).mapping)
    expect(used()).toBeLessThan(15_000)
    expect(taken.points).toBe(rows)
    expect(taken.track?.voltage?.length).toBeLessThanOrEqual(MOST_DRAWN)
    expect(Math.max(...(taken.track?.voltage ?? []))).toBe(4.9)
    expect(taken.track?.time?.at(-1)).toBe(rows - 1)
    expect(taken.notes.map(({ message }) => message).join('\n')).toMatch(
      /1000000 points are drawn as \d+: of every run of rows the first, the lowest and the highest voltage/,
    )
    expect(taken.load).toEqual({ problem: expect.stringMatching(/more than 100000 rows/) })
    // Deviations are told from rows evenly apart, which peaks do not weigh on.
    expect(taken.even?.time?.slice(0, 3)).toEqual([0, 200, 400])
  })

  it('are less than the most', () => expect(rows).toBeLessThan(MOST_ROWS))
})

it('thinned rows ascend, keep both ends and every extreme of a run, and pass over gaps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -50, max: 50 }) }, fc.constant(Number.NaN)), {
        minLength: 1,
        maxLength: 400,
      }),
      fc.integer({ min: 4, max: 60 }),
      (values, most) => {
        const kept = thinnedRows(values, most)
        expect(kept.length).toBeLessThanOrEqual(Math.max(most, Math.min(values.length, most)))
        expect(kept[0]).toBe(0)
        expect(kept.at(-1)).toBe(values.length - 1)
        for (let k = 1; k < kept.length; k++) expect(kept[k]).toBeGreaterThan(kept[k - 1]!)
        const extreme = (of: (...all: number[]) => number, rows: readonly number[]) =>
          of(...rows.map((k) => values[k]!).filter((v) => !Number.isNaN(v)))
        const all = values.map((_, k) => k)
        expect(extreme(Math.max, kept)).toBe(extreme(Math.max, all))
        expect(extreme(Math.min, kept)).toBe(extreme(Math.min, all))
      },
    ),
    { numRuns: 500, seed: 3 },
  )
})
