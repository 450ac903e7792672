/**
 * Currents through the membrane of every kind of cells, as quantities that follow from the fields (membraneLaw.ts):
 * I_i = G_i (V - E_i) through channels, I_p of the pump, and sum_i I_i + I_p in all; Xiao et al. 2023, eqs. (3)-(5).
 */
import type { Derived } from '../derived.ts'
import type { Drive } from './drive.ts'
import { labelOf, namesOf, type TissueField } from './fields.ts'
import type { Cells } from './kinds.ts'
import type { MembraneGiven } from './membraneLaw.ts'

const CURRENTS = [
  { which: 'Na', label: 'Membrane current of Na', index: '\\mathrm{Na}' },
  { which: 'K', label: 'Membrane current of K', index: '\\mathrm{K}' },
  { which: 'Cl', label: 'Membrane current of Cl', index: '\\mathrm{Cl}' },
  { which: 'pump', label: 'Pump current', index: '\\mathrm{p}' },
  { which: 'total', label: 'Membrane current, ions and pump', index: '\\mathrm{ion}' },
]

const UNDER = 'Through the membrane'

export function throughMembranes(cells: readonly Cells[], fields: readonly TissueField[], drive: Drive): Derived[] {
  const glial = cells.map(({ glia }) => glia)
  return cells.flatMap(({ membrane: { parameters, reference }, glia }, kind): Derived[] => {
    const named = namesOf(fields, kind)
    const given: MembraneGiven = {
      parameters,
      reference,
      base: drive.unstimulated(glia),
      stimuli: drive.stimuli,
      fields: [...['Na_I', 'K_I', 'Cl_I'].map(named), 'Na_E', 'K_E', 'Cl_E', named('V'), ...(glia ? [] : [named('h')])],
    }
    const number = kind > 0 ? `${kind + 1}` : ''
    return CURRENTS.map(({ which, label, index }) => ({
      name: `membrane_${which}${number && `_${number}`}`,
      label: labelOf(label, kind, glial),
      symbol: `I_{${index}${number && `,${number}`}}`,
      unit: 'mA/m²',
      factor: 1e-3,
      group: 'current',
      under: UNDER,
      law: { law: 'membrane', which, given },
    }))
  })
}
