/** How long a comparison still takes. */
import { describe, expect, it } from 'vitest'
import type { ComparisonRow } from '../../src/simulation/compare.ts'
import { secondsLeft } from '../../src/simulation/secondsLeft.ts'

const row = (N: number, seconds: number): ComparisonRow => ({ N, seconds, errors: { LinfL2: 1 / N }, quantities: {} })

describe('time left', () => {
  const at = { list: [4, 8, 16], N: 8, fraction: 0.5, elapsed: 10 }

  it('counts the rest of the present N and scales the others from the last one that is done', () => {
    expect(secondsLeft(at, [row(4, 6)], 2)).toBeCloseTo(10 + 6 * 16)
    expect(secondsLeft({ ...at, fraction: 0, elapsed: 4 }, [row(4, 6)], 2)).toBeCloseTo(20 + 6 * 16)
  })

  it('is not guessed from nothing', () => {
    expect(secondsLeft({ ...at, N: 4, fraction: 0 }, [], 2)).toBeUndefined()
  })
})
