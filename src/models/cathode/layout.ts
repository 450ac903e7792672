/**
 * Unknowns of a cell, field-major: c [c0], phi [RT/F], psi = psi_s - V [RT/F], y, then w (excess potential, with gradient
 * energy) and rho (scaled charge, with E1) where there are such, then w of the second and
 * further kinds of particles that have it, and y of all of them;
 * after the fields those of the whole cell: V [RT/F],
 * charge passed Q [capacity], and where the protocol stands (step, its start [s], Q and V at its start, and which it is).
 */
export const C = 0
export const PHI = 1
export const PSI = 2
export const Y = 3

/** Unknowns of the whole cell, after the fields. */
export const GLOBALS = { V: 0, Q: 1, STEP: 2, START: 3, Q_START: 4, V_START: 5, PLAN: 6 } as const
export const GLOBAL_COUNT = Object.keys(GLOBALS).length

/** Receives entries of the Jacobian, indices into the state. */
export type Add = (row: number, column: number, value: number) => void
