/** The phases of a tissue. */

export const INSIDE = 'intracellular'
export const OUTSIDE = 'extracellular'
/** A second sort of cells, which a tissue may have. */
export const GLIA = 'glia'
