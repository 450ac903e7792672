/** The numbered examples, in order. */
import { example as checkerboard } from './01-checkerboard.ts'
import { example as cylinders } from './02-cylinders.ts'
import { example as spheres } from './03-spheres.ts'
import { example as drag } from './04-drag.ts'
import { example as constantField } from './05-constant-field.ts'
import { example as liquidJunction } from './06-liquid-junction.ts'
import { example as limitingCurrent } from './07-limiting-current.ts'
import { example as rest } from './08-rest.ts'
import { example as doubleLayer } from './09-double-layer.ts'
import { example as openCircuit } from './10-open-circuit.ts'
import { example as discharge } from './11-discharge.ts'
import { example as judge } from './12-judge.ts'
import type { Example } from './example.ts'

export const examples: readonly Example[] = [
  checkerboard,
  cylinders,
  spheres,
  drag,
  constantField,
  liquidJunction,
  limitingCurrent,
  rest,
  doubleLayer,
  openCircuit,
  discharge,
  judge,
]
