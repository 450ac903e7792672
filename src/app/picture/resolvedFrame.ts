/**
 * The resolved model as a picture: its fields on a regular raster of the box, or their difference to the homogenized
 * model. All cells of a column along x are copies, so one raster serves each of them; where cells do not vary, all are.
 */
import type { Field, MacroSpec } from '../../models/family.ts'
import type { Frame, ResolvedDescription } from '../../simulation/frame.ts'
import { columnsOf, renumber } from '../ground/house.ts'
import { CellPicture, OTHER_PHASE, type Places, phasesOf } from './cellPicture.ts'
import { expand, slopes } from './macroField.ts'

/** Boxes of the raster along the longest axis, and the most a cell gets. */
const LONGEST = { 2: 512, 3: 96 } as const
const MOST = 256

const NOWHERE: Places = {
  points: new Int32Array(0),
  anchors: new Int32Array(0),
  nodes: new Int32Array(0),
  weights: new Float32Array(0),
  width: 1,
}

const known = new WeakMap<ResolvedDescription, ResolvedPictures>()

export function picturesOf(description: ResolvedDescription): ResolvedPictures {
  let pictures = known.get(description)
  if (!pictures) {
    pictures = new ResolvedPictures(description)
    known.set(description, pictures)
  }
  return pictures
}

export class ResolvedPictures {
  /** The box with one value per box of the raster. */
  readonly macro: MacroSpec
  /** Boxes per cell and axis. */
  readonly perCell: number
  private readonly description: ResolvedDescription
  /** By columns along x, or one for all. */
  private readonly pictures: readonly CellPicture[]
  private readonly copies = new Map<string, readonly Places[]>()
  private readonly shown = new Map<string, Int32Array>()

  constructor(description: ResolvedDescription) {
    const { macro, repeat, cell } = description
    this.description = description
    const { dimension } = cell.mesh
    this.perCell = Math.max(4, Math.min(MOST, Math.round(LONGEST[dimension] / Math.max(...repeat))))
    this.macro = { ...macro, nodes: repeat.map((r) => r * this.perCell) }
    this.pictures = columnsOf(cell).map(
      (column) =>
        new CellPicture(
          column,
          repeat.map(() => this.perCell),
        ),
    )
  }

  /** The truth; OTHER_PHASE where the field does not live. */
  resolved(frame: Frame, index: number, field: Field): Float32Array {
    const out = this.blank()
    const values = frame.resolved?.fields[index]
    if (!values) return out
    const inside = this.copiesOf(field)
    const whole = this.wholeOf(field)
    this.visitCells((box, origin, plain, column) => {
      const { points, nodes, weights, width } = plain ? whole : inside[column]
      for (let i = 0; i < points.length; i++) {
        let sum = 0
        for (let m = width * i; m < width * (i + 1); m++) sum += weights[m] * values[origin + nodes[m]]
        out[box + points[i]] = Number.isNaN(sum) ? OTHER_PHASE : sum
      }
    })
    return out
  }

  /** Truth minus u0 with its correctors, or minus u0 alone where the cell has no correctors or they are not wanted. */
  difference(frame: Frame, index: number, fields: readonly Field[], corrected: boolean): Float32Array {
    const field = fields[index]
    const out = this.resolved(frame, index, field)
    const { macro } = frame.checkpoint
    const known = new Map<string, Float32Array>()
    /** A homogenized field on the raster, or its slope along an axis. */
    const smooth = (name: string, axis?: number) => {
      const key = `${name} ${axis}`
      let values = known.get(key)
      if (!values) {
        const nodal = frame.fields[fields.findIndex((f) => f.name === name)]
        values = expand(axis === undefined ? nodal : slopes(nodal, macro, axis), macro, this.macro.nodes)
        known.set(key, values)
      }
      return values
    }
    const sources = this.pictures.map((picture) => picture.sources(field))
    const values = sources[0].names.map((name) => smooth(name))
    const inside = this.copiesOf(field)
    const whole = this.wholeOf(field)
    this.visitCells((box, _, plain, column) => {
      const { points, anchors } = plain ? whole : inside[column]
      const { at } = sources[column]
      for (let i = 0; i < points.length; i++) out[box + points[i]] -= values[plain ? 0 : at(i)][box + anchors[i]]
    })
    const { cellSize } = this.description
    const steps = this.pictures.map((picture) => [
      ...picture.steps(field),
      ...((corrected && picture.corrections(field)) || []),
    ])
    steps[0].forEach(({ of, times }, term) => {
      for (let axis = 0; axis < macro.dimension; axis++) {
        const gradient = smooth(of, axis)
        const factor = times === undefined ? undefined : smooth(times)
        this.visitCells((box, _, plain, column) => {
          const { points, anchors } = inside[column]
          const weight = steps[column][term].axes[axis]
          for (let i = 0; i < (plain ? 0 : points.length); i++) {
            const at = box + anchors[i]
            out[box + points[i]] -= cellSize * weight[i] * gradient[at] * (factor ? factor[at] : 1)
          }
        })
      }
    })
    return out.map((v) => (Number.isNaN(v) ? OTHER_PHASE : v))
  }

  /** Nodes of the tiling at which a field is valid. */
  nodesOf(field: Field): Int32Array {
    let nodes = this.shown.get(field.name)
    if (!nodes) {
      nodes = this.findNodes(field)
      this.shown.set(field.name, nodes)
    }
    return nodes
  }

  private findNodes({ microscopic, partial }: Field): Int32Array {
    const { macro, cell, plain = 0 } = this.description
    const { n, phases } = cell.mesh
    const columns = columnsOf(cell)
    // Of a field of the interface, the interface.
    const wanted = microscopic && !microscopic.interface ? phasesOf(microscopic, phases) : []
    const [nx = 1, ny = 1, nz = 1] = macro.nodes
    const out: number[] = []
    for (let k = 0, p = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++, p++) {
          const { nodePhase } = columns[this.columnOf(Math.floor(i / n))].mesh
          const kind = nodePhase[(i % n) + n * ((j % n) + n * (k % n))]
          if (i < plain * n ? !partial : !wanted || kind === 254 || wanted.includes(kind)) out.push(p)
        }
    return Int32Array.from(out)
  }

  /** Which of the pictures is that of the cells at i along x. */
  private columnOf(i: number): number {
    return Math.min(Math.max(0, i - (this.description.plain ?? 0)), this.pictures.length - 1)
  }

  /** Calls back with the first box and the first node of every cell, whether it has no structure, and its picture. */
  private visitCells(visit: (box: number, node: number, plain: boolean, column: number) => void): void {
    const { repeat, macro, cell, plain = 0 } = this.description
    const [rx = 1, ry = 1, rz = 1] = repeat
    const [nx = 1, ny = 1] = macro.nodes
    const [bx = 1, by = 1] = this.macro.nodes
    const { perCell } = this
    const { n } = cell.mesh
    for (let k = 0; k < rz; k++)
      for (let j = 0; j < ry; j++)
        for (let i = 0; i < rx; i++)
          visit(perCell * (i + bx * (j + by * k)), n * (i + nx * (j + ny * k)), i < plain, this.columnOf(i))
  }

  /** The same for cells without structure: all of it, or nothing. */
  private wholeOf(field: Field): Places {
    if (field.partial || !field.microscopic) return NOWHERE
    return this.copiesOf({ ...field, name: 'whole', microscopic: { interface: false, terms: [] } })[0]
  }

  /** Where the shown points and their nodes are, from the first box and the first node of a cell; by picture. */
  private copiesOf(field: Field): readonly Places[] {
    let copies = this.copies.get(field.name)
    if (!copies) {
      const [nx = 1, ny = 1] = this.description.macro.nodes
      const [bx = 1, by = 1] = this.macro.nodes
      const m = this.perCell
      const inBox = (q: number) => (q % m) + bx * ((Math.floor(q / m) % m) + by * Math.floor(q / (m * m)))
      copies = this.pictures.map((picture) => {
        const places = picture.places(field)
        return {
          ...places,
          points: places.points.map(inBox),
          anchors: places.anchors.map(inBox),
          nodes: renumber(places.nodes, this.description.cell.mesh, (i, j, k) => i + nx * (j + ny * k)),
        }
      })
      this.copies.set(field.name, copies)
    }
    return copies
  }

  private blank(): Float32Array {
    return new Float32Array(this.macro.nodes.reduce((a, b) => a * b, 1)).fill(OTHER_PHASE)
  }
}
