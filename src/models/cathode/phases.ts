/** Names: the phases of a cathode, and its contrast problems. */
export const ELECTROLYTE = 'electrolyte'
export const ACTIVE = 'active'
/** Particles of a second material, which a cathode may have. */
export const ACTIVE2 = 'active2'
export const CARBON = 'carbon'

export const IONS = 'ions'
export const ELECTRONS = 'electrons'
export const PUBLISHED = 'published average'
