/** Order of the unknowns of the tissue equations: field-major, u[k * nodes + p]. */

/** mol/m³. */
export const NA_I = 0
export const K_I = 1
/** V = phi_I - phi_E, V. */
export const V = 2
export const NA_E = 3
export const K_E = 4
/** phi_E, V. */
export const PHI = 5
/** Gate h, only with gates. */
export const GATE = 6

/** Where the unknowns of one kind of cells stand. */
export interface Slots {
  readonly na: number
  readonly k: number
  readonly v: number
  /** Only with gates. */
  readonly gate: number
}

/** Further kinds of cells follow the first one's unknowns and those outside: Na_I, K_I, V and h (with gates) of each. */
export function slotsOf(kind: number, gates: boolean): Slots {
  if (kind === 0) return { na: NA_I, k: K_I, v: V, gate: GATE }
  const first = widthOf(kind, gates)
  return { na: first, k: first + 1, v: first + 2, gate: first + 3 }
}

/** Unknowns per node with so many kinds of cells. */
export function widthOf(kinds: number, gates: boolean): number {
  return gates ? GATE + 1 + 4 * (kinds - 1) : GATE + 3 * (kinds - 1)
}

/** Where another kind of cells has what the first one has in field k; fields outside are those of all. */
export function inSlots(slots: Slots, k: number): number {
  switch (k) {
    case NA_I:
      return slots.na
    case K_I:
      return slots.k
    case V:
      return slots.v
    case GATE:
      return slots.gate
    default:
      return k
  }
}
