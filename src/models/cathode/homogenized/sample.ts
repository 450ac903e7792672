/**
 * Values at the centres of the cells as values on the uniform nodes of the box: linear between centres, or, where every
 * cell is a particle of its own, that of the cell behind the node.
 */
import type { MacroSpec } from '../../family.ts'
import type { Grid } from '../equations/grid.ts'

/**
 * @param value of node p of the grid
 * @param inside columns that have the quantity: all, or those of the cathode (NaN elsewhere), as a medium or as particles
 */
export function sampleCells(
  grid: Grid,
  macro: MacroSpec,
  value: (p: number) => number,
  inside: 'cell' | 'cathode' | 'particles',
): Float32Array {
  const { columns, rows, first, x, width, separator } = grid
  const [nx, ny = 1] = macro.nodes
  const out = new Float32Array(nx * ny)
  const from = inside === 'cell' ? 0 : first
  const length = macro.size[0]
  for (let j = 0; j < ny; j++) {
    // Rows are cells, nodes lie between them.
    const at = ny === 1 ? 0 : (j * rows) / (ny - 1) - 0.5
    const low = Math.max(0, Math.min(rows - 1, Math.floor(at)))
    const high = Math.min(rows - 1, low + 1)
    const s = Math.max(0, Math.min(1, at - low))
    let k = from
    for (let i = 0; i < nx; i++) {
      const position = (i * length) / (nx - 1)
      if (inside !== 'cell' && position < separator * (1 - 1e-9)) {
        out[i + nx * j] = Number.NaN
        continue
      }
      if (inside === 'particles') {
        while (k < columns - 1 && x[k] + width[k] / 2 <= position * (1 + 1e-12)) k++
        out[i + nx * j] = value(k + columns * Math.max(0, Math.min(rows - 1, Math.round(at))))
        continue
      }
      while (k < columns - 2 && x[k + 1] < position) k++
      const next = Math.min(columns - 1, k + 1)
      const r = next === k ? 0 : Math.max(0, Math.min(1, (position - x[k]) / (x[next] - x[k])))
      const along = (row: number) => {
        const p = k + columns * row
        return (1 - r) * value(p) + r * value(p + next - k)
      }
      out[i + nx * j] = rows === 1 ? along(0) : (1 - s) * along(low) + s * along(high)
    }
  }
  return out
}
