/**
 * From the reference cell to the tensors of the closures. With the contrast problem (1 in the pore, alpha in the
 * solid) and the perforated problem of the pore:
 *
 *   eps0 = tensor of the contrast problem,  eps0 = M + alpha (I - M),  Dhat = tensor of the perforated problem
 */

import { type CellProblemSpec, type CellResult, type CellTable, interfaceName, type Tensor } from '../../cell/cell.ts'
import { along } from '../../cell/table.ts'
import { t } from '../../language/language.ts'
import { InputError, type Problem } from '../../parameter.ts'
import { present } from '../../present.ts'
import type { Notice } from '../family.ts'
import { meantBy } from '../meant.ts'
import { closure, type PorousTensors, smallestEigenvalue } from './closures.ts'
import type { PorousInput } from './input.ts'
import type { BoxTensors } from './net.ts'
import { type ContrastValues, contrastOf } from './parameters.ts'

export const PORE = 'pore'
export const SOLID = 'solid'
export const DIELECTRIC = 'dielectric'

/** @param phases of the cell: one without a solid is open electrolyte */
export function porousProblems(
  parameters: ContrastValues,
  phases: readonly string[] = [PORE, SOLID],
): CellProblemSpec[] {
  const coefficients: Record<string, number> = { [PORE]: 1 }
  if (phases.includes(SOLID)) coefficients[SOLID] = contrastOf(parameters)
  return [
    { kind: 'perforated', phase: PORE },
    { kind: 'contrast', name: DIELECTRIC, coefficients },
  ]
}

/** @throws InputError when the cell has no pore, or no solution of a cell problem */
export function porousTensors(cell: CellResult, contrast: number): PorousTensors {
  const pore = cell.phases[PORE]
  const perforated = cell.problems.find((p) => p.kind === 'perforated' && p.phase === PORE)
  const dielectric = cell.problems.find((p) => p.kind === 'contrast' && p.name === DIELECTRIC)
  if (!pore || !perforated || !dielectric)
    throw new InputError([
      {
        path: 'cell.shapes',
        message: t('got the phases {phases}; a porous medium needs the phase "{pore}"', {
          phases: Object.keys(cell.phases).join(', '),
          pore: PORE,
        }),
      },
    ])
  const permittivity = dielectric.tensor
  // eps0 and M carry the same information; near alpha = 1 the quotient cancels and the flux average is taken.
  const average =
    Math.abs(contrast - 1) > 0.05
      ? permittivity.map((row, i) => row.map((v, j) => (v - (i === j ? contrast : 0)) / (1 - contrast)))
      : present(dielectric.split, 'the flux average')[PORE]
  return { pore: pore.fraction, perforated: perforated.tensor, permittivity, average }
}

/** Tensors of the chosen closure on the box. */
export function effectivePorous(
  input: PorousInput,
  cell: CellResult,
): { tensors: BoxTensors; all: PorousTensors; problems: Problem[]; notices: Notice[] } {
  const { parameters: v, macro } = input
  const problems: Problem[] = []
  const notices: Notice[] = []
  if (macro.dimension > cell.mesh.dimension)
    problems.push({
      path: 'macro.dimension',
      message: t(
        'got {got}; a {most}D reference cell describes boxes of at most {most} dimensions; use a 3D cell or a {most}D box',
        { got: macro.dimension, most: cell.mesh.dimension },
      ),
    })
  const others = Object.keys(cell.phases).filter((name) => name !== PORE && name !== SOLID)
  if (others.length > 0)
    problems.push({
      path: 'cell.shapes',
      message: [
        t('got the phase {others}; a porous medium has the phases "{pore}" and "{solid}"', {
          others: others.join(', '),
          pore: PORE,
          solid: SOLID,
        }),
        ...meantBy(others, [PORE, SOLID]),
      ].join('; '),
    })
  const all = porousTensors(cell, contrastOf(v))
  if (contrastOf(v) !== v.contrast)
    notices.push({
      level: 'info',
      message: t(
        'Read as printed, α = {contrast} at λ² = {lambda2} is a contrast of {contrastOf} between solid and fluid.',
        { contrast: v.contrast, lambda2: v.lambda2, contrastOf: contrastOf(v).toPrecision(3) },
      ),
    })
  const { label, einstein, name, diffusion, drift } = closure(v.closure)
  const tensors = {
    pore: all.pore,
    diffusion: diffusion(all),
    drift: drift(all),
    permittivity: all.permittivity,
    walls: cell.interfaceMeasure[interfaceName(PORE, SOLID)] ?? 0,
  }
  const d = macro.dimension
  const least = smallestEigenvalue(tensors.drift, d)
  if (least < -1e-9 * all.pore)
    problems.push({
      path: 'parameters.closure',
      message: t(
        'got "{got}", whose drift tensor has the negative eigenvalue {least} in this cell: charge would grow by itself; choose "perforated", or open the pores',
        { got: name, least: least.toPrecision(3) },
      ),
    })
  const blocked = [...'xyz'.slice(0, d)].filter((_, k) => !cell.phases[PORE].percolates[k])
  if (blocked.length > 0 && name === 'perforated')
    notices.push({
      level: 'warning',
      message: t('The pores do not percolate along {blocked}: no ion passes, the tensor is zero there.', {
        blocked: blocked.join(` ${t('and')} `),
      }),
      advice: [t('make the solid smaller'), t('compare the other closures, which let ions pass through this wall')],
    })
  if (!einstein)
    notices.push({
      level: 'warning',
      message: t(
        "“{label}” has different tensors for diffusion and drift: its equilibrium is not Boltzmann's and the free energy need not decay.",
        { label: t(label) },
      ),
    })
  return { tensors, all, problems, notices }
}

/**
 * The medium at every place of the box, where its cell varies.
 * @throws InputError where the closure or a cell admits no model, with the place
 */
export function mediumAlong(
  input: PorousInput,
  table: CellTable,
): { at: (place: number) => BoxTensors; error: number } {
  const d = table.cells[0].mesh.dimension
  const numbers = along(table, (cell) => {
    const { tensors, problems } = effectivePorous(input, cell)
    if (problems.length > 0) throw new InputError(problems)
    const { pore, walls = 0, diffusion, drift, permittivity } = tensors
    return [[pore], [walls], ...[diffusion, drift, permittivity].map((tensor) => tensor.flat())]
  })
  const at = (place: number) => {
    const [pore, walls, ...entries] = numbers.at(place)
    const tensor = (k: number): Tensor =>
      Array.from({ length: d }, (_, i) => entries.slice(d * (d * k + i), d * (d * k + i + 1)))
    return { pore, walls, diffusion: tensor(0), drift: tensor(1), permittivity: tensor(2) }
  }
  return { at, error: numbers.error }
}

/** Hashin-Shtrikman bound of the perforated tensor of an isotropic medium with pore fraction p. */
export function upperBound(p: number, dimension: number): number {
  return dimension === 3 ? (2 * p) / (3 - p) : p / (2 - p)
}

export function largestEigenvalue(t: Tensor, d: number): number {
  return -smallestEigenvalue(
    t.map((row) => row.map((v) => -v)),
    d,
  )
}
