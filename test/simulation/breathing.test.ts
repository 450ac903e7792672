/** Scenarios whose cells breathe: how they stop at the ends of their ranges, and what is refused. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import { compare } from '../../src/simulation/compare.ts'
import type { SimulationEvent } from '../../src/simulation/frame.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { base, breathing, modelOf, salt, scenario } from '../models/tissue/breathing.ts'

/** Runs a scenario and answers how it stopped, with the last frame. */
function ending(of: Scenario) {
  let frame: { t: number; fields: readonly Float32Array[] } | undefined
  const notices: string[] = []
  const running = simulate(of)
  for (;;) {
    const { done, value } = running.next()
    if (done) return { ...value, frame, stopped: notices.find((message) => message.startsWith('Stopped')) }
    if (value.kind === 'frame') frame = value.frame
    if (value.kind === 'notice') notices.push(value.notice.message)
  }
}

describe('cells at the end of their range', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    [
      'emptied by salt between them',
      { stimuli: [{ ...salt(200)[0], end: 20 }] },
      { gates: false },
      /the cells at x = 0 µm have lost water to the end of their range: 50\.\d % of the tissue is left of them\.$/,
    ],
    [
      'with pumps that fail',
      { time: { ...base.time, end: 2000, frames: 20 } },
      { gates: false, Imax1: 0, start: 'nominal' },
      /the cells at x = 0 µm have swollen to the end of their range: they fill 72\.\d % of the tissue and leave 27\.\d % between them\.$/,
    ],
  ])('%s stop the run with a sentence and the last good state', (_, changes, parameters, message) => {
    const { frame, stopped, stoppedBy, t } = ending(scenario(changes, parameters))
    expect(stoppedBy).toBe('event')
    expect(stopped).toMatch(message)
    expect(stopped?.length).toBeLessThan(300)
    expect(t).toBeGreaterThan(1)
    expect(frame?.t).toBe(t)
    for (const values of frame?.fields ?? []) expect(values.every(Number.isFinite)).toBe(true)
  })
})

describe('a run that goes on', () => {
  const bath = { experiment: { name: 'bath', values: { sides: 'both', bath_Na: 155, bath_K: 5 } } }
  const given = { ...bath, time: { ...base.time, end: 10, frames: 5 } }
  const of = (changes: Record<string, unknown> = {}, parameters: Record<string, unknown> = {}) =>
    scenario({ ...given, ...changes }, { gates: false, ...parameters })
  const cells = new CellCache()
  /** What is said as a scenario goes on from the middle of another one, and its errors of balances at the end. */
  const going = (from: Scenario, to: Scenario) => {
    const framesOf = (events: SimulationEvent[]) =>
      events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : []))
    const { checkpoint } = framesOf([...simulate(from, { cells })])[3]
    const events = [...simulate(to, { cells, from: checkpoint, firstFrame: 3 })]
    const model = events.flatMap((event) => (event.kind === 'model' ? [event.model] : []))[0]
    const { observables } = framesOf(events).at(-1)!
    const errors = model.observables.flatMap(({ group }, k) => (group === 'budget' ? [Math.abs(observables[k])] : []))
    const said = events.flatMap((event) => (event.kind === 'notice' ? [event.notice.message] : []))
    return { said: said.filter((message) => message.startsWith('The change')), error: Math.max(...errors) }
  }

  it.each<[string, Scenario, Scenario, RegExp[]]>([
    ['as it is says nothing', of(), of(), []],
    ['with other water says nothing', of(), of({}, { L_p: 1e-13 }), []],
    [
      'in another range keeps what it holds',
      of(),
      of({ breathing: [{ ...breathing[0], range: [0.39, 0.48] }] }),
      [/^The change keeps amounts and volumes/],
    ],
    [
      'as its cells begin to breathe keeps what it holds',
      of({ breathing: [] }),
      of(),
      [/^The change keeps amounts and volumes/],
    ],
    [
      'in another period alters volumes',
      of(),
      of({ cell: { ...base.cell, resolution: 32, shapes: [{ ...base.cell.shapes[0], radius: 0.44 }] } }),
      [/^The change alters volumes/],
    ],
  ])('%s, and its balances close', (_, from, to, sentences) => {
    const { said, error } = going(from, to)
    expect(said.length).toBe(sentences.length)
    for (const [k, sentence] of sentences.entries()) expect(said[k]).toMatch(sentence)
    expect(error).toBeLessThan(1e-12)
  })
})

describe('the wave of tissue-swelling', () => {
  const { scenario: given } = loadScenario('tissue-swelling')
  /** Far from where it began: K outside at most (mM), the space at least, and for how long V is above -40 mV (s). */
  const passing = (L_p: number) => {
    const node = 45
    const seen = { potassium: 0, space: 1, depolarised: 0 }
    let names: string[] = []
    for (const event of simulate(parseScenario({ ...given, parameters: { ...given.parameters, L_p } }))) {
      if (event.kind === 'model') names = event.model.fields.map(({ name }) => name)
      if (event.kind !== 'frame') continue
      const [k, v, space] = ['K_E', 'V', 'theta_E'].map((name) => event.frame.fields[names.indexOf(name)][node])
      seen.potassium = Math.max(seen.potassium, k)
      seen.space = Math.min(seen.space, space)
      if (v > -0.04) seen.depolarised += given.time.end / given.time.frames
    }
    return seen
  }

  it('is what its text says, with water and without', { timeout: 240_000 }, () => {
    const swelling = passing(Number(given.parameters.L_p))
    expect(swelling.potassium).toBeCloseTo(74.4, 0)
    expect(swelling.space).toBeCloseTo(0.145, 3)
    expect(Math.round(swelling.depolarised)).toBe(18)
    const still = passing(0)
    expect(still.potassium).toBeCloseTo(67.3, 0)
    expect(still.space).toBeCloseTo(0.208, 3)
    expect(Math.round(still.depolarised)).toBe(17)
  })
})

describe('refused', () => {
  const grading = [
    {
      number: 'shapes[0].radius',
      along: [
        [0, 0.3],
        [1, 0.4],
      ],
    },
  ]
  const list = (number: string, range: unknown) => ({ breathing: [{ number, range }] })
  it.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    ['graded cells beside', { graded: grading }, {}, /^breathing: got cells that swell beside cells that vary/],
    ['a resolved model', { micro: { resolution: 16, repeat: 4 } }, {}, /^micro.repeat: .*only the homogenized model/],
    ['coefficients by hand', {}, { override: true }, /^breathing: got coefficients given by hand.*leave breathing out/],
    ['another number', list('shapes[0].size', [0.4, 0.48]), {}, /^breathing\[0\]\.number: got "shapes\[0\]\.size"/],
    ['a range turned round', list('shapes[0].radius', [0.48, 0.4]), {}, /^breathing\[0\]\.range: got 0.48 to 0.4;/],
    [
      'a range that lies beside',
      list('shapes[0].radius', [0.46, 0.48]),
      {},
      /range: .*radius = 0\.45 in the cell at rest/,
    ],
    ['a range without room', list('shapes[0].radius', [0.45, 0.48]), {}, /with room on both sides/],
    [
      'values that no shape takes',
      list('shapes[0].radius', [-1, 0.48]),
      {},
      /^breathing\[0\]\.range\[0\]: cell\.shapes\[0\]\.radius/,
    ],
    ['half a range', list('shapes[0].radius', [0.4]), {}, /^breathing\[0\]\.range/],
    [
      'cells that touch',
      list('shapes[0].radius', [0.4, 0.52]),
      {},
      /^breathing: from shapes\[0\]\.radius = 0\.\d+ on .*cut off/,
    ],
    [
      'a number of no effect',
      list('shapes[0].center[0]', [0.4, 0.6]),
      {},
      /^breathing: the cells do not grow all the way/,
    ],
  ])('are %s', (_, changes, parameters, message) => {
    const refused = () => modelOf(scenario(changes, parameters))
    expect(refused).toThrow(message)
  })

  it('are comparisons, once for all N', () => {
    expect(() => finish(compare(scenario(), [2, 4]))).toThrow(
      /^epsilon: cells that swell would move the mesh that resolves them[^\n]*leave breathing out$/,
    )
  })

  it('are two numbers out of proportion, several kinds of cells and other families', () => {
    const shapes = [{ shape: 'box', phase: 'intracellular', center: [0.5, 0.5], size: [0.8, 0.7] }]
    const two = [0, 1].map((k) => ({ number: `shapes[0].size[${k}]`, range: [0.6, 0.9] }))
    const box = { ...base.cell, resolution: 32, shapes }
    expect(() => scenario({ cell: box, breathing: two })).toThrow(
      /^breathing\[1\]\.range: .*not in proportion to the first number; try shapes\[0\]\.size\[1\] = 0\.8 in the cell/,
    )
    const sizes = [
      [0.25, 0.2],
      [0.75, 0.1],
    ].map(([x, radius]) => ({ shape: 'ball', phase: 'intracellular', center: [x, 0.5], radius }))
    const kinds = scenario({
      cell: { ...base.cell, resolution: 32, shapes: sizes },
      breathing: [{ ...breathing[0], range: [0.18, 0.22] }],
    })
    expect(() => modelOf(kinds)).toThrow(/^breathing: got a cell with 2 kinds of cells/)
    const { scenario: film } = loadScenario('porous-dilute-film')
    expect(() => parseScenario({ ...film, breathing: [{ number: 'shapes[0].radius', range: [0.1, 0.4] }] })).toThrow(
      /^breathing: got cells that swell in the family "porous"/,
    )
  })
})
