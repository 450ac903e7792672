/** An NPY file read back. */
import { expect } from 'vitest'

export function readNpy(bytes: Uint8Array): { shape: number[]; values: number[]; header: string } {
  expect(Array.from(bytes.subarray(0, 8))).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint16(8, true)
  expect((10 + length) % 64).toBe(0)
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, 10 + length))
  expect(header).toMatch(/^\{'descr': '<f8', 'fortran_order': False, 'shape': \([\d, ]+\), \} *\n$/)
  const shape = /\(([\d, ]+)\)/
    .exec(header)![1]
    .split(',')
    .filter((word) => word.trim() !== '')
    .map(Number)
  const count = (bytes.length - 10 - length) / 8
  return { shape, header, values: Array.from({ length: count }, (_, k) => view.getFloat64(10 + length + 8 * k, true)) }
}
