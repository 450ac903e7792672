/** What is shown of a tissue: outside, and inside for every kind of cells, with where it lives in the reference cell. */

import { t } from '../../language/language.ts'
import type { Field } from '../family.ts'
import { GATE, K_E, K_I, NA_E, NA_I, PHI, V } from './layout.ts'
import type { PlacedKind } from './period.ts'
import { GLIA, INSIDE, OUTSIDE } from './phases.ts'

/** A field, and the unknowns that add up to it; of the first kind of cells where they are of cells. */
interface Shown {
  field: Field
  of: readonly number[]
  /** The impermeant charge of its side counts too: chloride. */
  fixed?: boolean
}

const concentration = (ion: string, side: 'E' | 'I', charge: string, of: readonly number[]): Shown => ({
  field: {
    name: `${ion}_${side}`,
    label: `${ion} ${side === 'E' ? 'outside' : 'inside'}`,
    symbol: `\\mathrm{${ion}}^{${charge}}_${side}`,
    unit: 'mM',
    factor: 1,
    group: side === 'E' ? 'concentration outside' : 'concentration inside',
    microscopic: corrected(side === 'E' ? OUTSIDE : INSIDE, `${ion}_${side}`),
  },
  of,
  fixed: of.length > 1,
})

/** u0 + l chi . grad u0 in one phase. */
function corrected(phase: string, name: string): Field['microscopic'] {
  return { phase, interface: false, terms: [{ problem: phase, of: [name], weight: 1 }] }
}

const POTENTIAL: Shown = {
  field: {
    name: 'V',
    label: 'Membrane potential',
    symbol: 'V',
    unit: 'mV',
    factor: 1e-3,
    group: 'membrane potential',
    // V = phi_I - phi_E, each with its own corrector.
    microscopic: {
      phase: INSIDE,
      interface: true,
      terms: [
        { problem: INSIDE, of: ['V', 'phi_E'], weight: 1 },
        { problem: OUTSIDE, of: ['phi_E'], weight: -1 },
      ],
    },
  },
  of: [V],
}

const EXTRACELLULAR: readonly Shown[] = [
  concentration('K', 'E', '+', [K_E]),
  concentration('Na', 'E', '+', [NA_E]),
  concentration('Cl', 'E', '-', [NA_E, K_E]),
  {
    field: {
      name: 'phi_E',
      label: 'Extracellular potential',
      symbol: '\\phi_E',
      unit: 'mV',
      factor: 1e-3,
      group: 'potential',
      microscopic: corrected(OUTSIDE, 'phi_E'),
    },
    of: [PHI],
  },
]

const INTRACELLULAR: readonly Shown[] = [
  concentration('K', 'I', '+', [K_I]),
  concentration('Na', 'I', '+', [NA_I]),
  concentration('Cl', 'I', '-', [NA_I, K_I]),
]

const SODIUM_GATE: Shown = {
  field: {
    name: 'h',
    label: 'Sodium gate',
    symbol: 'h',
    unit: '1',
    factor: 1,
    group: 'gate',
    microscopic: { phase: INSIDE, interface: true, terms: [] },
  },
  of: [GATE],
}

/** Of cells that breathe: what is left between them, and what they fill. */
export const volumeFields: readonly Field[] = [
  {
    name: 'theta_E',
    label: 'Space between the cells',
    symbol: '\\theta_E',
    unit: '%',
    factor: 0.01,
    group: 'volume',
  },
  { name: 'theta_I', label: 'Volume of the cells', symbol: '\\theta_I', unit: '%', factor: 0.01, group: 'volume' },
]

/** A field and the kind of cells that it is of; undefined outside. */
export interface TissueField extends Shown {
  kind: number | undefined
}

export function tissueFields(gates: boolean, kinds: readonly PlacedKind[] = []): TissueField[] {
  const all = kinds.length > 0 ? kinds : [{ phase: INSIDE, points: [] }]
  const glia = all.map(({ phase }) => phase === GLIA)
  const own = (field: Field, kind: number) => (kind === 0 ? field : ofKind(field, kind, all[kind].phase))
  const inside = (kind: number, shown: Shown): TissueField => {
    if (all.length === 1) return { ...shown, kind }
    const field = own(shown.field, kind)
    const { phase } = all[kind]
    // Cells of one phase are drawn together, each with the values of its kind.
    const together = [...all.keys()].filter((k) => all[k].phase === phase)
    const drawn = together.map((k) => {
      const { name, microscopic } = own(shown.field, k)
      return { of: name, terms: microscopic?.terms ?? [], inside: all[k].points }
    })
    const { microscopic } = field
    return {
      ...shown,
      kind,
      field: {
        ...field,
        label: labelOf(shown.field.label, kind, glia),
        microscopic: microscopic && { ...microscopic, ...(together.length > 1 ? { kinds: drawn } : {}) },
      },
    }
  }
  const cells = (kind: number): TissueField[] => [
    ...(kind === 0 ? [] : [inside(kind, POTENTIAL)]),
    ...INTRACELLULAR.map((shown) => inside(kind, shown)),
    ...(gates && all[kind].phase !== GLIA ? [inside(kind, SODIUM_GATE)] : []),
  ]
  return [
    inside(0, POTENTIAL),
    ...EXTRACELLULAR.map((shown) => ({ ...shown, kind: undefined })),
    ...all.flatMap((_, kind) => cells(kind)),
  ]
}

/** What is of one kind of cells, in words; where there is one alone nothing needs to be said. @param glia which kinds are glia */
export function labelOf(label: string, kind: number, glia: readonly boolean[]): string {
  if (glia.length === 1) return label
  if (glia[kind] && glia.filter(Boolean).length === 1) return t('{label}, glia', { label: t(label) })
  return t('{label}, kind {kind}', { label: t(label), kind: kind + 1 })
}

/** Names of the fields of a kind, by their names where there is one kind alone: V_2 for V. */
export function namesOf(fields: readonly TissueField[], kind: number): (name: string) => string {
  const own = fields.filter((field) => field.kind === kind).map(({ field }) => field.name)
  return (start) => own.find((name) => name === start || name.startsWith(`${start}_`)) ?? start
}

/** The same field of another kind of cells: V_2 for V. */
function ofKind(field: Field, kind: number, phase: string): Field {
  const number = kind + 1
  const own = (name: string) => (name.endsWith('_E') ? name : `${name}_${number}`)
  const { microscopic } = field
  return {
    ...field,
    name: own(field.name),
    symbol: `${field.symbol.replace(/_I$/, '')}_{${field.symbol.endsWith('_I') ? 'I' : ''}${number}}`,
    microscopic: microscopic && {
      ...microscopic,
      phase,
      terms: microscopic.terms.map((term) => ({
        ...term,
        problem: term.problem === INSIDE ? phase : term.problem,
        of: term.of.map(own),
      })),
    },
  }
}
