/** What may be drawn over the phases of a cell in the plane: meshes, correctors, currents, flow lines, what is uncertain. */

import type { CellMesh, CellProblemResult, CellResult } from '../../cell/cell.ts'
import { colourTable } from '../ground/maps.ts'
import type { CellLayer } from '../store/lab.ts'
import { type FlowLines, linesOf } from './flowLines.ts'
import { cellPixels, MARGIN, toPixel } from './frameOfView.ts'
import type { Legend } from './layers.ts'
import { colourEntry, type LayerValues, layerValues } from './layerValues.ts'

/** Position of mesh node (i, j), also beyond the cell. */
function nodePosition(mesh: CellMesh, i: number, j: number): [number, number] {
  const { n, displacement } = mesh
  const p = (i % n) + n * (j % n)
  return [i / n + (displacement[2 * p] ?? 0), j / n + (displacement[2 * p + 1] ?? 0)]
}

/** Corner nodes of simplex s of lattice cell (i, j): cut along the main diagonal. */
const CORNERS = [
  [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
  [
    [0, 0],
    [0, 1],
    [1, 1],
  ],
] as const

const cornersOf = (i: number, j: number, s: number) => CORNERS[s].map(([a, b]) => [i + a, j + b] as [number, number])

export function drawLayer(
  context: CanvasRenderingContext2D,
  size: number,
  cell: CellResult,
  layer: CellLayer,
  problem: CellProblemResult | undefined,
  axis: number,
  ink: string,
): Legend | undefined {
  if (layer === 'mesh') {
    drawMesh(context, size, cell.mesh, ink)
    return undefined
  }
  const values = layerValues(cell, layer, problem, axis)
  if (!values) return undefined
  fillTriangles(context, size, cell.mesh, values)
  const velocity = problem?.velocity?.[axis]
  if (layer === 'flow' && velocity) drawFlowLines(context, size, linesOf(cell.mesh, velocity))
  const flux = problem?.flux[axis]
  if (layer === 'flux' && flux) drawStreams(context, size, cell.mesh.n, flux, values.range[1])
  return values
}

/** Outlines where the mesh cannot follow the geometry. */
export function drawDoubt(
  context: CanvasRenderingContext2D,
  size: number,
  { mesh, doubt }: CellResult,
  ink: string,
): void {
  if (!doubt) return
  context.strokeStyle = ink
  context.lineWidth = Math.max(1.5, cellPixels(size) / 220)
  for (const simplex of doubt.simplices) {
    const cell = simplex >> 1
    const [i, j] = [cell % mesh.n, Math.floor(cell / mesh.n)]
    trace(context, size, mesh, cornersOf(i, j, simplex & 1))
    context.stroke()
  }
}

/** Over all three corners of a triangle alike. */
const MIDDLE = [1 / 3, 1 / 3, 1 / 3]

function fillTriangles(context: CanvasRenderingContext2D, size: number, mesh: CellMesh, values: LayerValues): void {
  const { n } = mesh
  const table = colourTable(values.map)
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++)
      for (let s = 0; s < 2; s++) {
        const corners = cornersOf(i, j, s)
        const nodes = corners.map(([a, b]) => (a % n) + n * (b % n))
        const v = values.at(2 * (i + n * j) + s, nodes, MIDDLE)
        if (!Number.isFinite(v)) continue
        const k = colourEntry(values, v)
        const colour = `rgb(${table[k]},${table[k + 1]},${table[k + 2]})`
        trace(context, size, mesh, corners)
        context.fillStyle = colour
        context.strokeStyle = colour
        // A hairline in the same colour closes the seams that antialiasing leaves.
        context.lineWidth = 0.7
        context.fill()
        context.stroke()
      }
}

function drawMesh(context: CanvasRenderingContext2D, size: number, mesh: CellMesh, ink: string): void {
  const { n } = mesh
  context.strokeStyle = ink
  context.globalAlpha = 0.45
  context.lineWidth = Math.max(0.35, cellPixels(size) / n / 14)
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++)
      for (let s = 0; s < 2; s++) {
        trace(context, size, mesh, cornersOf(i, j, s))
        context.stroke()
      }
  context.globalAlpha = 1
}

function trace(context: CanvasRenderingContext2D, size: number, mesh: CellMesh, corners: [number, number][]): void {
  context.beginPath()
  for (const [i, j] of corners) {
    const [x, y] = toPixel(size, nodePosition(mesh, i, j))
    context.lineTo(x, y)
  }
  context.closePath()
}

/** Flow lines from evenly placed seeds, followed by the midpoint rule. */
function drawStreams(
  context: CanvasRenderingContext2D,
  size: number,
  n: number,
  flux: Float32Array,
  top: number,
): void {
  const seeds = 9
  const step = 0.5 / n
  const at = (x: number, y: number): [number, number] => {
    const i = Math.floor((x - Math.floor(x)) * n) % n
    const j = Math.floor((y - Math.floor(y)) * n) % n
    const p = i + n * j
    return [flux[2 * p], flux[2 * p + 1]]
  }
  context.strokeStyle = 'rgba(255,255,255,0.75)'
  context.lineWidth = Math.max(1, cellPixels(size) / 260)
  for (let a = 0; a < seeds; a++)
    for (let b = 0; b < seeds; b++)
      for (const sign of [-1, 1]) {
        let [x, y] = [(a + 0.5) / seeds, (b + 0.5) / seeds]
        context.beginPath()
        context.moveTo(...toPixel(size, [x, y]))
        for (let k = 0; k < n / 5; k++) {
          const [u, v] = at(x, y)
          const speed = Math.hypot(u, v)
          if (speed < 0.03 * top) break
          const [um, vm] = at(x + (0.5 * sign * step * u) / speed, y + (0.5 * sign * step * v) / speed)
          const middle = Math.hypot(um, vm) || 1
          x += (sign * step * um) / middle
          y += (sign * step * vm) / middle
          if (x < -MARGIN || x > 1 + MARGIN || y < -MARGIN || y > 1 + MARGIN) break
          context.lineTo(...toPixel(size, [x, y]))
        }
        context.stroke()
      }
}

/** Lines of a period and of its images, with an arrow in the middle of every piece that is long enough. */
function drawFlowLines(context: CanvasRenderingContext2D, size: number, { points, starts }: FlowLines): void {
  const arrow = cellPixels(size) / 70
  context.strokeStyle = 'rgba(255,255,255,0.85)'
  context.fillStyle = 'rgba(255,255,255,0.95)'
  context.lineWidth = Math.max(1, cellPixels(size) / 300)
  for (let i = -1; i <= 1; i++)
    for (let j = -1; j <= 1; j++)
      for (let piece = 0; piece + 1 < starts.length; piece++) {
        const [from, to] = [starts[piece], starts[piece + 1]]
        const at = (k: number) => toPixel(size, [points[2 * k] + i, points[2 * k + 1] + j])
        context.beginPath()
        for (let k = from; k < to; k++) context.lineTo(...at(k))
        context.stroke()
        const middle = (from + to) >> 1
        if (to - from < 8) continue
        const [[x, y], [u, v]] = [at(middle), at(middle + 2)]
        context.save()
        context.translate(x, y)
        context.rotate(Math.atan2(v - y, u - x))
        context.beginPath()
        context.moveTo(arrow, 0)
        context.lineTo(-0.7 * arrow, 0.7 * arrow)
        context.lineTo(-0.7 * arrow, -0.7 * arrow)
        context.fill()
        context.restore()
      }
}
