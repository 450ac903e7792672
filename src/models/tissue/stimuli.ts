/** What can be done to a tissue in a part of it for a while: each entry with its schema and its effect. */
import { declare } from '../../parameter.ts'
import type { StimulusKind } from '../family.ts'

/** What stimuli change, per node, during the present step. */
export interface Forcing {
  /** Sources in the extracellular space, mol/s. */
  readonly sodium: Float64Array
  readonly potassium: Float64Array
  readonly chloride: Float64Array
  /** Strength of the pump, and conductances of the membrane in S/m². */
  readonly pump: Float64Array
  readonly conductanceNa: Float64Array
  readonly conductanceK: Float64Array
  readonly conductanceCl: Float64Array
}

export interface TissueStimulus extends StimulusKind {
  /**
   * The effect at a node.
   * @param strength amount times the profile of the stimulus there, in the SI unit of the amount
   * @param source the same spread evenly over its time in the extracellular volume of the node, mol/s
   */
  act(forcing: Forcing, node: number, strength: number, source: number): void
}

const { number } = declare({ source: 'Experimental setting', group: 'Stimulus' })

function stimulus(
  name: string,
  label: string,
  unit: string,
  value: number,
  max: number,
  duration: number,
  help: string,
  act: TissueStimulus['act'],
): TissueStimulus {
  const amount = number({ name, label, symbol: 's', unit, factor: 1, value, min: 0, max, terms: ['source'], help })
  return { name, label, duration, amount, act }
}

export const stimuli: readonly TissueStimulus[] = [
  stimulus(
    'inject-KCl',
    'Inject KCl',
    'mM',
    20,
    200,
    2,
    'Total rise of extracellular K and Cl at the centre.',
    (d, p, _, source) => {
      d.potassium[p] += source
      d.chloride[p] += source
    },
  ),
  stimulus(
    'swap-K-for-Na',
    'Swap Na for K',
    'mM',
    20,
    100,
    2,
    'K rises as Na falls: no charge is added.',
    (d, p, _, source) => {
      d.potassium[p] += source
      d.sodium[p] -= source
    },
  ),
  stimulus('block-pump', 'Block the pump', '1', 1, 1, 60, 'Fraction of the pump that is blocked.', (d, p, strength) => {
    d.pump[p] *= Math.max(0, 1 - strength)
  }),
  stimulus('open-Na', 'Open Na channels', 'S/m²', 0.5, 50, 10, 'Added conductance.', (d, p, strength) => {
    d.conductanceNa[p] += strength
  }),
  stimulus('open-K', 'Open K channels', 'S/m²', 0.5, 50, 10, 'Added conductance.', (d, p, strength) => {
    d.conductanceK[p] += strength
  }),
  stimulus('open-Cl', 'Open Cl channels', 'S/m²', 0.1, 50, 60, 'Added conductance.', (d, p, strength) => {
    d.conductanceCl[p] += strength
  }),
]
