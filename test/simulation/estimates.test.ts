import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { compare } from '../../src/simulation/compare.ts'
import { ratios } from '../../src/simulation/orders.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

/** Norms whose estimate is farther off than a factor of three, with what it misses. */
const BEYOND: Record<string, string[]> = {
  // What the sources on the contact do to the mean of the salt.
  'cathode-judge': ['salt_corrected'],
  // Charge that sits in the pores alone: .331 with two cells.
  'porous-judge': ['L2phi_corrected'],
}

const short = (name: string, frames: number, resolution: number): Scenario => {
  const { scenario } = loadScenario(name)
  return { ...scenario, time: { ...scenario.time, frames }, micro: { ...scenario.micro, resolution } }
}

describe('estimated errors against resolved runs', () => {
  it.each([
    ['tissue-convergence-centred', 2, 12],
    ['tissue-convergence-off-centre', 2, 12],
    ['porous-convergence', 2, 16],
    ['porous-judge', 2, 16],
    ['cathode-judge', 3, 12],
  ])('%s: within a factor of three', (name, frames, resolution) => {
    const { rows } = finish(compare(short(name, frames, resolution), [2, 4]))
    for (const row of rows) {
      const found = ratios(row)
      expect(Object.keys(found).length).toBeGreaterThan(3)
      for (const [norm, ratio] of Object.entries(found)) {
        const most = BEYOND[name]?.includes(norm) ? 6 : 3
        expect(ratio, `${norm}, N = ${row.N}`).toBeGreaterThan(1 / most)
        expect(ratio, `${norm}, N = ${row.N}`).toBeLessThan(most)
      }
    }
  })

  it('is within a few percent for concentrations without correctors', () => {
    const [row] = finish(compare(short('tissue-convergence-centred', 2, 12), [4])).rows
    expect(ratios(row).LinfL2).toBeCloseTo(1, 1)
    const [pores] = finish(compare(short('porous-convergence', 2, 16), [4])).rows
    expect(ratios(pores).L2c).toBeCloseTo(1, 1)
  })

  it.each(['tissue-opening', 'tissue-two-sizes', 'porous-opening', 'porous-periodic', 'cathode-opening'])(
    'stands in every frame of %s from the fourth on; those that a dragged cell shows wait for none',
    (name) => {
      const { scenario } = loadScenario(name)
      const run = simulate({ ...scenario, time: { ...scenario.time, frames: 6 } })
      for (let step = run.next(); !step.done; step = run.next()) {
        if (step.value.kind !== 'frame') continue
        const { estimates, fields, index } = step.value.frame
        if (index < 4) {
          expect(estimates).toBeUndefined()
          continue
        }
        expect(estimates?.length).toBe(fields.length)
        const known = estimates?.filter((e) => e !== undefined) ?? []
        expect(known.length).toBeGreaterThan(0)
        for (const { plain, corrected } of known) {
          expect(Number.isFinite(plain)).toBe(true)
          expect(Number.isFinite(corrected)).toBe(true)
        }
      }
    },
  )

  it('stands in the last of few frames', () => {
    const { scenario } = loadScenario('porous-opening')
    let last: unknown
    for (const event of simulate({ ...scenario, time: { ...scenario.time, frames: 2 } }))
      if (event.kind === 'frame') last = event.frame.estimates
    expect(last).toBeDefined()
  })
})
