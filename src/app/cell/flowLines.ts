/**
 * Flow lines of a velocity given at the nodes of a fitted cell mesh, linear on its simplices and periodic. Lines are
 * followed by the midpoint rule in steps of equal length; a line starts where no other is near and ends where it comes
 * too close to one (B. Jobard, W. Lefer 1997), so that they fill the fluid evenly.
 */
import type { CellMesh } from '../../cell/cell.ts'

export interface FlowLines {
  /** Component c of point k at [d*k + c], within the period. */
  points: Float32Array
  /** Speed over the largest of the nodes, by point. */
  speeds: Float32Array
  /** First point of every piece, and the end of the last: a line that leaves the period goes on as another piece. */
  starts: number[]
}

/** Slower than this part of the largest speed, a line ends. */
const SLOWEST = 0.015
/** Lines end where another is closer than this part of the separation. */
const CLOSEST = 0.55
/** Longest way in each direction, in periods. */
const LONGEST = 1.5
/** Lines shorter than this many separations are not kept. */
const SHORTEST = 1.5
const INSIDE = -1e-9

type Point = number[]

/** @param separation of the lines, in periods */
export function flowLines(mesh: CellMesh, velocity: Float32Array, separation: number): FlowLines {
  const { dimension: d, n } = mesh
  const field = new VelocityField(mesh, velocity)
  const taken = new Neighbourhood(d, separation)
  const step = 0.5 / n
  const lines: Point[][] = []
  if (field.top > 0)
    for (const seed of seeds(d, separation)) {
      if (taken.within(seed, separation) || field.speed(seed) < 2 * SLOWEST * field.top) continue
      const own = new Neighbourhood(d, separation)
      const back = trace(field, [taken, own], seed, -step, separation).reverse()
      const line = [...back, seed, ...trace(field, [taken, own], seed, step, separation)]
      if (line.length * step < SHORTEST * separation) continue
      line.forEach((p, k) => {
        if (k % 2 === 0) taken.add(p)
      })
      lines.push(line)
    }
  return packed(lines, field, d)
}

const remembered = new WeakMap<Float32Array, FlowLines>()

/** The flow lines of a computed velocity, as many as a picture of the cell holds; computed once. */
export function linesOf(mesh: CellMesh, velocity: Float32Array): FlowLines {
  const known = remembered.get(velocity) ?? flowLines(mesh, velocity, mesh.dimension === 2 ? 0.045 : 0.11)
  remembered.set(velocity, known)
  return known
}

/** Seeds a third of the separation apart, row by row with every other row shifted. */
function* seeds(d: number, separation: number): Generator<Point> {
  const m = Math.ceil((d === 2 ? 3 : 2) / separation)
  for (let k = 0; k < m ** d; k++) {
    const index = Array.from({ length: d }, (_, c) => Math.floor(k / m ** c) % m)
    yield index.map((i, c) => (i + (index[(c + 1) % d] % 2 ? 0.75 : 0.25)) / m)
  }
}

/**
 * Points after `seed`, in coordinates that do not wrap.
 * @param taken by other lines, and by the line itself further back than the separation
 */
function trace(
  field: VelocityField,
  [others, own]: [Neighbourhood, Neighbourhood],
  seed: Point,
  step: number,
  separation: number,
): Point[] {
  const line: Point[] = []
  const lag = Math.ceil(separation / Math.abs(step))
  let at = seed
  for (let length = 0; length < LONGEST; length += Math.abs(step)) {
    const slope = field.direction(at)
    const middle = slope && field.direction(at.map((x, c) => x + 0.5 * step * slope[c]))
    if (!middle) break
    at = at.map((x, c) => x + step * middle[c])
    if ([others, own].some((points) => points.within(at, CLOSEST * separation))) break
    line.push(at)
    if (line.length > lag) own.add(line[line.length - 1 - lag])
  }
  return line
}

/** Cut where they cross the border of the period; the crossing step belongs to both pieces. */
function packed(lines: readonly Point[][], field: VelocityField, d: number): FlowLines {
  const points: number[] = []
  const speeds: number[] = []
  const starts = [0]
  const push = (p: Point, origin: readonly number[]) => {
    points.push(...p.map((x, c) => x - origin[c]))
    speeds.push(field.speed(p) / field.top)
  }
  for (const line of lines) {
    let origin = line[0].map(Math.floor)
    line.forEach((p, k) => {
      push(p, origin)
      const next = p.map(Math.floor)
      if (next.some((x, c) => x !== origin[c])) {
        starts.push(points.length / d)
        origin = next
        push(line[k - 1], origin)
        push(p, origin)
      }
    })
    starts.push(points.length / d)
  }
  return { points: Float32Array.from(points), speeds: Float32Array.from(speeds), starts }
}

/** A nodal velocity, interpolated. */
class VelocityField {
  readonly top: number
  private readonly mesh: CellMesh
  private readonly velocity: Float32Array
  private readonly paths: Point[][]
  private readonly neighbours: Point[]
  /** Of the loaded simplex: nodes, places from the point, weights. */
  private readonly nodes: Int32Array
  private readonly places: Float64Array
  private readonly weights: Float64Array

  constructor(mesh: CellMesh, velocity: Float32Array) {
    const d = mesh.dimension
    this.mesh = mesh
    this.velocity = velocity
    this.nodes = new Int32Array(d + 1)
    this.places = new Float64Array(d * (d + 1))
    this.weights = new Float64Array(d + 1)
    this.paths = permutations(d).map((order) => {
      const corner = Array(d).fill(0) as number[]
      const path = [corner.slice()]
      for (const axis of order) {
        corner[axis] = 1
        path.push(corner.slice())
      }
      return path
    })
    this.neighbours = Array.from({ length: 3 ** d }, (_, k) =>
      Array.from({ length: d }, (_, c) => (Math.floor(k / 3 ** c) % 3) - 1),
    ).sort((a, b) => Math.hypot(...a) - Math.hypot(...b))
    let top = 0
    for (let p = 0; p < velocity.length; p += d) top = Math.max(top, Math.hypot(...velocity.subarray(p, p + d)))
    this.top = top
  }

  speed(point: Point): number {
    return Math.hypot(...this.at(point))
  }

  /** Unit vector; undefined where the flow is too slow to have one. */
  direction(point: Point): Point | undefined {
    const v = this.at(point)
    const speed = Math.hypot(...v)
    return speed < SLOWEST * this.top ? undefined : v.map((x) => x / speed)
  }

  /** Nodes move by up to a mesh width, so the simplex of a point may belong to a neighbouring lattice cell. */
  private at(point: Point): Point {
    const { paths, nodes, weights, velocity } = this
    const { dimension: d, n, simplexPhase } = this.mesh
    const cell = point.map((x) => Math.floor(x * n))
    let best = Number.NEGATIVE_INFINITY
    const value: Point = Array(d).fill(0) as number[]
    for (const step of this.neighbours)
      for (let s = 0; s < paths.length; s++) {
        this.load(paths[s], cell, step, point)
        if (simplexPhase[paths.length * nodes[0] + s] === FLAT) continue
        this.weigh()
        const least = weights.reduce((low, w) => Math.min(low, w), 1)
        if (least <= best) continue
        best = least
        for (let c = 0; c < d; c++) {
          value[c] = 0
          for (let m = 0; m <= d; m++) value[c] += weights[m] * velocity[d * nodes[m] + c]
        }
        if (least >= INSIDE) return value
      }
    return value
  }

  /** Corner nodes of a simplex, and where they lie seen from the point. */
  private load(path: readonly Point[], cell: Point, step: Point, point: Point): void {
    const { dimension: d, n, displacement } = this.mesh
    for (let m = 0; m <= d; m++) {
      let node = 0
      for (let c = d - 1; c >= 0; c--) node = node * n + ((((cell[c] + step[c] + path[m][c]) % n) + n) % n)
      this.nodes[m] = node
      for (let c = 0; c < d; c++)
        this.places[d * m + c] = (cell[c] + step[c] + path[m][c]) / n + displacement[d * node + c] - point[c]
    }
  }

  /** Weights of the loaded corners at the point, now the origin: volumes with the point in place of a corner. */
  private weigh(): void {
    const { places: x, weights } = this
    if (this.mesh.dimension === 2) {
      const part = (a: number, b: number) => x[2 * a] * x[2 * b + 1] - x[2 * a + 1] * x[2 * b]
      weights.set([part(1, 2), part(2, 0), part(0, 1)])
    } else {
      const part = (a: number, b: number, c: number) =>
        x[3 * a] * (x[3 * b + 1] * x[3 * c + 2] - x[3 * b + 2] * x[3 * c + 1]) -
        x[3 * a + 1] * (x[3 * b] * x[3 * c + 2] - x[3 * b + 2] * x[3 * c]) +
        x[3 * a + 2] * (x[3 * b] * x[3 * c + 1] - x[3 * b + 1] * x[3 * c])
      weights.set([part(1, 2, 3), -part(0, 2, 3), part(0, 1, 3), -part(0, 1, 2)])
    }
    const whole = weights.reduce((sum, w) => sum + w, 0)
    for (let m = 0; m < weights.length; m++) weights[m] /= whole
  }
}

/** Simplex without volume. */
const FLAT = 255

/** In lexicographic order, that of the simplices of a lattice cell. */
function permutations(d: number): number[][] {
  const extend = (start: number[]): number[][] =>
    start.length === d
      ? [start]
      : Array.from({ length: d }, (_, c) => c)
          .filter((c) => !start.includes(c))
          .flatMap((c) => extend([...start, c]))
  return extend([])
}

/** Points on the torus, found by where they are. */
class Neighbourhood {
  private readonly side: number
  private readonly dimension: number
  private readonly boxes = new Map<number, Point[]>()

  /** @param reach largest distance asked for */
  constructor(dimension: number, reach: number) {
    this.dimension = dimension
    this.side = Math.max(1, Math.floor(1 / reach))
  }

  add(point: Point): void {
    const wrapped = point.map((x) => x - Math.floor(x))
    const key = this.key(wrapped.map((x) => Math.floor(x * this.side)))
    const box = this.boxes.get(key)
    if (box) box.push(wrapped)
    else this.boxes.set(key, [wrapped])
  }

  within(point: Point, distance: number): boolean {
    const at = point.map((x) => Math.floor((x - Math.floor(x)) * this.side))
    for (let k = 0; k < 3 ** this.dimension; k++) {
      const box = this.boxes.get(this.key(at.map((i, c) => i + (Math.floor(k / 3 ** c) % 3) - 1)))
      for (const other of box ?? []) {
        const gap = Math.hypot(...other.map((x, c) => x - point[c] - Math.round(x - point[c])))
        if (gap < distance) return true
      }
    }
    return false
  }

  private key(box: readonly number[]): number {
    return box.reduce((sum, i, c) => sum + ((i + this.side) % this.side) * this.side ** c, 0)
  }
}
