/**
 * The fields of a frame as files that other programs open: a table (CSV), NumPy arrays (NPY, NPZ) and VTK image data
 * (VTI). Numbers are in display units, which each file names; positions are in metres but in the table, where they are
 * in micrometres as in the tables of the command line.
 */

import { strToU8, zipSync } from 'fflate'
import type { Field, MacroSpec } from '../models/family.ts'
import { type Identity, identityLines, remarks } from './identity.ts'
import { quoted } from './quoted.ts'

export interface FieldSet {
  macro: Pick<MacroSpec, 'size' | 'nodes'>
  fields: readonly Pick<Field, 'name' | 'label' | 'unit' | 'factor'>[]
  /** One array a field, on all nodes, x fastest, SI; no number where a field is not defined. */
  values: readonly ArrayLike<number>[]
  /** s. */
  t: number
}

const AXES = ['x', 'y', 'z']

/** Positions of the nodes along an axis, m. */
function coordinates({ size, nodes }: FieldSet['macro'], axis: number): Float64Array {
  const n = nodes[axis]
  return Float64Array.from({ length: n }, (_, i) => (i * size[axis]) / (n - 1))
}

/** In display units. */
function shown({ fields, values }: FieldSet, k: number): Float64Array {
  const { factor } = fields[k]
  return Float64Array.from(values[k], (value) => value / factor)
}

const titled = (label: string, unit: string) => (unit === '1' ? label : `${label} [${unit}]`)
/** A row a node: its position [µm], then the fields; a cell stays empty where a field is not defined. */
export function fieldsTable(set: FieldSet, identity: Identity): string {
  const { macro, fields, t } = set
  const axes = macro.nodes.map((_, axis) => coordinates(macro, axis))
  const columns = fields.map((_, k) => shown(set, k))
  const heading = [
    ...axes.map((_, axis) => quoted(titled(AXES[axis], 'µm'))),
    ...fields.map(({ name, unit }) => quoted(titled(name, unit))),
  ].join(',')
  const count = macro.nodes.reduce((a, b) => a * b, 1)
  const rows = Array.from({ length: count }, (_, p) => {
    let rest = p
    const position = axes.map((along) => {
      const i = rest % along.length
      rest = Math.floor(rest / along.length)
      return along[i] * 1e6
    })
    return [...position, ...columns.map((column) => (Number.isNaN(column[p]) ? '' : column[p]))].join(',')
  })
  return `${remarks(identity)}# Time: ${t} s\n${heading}\n${rows.join('\n')}\n`
}

/** Its header takes a multiple of this, bytes. */
const ALIGNED = 64

/** An array as NumPy keeps it (format 1.0), little-endian doubles, the last axis fastest. */
export function npy(values: Float64Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`
  const prefix = 10
  const padded = `${header.padEnd(Math.ceil((prefix + header.length + 1) / ALIGNED) * ALIGNED - prefix - 1)}\n`
  const out = new Uint8Array(prefix + padded.length + values.length * 8)
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  const view = new DataView(out.buffer)
  view.setUint16(8, padded.length, true)
  out.set(strToU8(padded), prefix)
  out.set(bytes(values), prefix + padded.length)
  return out
}

/** Little-endian, whatever the machine is. */
function bytes(values: Float64Array): Uint8Array {
  const out = new Uint8Array(values.length * 8)
  const view = new DataView(out.buffer)
  values.forEach((value, k) => {
    view.setFloat64(8 * k, value, true)
  })
  return out
}

/** One field, with axes in the order z, y, x. */
export function fieldNpy(set: FieldSet, k: number): Uint8Array<ArrayBuffer> {
  return npy(shown(set, k), set.macro.nodes.toReversed())
}

/** Every field, the positions along the axes [m], the time [s], and what they are and come from as `record.json`. */
export function fieldsNpz(set: FieldSet, identity: Identity): Uint8Array<ArrayBuffer> {
  const { macro, fields, t } = set
  const entries: Record<string, Uint8Array> = {}
  fields.forEach(({ name }, k) => {
    entries[`${name}.npy`] = fieldNpy(set, k)
  })
  macro.nodes.forEach((n, axis) => {
    entries[`${AXES[axis]}.npy`] = npy(coordinates(macro, axis), [n])
  })
  entries['t.npy'] = npy(Float64Array.of(t), [1])
  const units = Object.fromEntries(fields.map(({ name, label, unit }) => [name, { label, unit }]))
  const axes = Object.fromEntries(macro.nodes.map((_, axis) => [AXES[axis], { unit: 'm' }]))
  const about = { fields: units, axes, order: macro.nodes.map((_, axis) => AXES[axis]).reverse(), record: identity }
  entries['record.json'] = strToU8(JSON.stringify(about, null, 2))
  return zipSync(entries) as Uint8Array<ArrayBuffer>
}

/** VTK image data, for ParaView and its like: point data, base64. */
export function fieldsVti(set: FieldSet, identity: Identity): string {
  const { macro, fields, t } = set
  const all = <T>(of: (axis: number) => T, otherwise: T) =>
    AXES.map((_, axis) => (axis < macro.nodes.length ? of(axis) : otherwise))
  const extent = all((axis) => `0 ${macro.nodes[axis] - 1}`, '0 0').join(' ')
  const spacing = all((axis) => macro.size[axis] / (macro.nodes[axis] - 1), 1).join(' ')
  const arrays = fields.map(
    ({ name, unit }, k) =>
      `        <DataArray type="Float64" Name="${escaped(titled(name, unit))}" NumberOfComponents="1" format="binary">${encoded(shown(set, k))}</DataArray>`,
  )
  // Two hyphens would end a comment.
  const about = identityLines(identity).map(([name, text]) => escaped(`${name}: ${text}`).replaceAll('--', '- -'))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!--\n${about.join('\n')}\nPositions in m\n-->`,
    '<VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">',
    `  <ImageData WholeExtent="${extent}" Origin="0 0 0" Spacing="${spacing}">`,
    `    <FieldData><DataArray type="Float64" Name="TimeValue" NumberOfTuples="1" format="ascii">${t}</DataArray></FieldData>`,
    `    <Piece Extent="${extent}">`,
    `      <PointData Scalars="${escaped(titled(fields[0]?.name ?? '', fields[0]?.unit ?? '1'))}">`,
    ...arrays,
    '      </PointData>',
    '    </Piece>',
    '  </ImageData>',
    '</VTKFile>',
    '',
  ].join('\n')
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => SIGNS[sign])

/** Length in bytes (64 bits), then the numbers, as base64. */
function encoded(values: Float64Array): string {
  const out = new Uint8Array(8 + values.length * 8)
  new DataView(out.buffer).setBigUint64(0, BigInt(values.length * 8), true)
  out.set(bytes(values), 8)
  let text = ''
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < out.length; at += 0x8000) text += String.fromCharCode(...out.subarray(at, at + 0x8000))
  return btoa(text)
}
