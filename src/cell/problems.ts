/** Validation of what is asked of a cell. */
import { describe, type Problem } from '../parameter.ts'
import type { CellSpec } from './cell.ts'
import { phasesOf } from './geometry.ts'

/** Largest ratio of coefficients that double precision leaves digits for. */
const LARGEST_CONTRAST = 1e8
/** Coefficients stay between this and its inverse, so that products of them stay finite. */
const SMALLEST = 1e-30

/** All problems of a list of cell problems, for the phases that `cell` has. */
export function validateProblems(input: unknown, cell: CellSpec): Problem[] {
  if (!Array.isArray(input))
    return [
      {
        path: 'problems',
        message: `got ${describe(input)}; must be a list such as [{"kind":"perforated","phase":"${cell.background}"}]`,
      },
    ]
  const phases = phasesOf(cell)
  return input.flatMap((p, k) => validateProblem(p, phases, `problems[${k}]`))
}

function validateProblem(input: unknown, phases: string[], path: string): Problem[] {
  if (typeof input !== 'object' || input === null)
    return [{ path, message: `got ${describe(input)}; must be an object with a kind` }]
  const p = input as Record<string, unknown>
  const unknown = (valid: string[]): Problem[] =>
    Object.keys(p)
      .filter((key) => !valid.includes(key))
      .map((key) => ({ path: `${path}.${key}`, message: `unknown field; valid are ${valid.join(', ')}` }))
  switch (p.kind) {
    case 'perforated': {
      const found = unknown(['kind', 'phase'])
      if (!phases.includes(p.phase as string))
        found.push({ path: `${path}.phase`, message: `got ${describe(p.phase)}; valid are ${phases.join(', ')}` })
      return found
    }
    case 'contrast': {
      const found = unknown(['kind', 'name', 'coefficients'])
      if (typeof p.name !== 'string' || p.name === '')
        found.push({ path: `${path}.name`, message: `got ${describe(p.name)}; must be a name such as "k"` })
      const coefficients = p.coefficients
      if (typeof coefficients !== 'object' || coefficients === null || Array.isArray(coefficients))
        return [
          ...found,
          {
            path: `${path}.coefficients`,
            message: `got ${describe(coefficients)}; must give one number per phase: ${phases.join(', ')}`,
          },
        ]
      const given = coefficients as Record<string, unknown>
      for (const phase of phases) {
        const k = given[phase]
        if (typeof k !== 'number' || !(k >= SMALLEST && k <= 1 / SMALLEST))
          found.push({
            path: `${path}.coefficients.${phase}`,
            message: `got ${describe(k)}; must be a positive number between 1e-30 and 1e30; a phase that does not conduct makes it a perforated problem`,
          })
      }
      const numbers = phases.map((phase) => given[phase] as number)
      const ratio = Math.max(...numbers) / Math.min(...numbers)
      if (found.length === 0 && ratio > LARGEST_CONTRAST)
        found.push({
          path: `${path}.coefficients`,
          message: `got a contrast of ${ratio.toExponential(1)}; must not exceed ${LARGEST_CONTRAST.toExponential(0)}; a phase that hardly conducts makes it a perforated problem`,
        })
      for (const phase of Object.keys(given))
        if (!phases.includes(phase))
          found.push({
            path: `${path}.coefficients.${phase}`,
            message: `unknown phase; valid are ${phases.join(', ')}`,
          })
      return found
    }
    case 'stokes': {
      const found = unknown(['kind', 'fluid'])
      if (!phases.includes(p.fluid as string))
        found.push({
          path: `${path}.fluid`,
          message: `got ${describe(p.fluid)}; must be the phase that flows: ${phases.join(', ')}`,
        })
      else if (phases.length === 1)
        found.push({
          path: `${path}.fluid`,
          message: `got ${describe(p.fluid)}, which fills the whole cell, so that nothing holds the flow back; add a shape of another phase, which is solid`,
        })
      return found
    }
    default:
      return [
        { path: `${path}.kind`, message: `got ${describe(p.kind)}; valid are "perforated", "contrast", "stokes"` },
      ]
  }
}
