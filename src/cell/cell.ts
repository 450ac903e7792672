/**
 * The reference cell Y = (0,1)^d, periodic, dimensionless: what is asked of it and what comes back.
 * Phases are unions of shapes; later shapes overwrite earlier ones; everything else is the background phase.
 */

import { present } from '../present.ts'

export interface ShapeSpec {
  /** Name in the shape registry: ball, ellipsoid, box, bar, layer, polygon, gyroid. */
  shape: string
  phase: string
  [parameter: string]: unknown
}

export interface CellSpec {
  dimension: 2 | 3
  background: string
  shapes: ShapeSpec[]
  /** Lattice nodes per axis. */
  resolution: number
}

/**
 * `contrast`: a coefficient for every phase; a phase of coefficient 0 does not conduct, and nothing flows through its
 * boundary. `stokes`: phases in `also` let the fluid through as if they were it.
 */
export type CellProblemSpec =
  | { kind: 'perforated'; phase: string }
  | { kind: 'contrast'; name: string; coefficients: Record<string, number> }
  | { kind: 'stokes'; fluid: string; also?: readonly string[] }

/** d x d, row major nested. */
export type Tensor = number[][]

/** The interface-fitted mesh with the topology of a lattice (see numerics/mesh.ts). All arrays transfer. */
export interface CellMesh {
  dimension: 2 | 3
  /** Nodes per axis; node (i,j,k) has index i + n*(j + n*k). */
  n: number
  /** Node displacements from the lattice position (i/n, j/n, k/n), component c of node p at [d*p + c]. */
  displacement: Float64Array
  /** Phase index (into `phases`) of simplex s of lattice cell p at [p*d! + s]; simplices in the order of the Kuhn permutations. 255 = flat, left out. */
  simplexPhase: Uint8Array
  /** Phase index of a node, 254 where it lies on an interface. */
  nodePhase: Uint8Array
  /** Piece of every simplex among those of its phase, where a phase has several; -1 where left out. */
  simplexPiece?: Int32Array
  phases: string[]
}

export interface PhaseResult {
  fraction: number
  percolates: boolean[]
  /** Per axis: the mesh does not decide whether the phase percolates: a gap or a wall is below the mesh width. */
  unresolved: boolean[]
  /** Number of connected pieces on the torus. */
  components: number
  /** Where there are several, in the order of their first simplices. */
  pieces?: readonly Piece[]
  /** Of each of them: its interface with the other phases, per period, by their names. */
  contacts?: readonly Readonly<Record<string, number>>[]
}

/** A connected piece of a phase. */
export interface Piece {
  /** Of the cell. */
  fraction: number
  /** Interface with the other phases, per period. */
  area: number
  /** Axes along which it is joined to its copies in the next periods. */
  percolates: readonly boolean[]
}

/**
 * Values people compare a tensor with; undefined where a bound does not apply. Each is a scalar on the diagonal.
 * Nothing of the kind holds for a permeability: reuss is 0 and voigt Infinity there.
 */
export interface Bounds {
  /** Voigt (arithmetic) and Reuss (harmonic) bounds on every eigenvalue. */
  voigt: number
  reuss: number
  /** Hashin-Shtrikman bounds on the mean eigenvalue of a statistically isotropic two-phase cell. */
  hashinShtrikman?: { lower: number; upper: number }
  /** fraction^1.5 (where everything that conducts does so equally well). */
  bruggeman?: number
  /** Tortuosity tau² = fraction / D*_jj per axis (like bruggeman; Infinity where nothing percolates). */
  tortuosity?: number[]
}

export interface CellProblemResult {
  kind: CellProblemSpec['kind']
  /** The phase that conducts alone, or flows. */
  phase?: string
  name?: string
  coefficients: Record<string, number>
  /** Best value: Richardson-extrapolated from resolutions n and n/2. */
  tensor: Tensor
  /** Value of the mesh itself (consistent with the correctors; what a resolved model on the same mesh converges to). */
  meshTensor: Tensor
  /** Estimated absolute discretisation error of `tensor` (largest entry). */
  error: number
  /**
   * Contrast problems: flux average of every conducting phase, M^s_ij = integral over Y_s of (delta_ij + d_i chi^j),
   * from the mesh.
   */
  split?: Record<string, Tensor>
  /** Relative residual reached by the linear solver (worst direction). */
  residual: number
  /** Iterations per direction: conjugate gradients, minimal residuals for Stokes. */
  iterations: number[]
  seconds: number
  /**
   * chi^j at the nodes, zero mean on every connected piece of what conducts, NaN outside. Stokes: the pressures pi^j,
   * NaN where nothing flows.
   */
  correctors: Float64Array[]
  /**
   * Sensitivity: (e_i + grad chi^i).(e_j + grad chi^j) averaged over i=j, per simplex (d! per lattice cell).
   * Stokes: the dissipation |grad w^i|² averaged over i.
   */
  sensitivity: Float32Array
  /**
   * Local flux -k (e_j + grad chi^j) per lattice cell (volume average over its simplices): [j][d*p + c].
   * Stokes: the mean velocity w^j, which follows the force e_j.
   */
  flux: Float32Array[]
  /** Stokes: w^j at the nodes, component c of node p at [d*p + c]. */
  velocity?: Float32Array[]
  bounds: Bounds
}

export interface CellResult {
  mesh: CellMesh
  phases: Record<string, PhaseResult>
  /** Key: the two phase names in alphabetical order, joined by '|'. */
  interfaceMeasure: Record<string, number>
  problems: CellProblemResult[]
  /** Estimated absolute error of every phase fraction / interface measure (from n and n/2). */
  geometryError: { fraction: number; interfaceMeasure: number }
  /** Where the mesh cannot follow the geometry, if a tensor is uncertain (by 1 % and more) and that may be why. */
  doubt?: MeshDoubt
  /** Shapes that are smaller than the mesh, if there are any. */
  unseen?: readonly UnseenShape[]
  seconds: number
  /** The second cell of the scenario, where it has one: that of what flows. */
  filtration?: CellResult
  /** Where numbers of the cell vary along the box: what it is for all their values, for the homogenized model. */
  table?: CellTable
  /** Where its cells breathe: what it is for all their volumes. */
  swelling?: CellTable
  /** Where numbers vary along the box, for the resolved model: the cells along the first axis. */
  columns?: readonly CellResult[]
}

/** One number of a cell along a box. */
export interface Grading {
  /** Which one, e.g. `shapes[0].radius` or `shapes[1].radii[0]`. */
  number: string
  /**
   * Places, as fractions of the length that the cells fill, in ascending order, and the values there: linear in between
   * and constant beyond them. A place that is named twice is a jump.
   */
  along: readonly (readonly [place: number, value: number])[]
  /** It is passed as the cells swell or shrink, not along a box. */
  swells?: true
}

/** A number of a cell that changes as its cells swell, and how far. */
export interface Breathing {
  /** Which one, as gradings name it. */
  number: string
  range: readonly [low: number, high: number]
}

/** Cells for the values of graded numbers, see table.ts. */
export interface CellTable {
  graded: readonly Grading[]
  /** Points of each number; of the first alone where the second follows it. */
  axes: readonly (readonly number[])[]
  /** Numbers whose points are all their values. */
  stepped: readonly boolean[]
  /** At all points, the first number fastest; with correctors, unless two numbers vary in space each for itself. */
  cells: readonly CellResult[]
  /** Of cells that breathe: where the cell itself is, from the lower ends of the ranges (0) to the upper (1). */
  rest?: number
  /** The one in the middle of the box, with all that is asked of a cell on show, where it was solved. */
  middle?: CellResult
}

export interface UnseenShape {
  /** Its place among the shapes. */
  shape: number
  /** Nodes per axis of the coarsest mesh that has elements of it. */
  shownAt: number
}

/** Gaps and necks thinner than the mesh, corners that are no node: what `error` is as large as it is for. */
export interface MeshDoubt {
  /** Indices into `mesh.simplexPhase`. */
  simplices: Int32Array
  /** Nodes per axis at which nearly nothing of that is left; undefined if no allowed mesh is that fine. */
  settledAt?: number
}

/** Name of the interface between two phases: alphabetical, joined by '|'. */
export function interfaceName(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`
}

/**
 * The solution of a problem: a contrast problem by its name, another by its phase.
 * @throws RangeError when the cell was solved without it
 */
export function problemOf(
  cell: Pick<CellResult, 'problems'>,
  kind: CellProblemSpec['kind'],
  of: string,
): CellProblemResult {
  const found = cell.problems.find((p) => p.kind === kind && (kind === 'contrast' ? p.name : p.phase) === of)
  return present(found, `the ${kind} problem of "${of}"`)
}

/** The one that a term of an expansion names: by its phase where that conducts alone, else by its name. */
export function problemNamed<P extends Pick<CellProblemResult, 'kind' | 'phase' | 'name'>>(
  problems: readonly P[],
  name: string,
): P | undefined {
  return problems.find((p) => (p.kind === 'perforated' ? p.phase : p.name) === name)
}

/** The cells of a box by columns along x: one that stands for all, or each its own. */
export function columnsOf(cell: CellResult): readonly CellResult[] {
  return cell.columns ?? [cell]
}

/** The part of a tensor in the first d axes: that of a cell in a box of fewer dimensions. */
export function leadingBlock(tensor: Tensor, d: number): Tensor {
  return tensor.slice(0, d).map((row) => row.slice(0, d))
}
