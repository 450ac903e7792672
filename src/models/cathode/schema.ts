/** How the parameters of this family are written down, and where their values come from. */
import type { ChoiceOption, NumberParameter, Parameter, Value } from '../../parameter.ts'

export const MPET = 'LiFePO4 parameters of the MPET group (Smith and Bazant 2017)'
export const DOYLE = 'M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526'
export const PAPER = 'M. Schmuck 2017'
export const CHOSEN = 'Chosen for this laboratory'

type Numeric = Partial<NumberParameter> &
  Pick<NumberParameter, 'name' | 'label' | 'symbol' | 'group' | 'unit' | 'factor' | 'value' | 'min' | 'max'>

export function number(p: Numeric): NumberParameter {
  return { kind: 'number', scale: 'linear', source: CHOSEN, ...p }
}

/** The first option is the default. */
export function choice(
  name: string,
  label: string,
  symbol: string,
  group: string,
  options: readonly ChoiceOption[],
  rest: Partial<Extract<Parameter, { kind: 'choice' }>> = {},
): Parameter {
  return { kind: 'choice', name, label, symbol, group, value: options[0].value, options, source: PAPER, ...rest }
}

/** Marks a variant that is kept as the paper prints it. */
export const PRINTED = { text: 'as printed', tone: 'warn' } as const

export const only = (parameter: string, ...values: Value[]) => ({ parameter, values })
