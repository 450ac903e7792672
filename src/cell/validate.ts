/** Everything that can be wrong with a reference cell before it is meshed, as sentences. */
import { t } from '../language/language.ts'
import { beyond, LIMITS } from '../limits.ts'
import { checkValue, describe, fieldPath, type NumberParameter, type Problem } from '../parameter.ts'
import type { ShapeSpec } from './cell.ts'
import { shapeNamed, shapes } from './shapes/index.ts'
import { validateShape } from './shapes/shape.ts'

/** Smallest and largest number of lattice nodes per axis. */
const RESOLUTION_LIMITS = { 2: { min: 8, max: 512 }, 3: { min: 8, max: 96 } } as const

/** Allowed resolutions m 2^k, k >= 1, m in {1, 3, 5}: multigrid halves them down to a handful of nodes. */
export function allowedResolutions(dimension: 2 | 3): number[] {
  const { min, max } = RESOLUTION_LIMITS[dimension]
  const list: number[] = []
  for (const odd of [1, 3, 5]) for (let n = 2 * odd; n <= max; n *= 2) if (n >= min) list.push(n)
  return list.sort((a, b) => a - b)
}

/** The schema of a resolution: nodes of the lattice per axis. */
export function resolutionParameter(dimension: 2 | 3): NumberParameter {
  const { min, max } = RESOLUTION_LIMITS[dimension]
  return {
    kind: 'number',
    name: 'resolution',
    label: 'Mesh of the cell, nodes per axis',
    symbol: 'n',
    group: 'Cell',
    unit: '1',
    factor: 1,
    value: dimension === 2 ? 64 : 32,
    min,
    max,
    allowed: {
      values: allowedResolutions(dimension),
      words: `1, 3 or 5 times a power of two, from ${min} to ${max} in ${dimension}D`,
    },
    slider: { min, max: dimension === 2 ? 256 : 64 },
    scale: 'log',
    source: 'Multigrid halves the mesh down to a handful of nodes',
  }
}

/**
 * All problems of a cell specification.
 * @param path prefix of the problems' paths
 * @param extraKeys further keys the caller keeps in the same object
 */
export function validateCell(spec: unknown, path = 'cell', extraKeys: readonly string[] = []): Problem[] {
  if (!isRecord(spec))
    return [
      {
        path,
        message: t('got {got}; must be an object with dimension, background, resolution and shapes', {
          got: describe(spec),
        }),
      },
    ]
  const problems: Problem[] = []
  const keys = ['dimension', 'background', 'shapes', 'resolution', ...extraKeys]
  for (const key of Object.keys(spec))
    if (!keys.includes(key))
      problems.push({
        path: fieldPath(path, key),
        message: t('unknown field; valid are {valid}', { valid: keys.join(', ') }),
      })
  const known = spec.dimension === 2 || spec.dimension === 3 ? spec.dimension : undefined
  if (known === undefined)
    problems.push({
      path: `${path}.dimension`,
      message: t('got {got}; must be 2 or 3', { got: describe(spec.dimension) }),
    })
  problems.push(...nameProblems(spec.background, `${path}.background`))
  if (known !== undefined) problems.push(...resolutionProblems(spec.resolution, known, `${path}.resolution`))
  if (!Array.isArray(spec.shapes))
    problems.push({
      path: `${path}.shapes`,
      message: t('got {got}; must be a list of shapes, [] for a cell of one phase', { got: describe(spec.shapes) }),
    })
  else {
    const crowd = crowdProblems(spec.shapes, `${path}.shapes`)
    problems.push(...crowd)
    if (crowd.length === 0)
      spec.shapes.forEach((shape: unknown, k) => {
        problems.push(...shapeProblems(shape, known, `${path}.shapes[${k}]`))
      })
  }
  return problems
}

/** More shapes, corners or phases than a cell may have. */
function crowdProblems(list: readonly unknown[], path: string): Problem[] {
  const shapesThere = list.filter(isRecord)
  const corners = shapesThere.map(({ vertices }) => (Array.isArray(vertices) ? vertices.length : 0))
  const phases = new Set(shapesThere.map(({ phase }) => phase))
  const found = [
    { path, message: beyond(LIMITS.shapes, list.length) },
    { path, message: beyond(LIMITS.phases, phases.size + 1) },
    ...corners.map((count, k) => ({ path: `${path}[${k}].vertices`, message: beyond(LIMITS.corners, count) })),
    {
      path,
      message: beyond(
        LIMITS.allCorners,
        corners.reduce((sum, count) => sum + count, 0),
      ),
    },
  ]
  return found.flatMap(({ path: at, message }) => (message ? [{ path: at, message }] : []))
}

function shapeProblems(shape: unknown, dimension: 2 | 3 | undefined, path: string): Problem[] {
  if (!isRecord(shape))
    return [{ path, message: t('got {got}; must be an object with shape and phase', { got: describe(shape) }) }]
  const problems = nameProblems(shape.phase, `${path}.phase`)
  if (!shapes.some((s) => s.name === shape.shape))
    problems.push({
      path: `${path}.shape`,
      message: t('got {got}; valid are {valid}', {
        got: describe(shape.shape),
        valid: shapes.map((s) => `"${s.name}"`).join(', '),
      }),
    })
  else if (dimension !== undefined)
    problems.push(...validateShape(shapeNamed(shape.shape as string), shape as ShapeSpec, dimension, path))
  return problems
}

function nameProblems(name: unknown, path: string): Problem[] {
  // Results are kept by the names of phases, and these an object has from the beginning.
  const taken = typeof name === 'string' && name in Object.prototype
  if (typeof name === 'string' && !taken && /^[\p{L}][\p{L}\p{N} _-]{0,39}$/u.test(name)) return []
  return [
    {
      path,
      message: t(
        'got {got}{what}; must be the name of a phase: a letter, then letters, digits, spaces, _ or -, at most 40; try "extracellular"',
        { got: describe(name), what: taken ? t(', which is a word of the program') : '' },
      ),
    },
  ]
}

function resolutionProblems(value: unknown, dimension: 2 | 3, path: string): Problem[] {
  const message = checkValue(resolutionParameter(dimension), value)
  return message ? [{ path, message }] : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
