/** Parameters of the porous family: values in SI, displayed in the field's units, each with its source. */
import { type ChoiceOption, declare, type ValuesOf } from '../../parameter.ts'
import { type ClosureName, closures } from './closures.ts'

const SCHMUCK = 'Schmuck 2013, section 1'
const TABLE = 'Usual table values at 25 °C'
const IONS = 'Ions'
const ELECTRIC = 'Electric field'
const CLOSURE = 'Closure'
const START = 'Start'

const { number, choice, flag, text } = declare({ source: SCHMUCK })

const WRITTEN = { parameter: 'start', values: ['written'] }
const THIRD = { parameter: 'species', values: ['3'] }

function valence<const I extends 1 | 2 | 3>(index: I, value: number) {
  return number({
    ...(index === 3 ? { only: THIRD } : {}),
    name: `z_${index}` as const,
    label: `Valence of ion ${index}`,
    symbol: `z_${index}`,
    group: IONS,
    unit: '1',
    factor: 1,
    integer: true,
    value,
    min: -3,
    max: 3,
    terms: ['drift'],
  })
}

function diffusivity<const I extends 1 | 2 | 3>(index: I, value: number) {
  return number({
    ...(index === 3 ? { only: THIRD } : {}),
    name: `D_${index}` as const,
    label: `Diffusivity of ion ${index}`,
    symbol: `D_${index}`,
    group: IONS,
    unit: 'µm²/s',
    factor: 1e-12,
    value,
    min: 1e-13,
    max: 10,
    slider: { min: 1e-10, max: 1e-8 },
    scale: 'log',
    source: `${TABLE}: H 9310, Li 1030, Na 1330, K 1960, Cl 2030 µm²/s`,
    terms: ['diffusion', 'drift'],
  })
}

function written<const I extends 1 | 2 | 3>(index: I) {
  return text({
    name: `start_c_${index}` as const,
    label: `Ion ${index} at the start`,
    symbol: `c_${index}(0)`,
    group: START,
    value: '',
    only: index === 3 ? [WRITTEN, THIRD] : WRITTEN,
    source: 'Initial data of Schmuck 2013, section 1',
    help: 'In mM, or in c₀ where λ² is given: a formula of x, y and z, from 0 to 1 along the sides of the box, or a table along x such as 0: 1, 0.5: 3, 1: 1. Empty: the concentration at the start.',
    examples: [
      { label: 'A bump in the middle', text: '1 + 2*exp(-((x - 0.5)/0.1)^2)' },
      { label: 'A table', text: '0: 1, 0.5: 3, 1: 1' },
    ],
  })
}

function optionOf({
  name,
  label,
  comment,
  einstein,
}: (typeof closures)[number]): ChoiceOption & { value: ClosureName } {
  const badge = einstein
    ? ({ text: 'Einstein relation', tone: 'good' } as const)
    : ({ text: 'no Einstein relation', tone: 'warn' } as const)
  return { value: name, label, help: comment, badge }
}

export const parameters = [
  choice({
    name: 'closure',
    label: 'Closure',
    symbol: '(D_c, D_\\phi)',
    group: CLOSURE,
    value: 'perforated',
    options: closures.map(optionOf),
    source: 'Readings of the literature; only the first converges to the pore-resolved solution',
    terms: ['diffusion', 'drift'],
    help: 'Which tensors the homogenized flux has for diffusion and for drift.',
  }),
  choice({
    name: 'species',
    label: 'Number of ions',
    symbol: 'S',
    group: IONS,
    value: '2',
    options: [
      { value: '2', label: 'two' },
      { value: '3', label: 'three' },
    ],
    source: SCHMUCK,
  }),
  valence(1, 1),
  valence(2, -1),
  valence(3, 1),
  diffusivity(1, 2e-9),
  diffusivity(2, 2e-9),
  diffusivity(3, 2e-9),
  number({
    name: 'contrast',
    label: 'Permittivity of the solid over that of the fluid',
    symbol: '\\alpha',
    group: ELECTRIC,
    unit: '1',
    factor: 1,
    value: 0.05,
    min: 1e-4,
    max: 1e4,
    scale: 'log',
    source: 'Polymers and oxides in water: 0.026 to 0.064; titania about 1; ferroelectric ceramics above 10',
    terms: ['displacement'],
  }),
  flag({
    name: 'absolute_contrast',
    label: 'α as printed: the absolute value in the solid',
    symbol: '\\alpha/\\lambda^2',
    group: ELECTRIC,
    value: false,
    source: 'Schmuck 2013, eq. (18), where the fluid has λ² and the solid α: the true contrast is then α/λ²',
    terms: ['displacement'],
    help: 'To see what the printed scaling means: at λ² = 0.01 a solid of 0.025 is 2.5 times more polarisable than the fluid.',
    only: { parameter: 'screening', values: ['lambda2'] },
  }),
  choice({
    name: 'screening',
    label: 'Debye length from',
    symbol: '\\lambda',
    group: ELECTRIC,
    value: 'permittivity',
    options: [
      { value: 'permittivity', label: 'the permittivity of the fluid' },
      { value: 'lambda2', label: 'a given λ² (dimensionless set-ups)' },
    ],
    source: SCHMUCK,
    help: 'λ² = 2 (Debye length / L)² for the concentration c₀.',
  }),
  number({
    only: { parameter: 'screening', values: ['permittivity'] },
    name: 'permittivity',
    label: 'Relative permittivity of the fluid',
    symbol: '\\varepsilon_f',
    group: ELECTRIC,
    unit: '1',
    factor: 1,
    value: 80,
    min: 1,
    max: 200,
    source: 'Water, as in the paper (78.4 at 25 °C)',
    terms: ['displacement'],
  }),
  number({
    only: { parameter: 'screening', values: ['lambda2'] },
    name: 'lambda2',
    label: 'Squared screening number',
    symbol: '\\lambda^2',
    group: ELECTRIC,
    unit: '1',
    factor: 1,
    value: 0.01,
    min: 1e-9,
    max: 1e6,
    scale: 'log',
    terms: ['displacement'],
    help: 'Used where the Debye length is given by λ².',
  }),
  number({
    name: 'c0',
    label: 'Reference concentration',
    symbol: 'c_0',
    group: ELECTRIC,
    unit: 'mM',
    factor: 1,
    value: 1,
    min: 1e-4,
    max: 1e4,
    scale: 'log',
    source: 'Scale of the dimensionless groups',
  }),
  number({
    name: 'fixed_charge',
    label: 'Charge of the walls per volume',
    symbol: '\\rho_s',
    group: ELECTRIC,
    unit: 'mM',
    factor: 1,
    value: 0,
    min: -1e4,
    max: 1e4,
    slider: { min: -5, max: 5 },
    source: 'Beyond the paper: scaled wall charge σ gives ρ = σ |Γ|',
    terms: ['charge'],
    beyondPaper: true,
  }),
  number({
    name: 'temperature',
    label: 'Temperature',
    symbol: 'T',
    group: ELECTRIC,
    unit: 'K',
    factor: 1,
    value: 298.15,
    min: 250,
    max: 400,
    source: 'Room temperature',
  }),
  choice({
    name: 'start',
    label: 'Start from',
    symbol: 'c(0)',
    group: START,
    value: 'uniform',
    options: [
      { value: 'uniform', label: 'uniform electrolyte' },
      { value: 'mirrored', label: 'mirrored waves c₀ (1 ± 0.9 cos πx/L)' },
      { value: 'waves', label: 'periodic waves c₀ (1 ± 0.9 cos 2πx/L)' },
      { value: 'arches', label: 'mirrored arches c₀ sin πx/L (1 ± ½ cos πx/L)' },
      { value: 'steady', label: 'the steady state' },
      { value: 'written', label: 'formulas or tables in the box' },
    ],
    source: 'Experimental setting',
  }),
  number({
    name: 'c_start',
    label: 'Concentration at the start',
    symbol: 'c(0)',
    group: START,
    unit: 'mM',
    factor: 1,
    value: 1,
    min: 1e-6,
    max: 1e4,
    scale: 'log',
    source: 'Experimental setting',
  }),
  written(1),
  written(2),
  written(3),
] as const

export type PorousValues = ValuesOf<typeof parameters>

/** What the contrast follows from. */
export type ContrastValues = Pick<PorousValues, 'contrast'> &
  Partial<Pick<PorousValues, 'absolute_contrast' | 'screening' | 'lambda2'>>

/** Permittivity of the solid over that of the fluid. */
export function contrastOf(v: ContrastValues): number {
  return v.absolute_contrast && v.screening === 'lambda2' && v.lambda2 ? v.contrast / v.lambda2 : v.contrast
}
