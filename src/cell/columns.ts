/** The cells of a resolved box where they vary along x: one a column, solved for the value in its middle. */
import { finish } from '../finish.ts'
import { Lattice } from '../numerics/lattice.ts'
import { controlVolumes } from '../numerics/mesh.ts'
import {
  type CellProblemSpec,
  type CellResult,
  type CellSpec,
  type CellTable,
  type Grading,
  interfaceName,
} from './cell.ts'
import { connect } from './connectivity.ts'
import { valueAt } from './graded.ts'
import { scaled } from './progress.ts'
import { solveWith } from './table.ts'

/**
 * Solves the cells of all columns; equal ones once. Yields the fraction done.
 * @throws InputError when one of them cannot be solved, with its place
 */
export function* columnCells(
  spec: CellSpec,
  graded: readonly Grading[],
  problems: readonly CellProblemSpec[],
  columns: number,
): Generator<number, CellResult[]> {
  const solved = new Map<string, CellResult>()
  const out: CellResult[] = []
  for (let k = 0; k < columns; k++) {
    const values = graded.map((grading) => valueAt(grading, (k + 0.5) / columns))
    const key = values.join(' ')
    let cell = solved.get(key)
    if (!cell) {
      cell = yield* scaled(solveWith(spec, graded, values, problems), k / columns, (k + 1) / columns)
      solved.set(key, cell)
    }
    out.push(cell)
  }
  return out
}

/** A cell with the numbers of its mesh instead of the extrapolated ones: what a resolved model on that mesh converges to. */
export function ofMesh(cell: CellResult): CellResult {
  const { mesh, phases, table } = cell
  const lattice = Lattice.cube(mesh.dimension, mesh.n)
  const shape = { lattice, spacing: lattice.sizes.map((n) => 1 / n), displacement: mesh.displacement }
  const fractions = controlVolumes(shape, mesh.simplexPhase, mesh.phases.length).map((v) =>
    v.reduce((a, b) => a + b, 0),
  )
  const { interfaceMeasure } = finish(connect(shape, mesh.simplexPhase, mesh.phases.length))
  const named = (k: number) => mesh.phases[k]
  return {
    ...cell,
    phases: Object.fromEntries(
      Object.entries(phases).map(([name, of]) => [name, { ...of, fraction: fractions[mesh.phases.indexOf(name)] }]),
    ),
    interfaceMeasure: Object.fromEntries(
      interfaceMeasure.flatMap((row, s) =>
        row.flatMap((area, t) => (area > 0 ? [[interfaceName(named(s), named(t)), area] as const] : [])),
      ),
    ),
    problems: cell.problems.map((problem) => ({ ...problem, tensor: problem.meshTensor })),
    ...(table ? { table: tableOfMesh(table) } : {}),
  }
}

const tableOfMesh = (table: CellTable): CellTable => ({ ...table, cells: table.cells.map(ofMesh) })
