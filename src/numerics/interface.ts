/** Area of the interface between groups of simplices, node by node (length in two dimensions). */
import { present } from '../present.ts'
import type { Lattice } from './lattice.ts'
import { OMITTED, type SimplexMesh } from './simplex.ts'

/**
 * Area of the faces between simplices of different groups, an equal share to each vertex of a face. A face belongs to
 * two simplices: within a lattice cell their permutations differ by one swap, across the cell boundary by a rotation.
 * Yields between slabs of lattice cells.
 * @param group label per simplex; faces of OMITTED simplices do not count
 */
export function* interfaceAreas(
  { lattice, spacing, displacement }: SimplexMesh,
  group: Uint8Array,
): Generator<void, Float64Array> {
  const d = lattice.dimension
  const { simplexCount } = lattice
  const areas = new Float64Array(lattice.count)
  const faces = facesOf(lattice)
  const place = (origin: number, q: number, mask: number) =>
    Array.from(
      { length: d },
      (_, k) => (lattice.coordinate(origin, k) + ((mask >> k) & 1)) * spacing[k] + (displacement?.[d * q + k] ?? 0),
    )
  const slab = lattice.count / lattice.layerCount
  for (let q = 0; q < lattice.count; q++) {
    if (q > 0 && q % slab === 0) yield
    for (let s = 0; s < simplexCount; s++) {
      const here = group[q * simplexCount + s]
      if (here === OMITTED) continue
      for (const { next, other, masks } of faces[s]) {
        const there = group[(next ? next[q] : q) * simplexCount + other]
        if (there === OMITTED || there === here) continue
        const vertices = masks.map((mask) => at(lattice, q, mask))
        const share = measure(masks.map((mask, m) => place(q, vertices[m], mask))) / d
        for (const v of vertices) areas[v] += share
      }
    }
  }
  return areas
}

/** A face of a simplex: the simplex behind it, the lattice cell of that where it is another one, and its vertices. */
interface Face {
  next: Int32Array | undefined
  other: number
  masks: readonly number[]
}

/** By simplex of a lattice cell; faces inside the cell, which two of them share, at the first of both. */
function facesOf(lattice: Lattice): Face[][] {
  const { permutations, paths } = lattice
  const named = new Map(permutations.map((perm, s) => [perm.join(), s]))
  const simplex = (perm: readonly number[]) => present(named.get(perm.join()), 'a permutation')
  return permutations.map((perm, s) =>
    perm.flatMap((axis, omit): Face[] => {
      const masks = paths[s].filter((_, m) => m !== omit)
      if (omit === 0) return [{ next: lattice.forward(1 << axis), other: simplex([...perm.slice(1), axis]), masks }]
      const swapped = [...perm]
      ;[swapped[omit - 1], swapped[omit]] = [swapped[omit], swapped[omit - 1]]
      const other = simplex(swapped)
      return other < s ? [] : [{ next: undefined, other, masks }]
    }),
  )
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
