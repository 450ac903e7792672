/**
 * Whether the mesh decides that a phase is cut off. The fit closes gaps below about a mesh width; so a phase that fails
 * to percolate on the mesh along an axis is called unresolved there if its level set, sampled on a lattice of half the
 * mesh width, does percolate (through neighbours along the axes).
 */
import type { CellSpec } from './cell.ts'
import { phaseAt } from './geometry.ts'

/** Per axis; all false, and no work, where the phase percolates along every axis of the mesh. */
export function unresolvedAxes(spec: CellSpec, phase: number, percolates: readonly boolean[]): boolean[] {
  if (percolates.every(Boolean)) return percolates.map(() => false)
  const d = spec.dimension
  const n = 2 * spec.resolution
  const count = n ** d
  const at = phaseAt(spec)
  const inside = new Uint8Array(count)
  for (let p = 0; p < count; p++) {
    const z = d === 3 ? Math.floor(p / (n * n)) / n : 0
    inside[p] = at((p % n) / n, (Math.floor(p / n) % n) / n, z) === phase ? 1 : 0
  }
  const winds = windings(inside, n, d)
  return percolates.map((open, axis) => !open && winds[axis]!)
}

/** Axes along which the marked nodes of a periodic lattice connect to their own image. */
function windings(marked: Uint8Array, n: number, d: number): boolean[] {
  const winds = Array<boolean>(d).fill(false)
  const seen = new Uint8Array(marked.length)
  // Periods crossed on the way to a node, per axis.
  const periods = new Int16Array(d * marked.length)
  const queue = new Int32Array(marked.length)
  for (let start = 0; start < marked.length; start++) {
    if (marked[start] === 0 || seen[start] === 1) continue
    seen[start] = 1
    queue[0] = start
    for (let head = 0, tail = 1; head < tail; head++) {
      const p = queue[head]!
      for (let axis = 0, stride = 1; axis < d; axis++, stride *= n) {
        const i = Math.floor(p / stride) % n
        for (const step of [-1, 1]) {
          const wraps = i + step < 0 ? -1 : i + step === n ? 1 : 0
          const q = p + (step - wraps * n) * stride
          if (marked[q] === 0) continue
          if (seen[q] === 0) {
            seen[q] = 1
            for (let k = 0; k < d; k++) periods[d * q + k] = periods[d * p + k]! + (k === axis ? wraps : 0)
            queue[tail++] = q
          } else
            for (let k = 0; k < d; k++)
              if (periods[d * q + k] !== periods[d * p + k]! + (k === axis ? wraps : 0)) winds[k] = true
        }
      }
    }
  }
  return winds
}
