/** The faces of a cell in space: phases, or the values of a layer, at any point of it. */
import type { CellMesh } from '../../cell/cell.ts'
import { colourTable } from '../ground/maps.ts'
import { rgb } from '../kit/phaseColours.ts'
import { colourEntry, type LayerValues } from './layerValues.ts'

export type Paint = (point: readonly number[]) => readonly number[] | undefined

/** Orders of the axes, as the simplices of a lattice cube are numbered: lexicographic. */
const ORDERS = ['012', '021', '102', '120', '201', '210']

/**
 * Colours of points, red, green, blue of 255; the background of a cell is left open.
 * @param values instead of the phases, where they are defined
 */
export function facePaint(
  phaseAt: (point: readonly number[]) => number,
  colours: readonly string[],
  mesh?: CellMesh,
  values?: LayerValues,
): Paint {
  const paints = colours.map(rgb)
  const table = values && colourTable(values.map)
  return (point) => {
    if (mesh && values && table) {
      const value = valueAt(mesh, values, point)
      const k = colourEntry(values, value)
      if (Number.isFinite(value)) return [table[k], table[k + 1], table[k + 2]]
    }
    const phase = phaseAt(point)
    return phase > 0 ? paints[Math.min(phase, paints.length - 1)] : undefined
  }
}

/** On the lattice of the mesh: where its nodes have been moved onto an interface, the value is that of half a spacing beside. */
export function valueAt({ n }: CellMesh, values: LayerValues, point: readonly number[]): number {
  const at = point.map((x) => n * (x - Math.floor(x)))
  const corner = at.map((x) => Math.min(n - 1, Math.floor(x)))
  const rest = at.map((x, axis) => x - corner[axis])
  // From the corner along the axis of the largest rest first.
  const order = [0, 1, 2].sort((a, b) => rest[b] - rest[a] || a - b)
  const cube = corner[0] + n * (corner[1] + n * corner[2])
  const node = ([i, j, k]: readonly number[]) => (i % n) + n * ((j % n) + n * (k % n))
  const walk = [...corner]
  const nodes = [node(walk)]
  for (const axis of order) {
    walk[axis]++
    nodes.push(node(walk))
  }
  const steps = [1, ...order.map((axis) => rest[axis]), 0]
  return values.at(
    6 * cube + ORDERS.indexOf(order.join('')),
    nodes,
    nodes.map((_, k) => steps[k] - steps[k + 1]),
  )
}
