/** Numbers beyond their limits, and where. */
import { expect, it } from 'vitest'
import { failingShare, fails } from '../../../src/app/judge/failingShare.ts'
import type { ValidityNumber } from '../../../src/models/family.ts'

const limit = (value: number): ValidityNumber => ({ name: 'a', label: 'a', tex: 'a', value, threshold: 0.1, help: '' })

it('a number fails above its limit, and when it is none', () => {
  expect([0.05, 0.1, 0.2, Number.NaN].map((v) => fails(limit(v)))).toEqual([false, false, true, true])
})

it('each bit of the mask is the share of one number', () => {
  const validity = { numbers: [limit(1), limit(1)], outside: Uint8Array.of(0, 1, 3, 2) }
  expect([0, 1, 2].map((k) => failingShare(validity, k))).toEqual([0.5, 0.5, 0])
  expect(failingShare({ numbers: [], outside: new Uint8Array(0) }, 0)).toBe(0)
})
