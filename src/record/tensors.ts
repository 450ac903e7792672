/** The effective tensors of a cell for a paper or a program: JSON, CSV and LaTeX, each with errors and bounds. */

import type { CellProblemResult, CellResult } from '../cell/cell.ts'
import { type Identity, remarks } from './identity.ts'
import { quoted } from './quoted.ts'

type Cell = Pick<CellResult, 'problems' | 'phases' | 'interfaceMeasure' | 'filtration'>

const AXES = ['x', 'y', 'z']

/** What a tensor is called, and what 1 means. */
function named({ kind, phase, name, coefficients }: CellProblemResult): { name: string; symbol: string; unit: string } {
  const of = phase ?? name ?? 'mixture'
  if (kind === 'stokes') return { name: `permeability ${of}`, symbol: 'K', unit: 'squared period' }
  const several = Object.values(coefficients).some((k) => k > 0 && k !== 1)
  return { name: of, symbol: 'D', unit: several ? 'coefficients of the problem' : 'bulk coefficient' }
}

/** No number is written as nothing. */
const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null)

/** Those of the cell, and of the cell of the flow where there is one, which are named so. */
function all({ problems, filtration }: Cell) {
  const ofFlow = (filtration?.problems ?? []).map((problem) => ({ problem, of: ' (cell of the flow)' }))
  return [...problems.map((problem) => ({ problem, of: '' })), ...ofFlow]
}

function told(problem: CellProblemResult) {
  const { kind, coefficients, tensor, error, bounds, residual, meshTensor } = problem
  const { voigt, reuss, hashinShtrikman, bruggeman, tortuosity } = bounds
  return {
    ...named(problem),
    kind,
    coefficients,
    tensor,
    error: finite(error),
    meshTensor,
    residual,
    // Nothing bounds a permeability from above.
    bounds:
      kind === 'stokes'
        ? null
        : {
            lower: reuss,
            upper: voigt,
            hashinShtrikman: hashinShtrikman ?? null,
            bruggeman: finite(bruggeman),
            tortuositySquared: tortuosity?.map((value) => finite(value)) ?? null,
          },
  }
}

/** The cell of the flow, where there is one, under `filtration`. */
export function tensorsJson(cell: Cell, identity: Identity): string {
  const one = ({ problems, phases, interfaceMeasure }: Cell) => ({
    phases: Object.fromEntries(
      Object.entries(phases).map(([name, { fraction, percolates }]) => [name, { fraction, percolates }]),
    ),
    interfaceMeasure,
    tensors: problems.map(told),
  })
  const { filtration } = cell
  const own = { ...one(cell), ...(filtration && { filtration: one(filtration) }), record: identity }
  return `${JSON.stringify(own, null, 2)}\n`
}

/** A row an entry of a tensor; the bounds are of every eigenvalue. */
export function tensorsTable(cell: Cell, identity: Identity): string {
  const heading = ['tensor', 'entry', 'value', 'error', 'lower bound', 'upper bound', 'unit'].map(quoted).join(',')
  const rows = all(cell).flatMap(({ problem, of }) => {
    const { name, symbol, unit, bounds } = told(problem)
    return problem.tensor.flatMap((row, i) =>
      row.map((value, j) =>
        [
          quoted(name + of),
          quoted(`${symbol}_${AXES[i]}${AXES[j]}`),
          value,
          problem.error,
          bounds?.lower ?? '',
          bounds?.upper ?? '',
          quoted(unit),
        ].join(','),
      ),
    )
  })
  return `${remarks(identity)}${heading}\n${rows.join('\n')}\n`
}

/** As many digits as the error leaves. */
function rounded(value: number, error: number): string {
  const decimals = error > 0 ? Math.max(0, Math.min(12, Math.ceil(-Math.log10(error)) + 1)) : 6
  if (value !== 0 && Math.abs(value) < 1e-3)
    return power(value.toExponential(Math.max(0, Math.min(6, decimals + Math.floor(Math.log10(Math.abs(value)))))))
  return value.toFixed(decimals).replace(/^-(0(\.0*)?)$/, '$1')
}

function power(text: string): string {
  const [mantissa, exponent] = text.split('e')
  return exponent === undefined || exponent === '+0' ? mantissa : `${mantissa}\\cdot 10^{${Number(exponent)}}`
}

const TEX: Record<string, string> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' }
const tex = (text: string) => text.replace(/[\\~^]/g, (c) => TEX[c]).replace(/(?<!\\textbackslash)[&%$#_]/g, '\\$&')

/** Matrices with the error of their entries, and bounds; needs amsmath. */
export function tensorsLatex(cell: Cell, identity: Identity): string {
  const about = remarks(identity).replace(/^#/gm, '%')
  const blocks = all(cell).map(({ problem, of }) => {
    const { name, symbol, unit, bounds } = told(problem)
    const { tensor, error } = problem
    const rows = tensor.map((row) => `  ${row.map((value) => rounded(value, error)).join(' & ')}`).join(' \\\\\n')
    const limits = bounds
      ? `\n\\qquad ${power(bounds.lower.toPrecision(4))} \\le \\lambda \\le ${power(bounds.upper.toPrecision(4))}`
      : ''
    return `% ${name}${of}, relative to the ${unit}\n\\[\n\\mathbf{${symbol}}_{\\text{${tex(name + of)}}} = \\begin{pmatrix}\n${rows}\n\\end{pmatrix} \\pm ${power(error.toExponential(1))}${limits}\n\\]`
  })
  return `${about}${blocks.join('\n\n')}\n`
}
