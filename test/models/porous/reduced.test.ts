/** Reduced set-ups are shown in their own units; the numbers behind them stay SI. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { observablesTable } from '../../../src/cli/tables.ts'
import { finish } from '../../../src/finish.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import { card } from '../../../src/models/porous/card.ts'
import { inUnits, inWords, MILLIVOLT, NANOMETRE, parameterInUnits } from '../../../src/models/reduced.ts'
import type { Frame, ModelDescription } from '../../../src/simulation/frame.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { type Scenario, settings } from '../../../src/simulation/scenario.ts'
import { computeCurve, simulate } from '../../../src/simulation/simulate.ts'

const folder = new URL('../../../src/scenarios/', import.meta.url)
const named = (name: string): Scenario =>
  parseScenario(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')))
const unitsOf = ({ parameters, macro }: Scenario) => card.reduced!(parameters, macro)

/** The same set-up in a box of 2 m with D₁ = 3, c₀ = 5: other scales, the same reduced numbers. */
function scaled(scenario: Scenario, [L, D, c0]: readonly [number, number, number]): Scenario {
  const concentrations = Object.fromEntries(
    Object.entries(scenario.experiment.values).map(([key, v]) => [key, /^c\d_/.test(key) ? c0 * Number(v) : v]),
  )
  const { D_1, D_2, c_start, fixed_charge } = scenario.parameters
  return {
    ...scenario,
    cell: { ...scenario.cell, size: L * scenario.cell.size },
    macro: { ...scenario.macro, size: scenario.macro.size.map((s) => L * s) },
    parameters: {
      ...scenario.parameters,
      D_1: D * Number(D_1),
      D_2: D * Number(D_2),
      c0,
      c_start: c0 * Number(c_start),
      fixed_charge: c0 * Number(fixed_charge),
    },
    experiment: { ...scenario.experiment, values: { ...scenario.experiment.values, ...concentrations } },
    time: { ...scenario.time, end: ((L * L) / D) * scenario.time.end },
  }
}

function run(scenario: Scenario): { model: ModelDescription; frames: Frame[] } {
  const frames: Frame[] = []
  let model: ModelDescription | undefined
  for (const event of simulate(scenario)) {
    if (event.kind === 'model') model = event.model
    if (event.kind === 'frame') frames.push(event.frame)
  }
  return { model: model!, frames }
}

const SHORT = { end: 0.05, frames: 5, rtol: 1e-4 }
const membrane = { ...named('porous-charged-membrane'), time: SHORT }

describe('reduced units', () => {
  it('belong to every scenario whose screening is given, and to no other', () => {
    const porous = readdirSync(folder).filter((name) => name.startsWith('porous-'))
    const reduced = porous.filter((name) => unitsOf(named(name.replace('.json', ''))) !== undefined)
    expect(reduced).toHaveLength(16)
    expect(unitsOf(named('porous-opening'))).toBeUndefined()
  })

  it('are the scales of the scenario', () => {
    const { units } = unitsOf(scaled(membrane, [2, 3, 5]))!
    expect(units.m).toEqual({ unit: 'L', factor: 2 })
    expect(units.s).toEqual({ unit: 'L²/D₁', factor: 4 / 3 })
    expect(units.mM.factor).toBe(5)
    expect(units.mV.factor).toBeCloseTo((GAS_CONSTANT * 298.15) / FARADAY, 12)
    expect(units['A/m²'].factor).toBeCloseTo((FARADAY * 3 * 5) / 2, 6)
    expect(units['mol/(m² s)'].factor).toBeCloseTo(7.5, 12)
    // Flows and conductivities on pictures, whose colours open a thousandth of their unit at least.
    expect(units['mmol/(m² s)'].factor).toBeCloseTo(7.5, 12)
    expect(units['mS/m'].unit).toBe('F²D₁c₀/(RT)')
  })

  it('leave no quantity of the family in a unit of its own size', () => {
    const units = unitsOf(membrane)!
    const parameters = [...card.parameters, ...card.experiments.flatMap((e) => e.parameters)]
    const shown = [...parameters, ...settings(membrane).map(({ parameter }) => parameter)].flatMap((p) =>
      p.kind === 'number' && p.unit !== '1' ? [[p.name, parameterInUnits(p, units).unit]] : [],
    )
    const SIZES = ['m', 's', 'mM', 'mV', 'µm²/s', 'K']
    expect(shown.filter(([name, unit]) => SIZES.includes(unit) && !(name in units.scales))).toEqual([])
    const { model } = run(membrane)
    const outputs = [...model.fields, ...model.observables].map(({ unit }) => unit)
    const reduced = new Set(['1', ...Object.values(units.units).map(({ unit }) => unit)])
    expect(outputs.filter((unit) => !reduced.has(unit))).toEqual([])
    expect(model.units).toEqual(units)
  })

  it('keep a parameter that they are made of in SI', () => {
    const units = unitsOf(membrane)
    const parameter = (name: string) => parameterInUnits(card.parameters.find((p) => p.name === name)!, units)
    expect(parameter('D_1')).toMatchObject({ unit: 'm²/s', factor: 1 })
    expect(parameter('D_2')).toMatchObject({ unit: 'D₁', factor: 1 })
    expect(parameter('c0')).toMatchObject({ unit: 'mM' })
    expect(parameter('lambda2')).toMatchObject({ unit: '1' })
  })

  it('show the same numbers whatever the scales are', { timeout: 30_000 }, () => {
    const shown = (scenario: Scenario) => {
      const { model, frames } = run(scenario)
      const last = frames.at(-1)!
      return {
        t: last.t / model.units!.units.s.factor,
        fields: model.fields.map((f, k) => Array.from(last.fields[k], (v) => v / f.factor)),
        observables: model.observables.map((o, k) => [o.name, last.observables[k] / o.factor] as const),
      }
    }
    const [one, other] = [membrane, scaled(membrane, [2, 3, 5])].map(shown)
    expect(other.t).toBeCloseTo(one.t, 10)
    one.fields.forEach((field, k) => {
      for (const [p, v] of field.entries()) expect(other.fields[k][p]).toBeCloseTo(v, 3)
    })
    for (const [k, [name, value]] of one.observables.entries())
      if (!name.startsWith('budget')) expect(other.observables[k][1], name).toBeCloseTo(value, 2)
  })

  it('change no number of a frame', () => {
    const { model, frames } = run(membrane)
    const phi = model.fields.findIndex(({ name }) => name === 'phi')
    // Two thermal voltages in V.
    expect(frames[0].fields[phi][0]).toBeCloseTo(0.05138, 4)
    expect(frames[0].fields[phi][0] / model.fields[phi].factor).toBeCloseTo(2, 5)
    expect(frames.at(-1)!.t).toBe(0.05)
  })

  it('stand on curves, impedances and tables', { timeout: 60_000 }, () => {
    const { model, frames } = run(membrane)
    const curve = (name: string) => finish(computeCurve(membrane, { name, node: 0 }, frames.at(-1)!.checkpoint))
    const steady = curve('steady')
    expect([steady.x.unit, steady.y.unit]).toEqual(['RT/F', 'F D₁c₀/L'])
    expect(steady.note).toMatch(/reverses at -1\.115 RT\/F/)
    const nyquist = curve('nyquist')
    expect(nyquist.x.unit).toBe('RT L/(F²D₁c₀)')
    expect(nyquist.traces[0].labels![0]).toMatch(/ D₁\/L²$/)
    // The resistance of a film of salt is of order one.
    expect(Math.max(...nyquist.traces[0].x) / nyquist.x.factor).toBeGreaterThan(0.1)
    expect(Math.max(...nyquist.traces[0].x) / nyquist.x.factor).toBeLessThan(100)
    expect(curve('bode').x.unit).toBe('D₁/L²')
    expect(curve('table').table!.columns.map(({ unit }) => unit)).toEqual(['1', '1', 'D₁c₀/L', 'D₁c₀/L', '1', 'L²/D₁'])
    const [heading] = observablesTable(model, frames).split('\n')
    expect(heading).toContain('"t [L²/D₁]"')
    expect(heading).toContain('[F D₁c₀/L]')
  })

  it('are what sentences say', () => {
    const reduced = unitsOf(membrane)
    expect(inWords(0.5, NANOMETRE, reduced)).toBe('0.5 L')
    expect(inWords(5e-7, NANOMETRE, undefined)).toBe('500 nm')
    expect(inWords(0.0256925791, MILLIVOLT, reduced)).toBe('1 RT/F')
    expect(inUnits({ unit: '°', factor: 1 }, reduced)).toEqual({ unit: '°', factor: 1 })
  })
})
