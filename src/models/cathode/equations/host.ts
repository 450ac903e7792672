/** Where the particles of a net have their filling among the unknowns. */
import type { Particles } from './net.ts'

export interface Host extends Particles {
  /** Index of the fields of y and w; -1 where absent. */
  Y: number
  W: number
  /** Nodes where they react. */
  reactive: Int32Array
}

export function hostOf(particles: Particles, Y: number, W: number): Host {
  const { area } = particles
  return { ...particles, Y, W, reactive: Int32Array.from(area.keys()).filter((p) => area[p] > 0) }
}
