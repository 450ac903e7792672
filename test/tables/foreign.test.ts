/** Files that are something else are named for what they are, whatever they are called. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { Desk } from '../../src/tables/desk.ts'
import { foreignFile, foreignJson } from '../../src/tables/foreign.ts'

const bytes = (text: string, size = 600) => {
  const out = new Uint8Array(size)
  for (let k = 0; k < Math.min(size, text.length); k++) out[k] = text.charCodeAt(k)
  return out
}
/** A zip whose first entry has a name. */
const zip = (name: string, content = '') => bytes(`PK\x03\x04${'\0'.repeat(26)}${name}${content}`)

it.each([
  [bytes('\x89PNG\r\n\x1a\n'), /a picture \(PNG\)/],
  [bytes('\xff\xd8\xff\xe0'), /JPEG/],
  [bytes('RIFF\0\0\0\0WEBPVP8'), /WebP/],
  [bytes('II*\0'), /TIFF/],
  [bytes('BM6\0\0\0'), /BMP/],
  [bytes('%PDF-1.7'), /a PDF; copy its numbers/],
  [
    zip('[Content_Types].xml', '..xl/workbook.xml'),
    /an Excel workbook \(xlsx\); save the sheet with its numbers as CSV/,
  ],
  [zip('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'), /spreadsheet \(ods\)/],
  [zip('data.csv'), /an archive \(zip\); unpack it/],
  [zip('arr_0.npy'), /npz/],
  [bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), /old Excel workbook/],
  [bytes('\x1f\x8b\x08'), /gzip/],
  [bytes('\x89HDF\r\n'), /HDF5/],
  [bytes('BIO-LOGIC MODULAR FILE\x1a'), /BioLogic.*export it as text \(mpt\)/],
  [bytes('MATLAB 5.0 MAT-file'), /MATLAB/],
  [bytes('abc\0\0\0'), /a binary file/],
  [bytes('# vtk DataFile Version 3.0\n', 27), /VTK/],
  [bytes('<?xml version="1.0"?>\n<VTKFile type="ImageData">', 48), /VTK/],
  [bytes('<!DOCTYPE html><html>', 21), /a web page/],
  [bytes('<svg xmlns="x">', 15), /SVG/],
] as const)('is named by its bytes: %#', (head, words) => {
  expect(foreignFile(head)).toMatch(words)
  const answer = new Desk().handle({ id: 1, kind: 'read', bytes: head.slice().buffer, known: {} })
  expect(answer).toMatchObject({ kind: 'refused', problem: expect.stringMatching(words) })
  expect('problem' in answer && answer.problem.length).toBeLessThan(250)
})

it('a table is none of these, in any encoding', () => {
  const table = 'Temps [s];U [V];T [°C]\n0;3,42;21\n10;3,4;21\n'
  const latin = Uint8Array.from(table, (c) => c.charCodeAt(0))
  const wide = new Uint8Array(new Uint16Array([0xfeff, ...[...table].map((c) => c.charCodeAt(0))]).buffer)
  for (const file of [new TextEncoder().encode(table), latin, wide]) {
    expect(foreignFile(file)).toBeUndefined()
    const answer = new Desk().handle({ id: 1, kind: 'read', bytes: file.slice().buffer, known: {} })
    expect(answer).toMatchObject({ kind: 'view', view: { rows: 2, comma: 'decimal' } })
  }
})

it('BPX is named', () => {
  const raw: unknown = JSON.parse(readFileSync(new URL('cases/foreign-bpx.json', import.meta.url), 'utf8'))
  expect(foreignJson(raw)).toMatch(/BPX format.*entered by hand/)
})

it.each([
  [{ NegativeElectrode: {}, PositiveElectrode: {}, Electrolyte: {} }, /BattMo/],
  [{ 'Nominal cell capacity [A.h]': 5, 'Current function [A]': 5 }, /PyBaMM/],
  [{ pybamm_version: '24.1', model: {} }, /PyBaMM/],
  [[1, 2, 3], /a list/],
  ['eNp', /a single value/],
  [{ cells: [], nbformat: 4 }, /Jupyter/],
  [{ time: [0, 1], voltage: [3, 2] }, /columns of numbers as JSON/],
])('so is other JSON: %j', (raw, words) => {
  expect(foreignJson(raw)).toMatch(words)
})

it('scenarios are not, nor is what may be one', () => {
  for (const name of builtInNames()) expect(foreignJson(loadScenario(name).scenario)).toBeUndefined()
  expect(foreignJson({ title: 'half a scenario' })).toBeUndefined()
})
