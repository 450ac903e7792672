/** What of a scenario has no resolved counterpart, and which of its cells are separator or beside the tab. */

import type { CellResult } from '../../../cell/cell.ts'
import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import type { ResolvedSetup } from '../../family.ts'
import { variesAcross } from '../homogenized/written.ts'
import type { CathodeInput } from '../input.ts'
import { spinodal } from '../laws/thermodynamics.ts'
import { ACTIVE2 } from '../phases.ts'

/** Whole numbers of cells are whole up to this. */
const WHOLE = 1e-6

/** Cells of the separator; not a whole number where it does not consist of whole cells. */
export function separatorCells({ parameters, cellSize }: CathodeInput): number {
  const cells = parameters.separator / cellSize
  return Math.abs(cells - Math.round(cells)) < WHOLE ? Math.round(cells) : cells
}

/** Rows of cells, the upper ones, at which the collector is connected; not a whole number where the tab ends in a cell. */
export function tabRows({ parameters }: CathodeInput, { repeat }: ResolvedSetup): number {
  // One row is periodic across, and connected all over.
  if (repeat[1] === 1) return 1
  const rows = parameters.tab * repeat[1]
  return Math.abs(rows - Math.round(rows)) < WHOLE ? Math.round(rows) : rows
}

/** @param input of the resolved model, its box in the dimension of the cell */
export function unresolvable(input: CathodeInput, cell: CellResult, setup: ResolvedSetup): Problem[] {
  const { parameters: v } = input
  const problems: Problem[] = []
  const refuse = (path: string, message: string) => void problems.push({ path, message })
  if (v.structure !== 'cell')
    refuse(
      'parameters.structure',
      t('got given numbers, which no cell stands for; take the structure from the reference cell ("cell")'),
    )
  if (v.electrolyte === 'E1')
    refuse(
      'parameters.electrolyte',
      t('got E1; layers of charge are far thinner than a resolved cell; use E2, its limit, or E3, E4'),
    )
  if (v.flow !== 'none')
    refuse('parameters.flow', t('got pumped electrolyte; the flow is not resolved in the pores; set flow to "none"'))
  const second = cell.mesh.phases.includes(ACTIVE2)
  const omegas = [v.Omega, ...(v.energy === 'printed' ? [v.Omega_f] : []), ...(second ? [v.Omega_2] : [])]
  const separating = omegas.find((omega) => spinodal(omega) !== undefined)
  if (separating !== undefined && (v.solid !== 'thermodynamic' || v.gradient === 'none'))
    refuse(
      'parameters.gradient',
      t(
        'got Ω = {separating} with the solid transport "{solid}" and the gradient energy "{gradient}"; above 2 particles separate into phases, whose fronts need the transport down the chemical potential and gradient energy (from a model width that the mesh resolves); add it, or take Ω at most 2',
        { separating, solid: v.solid, gradient: v.gradient },
      ),
    )
  const across = setup.repeat[1] === 1 ? variesAcross(v) : undefined
  if (across)
    refuse(
      `parameters.${across}`,
      t(
        'got a start that varies across the cell, and one row of cells, which is periodic there; take several rows, or a start along x alone',
      ),
    )
  problems.push(...separatorProblem(input, setup.repeat[0]), ...tabProblem(input, setup))
  return problems
}

function separatorProblem(input: CathodeInput, N: number): Problem[] {
  const cells = separatorCells(input)
  if (Number.isInteger(cells)) return []
  const length = input.macro.size[0]
  const separator = input.parameters.separator
  const um = (x: number) => `${Number((1e6 * x).toPrecision(6))} µm`
  // Lengths of whole cells on both sides, and the next N with which the separator consists of whole ones.
  const near = [Math.floor(cells), Math.ceil(cells)].filter((n) => n < N).map((n) => um(n * input.cellSize))
  let next = N + 1
  while (next < 8 * N && Math.abs((next * separator) / length - Math.round((next * separator) / length)) > WHOLE) next++
  const other = next < 8 * N ? `, or N = ${next}` : ''
  return [
    {
      path: 'parameters.separator',
      message: t(
        'got {got}, which are {cells} of {N} cells; the resolved separator consists of whole cells; try {better}{other}',
        { got: um(separator), cells: Number(cells.toPrecision(4)), N, better: near.join(' or '), other },
      ),
    },
  ]
}

function tabProblem(input: CathodeInput, setup: ResolvedSetup): Problem[] {
  const rows = tabRows(input, setup)
  if (Number.isInteger(rows) && rows > 0) return []
  const all = setup.repeat[1]
  const near = [...new Set([Math.max(1, Math.floor(rows)), Math.ceil(rows)])].map((r) =>
    Number((r / all).toPrecision(4)),
  )
  return [
    {
      path: 'parameters.tab',
      message: t(
        'got a tab on {got} of the height, which is {cells} of {rows} rows of cells; the resolved tab stands at whole cells; try {better}, or another N',
        { got: input.parameters.tab, cells: Number(rows.toPrecision(4)), rows: all, better: near.join(' / ') },
      ),
    },
  ]
}
