/**
 * Where ions and currents of a tissue go: N_i = -D_i D*_s ( grad C_i + z_i C_i F/RT grad phi_s ) on both sides of the membrane,
 * and I_s = F sum_i z_i N_i; Xiao et al. 2023, eqs. (25)-(26) and (47)-(48). Inside only where the cells are connected.
 */
import type { Tensor } from '../../cell/cell.ts'
import { FARADAY } from '../constants.ts'
import { type Derived, type FlowPart, type Medium, mediumOf } from '../derived.ts'
import type { MacroSpec } from '../family.ts'
import { labelOf, namesOf, type TissueField } from './fields.ts'
import { type EffectiveTissue, kindsIn } from './net.ts'
import type { Swelling } from './swelling.ts'

const IONS = [
  { name: 'K', z: 1 },
  { name: 'Na', z: 1 },
  { name: 'Cl', z: -1 },
] as const

const UNDER = 'Flows in the tissue'

/** The tissue of one box: the same everywhere, by the place along it, or by the volume of its cells. */
export type Conducting =
  | { tissue: EffectiveTissue; at?: (place: number) => EffectiveTissue }
  | { tissue: EffectiveTissue; swelling: Swelling }

interface Side {
  /** Ends of the names of its fields. */
  of: { K: string; Na: string; Cl: string; potential: readonly string[] }
  /** How it is called in labels: of which kind of cells, if not of the first; and the index of its symbols. */
  beside: 'outside' | 'inside'
  /** Of cells; undefined outside. */
  kind?: number
  index: string
  medium: Medium
}

/**
 * @param diffusivity of Na, K, Cl, m²/s
 * @param f F/RT, 1/V
 */
export function tissueFlows(
  conducting: Conducting,
  fields: readonly TissueField[],
  macro: MacroSpec,
  diffusivity: readonly [number, number, number],
  f: number,
): Derived[] {
  const [dNa, dK, dCl] = diffusivity
  const D = { Na: dNa, K: dK, Cl: dCl }
  const medium = (tensor: (tissue: EffectiveTissue) => Tensor, side: 'E' | 'I') =>
    mediumIn(conducting, tensor, side, macro)
  const outside: Side = {
    of: { K: 'K_E', Na: 'Na_E', Cl: 'Cl_E', potential: ['phi_E'] },
    beside: 'outside',
    index: 'E',
    medium: medium(({ tensorE }) => tensorE, 'E'),
  }
  const inside = kindsIn(conducting.tissue).flatMap((_, kind): Side[] => {
    const own = medium((tissue) => kindsIn(tissue)[kind].tensorI, 'I')
    const named = namesOf(fields, kind)
    const number = kind > 0 ? String(kind + 1) : ''
    const connected = own.tensors.some((tensor) => tensor.some((row) => row.some((v) => v !== 0)))
    if (!connected) return []
    return [
      {
        of: { K: named('K_I'), Na: named('Na_I'), Cl: named('Cl_I'), potential: [named('V'), 'phi_E'] },
        beside: 'inside',
        kind,
        index: `I${number}`,
        medium: own,
      },
    ]
  })
  const sides = [outside, ...inside]
  const glia = kindsIn(conducting.tissue).map((cells) => cells.glia === true)
  const ofKind = (label: string, { kind }: Side) => (kind === undefined ? label : labelOf(label, kind, glia))
  const part = ({ of, medium }: Side, { name, z }: (typeof IONS)[number], scale: number): FlowPart => ({
    carried: of[name],
    by: of.potential,
    valence: z * f,
    weight: scale * D[name],
    diffusion: medium,
    drift: medium,
  })
  const current = (side: Side) => IONS.map((ion) => part(side, ion, FARADAY * ion.z))
  const all = sides.flatMap((side): Derived[] => [
    ...IONS.map(
      (ion): Derived => ({
        name: `flow_${side.of[ion.name]}`,
        label: ofKind(`Flow of ${ion.name} ${side.beside}`, side),
        symbol: `N_{\\mathrm{${ion.name}},${side.index}}`,
        unit: 'µmol/(m² s)',
        factor: 1e-6,
        group: 'flow',
        under: UNDER,
        flow: [part(side, ion, 1)],
      }),
    ),
    {
      name: `current_${side.index}`,
      label: ofKind(`Current ${side.beside}`, side),
      symbol: `I_{${side.index}}`,
      unit: 'A/m²',
      factor: 1,
      group: 'current',
      under: UNDER,
      flow: current(side),
    },
  ])
  if (inside.length === 0) return all
  return [
    ...all,
    {
      name: 'current',
      label: 'Current in the tissue',
      symbol: 'I',
      unit: 'A/m²',
      factor: 1,
      group: 'current',
      under: UNDER,
      flow: sides.flatMap(current),
    },
  ]
}

/** Tensors between the smallest and the largest cells, where they breathe. */
const VOLUMES = 64

function mediumIn(
  conducting: Conducting,
  tensor: (tissue: EffectiveTissue) => Tensor,
  side: 'E' | 'I',
  macro: MacroSpec,
): Medium {
  const { tissue } = conducting
  if ('swelling' in conducting) {
    const { swelling } = conducting
    const { least, most } = swelling
    const tensors = Array.from({ length: VOLUMES + 1 }, (_, k) =>
      swelling.tensor(side, least + ((most - least) * k) / VOLUMES),
    )
    return { tensors, over: { field: 'theta_I', from: least * tissue.fractionI, to: most * tissue.fractionI } }
  }
  const { at } = conducting
  return mediumOf(at ? (place) => tensor(at(place)) : tensor(tissue), macro)
}
