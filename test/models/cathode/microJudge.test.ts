/** The resolved cathode beside a run, and the judge as the command line and the page call it. */
import { describe, expect, it } from 'vitest'
import { ofMesh } from '../../../src/cell/columns.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import type { CathodeModel } from '../../../src/models/cathode/homogenized/model.ts'
import { microModel } from '../../../src/models/cathode/resolved/micro.ts'
import type { ResolvedCathode } from '../../../src/models/cathode/resolved/model.ts'
import { compare } from '../../../src/simulation/compare.ts'
import type { Frame } from '../../../src/simulation/frame.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import { cellOf, course, inputOf, judge, observed, type Strip } from './strip.ts'

const disc = cellOf(12)
const STRIP: Strip = { cell: disc }

describe('joining a run', () => {
  const strip: Strip = { ...STRIP, more: { i_foil: 1e6 } }
  const line = { ...inputOf(strip, 4), macro: { dimension: 1 as const, size: [1e-4], nodes: [201] } }
  const macro = macroModel(line, ofMesh(disc))
  const [middle, late] = course(macro, [100, 150])
  const from = { u: middle.u, macro: macro.macro, layout: macro.layout }
  const joined = (prepared: boolean) =>
    finish(microModel(inputOf(strip, 8), disc, { repeat: [8, 1], prepared, factor: 0.5, from }))
  const voltage = (m: ResolvedCathode | CathodeModel, u: Float64Array) => m.terminal(u, m.reactionSum(u))

  it('takes salt with its corrector, potentials, fillings cell by cell, and the place in the protocol', () => {
    const m = joined(true)
    const u = m.initial()
    expect(u.subarray(m.globals)).toEqual(middle.u.subarray(macro.globals))
    expect(Math.abs(m.meanFilling(u) - macro.meanFilling(middle.u))).toBeLessThan(1e-4)
    const [{ u: settled }] = course(m, [0])
    expect(Math.abs(voltage(m, settled) - voltage(macro, middle.u))).toBeLessThan(2e-4)
    // The salt wiggles around the discs at once.
    const plain = joined(false).initial()
    const wiggle = Math.max(...u.subarray(0, m.nodes).map((c, p) => Math.abs(c - plain[p])))
    expect(wiggle).toBeGreaterThan(3e-4)
    expect(wiggle).toBeLessThan(3e-2)
  })

  it('goes on like the homogenized cell', () => {
    const m = joined(true)
    const [{ u }] = course(m, [50])
    expect(Math.abs(voltage(m, u) - voltage(macro, late.u))).toBeLessThan(2e-4)
    expect(Math.abs(observed(m, u, 'utilisation') - observed(macro, late.u, 'utilisation'))).toBeLessThan(1e-9)
  })

  it('runs beside the judge scenario to the same times', () => {
    const { scenario } = loadScenario('cathode-judge')
    const short = { ...scenario, time: { ...scenario.time, end: 10, frames: 4 } }
    const frames: Frame[] = []
    for (const event of simulate(short)) if (event.kind === 'frame') frames.push(event.frame)
    const last = frames.at(-1)!
    expect(last.t).toBe(10)
    expect(last.resolved!.fields.map((f) => f.length)).toEqual(last.resolved!.fields.map(() => 129 * 17))
    expect(Math.abs(last.resolved!.observables[0] - last.observables[0])).toBeLessThan(1e-3)
    expect(last.checkpoint.resolved!.layout).toMatch(/^cathode-resolved/)
  })
})

describe('the judge', () => {
  it('compares the scenario of the error plot', () => {
    const running = compare(loadScenario('cathode-convergence').scenario, [2, 4])
    let next = running.next()
    while (!next.done) next = running.next()
    const { rows, orders } = next.value
    expect(rows.map((row) => row.N)).toEqual([2, 4])
    expect(orders.voltage).toBeGreaterThan(1.3)
    expect(rows[1].errors.voltage).toBeLessThan(0.1 * rows[1].errors.voltage_bruggeman)
  })

  it('says what keeps a scenario of given numbers from being compared', () => {
    expect(() => [...compare(loadScenario('cathode-tis2').scenario, [2])]).toThrow(/given numbers/)
  })

  it('stays within the first step, and away from its cut-off', () => {
    const steps = { name: 'steps', values: { steps: 'discharge at 200 A/m2 for 20 s\nrest 100 s' } }
    const errors = judge({ ...STRIP, more: { i_foil: 1e6 }, experiment: steps }, 4, 1000)
    expect(errors.voltage).toBeLessThan(1e-2)
    expect(errors.filling).toBeLessThan(1e-3)
  })
})
