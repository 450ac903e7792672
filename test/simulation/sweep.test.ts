/** Steady states under a list of voltages, as the library hands them out. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { sweep } from '../../src/simulation/sweep.ts'

const scenario = (name: string) => loadScenario(name).scenario

it('gives a row per voltage, odd in it where everything is symmetric', () => {
  const { columns, rows } = finish(sweep(scenario('porous-opening'), [-0.02, 0.02]))
  expect(columns[0]).toEqual({ label: 'current', unit: 'A/m²' })
  expect(rows).toHaveLength(2)
  expect(rows[0][0] / rows[1][0]).toBeCloseTo(-1, 6)
})

it.each([[[]], [[0.1, Number.NaN]]])('asks for voltages where it got %j', (voltages) => {
  expect(() => finish(sweep(scenario('porous-opening'), voltages))).toThrow(/give at least one voltage in V/)
})

it('says that a tissue has none', () => {
  expect(() => finish(sweep(scenario('tissue-opening'), [0]))).toThrow(/no steady current-voltage curve/)
})
