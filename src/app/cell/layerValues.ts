/** The values of a layer of the cell, in the plane and in space: what stands on a simplex, and what its colours mean. */
import type { CellProblemResult, CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import type { MapName } from '../ground/colours.ts'
import { number } from '../ground/format.ts'
import type { CellLayer } from '../store/lab.ts'
import type { Legend } from './layers.ts'

export interface LayerValues extends Legend {
  map: MapName
  /** Values at both ends of the colours. */
  range: readonly [number, number]
  /**
   * @param simplex its index in the mesh
   * @param nodes its corners
   * @param weights of the corners at a point of it, of sum 1
   * @returns NaN where the layer has no value
   */
  at(simplex: number, nodes: readonly number[], weights: readonly number[]): number
}

/** Above this part of all sensitivities colours end: corners are as sharp as the mesh. */
const MOST = 0.995

export function layerValues(
  { mesh }: CellResult,
  layer: CellLayer,
  problem: CellProblemResult | undefined,
  axis: number,
): LayerValues | undefined {
  const values = problem && rawValues(mesh.dimension, layer, problem, axis)
  if (!values) return undefined
  const [low, high] = values.range
  return {
    ...values,
    low: low === 0 ? '0' : number(low, 2),
    high: number(high, 2),
    // A phase that does not conduct keeps its own colour; 255 marks simplices that hold no area.
    at(simplex, nodes, weights) {
      const phase = mesh.simplexPhase[simplex]
      const conducts = phase !== 255 && problem.coefficients[mesh.phases[phase]] > 0
      return conducts ? values.at(simplex, nodes, weights) : Number.NaN
    },
  }
}

function rawValues(
  dimension: number,
  layer: CellLayer,
  problem: CellProblemResult,
  axis: number,
): Omit<LayerValues, 'low' | 'high'> | undefined {
  const letter = { axis: 'xyz'[axis] }
  const stokes = problem.kind === 'stokes'
  if (layer === 'corrector' && problem.correctors[axis]) {
    const chi = problem.correctors[axis]
    const span = chi.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 0) || 1
    return {
      map: 'diverging',
      range: [-span, span],
      title: stokes ? t('pressure π, axis {axis}', letter) : t('corrector χ, axis {axis}', letter),
      at: (_, nodes, weights) => mean(nodes, weights, (p) => chi[p]),
    }
  }
  if (layer === 'flow' && problem.velocity?.[axis]) {
    const speed = lengths(problem.velocity[axis], dimension)
    return {
      map: 'viridis',
      range: [0, largest(speed)],
      title: t('speed and flow lines for a unit force along {axis}', letter),
      at: (_, nodes, weights) => mean(nodes, weights, (p) => speed[p]),
    }
  }
  if (layer === 'flux' && problem.flux[axis]) {
    const speed = lengths(problem.flux[axis], dimension)
    const simplices = dimension === 2 ? 2 : 6
    return {
      map: 'viridis',
      range: [0, largest(speed)],
      title: stokes
        ? t('flux for a unit force along {axis}', letter)
        : t('flux for a unit gradient along {axis}', letter),
      at: (simplex) => speed[Math.floor(simplex / simplices)],
    }
  }
  if (layer === 'sensitivity')
    return {
      map: 'inferno',
      range: [0, quantile(problem.sensitivity, MOST) || 1],
      title: stokes ? t('dissipation: where the flow is held back') : t('sensitivity: where a change matters most'),
      at: (simplex) => problem.sensitivity[simplex],
    }
  return undefined
}

/** Where the colour of a value begins in a table of 256 colours, four numbers each. */
export function colourEntry({ range: [low, high] }: LayerValues, value: number): number {
  return 4 * Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low))))
}

function mean(nodes: readonly number[], weights: readonly number[], value: (node: number) => number): number {
  return nodes.reduce((sum, node, k) => sum + weights[k] * value(node), 0)
}

function lengths(vectors: ArrayLike<number>, dimension: number): Float32Array {
  return Float32Array.from({ length: vectors.length / dimension }, (_, p) => {
    let square = 0
    for (let c = 0; c < dimension; c++) square += vectors[dimension * p + c] ** 2
    return Math.sqrt(square)
  })
}

function largest(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0) || 1
}

function quantile(values: Float32Array, q: number): number {
  const finite = values.filter((v) => Number.isFinite(v)).sort()
  return finite[Math.floor(q * (finite.length - 1))] ?? 0
}
