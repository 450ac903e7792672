/** `cell FILE`: the cell problems of `{"version":1,"cell":{…},"problems":[…]}` as one JSON object. */
import type { CellProblemSpec, CellResult, CellSpec } from '../cell/cell.ts'
import { solveCell } from '../cell/compute.ts'
import { validateProblems } from '../cell/problems.ts'
import { validateCell } from '../cell/validate.ts'
import { describe, InputError, type Problem } from '../parameter.ts'
import { readArguments, readJson } from './input.ts'

const KEYS = ['version', 'cell', 'problems']

export function cellCommand(args: string[]): string {
  const { word } = readArguments(args, 'cell file')
  const { cell, problems } = parseCellFile(readJson(word))
  return JSON.stringify(report(solveCell(cell, problems)))
}

/** @throws InputError with every problem of the file */
export function parseCellFile(input: unknown): { cell: CellSpec; problems: CellProblemSpec[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new InputError([
      { path: '', message: `got ${describe(input)}; must be an object with version, cell and problems` },
    ])
  const raw = input as Record<string, unknown>
  const found: Problem[] = []
  if (raw.version !== 1)
    found.push({
      path: 'version',
      message: `got ${describe(raw.version)}; this program reads version 1; write "version": 1, or open a newer file with a newer Twoscale`,
    })
  for (const key of Object.keys(raw))
    if (!KEYS.includes(key)) found.push({ path: key, message: `unknown field; valid are ${KEYS.join(', ')}` })
  const wrongCell = validateCell(raw.cell)
  found.push(...wrongCell)
  if (Array.isArray(raw.problems) && raw.problems.length === 0)
    found.push({
      path: 'problems',
      message: 'got an empty list; ask for at least one problem, e.g. {"kind":"perforated","phase":"matrix"}',
    })
  if (wrongCell.length === 0) found.push(...validateProblems(raw.problems, raw.cell as CellSpec))
  if (found.length > 0) throw new InputError(found)
  return { cell: raw.cell as CellSpec, problems: raw.problems as CellProblemSpec[] }
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
