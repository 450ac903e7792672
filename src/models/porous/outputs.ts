/** What a porous electrolyte shows of its ions: their names, and how they vary inside a pore. */
import type { MicroscopicField } from '../family.ts'
import { DIELECTRIC, PORE } from './effective.ts'

const SIGNS = ['', '+', '−']

/** Ion 1 (+1) and the like, for labels. */
export function ionName(r: number, valence: number): string {
  const size = Math.abs(valence)
  const charge = valence === 0 ? '0' : `${size === 1 ? '' : size}${SIGNS[valence > 0 ? 1 : 2]}`
  return `ion ${r + 1} (${charge})`
}

const TORTUOSITY = {
  name: 'tortuosity',
  help: 'What the walls make of the flux around them: the driving force, turned aside by the corrector of the pore.',
}
const BOLTZMANN = {
  name: 'Boltzmann',
  help: 'How ions answer the potential inside their pore: linearised Boltzmann, −z c (F/RT) φ₁. It carries no flux.',
}

/**
 * c0 + l ( chi . (grad c0 + z f c0 grad phi0) - z f c0 chi_eps . grad phi0 ) in the pores, as in reconstruct.ts.
 * @param drift z f, 1/V
 */
export function inPores(name: string, drift: number): MicroscopicField {
  const [walls, answer] = [TORTUOSITY.name, BOLTZMANN.name]
  return {
    phase: PORE,
    interface: false,
    terms: [
      { problem: PORE, of: [name], weight: 1, part: walls },
      { problem: PORE, of: ['phi'], weight: drift, times: name, part: walls },
      { problem: DIELECTRIC, of: ['phi'], weight: -drift, times: name, part: answer },
    ],
    parts: [TORTUOSITY, BOLTZMANN],
    second: { problem: PORE, sources: PORE, carrier: { of: 'phi', problem: DIELECTRIC, weight: drift } },
  }
}

/**
 * The potential lives in pore and solid; its charge is that of the ions, and of the walls.
 * @param walls their charge per volume over the permittivity of the fluid, V/m²
 */
export function everywhere(walls: number): MicroscopicField {
  return {
    interface: false,
    terms: [{ problem: DIELECTRIC, of: ['phi'], weight: 1 }],
    second: { problem: DIELECTRIC, sources: PORE, surface: walls },
  }
}
