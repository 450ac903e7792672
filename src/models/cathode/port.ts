/**
 * The port of a cell: a small current enters at the collector, the terminal voltage answers. With a double layer of
 * capacitance C per area of the particles the reaction also stores charge, A += a C d(psi_s - Phi)/dt, which the model
 * leaves out in time.
 */
import { BlockTridiagonal } from '../../numerics/blocktridiagonal.ts'
import type { Port } from '../port.ts'
import { offset } from './electrolyte.ts'
import { type CathodeEquations, GLOBALS, PHI, PSI } from './equations.ts'
import { BorderedLinearisation } from './linearise.ts'

/** @param capacitance F/m² of particle surface */
export function cathodePort(equations: CathodeEquations, t: number, u: Float64Array, capacitance: number): Port {
  const { globals, size, setting } = equations
  const input = new Float64Array(size)
  const output = new Float64Array(size)
  // The row of the voltage reads - sum of A h - I, with I positive on discharge: out of the + electrode.
  input[globals + GLOBALS.V] = 1
  output[globals + GLOBALS.V] = setting.thermal
  const port: Port = { drive: 'current', input, output, direct: setting.contact }
  if (!(capacitance > 0)) return port
  return {
    ...port,
    storage: {
      add: (x, out) => addDoubleLayer(equations, u, capacitance, x, out),
      linearise(omega) {
        const { columns, rows } = setting.grid
        const matrix = new BlockTridiagonal(columns, equations.width * rows)
        const linear = new BorderedLinearisation(equations, matrix)
        linear.update(t, u, omega * capacitance)
        return linear
      },
    },
  }
}

/** out += S x: what the double layers take from the electrolyte and give to the solid. */
function addDoubleLayer(
  { setting, nodes: n, globals, reactive, RHO }: CathodeEquations,
  u: Float64Array,
  capacitance: number,
  x: Float64Array,
  out: Float64Array,
): void {
  const { form, delta } = setting.electrolyte
  const s = offset(form)
  const square = delta ** 2
  const ionRow = RHO < 0 ? PHI : RHO
  const V = globals + GLOBALS.V
  for (let p = 0; p < n; p++) {
    if (reactive[p] === 0) continue
    const c = RHO < 0 ? u[p] : u[p] + square * u[RHO * n + p]
    const dc = RHO < 0 ? x[p] : x[p] + square * x[RHO * n + p]
    const across = x[PSI * n + p] + x[V] - x[PHI * n + p] - (s * dc) / c
    const stored = reactive[p] * capacitance * setting.thermal * across
    out[ionRow * n + p] -= stored
    if (RHO >= 0) out[p] -= 0.5 * stored
    out[PSI * n + p] += stored
    out[V] += stored
  }
}
