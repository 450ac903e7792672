/**
 * The third scale of the paper (Fig. 1, Y_D): a larger cell for Stokes and Darcy beside the one of the reaction. On all its
 * particles the velocity is zero, its permeability is ℓ_D² times its mean, and its porosity acts on that alone: the flow is
 * the mean velocity of Darcy's law, and what holds salt and lithium is the first cell.
 */
import { t } from '../../../language/language.ts'
import type { Problem, Values } from '../../../parameter.ts'
import type { FiltrationCard } from '../../filtration.ts'
import type { CathodeInput } from '../input.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { ACTIVE, CARBON, ELECTROLYTE } from '../phases.ts'
import { foreignPhases } from './foreign.ts'
import { stokesProblem } from './structure.ts'

const flows = (v: Values) => v.flow !== 'none'

export const filtration: FiltrationCard = {
  problems: (v, phases) => [stokesProblem(v as CathodeValues, phases)],
  flows,
  refuse: (v) => {
    if (!flows(v)) return t('nothing is pumped; set flow to "pumped"')
    if (v.flow === 'peclet')
      return t('the Péclet number gives the velocity, whatever the pores let pass; pump by a pressure ("pumped")')
    if (v.structure === 'given')
      return t(
        'given numbers have a permeability of their own (K); take the structure from the reference cell ("cell")',
      )
    return undefined
  },
  replaces: 'darcy_size',
}

/** What of the parameters and phases does not go with a cell of the flow. */
export function filtrationProblems({ parameters: v, filtration: of }: CathodeInput): Problem[] {
  if (!of) return []
  const problems: Problem[] = []
  if (v.darcy_size !== 1)
    problems.push({
      path: 'parameters.darcy_size',
      message: t('got {got} beside a cell of the flow, which has a period of its own; set it to 1', {
        got: v.darcy_size,
      }),
    })
  const wrong = phaseProblem(v, of.phases)
  return wrong === undefined ? problems : [...problems, { path: 'filtration.shapes', message: wrong }]
}

function phaseProblem({ carbon_permeable }: CathodeValues, phases: readonly string[]): string | undefined {
  const foreign = foreignPhases(phases)
  if (foreign !== undefined) return foreign
  const got = phases.join(', ')
  if (!phases.includes(ELECTROLYTE))
    return t('got only {got}: nothing flows there; give a shape, or the background, the phase "{electrolyte}"', {
      got,
      electrolyte: ELECTROLYTE,
    })
  const open = carbon_permeable === true ? [ELECTROLYTE, CARBON] : [ELECTROLYTE]
  if (phases.every((name) => open.includes(name)))
    return t('got {got}, which the electrolyte passes everywhere: nothing holds it back; add a shape of "{active}"', {
      got,
      active: ACTIVE,
    })
  return undefined
}
