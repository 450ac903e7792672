/** Every stimulus against what its name says, at the nodes of a line: sources in mol/s, modulations of the membrane. */
import { describe, expect, it } from 'vitest'
import type { Stimulus } from '../../../src/models/family.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { stimuli } from '../../../src/models/tissue/stimuli.ts'
import { exactCell, input } from './setup.ts'

const L = 1e-3
const NODES = 5
const AMOUNT = 0.5
const DURATION = 4

type Arrays = 'sodium' | 'potassium' | 'chloride' | 'pump' | 'conductanceNa' | 'conductanceK' | 'conductanceCl'

/** Change per array: `source` in units of volume times amount over duration, else in units of the amount. */
const EFFECTS: Record<string, Partial<Record<Arrays, number>>> = {
  'inject-KCl': { potassium: 1, chloride: 1 },
  'swap-K-for-Na': { potassium: 1, sodium: -1 },
  'block-pump': { pump: -1 },
  'open-Na': { conductanceNa: 1 },
  'open-K': { conductanceK: 1 },
  'open-Cl': { conductanceCl: 1 },
}
const SOURCES = ['sodium', 'potassium', 'chloride']

function driveOf(list: Stimulus[], time: number) {
  const { drive, net } = macroModel(input('B1', [L], [NODES], { stimuli: list }), exactCell('B1')).setting
  drive.enter(time, time + 0.1)
  return { drive, net }
}

it('the list of effects is the list of stimuli', () => {
  expect(Object.keys(EFFECTS)).toEqual(stimuli.map((s) => s.name))
})

describe.each(Object.entries(EFFECTS))('%s', (kind, effect) => {
  const stimulus: Stimulus = { kind, amount: AMOUNT, start: 1, end: 1 + DURATION, region: { shape: 'everywhere' } }
  const rest = driveOf([], 2).drive
  const { drive, net } = driveOf([stimulus], 2)

  it('changes what it names, by its amount, and nothing else', () => {
    for (const name of ['pump', 'conductanceNa', 'conductanceK', 'conductanceCl', ...SOURCES] as Arrays[])
      for (let p = 0; p < NODES; p++) {
        const unit = SOURCES.includes(name) ? (net.volumeE[p] * AMOUNT) / DURATION : AMOUNT
        expect(drive[name][p] - rest[name][p], name).toBeCloseTo((effect[name] ?? 0) * unit, 14)
      }
  })

  it('acts in its time alone, and as far as its region reaches', () => {
    const key = Object.keys(effect)[0] as Arrays
    for (const time of [0.5, 1 + DURATION])
      expect([...driveOf([stimulus], time).drive[key]], `${time}`).toEqual([...rest[key]])
    const local: Stimulus = { ...stimulus, region: { shape: 'gaussian', center: [L / 2], radius: L / 4 } }
    const one = driveOf([local], 2).drive
    const share = (p: number) => (one[key][p] - rest[key][p]) / (drive[key][p] - rest[key][p])
    expect(share(2)).toBeCloseTo(1, 12)
    expect(share(1)).toBeCloseTo(Math.exp(-1), 12)
    expect(share(0)).toBeCloseTo(Math.exp(-4), 12)
  })
})

it('a swap adds no charge and no volume of ions, an injection adds salt: balances of the whole tissue', () => {
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
  const at = (kind: string) =>
    driveOf([{ kind, amount: 1, start: 0, end: 2, region: { shape: 'everywhere' } }], 1).drive
  for (const kind of ['inject-KCl', 'swap-K-for-Na']) {
    const d = at(kind)
    expect(sum(d.sodium) + sum(d.potassium) - sum(d.chloride)).toBeCloseTo(0, 20)
  }
  expect(sum(at('swap-K-for-Na').sodium)).toBeLessThan(0)
  expect(sum(at('swap-K-for-Na').potassium)).toBeGreaterThan(0)
})
