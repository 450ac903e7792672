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
