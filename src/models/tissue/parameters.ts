/** Parameters of the tissue family: values in SI, displayed in the field's units, each with its source. */
import { declare, type ValuesOf } from '../../parameter.ts'
import { gliaParameters } from './glia.ts'
import type { MembraneParameters } from './membrane.ts'
import type { Nominal } from './rest.ts'
import { writtenStart } from './writtenStart.ts'

const XIAO = 'Xiao, Huang, Xu, Yu, Yue 2023, model of section 2'
const CHOSEN = 'Chosen so that the pump after Gao 2000 balances near -70 mV; not from a source'
const GAO = 'After Gao et al. 2000 / Zhu et al. 2019, to be checked'
const MORI = 'After Mori 2015, as read in published code'

const { number, choice, flag } = declare({ source: XIAO })

const MEMBRANE = 'Membrane'
const PUMP = 'Na/K pump'
const IONS = 'Resting concentrations'
const TRANSPORT = 'Transport'
const GATES = 'Voltage gates'
const START = 'Start'
const EFFECTIVE = 'Geometry overrides'
const HETEROGENEITY = 'Heterogeneous membrane'

function conductance<const N extends string>(ion: string, name: N, value: number) {
  return number({
    name,
    label: `${ion} conductance`,
    symbol: `G_{\\mathrm{${ion}}}`,
    group: MEMBRANE,
    unit: 'S/m²',
    factor: 1,
    value,
    min: 0,
    max: 1e4,
    slider: { min: 0, max: 5 },
    scale: 'log',
    source: CHOSEN,
    terms: ['ionic'],
  })
}

function concentration<const N extends string>(ion: string, side: 'I' | 'E', name: N, value: number) {
  return number({
    name,
    label: `${ion} ${side === 'I' ? 'inside' : 'outside'}`,
    symbol: `\\mathrm{${ion}}_${side}`,
    group: IONS,
    unit: 'mM',
    factor: 1,
    value,
    min: 0.01,
    max: 500,
    source: 'Nominal values; they fix the totals from which the resting state is computed',
    terms: ['storage'],
    help: 'Impermeant charge X makes up for what Na, K and Cl leave unbalanced.',
  })
}

function diffusivity<const N extends string>(ion: string, name: N) {
  return number({
    name,
    label: `${ion} diffusivity`,
    symbol: `D_{\\mathrm{${ion}}}`,
    group: TRANSPORT,
    unit: 'µm²/s',
    factor: 1e-12,
    value: 1.5e-9,
    min: 1e-13,
    max: 1e-8,
    scale: 'log',
    source: 'One common value as in the paper; ion-specific 1330, 1960, 2030 µm²/s after Mori 2015',
    terms: ['transport'],
    help: 'Different values for the ions are an extension: the extracellular potential is then no longer zero.',
  })
}

function pumpMaximum<const N extends string>(name: N, index: number, value: number) {
  return number({
    name,
    label: `Maximal pump current ${index}`,
    symbol: `I_{\\max,${index}}`,
    group: PUMP,
    unit: 'µA/cm²',
    factor: 0.01,
    value,
    min: 0,
    max: 100,
    slider: { min: 0, max: 0.5 },
    scale: 'log',
    source: GAO,
    terms: ['ionic'],
  })
}

function pumpConstant<const N extends string>(name: N, symbol: string, label: string, value: number) {
  return number({
    name,
    label,
    symbol,
    group: PUMP,
    unit: 'mM',
    factor: 1,
    value,
    min: 0.01,
    max: 50,
    scale: 'log',
    source: GAO,
    terms: ['ionic'],
  })
}

export const parameters = [
  conductance('Na', 'G_Na', 0.04),
  conductance('K', 'G_K', 0.15),
  conductance('Cl', 'G_Cl', 0),
  number({
    name: 'capacitance',
    label: 'Membrane capacitance',
    symbol: 'c',
    group: MEMBRANE,
    unit: 'µF/cm²',
    factor: 0.01,
    value: 0.01,
    min: 1e-6,
    max: 1e6,
    slider: { min: 1e-4, max: 10 },
    scale: 'log',
    source: 'Textbook value 1 µF/cm²',
    terms: ['capacitive'],
  }),
  number({
    name: 'share_Na',
    label: 'Na share of the capacitive current',
    symbol: '\\lambda_{\\mathrm{Na}}',
    group: MEMBRANE,
    unit: '1',
    factor: 1,
    value: 0.1,
    min: 0,
    max: 1,
    terms: ['capacitive'],
    help: 'The same on both sides of the membrane; chloride carries what Na and K leave.',
  }),
  number({
    name: 'share_K',
    label: 'K share of the capacitive current',
    symbol: '\\lambda_{\\mathrm{K}}',
    group: MEMBRANE,
    unit: '1',
    factor: 1,
    value: 0.9,
    min: 0,
    max: 1,
    terms: ['capacitive'],
  }),
  number({
    name: 'temperature',
    label: 'Temperature',
    symbol: 'T',
    group: MEMBRANE,
    unit: 'K',
    factor: 1,
    value: 310.15,
    min: 250,
    max: 350,
    source: 'Body temperature',
    terms: ['transport', 'ionic'],
  }),
  flag({
    name: 'ghk',
    label: 'Goldman-Hodgkin-Katz currents',
    symbol: '\\text{GHK}',
    group: MEMBRANE,
    value: false,
    source: 'Goldman 1943; permeabilities matched to the conductances at rest',
    terms: ['ionic'],
    beyondPaper: true,
    help: 'Replaces the straight current-voltage lines by rectifying ones with the same resting state.',
  }),
  pumpMaximum('Imax1', 1, 4.78e-3),
  pumpMaximum('Imax2', 2, 6.5e-4),
  pumpConstant('KNa1', 'K_{\\mathrm{Na},1}', 'Half-saturation Na 1', 2.3393),
  pumpConstant('KNa2', 'K_{\\mathrm{Na},2}', 'Half-saturation Na 2', 1.5607),
  pumpConstant('KK1', 'K_{\\mathrm{K},1}', 'Half-saturation K 1', 1.6154),
  pumpConstant('KK2', 'K_{\\mathrm{K},2}', 'Half-saturation K 2', 0.1657),
  concentration('Na', 'I', 'Na_I', 12),
  concentration('K', 'I', 'K_I', 138),
  concentration('Cl', 'I', 'Cl_I', 150),
  concentration('Na', 'E', 'Na_E', 146),
  concentration('K', 'E', 'K_E', 4),
  concentration('Cl', 'E', 'Cl_E', 150),
  diffusivity('Na', 'D_Na'),
  diffusivity('K', 'D_K'),
  diffusivity('Cl', 'D_Cl'),
  number({
    name: 'gap',
    label: 'Gap-junction factor',
    symbol: 'g',
    group: TRANSPORT,
    unit: '1',
    factor: 1,
    value: 1,
    min: 1e-4,
    max: 1,
    scale: 'log',
    source: 'Multiplies the intracellular tensor; 0.05 for glia after Mori 2015',
    terms: ['transport'],
  }),
  number({
    name: 'L_p',
    label: 'Water permeability of the membrane',
    symbol: 'L_p',
    group: TRANSPORT,
    unit: 'µm/(s MPa)',
    factor: 1e-12,
    value: 3e-13,
    min: 0,
    max: 1e-10,
    slider: { min: 0, max: 3e-12 },
    source:
      'Chosen: L_p RT over the molar volume of water is 43 µm/s, as of membranes with water channels; illustrative',
    terms: ['water'],
    beyondPaper: true,
    help: 'Where cells breathe (breathing in the scenario): 0 keeps their volumes. Other cells do not swell at all.',
  }),
  flag({
    name: 'gates',
    label: 'Persistent Na and delayed-rectifier K',
    symbol: 'm^2h,\\;n^2',
    group: GATES,
    value: false,
    source: MORI,
    terms: ['ionic'],
    beyondPaper: true,
    help: 'Makes the membrane excitable: spreading depression.',
  }),
  number({
    name: 'g_NaP',
    label: 'Persistent Na conductance',
    symbol: 'g_{\\mathrm{NaP}}',
    group: GATES,
    unit: 'S/m²',
    factor: 1,
    value: 20,
    min: 0,
    max: 200,
    source: 'Ohmic equivalent chosen here: illustrative',
    terms: ['ionic'],
    beyondPaper: true,
  }),
  number({
    name: 'g_KDR',
    label: 'Delayed-rectifier K conductance',
    symbol: 'g_{\\mathrm{KDR}}',
    group: GATES,
    unit: 'S/m²',
    factor: 1,
    value: 200,
    min: 0,
    max: 2000,
    source: 'Ohmic equivalent chosen here: illustrative',
    terms: ['ionic'],
    beyondPaper: true,
  }),
  choice({
    name: 'start',
    label: 'Initial state',
    symbol: 'u(0)',
    group: START,
    value: 'rest',
    options: [
      { value: 'rest', label: 'Resting state of these parameters' },
      { value: 'nominal', label: 'Nominal concentrations and given V' },
      { value: 'waves', label: 'Cosine waves around the nominal values' },
      { value: 'written', label: 'Formulas or tables along the tissue' },
    ],
    source: 'Root finding in the closed unit cell',
  }),
  ...writtenStart,
  number({
    name: 'V0',
    label: 'Initial membrane potential',
    symbol: 'V(0)',
    group: START,
    unit: 'mV',
    factor: 1e-3,
    value: -0.07,
    min: -0.15,
    max: 0.1,
    source: 'Independent datum; of all starts but rest',
  }),
  number({
    name: 'clamp_time',
    label: 'Isochronal clamp time',
    symbol: 'T_\\text{hold}',
    group: START,
    unit: 's',
    factor: 1,
    value: 60,
    min: 0.01,
    max: 3600,
    scale: 'log',
    source: 'When the isochronal current-voltage curve is read',
  }),
  number({
    name: 'read_time',
    label: 'Reading time of the tissue curve',
    symbol: 't_\\text{read}',
    group: START,
    unit: 's',
    factor: 1,
    value: 0.1,
    min: 1e-3,
    max: 300,
    scale: 'log',
    source: '0.1 s: ohmic and electrotonic; 30 s: with polarisation',
  }),
  choice({
    name: 'geometry',
    label: 'Macroscopic coordinates',
    symbol: '\\Omega',
    group: EFFECTIVE,
    value: 'cartesian',
    options: [
      { value: 'cartesian', label: 'Box' },
      { value: 'radial', label: 'Ball, radial coordinate (1D only)' },
    ],
    source: 'Radial: the lens',
    beyondPaper: true,
  }),
  flag({
    name: 'override',
    label: 'Enter effective coefficients by hand',
    symbol: '|Y_s|,\\,a,\\,D^*',
    group: EFFECTIVE,
    value: false,
    source: 'Replaces what the reference cell gives',
    beyondPaper: true,
  }),
  number({
    name: 'fraction_E',
    label: 'Extracellular volume fraction',
    symbol: '|Y_E|',
    group: EFFECTIVE,
    unit: '1',
    factor: 1,
    value: 0.2,
    min: 0.001,
    max: 0.999,
    source: 'Override',
    beyondPaper: true,
  }),
  number({
    name: 'area_density',
    label: 'Membrane area per volume',
    symbol: 'a',
    group: EFFECTIVE,
    unit: '1/µm',
    factor: 1e6,
    value: 6e5,
    min: 1e3,
    max: 1e8,
    scale: 'log',
    source: 'Override',
    beyondPaper: true,
  }),
  number({
    name: 'factor_E',
    label: 'Extracellular tensor factor',
    symbol: 'D_E^*/D',
    group: EFFECTIVE,
    unit: '1',
    factor: 1,
    value: 0.1,
    min: 1e-6,
    max: 1,
    scale: 'log',
    source: 'Override',
    beyondPaper: true,
  }),
  number({
    name: 'factor_I',
    label: 'Intracellular tensor factor',
    symbol: 'D_I^*/D',
    group: EFFECTIVE,
    unit: '1',
    factor: 1,
    value: 0,
    min: 0,
    max: 1,
    source: 'Override; 0 disconnects the cells',
    beyondPaper: true,
  }),
  number({
    name: 'shell',
    label: 'Thickness of the outer shell',
    symbol: 's',
    group: HETEROGENEITY,
    unit: 'µm',
    factor: 1e-6,
    value: 0,
    min: 0,
    max: 1e-2,
    source: '0: uniform membrane. The lens has active cells only in its outer shell. Shell and core do not act on glia',
    beyondPaper: true,
  }),
  number({
    name: 'core_G_K',
    label: 'K conductance in the core',
    symbol: 'G_{\\mathrm K}^\\text{core}',
    group: HETEROGENEITY,
    unit: 'S/m²',
    factor: 1,
    value: 0,
    min: 0,
    max: 50,
    source: 'Lens: none in the core',
    beyondPaper: true,
  }),
  number({
    name: 'core_pump',
    label: 'Pump strength in the core',
    symbol: 'p^\\text{core}',
    group: HETEROGENEITY,
    unit: '1',
    factor: 1,
    value: 0,
    min: 0,
    max: 2,
    source: 'Lens: none in the core',
    beyondPaper: true,
  }),
  ...gliaParameters,
] as const

export type TissueValues = ValuesOf<typeof parameters>

/** The membrane that the values describe. */
export function membraneParameters(v: TissueValues): MembraneParameters {
  return {
    temperature: v.temperature,
    conductance: [v.G_Na, v.G_K, v.G_Cl],
    pump: [
      { maximum: v.Imax1, sodium: v.KNa1, potassium: v.KK1 },
      { maximum: v.Imax2, sodium: v.KNa2, potassium: v.KK2 },
    ],
    share: [v.share_Na, v.share_K, Math.max(0, 1 - v.share_Na - v.share_K)],
    capacitance: v.capacitance,
    gates: v.gates ? { sodium: v.g_NaP, potassium: v.g_KDR } : undefined,
  }
}

/** Nominal concentrations of the values. */
export function nominal(v: TissueValues): Nominal {
  return { inside: [v.Na_I, v.K_I, v.Cl_I], outside: [v.Na_E, v.K_E, v.Cl_E] }
}

/** The membrane of glia. With gates in the tissue it has them too, and nothing passes there. */
export function gliaMembrane(v: TissueValues): MembraneParameters {
  return {
    ...membraneParameters(v),
    conductance: [v.glia_G_Na, v.glia_G_K, v.glia_G_Cl],
    pump: [{ maximum: v.glia_pump, sodium: v.KNa1, potassium: v.KK1 }],
    gates: v.gates ? { sodium: 0, potassium: 0 } : undefined,
  }
}

export function gliaNominal(v: TissueValues): Nominal {
  return { inside: [v.glia_Na, v.glia_K, v.glia_Cl], outside: [v.Na_E, v.K_E, v.Cl_E] }
}
