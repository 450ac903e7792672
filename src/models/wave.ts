/** A wave that a field makes where it rises through a level: when it comes where, and how fast it goes. */
import type { MacroSpec } from './input.ts'

/** The field by its name, and the level [its unit, SI] that tells where the wave is. */
export interface Wave {
  field: string
  level: number
}

export interface WaveReading {
  /** m/s; null where too little of it is known. */
  speed: number | null
  /** Part of the nodes of the box that it has come to. */
  reached: number
}

/** Of the time from the first arrival to the last the part that is left out: there it is not a wave yet. */
const STARTING = 0.2
/** Fewest nodes that tell a speed. */
const FEWEST = 5

/** When a field first rises through a level, at every node: between two frames on a straight line. */
export class Arrivals {
  /** s; NaN where the wave has not come yet. */
  readonly times: Float64Array
  private readonly level: number
  private last: { t: number; values: ArrayLike<number> } | undefined

  constructor(nodes: number, level: number) {
    this.times = new Float64Array(nodes).fill(Number.NaN)
    this.level = level
  }

  /** The next frame, later than those before. */
  take(t: number, values: ArrayLike<number>): void {
    const { times, level, last } = this
    for (let p = 0; p < times.length; p++) {
      if (!Number.isNaN(times[p]) || !(values[p] > level)) continue
      // What begins above the level was never passed by a wave.
      if (!last || last.values[p] > level) continue
      times[p] = last.t + ((level - last.values[p]) / (values[p] - last.values[p])) * (t - last.t)
    }
    this.last = { t, values }
  }
}

/** Nodes of the line along x that goes through a node. */
export function lineThrough({ nodes: [columns] }: Pick<MacroSpec, 'nodes'>, node: number): number[] {
  const first = node - (node % columns)
  return Array.from({ length: columns }, (_, i) => first + i)
}

/**
 * Speed of a wave, one over the mean of |grad t| with t its times of arrival: over the nodes that it came to after its beginning
 * and whose neighbours it came to as well. Where all rises at once no wave goes.
 */
export function readWave(times: ArrayLike<number>, { dimension, nodes, size }: MacroSpec): WaveReading {
  const come = Array.from(times).filter((t) => !Number.isNaN(t))
  const reached = come.length / times.length
  const [first, last] = [Math.min(...come), Math.max(...come)]
  let [slowness, count] = [0, 0]
  for (let p = 0; p < times.length; p++) {
    if (!(times[p] >= first + STARTING * (last - first))) continue
    let [sum, stride] = [0, 1]
    for (let axis = 0; axis < dimension; axis++) {
      const i = Math.floor(p / stride) % nodes[axis]
      const inside = i > 0 && i < nodes[axis] - 1
      const rise = inside ? times[p + stride] - times[p - stride] : Number.NaN
      sum += ((rise * (nodes[axis] - 1)) / (2 * size[axis])) ** 2
      stride *= nodes[axis]
    }
    if (Number.isNaN(sum)) continue
    slowness += Math.sqrt(sum)
    count++
  }
  return { speed: count >= FEWEST && slowness > 0 ? count / slowness : null, reached }
}
