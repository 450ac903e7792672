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
  terms: readonly MicroscopicTerm[]
  /** Parts of the correction that can be looked at alone, and what is seen in them. */
  parts?: readonly { name: string; help: string }[]
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
