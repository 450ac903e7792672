/**
 * `cell FILE [--out DIR]`: the cell problems of `{"version":1,"cell":{…},"problems":[…]}` as one JSON object; correctors,
 * fluxes and sensitivities of each problem into DIR.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bounds, CellProblemResult, CellResult } from '../cell/cell.ts'
import { solveCell } from '../cell/compute.ts'
import { parseCellFile } from '../cell/file.ts'
import { finish } from '../finish.ts'
import { cellNpz } from '../record/cellFields.ts'
import { solveCell as cellOfScenario } from '../simulation/cells.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { readArguments, readJson, writing } from './input.ts'

export function cellCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'cell file', ['out'])
  const { cell, problems } = parseCellFile(readJson(word))
  const folder = options.out
  // Before it is solved, which may take long.
  if (folder !== undefined) writing(`the folder ${folder}`, () => mkdirSync(folder, { recursive: true }))
  const result = solveCell(cell, problems)
  if (folder !== undefined)
    for (const [k, problem] of result.problems.entries()) {
      const path = join(folder, `${k + 1}-${problem.kind}.npz`)
      writing(path, () => writeFileSync(path, cellNpz(result.mesh, problem, cell)))
    }
  return JSON.stringify(report(result))
}

/** What `cell` prints of the cell of a scenario, as an object. */
export function cellReport(scenario: Scenario): unknown {
  return report(finish(cellOfScenario(scenario)))
}

function report(result: CellResult): unknown {
  return {
    phases: Object.fromEntries(
      Object.entries(result.phases).map(([name, p]) => [
        name,
        { fraction: p.fraction, percolates: p.percolates, unresolved: p.unresolved, components: p.components },
      ]),
    ),
    interfaceMeasure: result.interfaceMeasure,
    geometryError: result.geometryError,
    ...(result.doubt ? { doubt: { settledAt: result.doubt.settledAt ?? 'no allowed resolution' } } : {}),
    ...(result.filtration ? { filtration: report(result.filtration) } : {}),
    ...(result.unseen ? { unseen: result.unseen.map(({ shape, shownAt }) => ({ shape: shape + 1, shownAt })) } : {}),
    problems: result.problems.map((p) => ({
      kind: p.kind,
      ...asked(p),
      tensor: p.tensor,
      error: p.error,
      meshTensor: p.meshTensor,
      ...(p.split ? { split: p.split } : {}),
      residual: p.residual,
      iterations: p.iterations,
      ...(p.kind === 'stokes' ? {} : { bounds: bounds(p.bounds) }),
      seconds: p.seconds,
    })),
    seconds: result.seconds,
  }
}

/** By the key of the request. */
function asked({ kind, name, phase }: CellProblemResult) {
  return kind === 'contrast' ? { name } : kind === 'stokes' ? { fluid: phase } : { phase }
}

/** With the tortuosity tau, and its factor tau² = phi / D*, per axis. */
function bounds({ tortuosity: factor, ...known }: Bounds) {
  if (!factor) return known
  const said = (values: number[]) => values.map((v) => (Number.isFinite(v) ? v : 'infinite'))
  return { ...known, tortuosity: said(factor.map(Math.sqrt)), tortuosityFactor: said(factor) }
}
