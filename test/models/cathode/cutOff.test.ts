/** Rows of a cathode that nothing crosses are one-dimensional cells; what is cut off for good says so without numbers. */
import { describe, expect, it } from 'vitest'
import { finish } from '../../../src/finish.ts'
import { InputError } from '../../../src/parameter.ts'
import judge from '../../../src/scenarios/cathode-judge.json' with { type: 'json' }
import printed from '../../../src/scenarios/cathode-tis2-printed.json' with { type: 'json' }
import type { Frame } from '../../../src/simulation/frame.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { computeCurve, simulate } from '../../../src/simulation/simulate.ts'

const { micro: _, ...strip } = judge
const line = { dimension: 1, size: [1e-4], nodes: [121] }
const sheet = { dimension: 2, size: [1e-4, 1e-5], nodes: [121, 5] }
const ends = (parameters: object, macro: object) =>
  finish(simulate(parseScenario({ ...strip, macro, parameters: { ...strip.parameters, ...parameters } }))).t

describe('a plane cathode whose electrolyte is cut off across (T_yy = 0)', () => {
  it.each(['E1', 'E2', 'E3', 'E4'])('discharges as its rows do alone: %s', (electrolyte) => {
    const alone = ends({ electrolyte }, line)
    expect(alone).toBeCloseTo(73.566, 3)
    expect(ends({ electrolyte }, sheet)).toBeCloseTo(alone, 9)
  })

  it.each([line, sheet])('along the current is refused, with no number that is none', (macro) => {
    const shapes = strip.cell.shapes.map((shape) => (shape.shape === 'bar' ? { ...shape, axis: 'y' } : shape))
    const scenario = parseScenario({ ...strip, macro, cell: { ...strip.cell, shapes } })
    try {
      finish(simulate(scenario))
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(InputError)
      const { problems } = error as InputError
      expect(problems.map(({ message }) => message).join(' ')).toMatch(/cut|no path/)
      for (const { message } of problems) expect(message).not.toMatch(/NaN|Infinity/)
    }
  })
})

describe('the polarisation of a cell that has run out', () => {
  it.each([{}, { nu: '2' }])('comes to an end, and says what could not be had: %j', (parameters) => {
    const scenario = parseScenario({ ...printed, parameters: { ...printed.parameters, ...parameters } })
    let last: Frame | undefined
    finish(simulate(scenario), (event) => {
      if (event.kind === 'frame') last = event.frame
    })
    let told = 0
    const curve = finish(computeCurve(scenario, { name: 'polarisation', node: 0 }, last!.checkpoint), () => told++)
    expect(told).toBeLessThan(16 * 2 * 3100)
    const [atOnce, , steady] = curve.traces
    expect(atOnce.x.length).toBeGreaterThan(8)
    expect(steady.x.length).toBeLessThan(16)
    expect(curve.note).toMatch(/There is none at .* A\/m²/)
  })
})
