/** Shapes that fall between the nodes of a mesh: they are drawn, and nothing of them is computed. */
import { t } from '../language/language.ts'
import { type FittedMesh, fitMesh } from '../numerics/fit.ts'
import { OMITTED } from '../numerics/simplex.ts'
import { present } from '../present.ts'
import type { CellSpec, UnseenShape } from './cell.ts'
import { geometryOf, phasesOf } from './geometry.ts'
import { shapeNamed } from './shapes/index.ts'
import { allowedResolutions } from './validate.ts'

/** Lengths of shapes, by the names of their parameters. */
const LENGTHS = ['radius', 'radii', 'size', 'width', 'thickness']

/** Nodes of the largest mesh that is tried out. */
const MOST_TRIED = 512 ** 2

/** Shapes that own no element of the mesh, but some of a finer one. */
export function* unseenShapes(spec: CellSpec, mesh: FittedMesh): Generator<void, UnseenShape[]> {
  const found: UnseenShape[] = []
  let hidden = yield* without(spec, [...spec.shapes.keys()], mesh)
  for (const n of allowedResolutions(spec.dimension)) {
    if (hidden.length === 0) break
    if (n <= spec.resolution || n ** spec.dimension > MOST_TRIED) continue
    const left = yield* without(spec, hidden, yield* fitMesh(n, geometryOf(spec)))
    for (const shape of hidden) if (!left.includes(shape)) found.push({ shape, shownAt: n })
    hidden = left
  }
  return found.sort((a, b) => a.shape - b.shape)
}

/** Which of the shapes own no middle of an element. */
function* without(
  spec: CellSpec,
  shapes: readonly number[],
  { lattice, displacement, spacing, simplexPhase }: FittedMesh,
): Generator<void, number[]> {
  const levels = spec.shapes.map((s) => shapeNamed(s.shape).levelSet(s, spec.dimension))
  const names = phasesOf(spec)
  const label = spec.shapes.map((s) => names.indexOf(s.phase))
  const left = new Set(shapes)
  const d = lattice.dimension
  const middle = new Float64Array(3)
  const look = (cell: number, nodes: Int32Array, ...at: number[]) => {
    for (let perm = 0; perm < lattice.simplexCount; perm++) {
      if (simplexPhase[cell * lattice.simplexCount + perm] === OMITTED) continue
      middle.fill(0)
      for (const mask of lattice.paths[perm])
        for (let k = 0; k < d; k++)
          middle[k] += ((at[k] + ((mask >> k) & 1)) * spacing[k] + displacement[d * nodes[mask] + k]) / (d + 1)
      const owner = levels.findLastIndex((level) => level(middle[0], middle[1], middle[2]) < 0)
      // An element may have its middle in a shape that the mesh does not follow.
      if (label[owner] === simplexPhase[cell * lattice.simplexCount + perm]) left.delete(owner)
    }
  }
  for (let layer = 0; layer < lattice.layerCount && left.size > 0; layer++) {
    lattice.visitLayer(layer, look)
    yield
  }
  return [...left]
}

/** In a sentence, and what shows it. @param nodes of the mesh, per axis */
export function unseenWords({ shapes }: Pick<CellSpec, 'shapes'>, { shape, shownAt }: UnseenShape, nodes: number) {
  const own = present(shapes[shape], 'the shape')
  const lengths = LENGTHS.flatMap((name) =>
    own[name] === undefined ? [] : [`${name} ${[own[name]].flat().join(', ')}`],
  )
  return {
    message: t(
      'Shape {number} ({shape} of the phase {phase}, {size}) is smaller than the mesh of {nodes} nodes per axis: nothing of it is computed.',
      { number: shape + 1, shape: own.shape, phase: own.phase, size: lengths.join(', '), nodes },
    ),
    advice: [t('take a resolution of {shownAt}', { shownAt }), t('make the shape larger, or take it out')],
  }
}
