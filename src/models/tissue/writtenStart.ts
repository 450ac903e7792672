/** Parameters of a start that is written down: what is left empty has its nominal value. */
import { declare } from '../../parameter.ts'

const { text } = declare({ source: 'Initial data of Xiao et al. 2023, (1e), (2g), (2h)', group: 'Start' })
const only = { parameter: 'start', values: ['written'] } as const

function written<const N extends string>(name: N, label: string, symbol: string, example: string) {
  return text({
    name,
    label,
    symbol,
    value: '',
    only,
    help: 'A formula of x, y and z, from 0 to 1 along the sides of the box, or a table along x such as 0: 4, 0.5: 24, 1: 4. Empty: the nominal value.',
    examples: [
      { label: 'A bump in the middle', text: example },
      { label: 'A table', text: `0: ${example.split(' ')[0]}, 1: ${example.split(' ')[0]}` },
    ],
  })
}

export const writtenStart = [
  written('start_K_E', 'K outside at the start (mM)', 'K_E(0)', '4 + 20*exp(-((x - 0.5)/0.1)^2)'),
  written('start_Na_E', 'Na outside at the start (mM)', '\\mathrm{Na}_E(0)', '140 - 20*exp(-((x - 0.5)/0.1)^2)'),
  written('start_K_I', 'K inside at the start (mM)', 'K_I(0)', '130 - 5*exp(-((x - 0.5)/0.1)^2)'),
  written('start_Na_I', 'Na inside at the start (mM)', '\\mathrm{Na}_I(0)', '14 + 5*exp(-((x - 0.5)/0.1)^2)'),
  written('start_V', 'Membrane potential at the start (mV)', 'V(0)', '-70 + 20*exp(-((x - 0.5)/0.1)^2)'),
] as const
