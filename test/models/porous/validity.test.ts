/** Every number of validity of a porous medium by hand, with ions of valence 2 and -1. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { FARADAY } from '../../../src/models/constants.ts'
import type { PorousInput } from '../../../src/models/porous/input.ts'
import { macroModel } from '../../../src/models/porous/macro.ts'
import { failing } from '../../../src/models/validity.ts'
import { CellCache, solveCell } from '../../../src/simulation/cells.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'
import { drain } from '../tissue/setup.ts'

const { scenario } = loadScenario('porous-opening')
const cell = drain(solveCell(scenario, new CellCache()))
const period = 2e-9

function built(nodes: number[]) {
  const size = [1e-7, 6e-8, 4e-8].slice(0, nodes.length)
  const given = familyInput<PorousInput>({
    ...scenario,
    parameters: { ...scenario.parameters, z_1: 2, z_2: -1 },
    // Of the sealed kind, so that the mesh of a line is even.
    experiment: { name: 'periodic', values: {} },
    macro: { dimension: nodes.length as 1 | 2, size, nodes },
  })
  const model = macroModel(given, cell)
  const n = model.setting.net.nodes
  return { model, u: model.initial(), size, n }
}

describe('validity of a porous medium', () => {
  it.each([[[41]], [[21, 11]]])(
    'weighs ions by the square of their valence in the screening length: %j nodes',
    (nodes) => {
      const { model, u, n } = built(nodes)
      const [a, b] = [3, 6]
      for (let p = 0; p < n; p++) {
        u[p] = a
        u[n + p] = b
      }
      const { f } = model.setting
      const { pore, permittivity } = model.medium(0)
      const lambda = Math.sqrt(permittivity / (FARADAY * f * pore * (4 * a + b)))
      const validity = model.validity(u, 1, period)
      const value = (name: string) => validity.numbers.find((k) => k.name === name)!.value
      expect(value('screening')).toBeCloseTo(period / lambda, 8)
      expect(value('crowding')).toBeCloseTo(b / 1000, 8)
      expect(value('epsilon')).toBeCloseTo(period / Math.min(...model.macro.size), 12)
      expect(value('gradient')).toBeLessThan(1e-6)
    },
  )

  it('marks the nodes where ions crowd, and only those', () => {
    const { model, u } = built([41])
    u[7] = 1500
    const validity = model.validity(u, 1, period)
    expect(failing(validity, 'crowding').slice(6, 9)).toEqual([false, true, false])
    expect(() => failing(validity, 'crowdedness')).toThrow(/valid are epsilon, screening/)
  })
})
