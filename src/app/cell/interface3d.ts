/** The interface of a 3D cell as triangles: faces between simplices of different phases. */
import type { CellMesh } from '../../cell/cell.ts'

/** Paths of corners of the six simplices of a lattice cube, in the order of the mesh: lexicographic permutations of the axes. */
const PATHS: readonly (readonly (readonly [number, number, number])[])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
].map((permutation) => {
  const at: [number, number, number] = [0, 0, 0]
  return [[0, 0, 0] as [number, number, number]].concat(
    permutation.map((axis) => {
      at[axis] = 1
      return [...at] as [number, number, number]
    }),
  )
})

const FACES = [
  [1, 2, 3],
  [0, 2, 3],
  [0, 1, 3],
  [0, 1, 2],
] as const

const ON_INTERFACE = 254
const FLAT = 255

export interface Surface {
  positions: Float32Array
  normals: Float32Array
  /** Phase whose boundary each triangle is, for its colour: the larger index of the two. */
  phases: Uint8Array
}

/**
 * Faces whose three nodes lie on an interface are the candidates. Seen from the simplices of one phase, a face inside
 * that phase comes up twice and drops out; what is left is its boundary, wound so that its normal leaves the phase.
 */
export function interfaceOf(mesh: CellMesh): Surface {
  const { n, simplexPhase, nodePhase, displacement } = mesh
  const faces = new Map<string, Face>()
  const wrap = (c: Corner) => (c[0] % n) + n * ((c[1] % n) + n * (c[2] % n))
  const place = (c: Corner): Corner => {
    const p = 3 * wrap(c)
    return [c[0] / n + displacement[p], c[1] / n + displacement[p + 1], c[2] / n + displacement[p + 2]]
  }
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++)
      for (let i = 0; i < n; i++) {
        const cube = i + n * (j + n * k)
        for (let s = 0; s < 6; s++) {
          const phase = simplexPhase[6 * cube + s]
          if (phase === 0 || phase === FLAT) continue
          const corners = PATHS[s].map(([a, b, c]): Corner => [i + a, j + b, k + c])
          const nodes = corners.map(wrap)
          FACES.forEach((face, opposite) => {
            if (face.some((f) => nodePhase[nodes[f]] !== ON_INTERFACE)) return
            const sorted = face.map((f) => nodes[f]).sort((a, b) => a - b)
            const key = `${phase}:${sorted.join()}`
            if (faces.delete(key)) return
            const points = face.map((f) => place(corners[f]))
            if (along(cross(points), points[0], place(corners[opposite])) > 0) points.reverse()
            faces.set(key, { points, phase })
          })
        }
      }
  return smooth([...faces.values()])
}

type Corner = [number, number, number]

interface Face {
  points: Corner[]
  phase: number
}

/** Normals averaged over the faces at a point, unless they meet at an edge that is meant to be sharp. */
function smooth(faces: Face[]): Surface {
  const positions = new Float32Array(faces.length * 9)
  const normals = new Float32Array(faces.length * 9)
  const phases = new Uint8Array(faces.length)
  const own = faces.map((face) => cross(face.points))
  const sums = new Map<string, Corner[]>()
  const key = (p: Corner) => p.map((x) => Math.round((x - Math.floor(x)) * 1e6) % 1e6).join()
  faces.forEach(({ points }, f) => {
    for (const p of points) {
      const list = sums.get(key(p))
      if (list) list.push(own[f])
      else sums.set(key(p), [own[f]])
    }
  })
  faces.forEach(({ points, phase }, f) => {
    phases[f] = phase
    points.forEach((p, v) => {
      positions.set(p, 9 * f + 3 * v)
      const sum: Corner = [0, 0, 0]
      for (const other of sums.get(key(p)) ?? [])
        if (cosine(other, own[f]) > SHARP) for (let c = 0; c < 3; c++) sum[c] += other[c]
      const length = Math.hypot(...sum) || 1
      for (let c = 0; c < 3; c++) normals[9 * f + 3 * v + c] = sum[c] / length
    })
  })
  return { positions, normals, phases }
}

const SHARP = 0.6

function cosine(a: Corner, b: Corner): number {
  return (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (Math.hypot(...a) * Math.hypot(...b) || 1)
}

/** How far q lies from p along a direction. */
function along(direction: Corner, p: Corner, q: Corner): number {
  return direction[0] * (q[0] - p[0]) + direction[1] * (q[1] - p[1]) + direction[2] * (q[2] - p[2])
}

function cross(points: Corner[]): Corner {
  const [a, b, c] = points as [Corner, Corner, Corner]
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as Corner
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as Corner
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
}
