/** Parameters of the phase `glia`: a second sort of cells in the same tissue, with a membrane and ions of its own. */
import { declare } from '../../parameter.ts'
import { GLIA } from './phases.ts'

const { number } = declare({
  source: 'Values of the glial syncytium, scenario B2',
  group: 'Glia',
  phase: GLIA,
})

function conductance<const N extends string>(ion: string, name: N, value: number) {
  return number({
    name,
    label: `${ion} conductance of glia`,
    symbol: `G_{\\mathrm{${ion}}}^g`,
    unit: 'S/m²',
    factor: 1,
    value,
    min: 0,
    max: 1e4,
    slider: { min: 0, max: 5 },
    scale: 'log',
    beyondPaper: true,
    terms: ['ionic'],
  })
}

function concentration<const N extends string>(ion: string, name: N, value: number) {
  return number({
    name,
    label: `${ion} in glia`,
    symbol: `\\mathrm{${ion}}_g`,
    unit: 'mM',
    factor: 1,
    value,
    min: 0.01,
    max: 500,
    beyondPaper: true,
    terms: ['storage'],
    help: 'Nominal; impermeant charge makes up for what Na, K and Cl leave unbalanced.',
  })
}

export const gliaParameters = [
  conductance('Na', 'glia_G_Na', 0.072),
  conductance('K', 'glia_G_K', 1.3),
  conductance('Cl', 'glia_G_Cl', 0.5),
  number({
    name: 'glia_pump',
    label: 'Maximal pump current of glia',
    symbol: 'I_{\\max}^g',
    unit: 'µA/cm²',
    factor: 0.01,
    value: 0.0372,
    min: 0,
    max: 100,
    slider: { min: 0, max: 0.5 },
    scale: 'log',
    beyondPaper: true,
    terms: ['ionic'],
    help: 'One site, with the half-saturations of the first pump.',
  }),
  concentration('Na', 'glia_Na', 14),
  concentration('K', 'glia_K', 130),
  concentration('Cl', 'glia_Cl', 8.5),
  number({
    name: 'glia_gap',
    label: 'Gap junctions of glia',
    symbol: 'g_g',
    unit: '1',
    factor: 1,
    value: 1,
    min: 0,
    max: 1,
    source: 'Multiplies the tensor of glia; 0.05 after Mori 2015',
    beyondPaper: true,
    terms: ['transport'],
    help: 'Factor on the conduction through joined glia: the resistance of junctions, spread over the cytosol.',
  }),
] as const
