/**
 * Small-signal impedance. At a state u of M du/dt = F(t, u; s) a signal s + ds e^(i omega t) moves the unknowns by x ds,
 *
 *     ( i omega (M + S) - J ) x = dF/ds,     dy = ( dy/du x + direct + i omega displacement ) ds
 *
 * with the answer y, the storage S and the signal of the model's port (models/port.ts); Z = dV/dI in Ω m².
 *
 * With W = -J and T = omega (M + S), real and imaginary parts obey [W -T; T W] (Re x, Im x) = (dF/ds, 0). GMRES is
 * preconditioned by [W -T; T W + 2T], which takes two solves with W + T, the iteration matrix that the model already
 * has for beta = 1 / omega (Axelsson, Neytcheva and Ahmad 2014). A mode of rate lambda becomes
 * (lambda² + omega²) / (lambda + omega)², between 1/2 and 1 whatever lambda is, so that an iteration leaves at most
 * (sqrt 2 - 1)² = 0.17 of the residual on every mesh and at every frequency. Rounds of iterative refinement with the
 * true residual make up for preconditioners that solve loosely.
 */
import { t } from '../language/language.ts'
import type { Model } from '../models/family.ts'
import type { Port } from '../models/port.ts'
import { Gmres } from '../numerics/gmres.ts'
import { type Linearisation, LinearSolveError } from '../numerics/system.ts'
import { InputError, type Problem } from '../parameter.ts'

export interface ImpedancePoint {
  /** Hz. */
  frequency: number
  /** Ω m² of cross-section. */
  re: number
  im: number
  /** Iterations of GMRES, each of two real solves. */
  iterations: number
  /** What is left of the preconditioned residual, relative, each unknown counted by its typical size. */
  residual: number
}

/** Wanted relative residual, and the one beyond which there is no answer. */
const TOLERANCE = 1e-10
const USELESS = 1e-5
/** What one round of refinement reduces, and how well the solves inside are done for it. */
const ROUND = 1e-5
const INNER = 1e-6
const MOST_ROUNDS = 5
/** A response this small relative to the unknowns is measured enlarged, down to one that is taken for none. */
const WEAK = 1e-3
const WEAKEST = 1e-60

export const MOST_POINTS = 1000

/**
 * Frequencies from `from` to `to` [Hz], equally spaced in their logarithm.
 * @throws InputError naming each of the three that cannot be used
 */
export function frequencyList(from: number, to: number, points: number): number[] {
  const problems: Problem[] = []
  for (const [path, value, example] of [
    ['from', from, 1e-3],
    ['to', to, 1e5],
  ] as const)
    if (!(value >= 1e-9 && value <= 1e15))
      problems.push({
        path,
        message: t('got {got} Hz; must lie between 1e-9 and 1e15 Hz; try {better}', { got: value, better: example }),
      })
  if (problems.length === 0 && points !== 1 && !(to > from))
    problems.push({
      path: 'to',
      message: t('got {got} Hz, not above the first frequency of {from} Hz; try {better}', {
        got: to,
        from,
        better: 1e6 * from,
      }),
    })
  if (!Number.isInteger(points) || points < 1 || points > MOST_POINTS)
    problems.push({
      path: 'points',
      message: t('got {got}; must be a whole number from 1 to {most}; try 60', { got: points, most: MOST_POINTS }),
    })
  if (problems.length > 0) throw new InputError(problems)
  return Array.from({ length: points }, (_, k) => (points === 1 ? from : from * (to / from) ** (k / (points - 1))))
}

/**
 * The impedance of a model at a state that satisfies its algebraic rows; yields the fraction done.
 * @param frequencies Hz, positive
 * @throws InputError when the model has no two electrodes; LinearSolveError when the linearisation is singular
 */
export function* impedance(
  model: Model,
  state: { t: number; u: Float64Array },
  frequencies: readonly number[],
): Generator<number, ImpedancePoint[]> {
  model.enter(state.t, state.t)
  const port = model.port?.(state.t, state.u)
  if (!port)
    throw new InputError([
      {
        path: 'experiment.name',
        message: t('this model has no two electrodes between which an impedance is measured'),
      },
    ])
  const linearisation = port.linearise?.() ?? model.linearise(state.t, state.u)
  const gmres = new Gmres(Float64Array.from({ length: 2 * model.size }, (_, k) => model.scale[k % model.size]))
  const points: ImpedancePoint[] = []
  for (const [k, frequency] of frequencies.entries()) {
    const running = new Response(model, port, linearisation, gmres, 2 * Math.PI * frequency).solve()
    let next = running.next()
    while (!next.done) {
      yield k / frequencies.length
      next = running.next()
    }
    const { x, iterations, residual } = next.value
    points.push({ frequency, ...reading(port, x, 2 * Math.PI * frequency), iterations, residual })
  }
  return points
}

/** Fastest relative change of a state, as a frequency [Hz]: an impedance above it does not notice. */
export function restlessness(model: Model, { t, u }: { t: number; u: Float64Array }): number {
  const f = new Float64Array(model.size)
  model.residual(t, u, f)
  let rate = 0
  for (let k = 0; k < f.length; k++)
    if (model.mass[k] !== 0) rate = Math.max(rate, Math.abs(f[k] / model.mass[k]) / (Math.abs(u[k]) + model.scale[k]))
  return rate / (2 * Math.PI)
}

/** Z from the response of the unknowns to the signal. */
function reading(port: Port, x: Float64Array, omega: number): { re: number; im: number } {
  const n = port.output.length
  let re = port.direct ?? 0
  let im = omega * (port.displacement ?? 0)
  for (let k = 0; k < n; k++) {
    re += port.output[k] * x[k]
    im += port.output[k] * x[n + k]
  }
  if (port.drive === 'current') return { re, im }
  const size = re * re + im * im
  return { re: re / size, im: -im / size }
}

/** The linear system of one frequency; vectors hold the real parts and then the imaginary ones. */
class Response {
  private readonly model: Model
  private readonly port: Port
  private readonly linearisation: Linearisation
  /** Of J - omega S; the same one without storage. */
  private readonly shifted: Linearisation
  private readonly gmres: Gmres
  private readonly omega: number
  private readonly work: Float64Array
  private readonly product: Float64Array
  private readonly scratch: Float64Array

  constructor(model: Model, port: Port, linearisation: Linearisation, gmres: Gmres, omega: number) {
    this.model = model
    this.port = port
    this.linearisation = linearisation
    this.shifted = port.storage?.linearise(omega) ?? linearisation
    this.gmres = gmres
    this.omega = omega
    this.work = new Float64Array(model.size)
    this.product = new Float64Array(model.size)
    this.scratch = new Float64Array(2 * model.size)
  }

  *solve(): Generator<void, { x: Float64Array; iterations: number; residual: number }> {
    const { model, port, gmres } = this
    const size = 2 * model.size
    const x = new Float64Array(size)
    const rest = new Float64Array(size)
    rest.set(port.input)
    // Solvers stop where a response is round-off to the sizes of the unknowns: a weak signal is measured enlarged.
    let unit = 1
    let start = yield* this.typical(rest, unit)
    while (start < WEAK * unit && unit > WEAKEST) {
      unit *= 1e-9
      start = yield* this.typical(rest, unit)
    }
    if (start === 0) return { x, iterations: 0, residual: 0 }
    let left = start
    let iterations = 0
    for (let round = 0; round < MOST_ROUNDS && left > TOLERANCE * start; round++) {
      for (let k = 0; k < size; k++) rest[k] /= left
      iterations += yield* gmres.solve(
        (v, out) => this.apply(v, out),
        (r, z) => this.precondition(r, z),
        rest,
        this.scratch,
        Math.max(ROUND, (TOLERANCE * start) / left / 2),
      )
      for (let k = 0; k < size; k++) x[k] += left * this.scratch[k]
      this.apply(x, rest)
      for (let k = 0; k < size; k++) rest[k] = (k < model.size ? port.input[k] : 0) - rest[k]
      const now = yield* this.typical(rest, ROUND * left)
      const stuck = !(now < 0.3 * left)
      left = now
      if (stuck) break
    }
    if (!(left <= USELESS * start))
      throw new LinearSolveError(
        t('the response at {frequency} Hz was found only to {part} of itself', {
          frequency: (this.omega / (2 * Math.PI)).toPrecision(3),
          part: (left / start).toExponential(1),
        }),
      )
    return { x, iterations, residual: left / start }
  }

  /** Root mean square of what the preconditioner makes of r, over the typical size of each unknown; about `unit`. */
  private *typical(r: Float64Array, unit: number): Generator<void, number> {
    const { scale, size } = this.model
    const z = this.scratch
    yield* this.precondition(
      r.map((v) => v / unit),
      z,
    )
    let sum = 0
    for (let k = 0; k < z.length; k++) sum += (z[k] / scale[k % size]) ** 2
    return unit * Math.sqrt(sum / z.length)
  }

  /** [W -T; T W] */
  private apply(v: Float64Array, out: Float64Array): void {
    const { size } = this.model
    for (const part of [0, 1]) {
      this.linearisation.apply(v.subarray(part * size, (part + 1) * size), this.product)
      for (let k = 0; k < size; k++) out[part * size + k] = -this.product[k]
    }
    for (const part of [0, 1]) {
      this.store(v.subarray(part * size, (part + 1) * size), this.product)
      const at = (1 - part) * size
      const sign = part === 0 ? 1 : -1
      for (let k = 0; k < size; k++) out[at + k] += sign * this.product[k]
    }
  }

  /** T x = omega (M + S) x */
  private store(x: Float64Array, out: Float64Array): void {
    const { mass, size } = this.model
    for (let k = 0; k < size; k++) out[k] = mass[k] * x[k]
    this.port.storage?.add(x, out)
    for (let k = 0; k < size; k++) out[k] *= this.omega
  }

  /** [W -T; T W + 2T] z = r: with a = Re z, b = Im z, (W + T)(a + b) is the sum of r, and (W + T) a = Re r + T (a + b). */
  private *precondition(r: Float64Array, z: Float64Array): Generator<void, void> {
    const { size } = this.model
    const { work, product } = this
    const a = z.subarray(0, size)
    const b = z.subarray(size)
    for (let k = 0; k < size; k++) work[k] = r[k] + r[size + k]
    yield* this.invert(work, b)
    this.store(b, product)
    for (let k = 0; k < size; k++) work[k] = r[k] + product[k]
    yield* this.invert(work, a)
    for (let k = 0; k < size; k++) b[k] -= a[k]
  }

  /** (W + T) x = rhs, every row alike; rhs is lost. */
  private *invert(rhs: Float64Array, x: Float64Array): Generator<void, void> {
    const { mass, size } = this.model
    const beta = 1 / this.omega
    for (let k = 0; k < size; k++) if (mass[k] !== 0) rhs[k] *= beta
    yield* this.shifted.solve(beta, rhs, x, INNER)
  }
}
