/** The reference cell on a raster: which points show a field, from which nodes, and with which correctors. */
import type { CellResult } from '../../cell/cell.ts'
import type { CellRaster } from '../../cell/raster.ts'
import type { Field, MicroscopicField } from '../../models/family.ts'
import { present } from '../../present.ts'
import { nodePositions, periodicNode, pieceAtNodes, problemNamed, rasterise, renumber } from '../ground/house.ts'

/** Points outside the phase of a field; pictures draw them in a neutral tone. */
export const OTHER_PHASE = 3e38

export function isOther(value: number): boolean {
  return value > 1e38
}

/** The points of a raster that show a field. */
export interface Places {
  /** Their numbers. */
  points: Int32Array
  /** The point of the raster nearest to where its value comes from: itself, unless the field is one of the interface. */
  anchors: Int32Array
  /** Nodes that a point is interpolated from, `width` each, on the closed lattice of the cell. */
  nodes: Int32Array
  weights: Float32Array
  width: number
}

/** Part of an expansion: l * (field `times`) * sum_j axes[j] * d_j (field `of`), per shown point. */
export interface Correction {
  of: string
  /** Nothing multiplies where it is not given. */
  times?: string
  /** See MicroscopicField.parts. */
  part?: string
  axes: readonly Float32Array[]
}

/** The fields that points take their values from, and which of them point i takes. */
export interface Sources {
  names: readonly string[]
  at(i: number): number
}

export class CellPicture {
  readonly cell: CellResult
  readonly points: Float64Array
  readonly raster: CellRaster
  private readonly counts: readonly number[]
  private positions?: Float64Array
  private readonly placed = new Map<string, Places>()
  private readonly stepped = new Map<string, readonly Float32Array[]>()
  private readonly corrected = new Map<string, readonly Correction[] | undefined>()
  private readonly sourced = new Map<string, Sources>()
  private readonly sampled = new WeakMap<Float64Array, Map<string, Float32Array>>()

  /**
   * @param counts boxes of the raster per axis; 1 across a slice
   * @param depth where a slice cuts the cell, fraction of its side
   */
  constructor(cell: CellResult, counts: readonly number[], depth = 0.5) {
    this.cell = cell
    this.counts = counts
    this.points = boxCentres(counts, depth)
    this.raster = rasterise(cell.mesh, this.points)
  }

  /** A point shows a field where its phase is; a field of the interface shows its nearest node there. */
  places({ microscopic }: Field): Places {
    if (!microscopic)
      return {
        points: new Int32Array(0),
        anchors: new Int32Array(0),
        nodes: new Int32Array(0),
        weights: new Float32Array(0),
        width: 1,
      }
    const key = keyOf(microscopic)
    let places = this.placed.get(key)
    if (!places) {
      places = this.findPlaces(microscopic)
      this.placed.set(key, places)
    }
    return places
  }

  /** The fields whose values the shown points take: the field itself, or that of the piece in which each lies. */
  sources({ name, microscopic }: Field): Sources {
    if (!microscopic?.kinds) return { names: [name], at: () => 0 }
    let sources = this.sourced.get(name)
    if (!sources) {
      sources = this.findSources(microscopic, microscopic.kinds)
      this.sourced.set(name, sources)
    }
    return sources
  }

  /** From the anchors to where the values come from: of an interface field, its nearest node there. */
  steps(field: Field): readonly Correction[] {
    if (!field.microscopic?.interface) return []
    const key = keyOf(field.microscopic)
    let steps = this.stepped.get(key)
    if (!steps) {
      steps = this.findSteps(field)
      this.stepped.set(key, steps)
    }
    const { names, at } = this.sources(field)
    if (names.length === 1) return [{ of: field.name, axes: steps }]
    return names.map((of, kind) => ({
      of,
      axes: steps.map((axis) => axis.map((step, i) => (at(i) === kind ? step : 0))),
    }))
  }

  /** What the correctors add to u0 at the shown points; undefined where the cell has none for this field. */
  corrections(field: Field): readonly Correction[] | undefined {
    if (!this.corrected.has(field.name)) this.corrected.set(field.name, this.findCorrections(field))
    return this.corrected.get(field.name)
  }

  /** A field of the cell, given at its nodes, at the points that show a field. */
  sample(values: Float64Array, field: Field): Float32Array {
    const known = this.sampled.get(values) ?? new Map<string, Float32Array>()
    this.sampled.set(values, known)
    const key = field.microscopic ? keyOf(field.microscopic) : ''
    let out = known.get(key)
    if (!out) {
      const { mesh } = this.cell
      const { points, nodes, weights, width } = this.places(field)
      const periodic = renumber(nodes, mesh, (i, j, k) => periodicNode(mesh, i, j, k))
      out = new Float32Array(points.length)
      for (let m = 0; m < periodic.length; m++) out[Math.floor(m / width)] += weights[m] * values[periodic[m]]
      known.set(key, out)
    }
    return out
  }

  private findSources(field: MicroscopicField, kinds: NonNullable<MicroscopicField['kinds']>): Sources {
    const { mesh } = this.cell
    const pieces = this.piecesOf(field)
    const kindOf = pieces.map(
      ({ piece }) => new Map(kinds.flatMap(({ inside }, k) => inside.map((point) => [piece[this.nodeAt(point)], k]))),
    )
    const { points, nodes, width } = this.findPlaces(field)
    const periodic = renumber(nodes, mesh, (i, j, k) => periodicNode(mesh, i, j, k))
    const at = Uint8Array.from(points, (q, i) => {
      const own = Math.max(
        0,
        pieces.findIndex(({ phase }) => phase === this.raster.phase[q]),
      )
      return kindOf[own].get(pieces[own].piece[periodic[width * i]]) ?? 0
    })
    return { names: kinds.map(({ of }) => of), at: (i) => at[i] }
  }

  /** Phases of a field by their numbers, with the piece of each at every node; -1 where there is none. */
  private piecesOf({ phase, also = [] }: MicroscopicField): { phase: number; piece: Int32Array }[] {
    const { mesh } = this.cell
    return [present(phase, 'the phase of the pieces'), ...also]
      .filter((name) => mesh.phases.includes(name))
      .map((name) => ({ phase: mesh.phases.indexOf(name), piece: pieceAtNodes(mesh, name) }))
  }

  private nodeAt(point: readonly number[]): number {
    const { mesh } = this.cell
    const [i = 0, j = 0, k = 0] = point.map((x) => Math.round(x * mesh.n))
    return periodicNode(mesh, i, j, k)
  }

  /** Whether a point of the raster lies in a piece in which a field is not drawn. */
  private excluded(field: MicroscopicField): (point: number) => boolean {
    if (!field.except) return () => false
    const { mesh } = this.cell
    const { corners } = this.raster
    const nodes = field.except.map((point) => this.nodeAt(point))
    const pieces = this.piecesOf(field)
    const out = pieces.map(({ piece }) => new Set(nodes.map((node) => piece[node]).filter((k) => k >= 0)))
    const periodic = renumber(corners, mesh, (i, j, k) => periodicNode(mesh, i, j, k))
    const width = mesh.dimension + 1
    // A node on a contact may be of both, all nodes of a simplex are of its own piece.
    return (q) => {
      const simplex = periodic.subarray(width * q, width * (q + 1))
      return pieces.some(({ piece }, k) => simplex.every((p) => out[k].has(piece[p])))
    }
  }

  private findPlaces(field: MicroscopicField): Places {
    const { mesh } = this.cell
    const { raster } = this
    const onInterface = field.interface
    const wanted = phasesOf(field, mesh.phases)
    const excluded = this.excluded(field)
    const shows = (q: number) => (!wanted || wanted.includes(raster.phase[q])) && !excluded(q)
    const points = Int32Array.from(raster.phase.keys()).filter(
      (q) => shows(q) && (!onInterface || raster.nearest[q] >= 0),
    )
    if (onInterface)
      return {
        points,
        anchors: points.map((q) => this.boxOf(raster.nearest[q])),
        nodes: points.map((q) => raster.nearest[q]),
        weights: new Float32Array(points.length).fill(1),
        width: 1,
      }
    const width = mesh.dimension + 1
    const corner = (i: number) => width * points[Math.floor(i / width)] + (i % width)
    return {
      points,
      anchors: points,
      nodes: Int32Array.from({ length: width * points.length }, (_, i) => raster.corners[corner(i)]),
      weights: Float32Array.from({ length: width * points.length }, (_, i) => raster.weights[corner(i)]),
      width,
    }
  }

  /** Box of the raster nearest to a node. */
  private boxOf(node: number): number {
    const d = this.counts.length
    this.positions ??= nodePositions(this.cell.mesh)
    let box = 0
    for (let c = d - 1; c >= 0; c--) {
      const m = this.counts[c]
      box = m * box + Math.max(0, Math.min(m - 1, Math.floor(this.positions[d * node + c] * m)))
    }
    return box
  }

  private findSteps(field: Field): readonly Float32Array[] {
    const { mesh } = this.cell
    const d = mesh.dimension
    const { anchors, nodes } = this.places(field)
    this.positions ??= nodePositions(mesh)
    const { positions } = this
    return Array.from({ length: d }, (_, c) =>
      Float32Array.from(anchors, (q, i) => positions[d * nodes[i] + c] - this.points[d * q + c]),
    )
  }

  private findCorrections(field: Field): readonly Correction[] | undefined {
    const { microscopic } = field
    if (!microscopic) return undefined
    const { mesh, problems } = this.cell
    const d = mesh.dimension
    const { points, nodes, weights, width } = this.places(field)
    const periodic = renumber(nodes, mesh, (i, j, k) => periodicNode(mesh, i, j, k))
    const { at } = this.sources(field)
    const found = new Map<string, Correction>()
    for (const [kind, { terms }] of (microscopic.kinds ?? [microscopic]).entries())
      for (const { problem: name, of, weight, times, part } of terms) {
        const problem = problemNamed(problems, name)
        if (!problem || problem.correctors.length === 0) return undefined
        for (const source of of) {
          const key = [source, times, part].join('|')
          const correction = found.get(key) ?? { of: source, times, part, axes: blank(d, points.length) }
          found.set(key, correction)
          correction.axes.forEach((axis, j) => {
            const chi = problem.correctors[j]
            for (let i = 0; i < axis.length; i++)
              if (at(i) === kind)
                for (let m = width * i; m < width * (i + 1); m++) axis[i] += weight * weights[m] * chi[periodic[m]]
          })
        }
      }
    return [...found.values()]
  }
}

const blank = (count: number, length: number) => Array.from({ length: count }, () => new Float32Array(length))

/** Numbers of the phases in which a field is drawn; undefined = all. */
export function phasesOf({ phase, also = [] }: MicroscopicField, names: readonly string[]): number[] | undefined {
  return phase === undefined ? undefined : [phase, ...also].map((name) => names.indexOf(name)).filter((s) => s >= 0)
}

/** Fields with the same key are shown at the same points. */
function keyOf({ phase, also, interface: onInterface, except }: MicroscopicField): string {
  return `${phase}|${also}|${onInterface}|${except?.join(';')}`
}

/** Centres of the boxes of a regular raster of the unit cell, x fastest; across a slice, its depth. */
function boxCentres(counts: readonly number[], depth: number): Float64Array {
  const d = counts.length
  const total = counts.reduce((a, b) => a * b, 1)
  const out = new Float64Array(d * total)
  let stride = 1
  counts.forEach((m, c) => {
    for (let q = 0; q < total; q++) out[d * q + c] = m === 1 ? depth : ((Math.floor(q / stride) % m) + 0.5) / m
    stride *= m
  })
  return out
}
