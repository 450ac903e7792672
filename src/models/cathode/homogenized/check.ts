/** What keeps a scenario from being a cell, as far as its parameters alone say. */
import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import type { CathodeInput } from '../input.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { ACTIVE, ACTIVE2 } from '../phases.ts'
import { checkExperiment } from '../protocol/experiments.ts'
import { filtrationProblems } from '../structure/filtration.ts'
import { startProblems } from './start.ts'

/** Columns times the third power of rows. */
const MOST = 2e6

/** m², undefined where it is not given. */
export function areaOf({ electrode_area }: CathodeValues): number | undefined {
  return electrode_area > 0 ? electrode_area : undefined
}

/** Problems of the input that need no cell. */
export function checkCathode(input: CathodeInput): Problem[] {
  const { parameters: v, macro } = input
  const problems: Problem[] = []
  const separator = v.separator
  if (macro.dimension === 3)
    problems.push({ path: 'macro.dimension', message: t('got 3; a cell is computed in 1 or 2 dimensions') })
  if (separator >= macro.size[0])
    problems.push({
      path: 'parameters.separator',
      message: t('got {got} µm, which leaves no cathode in a cell of {macro} µm; make it thinner or the cell thicker', {
        got: 1e6 * separator,
        macro: 1e6 * macro.size[0],
      }),
    })
  const cells = separator > 0 ? Math.round(v.separator_cells) : 0
  if (macro.nodes[0] - 1 - cells < 3)
    problems.push({
      path: 'macro.nodes[0]',
      message: t(
        'got {got} nodes, {cells} cells of which are separator; the cathode needs at least 3 cells; try {better}',
        { got: macro.nodes[0], cells, better: cells + 61 },
      ),
    })
  if (macro.dimension === 2 && (macro.nodes[0] - 1) * (macro.nodes[1] - 1) ** 3 > MOST)
    problems.push({
      path: 'macro.nodes[1]',
      message: t(
        'got {got} nodes along the collector; the solver eliminates column by column and takes at most {most}; try 13',
        { got: macro.nodes[1], most: Math.floor((MOST / (macro.nodes[0] - 1)) ** (1 / 3)) + 1 },
      ),
    })
  const concentrations = [
    ['c0', t('the salt')] as const,
    ...(v.flow !== 'none' ? [['c_in', t('the inflow')] as const] : []),
  ]
  for (const [name, what] of concentrations)
    if (v.kinetics === 'doyle' && v[name] >= v.c_pm)
      problems.push({
        path: `parameters.${name}`,
        message: t(
          'got {got} mM; {what} must stay below the largest concentration of these kinetics, c_pm = {c_pm} mM; try {better}',
          { got: v[name], what, c_pm: v.c_pm, better: v.c_pm / 2 },
        ),
      })
  if (v.V_min >= v.V_max)
    problems.push({
      path: 'parameters.V_min',
      message: t('got {got} V; the lower cut-off must lie below the upper one at {V_max} V', {
        got: v.V_min,
        V_max: v.V_max,
      }),
    })
  if (v.flow === 'across' && macro.dimension === 1)
    problems.push({
      path: 'parameters.flow',
      message: t('got a flow across a line; take a box of two dimensions, or pump along the cell ("pumped")'),
    })
  if (v.electrolyte === 'E1' && v.flow !== 'none')
    problems.push({
      path: 'parameters.flow',
      message: t('E1 is not computed with pumped electrolyte; use E2, which is its limit, or no flow'),
    })
  if (input.phases?.includes(ACTIVE2)) problems.push(...secondProblems(input, input.phases))
  problems.push(...filtrationProblems(input))
  problems.push(...startProblems(v, input.phases?.includes(ACTIVE2)))
  problems.push(...checkExperiment(input.experiment, { area: areaOf(v), temperature: v.temperature }))
  return problems
}

/** What a second active material cannot be had with. */
function secondProblems({ parameters: v }: CathodeInput, phases: readonly string[]): Problem[] {
  const problems: Problem[] = []
  const both = { second: ACTIVE2, active: ACTIVE }
  if (!phases.includes(ACTIVE))
    problems.push({
      path: 'cell.shapes',
      message: t(
        'got "{second}" without "{active}"; the second active material stands beside a first one; draw particles of "{active}" too, or give these the phase "{active}"',
        both,
      ),
    })
  if (v.structure === 'given')
    problems.push({
      path: 'parameters.structure',
      message: t(
        'got given numbers, which are of one active material, and a cell with "{second}"; take the structure from the reference cell ("cell"), or give those shapes the phase "{active}"',
        both,
      ),
    })
  if (v.mobility_printed === true)
    problems.push({
      path: 'parameters.mobility_printed',
      message: t(
        'got the mobility as printed and a cell with "{second}"; the paper has one active material; turn it off, or give those shapes the phase "{active}"',
        both,
      ),
    })
  if (v.energy === 'printed')
    problems.push({
      path: 'parameters.energy',
      message: t(
        'got a free energy unrelated to the voltage and a cell with "{second}"; the paper has one active material; take that of the voltage ("voltage"), or give those shapes the phase "{active}"',
        both,
      ),
    })
  return problems
}
