/** What is to be tried after a concentration was used up follows from why it was. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { finish } from '../../../src/finish.ts'
import type { Model } from '../../../src/models/family.ts'
import { familyNamed } from '../../../src/models/index.ts'
import { solveCell } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../../src/simulation/scenario.ts'

const opening = parseScenario(
  JSON.parse(readFileSync(new URL('../../../src/scenarios/tissue-opening.json', import.meta.url), 'utf8')),
)

function modelOf(changes: Partial<Scenario['parameters']>, stimuli = opening.stimuli): Model {
  const scenario: Scenario = {
    ...opening,
    macro: { dimension: 1, size: [1e-3], nodes: [5] },
    cell: { ...opening.cell, resolution: 16 },
    parameters: { ...opening.parameters, ...changes } as Scenario['parameters'],
    stimuli: stimuli.map((s) => ({ ...s, region: { shape: 'everywhere' } })),
  }
  return familyNamed('tissue').macro(familyInput(scenario), finish(solveCell(scenario)))
}

/** What is advised at a time where a row of the state has been used up at the first node. */
function advice(model: Model, row: number, t = 1): string {
  const u = model.initial()
  for (let k = 0; k < u.length; k++) u[k] = 300
  u[row * 5] = 0
  model.enter(t, t)
  return model.explainFailure!(t, u)!.advice.join('; ')
}

const NA_I = 0

it('cells that leak no sodium are given their leak back, not a weaker stimulus', () => {
  expect(advice(modelOf({ G_Na: 0 }, []), NA_I)).toMatch(/^raise G_Na: /)
  expect(advice(modelOf({ G_Na: 0 }, []), NA_I)).not.toMatch(/stimulus|restore the pump/)
})

it('a stimulus is reduced where there has been one', () => {
  expect(advice(modelOf({}), NA_I)).toMatch(/^reduce the stimulus/)
  expect(advice(modelOf({}, []), NA_I)).toBe('rewind and continue from an earlier moment')
})

it('a pump is restored where none works', () => {
  expect(advice(modelOf({ Imax1: 0, Imax2: 0 }, []), NA_I)).toMatch(/^restore the pump/)
})
