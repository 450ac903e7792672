/** Numbers beyond their limits, and where. */
import { expect, it } from 'vitest'
import { failingShare, fails } from '../../../src/app/judge/failingShare.ts'
import type { ValidityNumber } from '../../../src/models/family.ts'

const limit = (value: number, name = 'a'): ValidityNumber => ({
  name,
  label: 'a',
  tex: 'a',
  value,
  threshold: 0.1,
  help: '',
})

it('a number fails above its limit, and when it is none', () => {
  expect([0.05, 0.1, 0.2, Number.NaN].map((v) => fails(limit(v)))).toEqual([false, false, true, true])
})

it('each bit of the mask is the share of one number', () => {
  const validity = { numbers: [limit(1), limit(1, 'b'), limit(1, 'c')], outside: Uint8Array.of(0, 1, 3, 1) }
  expect(['a', 'b', 'c'].map((name) => failingShare(validity, name))).toEqual([0.75, 0.25, 0])
  expect(failingShare({ numbers: [limit(1)], outside: new Uint8Array(0) }, 'a')).toBe(0)
})
