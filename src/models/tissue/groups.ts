/**
 * Dimensionless groups of a tissue of length L with cells a distance l apart, concentrations over C0 and times over L²/D
 * (C. Xiao, H. Huang, S. Xu, T. Yu, X. Yue, section 2): the factor epsilon = l/L of the membrane flux (2c) is what makes
 * them of order 1.
 *
 *   G_i' = G_i RT L² / (F² C0 D l),   I_max' = I_max L² / (F D C0 l),   P_m' = c_m RT / (F² C0 l)
 */
import { t } from '../../language/language.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import type { Curve } from '../family.ts'
import { groupsTable } from '../groups.ts'
import type { TissueInput } from './input.ts'

/** C0, mol/m³: what the fluids of a tissue hold, in round numbers. */
const REFERENCE = 100

export function tissueGroups({ parameters: v, macro, cellSize }: TissueInput): Curve {
  const [L] = macro.size
  const volt = 1 / inverseThermalVoltage(v.temperature)
  const perDiffusion = (D: number) => L ** 2 / (FARADAY * REFERENCE * D * cellSize)
  const conductance = (ion: 'Na' | 'K' | 'Cl') => ({
    name: `G_${ion}`,
    symbol: `G′_${ion}`,
    value: v[`G_${ion}`] * volt * perDiffusion(v[`D_${ion}`]),
    note: t('G RT L²/(F² C₀ D ℓ): leak through the membranes against diffusion along the tissue.'),
  })
  const pump = (k: 1 | 2) => ({
    name: `Imax${k}`,
    symbol: `I′_max${k}`,
    value: v[`Imax${k}`] * perDiffusion(v.D_Na),
    note: t('I_max L²/(F D C₀ ℓ): the pump against diffusion along the tissue.'),
  })
  const groups = [
    { name: 'epsilon', symbol: 'ε', value: cellSize / L, note: t('ℓ/L: distance of the cells over the tissue.') },
    conductance('Na'),
    conductance('K'),
    conductance('Cl'),
    pump(1),
    pump(2),
    {
      name: 'P_m',
      symbol: 'P′_m',
      value: (v.capacitance * volt) / (FARADAY * REFERENCE * cellSize),
      note: t('c RT/(F² C₀ ℓ): ions that charge the membrane over those of the fluid. Small: charging is quick.'),
    },
  ]
  return groupsTable(
    groups,
    t(
      'L is the first side of the box, C₀ = 100 mM, D that of each ion; of the pump that of sodium. Unit of time: L²/D = {time} s.',
      {
        time: Number((L ** 2 / v.D_Na).toPrecision(3)),
      },
    ),
  )
}
