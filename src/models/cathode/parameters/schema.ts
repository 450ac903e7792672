/** How the parameters of this family are written down, and where their values come from. */
import { type ChoiceOption, type ChoiceParameter, declare, type Value } from '../../../parameter.ts'

export const MPET = 'LiFePO4 parameters of the MPET group (Smith and Bazant 2017)'
export const DOYLE = 'M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526'
export const PAPER = 'M. Schmuck 2017'
export const CHOSEN = 'Chosen for this laboratory'

export const { number, flag, text } = declare({ source: CHOSEN })
const published = declare({ source: PAPER })

/** The first option is the default. */
export function choice<const N extends string, const V extends string>(
  name: N,
  label: string,
  symbol: string,
  group: string,
  options: readonly (ChoiceOption & { value: V })[],
  rest: Partial<Pick<ChoiceParameter, 'source' | 'help' | 'terms' | 'only' | 'beyondPaper'>> = {},
) {
  return published.choice({ name, label, symbol, group, options, ...rest })
}

/** Marks a variant that is kept as the paper prints it. */
export const PRINTED = { text: 'as printed', tone: 'warn' } as const

export const only = (parameter: string, ...values: Value[]) => ({ parameter, values })
