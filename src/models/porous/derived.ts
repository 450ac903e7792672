/**
 * What follows from concentrations and potential of a homogenized porous medium: flows J_r = -D_r ( D_c grad c_r + z_r c_r
 * F/RT D_phi grad phi ) and the current F sum_r z_r J_r, electrochemical potentials, and where the cell is the same everywhere its
 * conductivity F²/RT D_phi sum_r z_r² D_r c_r and the correction tensors D^r of eq. (25) along x.
 */
import type { Tensor } from '../../cell/cell.ts'
import { FARADAY } from '../constants.ts'
import { type Derived, type FlowPart, mediumOf } from '../derived.ts'
import type { MacroSpec } from '../family.ts'
import { correctionTensor, type PorousTensors } from './closures.ts'
import type { Species } from './equations.ts'
import { ionName } from './outputs.ts'

/** Diffusion and drift over those in the fluid. */
export interface IonTensors {
  diffusion: Tensor
  drift: Tensor
}

export interface DerivedSetting {
  species: readonly Species[]
  /** F/RT, 1/V. */
  f: number
  /** Concentration to which chemical potentials refer, mol/m³. */
  reference: number
  macro: MacroSpec
}

/**
 * @param tensors those of the box, or those at each place of it, a fraction of its length
 * @param all those of all closures, of a cell that is the same everywhere
 */
export function porousDerived(
  { species, f, reference, macro }: DerivedSetting,
  tensors: IonTensors | ((place: number) => IonTensors),
  all: PorousTensors | undefined,
): Derived[] {
  const medium = (name: keyof IonTensors) =>
    mediumOf(typeof tensors === 'function' ? (place) => tensors(place)[name] : tensors[name], macro)
  const [diffusion, drift] = [medium('diffusion'), medium('drift')]
  const part = ({ valence, diffusivity }: Species, r: number, scale: number): FlowPart => ({
    carried: `c_${r + 1}`,
    by: ['phi'],
    valence: valence * f,
    weight: scale * diffusivity,
    diffusion,
    drift,
  })
  const flows = species.map(
    (ion, r): Derived => ({
      name: `flow_${r + 1}`,
      label: `Flow of ${ionName(r, ion.valence)}`,
      symbol: `J_${r + 1}`,
      unit: 'mmol/(m² s)',
      factor: 1e-3,
      group: 'flow',
      flow: [part(ion, r, 1)],
    }),
  )
  const current: Derived = {
    name: 'current',
    label: 'Current density of the ions',
    symbol: 'I',
    unit: 'A/m²',
    factor: 1,
    group: 'current',
    flow: species.map((ion, r) => part(ion, r, FARADAY * ion.valence)),
  }
  const potentials = species.map(
    (ion, r): Derived => ({
      name: `mu_${r + 1}`,
      label: `Electrochemical potential, ${ionName(r, ion.valence)}`,
      symbol: `\\mu_${r + 1}/F`,
      unit: 'mV',
      factor: 1e-3,
      group: 'electrochemical potential',
      sum: [
        { of: `c_${r + 1}`, weight: 1 / f, over: reference },
        { of: 'phi', weight: ion.valence },
      ],
    }),
  )
  return [...flows, current, ...potentials, ...(all ? alongX(species, f, drift.tensors[0], all) : [])]
}

function alongX(species: readonly Species[], f: number, drift: Tensor, all: PorousTensors): Derived[] {
  return [
    {
      name: 'conductivity',
      label: 'Conductivity along x',
      symbol: '\\kappa_{xx}',
      unit: 'mS/m',
      factor: 1e-3,
      group: 'conductivity',
      sum: species.map(({ valence, diffusivity }, r) => ({
        of: `c_${r + 1}`,
        weight: FARADAY * f * valence ** 2 * diffusivity * drift[0][0],
      })),
    },
    ...species.map(
      ({ valence }, r): Derived => ({
        name: `correction_${r + 1}`,
        label: `Correction tensor along x, ${ionName(r, valence)}`,
        symbol: `D^{${r + 1}}_{xx}`,
        unit: 'mM',
        factor: 1,
        group: 'correction',
        sum: [{ of: `c_${r + 1}`, weight: correctionTensor(all, valence, 1)[0][0] }],
      }),
    ),
  ]
}
