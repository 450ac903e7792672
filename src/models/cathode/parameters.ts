/** Parameters of the cathode family: values in SI, displayed in the field's units, each with its source. */
import type { Parameter } from '../../parameter.ts'
import { cellParameters } from './cellParameters.ts'
import { electrolyteParameters } from './electrolyteParameters.ts'
import { kineticsParameters } from './kineticsParameters.ts'
import { solidParameters } from './solidParameters.ts'
import { structureParameters } from './structureParameters.ts'

export const parameters: readonly Parameter[] = [
  ...cellParameters,
  ...structureParameters,
  ...electrolyteParameters,
  ...kineticsParameters,
  ...solidParameters,
]
