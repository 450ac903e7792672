/** Cell files that cannot be used, each with its field and a way out. */
import { describe, expect, it } from 'vitest'
import { parseCellFile } from '../../src/cell/file.ts'
import { InputError } from '../../src/parameter.ts'

const cell = {
  dimension: 2,
  background: 'a',
  resolution: 32,
  shapes: [{ shape: 'ball', phase: 'b', center: [0.5, 0.5], radius: 0.3 }],
}
const contrast = { kind: 'contrast', name: 'k', coefficients: { a: 1, b: 2 } }
const file = (changes: Record<string, unknown>) => ({ version: 1, cell, problems: [contrast], ...changes })
const asked = (...problems: unknown[]) => file({ problems })

function refusalOf(input: unknown): string {
  try {
    parseCellFile(input)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return 'none'
}

it('one that asks for all kinds is taken as it is', () => {
  const problems = [contrast, { kind: 'perforated', phase: 'a' }, { kind: 'stokes', fluid: 'a', also: [] }]
  expect(parseCellFile(file({ problems }))).toEqual({ cell, problems })
})

describe.each([
  ['a list', [], /^got a list of 0; must be an object with version, cell and problems$/],
  ['another version', file({ version: 2 }), /^version: got 2; this program reads version 1/],
  ['a field that is none', file({ colour: 1 }), /^colour: unknown field; valid are version, cell, problems$/],
  ['too long a text', file({ note: 'x'.repeat(30_000) }), /^note: got 30,000 characters .* at most 20,000/],
  ['no list of problems', file({ problems: 'D' }), /^problems: got "D"; must be a list such as .*"phase":"a"/],
  ['no problem', asked(), /^problems: got an empty list; ask for at least one/],
  ['many problems', asked(...Array(101).fill(contrast)), /^problems: got 101 cell problems .* at most 100/],
  ['a problem that is none', asked(7), /^problems\[0\]: got 7; must be an object with a kind/],
  [
    'a kind that is none',
    asked({ kind: 'heat' }),
    /^problems\[0\].kind: got "heat"; valid are "perforated", "contrast"/,
  ],
  ['a phase that is not there', asked({ kind: 'perforated', phase: 'c' }), /phase: got "c"; valid are a, b/],
  [
    'an extra of a problem',
    asked({ ...contrast, colour: 1 }),
    /problems\[0\].colour: unknown field; valid are kind, name/,
  ],
  ['no name', asked({ ...contrast, name: '' }), /problems\[0\].name: got ""; must be a name such as "k"/],
  [
    'coefficients in a list',
    asked({ ...contrast, coefficients: [1, 2] }),
    /got a list of 2; must give one number per phase: a, b/,
  ],
  [
    'a coefficient that is missing',
    asked({ ...contrast, coefficients: { a: 1 } }),
    /coefficients.b: got nothing; must be a number/,
  ],
  [
    'nothing that conducts',
    asked({ ...contrast, coefficients: { a: 0, b: 0 } }),
    /got 0 for every phase; at least one must conduct/,
  ],
  [
    'too high a contrast',
    asked({ ...contrast, coefficients: { a: 1, b: 1e9 } }),
    /a contrast of 1.0e\+9; must not exceed 1e\+8/,
  ],
  [
    'a coefficient of no phase',
    asked({ ...contrast, coefficients: { a: 1, b: 2, c: 3 } }),
    /coefficients.c: unknown phase/,
  ],
  ['no fluid', asked({ kind: 'stokes', fluid: 'c' }), /fluid: got "c"; must be the phase that flows: a, b/],
  [
    'a word for further fluids',
    asked({ kind: 'stokes', fluid: 'a', also: 'b' }),
    /also: got "b"; must be a list of further phases/,
  ],
  [
    'a further fluid that is not there',
    asked({ kind: 'stokes', fluid: 'a', also: ['c'] }),
    /also: got "c"; must be a list of further/,
  ],
  ['no solid', asked({ kind: 'stokes', fluid: 'a', also: ['b'] }), /fluid: got "a", "b", which fills the whole cell/],
  [
    'a phase with a name of the program',
    file({ cell: { ...cell, background: 'constructor' } }),
    /which is a word of the program/,
  ],
  ['many shapes', file({ cell: { ...cell, shapes: Array(201).fill(cell.shapes[0]) } }), /^cell.shapes: got 201 shapes/],
])('%s', (_, input, message) => {
  it('is refused by name', () => {
    expect(refusalOf(input)).toMatch(message)
  })
})
