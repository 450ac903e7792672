/**
 * Closures of the homogenized ion flux  J = -d ( Dc grad c + z c Df f grad phi ).
 *
 * With the perforated tensor Dhat, the pore fraction p and the flux average M of the dielectric corrector, A = p I - M.
 * Only `perforated` converges to the pore-resolved solution; the others are readings of the literature (Schmuck 2013:
 * eqs. (25)-(26), (43), (46)), shown with what is known about them. An Einstein closure has Dc = Df: its equilibrium is
 * Boltzmann's and its free energy decays.
 */
import type { Tensor } from '../../cell/cell.ts'
import { entry } from '../entries.ts'

export interface PorousTensors {
  /** Pore fraction p. */
  pore: number
  /** Perforated tensor Dhat. */
  perforated: Tensor
  /** Effective permittivity over that of the fluid. */
  permittivity: Tensor
  /** M = integral over the pore of (I - grad xi). */
  average: Tensor
}

export interface Closure {
  name: string
  label: string
  einstein: boolean
  /** Shown only on request. */
  expert: boolean
  /** What is to be known about it. */
  comment: string
  diffusion(t: PorousTensors): Tensor
  drift(t: PorousTensors): Tensor
}

const scalar = (t: PorousTensors, s: number): Tensor =>
  t.perforated.map((row, i) => row.map((_, j) => (i === j ? s : 0)))
const combine = (a: Tensor, x: number, b: Tensor, y: number): Tensor =>
  a.map((row, i) => row.map((v, j) => x * v + y * b[i][j]))
const pore = (t: PorousTensors) => scalar(t, t.pore)

export const closures = [
  {
    name: 'perforated',
    label: 'No-flux walls, no local equilibrium',
    einstein: true,
    expert: false,
    comment: 'Converges to the pore-resolved solution; independent of the permittivity contrast, because walls block.',
    diffusion: (t) => t.perforated,
    drift: (t) => t.perforated,
  },
  {
    name: 'weak2013',
    label: 'Schmuck 2013, consistent sign (weak form 46)',
    einstein: true,
    expert: false,
    comment: 'Tortuosity 1: the new term cancels identically. An upper bound that no pore with obstacles reaches.',
    diffusion: pore,
    drift: pore,
  },
  {
    name: 'printed2013',
    label: 'Schmuck 2013, strong form as printed (43)',
    einstein: false,
    expert: false,
    comment: 'A slip of sign: the drift can exceed that in free solution, or be negative.',
    diffusion: pore,
    drift: (t) => combine(t.average, 2, pore(t), -1),
  },
  {
    name: 'lteDM',
    label: 'Local equilibrium with the ansatz of 2011/12, D = M',
    einstein: true,
    expert: false,
    comment: 'Equals the perforated closure for insulating solids; exceeds the pore fraction for polarisable ones.',
    diffusion: (t) => t.average,
    drift: (t) => t.average,
  },
  {
    name: 'neumann2013',
    label: 'Schmuck 2013 with D^r = 0',
    einstein: false,
    expert: true,
    comment: 'A third reading of (43), with homogeneous Neumann data.',
    diffusion: pore,
    drift: (t) => t.average,
  },
  {
    name: 'split',
    label: 'Split tensors (reconstruction of Schmuck and Bazant)',
    einstein: false,
    expert: true,
    comment: 'Our reading of a statement that the Einstein relation fails for a polarisable matrix.',
    diffusion: (t) => t.perforated,
    drift: (t) => t.average,
  },
] as const satisfies readonly Closure[]

export type ClosureName = (typeof closures)[number]['name']

/** @throws RangeError for a name that validation should have refused */
export function closure(name: string): Closure & { name: ClosureName } {
  return entry<Closure & { name: ClosureName }>(closures, name)
}

/** The state-dependent tensor D^r = -z c A of (25), by its linearity in the concentration c. */
export function correctionTensor(t: PorousTensors, valence: number, concentration: number): Tensor {
  return combine(pore(t), -valence * concentration, t.average, valence * concentration)
}

/** Smallest eigenvalue of the leading d x d block of a symmetric tensor, d <= 3. */
export function smallestEigenvalue(t: Tensor, d: number): number {
  if (d === 1) return t[0][0]
  if (d === 2) return (t[0][0] + t[1][1]) / 2 - Math.hypot((t[0][0] - t[1][1]) / 2, t[0][1])
  // Trigonometric solution of the characteristic polynomial.
  const q = (t[0][0] + t[1][1] + t[2][2]) / 3
  const off = t[0][1] ** 2 + t[0][2] ** 2 + t[1][2] ** 2
  const spread = (t[0][0] - q) ** 2 + (t[1][1] - q) ** 2 + (t[2][2] - q) ** 2 + 2 * off
  if (spread === 0) return q
  const r = Math.sqrt(spread / 6)
  const b = t.map((row, i) => row.map((v, j) => (v - (i === j ? q : 0)) / r))
  const determinant =
    b[0][0] * (b[1][1] * b[2][2] - b[1][2] * b[2][1]) -
    b[0][1] * (b[1][0] * b[2][2] - b[1][2] * b[2][0]) +
    b[0][2] * (b[1][0] * b[2][1] - b[1][1] * b[2][0])
  const angle = Math.acos(Math.max(-1, Math.min(1, determinant / 2))) / 3
  return q + 2 * r * Math.cos(angle + (2 * Math.PI) / 3)
}
