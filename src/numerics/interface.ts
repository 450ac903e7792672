/** Area of the interface between groups of simplices, node by node (length in two dimensions). */
import { present } from '../present.ts'
import type { Lattice } from './lattice.ts'
import { OMITTED, type SimplexMesh } from './simplex.ts'

/**
 * Area of the faces between simplices of different groups, an equal share to each vertex of a face. A face belongs to
 * two simplices: within a lattice cell their permutations differ by one swap, across the cell boundary by a rotation.
 * @param group label per simplex; faces of OMITTED simplices do not count
 */
export function interfaceAreas({ lattice, spacing, displacement }: SimplexMesh, group: Uint8Array): Float64Array {
  const d = lattice.dimension
  const { permutations, paths, simplexCount } = lattice
  const named = new Map(permutations.map((perm, s) => [perm.join(), s]))
  const areas = new Float64Array(lattice.count)
  const label = (q: number, s: number) => group[q * simplexCount + s]
  const place = (origin: number, q: number, mask: number) =>
    Array.from(
      { length: d },
      (_, k) => (lattice.coordinate(origin, k) + ((mask >> k) & 1)) * spacing[k] + (displacement?.[d * q + k] ?? 0),
    )
  for (let q = 0; q < lattice.count; q++)
    for (let s = 0; s < simplexCount; s++) {
      const here = label(q, s)
      if (here === OMITTED) continue
      const perm = permutations[s]
      for (let omit = 0; omit < d; omit++) {
        let there: number
        if (omit === 0) {
          const rotated = present(named.get([...perm.slice(1), perm[0]].join()), 'a permutation')
          there = label(lattice.forward(1 << perm[0])[q], rotated)
        } else {
          const swapped = [...perm]
          ;[swapped[omit - 1], swapped[omit]] = [swapped[omit], swapped[omit - 1]]
          const t = present(named.get(swapped.join()), 'a permutation')
          // Faces inside a lattice cell are met from both sides: count them once.
          if (t < s) continue
          there = label(q, t)
        }
        if (there === OMITTED || there === here) continue
        const masks = paths[s].filter((_, m) => m !== omit)
        const vertices = masks.map((mask) => at(lattice, q, mask))
        const share = measure(masks.map((mask, m) => place(q, vertices[m], mask))) / d
        for (const v of vertices) areas[v] += share
      }
    }
  return areas
}

function at(lattice: Lattice, q: number, mask: number): number {
  return mask === 0 ? q : lattice.forward(mask)[q]
}

/** Length of a segment, area of a triangle. */
function measure(v: number[][]): number {
  const a = v[1].map((x, k) => x - v[0][k])
  if (v.length === 2) return Math.hypot(...a)
  const b = v[2].map((x, k) => x - v[0][k])
  return Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]) / 2
}
