/**
 * The membrane at one node under a voltage clamp: V held for T_hold while the inside of the cell evolves, outside fixed;
 * the clamp's current sum I_i is carried into the cell by K, so that electroneutrality holds:
 *
 *     |Y_I| dC_I/dt = -a f_i + carrier
 */
import { FARADAY } from '../constants.ts'
import { K_E, NA_E } from './layout.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import type { TissueModel } from './model.ts'

/** Concentrations (mol/m³), V and gate of one node. */
export interface Local {
  sI: number
  kI: number
  sE: number
  kE: number
  v: number
  gate: number
}

export function local(model: TissueModel, u: Float64Array, node: number, kind = 0): Local {
  const n = model.setting.net.nodes
  const at = (k: number) => u[k * n + node]
  const { slots, membrane } = model.cells[kind]
  const gate = membrane.parameters.gates ? at(slots.gate) : 0
  return { sI: at(slots.na), kI: at(slots.k), sE: at(NA_E), kE: at(K_E), v: at(slots.v), gate }
}

/** Currents of a membrane of the model at a node with V replaced; gates h stay as they are. */
export function evaluate(model: TissueModel, node: number, s: Local, v: number, m: MembraneCurrents, kind = 0): void {
  const { membrane, charge, glia } = model.cells[kind]
  const modulation = model.modulate(node, glia)
  const [cI, cE] = [s.sI + s.kI + charge[node], s.sE + s.kE + model.chargeE[node]]
  membrane.evaluate(s.sI, s.kI, cI, s.sE, s.kE, cE, v, s.gate, modulation, m)
}

/** Current after holding V for `hold` seconds. */
export function holdCurrent(
  model: TissueModel,
  node: number,
  start: Local,
  v: number,
  hold: number,
  { carrier = true, kind = 0 } = {},
): { current: number; neutrality: number } {
  const { area, membrane, charge, glia } = model.cells[kind]
  const fixed = charge[node]
  const m = new MembraneCurrents()
  const areaPerVolume = area[node] / model.volumeAt(kind, node)
  let s = { ...start, chloride: start.sI + start.kI + fixed }
  const rate = (q: typeof s): [number, number, number] => {
    const modulation = model.modulate(node, glia)
    membrane.evaluate(q.sI, q.kI, q.chloride, q.sE, q.kE, q.sE + q.kE + model.chargeE[node], v, q.gate, modulation, m)
    const [na, k, cl] = membrane.fluxes(m, 0)
    const supply = carrier ? m.total / FARADAY : 0
    return [-areaPerVolume * na, areaPerVolume * (supply - k), -areaPerVolume * cl]
  }
  // Classical Runge-Kutta with steps far below the fastest exchange rate: non-stiff once V is held.
  let fastest = 1e-9
  evaluate(model, node, start, v, m, kind)
  for (const g of [m.sodiumBySodiumI, m.potassiumByPotassiumI, -m.chlorideByChlorideI])
    fastest = Math.max(fastest, (Math.abs(g) * areaPerVolume) / FARADAY)
  const steps = Math.max(20, Math.ceil(hold * fastest * 20))
  const h = hold / steps
  const move = (q: typeof s, k: [number, number, number], f: number) => ({
    ...q,
    sI: q.sI + f * k[0],
    kI: q.kI + f * k[1],
    chloride: q.chloride + f * k[2],
  })
  for (let i = 0; i < steps; i++) {
    const k1 = rate(s)
    const k2 = rate(move(s, k1, h / 2))
    const k3 = rate(move(s, k2, h / 2))
    const k4 = rate(move(s, k3, h))
    const mean = k1.map((a, j) => (a + 2 * k2[j] + 2 * k3[j] + k4[j]) / 6) as [number, number, number]
    s = move(s, mean, h)
  }
  rate(s)
  return { current: m.total, neutrality: s.sI + s.kI - s.chloride + fixed }
}
