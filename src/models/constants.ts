/** Physical constants, CODATA 2018 (exact by definition of the SI since 2019). */

/** Faraday constant, C/mol. */
export const FARADAY = 96485.33212
/** Molar gas constant, J/(mol K). */
export const GAS_CONSTANT = 8.31446261815324

/** F / RT in 1/V at temperature T in K: potentials times this are dimensionless. */
export function inverseThermalVoltage(temperature: number): number {
  return FARADAY / (GAS_CONSTANT * temperature)
}
