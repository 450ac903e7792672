/** Fields written and read back: NPY headers, VTI extents, and the numbers of the frame. */
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { type FieldSet, fieldNpy, fieldsNpz, fieldsTable, fieldsVti } from '../../src/record/fields.ts'
import { identify } from '../../src/record/identity.ts'
import { readTable } from '../../src/tables/read.ts'
import { readNpy } from './npy.ts'

const identity = identify([{ frame: 0, scenario: { ...loadScenario('tissue-a1-pulse').scenario, title: 'A -- <b>' } }])
const nodes = [2, 3, 4]

function setOf(dimension: 1 | 2 | 3): FieldSet {
  const count = nodes.slice(0, dimension).reduce((a, b) => a * b, 1)
  return {
    macro: { nodes: nodes.slice(0, dimension), size: [1e-3, 2e-3, 6e-3].slice(0, dimension) },
    fields: [
      { name: 'K', label: 'Potassium', unit: 'mM', factor: 1 },
      { name: 'V', label: 'Potential', unit: 'mV', factor: 1e-3 },
    ],
    values: [
      Float32Array.from({ length: count }, (_, p) => 3 + p / 7),
      Float32Array.from({ length: count }, (_, p) => (p === 1 ? Number.NaN : -0.07 + p * 1e-4)),
    ],
    t: 0.125,
  }
}

/** In display units. */
const told = (set: FieldSet, k: number) => Array.from(set.values[k], (value) => value / set.fields[k].factor)

describe.each([1, 2, 3] as const)('in %i dimensions', (dimension) => {
  const set = setOf(dimension)

  it('an NPY has axes z, y, x and the numbers of the frame', () => {
    const { shape, values, header } = readNpy(fieldNpy(set, 1))
    expect(shape).toEqual(set.macro.nodes.toReversed())
    if (dimension === 1) expect(header).toContain("'shape': (2,)")
    expect(values).toEqual(told(set, 1))
  })

  it('an NPZ holds every field, the coordinates and what they are', () => {
    const files = unzipSync(fieldsNpz(set, identity))
    expect(readNpy(files['K.npy']).values).toEqual(told(set, 0))
    set.macro.nodes.forEach((n, axis) => {
      const along = readNpy(files[`${'xyz'[axis]}.npy`])
      expect(along.shape).toEqual([n])
      expect(along.values.at(-1)).toBeCloseTo(set.macro.size[axis], 15)
    })
    expect(readNpy(files['t.npy']).values).toEqual([0.125])
    const about = JSON.parse(new TextDecoder().decode(files['record.json']))
    expect(about.fields.V).toEqual({ label: 'Potential', unit: 'mV' })
    expect(about.record.scenario).toBe(identity.scenario)
  })

  it('a VTI has the extent of the box and the numbers of the frame', () => {
    const text = fieldsVti(set, identity)
    const extent = [0, 1, 2].map((axis) => `0 ${(set.macro.nodes[axis] ?? 1) - 1}`).join(' ')
    expect(text).toContain(`<ImageData WholeExtent="${extent}" Origin="0 0 0"`)
    expect(text).toContain(`<Piece Extent="${extent}">`)
    const spacing = /Spacing="([^"]+)"/.exec(text)![1].split(' ').map(Number)
    set.macro.nodes.forEach((n, axis) => {
      expect(spacing[axis] * (n - 1)).toBeCloseTo(set.macro.size[axis], 15)
    })
    // A comment ends at two hyphens.
    expect(/<!--([\s\S]*?)--/.exec(text)![0].endsWith('Positions in m\n--')).toBe(true)
    const [, name, base64] = [...text.matchAll(/Name="([^"]+)" NumberOfComponents="1" format="binary">([^<]+)</g)][1]
    expect(name).toBe('V [mV]')
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
    const view = new DataView(bytes.buffer)
    expect(view.getBigUint64(0, true)).toBe(BigInt(bytes.length - 8))
    expect(Array.from({ length: (bytes.length - 8) / 8 }, (_, k) => view.getFloat64(8 + 8 * k, true))).toEqual(
      told(set, 1),
    )
  })

  it('a table has a row a node with its position, x fastest, and our reader reads it', () => {
    const text = fieldsTable(set, identity)
    const rows = text
      .split('\n')
      .filter((line) => line !== '' && !/^[#"]/.test(line))
      .map((line) => line.split(','))
    expect(rows.map((row) => Number(row[dimension]))).toEqual(told(set, 0))
    expect(rows[1][dimension + 1]).toBe('')
    expect(Number(rows[1][0])).toBeCloseTo(1000, 9)
    if (dimension > 1) expect(Number(rows[2][1])).toBeCloseTo(1000, 9)
    const columns = readTable(text).columns
    expect(columns.map(({ name }) => name).slice(-2)).toEqual(['K [mM]', 'V [mV]'])
    expect([...columns[dimension].values]).toEqual(told(set, 0))
  })
})

it('a large box is encoded whole', () => {
  const values = Float32Array.from({ length: 64 ** 2 }, (_, p) => p)
  const set = { ...setOf(2), macro: { nodes: [64, 64], size: [1, 1] }, values: [values, values] }
  const base64 = /format="binary">([^<]+)</.exec(fieldsVti(set, identity))![1]
  expect(atob(base64)).toHaveLength(8 + 8 * 64 ** 2)
})
