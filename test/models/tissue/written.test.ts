/** A start that is written down: the waves of the convergence test by formulas, its numbers and its gradients; what is refused. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { asWritten, waves } from '../../../src/models/tissue/start.ts'
import { present } from '../../../src/present.ts'
import type { Frame } from '../../../src/simulation/frame.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { simulate } from '../../../src/simulation/simulate.ts'

const values = [14, 130, -0.07, 140, 4]
const texts = [
  { k: 4, text: '4*(1 + 4/7*cos(pi*x))', path: 'p', unit: 1 },
  { k: 3, text: '140*(1 + cos(pi*x)*cos(pi*y)/4)', path: 'p', unit: 1 },
  { k: 2, text: '-70*(1 - 0.4*cos(pi*x))', path: 'p', unit: 1e-3 },
]

it('the waves by formulas are the waves, with their slopes', () => {
  const macro = { dimension: 2 as const, size: [1e-3, 2e-3], nodes: [5, 5] }
  const [written, built] = [asWritten(values, texts, macro), waves(values, macro)]
  const [a, b] = [new Float64Array(3), new Float64Array(3)]
  for (const x of [
    [0, 0],
    [3e-4, 1.7e-3],
    [1e-3, 1e-3],
  ])
    for (const k of [2, 3, 4]) {
      expect(written.value(k, x)).toBeCloseTo(built.value(k, x), 10)
      written.gradient(k, x, a)
      built.gradient(k, x, b)
      const scale = Math.abs(values[k]) / 1e-3
      for (const axis of [0, 1]) expect((a[axis] - b[axis]) / scale).toBeCloseTo(0, 4)
    }
})

const edited = (parameters: object, change: object = {}) => {
  const whole = JSON.parse(JSON.stringify(loadScenario('tissue-convergence-centred').scenario))
  const { micro: _, ...alone } = whole
  return parseScenario({
    ...alone,
    time: { ...whole.time, frames: 1 },
    ...change,
    parameters: { ...whole.parameters, ...parameters },
  })
}

function last(scenario: ReturnType<typeof edited>): Frame {
  let frame: Frame | undefined
  for (const event of simulate(scenario)) if (event.kind === 'frame') frame = event.frame
  return present(frame, 'a frame')
}

describe('a run', () => {
  it('from what is written goes as one from the waves', () => {
    const { parameters: v } = loadScenario('tissue-convergence-centred').scenario
    const formula = (value: number, wave: string) => `${value}*(1 + ${wave})`
    expect(v.start).toBe('waves')
    const get = (name: string) => Number(v[name])
    const written = edited({
      start: 'written',
      start_K_E: formula(get('K_E'), '4/7*cos(pi*x)'),
      start_Na_E: formula(get('Na_E'), '1/4*cos(pi*x)*cos(pi*y)'),
      start_K_I: formula(get('K_I'), '5/24*cos(pi*x)*cos(pi*y)'),
      start_Na_I: formula(get('Na_I'), '3/8*cos(pi*y)'),
      start_V: formula(1e3 * get('V0'), '(-2/5)*cos(pi*x)'),
    })
    const [a, b] = [last(edited({})), last(written)]
    a.checkpoint.u.forEach((value, k) => {
      expect(Math.abs(b.checkpoint.u[k] - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)))
    })
  })

  it('has its gates at rest at the potential that is written, as at one that is given', () => {
    const { scenario } = loadScenario('tissue-d1-wave')
    const first = (parameters: object) => {
      const parts = { ...scenario, stimuli: [], parameters: { ...scenario.parameters, ...parameters } }
      for (const event of simulate(parts)) if (event.kind === 'frame') return event.frame.checkpoint.u
      throw new RangeError('no frame')
    }
    const written = first({ start: 'written', start_V: '-30' })
    expect(written).toEqual(first({ start: 'nominal', V0: -0.03 }))
    expect(written).not.toEqual(first({ start: 'nominal' }))
  })

  it('says what of a start cannot be', () => {
    const start = (parameters: object) => () => last(edited({ start: 'written', ...parameters }))
    expect(start({ start_K_E: '4 - 10*x' })).toThrow(/parameters.start_K_E: got down to -6 mM/)
    expect(start({ start_V: '4 +' })).toThrow(/parameters.start_V: got "4 \+", which is neither/)
  })
})
