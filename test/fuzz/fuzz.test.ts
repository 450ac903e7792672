import { expect, it } from 'vitest'
import { answerTo } from './answer.ts'
import { corpus, mutant } from './inputs.ts'

it.each(corpus().map((input) => [`${input.kind}: ${input.name}`, input] as const))(
  '%s is answered',
  async (_, input) => {
    const { taken, fault, words } = await answerTo(input)
    expect(fault).toBeUndefined()
    // A scenario with 1e300 cells opens without the resolved model.
    expect(taken || words !== '').toBe(true)
  },
)

it('random changes of good inputs are taken or refused in sentences, quickly', async () => {
  const until = performance.now() + 10_000
  const seed = Math.floor(Math.random() * 1e9)
  const faults: string[] = []
  for (let k = 0; performance.now() < until; k++) {
    const { fault } = await answerTo(mutant(seed + k))
    if (fault) faults.push(`seed ${seed + k}: ${fault}`)
  }
  expect(faults).toEqual([])
})
