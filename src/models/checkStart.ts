/** Whether a model can begin, where only solving tells. */
import { paced } from '../cell/progress.ts'
import { InputError } from '../parameter.ts'
import type { Model } from './family.ts'

/**
 * Yields on the way, as fractions of progress.
 * @throws InputError when it cannot, with what would help
 */
export function* checkStart({ obstacles }: Pick<Model, 'obstacles'>): Generator<number, void> {
  const problems = obstacles ? yield* paced(obstacles(), 0) : []
  if (problems.length > 0) throw new InputError(problems)
}
