/** The correctors that a second order takes (`SecondOrderTerms`), solved on a cell when they are asked for. */
import { type CellMesh, type CellProblemResult, problemNamed } from '../cell/cell.ts'
import { paced, scaled } from '../cell/progress.ts'
import { type SecondCorrectors, SecondOrder } from '../cell/second.ts'
import { present } from '../present.ts'
import type { Field } from './field.ts'

/** What was solved for one cell problem, at the nodes of the cell. */
export interface SecondSolution {
  curvature: SecondCorrectors
  /** Of what a potential carries. */
  drift?: SecondCorrectors
  /** Of sources on the interface. */
  surface?: Float64Array
}

/** By name of the problem, as in `MicroscopicTerm`. */
export type SecondSolutions = Record<string, SecondSolution>

/** What of a cell its second order rests on. */
export interface SolvedCell {
  mesh: CellMesh
  problems: readonly Pick<CellProblemResult, 'kind' | 'phase' | 'name' | 'coefficients' | 'correctors'>[]
}

const problemOf = ({ problems }: SolvedCell, name: string) =>
  present(problemNamed(problems, name), `the cell problem "${name}"`)

/** The second order of all fields that have one. Yields the fraction done. */
export function* solveSecond(cell: SolvedCell, fields: readonly Field[]): Generator<number, SecondSolutions> {
  const terms = fields.flatMap(({ microscopic }) => microscopic?.second ?? [])
  const names = [...new Set(terms.map(({ problem }) => problem))]
  const solutions: SecondSolutions = {}
  for (const [k, name] of names.entries()) {
    const solver = yield* paced(SecondOrder.of(cell.mesh, problemOf(cell, name)), k / names.length)
    const own = terms.filter(({ problem }) => problem === name)
    const { sources, carrier } = own[0]
    const part = (from: number, to: number) => [(k + from) / names.length, (k + to) / names.length] as const
    const solution: SecondSolution = {
      curvature: yield* scaled(solver.curvature(sources, carrier === undefined), ...part(0, 0.5)),
    }
    if (carrier) {
      const { correctors } = problemOf(cell, carrier.problem)
      solution.drift = yield* scaled(solver.drift(correctors), ...part(0.5, 1))
    }
    if (own.some(({ surface }) => surface !== undefined))
      solution.surface = yield* scaled(solver.surface(sources), ...part(0.9, 1))
    solutions[name] = solution
  }
  return solutions
}
