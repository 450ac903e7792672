import { describe, expect, it } from 'vitest'
import { FARADAY } from '../../../src/models/constants.ts'
import { Membrane, type Reference } from '../../../src/models/tissue/membrane.ts'
import { MembraneCurrents } from '../../../src/models/tissue/membraneCurrents.ts'
import { membraneParameters } from '../../../src/models/tissue/parameters.ts'
import { values } from './setup.ts'

const reference: Reference = { sodium: [9.3, 140], potassium: [130, 4], chloride: [8.7, 113], v: -0.0686 }
const laws = {
  ohmic: new Membrane(membraneParameters(values('B1'))),
  gated: new Membrane(membraneParameters(values('D1'))),
  'constant field': new Membrane(membraneParameters(values('B1')), reference),
  'gated constant field': new Membrane(membraneParameters(values('D1')), reference),
}

describe.each(Object.entries(laws))('the %s membrane', (_, membrane) => {
  const modulation = { ...membrane.unmodulated(), pump: 0.7 }
  const at = (x: readonly number[]) => {
    const m = new MembraneCurrents()
    membrane.evaluate(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], modulation, m)
    return m
  }
  const state = [11, 120, 12, 135, 7, 110, -0.045, 0.6]

  it('has the derivatives that finite differences give', () => {
    const m = at(state)
    const table: [keyof MembraneCurrents, keyof MembraneCurrents, number][] = [
      ['sodium', 'sodiumBySodiumI', 0],
      ['sodium', 'sodiumBySodiumE', 3],
      ['sodium', 'sodiumByPotassiumE', 4],
      ['sodium', 'sodiumByV', 6],
      ['potassium', 'potassiumBySodiumI', 0],
      ['potassium', 'potassiumByPotassiumI', 1],
      ['potassium', 'potassiumByPotassiumE', 4],
      ['potassium', 'potassiumByV', 6],
      ['chloride', 'chlorideByChlorideI', 2],
      ['chloride', 'chlorideByChlorideE', 5],
      ['chloride', 'chlorideByV', 6],
    ]
    if (membrane.parameters.gates)
      table.push(['sodium', 'sodiumByGate', 7], ['gateRate', 'gateByGate', 7], ['gateRate', 'gateByV', 6])
    for (const [value, derivative, k] of table) {
      const step = 1e-5 * Math.max(Math.abs(state[k]), 0.01)
      const plus = at(state.map((v, j) => (j === k ? v + step : v)))[value] as number
      const minus = at(state.map((v, j) => (j === k ? v - step : v)))[value] as number
      const difference = (plus - minus) / (2 * step)
      expect(Math.abs((m[derivative] as number) - difference), `${derivative}`).toBeLessThan(
        1e-6 * Math.abs(difference) + 1e-10,
      )
    }
  })

  it('moves exactly the charge of its ionic and capacitive currents', () => {
    const m = at(state)
    const capacitive = 0.123
    const [na, k, cl] = membrane.fluxes(m, capacitive)
    expect(FARADAY * (na + k - cl)).toBeCloseTo(m.total + capacitive, 13)
  })
})

it('matches ohmic and constant-field currents in the reference state, not elsewhere', () => {
  const { ohmic } = laws
  const field = laws['constant field']
  const a = new MembraneCurrents()
  const b = new MembraneCurrents()
  const modulation = ohmic.unmodulated()
  const { sodium, potassium, chloride, v } = reference
  for (const [law, out] of [
    [ohmic, a],
    [field, b],
  ] as const)
    law.evaluate(sodium[0], potassium[0], chloride[0], sodium[1], potassium[1], chloride[1], v, 0, modulation, out)
  expect(b.sodium).toBeCloseTo(a.sodium, 12)
  expect(b.potassium).toBeCloseTo(a.potassium, 12)
  field.evaluate(sodium[0], potassium[0], chloride[0], sodium[1], potassium[1], chloride[1], 0.02, 0, modulation, b)
  ohmic.evaluate(sodium[0], potassium[0], chloride[0], sodium[1], potassium[1], chloride[1], 0.02, 0, modulation, a)
  expect(Math.abs(b.potassium / a.potassium - 1)).toBeGreaterThan(0.1)
})

it('has the limit 80/s of the delayed rectifier at -34.9 mV and no overflow far outside', () => {
  const m = new MembraneCurrents()
  const { gated } = laws
  for (const v of [-0.0349, -0.0349 + 1e-12, -5, 5]) {
    gated.evaluate(9, 130, 8, 140, 4, 113, v, 0.5, gated.unmodulated(), m)
    expect(Number.isFinite(m.total) && Number.isFinite(m.potassiumByV)).toBe(true)
  }
})
