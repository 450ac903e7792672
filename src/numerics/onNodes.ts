/** Matrices for fields on the nodes of a box, and what all their direct solvers do. */
import type { BlockTridiagonal } from './blocktridiagonal.ts'
import { Multifrontal } from './multifrontal.ts'

/** What block elimination needs of a matrix. */
export type Blocks = Pick<BlockTridiagonal, 'assemble' | 'multiply' | 'factor' | 'solve'>

/** A matrix for fields on the nodes of a box, x first: where it is wide, dissecting it costs far less than going by columns. */
export function onNodes(present: Uint8Array, counts: readonly number[]): Blocks {
  const d = counts.length
  const nodes = counts.reduce((a, b) => a * b, 1)
  const strides = counts.map((_, axis) => counts.slice(0, axis).reduce((a, b) => a * b, 1))
  const place = new Float64Array(d * present.length)
  for (let k = 0; k < present.length; k++)
    for (let axis = 0; axis < d; axis++) place[d * k + axis] = Math.floor((k % nodes) / strides[axis]) % counts[axis]
  return new Multifrontal(present, place, d)
}
