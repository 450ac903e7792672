import { describe, expect, it } from 'vitest'
import { solveCell } from '../../src/cell/compute.ts'
import { allowedResolutions, validateCell } from '../../src/cell/validate.ts'
import { InputError } from '../../src/parameter.ts'

const good = {
  dimension: 2 as const,
  background: 'a',
  resolution: 32,
  shapes: [{ shape: 'ball', phase: 'b', center: [0.5, 0.5], radius: 0.3 }],
}
const texts = (spec: unknown) => validateCell(spec).map((p) => `${p.path}: ${p.message}`)

describe('validation of a cell', () => {
  it('accepts a good one, and a key its caller declares', () => {
    expect(validateCell(good)).toEqual([])
    expect(validateCell({ ...good, size: 1e-5 }, 'cell', ['size'])).toEqual([])
  })

  it('reports everything at once', () => {
    const wrong = {
      dimension: 2,
      background: '',
      resolution: 65,
      colour: 1,
      shapes: [{ shape: 'ball', phase: 'b', center: [0.5], radius: -1 }, { shape: 'blob', phase: 3 }, 7],
    }
    expect(validateCell(wrong).map((p) => p.path)).toEqual([
      'cell.colour',
      'cell.background',
      'cell.resolution',
      'cell.shapes[0].center',
      'cell.shapes[0].radius',
      'cell.shapes[1].phase',
      'cell.shapes[1].shape',
      'cell.shapes[2]',
    ])
  })

  it.each([
    [null, /cell: got null; must be an object/],
    [{ ...good, dimension: 4 }, /cell.dimension: got 4; must be 2 or 3/],
    [{ ...good, resolution: 65 }, /got 65; .*try 64/],
    [{ ...good, resolution: 4096 }, /from 8 to 512 in 2D; try 512/],
    [{ ...good, resolution: Number.NaN }, /got NaN; .*try 64/],
    [{ ...good, shapes: 'ball' }, /cell.shapes: got "ball"; must be a list/],
    [{ ...good, background: 'a|b' }, /must be the name of a phase/],
    [{ ...good, shapes: [{ ...good.shapes[0], shape: 'gyroid' }] }, /got "gyroid" in 2D; it exists in 3D only/],
    [{ ...good, shapes: [{ ...good.shapes[0], radius: 2 }] }, /radius: got 2; must be a number between 0.005 and 0.86/],
  ])('says what is wrong: %j', (spec, message) => {
    expect(texts(spec).join('\n')).toMatch(message)
  })

  it('allows resolutions that halve down to a handful', () => {
    expect(allowedResolutions(3)).toEqual([8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96])
  })
})

describe('computing a cell that cannot be computed', () => {
  const perforated = [{ kind: 'perforated' as const, phase: 'a' }]

  it('names the phase that vanished', () => {
    const covered = {
      ...good,
      shapes: [...good.shapes, { shape: 'ball', phase: 'c', center: [0.5, 0.5], radius: 0.4 }],
    }
    expect(() => solveCell(covered, perforated)).toThrow(/cell.shapes\[0\]: phase "b" has no volume at resolution 32/)
  })

  it('refuses an invalid spec, an unknown phase and a coefficient that is no conductivity', () => {
    expect(() => solveCell({ ...good, resolution: 7 }, [])).toThrow(InputError)
    expect(() => solveCell(good, [{ kind: 'perforated', phase: 'z' }])).toThrow(
      /cell.shapes: the cell has no phase "z", only a, b/,
    )
    expect(() => solveCell(good, [{ kind: 'contrast', name: 'k', coefficients: { a: 1, b: -1 } }])).toThrow(
      /coefficients.b: got -1; must be a number between 1e-30 and 1e30, or 0/,
    )
    expect(() => solveCell(good, [{ kind: 'contrast', name: 'k', coefficients: { a: 0, b: 0 } }])).toThrow(
      /coefficients: got 0 for every phase; at least one must conduct/,
    )
    expect(() => solveCell(good, [{ kind: 'contrast', name: 'k', coefficients: { a: 1, b: 2, c: 3 } }])).toThrow(
      /coefficients.c: unknown phase/,
    )
  })
})
