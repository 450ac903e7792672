/** `cell FILE`: the cell problems of `{"version":1,"cell":{…},"problems":[…]}` as one JSON object. */
import type { CellResult } from '../cell/cell.ts'
import { solveCell } from '../cell/compute.ts'
import { parseCellFile } from '../cell/file.ts'
import { readArguments, readJson } from './input.ts'

export function cellCommand(args: string[]): string {
  const { word } = readArguments(args, 'cell file')
  const { cell, problems } = parseCellFile(readJson(word))
  return JSON.stringify(report(solveCell(cell, problems)))
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
    problems: result.problems.map((p) => ({
      kind: p.kind,
      ...(p.kind === 'contrast' ? { name: p.name } : { phase: p.phase }),
      tensor: p.tensor,
      error: p.error,
      meshTensor: p.meshTensor,
      ...(p.split ? { split: p.split } : {}),
      residual: p.residual,
      iterations: p.iterations,
      ...(p.kind === 'stokes' ? {} : { bounds: p.bounds }),
      seconds: p.seconds,
    })),
    seconds: result.seconds,
  }
}
