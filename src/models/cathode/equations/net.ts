/**
 * Where a cell stores and passes what: the same equations (equations.ts) hold on the grid of the homogenized cell, where
 * every medium is everywhere, and on the tiling of the resolved one, where the fitted mesh puts it. Lengths are volumes
 * per area of the cell [m].
 */
import type { Face } from '../laws/electrolyte.ts'
import type { CathodeSetting, Material } from './setting.ts'

/** Edges on which one quantity flows. */
export interface Edges {
  from: Int32Array
  to: Int32Array
  /** Transmissibility, in the unit of the flux. */
  G: Float64Array
}

/** Particles with one filling at a node. */
export interface Particles {
  material: Material
  /** 1 where they are. */
  hosts: Uint8Array
  /** Volume of active material, m. */
  active: Float64Array
  /** Area of reaction, m² per m² of cell. */
  area: Float64Array
  /** Shift of the voltage, RT/F. */
  shift: Float64Array
  /** Where lithium crosses from one to the next [A/m²]. */
  lithium: Edges
  /** Gradient energy: K times plain transmissibilities; the volumes they belong to, and the part of those that is active. */
  gradient?: Edges & { volume: Float64Array; active: number }
}

export interface Net {
  nodes: number
  /** Nodes along x; node p lies in column p % columns, and edges join neighbouring columns only. */
  columns: number
  /** Volumes that hold salt and charge of the electrolyte (E1), m. */
  salt: Float64Array
  charge: Float64Array
  /** 1 where there is electrolyte, a conductor of electrons. */
  ions: Uint8Array
  conducts: Uint8Array
  /** Those that have a filling each at a node. */
  particles: readonly [Particles, ...Particles[]]
  electrolyte: {
    from: Int32Array
    to: Int32Array
    face: readonly Face[]
    /** Whether the anions of a face count in the balance of its first node. */
    leaving: Uint8Array
  }
  /** A/m² per RT/F. */
  electrons: Edges
  /** Nodes at the lithium foil and their shares of its area. */
  foil: { node: Int32Array; share: Float64Array }
  /** Solid at the collector, where psi = 0: behind a conductance [A/m² per RT/F], or held there (Infinity). */
  collector: { node: Int32Array; G: Float64Array }
}

/** Nodes whose solid is held at the potential of the collector. */
export function heldAtCollector({ nodes, collector }: Net): Uint8Array {
  const held = new Uint8Array(nodes)
  collector.node.forEach((p, k) => {
    if (collector.G[k] === Number.POSITIVE_INFINITY) held[p] = 1
  })
  return held
}

/** What the voltage of a material lies below that of the first one, RT/F: a shift of all its particles. */
export function standardShift({ standard, thermal }: CathodeSetting, material: Material): number {
  return (standard - material.standard) / thermal
}

/** Nothing crosses. */
export const NO_EDGES: Edges = { from: new Int32Array(0), to: new Int32Array(0), G: new Float64Array(0) }
