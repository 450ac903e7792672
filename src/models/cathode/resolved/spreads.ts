/**
 * Particles that differ: one number for each kind of particles in each cell, from the generator of the homogenized cell, so
 * that they depend on the cell and the seed and not on the mesh.
 */
import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import { normals } from '../homogenized/random.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { type CathodeTiling, cellAt } from './tiling.ts'

/** Of one material: shift of the voltage at every node [RT/F], and factor of the area. */
export interface Spread {
  shift: Float64Array
  area: Float64Array
}

export function differ({ noise, size_spread }: CathodeValues): boolean {
  return noise !== 0 || size_spread !== 0
}

/**
 * @param kindOf of each material, kind at every node
 * @param kinds how many there are
 */
export function drawSpreads(
  v: CathodeValues,
  tiling: CathodeTiling,
  kindOf: readonly Int32Array[],
  kinds: number,
): Spread[] {
  const { cells, repeat, position } = tiling
  const random = normals(v.seed)
  const count = cells * repeat[1]
  const draws = Array.from({ length: kinds }, () => ({
    shift: Float64Array.from({ length: count }, () => v.noise * random()),
    area: Float64Array.from({ length: count }, () => Math.exp(v.size_spread * random())),
  }))
  return kindOf.map((kind) => {
    const at = (of: (draw: Spread) => Float64Array) =>
      Float64Array.from(kind, (k, p) => of(draws[k])[cellAt(tiling, position[3 * p], position[3 * p + 1])])
    return { shift: at(({ shift }) => shift), area: at(({ area }) => area) }
  })
}

/** A particle in two cells would have two numbers. */
export function spreadProblems(v: CathodeValues, { active, counts, resolution }: CathodeTiling): Problem[] {
  const onFace = (p: number) =>
    (p % counts[0]) % resolution === 0 || (Math.floor(p / counts[0]) % counts[1]) % resolution === 0
  if (!differ(v) || !active.some((volume, p) => volume > 0 && onFace(p))) return []
  return [
    {
      path: 'parameters.noise',
      message: t(
        'got a spread of {noise} RT/F in the voltages and {size_spread} in the areas, and particles that reach over the side of their cell, where the next one has other numbers; keep them inside of the cell, or set noise and size_spread to 0',
        { noise: v.noise, size_spread: v.size_spread },
      ),
    },
  ]
}
