/** Ways of writing tables: marks, commas, clocks, dates, preambles, units in a line of their own. */
import { describe, expect, it } from 'vitest'
import { clockIn, dateIn, headingOf, numberIn } from '../../src/models/columns.ts'
import { Desk } from '../../src/tables/desk.ts'
import { type Mapping, propose } from '../../src/tables/mapping.ts'
import { readTable } from '../../src/tables/read.ts'
import type { ReadOptions } from '../../src/tables/table.ts'
import { take } from '../../src/tables/take.ts'

const text = (...rows: string[]) => `${rows.join('\n')}\n`

function read(source: string, more: Partial<Mapping> = {}, options: ReadOptions = {}) {
  const table = readTable(source, options)
  const { mapping, questions, decisions } = propose(table)
  const taken = take(table, { ...mapping, ...more })
  const told = [...table.notes, ...taken.notes].map(({ message }) => message).concat(decisions)
  return { ...taken, table, asked: questions.map(({ message }) => message), told: told.join('\n') }
}

describe('a cell', () => {
  it.each([
    ['3.42', 'thousands', 3.42],
    ['3,420', 'thousands', 3420],
    ['3,42', 'decimal', 3.42],
    ['1.234,5', 'decimal', 1234.5],
    ['1,234.5', 'thousands', 1234.5],
    ['1,234,567', 'thousands', 1_234_567],
    ['−1.5', 'thousands', -1.5],
    ['1,5E-3', 'decimal', 1.5e-3],
    ["1'234.5", 'thousands', 1234.5],
    ['1\u00a0234,5', 'decimal', 1234.5],
    ['.5', 'thousands', 0.5],
    ['5.', 'thousands', 5],
    ['+2', 'thousands', 2],
    ['3,42', 'thousands', Number.NaN],
    ['0x10', 'thousands', Number.NaN],
    ['', 'thousands', Number.NaN],
    ['NaN', 'decimal', Number.NaN],
    ['1e999999', 'thousands', Number.NaN],
    ['9'.repeat(5000), 'thousands', Number.NaN],
  ] as const)('%.20j with %s commas is %d', (cell, comma, value) => {
    expect(numberIn(cell, comma)).toBe(value)
  })

  it.each([
    ['00:01:30', 90],
    ['1:02:03.5', 3723.5],
    ['100:00:00', 360_000],
    ['1.02:00:00', 93_600],
    ['2d 01:00:00', 176_400],
    ['0d 00:00:10.25', 10.25],
    ['1-00:00:01', 86_401],
    ['-0:00:05', -5],
    ['00:00:05:500', 5.5],
    ['12:30', Number.NaN],
    ['00:61:00', Number.NaN],
  ])('%j is a clock of %d s', (cell, seconds) => {
    expect(clockIn(cell)).toBe(seconds)
  })

  it.each([
    ['2024-09-27 10:00:00', 'month first'],
    ['2024-09-27T10:00:00Z', 'month first'],
    ['2024/9/27 10:00', 'month first'],
    ['09/27/2024 10:00:00 AM', 'day first'],
    ['27.09.2024 10:00:00', 'month first'],
    ['27/9/24 10:00', 'month first'],
  ] as const)('%j is a date', (cell, order) => {
    expect(dateIn(cell, order)).toBe(Date.UTC(2024, 8, 27, 10) / 1000)
  })
})

describe('a heading', () => {
  it.each([
    ['Capacity [mAh/g]', 'Capacity', 'mAh/g'],
    ['Q charge/discharge/mA.h', 'Q charge/discharge', 'mA.h'],
    ['-Im(Z)/Ohm', '-Im(Z)', 'Ohm'],
    ['test_time_second', 'test time', 'second'],
    ['voltage, V', 'voltage', 'V'],
    ['capacity_ampere_hour', 'capacity', 'ampere hour'],
    ['"time" (h:mm:ss)', '"time"', 'h:mm:ss'],
    ['mode', 'mode', ''],
  ])('%s has a name and a unit', (cell, label, unit) => {
    expect(headingOf(cell)).toEqual({ label: label.replaceAll(/^"/g, ''), unit })
  })
})

describe('a table', () => {
  it.each([
    ['commas', text('time [s],voltage [V]', '0,3.4', '10,3.3')],
    ['commas and blanks', text('time [s], voltage [V]', '0, 3.4', '10, 3.3')],
    ['semicolons and decimal commas', text('time [s];voltage [V]', '0;3,4', '10;3,3')],
    ['tabs and decimal commas', text('time [s]\tvoltage [V]', '0\t3,4', '10\t3,3')],
    ['strokes', text('time [s]|voltage [V]', '0|3.4', '10|3.3')],
    ['blanks', text('time [s]  voltage [V]', '  0   3.4', ' 10   3.3')],
    ['single blanks', text('time (s) voltage (V)', '0 3.4', '10 3.3')],
    ['quotes', text('"time [s]","voltage [V]"', '"0","3,4"', '"10","3,3"')],
    ['a mark at the end of rows', text('time [s];voltage [V];', '0;3.4;', '10;3.3;')],
    ['a line of units', text('time;voltage', 's;V', '0;3.4', '10;3.3')],
    ['a line of units in brackets', text('Prog Time,Voltage,Step', '[s],[V],', '0,3.4,1', '10,3.3,1')],
    ['a mark of its encoding', `\uFEFF${text('time [s],voltage [V]', '0,3.4', '10,3.3')}`],
    ['returns alone', 'time [s],voltage [V]\r0,3.4\r10,3.3'],
    ['returns and feeds', 'time [s],voltage [V]\r\n0,3.4\r\n10,3.3\r\n'],
    ['remarks between', text('# by hand', 'time [s],voltage [V]', '0,3.4', '# a pause', '10,3.3')],
    [
      'a preamble that looks like rows',
      text('Mass (mg),12.3', 'Area,1.5', '', 'time [s],voltage [V]', '0,3.4', '10,3.3'),
    ],
    ['a footer', text('time [s],voltage [V]', '0,3.4', '10,3.3', 'End of file')],
  ])('with %s', (_, source) => {
    const { track, asked } = read(source)
    expect(track).toEqual({ time: [0, 10], voltage: [3.4, 3.3] })
    expect(asked).toEqual([])
  })

  it('of BioLogic has a preamble of any length', () => {
    const settings = Array.from({ length: 60 }, (_, k) => `Setting ${k}                 0,0   10   V`)
    const { track, spectrum, told, use } = read(
      text(
        'EC-Lab ASCII FILE',
        'Nb header lines : 63',
        ...settings,
        'mode\tox/red\ttime/s\tcontrol/V\tEwe/V\t<I>/mA\t(Q-Qo)/mA.h\t',
        '1\t1\t1,0E+00\t0\t3,42\t-1,5\t0\t',
        '1\t1\t2,0E+00\t0\t3,41\t-1,5\t-0,1\t',
      ),
      { area: 1e-4 },
    )
    expect([use, spectrum]).toEqual(['curve', undefined])
    expect(track).toMatchObject({ time: [0, 1], voltage: [3.42, 3.41], current: [15, 15] })
    expect(told).toMatch(/62 lines above the header/)
    expect(told).toMatch(/The time begins at zero/)
  })

  it('of an impedance is one, with either sign of the imaginary part', () => {
    const source = (name: string, sign: number) =>
      text(`freq/Hz\tRe(Z)/Ohm\t${name}\ttime/s\t<Ewe>/V`, `1000\t1\t${sign * 2}\t0\t3`, `100\t2\t${sign * 3}\t1\t3`)
    for (const made of [read(source('-Im(Z)/Ohm', 1), { area: 1e-4 }), read(source('Im(Z)/Ohm', -1), { area: 1e-4 })]) {
      expect(made.use).toBe('impedance')
      expect(made.spectrum?.frequency).toEqual([1000, 100])
      expect(made.spectrum?.im[1]).toBeCloseTo(-3e-4, 12)
    }
    expect(read(text('f [Hz],Z_re [ohm cm2],Z_im [ohm cm2]', '1,2,-3', '2,2,-2')).spectrum?.re[0]).toBeCloseTo(2e-4, 12)
    expect(() => read(source('-Im(Z)/Ohm', 1))).toThrow(/area of the electrode is needed/)
  })

  it('has times as dates where it has no others', () => {
    const { track, told } = read(text('Date,Voltage(V)', '2024-09-27 23:59:50,3.4', '2024-09-28 00:00:10,3.3'))
    expect(track?.time).toEqual([0, 20])
    expect(told).toMatch(/"Date" is read as dates/)
  })

  it('asks whether the day or the month comes first, where it matters', () => {
    const rows = ['Date,Voltage(V)', '01/02/2024 00:00:00,3.4', '02/02/2024 00:00:00,3.3']
    expect(read(text(...rows)).asked).toEqual([
      expect.stringMatching(/"01\/02\/2024" may begin with the month or the day/),
    ])
    expect(read(text(...rows)).track?.time?.[1]).toBe(31 * 86_400)
    expect(read(text(...rows), {}, { dates: 'day first' }).track?.time?.[1]).toBe(86_400)
    expect(read(text(...rows, '13/02/2024 00:00:00,3.2')).asked).toEqual([])
  })

  it('has one way of writing numbers', () => {
    const plain = read(text('time [s];voltage [mV]', '0;3,420', '1000,5;3,400'))
    expect(plain.track?.voltage?.[0]).toBeCloseTo(3.42e-3, 12)
    expect(plain.asked).toEqual([expect.stringMatching(/comes to 0\.00342 V at most: check its unit/)])
    // Points between thousands look like decimal ones.
    expect(read(text('time [s];voltage [mV]', '0;3.420', '10;3.400')).asked).toHaveLength(1)
    const grouped = read(text('time [s];voltage [mV];n', '0;3,420;1,000,000', '10;3,400;1'))
    expect(grouped.track?.voltage).toEqual([3.42, 3.4])
    expect(grouped.asked).toEqual([])
    expect(read(text('t [s];U [V];n', '0;3,42;1,000,000', '1;3,4;1')).asked[0]).toMatch(/which is it/)
  })

  it('refuses what has decimal commas between commas', () => {
    expect(() => read(text('capacity [mAh/g],voltage [V]', '0,5,2,51', '1,5,2,49'))).toThrow(
      /twice as many values.*";"/,
    )
  })

  it('asks what clocks of two parts are', () => {
    const source = text('time,voltage [V]', '0:00,3.4', '1:30,3.3')
    expect(read(source).asked).toEqual(['"0:00" may be minutes and seconds or hours and minutes: which is it?'])
    expect(read(source).track?.time).toEqual([0, 90])
    expect(read(source, {}, { clocks: 'h:min' }).track?.time).toEqual([0, 5400])
    expect(read(text('time,voltage [V]', '0:00.0,3.4', '1:30.5,3.3')).asked).toEqual([])
  })

  it('never loses what decimal commas between commas have torn', () => {
    const torn = read(text('time [s],voltage [V]', '0,3,42', '10,3,40', '20,3,38'))
    expect(torn.asked).toEqual([expect.stringMatching(/Line 1 names 2 columns, rows have 3: .*decimal/)])
    const some = read(text('time [s],voltage [V]', '0,3', '10,3', '20,3', '30,2,98'))
    expect(some.told).toMatch(/Line 5 with more cells than there are columns is left out/)
    expect(some.points).toBe(3)
  })

  it('without names asks for all of them', () => {
    const table = readTable(text('0,3.4', '10,3.3'))
    const { mapping, questions } = propose(table)
    expect(questions).toEqual([{ about: 'columns', message: expect.stringMatching(/Say which columns/) }])
    const choices = [
      { role: 'time', unit: 'min' },
      { role: 'voltage', unit: 'V' },
    ] as const
    expect(take(table, { ...mapping, choices }).track).toEqual({ time: [0, 600], voltage: [3.4, 3.3] })
  })

  it('takes volts or millivolts by their size, and asks for the rest', () => {
    expect(read(text('time [s],voltage', '0,3400', '1,3200')).track?.voltage).toEqual([3.4, 3.2])
    const odd = propose(readTable(text('time [s],voltage', '0,50', '1,60')))
    expect(odd.questions).toEqual([{ about: 1, message: '"voltage" has no unit: say which.' }])
    expect(propose(readTable(text('time [fortnights],voltage [V]', '0,3', '1,3'))).questions[0]?.message).toMatch(
      /unit that is not known: s is assumed/,
    )
  })

  it('of parts and of percents', () => {
    expect(read(text('DoD [%],E [V]', '0,3', '50,2')).track?.utilisation).toEqual([0, 0.5])
    expect(read(text('x,E [V]', '0,3', '0.5,2')).told).toMatch(/"x" is read as a fraction/)
    expect(read(text('x,E [V]', '0,3', '50,2')).asked).toEqual(['"x" has no unit: % is assumed.'])
  })

  it('names what it used and what it did not', () => {
    const { told } = read(text('Rec,time [s],voltage [V],mode', '1,0,3.4,CC', '2,1,3.3,CC'))
    expect(told).toMatch(/"time \[s\]" is the time in s, "voltage \[V\]" is the voltage in V\.\nNot used: Rec, mode\./)
  })
})

describe('messages', () => {
  it.each(['', ' \n', 'a,b\nc,d\n', 'x'.repeat(1e6), `${'('.repeat(1e5)}\n1,2\n`, '1\n2\n3\n', '{"a": 1}'])(
    'say what was got, shortly: %.20j',
    (source) => {
      const answer = new Desk().handle({
        id: 1,
        kind: 'read',
        bytes: new TextEncoder().encode(source).buffer,
        known: {},
      })
      if (answer.kind !== 'refused') return
      expect(answer.defect).toBe(false)
      expect(answer.problem).toMatch(/^got /)
      expect(answer.problem.length).toBeLessThanOrEqual(300)
    },
  )
})
