/**
 * Dimensionless groups of a cathode of thickness L, with r = i/i* and i* the exchange current at half filling and the
 * reference concentration c0 (M. Schmuck, Appl. Math. Res. eXpress (2017), (2.31) and after (2.36), corrected):
 *
 *   beta+ = a i* L² / (F c0 D),   beta_s = a i* L² / (F c_sm D_s),   beta_psi = a i* L² F / (RT kappa),
 *
 * so that beta+ D c0 = beta_s D_s c_sm = beta_psi kappa RT / F²; D and kappa are those of the salt at c0.
 */
import { t } from '../../../language/language.ts'
import { FARADAY } from '../../constants.ts'
import type { Curve } from '../../family.ts'
import { groupsTable } from '../../groups.ts'
import { materialOf } from '../equations/materials.ts'
import type { CathodeSetting } from '../equations/setting.ts'

const HOUR = 3600

/** @param period of the reference cell, m */
export function cathodeGroups(setting: CathodeSetting, period: number): Curve {
  const { grid, cathode, electrolyte, reference, sites, solid, thermal, omega, flow } = setting
  const salt = new Float64Array(6)
  electrolyte.salt.at(1, salt)
  const [D, , kappa] = salt
  const L = grid.cathode
  const reaction = atHalf(setting) * L ** 2
  const note = t(
    'L is the thickness of the cathode, i* the exchange current at half filling and the reference concentration c₀, D and κ those of the salt there. The paper leaves areas and site densities out of its β.',
  )
  const groups = [
    { name: 'epsilon', symbol: 'ε', value: period / L, note: t('ℓ/L: period over thickness.') },
    {
      name: 'beta_plus',
      symbol: 'β₊',
      value: reaction / (FARADAY * reference * D),
      note: t('a i* L²/(F c₀ D): reaction against diffusion of the salt.'),
    },
    {
      name: 'beta_s',
      symbol: 'β_s',
      value: reaction / (FARADAY * sites * solid.diffusivity),
      note: t('a i* L²/(F c_sm D_s): reaction against diffusion in the solid over the thickness.'),
    },
    {
      name: 'beta_psi',
      symbol: 'β_ψ',
      value: reaction / (thermal * kappa),
      note: t(
        'a i* L² F/(RT κ): reaction against conduction; large where the reaction stays in a zone thinner than L.',
      ),
    },
    {
      name: 'gamma',
      symbol: 'γ',
      value: sites / reference,
      note: t('c_sm/c₀: lithium sites in the solid over the salt.'),
    },
    { name: 'omega', symbol: 'Ω', value: omega, note: t('Interaction in RT; above 2 the material separates.') },
    ...secondGroups(setting, reaction),
    {
      name: 'tau',
      symbol: 'τ_D/h',
      value: (cathode.p * L ** 2) / (cathode.T[0] * D * HOUR),
      note: t('p L²/(T D) over one hour: the time in which salt spreads across the cathode.'),
    },
    {
      name: 'peclet',
      symbol: 'Pe',
      value: flow ? (flow.velocity * (flow.across ? grid.height : L)) / D : Number.NaN,
      note: t('V L/D: flow against diffusion, over the way that it takes; none where nothing is pumped.'),
    },
    {
      name: 'delta',
      symbol: 'δ',
      value: electrolyte.form === 'E1' ? electrolyte.delta : Number.NaN,
      note: t('λ_D/L: Debye length over thickness, in E1 alone.'),
    },
  ]
  return groupsTable(groups, note)
}

/** a i* of all material, A/m³: at half filling without its interaction. */
function atHalf(setting: CathodeSetting): number {
  const { cathode, kinetics, second } = setting
  if (!second) return cathode.a * kinetics.exchange(1, 0.5, 0)
  return cathode.kinds.reduce(
    (sum, kind) => sum + kind.a * materialOf(setting, kind.second).kinetics.exchange(1, 0.5, 0),
    0,
  )
}

/** What a second material has of its own. */
function secondGroups({ second, reference }: CathodeSetting, reaction: number) {
  if (!second) return []
  const { sites, solid, omega } = second
  const note = t('The same of the second material.')
  return [
    { name: 'beta_s_2', symbol: 'β_s₂', value: reaction / (FARADAY * sites * solid.diffusivity), note },
    { name: 'gamma_2', symbol: 'γ₂', value: sites / reference, note },
    { name: 'omega_2', symbol: 'Ω₂', value: omega, note },
  ]
}
