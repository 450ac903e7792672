/** Protocols as people write them: words, units and forms, loops, what is refused and why, and how long it takes. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readProtocol } from '../../../src/models/cathode/protocol/grammar.ts'
import { stepsFrom, unmetBy } from '../../../src/models/cathode/protocol/steps.ts'
import { working } from '../../working.ts'

/** 1C is 10 A/m², 1 A is 10 A/m², 100 mA/g are 10 A/m². */
const limits = { lowest: 2.5, highest: 4.2, capacity: 36000, area: 0.1, mass: 0.1 }
const cell = { area: 0.1, temperature: 298.15 }
const read = (text: string) => stepsFrom(readProtocol(text).items, limits)
const problemOf = (text: string) => readProtocol(text).problem ?? unmetBy(text, cell)

interface Row {
  text: string
  steps?: { hold: string; value: number; until: Record<string, number>; period?: number }[]
  refused?: string
}
const rows = JSON.parse(readFileSync(new URL('./pybamm.json', import.meta.url), 'utf8')) as Row[]

describe('experiment strings of PyBaMM', () => {
  it('are two hundred or more', () => expect(rows.length).toBeGreaterThanOrEqual(200))

  it.each(rows.filter(({ steps }) => steps))('$text', ({ text, steps }) => {
    expect(problemOf(text)).toBeUndefined()
    const found = read(text)
    expect(found.map(({ hold }) => hold)).toEqual(steps?.map(({ hold }) => hold))
    for (const [k, { value, until, period }] of (steps ?? []).entries()) {
      expect(found[k].value).toBeCloseTo(value, 9)
      expect(found[k].period).toBe(period)
      expect(Object.keys(found[k].until).sort()).toEqual(Object.keys(until).sort())
      for (const [key, wanted] of Object.entries(until))
        expect(found[k].until[key as keyof (typeof found)[0]['until']]).toBeCloseTo(wanted, 9)
    }
  })

  it.each(rows.filter(({ refused }) => refused))('$text is refused', ({ text, refused }) => {
    expect(problemOf(text)).toMatch(new RegExp(refused ?? ''))
    expect(problemOf(text)?.length).toBeLessThanOrEqual(300)
  })
})

const D = (value: number, until: object) => ({ hold: 'current', value, until })
const R = (duration: number) => ({ hold: 'current', value: 0, until: { duration } })

describe('words, units and forms of papers and cyclers', () => {
  it.each([
    ['Discharge at 1C for 1 hour until 3V', [D(10, { below: 3, duration: 3600 })]],
    ['rest 30 mins; rest 2 hrs', [R(1800), R(7200)]],
    ['Rest for 1 hour 30 minutes', [R(5400)]],
    ['rest 1:30:00', [R(5400)]],
    ['rest for half an hour', [R(1800)]],
    ['Hold at 4.2 V until 50 mA', [{ hold: 'voltage', value: 4.2, until: { taper: 0.5 } }]],
    ['charge at 2.5 mA cm-2 until 4.2 V', [D(-25, { above: 4.2 })]],
    ['discharge at 250 µA/cm2', [D(2.5, { below: 2.5 })]],
    ['Discharge at 20 W/m2 until 2.5V', [{ hold: 'power', value: 20, until: { below: 2.5 } }]],
    ['charge at 20 W/m2', [{ hold: 'power', value: -20, until: { above: 4.2 } }]],
    ['Discharge at 1C until 50% SOC', [D(10, { below: 2.5, filling: 0.5 })]],
    ['charge at 1C until SOC = 75 %', [D(-10, { above: 4.2, filling: 0.25 })]],
    ['discharge at 1C to 75% DOD', [D(10, { below: 2.5, filling: 0.75 })]],
    ['discharge at 100 mA/g until 2.5 V', [D(10, { below: 2.5 })]],
    ['discharge at 1C until 50 mAh/g', [D(10, { below: 2.5, passed: 0.5 })]],
    ['discharge at 1C until 0.5 Ah', [D(10, { below: 2.5, passed: 0.5 })]],
    ['discharge at 1C for 10% of the capacity', [D(10, { below: 2.5, passed: 0.1 })]],
    ['discharge to 2.7 V at C/5', [D(2, { below: 2.7 })]],
    ['charge at 1C until the voltage rises above 4 V', [D(-10, { above: 4 })]],
    ['charge at C/2, cut-off 4 V', [D(-5, { above: 4 })]],
    [
      '1. discharge at 1C\n2) rest 1 h.\nStep 3: charge at 1C',
      [D(10, { below: 2.5 }), R(3600), D(-10, { above: 4.2 })],
    ],
    ['discharge at 1C then rest 5 min', [D(10, { below: 2.5 }), R(300)]],
    ['Charge at C/2 to 4.2 V and hold until C/20', [D(-5, { above: 4.2 }), { hold: 'voltage', until: { taper: 0.5 } }]],
    ['CC charge at 1C until 4 V; CV until C/20', [D(-10, { above: 4 }), { hold: 'voltage', until: { taper: 0.5 } }]],
    ['CV charge at 4.2 V until C/20', [{ hold: 'voltage', value: 4.2, until: { taper: 0.5 } }]],
    ['discharge 1C 30min', [D(10, { below: 2.5, duration: 1800 })]],
    ['discharge 1C 3V', [D(10, { below: 3 })]],
    ['discharge 50 mAh/g at 1C', [D(10, { below: 2.5, passed: 0.5 })]],
    ['discharge at a constant rate of C/5 to 3 V', [D(2, { below: 3 })]],
    ['rest: 1 h; pause 1h30; OCV 1 h 30 m; rest (2 h)', [R(3600), R(5400), R(5400), R(7200)]],
    ['scan to 3.1 V at 0.1 mV/s', [{ hold: 'voltage', ramp: 1e-4, until: { reach: 3.1 } }]],
    ['rest until 3.4 V or for 2 h', [{ hold: 'current', value: 0, until: { reach: 3.4, duration: 7200 } }]],
    [
      'CC-CV charge at C/2 to 4.2 V until C/20 or for 3 h',
      [D(-5, { above: 4.2 }), { hold: 'voltage', value: 4.2, until: { taper: 0.5, duration: 10800 } }],
    ],
  ])('%s', (text, steps) => {
    expect(readProtocol(text).problem).toBeUndefined()
    const found = read(text)
    expect(found).toHaveLength(steps.length)
    steps.forEach((step, k) => {
      expect(found[k]).toMatchObject(step)
      expect(Object.keys(found[k].until).sort()).toEqual(Object.keys(step.until).sort())
    })
  })

  it.each([
    ['Charge at 1C until 4.2', /"4.2" has no unit; write e.g. 4.2 V/],
    ['discharge at 1C until C/20', /the current is held and never comes to "C\/20"/],
    ['power 20 W/m2 until C/20', /grows on discharge and never fades/],
    ['hold at 3.4 V until 3.3 V', /does not change/],
    ['rest 1 h or until C/20', /no current flows/],
    ['discharge at 1C until SOC above 50%', /state of charge falls/],
    ['sweep to 3 V at 0.1 mV/s until 2 V', /ends at the voltage it goes to/],
    ['rest until 3.4 V', /needs a time/],
    ['rest 10 m', /"10 m" is a length; minutes are written min/],
    ['discharge at 1C for 1 month', /"1 month" has no known unit/],
    ['discharge at 1C until empty', /ends at the cut-off of the cell.*leave it out/],
    ['discharge at 1C until capacity 80%', /what has passed or what is left/],
    ['sweep from 3.5 V to 3.1 V at 0.1 mV/s', /begins at the voltage that was reached/],
    ['rest 1:30', /two ways/],
    ['discharge at 1C until 3 V and for 1 h', /whatever comes first/],
    ['rest 1 h )', /not understood here/],
    ['0.5C discharge', /a step begins with/],
    ['discharge at 1e999 C', /not a current/],
    ['rest 100 years', /not a time/],
    ['discharge at 1C until 120% SOC', /more than full/],
  ])('%s is refused with its reason', (text, message) => {
    expect(readProtocol(text).problem).toMatch(message)
  })

  it('asks for the area of the electrode and for one temperature, with the step', () => {
    const bare = { area: undefined, temperature: 298.15 }
    expect(unmetBy('rest 1 h\nDischarge at 5A until 2.5 V', bare)).toMatch(/step 2: .*"5A".*area/)
    expect(unmetBy('hold at 4 V until 50 mA', bare)).toMatch(/area/)
    expect(unmetBy('discharge at 1C until 2 Ah', bare)).toMatch(/area.*Ah\/m2/)
    expect(unmetBy('discharge at 5 A/m2 until 20 mAh/g', bare)).toBeUndefined()
    expect(unmetBy('Discharge at 1C until 2.5V at 30oC', bare)).toMatch(/25 °C throughout.*303.15 K/)
    expect(unmetBy('Discharge at 1C until 2.5V at 25oC', bare)).toBeUndefined()
  })
})

describe('repeats, groups and jumps', () => {
  const currents = (text: string) => {
    expect(readProtocol(text).problem).toBeUndefined()
    return read(text).map(({ value }) => value)
  }

  it.each([
    ['Repeat 3 times: discharge at 1C; charge at 1C', [10, -10, 10, -10, 10, -10]],
    ['repeat twice: discharge at 1C then rest 1 s\ncharge at 1C', [10, 0, 10, 0, -10]],
    ['(discharge at 1C; rest 1 s) x 2', [10, 0, 10, 0]],
    ['(discharge at 1C; rest 1 s) repeat 2 times', [10, 0, 10, 0]],
    ['two times: discharge at 1C; rest 1 s', [10, 0, 10, 0]],
    ['2 (discharge at 1C; rest 1 s)', [10, 0, 10, 0]],
    ['2 x (discharge at 1C\nrest 1 s)', [10, 0, 10, 0]],
    ['[discharge at 1C, rest 1 s] * 2; charge at 1C', [10, 0, 10, 0, -10]],
    [
      'repeat 2 times\n discharge at 1C\n repeat 2 times:\n  rest 1 s\n end\nend repeat\ncharge at 1C',
      [10, 0, 0, 10, 0, 0, -10],
    ],
    ['discharge at 1C\nrest 1 s\ngo to step 1, 2 times\ncharge at 1C', [10, 0, 10, 0, 10, 0, -10]],
    ['charge at 1C\ndischarge at 1C\nrest 1 s\ngoto 2 once', [-10, 10, 0, 10, 0]],
    ['((rest 1 s) x 2; charge at 1C) x 2', [0, 0, -10, 0, 0, -10]],
  ])('%s', (text, values) => expect(currents(text)).toEqual(values))

  it('on a condition: rounds may be left for the step behind the loop', () => {
    const steps = read('repeat 5 times until voltage below 3 V: discharge at 1C for 1 min; rest 1 min\ncharge at 1C')
    expect(steps).toHaveLength(11)
    expect(steps[0].leave).toBeUndefined()
    for (const k of [2, 4, 6, 8])
      expect(steps[k].leave).toEqual([{ when: { of: 'voltage', side: 'below', value: 3 }, to: 10 }])
    expect(steps.filter(({ spare }) => spare)).toHaveLength(8)
    const [first] = read('(discharge at 1C for 1 h; rest 1 s) until SOC below 20%')[2].leave ?? []
    expect(first).toEqual({ when: { of: 'filling', side: 'above', value: 0.8 }, to: 200 })
  })

  it.each([
    ['repeat', /needs a number or a condition/],
    ['repeat 3 times', /holds no step/],
    ['rest 1 s\nrepeat steps 1-1 3 times', /with or without the round before; write a group/],
    ['repeat 0 times: rest 1 s', /from 1 to 1000/],
    ['repeat 1e9 times: rest 1 s', /from 1 to 1000/],
    ['repeat 3 times:\nrest 1 s', /"end"/],
    ['(rest 1 s', /close it with "\)"/],
    ['go to step 1, 3 times', /goes back to a step before/],
    ['rest 1 s\ngo to step 1', /names a step and when it ends/],
    ['(rest 1 s; rest 2 s) x 2\ngo to step 2, 3 times', /lies in no other group/],
    ['repeat until 80% of the capacity: rest 1 s', /does not age/],
    ['repeat until 3 V: rest 1 s', /on which side/],
    [`${'('.repeat(9)}rest 1 s${')'.repeat(9)}`, /at most 8 deep/],
    ['repeat 1000 times: repeat 1000 times: rest 1 s', /at most 5000 are run/],
  ])('refused: %s', (text, message) => expect(readProtocol(text).problem).toMatch(message))

  it('refused: more steps or characters than there may be', () => {
    expect(readProtocol(Array(501).fill('rest 1 s').join('\n')).problem).toMatch(/at most 500 written steps/)
    expect(readProtocol('rest 1 s;'.repeat(3000)).problem).toMatch(/at most 20000/)
  })
})

describe('hostile texts', () => {
  // No measure of speed: what went back and forth over such texts took minutes.
  const answered = (text: string) => {
    const used = working()
    const { items, problem } = readProtocol(text)
    if (!problem) stepsFrom(items, limits)
    expect(used()).toBeLessThan(2000)
    expect(problem ?? unmetBy(text, cell) ?? '').toSatisfy((words: string) => words.length <= 300)
  }

  it.each([
    ['blanks', `hold${' '.repeat(15_000)}x\u2028(y`],
    ['digits', `rest ${'1'.repeat(19_000)}!`],
    ['decimal points', `rest ${'1.'.repeat(9_000)}`],
    ['exponents', `rest ${'1e'.repeat(9_000)}`],
    ['brackets', '('.repeat(19_000)],
    ['repeats', 'repeat 2 times: '.repeat(1200)],
    ['separators', ';'.repeat(19_000)],
    ['conditions', `discharge at 1C ${'or until 3 V '.repeat(1500)}`],
    ['times', `rest ${'1 s '.repeat(4_900)}`],
    ['units', `rest 1 ${'m'.repeat(19_000)}`],
    ['factors', `discharge at 1 ${'A/'.repeat(9_000)}`],
    ['subjects', `discharge at 1C until ${'the '.repeat(4_900)}`],
    ['bullets', '- '.repeat(9_900)],
    ['many steps', 'repeat 10 times: rest 1 s; (rest 2 s) x 10\n'.repeat(45)],
    ['prototypes', 'constructor __proto__ toString until hasOwnProperty 3 V'],
    ['more than fits', 'rest 1 s\n'.repeat(1_000_000)],
  ])('%s are answered at once', (_name, text) => answered(text))

  it('whatever the words, one short sentence or steps', () => {
    const words = [
      'discharge',
      'charge',
      'at',
      '1C',
      'C',
      '/',
      '3',
      'V',
      'until',
      'for',
      'or',
      'to',
      'rest',
      'hold',
      'sweep',
      'repeat',
      'times',
      ':',
      ';',
      '\n',
      '(',
      ')',
      'x',
      'go',
      'step',
      '%',
      'SOC',
      'mA',
      'cm-2',
      'h',
      '30 min',
      '°C',
      '²',
      '-',
      ',',
      'end',
      'below',
      'CC-CV',
      'period',
      '1e9',
      '\u2028',
      '🙂',
      'toString',
      '"',
      '#',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), fc.boolean(), (list, glued) =>
        answered(list.join(glued ? '' : ' ')),
      ),
      { numRuns: 2000 },
    )
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), answered), { numRuns: 500 })
  })
})
