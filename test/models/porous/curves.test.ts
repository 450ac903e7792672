/** Curves of the porous family: what their notes say, and the table of closures. */

import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import type { Curve } from '../../../src/models/family.ts'
import { curveBox } from '../../../src/models/porous/curves.ts'
import { porous } from '../../../src/models/porous/index.ts'
import type { PorousInput } from '../../../src/models/porous/input.ts'
import { CellCache, solveCell } from '../../../src/simulation/cells.ts'
import { familyInput, type Scenario } from '../../../src/simulation/scenario.ts'
import { finish } from '../../numerics/helpers.ts'

const cells = new CellCache()

function curve(scenarioName: string, name: string, change: (scenario: Scenario) => void = () => {}): Curve {
  const { scenario } = loadScenario(scenarioName)
  change(scenario)
  const cell = finish(solveCell(scenario, cells))
  return finish(porous.curve({ name, node: 0 }, familyInput(scenario), cell, { t: 0, u: new Float64Array(0) }))
}

describe('notes of the current-voltage curve', () => {
  it('says that equal diffusivities give an exactly odd curve', () => {
    const { note, traces } = curve('porous-closure-duel', 'steady')
    expect(note).toMatch(/exactly odd/)
    const [{ y }] = traces
    y.forEach((current, k) => {
      expect(Math.abs(current + y[y.length - 1 - k])).toBeLessThan(1e-6 * Math.abs(y[0]))
    })
  })

  it('gives ratio and reversal where the ions differ, and does not call that odd', () => {
    const { note, marks } = curve('porous-rectifier', 'steady')
    expect(note).toMatch(/as 1\.60\d to 1/)
    expect(note).not.toMatch(/odd/)
    const reversal = marks.find((m) => m.label === 'I = 0')!
    expect(Math.abs(reversal.x / -0.0271797 - 1)).toBeLessThan(5e-3)
  })

  it('does not call a limited current odd', () => {
    expect(curve('porous-limiting-current', 'steady').note).not.toMatch(/odd/)
  })
})

describe('the current-voltage curve', () => {
  it('is not odd but zero behind a wall', () => {
    const { note } = curve('porous-wall-test', 'steady')
    expect(note).toMatch(/no ion pass/)
    expect(note).not.toMatch(/odd/)
  })

  it('reaches the voltage of the run', () => {
    const { traces, marks, note } = curve('porous-limiting-current', 'steady')
    expect(traces[0].x.at(-1)! / marks.find((m) => m.label === 'V')!.x).toBeCloseTo(1, 9)
    expect(note).toMatch(/±8 thermal/)
  })

  it.each(['steady', 'closures'])('says where there is none (%s)', (name) => {
    expect(() => curve('porous-periodic', name)).toThrow(/no steady current/)
  })
})

describe('the table of closures', () => {
  it('has a row for each, the fluxes of the literature, and marks the one in use', () => {
    const { rows } = curve('porous-closure-duel', 'table').table!
    expect(rows.map((r) => r.name)).toEqual(['perforated', 'weak2013', 'printed2013', 'lteDM', 'neumann2013', 'split'])
    expect(rows.filter((r) => r.chosen).map((r) => r.name)).toEqual(['perforated'])
    const published = [1.02417, 1.31533, 1.00545, 1.03544, 1.16097, 1.03036]
    rows.forEach((row, k) => {
      expect(Math.abs(row.cells[2]! / published[k] - 1), row.name).toBeLessThan(2e-4)
    })
  })

  it('says which closures a closed wall refuses, and that others let ions through it', () => {
    const { rows } = curve('porous-wall-test', 'table').table!
    const row = (name: string) => rows.find((r) => r.name === name)!
    expect(row('printed2013').note).toMatch(/^Refused: .*negative eigenvalue/)
    expect(row('split').note).toMatch(/No steady state/)
    expect(row('perforated').cells[2]).toBe(0)
    expect(row('weak2013').cells[2]).toBeGreaterThan(0.5)
  })

  it('holds isotropic cells alone against the bound of isotropic media', () => {
    const note = (scenario: string, name: string) =>
      curve(scenario, 'table').table!.rows.find((r) => r.name === name)!.note
    expect(note('porous-closure-duel', 'weak2013')).toMatch(/Hashin and Shtrikman/)
    expect(note('porous-closure-duel', 'perforated')).not.toMatch(/Exceeds/)
    // Ellipses along the current conduct better than any isotropic medium of as many pores.
    expect(note('porous-sheet', 'perforated')).not.toMatch(/Exceeds/)
  })

  it('has the fluxes of all ions', () => {
    const { columns, rows } = curve('porous-closure-duel', 'table', ({ parameters }) => {
      parameters.species = '3'
    }).table!
    expect(columns.map((c) => c.label).slice(2, 5)).toEqual(['flux 1', 'flux 2', 'flux 3'])
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length)
  })
})

describe('curves of sheets', () => {
  it('are those of a line where nothing varies across the current', () => {
    const { scenario } = loadScenario('porous-sheet')
    const cell = finish(solveCell(scenario, cells))
    const at = (tilt: number) => {
      const values = { ...scenario.experiment.values, tilt }
      const input = familyInput<PorousInput>({ ...scenario, experiment: { ...scenario.experiment, values } })
      return curveBox(input, cell).macro
    }
    expect(at(0).dimension).toBe(1)
    expect(at(0.8).nodes).toEqual([17, 17])
  })
})
