/**
 * The resting state of a closed tissue: no net ionic current of any ion across the membrane, given the total amount
 * of every ion in the unit cell (|Y_I| C_I + |Y_E| C_E), electroneutral in both phases:
 *
 *     I_Na = I_K = I_Cl = 0,   an ion that cannot cross the membrane at all being held at its nominal value inside.
 *
 * Damped Newton in (ln Na_I, ln K_I, V), from several starting potentials.
 */
import type { Membrane } from './membrane.ts'
import { MembraneCurrents } from './membraneCurrents.ts'

export interface Nominal {
  /** Na, K, Cl, mol/m³. */
  inside: readonly [number, number, number]
  outside: readonly [number, number, number]
}

export interface RestState {
  sodiumI: number
  potassiumI: number
  sodiumE: number
  potassiumE: number
  /** V. */
  v: number
  gate: number
  /** A/m². */
  pump: number
}

/** Impermeant charge that makes concentrations electroneutral, mol/m³: X = Cl - Na - K. */
export function impermeant(c: readonly [number, number, number]): number {
  return c[2] - c[0] - c[1]
}

const STARTS = [-0.07, -0.045, -0.085, -0.03, -0.015, 0, 0.02]

/** @returns undefined when no resting state is found */
export function restState(
  membrane: Membrane,
  fractions: { inside: number; outside: number },
  nominal: Nominal,
): RestState | undefined {
  const xI = impermeant(nominal.inside)
  const xE = impermeant(nominal.outside)
  const totalNa = fractions.inside * nominal.inside[0] + fractions.outside * nominal.outside[0]
  const totalK = fractions.inside * nominal.inside[1] + fractions.outside * nominal.outside[1]
  const modulation = membrane.unmodulated()
  const { pump, gates } = membrane.parameters
  const idle = !gates && pump.every((site) => site.maximum === 0)
  const closed = [idle && modulation.sodium === 0, idle && modulation.potassium === 0, modulation.chloride === 0]
  const m = new MembraneCurrents()
  const state = (y: readonly number[]): RestState => {
    const sodiumI = Math.exp(y[0])
    const potassiumI = Math.exp(y[1])
    return {
      sodiumI,
      potassiumI,
      sodiumE: (totalNa - fractions.inside * sodiumI) / fractions.outside,
      potassiumE: (totalK - fractions.inside * potassiumI) / fractions.outside,
      v: y[2],
      gate: membrane.steadyGate(y[2]),
      pump: 0,
    }
  }
  const residual = (y: readonly number[]): [number, number, number] | undefined => {
    const s = state(y)
    const clI = s.sodiumI + s.potassiumI + xI
    const clE = s.sodiumE + s.potassiumE + xE
    if (!(s.sodiumE > 0 && s.potassiumE > 0 && clI > 0 && clE > 0)) return undefined
    membrane.evaluate(s.sodiumI, s.potassiumI, clI, s.sodiumE, s.potassiumE, clE, s.v, s.gate, modulation, m)
    const currents = [m.sodium, m.potassium, m.chloride]
    const excess = [s.sodiumI, s.potassiumI, clI].map((c, k) => c - nominal.inside[k])
    return currents.map((i, k) => (closed[k] ? excess[k] : i)) as [number, number, number]
  }
  for (const v of STARTS) {
    let y = [Math.log(nominal.inside[0]), Math.log(nominal.inside[1]), v]
    let r = residual(y)
    if (!r) continue
    for (let iteration = 0; iteration < 200; iteration++) {
      const dy = newtonStep(residual, y, r)
      if (!dy) break
      let step = Math.min(1, 1 / Math.abs(dy[0]), 1 / Math.abs(dy[1]), 0.02 / Math.abs(dy[2]))
      let next: number[] = []
      let rNext: [number, number, number] | undefined
      for (let halving = 0; halving < 30 && !rNext; halving++) {
        next = y.map((q, k) => q + step * dy[k])
        rNext = residual(next)
        step /= 2
      }
      if (!rNext) break
      y = next
      r = rNext
      if (Math.max(Math.abs(dy[0]), Math.abs(dy[1]), Math.abs(dy[2]) * 100) < 1e-13) break
    }
    const size = Math.max(1e-30, ...[membrane.parameters.conductance].flatMap((g) => g.map((x) => x * 0.1)))
    if (r.every((q, k) => Math.abs(q) < (closed[k] ? 1e-8 : 1e-11 * size))) {
      const s = state(y)
      residual(y)
      return { ...s, pump: m.pump }
    }
  }
  return undefined
}

/** One sort of cells as far as their rest goes. */
export interface RestingCells {
  membrane: Membrane
  fraction: number
  nominal: Nominal
}

/** Concentrations outside that change by less than this between two steps are found, mol/m³. */
const FOUND = 1e-11

/**
 * The rest of a closed tissue with several sorts of cells: each at rest with the same concentrations outside, which are
 * such that the unit cell holds what it does nominally:  sum_k theta_k C_k(C_E) + theta_E C_E = total. Newton in C_E.
 * @param outside fraction and nominal concentrations, the same for all sorts
 * @returns undefined when no resting state is found
 */
export function commonRest(
  cells: readonly RestingCells[],
  outside: { fraction: number; nominal: Nominal['outside'] },
): RestState[] | undefined {
  if (cells.length === 1) {
    const [{ membrane, fraction, nominal }] = cells
    const found = restState(membrane, { inside: fraction, outside: outside.fraction }, nominal)
    return found && [found]
  }
  const x = impermeant(outside.nominal)
  const totals = [0, 1].map((ion) =>
    cells.reduce(
      (sum, { fraction, nominal }) => sum + fraction * nominal.inside[ion],
      outside.fraction * outside.nominal[ion],
    ),
  )
  /** All at rest beside given concentrations, and what the unit cell then holds too much. */
  const beside = (sodium: number, potassium: number) => {
    const chloride = sodium + potassium + x
    if (!(sodium > 0 && potassium > 0 && chloride > 0)) return undefined
    const states: RestState[] = []
    let [tooMuchNa, tooMuchK] = [outside.fraction * sodium - totals[0], outside.fraction * potassium - totals[1]]
    for (const { membrane, fraction, nominal } of cells) {
      const large = { inside: 0, outside: 1 }
      const state = restState(membrane, large, { inside: nominal.inside, outside: [sodium, potassium, chloride] })
      if (!state) return undefined
      states.push(state)
      tooMuchNa += fraction * state.sodiumI
      tooMuchK += fraction * state.potassiumI
    }
    return { states, excess: [tooMuchNa, tooMuchK] as const }
  }
  let [sodium, potassium] = outside.nominal
  let now = beside(sodium, potassium)
  for (let iteration = 0; now && iteration < 60; iteration++) {
    const step = 1e-5
    const bySodium = beside(sodium * (1 + step), potassium)
    const byPotassium = beside(sodium, potassium * (1 + step))
    if (!bySodium || !byPotassium) return undefined
    const [e0, e1] = now.excess
    const a = (bySodium.excess[0] - e0) / (sodium * step)
    const c = (bySodium.excess[1] - e1) / (sodium * step)
    const b = (byPotassium.excess[0] - e0) / (potassium * step)
    const d = (byPotassium.excess[1] - e1) / (potassium * step)
    const det = a * d - b * c
    const change = [(b * e1 - d * e0) / det, (c * e0 - a * e1) / det]
    const damping = Math.min(1, 0.5 / Math.max(Math.abs(change[0] / sodium), Math.abs(change[1] / potassium)))
    sodium += damping * change[0]
    potassium += damping * change[1]
    now = beside(sodium, potassium)
    if (now && Math.max(...change.map(Math.abs)) < FOUND) return now.states
  }
  return undefined
}

/** Newton direction with a central-difference 3x3 Jacobian, by Cramer's rule; undefined if singular. */
function newtonStep(
  f: (y: readonly number[]) => [number, number, number] | undefined,
  y: readonly number[],
  r: [number, number, number],
): [number, number, number] | undefined {
  const j: number[][] = []
  for (let c = 0; c < 3; c++) {
    const h = 1e-6 * (c === 2 ? 0.025 : 1)
    const plus = f(y.map((q, k) => (k === c ? q + h : q)))
    const minus = f(y.map((q, k) => (k === c ? q - h : q)))
    if (!plus || !minus) return undefined
    j.push(plus.map((p, k) => (p - minus[k]) / (2 * h)))
  }
  const [a, b, c] = j
  const det = determinant(a, b, c)
  if (!(Math.abs(det) > 0)) return undefined
  const n = r.map((q) => -q)
  return [determinant(n, b, c) / det, determinant(a, n, c) / det, determinant(a, b, n) / det]
}

function determinant(a: number[], b: number[], c: number[]): number {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1])
}
