/** The flow of pumped electrolyte: by the pressure over the cathode or by the Péclet number. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import { cathodeGroups } from '../../../src/models/cathode/studies/groups.ts'
import { solveCell } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'

const { scenario: pumped } = loadScenario('cathode-pumped')
const settingOf = (parameters: Record<string, unknown>) => {
  const of = parseScenario({ ...pumped, parameters: { ...pumped.parameters, ...parameters } })
  return macroModel(familyInput(of), finish(solveCell(of))).setting
}
const peclet = (parameters: Record<string, unknown>) => {
  const { table } = cathodeGroups(settingOf(parameters), pumped.cell.size)
  return table?.rows.find(({ name }) => name === 'peclet')?.cells[0]
}

it('is the same by either, and the groups say the number that was asked for', () => {
  const byPressure = settingOf({})
  const salt = new Float64Array(6)
  byPressure.electrolyte.salt.at(1, salt)
  const velocity = byPressure.flow?.velocity ?? Number.NaN
  expect(velocity).toBeGreaterThan(0)
  const Pe = (velocity * byPressure.grid.cathode) / salt[0]
  expect(settingOf({ flow: 'peclet', peclet: Pe }).flow?.velocity).toBeCloseTo(velocity, 18)
  expect(settingOf({ flow: 'peclet', peclet: 0 }).flow?.velocity).toBe(0)
  expect(settingOf({ flow: 'none' }).flow).toBeUndefined()
  expect(peclet({ flow: 'peclet', peclet: 3 })).toBeCloseTo(3, 12)
  expect(peclet({ flow: 'none' })).toBeUndefined()
})
