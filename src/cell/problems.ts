/** Validation of what is asked of a cell. */
import { beyond, LIMITS } from '../limits.ts'
import { describe, fieldPath, type Problem } from '../parameter.ts'
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
  const many = beyond(LIMITS.problems, input.length)
  if (many) return [{ path: 'problems', message: many }]
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
      .map((key) => ({ path: fieldPath(path, key), message: `unknown field; valid are ${valid.join(', ')}` }))
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
        if (typeof k !== 'number' || !(k === 0 || (k >= SMALLEST && k <= 1 / SMALLEST)))
          found.push({
            path: `${path}.coefficients.${phase}`,
            message: `got ${describe(k)}; must be a number between 1e-30 and 1e30, or 0 for a phase that does not conduct`,
          })
      }
      const conducting = phases.map((phase) => given[phase]).filter((k) => typeof k === 'number' && k !== 0) as number[]
      const ratio = Math.max(...conducting) / Math.min(...conducting)
      if (found.length === 0 && conducting.length === 0)
        found.push({
          path: `${path}.coefficients`,
          message: 'got 0 for every phase; at least one must conduct; try 1 for one of them',
        })
      if (found.length === 0 && ratio > LARGEST_CONTRAST)
        found.push({
          path: `${path}.coefficients`,
          message: `got a contrast of ${ratio.toExponential(1)}; must not exceed ${LARGEST_CONTRAST.toExponential(0)} among the phases that conduct; try 0 for a phase that hardly conducts`,
        })
      for (const phase of Object.keys(given))
        if (!phases.includes(phase))
          found.push({
            path: fieldPath(`${path}.coefficients`, phase),
            message: `unknown phase; valid are ${phases.join(', ')}`,
          })
      return found
    }
    case 'stokes': {
      const found = unknown(['kind', 'fluid', 'also'])
      const also: unknown = p.also ?? []
      if (!Array.isArray(also) || also.some((name) => !phases.includes(name as string)))
        found.push({
          path: `${path}.also`,
          message: `got ${Array.isArray(also) ? also.map(describe).join(', ') : describe(also)}; must be a list of further phases that let the fluid through: ${phases.join(', ')}`,
        })
      if (!phases.includes(p.fluid as string))
        found.push({
          path: `${path}.fluid`,
          message: `got ${describe(p.fluid)}; must be the phase that flows: ${phases.join(', ')}`,
        })
      else if (Array.isArray(also) && phases.every((name) => name === p.fluid || also.includes(name)))
        found.push({
          path: `${path}.fluid`,
          message: `got ${[p.fluid, ...also].map(describe).join(', ')}, which fills the whole cell, so that nothing holds the flow back; add a shape of another phase, which is solid`,
        })
      return found
    }
    default:
      return [
        { path: `${path}.kind`, message: `got ${describe(p.kind)}; valid are "perforated", "contrast", "stokes"` },
      ]
  }
}
