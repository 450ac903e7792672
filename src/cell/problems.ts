/** Validation of what is asked of a cell. */
import { t } from '../language/language.ts'
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
    return [{ path, message: t('got {got}; must be an object with a kind', { got: describe(input) }) }]
  const p = input as Record<string, unknown>
  const unknown = (valid: string[]): Problem[] =>
    Object.keys(p)
      .filter((key) => !valid.includes(key))
      .map((key) => ({
        path: fieldPath(path, key),
        message: t('unknown field; valid are {valid}', { valid: valid.join(', ') }),
      }))
  switch (p.kind) {
    case 'perforated': {
      const found = unknown(['kind', 'phase'])
      if (!phases.includes(p.phase as string))
        found.push({
          path: `${path}.phase`,
          message: t('got {got}; valid are {valid}', { got: describe(p.phase), valid: phases.join(', ') }),
        })
      return found
    }
    case 'contrast':
      return [...unknown(['kind', 'name', 'coefficients']), ...contrastProblems(p, phases, path)]
    case 'stokes': {
      const found = unknown(['kind', 'fluid', 'also'])
      const also: unknown = p.also ?? []
      if (!Array.isArray(also) || also.some((name) => !phases.includes(name as string)))
        found.push({
          path: `${path}.also`,
          message: t('got {got}; must be a list of further phases that let the fluid through: {phases}', {
            got: Array.isArray(also) ? also.map(describe).join(', ') : describe(also),
            phases: phases.join(', '),
          }),
        })
      if (!phases.includes(p.fluid as string))
        found.push({
          path: `${path}.fluid`,
          message: t('got {got}; must be the phase that flows: {phases}', {
            got: describe(p.fluid),
            phases: phases.join(', '),
          }),
        })
      else if (Array.isArray(also) && phases.every((name) => name === p.fluid || also.includes(name)))
        found.push({
          path: `${path}.fluid`,
          message: t(
            'got {got}, which fills the whole cell, so that nothing holds the flow back; add a shape of another phase, which is solid',
            { got: [p.fluid, ...also].map(describe).join(', ') },
          ),
        })
      return found
    }
    default:
      return [
        {
          path: `${path}.kind`,
          message: t('got {got}; valid are "perforated", "contrast", "stokes"', { got: describe(p.kind) }),
        },
      ]
  }
}

function contrastProblems(p: Record<string, unknown>, phases: string[], path: string): Problem[] {
  const found: Problem[] = []
  if (typeof p.name !== 'string' || p.name === '')
    found.push({
      path: `${path}.name`,
      message: t('got {got}; must be a name such as "k"', { got: describe(p.name) }),
    })
  const coefficients = p.coefficients
  if (typeof coefficients !== 'object' || coefficients === null || Array.isArray(coefficients))
    return [
      ...found,
      {
        path: `${path}.coefficients`,
        message: t('got {got}; must give one number per phase: {phases}', {
          got: describe(coefficients),
          phases: phases.join(', '),
        }),
      },
    ]
  const given = coefficients as Record<string, unknown>
  for (const phase of phases) {
    const k = given[phase]
    if (typeof k !== 'number' || !(k === 0 || (k >= SMALLEST && k <= 1 / SMALLEST)))
      found.push({
        path: `${path}.coefficients.${phase}`,
        message: t('got {got}; must be a number between 1e-30 and 1e30, or 0 for a phase that does not conduct', {
          got: describe(k),
        }),
      })
  }
  const conducting = phases.map((phase) => given[phase]).filter((k) => typeof k === 'number' && k !== 0) as number[]
  const ratio = Math.max(...conducting) / Math.min(...conducting)
  if (found.length === 0 && conducting.length === 0)
    found.push({
      path: `${path}.coefficients`,
      message: t('got 0 for every phase; at least one must conduct; try 1 for one of them'),
    })
  if (found.length === 0 && ratio > LARGEST_CONTRAST)
    found.push({
      path: `${path}.coefficients`,
      message: t(
        'got a contrast of {ratio}; must not exceed {most} among the phases that conduct; try 0 for a phase that hardly conducts',
        { ratio: ratio.toExponential(1), most: LARGEST_CONTRAST.toExponential(0) },
      ),
    })
  for (const phase of Object.keys(given))
    if (!phases.includes(phase))
      found.push({
        path: fieldPath(`${path}.coefficients`, phase),
        message: t('unknown phase; valid are {valid}', { valid: phases.join(', ') }),
      })
  return found
}
