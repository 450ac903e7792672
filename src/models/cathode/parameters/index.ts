/** Parameters of the cathode family: values in SI, displayed in the field's units, each with its source. */
import type { ValuesOf } from '../../../parameter.ts'
import { cellParameters } from './cell.ts'
import { electrolyteParameters } from './electrolyte.ts'
import { kineticsParameters } from './kinetics.ts'
import { secondParameters } from './second.ts'
import { solidParameters } from './solid.ts'
import { structureParameters } from './structure.ts'

export const parameters = [
  ...cellParameters,
  ...structureParameters,
  ...electrolyteParameters,
  ...kineticsParameters,
  ...solidParameters,
  ...secondParameters,
] as const

export type CathodeValues = ValuesOf<typeof parameters>
