import { expect, it } from 'vitest'
import { pitchOf, shapeWords } from '../../src/app/page/heard.ts'
import type { CellSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'

it('a value is a pitch of two octaves over the range of the colours', () => {
  const range = { min: -70, max: -50 }
  expect(pitchOf(-70, range)).toBe(220)
  expect(pitchOf(-60, range)).toBeCloseTo(440, 9)
  expect(pitchOf(-50, range)).toBe(880)
  // What lies outside stays at the end.
  expect(pitchOf(0, range)).toBe(880)
  expect(pitchOf(-99, range)).toBe(220)
})

it('nothing sounds where there is no value or no range', () => {
  expect(pitchOf(undefined, { min: 0, max: 1 })).toBeUndefined()
  expect(pitchOf(Number.NaN, { min: 0, max: 1 })).toBeUndefined()
  expect(pitchOf(1, { min: 1, max: 1 })).toBeUndefined()
})

const disc: CellSpec = {
  dimension: 2,
  background: 'matrix',
  shapes: [{ shape: 'ball', phase: 'inclusion', center: [0.5, 0.25], radius: 0.3 }],
  resolution: 16,
}

it('a shape is said with its numbers and the tensors of its cell', () => {
  const cell = solveCell(disc, [
    { kind: 'perforated', phase: 'matrix' },
    { kind: 'perforated', phase: 'inclusion' },
  ])
  expect(shapeWords(disc.shapes[0], cell)).toMatch(
    /^\S+: Centre 0\.5, 0\.25; Radius 0\.3\. D\* matrix: xx 0\.5\d+, xy \S+, yy 0\.5\d+\. D\* inclusion: zero, cut off\.$/,
  )
})

it('before its tensors are known it is said alone, its corners counted', () => {
  const vertices = [
    [0.2, 0.2],
    [0.8, 0.2],
    [0.5, 0.8],
  ]
  expect(shapeWords({ shape: 'polygon', phase: 'solid', vertices }, undefined)).toMatch(/: 3 vertices\.$/)
  expect(
    shapeWords({ shape: 'ellipsoid', phase: 'solid', center: [0.5, 0.5], radii: [0.4, 0.2], rotation: 30 }, undefined),
  ).toMatch(/30°/)
})
