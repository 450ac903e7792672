import { describe } from 'vitest'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { families } from '../../src/models/index.ts'
import { familyContract } from './familyContract.ts'

describe.each(families.map((f) => [f.name, f] as const))('family %s', (name, family) => {
  familyContract(
    family,
    builtInNames()
      .filter((s) => s.startsWith(`${name}-`))
      .map(loadScenario),
  )
})
