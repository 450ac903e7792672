/**
 * Where a cell problem lives: the union of the phases that conduct, or flow. Nothing leaves it, so what is inside the
 * other phases does not matter, and neither do borders between phases of the union for whether it is connected.
 * A region of several phases is one phase of a cell of two: merged labels, pieces, volumes and level sets.
 */
import { type FittedMesh, INTERFACE } from '../numerics/fit.ts'
import type { LevelSet } from '../numerics/levelSet.ts'
import { OMITTED } from '../numerics/simplex.ts'
import type { CellSpec } from './cell.ts'
import { type Connectivity, connect } from './connectivity.ts'
import { geometryOf, phasesOf } from './geometry.ts'

export interface Region {
  /** With the phases of the region merged, and those outside it. */
  mesh: FittedMesh
  connectivity: Connectivity
  /** Control volumes by phase of this mesh. */
  volumes: readonly Float64Array[]
  /** Phase of this mesh that the problem lives in. */
  phase: number
  /** Whether the labels differ from those of the cell. */
  merged: boolean
}

const INSIDE = 0
const OUTSIDE = 1

/**
 * The region of the phases with a coefficient above 0; undefined where that is all of them. Yields between slabs of work.
 * @param coefficients by phase
 */
export function* regionOf(
  mesh: FittedMesh,
  connectivity: Connectivity,
  volumes: readonly Float64Array[],
  coefficients: readonly number[],
): Generator<void, Region | undefined> {
  const inside = coefficients.flatMap((k, s) => (k > 0 ? [s] : []))
  if (inside.length === coefficients.length && inside.length > 1) return undefined
  if (inside.length === 1) return { mesh, connectivity, volumes, phase: inside[0], merged: false }
  const label = Uint8Array.from({ length: 256 }, (_, s) =>
    s === OMITTED ? OMITTED : coefficients[s] > 0 ? INSIDE : OUTSIDE,
  )
  const sums = [INSIDE, OUTSIDE].map((of) => {
    const parts = volumes.filter((_, s) => label[s] === of)
    return Float64Array.from(mesh.nodePhase, (_, p) => parts.reduce((sum, v) => sum + v[p], 0))
  })
  const merged: FittedMesh = {
    ...mesh,
    simplexPhase: mesh.simplexPhase.map((s) => label[s]),
    nodePhase: mesh.nodePhase.map((s, p) =>
      s !== INTERFACE ? label[s] : sums[OUTSIDE][p] === 0 ? INSIDE : sums[INSIDE][p] === 0 ? OUTSIDE : INTERFACE,
    ),
  }
  return {
    mesh: merged,
    connectivity: yield* connect(merged, merged.simplexPhase, 2),
    volumes: sums,
    phase: INSIDE,
    merged: true,
  }
}

const MERGED = ['inside', 'outside'] as const

/**
 * The cell with the phases of a region merged into one and those outside it into another. Shapes that overwrite only
 * their own kind are left out: they change nothing, and their outlines would be taken for interfaces.
 */
export function mergedSpec(spec: CellSpec, coefficients: readonly number[]): CellSpec {
  const names = phasesOf(spec)
  const kind = (name: string) => MERGED[coefficients[names.indexOf(name)] > 0 ? INSIDE : OUTSIDE]
  const background = kind(spec.background)
  const shapes = spec.shapes.map((s) => ({ ...s, phase: kind(s.phase) }))
  const first = shapes.findIndex((s) => s.phase !== background)
  return { ...spec, background, shapes: first < 0 ? [] : shapes.slice(first) }
}

/** Level sets of the two phases of a merged cell. */
export function mergedLevelSets(spec: CellSpec): LevelSet[] {
  const names = phasesOf(spec)
  const { levelSets } = geometryOf(spec)
  return MERGED.map((name) => (names.includes(name) ? levelSets[names.indexOf(name)] : () => Number.POSITIVE_INFINITY))
}
