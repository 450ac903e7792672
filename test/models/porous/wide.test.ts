/** Wide boxes: their steps and steady states are solved by dissection, and are those of narrow ones. */
import { expect, it } from 'vitest'
import { solveCell } from '../../../src/cell/compute.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { card } from '../../../src/models/porous/card.ts'
import type { PorousInput } from '../../../src/models/porous/input.ts'
import { DirectLinearisation } from '../../../src/models/porous/linearise.ts'
import { macroModel } from '../../../src/models/porous/macro.ts'
import { steadyState } from '../../../src/models/porous/steady.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'

const { scenario } = loadScenario('porous-sheet')
const { size: _, ...spec } = { ...scenario.cell, resolution: 32 }
const cell = solveCell(spec, card.cellProblems(scenario.parameters, ['pore', 'solid']))

function sheet(nodes: number[], tilt: number) {
  const input = familyInput<PorousInput>(scenario)
  const { experiment, macro } = input
  if (experiment.name !== 'reservoirs') throw new Error('the sheet has reservoirs')
  return macroModel(
    {
      ...input,
      macro: { ...macro, nodes },
      experiment: { ...experiment, values: { ...experiment.values, tilt } },
    },
    cell,
  )
}

it('a step of a wide sheet is solved to round-off', () => {
  const model = sheet([9, 97], 0.8)
  const u = steadyState(model, model.initial()).u
  const linear = new DirectLinearisation(model)
  linear.update(u)
  const rhs = Float64Array.from(u, (_, k) => model.scale[k] * Math.sin(k))
  const [x, back] = [new Float64Array(u.length), new Float64Array(u.length)]
  const beta = 1e-8
  finish(linear.solve(beta, rhs, x))
  linear.apply(x, back)
  const rows = (k: number) => (model.mass[k] === 0 ? -back[k] : model.mass[k] * x[k] - beta * back[k])
  const size = Math.max(...rhs.map(Math.abs))
  for (let k = 0; k < u.length; k++) expect(Math.abs(rows(k) - rhs[k]) / size).toBeLessThan(1e-9)
})

it('the current through a wide sheet is that through a narrow one of the same columns', () => {
  const fluxes = [41, 97].map((rows) => {
    const model = sheet([17, rows], 0)
    return model.fluxes(steadyState(model, model.initial()).u)
  })
  fluxes[0].forEach((flux, r) => void expect(fluxes[1][r] / flux).toBeCloseTo(1, 9))
})
