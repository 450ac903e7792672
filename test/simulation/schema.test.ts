/** The JSON Schemas agree with the parsers, as an independent validator reads them. */
import { readdirSync, readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parseCellFile } from '../../src/cell/file.ts'
import { InputError } from '../../src/parameter.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import { cellFileSchema, scenarioSchema } from '../../src/simulation/schema.ts'

const folder = new URL('../../src/scenarios/', import.meta.url)
const names = readdirSync(folder).filter((f) => f.endsWith('.json'))
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const ajv = new Ajv({ strict: false, allErrors: true })
const scenario = ajv.compile(scenarioSchema())
const cellFile = ajv.compile(cellFileSchema())

const refused = (parse: () => unknown) => {
  try {
    parse()
    return false
  } catch (error) {
    if (error instanceof InputError) return true
    throw error
  }
}

describe('scenarios', () => {
  it.each(names)('%s is valid', (name) => {
    expect(scenario(read(name)), JSON.stringify(scenario.errors?.slice(0, 3))).toBe(true)
  })

  const [first] = names
  const usual = read('tissue-opening.json')
  it.each<[string, unknown]>([
    ['an unknown key', { ...usual, extra: 1 }],
    ['another version', { ...usual, version: 2 }],
    ['another family', { ...usual, family: 'bone' }],
    ['a parameter of another family', { ...usual, parameters: { ...usual.parameters, V_min: 3 } }],
    ['a parameter beyond its limits', { ...usual, parameters: { ...usual.parameters, temperature: 1e6 } }],
    ['an unknown experiment', { ...usual, experiment: { name: 'x' } }],
    ['a negative end', { ...usual, time: { ...usual.time, end: -1 } }],
    ['half a frame', { ...usual, time: { ...usual.time, frames: 1.5 } }],
    ['a resolution that multigrid cannot halve', { ...usual, cell: { ...usual.cell, resolution: 65 } }],
    ['too few sizes', { ...usual, macro: { ...usual.macro, size: [] } }],
    ['an unknown shape', { ...usual, cell: { ...usual.cell, shapes: [{ shape: 'blob', phase: 'a' }] } }],
    ['no number of cells', { ...usual, micro: { resolution: 16, repeat: 0 } }],
    ['no cell', { ...read(first), cell: undefined }],
  ])('refuses %s, as the parser does', (_, input) => {
    expect(scenario(JSON.parse(JSON.stringify(input)))).toBe(false)
    expect(refused(() => parseScenario(JSON.parse(JSON.stringify(input))))).toBe(true)
  })
})

describe('cell files', () => {
  const cell = {
    dimension: 2,
    background: 'pore',
    resolution: 32,
    shapes: [{ shape: 'ball', phase: 'solid', center: [0.5, 0.5], radius: 0.3 }],
  }
  const good = { version: 1, cell, problems: [{ kind: 'perforated', phase: 'pore' }] }

  it('takes what the parser takes', () => {
    expect(cellFile(good)).toBe(true)
    expect(parseCellFile(good).cell).toEqual(cell)
  })

  it.each<[string, unknown]>([
    ['no problems', { ...good, problems: [] }],
    ['an unknown kind', { ...good, problems: [{ kind: 'heat' }] }],
    ['a radius beyond the cell', { ...good, cell: { ...cell, shapes: [{ ...cell.shapes[0], radius: 7 }] } }],
    ['a centre in the wrong dimension', { ...good, cell: { ...cell, shapes: [{ ...cell.shapes[0], center: [0.5] }] } }],
    ['an unknown key of a shape', { ...good, cell: { ...cell, shapes: [{ ...cell.shapes[0], side: 1 }] } }],
  ])('refuses %s, as the parser does', (_, input) => {
    expect(cellFile(input)).toBe(false)
    expect(refused(() => parseCellFile(input))).toBe(true)
  })
})
