/** Random legal scenarios near the built-in ones: nothing that is no number, negative or out of balance goes unsaid. */
import { expect, it } from 'vitest'
import { families } from '../../src/models/index.ts'
import { draw } from './draw.ts'
import { outcomeOf } from './outcome.ts'

it.each(families.flatMap(({ name }) => [1, 2, 3].map((seed) => [name, seed] as const)))('%s, draw %d', (name, seed) => {
  const { outcome, words } = outcomeOf(draw(name, 'three', 500 + seed), 3)
  expect(outcome, words).not.toBe('wrong')
})

it('the same seed draws the same scenario', () => {
  expect(draw('porous', 'whole', 4)).toEqual(draw('porous', 'whole', 4))
})
