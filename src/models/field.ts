/** Fields of a model, and what pictures of them need to know. */

/** A field on the macroscopic mesh that can be shown. */
export interface Field {
  name: string
  label: string
  /** KaTeX. */
  symbol: string
  unit: string
  /** SI value of one display unit. */
  factor: number
  /** Fields with the same group share a colour range and a chart axis, e.g. `concentration`. */
  group: string
  /** Not defined everywhere in the box (NaN there): a field of the solid has no value in a separator. */
  partial?: boolean
  /** How the field lives in the reference cell; absent where it has no microscopic picture. */
  microscopic?: MicroscopicField
}

/**
 * Where a field lives in the reference cell, and its first-order reconstruction
 *
 *   u0 + l sum_k weight_k times_k chi_k . grad of_k      (l the period of the cell)
 */
export interface MicroscopicField {
  /** Phase of the cell in which it is drawn, and further ones if the cell has them; undefined = everywhere. */
  phase?: string
  also?: readonly string[]
  /** Defined on the interface only (a membrane potential): a point of the phase shows the nearest point of it. */
  interface: boolean
  /** Constant in each piece of the phase that is closed. */
  closed?: boolean
  terms: readonly MicroscopicTerm[]
  /**
   * Pieces of these phases by the field whose values and terms are drawn in them, this one or another of its kind; each piece
   * by a point inside, as fractions of the cell. Absent where this one is drawn everywhere.
   */
  kinds?: readonly { of: string; terms: readonly MicroscopicTerm[]; inside: readonly (readonly number[])[] }[]
  /** Pieces of these phases in which it is not drawn, each by a point inside. */
  except?: readonly (readonly number[])[]
  /** Parts of the correction that can be looked at alone, and what is seen in them. */
  parts?: readonly { name: string; help: string }[]
  /** What one more order takes; absent where it is not known. */
  second?: SecondOrderTerms
}

/**
 * The second order of a field u with corrector chi, whose sources are spread evenly over a phase:
 *
 *   u0 + l chi . grad u0 + l² ( chi^kl d_kl u0 + q beta ),
 *
 * or of one that a potential psi carries with weight w (J = grad u0 + w u0 grad psi0 drives it):
 *
 *   exp(-w (psi - psi0)) ( u0 + l chi . J + l² ( chi^kl d_k J_l + w b^kl d_k psi0 J_l ) )
 *
 * with the correctors of cell/second.ts.
 */
export interface SecondOrderTerms {
  /** Cell problem of chi, as in `MicroscopicTerm`. */
  problem: string
  /** Phase of the sources. */
  sources: string
  /** The field psi, which has a second order itself, the cell problem of its corrector, and w. */
  carrier?: { of: string; problem: string; weight: number }
  /** q: sources on the interface per volume of the cell, over the coefficient of `sources`. */
  surface?: number
}

/** A corrector times a gradient of homogenized fields. */
export interface MicroscopicTerm {
  /** Cell problem of the corrector: the phase of a perforated one, or the name of a contrast problem. */
  problem: string
  /** Fields whose gradients are summed. */
  of: readonly string[]
  weight: number
  /** Field whose local value multiplies the term. */
  times?: string
  /** One of `parts`. */
  part?: string
}

/** The box as a stack along x: what fills its parts, and what it ends on. */
export interface Layers {
  /** In order; each begins where the one before ends. */
  parts: readonly { label: string; to: number }[]
  ends: readonly [left: string, right: string]
}
