/** What the error plot of a family is made of: its norms, its limit, the slope to hold them against, and its words. */
import type { ComparisonRow } from '../../simulation/compare.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { CATHODE_NORMS, type Norm, POROUS_NORMS, TISSUE_NORMS, VOLTAGE } from './comparisonNorms.ts'
import { explain, LIMIT, type Observation, PROVED } from './explanation.ts'
import { CATHODE_LIMIT, explainCathode } from './explanationCathode.ts'
import { explainClosures, POROUS_LIMIT } from './explanationPorous.ts'

export interface Proof {
  norms: readonly Norm[]
  /** What the theory calls the period over the length of the box. */
  small: 'ε' | 's'
  /** What is fixed while the cells shrink; said wherever N can be chosen. */
  limit: string
  guide: {
    name: string
    /** In the legend. */
    label: string
    order: number
    /** It is drawn through the first of these errors that is shown. */
    through: readonly string[]
  }
  /** Whether the start may carry correctors. */
  prepared: boolean
  explain(observation: Observation): string[]
}

const tissue: Proof = {
  norms: TISSUE_NORMS,
  small: 'ε',
  limit: LIMIT,
  guide: {
    name: 'proved rate √ε',
    label: 'proved with corrector, √ε',
    order: PROVED,
    // The gradient is the sharp case.
    through: ['L2grad_corrected', 'LinfL2_corrected', 'jump_scaled', ...TISSUE_NORMS.map(({ name }) => name)],
  },
  prepared: true,
  explain,
}

const porous: Proof = {
  norms: POROUS_NORMS,
  small: 's',
  limit: POROUS_LIMIT,
  guide: { name: 'slope 2', label: 'for comparison, s²', order: 2, through: ['flux_perforated'] },
  prepared: false,
  explain: explainClosures,
}

const cathode: Proof = {
  norms: CATHODE_NORMS,
  small: 'ε',
  limit: CATHODE_LIMIT,
  guide: { name: 'slope 2', label: 'for comparison, ε²', order: 2, through: [VOLTAGE, 'salt_corrected', 'filling'] },
  prepared: false,
  explain: explainCathode,
}

/** By the names of the families that can be compared. */
export const PROOFS: Readonly<Record<string, Proof>> = { tissue, porous, cathode }

export function proofOf({ family }: Scenario): Proof {
  return PROOFS[family] ?? tissue
}

/** The norms that a comparison of these rows has. */
export function measured({ norms }: Proof, rows: readonly ComparisonRow[]): Norm[] {
  return norms.filter(({ name }) => rows.some(({ errors }) => name in errors))
}
