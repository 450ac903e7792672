/** The filling that a cell starts with: given, or what goes with a voltage at rest or a state of charge. */
import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import { inverseThermalVoltage } from '../../constants.ts'
import { type Mixed, openCircuit, restingFilling, restingTogether } from '../laws/thermodynamics.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { EMPTIEST } from '../parameters/start.ts'

export function startFilling(v: CathodeValues): number {
  switch (v.start_from) {
    case 'filling':
    case 'written':
      return v.y0
    case 'charge':
      return 1 - v.soc_start
    case 'voltage':
      return restingFilling(v.V0, v.Omega, 1 / inverseThermalVoltage(v.temperature), v.V_start)
  }
}

/**
 * Of two materials, at one voltage: a filling given is that of the first, a state of charge that of both.
 * @param parts fractions of both in the cell
 */
export function startFillings(v: CathodeValues, [first, second]: readonly number[]): [number, number] {
  const thermal = 1 / inverseThermalVoltage(v.temperature)
  switch (v.start_from) {
    case 'filling':
    case 'written':
      return [v.y0, besideFirst(v, v.y0)]
    case 'voltage':
      return [startFilling(v), restingFilling(v.V0_2, v.Omega_2, thermal, v.V_start)]
    case 'charge': {
      const { fillings } = restingTogether(mixed(v, first * v.c_sm, second * v.c_sm_2), thermal, 1 - v.soc_start)
      return [fillings[0], fillings[1]]
    }
  }
}

/** Filling of the second material at the voltage that the first one has at a filling. */
export function besideFirst(v: CathodeValues, first: number): number {
  const thermal = 1 / inverseThermalVoltage(v.temperature)
  return restingFilling(v.V0_2, v.Omega_2, thermal, openCircuit(v.V0, v.Omega, thermal, first))
}

function mixed(v: CathodeValues, first: number, second: number): Mixed[] {
  return [
    { standard: v.V0, omega: v.Omega, share: first / (first + second) },
    { standard: v.V0_2, omega: v.Omega_2, share: second / (first + second) },
  ]
}

/** How far a mean filling at the start may be from what was asked for. */
const MET = 1e-6

/** A state of charge that both materials do not have at one voltage: where both separate into phases. */
export function chargeProblem(v: CathodeValues, parts: readonly number[]): Problem[] {
  if (v.start_from !== 'charge') return []
  const sites = [parts[0] * v.c_sm, parts[1] * v.c_sm_2]
  const fillings = startFillings(v, parts)
  const soc = 1 - (sites[0] * fillings[0] + sites[1] * fillings[1]) / (sites[0] + sites[1])
  if (Math.abs(soc - v.soc_start) < MET) return []
  return [
    {
      path: 'parameters.soc_start',
      message: t(
        'got {got} %; both materials separate into phases, and at no single voltage do they hold that together; try {better} %, or a voltage at the start',
        { got: 100 * v.soc_start, better: Number((100 * soc).toPrecision(4)) },
      ),
    },
  ]
}

/**
 * A voltage that the material does not have at rest.
 * @param second whether there is a second material
 */
export function startProblems(v: CathodeValues, second = false): Problem[] {
  if (v.start_from !== 'voltage') return []
  const thermal = 1 / inverseThermalVoltage(v.temperature)
  const ends = (standard: number, omega: number) =>
    [1 - EMPTIEST, EMPTIEST].map((y) => openCircuit(standard, omega, thermal, y))
  const both = [...ends(v.V0, v.Omega), ...(second ? ends(v.V0_2, v.Omega_2) : [])]
  const [low, high] = [Math.min(...both), Math.max(...both)]
  if (v.V_start >= low && v.V_start <= high) return []
  const limits = { got: v.V_start, low: low.toFixed(3), high: high.toFixed(3), better: v.V0 }
  return [
    {
      path: 'parameters.V_start',
      message: second
        ? t('got {got} V; at rest these materials have {low} V (full) to {high} V (empty); try {better} V', limits)
        : t('got {got} V; at rest this material has {low} V (full) to {high} V (empty); try {better} V', limits),
    },
  ]
}
