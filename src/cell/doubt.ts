/**
 * Where the mesh cannot follow the geometry: gaps and necks below its width, corners that are no node, slivers. A
 * simplex has one phase; points spread over it say what is there. Gaps too thin for such points are found on lattice
 * edges whose ends lie in one phase, at the point where the level sets of both ends meet,
 *
 *     g(0) + t g'(0)  =  g(1) - (1 - t) g'(1),
 *
 * or at nodes that the fit moved out of their phase until nothing was left of it around them.
 */
import { type FittedMesh, INTERFACE, type PhaseGeometry } from '../numerics/fit.ts'
import { CellGeometry, OMITTED } from '../numerics/simplex.ts'

export interface Doubt {
  /** The doubtful simplices, as indices into `simplexPhase`. */
  simplices: Int32Array
  /** Share of phase s in the k-th of them at [k * phases + s]. */
  shares: Float64Array
  /** Their volumes, and what points did not have to find: 0, CROSSED or CLOSED. */
  volumes: Float64Array
  gaps: Uint8Array
  /** Volume of another phase in a simplex that does not count. */
  tolerated: number
}

/** Another phase crosses an edge: a thin gap, or a corner. */
export const CROSSED = 1
/** A gap that the mesh has closed: a node lost its phase. */
export const CLOSED = 2

/** Points per edge of a simplex, less one: 15 points in a triangle, 10 in a tetrahedron. */
const ORDER = { 2: 4, 3: 2 } as const
/** Part of an undisplaced simplex that may lie beyond a curved interface: what two resolutions see anyway. */
const TOLERATED = { 2: 0.1, 3: 0.12 } as const
/** Slivers that add up to less than this part of the square of the mesh width are below the errors of second order. */
const NEGLIGIBLE = 0.02
/** How well the points know a share. */
export const SHARPNESS = 0.05
/** Level sets are no steeper than this. */
const STEEPEST = 3
/** Slopes that meet in a gap add up to at least this part of the steepest. */
const KINK = 0.25
/** Lengths of lattice edges by direction mask, in mesh widths. */
const LENGTHS = [0, 1, 1, 2, 1, 2, 2, 3].map(Math.sqrt)
/** Part of an edge over which a slope is taken. */
const STEP = 1e-3

/** Finds the doubtful simplices; undefined where there are none. Yields between slabs of work. */
export function* findDoubt(mesh: FittedMesh, geometry: PhaseGeometry): Generator<void, Doubt | undefined> {
  const search = new Search(mesh, geometry)
  for (let layer = 0; layer < mesh.lattice.layerCount; layer++) {
    search.visitHomes(layer)
    yield
  }
  search.findSqueezed()
  yield
  for (let layer = 0; layer < mesh.lattice.layerCount; layer++) {
    search.crossEdges(layer)
    yield
  }
  for (let layer = 0; layer < mesh.lattice.layerCount; layer++) {
    search.sample(layer)
    yield
  }
  return search.found()
}

class Search {
  private readonly mesh: FittedMesh
  private readonly geometry: PhaseGeometry
  private readonly cell: CellGeometry
  private readonly phases: number
  /** Barycentric coordinates of the points. */
  private readonly points: number[][]
  /** Phase of every node where it lies on the lattice, and the level set of that phase there. */
  private readonly home: Uint8Array
  private readonly level: Float64Array
  /** Phase met on an edge between nodes of another one, by node and direction. */
  private readonly crossed = new Map<number, number>()
  /** By node: the phase that was squeezed out around it, and one more; 0 for none. */
  private readonly squeezed: Uint8Array
  private readonly simplices: number[] = []
  private readonly shares: number[] = []
  private readonly volumes: number[] = []
  private readonly gaps: number[] = []
  /** Volume of what has another label. */
  private missed = 0
  private readonly tolerated: number

  constructor(mesh: FittedMesh, geometry: PhaseGeometry) {
    this.mesh = mesh
    this.geometry = geometry
    this.cell = new CellGeometry(mesh)
    this.phases = geometry.levelSets.length
    this.points = spread(geometry.dimension)
    this.home = mesh.nodePhase.slice()
    this.level = new Float64Array(this.home.length)
    this.squeezed = new Uint8Array(this.home.length)
    this.tolerated = TOLERATED[geometry.dimension] * this.cell.volume(0)
  }

  /** Where nodes of the interface were, and which of them lost their phase. */
  visitHomes(layer: number): void {
    const { mesh, geometry, home, level } = this
    const { lattice, nodePhase, spacing } = mesh
    const h = spacing[0]
    const flat = lattice.dimension === 2
    lattice.visitLayer(layer, (p, _, i, j, k) => {
      const z = flat ? 0 : k * h
      if (nodePhase[p] === INTERFACE) home[p] = geometry.phase(i * h, j * h, z)
      level[p] = geometry.levelSets[home[p]](i * h, j * h, z)
    })
  }

  /** Marks nodes of the interface around which nothing is left of the phase that they were in. */
  findSqueezed(): void {
    const { mesh, home, squeezed } = this
    const { lattice, nodePhase, simplexPhase } = mesh
    for (let p = 0; p < home.length; p++) if (nodePhase[p] === INTERFACE) squeezed[p] = home[p] + 1
    lattice.visitCells((cell, corners) => {
      for (let perm = 0; perm < lattice.simplexCount; perm++) {
        const label = simplexPhase[cell * lattice.simplexCount + perm]
        for (const mask of lattice.paths[perm]) if (squeezed[corners[mask]] === label + 1) squeezed[corners[mask]] = 0
      }
    })
  }

  /** Edges between nodes of one phase that another phase crosses. */
  crossEdges(layer: number): void {
    const { mesh, crossed, home, level } = this
    const { lattice, spacing } = mesh
    const flat = lattice.dimension === 2
    const h = spacing[0]
    lattice.visitLayer(layer, (p, corners, i, j, k) => {
      for (let direction = 0; direction < lattice.directionCount; direction++) {
        const mask = direction + 1
        const q = corners[mask]
        const length = h * LENGTHS[mask]
        if (home[q] !== home[p] || level[p] + level[q] < -STEEPEST * length) continue
        const met = this.between(p, q, mask, [i * h, j * h, flat ? 0 : k * h], length)
        if (met !== undefined) crossed.set(lattice.directionCount * p + direction, met)
      }
    })
  }

  /** The phase where the level sets of both ends of an edge meet, if it is another one. */
  private between(p: number, q: number, mask: number, [x, y, z]: number[], length: number): number | undefined {
    const { home, level, geometry, mesh } = this
    const h = mesh.spacing[0]
    const [dx, dy, dz] = [mask & 1 ? h : 0, mask & 2 ? h : 0, mask & 4 ? h : 0]
    const own = geometry.levelSets[home[p]]
    const at = (t: number) => own(x + t * dx, y + t * dy, z + t * dz)
    const rise = (at(STEP) - level[p]) / STEP
    if (!(rise > 0)) return undefined
    const fall = (at(1 - STEP) - level[q]) / STEP
    // A curved border that an edge grazes has no kink there.
    if (!(fall > 0 && rise + fall > KINK * STEEPEST * length)) return undefined
    const t = (level[q] + fall - level[p]) / (rise + fall)
    if (!(t > 0 && t < 1 && at(t) > 0)) return undefined
    const met = geometry.phase(x + t * dx, y + t * dy, z + t * dz)
    return met === home[p] ? undefined : met
  }

  /** Shares of the phases in the simplices at the interface and at crossed edges. */
  sample(layer: number): void {
    const { mesh, cell, phases } = this
    const { lattice, nodePhase, simplexPhase, spacing } = mesh
    const { simplexCount, dimension: d } = lattice
    const h = spacing[0]
    const shares = new Float64Array(phases)
    lattice.visitLayer(layer, (index, corners, i, j, k) => {
      let near = false
      for (let mask = 0; mask < 1 << d; mask++) near ||= nodePhase[corners[mask]] === INTERFACE
      if (!near && this.crossed.size === 0) return
      let loaded = false
      for (let perm = 0; perm < simplexCount; perm++) {
        const label = simplexPhase[index * simplexCount + perm]
        if (label === OMITTED) continue
        const met = this.metOn(corners, perm)
        const atInterface = near && lattice.paths[perm].some((mask) => nodePhase[corners[mask]] === INTERFACE)
        if (!atInterface && met === undefined) continue
        if (!loaded) cell.load(corners)
        loaded = true
        this.shareOut(shares, perm, i * h, j * h, d === 3 ? k * h : 0)
        if (met !== undefined && shares[met] === 0) {
          shares[met] = SHARPNESS
          shares[label] -= SHARPNESS
        }
        const volume = cell.volume(perm)
        if (met === undefined && (1 - shares[label]) * volume <= this.tolerated) continue
        this.simplices.push(index * simplexCount + perm)
        this.shares.push(...shares)
        this.volumes.push(volume)
        this.missed += (1 - shares[label]) * volume
        // Edges are crossed by corners as well; a phase that a node lost is a gap, and counts however thin it is.
        this.gaps.push(met === undefined ? 0 : this.losesPhase(corners, perm) ? CLOSED : CROSSED)
      }
    })
  }

  private losesPhase(corners: Int32Array, perm: number): boolean {
    return this.mesh.lattice.paths[perm].some((mask) => this.squeezed[corners[mask]] > 0)
  }

  private metOn(corners: Int32Array, perm: number): number | undefined {
    const { lattice } = this.mesh
    const path = lattice.paths[perm]
    for (const mask of path) if (this.squeezed[corners[mask]] > 0) return this.squeezed[corners[mask]] - 1
    if (this.crossed.size === 0) return undefined
    for (let a = 0; a < path.length; a++)
      for (let b = a + 1; b < path.length; b++) {
        const met = this.crossed.get(lattice.directionCount * corners[path[a]] + (path[a] ^ path[b]) - 1)
        if (met !== undefined) return met
      }
    return undefined
  }

  private shareOut(shares: Float64Array, perm: number, x: number, y: number, z: number): void {
    const { cell, geometry, points, mesh } = this
    const path = mesh.lattice.paths[perm]
    const d = cell.dimension
    shares.fill(0)
    const at = [x, y, z]
    for (const weights of points) {
      for (let c = 0; c < d; c++) {
        let sum = 0
        for (let m = 0; m <= d; m++) sum += weights[m] * cell.corners[d * path[m] + c]
        at[c] = (c === 0 ? x : c === 1 ? y : z) + sum
      }
      shares[geometry.phase(at[0], at[1], at[2])] += 1 / points.length
    }
  }

  found(): Doubt | undefined {
    const { spacing } = this.mesh
    if (!this.gaps.some((gap) => gap > 0) && this.missed < NEGLIGIBLE * spacing[0] ** 2) return undefined
    return {
      simplices: Int32Array.from(this.simplices),
      shares: Float64Array.from(this.shares),
      volumes: Float64Array.from(this.volumes),
      gaps: Uint8Array.from(this.gaps),
      tolerated: this.tolerated,
    }
  }
}

/** Barycentric coordinates of points spread evenly inside a simplex. */
function spread(d: 2 | 3): number[][] {
  const order = ORDER[d]
  const points: number[][] = []
  const fill = (head: number[], left: number) => {
    if (head.length === d) {
      points.push([...head, left].map((count) => (count + 1 / (d + 1)) / (order + 1)))
      return
    }
    for (let count = 0; count <= left; count++) fill([...head, count], left - count)
  }
  fill([], order)
  return points
}

/**
 * What the doubtful simplices hold more of each phase than their labels say, as fractions of the cell, and how much they
 * fill of it.
 */
export function misfit({ simplices, shares, volumes }: Doubt, mesh: FittedMesh, phases: number) {
  const excess = new Float64Array(phases)
  let volume = 0
  for (let k = 0; k < simplices.length; k++) {
    for (let s = 0; s < phases; s++) excess[s] += volumes[k] * shares[k * phases + s]
    excess[mesh.simplexPhase[simplices[k]]] -= volumes[k]
    volume += volumes[k]
  }
  return { excess, volume }
}
