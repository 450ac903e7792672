/**
 * From shapes to phases. Later shapes overwrite earlier ones, so with phi the level set of a shape of phase s
 *
 *     g_s <- min(g_s, phi)        g_t <- max(g_t, -phi)  for every other phase t
 *
 * starting from -infinity for the background and +infinity for the rest. Phase index 0 is the background, the
 * others follow in the order of their first shape.
 */
import type { PhaseGeometry } from '../numerics/fit.ts'
import type { LevelSet } from '../numerics/levelSet.ts'
import type { CellSpec } from './cell.ts'
import { interfaceCorners } from './corners.ts'
import { shapeNamed } from './shapes/index.ts'

/** Names of the phases of a cell; the index is the phase label everywhere. */
export function phasesOf(spec: CellSpec): string[] {
  return [...new Set([spec.background, ...spec.shapes.map((s) => s.phase)])]
}

/** Phase index of a point (z ignored in 2D). @throws RangeError for an unknown shape */
export function phaseAt(spec: CellSpec): (x: number, y: number, z?: number) => number {
  const names = phasesOf(spec)
  const levels = levelsOf(spec)
  const phases = spec.shapes.map((s) => names.indexOf(s.phase))
  return (x, y, z = 0) => {
    for (let k = levels.length - 1; k >= 0; k--) if (levels[k](x, y, z) < 0) return phases[k]
    return 0
  }
}

/** Everything the mesh fit needs of a valid spec. */
export function geometryOf(spec: CellSpec): PhaseGeometry {
  const names = phasesOf(spec)
  const levels = levelsOf(spec)
  const levelSets = names.map((name, s) =>
    compose(
      s === 0 ? -Infinity : Infinity,
      spec.shapes.map((shape, k) => ({ level: levels[k], own: shape.phase === name })),
    ),
  )
  const phase = phaseAt(spec)
  return { dimension: spec.dimension, phase, levelSets, corners: interfaceCorners(spec, phase, levelSets) }
}

function levelsOf(spec: CellSpec): LevelSet[] {
  return spec.shapes.map((s) => shapeNamed(s.shape).levelSet(s, spec.dimension))
}

function compose(start: number, parts: readonly { level: LevelSet; own: boolean }[]): LevelSet {
  if (parts.length === 1) {
    const { level, own } = parts[0]
    if (own) return start === Infinity ? level : () => -Infinity
    return start === Infinity ? () => Infinity : (x, y, z) => -level(x, y, z)
  }
  return (x, y, z) => {
    let value = start
    for (let k = 0; k < parts.length; k++) {
      const phi = parts[k].level(x, y, z)
      value = parts[k].own ? Math.min(value, phi) : Math.max(value, -phi)
    }
    return value
  }
}
