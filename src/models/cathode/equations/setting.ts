/** What the equations of a cell are set up with, homogenized or resolved. */

import type { Written } from '../../profile.ts'
import type { Electrolyte } from '../laws/electrolyte.ts'
import type { RateLaw } from '../laws/kinetics.ts'
import type { Step } from '../protocol/protocol.ts'
import type { Grid } from './grid.ts'

/** Components xx, yy and, in two dimensions, xy of a symmetric tensor. */
export type Tensor2 = readonly number[]

/** What an active material is to the equations. */
export interface Material {
  /** Initial filling; the mean of one that varies. */
  filling0: number
  /** Site density, mol/m³. */
  sites: number
  kinetics: RateLaw
  /** Standard voltage V0 [V] and interaction Omega of the voltage. */
  standard: number
  omega: number
  solid: SolidLaw
  /** Of lithium in this material alone. */
  Ms: Tensor2
}

/** Fractions, area a [1/m], tensors T, Sigma [S/m], Ms, and that of the second material. */
export interface PorousElectrode {
  p: number
  q: number
  a: number
  T: Tensor2
  Sigma: Tensor2
  Ms: Tensor2
  Ms2?: Tensor2
  /** Permeability, m². */
  K?: Tensor2
  kinds: readonly Kind[]
}

/** With the first active material, and with a second one where there is one. */
export interface CathodeSetting extends Omit<Material, 'Ms'> {
  grid: Grid
  /** RT/F, V. */
  thermal: number
  /** Reference salt concentration c0 and initial one over it; the mean of one that varies. */
  reference: number
  salt0: number
  /** What varies at the start. */
  start?: VaryingStart
  separator: { p: number; T: Tensor2 }
  /** Of the cathode; the mean where it varies. */
  cathode: PorousElectrode
  /** Where it varies: of each column of its grid. */
  along?: readonly PorousElectrode[]
  electrolyte: Electrolyte
  /** The second active material. */
  second?: Material
  foil: { exchange: number; alpha: number; order: number }
  /** Shift of the voltage [RT/F] and factor of the area, per cathode cell, and kind after kind. */
  shift: Float64Array
  spread: Float64Array
  /**
   * Through-flow of electrolyte with concentration c_in [c0], from the foil or, across, from below: mean V where it enters
   * [m/s], and where it is not the same everywhere its field; the period of its cell, where it has one of its own [m].
   */
  flow?: { velocity: number; inlet: number; across?: boolean; field?: FlowField; period?: number }
  /** Contact resistance, Ohm m². */
  contact: number
  steps: readonly Step[]
}

/** Salt [c0] and filling of each material at a place in the box with its separator; where absent they are the same everywhere. */
export interface VaryingStart {
  salt?: Written
  fillings?: readonly Written[]
}

/** A flow that is not the same everywhere, over its mean V where it enters; flows per area of the cell. */
export interface FlowField {
  /** Through the faces of the grid, forward. */
  faces: Float64Array
  /** Into nodes, and out of them, through the ends. */
  enter: readonly NodeFlow[]
  leave: readonly NodeFlow[]
  /** Pa over the velocity. */
  pressure: Float64Array
  /** Pa s. */
  viscosity: number
}

export interface NodeFlow {
  node: number
  flow: number
}

/** Fraction and area [1/m] of particles with one filling; lithium crosses the solid of the first kind of a material alone. */
export interface Kind {
  q: number
  a: number
  /** They are of the second material. */
  second?: boolean
}

export interface SolidLaw {
  law: 'fickian' | 'thermodynamic'
  /** D_s, m²/s. */
  diffusivity: number
  mobility: 'y(1-y)' | '1/4'
  /** Interaction in the free energy of diffusion; that of the voltage unless as printed. */
  omega: number
  /** Gradient coefficient K = kappa_g Ms / (q c_sm RT), m²; 0 without gradient energy. */
  gradient: number
}
