/** The pixels of the microscope: the field in its colours, the other phase neutral, the membrane as a thin line. */
import type { MapName } from '../ground/colours.ts'
import { colourTable } from '../ground/maps.ts'
import { isOther } from '../picture/cellPicture.ts'
import type { LensImage } from './lens.ts'

/** RGB of the phase where the field does not live, and of the membrane. */
export interface LensInk {
  other: readonly number[]
  membrane: readonly number[]
}

/** @returns RGBA rows from the top */
export function paintLens(
  { values, phase, min, max }: LensImage,
  map: MapName,
  ink: LensInk,
): Uint8ClampedArray<ArrayBuffer> {
  const side = Math.sqrt(values.length)
  const table = colourTable(map)
  const out = new Uint8ClampedArray(4 * values.length)
  const scale = 255 / (max - min)
  for (let q = 0; q < values.length; q++) {
    const [i, j] = [q % side, Math.floor(q / side)]
    const at = 4 * (i + side * (side - 1 - j))
    const border = (i + 1 < side && phase[q + 1] !== phase[q]) || (j + 1 < side && phase[q + side] !== phase[q])
    const value = values[q]
    if (border) out.set(ink.membrane, at)
    else if (isOther(value)) out.set(ink.other, at)
    else {
      const k = 4 * Math.max(0, Math.min(255, Math.round((value - min) * scale)))
      out.set(table.subarray(k, k + 3), at)
    }
    out[at + 3] = 255
  }
  return out
}
