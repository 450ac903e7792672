/** Names: the phases of a cathode, and its contrast problems. */
export const ELECTROLYTE = 'electrolyte'
export const ACTIVE = 'active'
export const CARBON = 'carbon'

export const IONS = 'ions'
export const ELECTRONS = 'electrons'
export const PUBLISHED = 'published average'
