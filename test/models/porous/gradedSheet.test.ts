/** Sheets whose layers are thinner than their mesh are refined towards the electrodes: they are the graded line, row by row. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../../src/cell/compute.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { card } from '../../../src/models/porous/card.ts'
import type { PorousInput } from '../../../src/models/porous/input.ts'
import { macroModel } from '../../../src/models/porous/macro.ts'
import { steadyState } from '../../../src/models/porous/steady.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'

const { scenario } = loadScenario('porous-sheet')
const { size: _, ...spec } = { ...scenario.cell, resolution: 32 }
const solved = solveCell(spec, card.cellProblems(scenario.parameters, ['pore', 'solid']))
/** Its mesh leaves the tensors of an upright ellipse a trace askew, which a line does not see. */
const cell = {
  ...solved,
  problems: solved.problems.map((problem) => ({
    ...problem,
    tensor: problem.tensor.map((row, i) => row.map((v, j) => (i === j ? v : 0))),
  })),
}

/** A film of 2 µm with blocking walls, whose layers are some nanometres thick. */
function film(nodes: number[], tilt = 0) {
  const input = familyInput<PorousInput>(scenario)
  if (input.experiment.name !== 'reservoirs') throw new Error('the sheet has reservoirs')
  const { values } = input.experiment
  return macroModel(
    {
      ...input,
      parameters: { ...input.parameters, c_start: 10, start: 'uniform' },
      macro: { dimension: nodes.length as 1 | 2, size: nodes.map(() => 2e-6), nodes },
      experiment: {
        name: 'reservoirs',
        values: { ...values, voltage: 0.1, c1_left: 10, c2_left: 2, c1_right: 10, c2_right: 10, tilt },
      },
    },
    cell,
  )
}

describe('a graded sheet', () => {
  const line = film([41])
  const sheet = film([41, 9])

  it('has the columns of the graded line, and does not complain of its mesh', () => {
    expect(sheet.layout).toMatch(/41x9@/)
    const xs = Array.from({ length: 41 }, (_, i) => sheet.setting.net.position[3 * i])
    expect(xs).toEqual(Array.from({ length: 41 }, (_, i) => line.setting.net.position[3 * i]))
    expect(xs[1]).toBeLessThan((0.1 * 2e-6) / 40)
    expect(sheet.notices.map(({ message }) => message).join()).not.toMatch(/mesh width/)
  })

  it('carries what the line carries, and shows its fields in every row', () => {
    const [a, b] = [line, sheet].map((model) => steadyState(model, model.initial()).u)
    line.fluxes(a).forEach((flux, r) => void expect(Math.abs(sheet.fluxes(b)[r] / flux - 1)).toBeLessThan(1e-5))
    const [shown, rows] = [line.sample(0, a), sheet.sample(0, b)]
    shown.forEach((field, k) => {
      const size = Math.max(...field.map(Math.abs))
      rows[k].forEach((value, p) => void expect(Math.abs(value - field[p % 41]) / size).toBeLessThan(1e-6))
    })
  })

  it('goes on from another mesh, and from itself, as it was', () => {
    const u = steadyState(sheet, sheet.initial()).u
    const itself = sheet.adopt({ u, layout: sheet.layout, macro: sheet.macro })
    expect(itself).toEqual(u)
    const finer = film([81, 17])
    const back = finer.adopt({ u, layout: sheet.layout, macro: sheet.macro })
    const [fine, coarse] = [finer.sample(0, back ?? new Float64Array(0)), sheet.sample(0, u)]
    fine.forEach((field, k) => {
      const size = Math.max(...coarse[k].map(Math.abs))
      // In the middle, away from layers that the pictures' nodes do not see.
      for (const i of [20, 40, 60])
        expect(Math.abs(field[i + 81 * 8] - coarse[k][i / 2 + 41 * 4]) / size).toBeLessThan(1e-3)
    })
  })

  it('with a potential that varies along the electrode settles as its mesh is refined', () => {
    const fluxes = [21, 41, 81].map((n) => {
      const model = film([n, (n - 1) / 2 + 1], 0.5)
      return model.fluxes(steadyState(model, model.initial()).u)[0]
    })
    const order = Math.log2(Math.abs((fluxes[1] - fluxes[0]) / (fluxes[2] - fluxes[1])))
    expect(order).toBeGreaterThan(1.5)
  })
})
