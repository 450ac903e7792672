/** Tables in display units: positions, factors, headings. */
import { describe, expect, it } from 'vitest'
import { curveTable, fieldTables, observablesTable } from '../../src/cli/tables.ts'
import type { Field } from '../../src/models/family.ts'

const field: Field = { name: 'V', label: 'Potential', symbol: 'V', unit: 'mV', factor: 1e-3, group: 'potential' }
const rowsOf = (text: string) =>
  text
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))

describe('fields', () => {
  it('stand at their nodes, from end to end of the box, in micrometres', () => {
    const macro = { dimension: 1 as const, size: [2e-4], nodes: [5] }
    const table = fieldTables({ macro, fields: [field] }, [{ t: 0.5, fields: [Float32Array.of(0, 1, 2, 3, 4)] }]).get(
      'V',
    )!
    expect(table.split('\n')[0]).toBe('"x [µm]","t = 0.5 s: V [mV]"')
    expect(rowsOf(table).map(([x]) => x)).toEqual([0, 50, 100, 150, 200])
    expect(rowsOf(table).map(([, v]) => v)).toEqual([0, 1000, 2000, 3000, 4000])
  })

  it.each([2, 3] as const)('run with x fastest in %i dimensions', (dimension) => {
    const size = [1e-4, 3e-4, 8e-4].slice(0, dimension)
    const nodes = [2, 4, 3].slice(0, dimension)
    const count = nodes.reduce((a, b) => a * b, 1)
    const table = fieldTables({ macro: { dimension, size, nodes }, fields: [field] }, [
      { t: 0, fields: [Float32Array.from({ length: count }, (_, p) => p * 1e-3)] },
    ]).get('V')!
    const rows = rowsOf(table)
    expect(rows).toHaveLength(count)
    expect(rows[1].slice(0, dimension).map(Math.round)).toEqual([100, 0, 0].slice(0, dimension))
    expect(rows[2].slice(0, dimension).map(Math.round)).toEqual([0, 100, 0].slice(0, dimension))
    expect(rows[count - 1].slice(0, dimension).map(Math.round)).toEqual([100, 300, 800].slice(0, dimension))
    rows.forEach((row, p) => {
      expect(row[dimension]).toBeCloseTo(p, 4)
    })
  })
})

it('observables are divided by their factor, a row a frame', () => {
  const observables = [
    { name: 'q', label: 'Charge', unit: 'mC', factor: 1e-3, group: 'global' },
    { name: 'n', label: 'Count', unit: '1', factor: 1, group: 'global' },
  ]
  const text = observablesTable({ observables }, [{ t: 2, observables: Float64Array.of(0.25, 7) }])
  expect(text).toBe('"t [s]","Charge [mC]","Count"\n2,250,7')
})

it('a curve has a row a point, a comparison a row a row, empty where there is no value', () => {
  const curve = {
    name: 'c',
    label: 'C',
    x: { label: 'voltage', unit: 'mV', factor: 1e-3 },
    y: { label: 'current', unit: 'A/m²', factor: 1 },
    traces: [{ name: 'a', x: [0.1], y: [3] }],
    marks: [],
    note: '',
  }
  expect(curveTable(curve)).toBe('"trace","voltage [mV]","current [A/m²]"\n"a",100,3')
  const table = {
    rowTitle: 'closure',
    columns: [
      { label: 'flux', unit: 'mol/s', factor: 2 },
      { label: 'time', unit: 's', factor: 1 },
    ],
    rows: [{ name: 'r', label: 'R "x"', cells: [4, undefined], note: 'n', chosen: true }],
  }
  expect(curveTable({ ...curve, traces: [], table })).toBe(
    '"closure","flux [mol/s]","time [s]","note"\n"R ""x""",2,,"n"',
  )
})
