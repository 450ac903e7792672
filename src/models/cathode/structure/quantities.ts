/** What a structure is to the equations: fractions, area and effective tensors. */
import type { Tensor } from '../../../cell/cell.ts'
import type { Problem } from '../../../parameter.ts'
import type { Notice } from '../../family.ts'
import type { ParticleKind } from './kinds.ts'

export interface CathodeStructure {
  /** Fraction that holds salt. */
  p: number
  /** Fraction of active material, of both where there are two. */
  q: number
  /** Fraction of carbon (and binder), also where it is counted in p because ions pass through it. */
  carbon: number
  /** Reactive area per volume, 1/m, without particles that stay out. */
  a: number
  /** Particles with one filling each, whose q and a sum to those above. */
  kinds: readonly ParticleKind[]
  /** Over the bulk value. */
  T: Tensor
  /** S/m. */
  Sigma: Tensor
  /** Over the value in the bulk solid. */
  Ms: Tensor
  /** The same of the second material. */
  second?: { Ms: Tensor }
  /** m². */
  K: Tensor
  /** Where the cell varies: the structure at every place, a fraction of the cathode; the above are those of its middle. */
  along?: (place: number) => StructureThere
  notices: Notice[]
  problems: Problem[]
}

/** The structure at a place. */
export type StructureThere = Pick<CathodeStructure, 'p' | 'q' | 'a' | 'kinds' | 'T' | 'Sigma' | 'Ms' | 'second' | 'K'>

/** What the cell itself says, in its own dimension; tensors are undefined where their problem was not solved. */
export interface CellValues {
  p: number
  q: number
  carbon: number
  /** Contact of active material and electrolyte where it reacts, and surface of all solid, per volume, 1/m. */
  contact: number
  surface: number
  kinds: readonly ParticleKind[]
  /** Whether ions pass through the carbon. */
  open: boolean
  T?: Tensor
  Sigma?: Tensor
  Ms?: Tensor
  /** The second material, where there is one: M_s. */
  second?: { Ms?: Tensor }
  K?: Tensor
  /** Flux average of the dielectric problem over the phases that hold salt. */
  published?: Tensor
  /** Published electronic tensor, S/m. */
  publishedSigma?: Tensor
}
