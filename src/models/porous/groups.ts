/**
 * Dimensionless groups of a porous medium between two electrodes a distance L apart, in units of c0, D_1 and RT/F
 * (M. Schmuck, J. Math. Phys. 54 (2013), (1) and (18)): lambda² = epsilon RT / (F² c0 L²).
 */
import { t } from '../../language/language.ts'
import { FARADAY } from '../constants.ts'
import type { Curve } from '../family.ts'
import { groupsTable } from '../groups.ts'
import { voltsOf } from './experiments.ts'
import type { PorousInput } from './input.ts'
import { ions } from './input.ts'
import { fluidPermittivity, thermal } from './macro.ts'
import { contrastOf } from './parameters.ts'

export function porousGroups(input: PorousInput): Curve {
  const { parameters: v, macro, experiment, cellSize } = input
  const [L] = macro.size
  const lambda2 = fluidPermittivity(input) / (FARADAY * thermal(input) * v.c0 * L ** 2)
  const groups = [
    { name: 's', symbol: 's', value: cellSize / L, note: t('ℓ/L: period over the distance of the electrodes.') },
    {
      name: 'lambda2',
      symbol: 'λ²',
      value: lambda2,
      note: t('ε RT/(F² c₀ L²): its root is the Debye length over L. Charge layers are thin where it is small.'),
    },
    {
      name: 'layer',
      symbol: 'λL/ℓ',
      value: (Math.sqrt(lambda2) * L) / cellSize,
      note: t('Debye length over the period: layers of charge thinner than a pore are beyond homogenized equations.'),
    },
    { name: 'alpha', symbol: 'α', value: contrastOf(v), note: t('Permittivity of the solid over that of the pores.') },
    {
      name: 'voltage',
      symbol: 'VF/RT',
      value: voltsOf(experiment) * thermal(input),
      note: t('Voltage in thermal voltages RT/F.'),
    },
    {
      name: 'charge',
      symbol: 'ρ_s/c₀',
      value: v.fixed_charge / v.c0,
      note: t(
        'Charge of the walls over the reference concentration: well above 1 the pores hold mostly ions of one sign.',
      ),
    },
    ...ions(v)
      .slice(1)
      .map((r) => ({
        name: `D_${r}`,
        symbol: `D_${r}/D_1`,
        value: v[`D_${r}`] / v.D_1,
        note: t('Diffusivities: where they differ, salt that diffuses raises a potential.'),
      })),
  ]
  return groupsTable(groups, t('In units of the reference concentration c₀, of D₁ and of RT/F.'))
}
