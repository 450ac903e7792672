/** The card of the tissue family: electroneutral Na/K/Cl transport with membranes, pumps and capacitance. */
import { t } from '../../language/language.ts'
import type { Problem } from '../../parameter.ts'
import type { CardWith } from '../family.ts'
import { GROUPS } from '../groups.ts'
import { comparison } from './comparison.ts'
import { experiments, ports } from './experiments.ts'
import type { TissueInput } from './input.ts'
import { laws } from './membraneLaw.ts'
import { parameters } from './parameters.ts'
import { GLIA, INSIDE, OUTSIDE } from './phases.ts'
import { stimuli } from './stimuli.ts'

export const card: CardWith<'comparison'> = {
  name: 'tissue',
  label: 'Tissue',
  summary: 'Na, K and Cl in a tissue of cells: diffusion, drift, membranes, pumps and capacitance.',
  phases: [
    { name: OUTSIDE, label: 'between the cells' },
    { name: INSIDE, label: 'inside the cells' },
    { name: GLIA, label: 'inside glia' },
  ],
  sources: [
    'C. Xiao, H. Huang, S. Xu, T. Yu, X. Yue: Homogenization theory of ion transportation in multicellular tissue, 2023, with the corrections listed in the notes',
    'Y. Mori: A multidomain model for ionic electrodiffusion and osmosis with an application to cortical spreading depression, 2015',
    'J. Gao et al. 2000 (pump constants, to be checked)',
  ],
  works: async () => (await import('./works.ts')).works,
  parameters,
  experiments,
  ports,
  stimuli,
  laws,
  breathes: true,
  waves: true,
  explainStimulus: (kind) =>
    /^inject-(K|Na|Cl)$/.test(kind)
      ? t(
          'got "{got}": an ion without its counter-charge has no electroneutral solution; use "inject-KCl" or "swap-K-for-Na"',
          { got: kind },
        )
      : undefined,
  notes: async () => (await import('./errata.ts')).errata,
  defaultExperiment: experiments[0].name,
  // Coefficients given by hand need no cell; a resolved model always does.
  cellProblems: (values, phases, model) =>
    values.override === true && model !== 'resolved'
      ? []
      : [
          { kind: 'perforated', phase: OUTSIDE },
          { kind: 'perforated', phase: INSIDE },
          ...(phases.includes(GLIA) ? [{ kind: 'perforated' as const, phase: GLIA }] : []),
        ],
  check,
  comparison,
  curves: [
    { name: 'membrane', label: 'Membrane, frozen concentrations', slow: false },
    { name: 'isochronal', label: 'Membrane, isochronal clamp', slow: true },
    { name: 'tissue', label: 'Tissue, applied current', slow: true },
    GROUPS,
  ],
}

function check(input: TissueInput): Problem[] {
  const problems: Problem[] = []
  const v = input.parameters
  if (v.share_Na + v.share_K > 1 + 1e-12)
    problems.push({
      path: 'parameters.share_K',
      message: t(
        'got {got} with share_Na = {share_Na}; the shares must not exceed 1 together (chloride takes the rest); try {better}',
        { got: v.share_K, share_Na: v.share_Na, better: (1 - v.share_Na).toFixed(3) },
      ),
    })
  if (v.G_Na + v.G_K + v.G_Cl <= 0)
    problems.push({
      path: 'parameters.G_K',
      message: t('got a membrane that conducts no ion; at least one conductance must be positive; try G_K = 0.15 S/m²'),
    })
  if (v.geometry === 'radial' && input.macro.dimension !== 1)
    problems.push({
      path: 'parameters.geometry',
      message: t(
        'got radial coordinates with macro.dimension = {dimension}; radial needs 1; set macro.dimension to 1 or geometry to "cartesian"',
        { dimension: input.macro.dimension },
      ),
    })
  for (const name of ['Cl_I', 'Cl_E'] as const)
    if (v.start === 'nominal' && !(v[name] > 0))
      problems.push({ path: `parameters.${name}`, message: t('got no chloride; must be positive') })
  const e = input.experiment
  if (e.name === 'bath') {
    const x = v.Cl_E - v.Na_E - v.K_E
    const chloride = e.values.bath_Na + e.values.bath_K + x
    if (!(chloride > 0))
      problems.push({
        path: 'experiment.values.bath_Na',
        message: t(
          'got a bath whose chloride would be {chloride} mM (impermeant charge {x} mM); raise bath_Na or lower the impermeant charge',
          { chloride: chloride.toFixed(1), x: x.toFixed(1) },
        ),
      })
  }
  if (v.shell > 0 && input.macro.dimension !== 1)
    problems.push({
      path: 'parameters.shell',
      message: t(
        'got a shell in {dimension} dimensions; shells are layers along x of a one-dimensional tissue; set shell to 0 or macro.dimension to 1',
        { dimension: input.macro.dimension },
      ),
    })
  if (e.name === 'bath' && v.geometry === 'radial' && e.values.sides !== 'right')
    problems.push({
      path: 'experiment.values.sides',
      message: t('got "{got}" with radial coordinates; x = 0 is the centre of the ball; use "right"', {
        got: e.values.sides,
      }),
    })
  if (e.name === 'current' && v.geometry === 'radial')
    problems.push({
      path: 'experiment.name',
      message: t('got "current" with radial coordinates; a ball has no two ends; use "bath" or cartesian geometry'),
    })
  if (e.name === 'current' && e.values.off <= e.values.on)
    problems.push({
      path: 'experiment.values.off',
      message: t('got {got} s, not after the start at {on} s; try {better}', {
        got: e.values.off,
        on: e.values.on,
        better: e.values.on + 10,
      }),
    })
  input.stimuli.forEach((s, k) => {
    const path = `stimuli[${k}]`
    const { region } = s
    const { dimension, size } = input.macro
    if (s.end <= 0)
      problems.push({
        path: `${path}.end`,
        message: t('got {got} s; the run starts at 0 s: the stimulus would never act', { got: s.end }),
      })
    if (region.shape === 'everywhere') return
    if (region.center.length !== dimension)
      problems.push({
        path: `${path}.region.center`,
        message: t('got {got} coordinates; the tissue has {dimension}', { got: region.center.length, dimension }),
      })
    else if (region.center.some((x, k) => x < -region.radius || x > size[k] + region.radius))
      problems.push({
        path: `${path}.region.center`,
        message: t('got [{got}] m with radius {radius} m, outside the tissue of [{size}] m; move it inside', {
          got: region.center.join(', '),
          radius: region.radius,
          size: size.join(', '),
        }),
      })
  })
  return problems
}
