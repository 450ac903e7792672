/** What may be drawn over the phases of a cell in the plane: meshes, correctors, currents, flow lines, what is uncertain. */

import type { CellMesh, CellProblemResult, CellResult } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import type { MapName } from '../ground/colours.ts'
import { number } from '../ground/format.ts'
import { colourTable } from '../ground/maps.ts'
import type { CellLayer } from '../store/lab.ts'
import { type FlowLines, linesOf } from './flowLines.ts'
import { cellPixels, MARGIN, toPixel } from './frameOfView.ts'
import type { Legend } from './layers.ts'

const SENSITIVITY = msg('sensitivity: where a change matters most')

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
  if (!problem) return undefined
  // A phase that does not conduct keeps its own colour; 255 marks simplices that hold no area.
  const conducts = (phase: number) => phase !== 255 && problem.coefficients[cell.mesh.phases[phase]] > 0
  if (layer === 'corrector') {
    const chi = problem.correctors[axis]
    if (!chi) return undefined
    const { n } = cell.mesh
    const value = (corners: [number, number][]) => {
      let sum = 0
      for (const [i, j] of corners) sum += chi[(i % n) + n * (j % n)]
      return sum / 3
    }
    const span = chi.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 0) || 1
    fillTriangles(context, size, cell.mesh, conducts, 'diverging', -span, span, (_, corners) => value(corners))
    const title =
      problem.kind === 'stokes'
        ? t('pressure π, axis {axis}', { axis: 'xyz'[axis] })
        : t('corrector χ, axis {axis}', { axis: 'xyz'[axis] })
    return { map: 'diverging', low: number(-span, 2), high: number(span, 2), title }
  }
  if (layer === 'flow') {
    const velocity = problem.velocity?.[axis]
    if (!velocity) return undefined
    const { n } = cell.mesh
    let top = 0
    for (let p = 0; p < velocity.length; p += 2) top = Math.max(top, Math.hypot(velocity[p], velocity[p + 1]))
    const speed = (corners: [number, number][]) =>
      corners.reduce((sum, [i, j]) => {
        const p = (i % n) + n * (j % n)
        return sum + Math.hypot(velocity[2 * p], velocity[2 * p + 1]) / 3
      }, 0)
    fillTriangles(context, size, cell.mesh, conducts, 'viridis', 0, top || 1, (_, corners) => speed(corners))
    drawFlowLines(context, size, linesOf(cell.mesh, velocity))
    const title = t('speed and flow lines for a unit force along {axis}', { axis: 'xyz'[axis] })
    return { map: 'viridis', low: '0', high: number(top, 2), title }
  }
  if (layer === 'sensitivity') {
    const top = quantile(problem.sensitivity, 0.995) || 1
    fillTriangles(context, size, cell.mesh, conducts, 'inferno', 0, top, (index) => problem.sensitivity[index])
    const title = problem.kind === 'stokes' ? t('dissipation: where the flow is held back') : t(SENSITIVITY)
    return { map: 'inferno', low: '0', high: number(top, 2), title }
  }
  if (layer === 'flux') {
    const flux = problem.flux[axis]
    if (!flux) return undefined
    const speed = (p: number) => Math.hypot(flux[2 * p], flux[2 * p + 1])
    let top = 0
    for (let p = 0; p < flux.length / 2; p++) top = Math.max(top, speed(p))
    fillTriangles(context, size, cell.mesh, conducts, 'viridis', 0, top || 1, (index) => speed(index >> 1))
    drawStreams(context, size, cell.mesh.n, flux, top)
    const along = { axis: 'xyz'[axis] }
    const title =
      problem.kind === 'stokes'
        ? t('flux for a unit force along {axis}', along)
        : t('flux for a unit gradient along {axis}', along)
    return { map: 'viridis', low: '0', high: number(top, 2), title }
  }
  return undefined
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

function fillTriangles(
  context: CanvasRenderingContext2D,
  size: number,
  mesh: CellMesh,
  conducts: (phase: number) => boolean,
  map: MapName,
  low: number,
  high: number,
  value: (index: number, corners: [number, number][]) => number,
): void {
  const { n } = mesh
  const table = colourTable(map)
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++)
      for (let s = 0; s < 2; s++) {
        const index = 2 * (i + n * j) + s
        const corners = cornersOf(i, j, s)
        const v = value(index, corners)
        if (!Number.isFinite(v) || !conducts(mesh.simplexPhase[index])) continue
        const k = 4 * Math.max(0, Math.min(255, Math.round((255 * (v - low)) / (high - low))))
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

function quantile(values: Float32Array, q: number): number {
  const finite = values.filter((v) => Number.isFinite(v)).sort()
  return finite[Math.floor(q * (finite.length - 1))] ?? 0
}
