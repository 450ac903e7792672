/** Files as cyclers, papers and people write them: each read right, or asked about. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { TableError } from '../../src/tables/layout.ts'
import { type Mapping, propose } from '../../src/tables/mapping.ts'
import { readTable } from '../../src/tables/read.ts'
import { take } from '../../src/tables/take.ts'

const file = (name: string) => readFileSync(new URL(`cases/${name}`, import.meta.url), 'utf8')

/** What a file comes to, with what is asked and told on the way. */
function taken(name: string, more: Partial<Mapping> = {}, options = {}) {
  const table = readTable(file(name), options)
  const { mapping, questions, decisions } = propose(table)
  const result = take(table, { ...mapping, ...more })
  const told = [...table.notes, ...result.notes].map(({ message }) => message).concat(decisions)
  return { ...result, asked: questions.map(({ message }) => message), told: told.join('\n') }
}

it('Neware: the total time in hh:mm:ss, of three columns of time', () => {
  const { track, asked, told } = taken('overlay-neware.csv')
  expect(track).toMatchObject({ time: [0, 10, 20], voltage: [4.18, 4.15, 4.14] })
  expect(told).toMatch(/"Total Time" is used, not "Time", "Date"/)
  expect(told).toMatch(/"Capacity\(Ah\)" is of a whole cell: the area of the electrode or the mass.*needed/)
  expect(asked).toEqual([])
  // Its discharge is negative, which the falling voltage tells; 0.0056 Ah over 2 cm² are 28 Ah/m².
  const known = taken('overlay-neware.csv', { area: 2e-4, mass: 1e-3 })
  expect(known.track?.current).toEqual([5000, 5000, 5000])
  expect(known.track?.capacity?.[2]).toBeCloseTo(28 * 3600, 8)
  expect(known.track?.specific?.[2]).toBeCloseTo(5.6 * 3600, 8)
})

it('clocks under a heading in hours are seconds', () => {
  const { track, told } = taken('overlay-clock.csv')
  expect(track).toEqual({ time: [0, 10, 20], voltage: [3.42, 3.4, 3.39] })
  expect(told).toMatch(/"time \[h\]" is read as hours:minutes:seconds, not in h/)
})

it('Maccor: the preamble is passed over, minutes of the test and volts understood', () => {
  const { track, load, told } = taken('overlay-maccor.txt')
  expect(track).toEqual({ time: [0, 60, 120, 480, 540], voltage: [2.417, 2.467, 2.517, 2.717, 2.667] })
  expect(told).toMatch(/1 line above the header is passed over/)
  expect(told).toMatch(/"Test \(Min\)" is used, not "Step \(Min\)", "DPt Time"/)
  expect(load).toMatchObject({ rows: 5, text: expect.stringMatching(/^time \[s\],current \[A\]\n0,-0.00061\n60,/) })
})

it('3,420 mV is asked about, and read as 3.42 V', () => {
  const { track, asked } = taken('overlay-thousand.csv')
  expect(asked).toEqual(['"3,420" may be 3420 or 3.420: which is it?'])
  expect(track?.voltage).toEqual([3.42, 3.4, 3.39])
  expect(taken('overlay-thousand.csv', {}, { comma: 'decimal' }).track?.voltage?.[0]).toBeCloseTo(3.42e-3, 12)
})

it('of two times that of the whole is used', () => {
  const { track, told } = taken('overlay-twotimes.csv')
  expect(track).toEqual({ time: [0, 10, 10, 20], voltage: [3.42, 3.4, 3.45, 3.43] })
  expect(told).toMatch(/"Total Time \(s\)" is used, not "Step Time \(s\)"/)
})

it('blanks separate', () => {
  const { track, asked } = taken('overlay-spaces.txt')
  expect(track).toEqual({ time: [0, 10, 20], voltage: [3.42, 3.4, 3.39] })
  expect(asked).toEqual([])
})

it('NASA: Voltage_measured in volts, Time asked about in seconds', () => {
  const { track, asked, told } = taken('overlay-nasa.csv')
  expect(track?.voltage).toHaveLength(4)
  expect(track?.time).toEqual([0, 16.781, 35.703, 53.781])
  expect(asked).toContain('"Time" has no unit: s is assumed.')
  expect(told).toMatch(/"Voltage_measured" has no unit: V is assumed/)
})

it('an open-circuit table: the header in a remark, filling against voltage', () => {
  const { track, told } = taken('overlay-ocp.csv')
  expect(track?.filling).toHaveLength(5)
  expect(track?.voltage?.[4]).toBe(3.52302166875714)
  expect(told).toMatch(/names of the columns stand in a remark, line 2/)
})

it('a drive cycle is a load', () => {
  const { use, load, asked } = taken('overlay-us06.csv')
  expect(use).toBe('current')
  expect(load).toMatchObject({ rows: 5, text: expect.stringContaining('time [s],current [A]\n0,0.012859\n10,0.58049') })
  expect(asked).toEqual([expect.stringMatching(/may discharge or charge/)])
  expect(taken('overlay-us06.csv', { area: 0.1, positive: 'charge' }).load).toMatchObject({
    text: expect.stringContaining('time [s],current [A/m2]\n0,-0.12859\n'),
  })
})

it('a capacity in mAh needs the area or the mass', () => {
  expect(() => taken('overlay-mah.csv')).toThrow(/"Capacity\(mAh\)".*the area of the electrode or the mass.*needed/)
  expect(propose(readTable(file('overlay-mah.csv'))).questions).toEqual([
    { about: 'size', message: expect.stringMatching(/area of the electrode or the mass/) },
  ])
  const { track } = taken('overlay-mah.csv', { mass: 1e-5 })
  expect(track).toEqual({ specific: [0, 180_000, 360_000], voltage: [3.42, 3.4, 3.39] })
  expect(taken('overlay-mah.csv', { area: 1e-4 }).track?.capacity?.[2]).toBeCloseTo(36_000, 8)
})

it('times that repeat or go back, and empty cells, are told with their lines', () => {
  const { track, told } = taken('overlay-nonmonotone.csv')
  expect(told).toMatch(/Line 4 repeats the time/)
  expect(told).toMatch(/time goes back at line 5, from 10 to 5/)
  expect(told).toMatch(/Line 6 is left out/)
  expect(track?.time).toEqual([0, 10, 10, 5, 30])
})

it('a header of thousands of brackets is asked about, in bounded words', () => {
  const table = readTable(file('rel-table-long-header.txt'))
  expect(propose(table).questions.map(({ about }) => about)).toEqual(['columns'])
  expect(() => take(table, propose(table).mapping)).toThrow(TableError)
  expect(table.columns.every(({ name }) => name.length <= 61)).toBe(true)
})
