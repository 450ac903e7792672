/** Dimensionless groups against those that were worked out by hand for the papers' media. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { familyNamed } from '../../src/models/index.ts'
import { porousGroups } from '../../src/models/porous/groups.ts'
import type { PorousInput } from '../../src/models/porous/input.ts'
import { tissueGroups } from '../../src/models/tissue/groups.ts'
import type { TissueInput } from '../../src/models/tissue/input.ts'
import { CellCache, solveCell } from '../../src/simulation/cells.ts'
import { familyInput, type Scenario } from '../../src/simulation/scenario.ts'

const { scenario: a1 } = loadScenario('tissue-a1-pulse')
const { scenario: b1 } = loadScenario('tissue-b1-pulse')
const { scenario: film } = loadScenario('porous-reversal')
const values = ({ table }: { table?: { rows: readonly { name: string; cells: readonly (number | undefined)[] }[] } }) =>
  Object.fromEntries(table!.rows.map(({ name, cells }) => [name, cells[0]]))

/** A tissue of 1 mm with cells 10 µm apart. */
const tissue = (scenario: Scenario) =>
  values(
    tissueGroups({
      ...familyInput<TissueInput>(scenario),
      cellSize: 1e-5,
      macro: { dimension: 1, size: [1e-3], nodes: [11] },
    }),
  )

it('of a tissue', () => {
  const [sheet, net] = [tissue(a1), tissue(b1)]
  expect(sheet.epsilon).toBeCloseTo(0.01, 12)
  expect([sheet.G_Na, sheet.G_K]).toEqual([expect.closeTo(0.00739, 4), expect.closeTo(0.0277, 3)])
  expect(sheet.Imax1).toBeCloseTo(0.033, 3)
  expect(sheet.P_m! / 2.77e-6).toBeCloseTo(1, 2)
  expect([net.G_Na, net.G_K, net.G_Cl]).toEqual([
    expect.closeTo(0.0388, 3),
    expect.closeTo(0.148, 2),
    expect.closeTo(0.369, 2),
  ])
  expect(net.Imax1).toBeCloseTo(0.948, 2)
  expect(net.P_m! / 2.08e-6).toBeCloseTo(1, 2)
})

it.each([
  ['cathode-tis2', { beta_plus: 6938, beta_s: 3588, beta_psi: 4476, tau: 2434 / 3600 }],
  ['cathode-lfp', { beta_plus: 0.205, beta_s: 2248, beta_psi: 0.1, tau: 15.7 / 3600 }],
  ['cathode-teaching', { beta_plus: 1.4, beta_s: 0.14, beta_psi: 0.7, tau: 28 / 3600 }],
])('of %s', (name, expected) => {
  const { scenario } = loadScenario(name)
  const cell = finish(solveCell(scenario, new CellCache()))
  const family = familyNamed('cathode')
  const state = { t: 0, u: new Float64Array() }
  const found = values(finish(family.curve({ name: 'groups', node: 0 }, familyInput(scenario), cell, state)))
  for (const [group, value] of Object.entries(expected)) expect(found[group]! / value).toBeCloseTo(1, 1.5)
  expect([found.peclet, found.delta]).toEqual([undefined, undefined])
})

it('of a porous medium', () => {
  const input = familyInput<PorousInput>(film)
  const { lambda2, D_1, D_2, contrast } = input.parameters
  expect(input.parameters.screening).toBe('lambda2')
  const found = values(porousGroups(input))
  expect(found.lambda2).toBeCloseTo(lambda2!, 12)
  expect(found.s).toBeCloseTo(film.cell.size / film.macro.size[0], 12)
  expect(found.layer).toBeCloseTo(Math.sqrt(lambda2!) / found.s!, 9)
  expect(found.D_2).toBeCloseTo(D_2 / D_1, 12)
  expect(found.alpha).toBeCloseTo(contrast!, 12)
  // The same medium with sizes of its own.
  const { scenario: own } = loadScenario('porous-opening')
  const given = familyInput<PorousInput>(own)
  const again = values(
    porousGroups({
      ...given,
      parameters: { ...given.parameters, screening: 'lambda2', lambda2: values(porousGroups(given)).lambda2! },
    }),
  )
  expect(again).toEqual(
    Object.fromEntries(Object.entries(values(porousGroups(given))).map(([k, v]) => [k, expect.closeTo(v!, 9)])),
  )
})
