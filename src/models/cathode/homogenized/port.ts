/**
 * The port of a cell: a small current enters at the collector, the terminal voltage answers. With a double layer of
 * capacitance C per area of the particles the reaction also stores charge, A += a C d(psi_s - Phi)/dt, which the model
 * leaves out in time.
 */
import type { Port } from '../../port.ts'
import { BorderedLinearisation } from '../equations/linearise.ts'
import type { CellModel } from '../equations/model.ts'
import { offset } from '../laws/electrolyte.ts'
import { GLOBALS, PHI, PSI } from '../layout.ts'

/** @param capacitance F/m² of particle surface */
export function cathodePort(cell: CellModel, t: number, u: Float64Array, capacitance: number): Port {
  const { globals, size, setting } = cell
  const input = new Float64Array(size)
  const output = new Float64Array(size)
  // The row of the voltage reads - sum of A - I, with I positive on discharge: out of the + electrode.
  input[globals + GLOBALS.V] = 1
  output[globals + GLOBALS.V] = setting.thermal
  /** Small signals enter as a current, whatever the step of the protocol holds. */
  const linearise = (storing: number) => {
    const linear = new BorderedLinearisation(cell, cell.blocks())
    linear.update(t, u, storing, true)
    return linear
  }
  const port: Port = { drive: 'current', input, output, direct: setting.contact, linearise: () => linearise(0) }
  if (!(capacitance > 0)) return port
  return {
    ...port,
    storage: {
      add: (x, out) => addDoubleLayer(cell, u, capacitance, x, out),
      linearise: (omega) => linearise(omega * capacitance),
    },
  }
}

/** out += S x: what the double layers take from the electrolyte and give to the solid. */
function addDoubleLayer(
  cell: CellModel,
  u: Float64Array,
  capacitance: number,
  x: Float64Array,
  out: Float64Array,
): void {
  const { setting, nodes: n, globals, hosts, RHO } = cell
  const { form, delta } = setting.electrolyte
  const s = offset(form)
  const square = delta ** 2
  const ionRow = RHO < 0 ? PHI : RHO
  const V = globals + GLOBALS.V
  for (const { area, reactive } of hosts)
    for (const p of reactive) {
      const c = cell.cation(u, p)
      const dc = RHO < 0 ? x[p] : x[p] + square * x[RHO * n + p]
      const across = x[PSI * n + p] + x[V] - x[PHI * n + p] - (s * dc) / c
      const stored = area[p] * capacitance * setting.thermal * across
      out[ionRow * n + p] -= stored
      if (RHO >= 0) out[p] -= 0.5 * stored
      out[PSI * n + p] += stored
      out[V] += stored
    }
}
