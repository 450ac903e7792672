/**
 * Current-voltage curves of a tissue.
 *
 * Membrane, frozen: ionic currents against V at the concentrations of one node (straight lines for ohmic channels).
 * Membrane, isochronal: V held for T_hold while the inside of the cell evolves, outside fixed; the clamp's current
 * sum I_i is carried into the cell by K, so that electroneutrality holds: |Y_I| dC_I/dt = -a f_i + carrier.
 * Tissue: current is applied from x = 0 to x = L and phi_E(left) - phi_E(right) is read after t_read, with the
 * electrotonic theory for frozen concentrations beside it,
 *
 *     kappa_s = F² sum z² D_s* C / RT,   lambda_e = sqrt[ kI kE / ((kI + kE) a sum G) ],
 *     drop/I = [ L + 2 (kI/kE) lambda_e tanh(L / 2 lambda_e) ] / (kI + kE)
 */

import type { CellResult } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import { Integrator } from '../../numerics/integrate.ts'
import { makeConsistent } from '../../numerics/steps.ts'
import { InputError } from '../../parameter.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import type { Curve, CurveRequest } from '../family.ts'
import { GROUPS } from '../groups.ts'
import { card } from './card.ts'
import { evaluate, holdCurrent, local } from './clamp.ts'
import { effectiveTissue } from './effective.ts'
import { tissueGroups } from './groups.ts'
import type { TissueInput } from './input.ts'
import { K_E, NA_E } from './layout.ts'
import { macroModel } from './macro.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import type { TissueModel } from './model.ts'
import { kindsIn } from './net.ts'

const FROM = -0.12
const TO = 0.04

const millivolt = (label: string) => ({ label, unit: 'mV', factor: 1e-3 })
const perArea = { label: 'current density (outward)', unit: 'µA/cm²', factor: 0.01 }

/** @throws InputError when the scenario admits no model */
export function* tissueCurve(
  request: CurveRequest,
  input: TissueInput,
  cell: CellResult,
  state: { t: number; u: Float64Array },
): Generator<number, Curve> {
  switch (request.name) {
    case 'membrane':
      return frozen(macroModel(input, cell), state, request.node)
    case 'isochronal':
      return yield* isochronal(macroModel(input, cell), state, request.node, input.parameters.clamp_time)
    case 'tissue':
      return yield* appliedCurrent(input, cell, state)
    case GROUPS.name:
      return tissueGroups(input)
    default:
      throw new RangeError(`curve: got "${request.name}"; valid are ${card.curves.map((c) => c.name).join(', ')}`)
  }
}

function frozen(model: TissueModel, state: { t: number; u: Float64Array }, node: number): Curve {
  model.enter(state.t, state.t)
  const u = model.concentrations(state.u)
  const s = local(model, u, node)
  const { membrane } = model.setting
  const m = new MembraneCurrents()
  const x: number[] = []
  const traces = ['Na', 'K', 'Cl', msg('pump'), msg('total')].map((name) => ({ name, x, y: [] as number[] }))
  for (let v = FROM; v <= TO + 1e-9; v += 0.001) {
    x.push(v)
    evaluate(model, node, s, v, m)
    const leaks = [m.sodium - 3 * m.pump, m.potassium + 2 * m.pump, m.chloride, m.pump, m.total]
    for (const [k, y] of leaks.entries()) traces[k].y.push(y)
  }
  const others = model.cells.slice(1).map((_, k) => {
    const own = local(model, u, node, k + 1)
    const y = x.map((v) => {
      evaluate(model, node, own, v, m, k + 1)
      return m.total
    })
    const kind = k + 2
    return { trace: { name: t('total, kind {kind}', { kind }), x, y }, mark: { label: `V_${kind}`, x: own.v } }
  })
  return {
    name: 'membrane',
    label: 'Membrane current-voltage curve, frozen concentrations',
    x: millivolt('membrane potential V'),
    y: perArea,
    traces: [...traces, ...others.map(({ trace }) => trace)],
    marks: [
      { label: 'V', x: s.v },
      ...others.map(({ mark }) => mark),
      { label: 'E_Na', x: membrane.nernst(1, s.sI, s.sE) },
      { label: 'E_K', x: membrane.nernst(1, s.kI, s.kE) },
      {
        label: 'E_Cl',
        x: membrane.nernst(-1, s.sI + s.kI + model.cells[0].charge[node], s.sE + s.kE + model.chargeE[node]),
      },
    ],
    note: membrane.parameters.gates ? t('gate h frozen at its present value') : t('concentrations frozen at the probe'),
  }
}

function* isochronal(
  model: TissueModel,
  state: { t: number; u: Float64Array },
  node: number,
  hold: number,
): Generator<number, Curve> {
  model.enter(state.t, state.t)
  const u = model.concentrations(state.u)
  const m = new MembraneCurrents()
  const x: number[] = []
  for (let v = FROM; v <= TO + 1e-9; v += 0.005) x.push(v)
  const traces: Curve['traces'][number][] = []
  const marks: Curve['marks'][number][] = []
  for (const kind of model.cells.keys()) {
    const s = local(model, u, node, kind)
    const [start, end]: number[][] = [[], []]
    for (const [i, v] of x.entries()) {
      evaluate(model, node, s, v, m, kind)
      start.push(m.total)
      const { current } = holdCurrent(model, node, s, v, hold, { kind })
      end.push(Number.isFinite(current) ? current : Number.NaN)
      yield (kind + i / x.length) / model.cells.length
    }
    const own = (name: string) => (kind === 0 ? name : t('{name}, kind {kind}', { name, kind: kind + 1 }))
    traces.push({ name: own(msg('at once')), x, y: start }, { name: own(`${msg('after')} ${hold} s`), x, y: end })
    marks.push({ label: kind === 0 ? 'V' : `V_${kind + 1}`, x: s.v })
  }
  return {
    name: 'isochronal',
    label: 'Membrane current after a voltage clamp',
    x: millivolt('held membrane potential V'),
    y: perArea,
    traces,
    marks,
    note: 'the clamp current is carried by K; concentrations outside fixed',
  }
}

/** Electrotonic length [m] and drop per current density [V m²/A] of a uniform tissue with frozen concentrations. */
export function electrotonic(
  model: TissueModel,
  input: TissueInput,
  cell: CellResult,
  state: Float64Array,
): { length: number; drop: number; conductivityE: number; conductivityI: number } {
  const u = model.concentrations(state)
  const { tissue } = effectiveTissue(input, cell)
  const { diffusivity, fixedE, net, membrane } = model.setting
  const n = net.nodes
  const mean = (k: number, weight: Float64Array) => {
    let s = 0
    let w = 0
    for (let p = 0; p < n; p++) {
      s += weight[p] * u[k * n + p]
      w += weight[p]
    }
    return s / w
  }
  const conductivity = (na: number, k: number, fixed: number, factor: number) =>
    FARADAY *
    inverseThermalVoltage(membrane.parameters.temperature) *
    factor *
    (diffusivity[0] * na + diffusivity[1] * k + diffusivity[2] * (na + k + fixed))
  const kE = conductivity(mean(NA_E, net.volumeE), mean(K_E, net.volumeE), fixedE, tissue.tensorE[0][0])
  const kinds = kindsIn(tissue).map(({ tensorI, areaDensity }, kind) => {
    const { slots, volume, fixed } = model.cells[kind]
    return {
      kind,
      areaDensity,
      conductivity: conductivity(mean(slots.na, volume), mean(slots.k, volume), fixed, tensorI[0][0]),
    }
  })
  const kI = kinds.reduce((sum, one) => sum + one.conductivity, 0)
  // Slope conductance of the membrane as it is at this state: gates, rectification and stimuli included. Where a current
  // runs inside, it leaves through the membranes of the cells that carry it.
  const carriers = kI > 0 ? kinds.filter((one) => one.conductivity > 0) : kinds
  const m = new MembraneCurrents()
  let slope = 0
  let area = 0
  for (const { kind } of carriers)
    for (let p = 0; p < n; p++) {
      const s = local(model, u, p, kind)
      evaluate(model, p, s, s.v, m, kind)
      const own = model.cells[kind].area[p]
      slope += own * (m.sodiumByV + m.potassiumByV + m.chlorideByV)
      area += own
    }
  const g = slope / area
  const areaDensity = carriers.reduce((sum, one) => sum + one.areaDensity, 0)
  const length = Math.sqrt((kI * kE) / ((kI + kE) * areaDensity * g))
  const size = input.macro.size[0]
  const drop = kI > 0 ? (size + 2 * (kI / kE) * length * Math.tanh(size / (2 * length))) / (kI + kE) : size / kE
  return { length, drop, conductivityE: kE, conductivityI: kI }
}

/** Potential drop after `time` under a current density, from the state (t, u). */
export function* dropUnderCurrent(
  input: TissueInput,
  cell: CellResult,
  u: Float64Array,
  density: number,
  time: number,
): Generator<void, number> {
  const electrode = input.experiment.name === 'current' ? input.experiment.values.electrode : 'bridge'
  const model = macroModel(
    {
      ...input,
      stimuli: [],
      experiment: { name: 'current', values: { density, on: 0, off: 2 * time + 1, electrode } },
    },
    cell,
  )
  const state = { t: 0, u: Float64Array.from(u), integrals: new Float64Array(model.rateCount), dt: 0 }
  model.enter(0, time)
  yield* makeConsistent(model, 0, state.u, 1e-5)
  const integrator = new Integrator(model, { rtol: 1e-5 })
  for (const _ of integrator.advance(state, time)) yield
  return model.potentialDrop(state.u)
}

function* appliedCurrent(
  input: TissueInput,
  cell: CellResult,
  state: { t: number; u: Float64Array },
): Generator<number, Curve> {
  if (input.parameters.geometry === 'radial')
    throw new InputError([
      {
        path: 'parameters.geometry',
        message: t('got radial coordinates; a ball has no two ends to apply a current to; use a box'),
      },
    ])
  const time = input.parameters.read_time
  const model = macroModel(input, cell)
  const theory = electrotonic(model, input, cell, state.u)
  // Keep the drop near 50 mV at the ends of the curve, where concentrations are still far from limits.
  const largest = 0.05 / theory.drop
  const x: number[] = []
  const y: number[] = []
  const steps = 8
  for (let k = -steps / 2; k <= steps / 2; k++) {
    const density = (largest * k) / (steps / 2)
    x.push(density)
    const solve = dropUnderCurrent(input, cell, state.u, density, time)
    let next = solve.next()
    while (!next.done) {
      yield (k + steps / 2) / (steps + 1)
      next = solve.next()
    }
    y.push(next.value)
  }
  return {
    name: 'tissue',
    label: `Tissue current-voltage curve after ${time} s`,
    x: { label: 'applied current density', unit: 'A/m²', factor: 1 },
    y: millivolt('potential drop across the tissue'),
    traces: [
      { name: `${msg('computed')}, ${time} s`, x, y },
      { name: msg('frozen concentrations, theory'), x, y: x.map((i) => i * theory.drop) },
    ],
    marks: [],
    note:
      theory.conductivityI > 0
        ? t('electrotonic length {theory} µm', { theory: (theory.length * 1e6).toFixed(1) })
        : t('the cells are isolated: all current flows between them'),
  }
}
