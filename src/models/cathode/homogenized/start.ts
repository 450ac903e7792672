/** The filling that a cell starts with: given, or what goes with a voltage at rest or a state of charge. */
import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import { inverseThermalVoltage } from '../../constants.ts'
import { fillingAt, openCircuit } from '../laws/thermodynamics.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { EMPTIEST } from '../parameters/solid.ts'

export function startFilling(v: CathodeValues): number {
  switch (v.start_from) {
    case 'filling':
      return v.y0
    case 'charge':
      return 1 - v.soc_start
    case 'voltage':
      return restingFilling(v)
  }
}

/** The stable filling at a voltage; by symmetry rich where the poor one has the mirrored voltage. */
function restingFilling({ V0, Omega, temperature, V_start }: CathodeValues): number {
  const thermal = 1 / inverseThermalVoltage(temperature)
  const poor = (V: number) => fillingAt(V0, Omega, thermal, V)
  return V_start >= V0 ? poor(V_start) : 1 - poor(2 * V0 - V_start)
}

/** A voltage that the material does not have at rest. */
export function startProblems(v: CathodeValues): Problem[] {
  if (v.start_from !== 'voltage') return []
  const thermal = 1 / inverseThermalVoltage(v.temperature)
  const [low, high] = [1 - EMPTIEST, EMPTIEST].map((y) => openCircuit(v.V0, v.Omega, thermal, y))
  if (v.V_start >= low && v.V_start <= high) return []
  return [
    {
      path: 'parameters.V_start',
      message: t('got {got} V; at rest this material has {low} V (full) to {high} V (empty); try {better} V', {
        got: v.V_start,
        low: low.toFixed(3),
        high: high.toFixed(3),
        better: v.V0,
      }),
    },
  ]
}
