/**
 * Steady states by coupled Newton iteration with the limiters that make it robust: a concentration goes at most 90 % of
 * its way to zero and the potential changes by at most four thermal voltages in one iteration. Sweeps
 * (curves.ts) go from one steady state to the next. Pores between closed walls keep
 * what they hold (enclosed.ts).
 */
import { t } from '../../language/language.ts'
import { LinearSolveError } from '../../numerics/system.ts'
import { enclosedMass } from './enclosed.ts'
import type { PorousEquations } from './equations.ts'
import { DirectLinearisation } from './linearise.ts'

const MAX_ITERATIONS = 60
const TOLERANCE = 1e-11

export class SteadyError extends Error {
  override name = 'SteadyError'
}

export interface SteadyState {
  u: Float64Array
  iterations: number
}

/**
 * @param guess start of the iteration (not modified)
 * @throws SteadyError when the iteration does not converge
 */
export function steadyState(equations: PorousEquations, guess: Float64Array): SteadyState {
  const finding = findSteady(equations, guess)
  for (;;) {
    const { done, value } = finding.next()
    if (done) return value
  }
}

/** `steadyState`, yielding between iterations. */
export function* findSteady(equations: PorousEquations, guess: Float64Array): Generator<void, SteadyState> {
  const { size, scale, held, given, setting } = equations
  const n = setting.net.nodes
  const potentials = (equations.width - 1) * n
  for (let r = 0; r < equations.rateCount; r++)
    if (setting.left.concentrations[r] === undefined && setting.right.concentrations[r] === undefined)
      throw new SteadyError(t('ion {r} is held at no side, so its amount in a steady state is arbitrary', { r: r + 1 }))
  const u = Float64Array.from(guess)
  for (let k = 0; k < size; k++) if (held[k] === 1 && k < potentials) u[k] = given[k]
  const rhs = new Float64Array(size)
  const delta = new Float64Array(size)
  const linear = new DirectLinearisation(equations)
  const enclosed = enclosedMass(equations)
  const limit = 4 / setting.f
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    equations.residual(0, u, rhs)
    linear.update(u)
    yield
    yield* factor(linear, enclosed)
    linear.backSolve(rhs, delta)
    let norm = 0
    let rise = 0
    for (let k = 0; k < size; k++) {
      if (!Number.isFinite(delta[k])) throw new SteadyError(t('an update is not a number'))
      norm = Math.max(norm, Math.abs(delta[k]) / (Math.abs(u[k]) + scale[k]))
      if (k >= potentials) rise = Math.max(rise, Math.abs(delta[k]))
    }
    const step = Math.min(1, limit / rise)
    for (let k = 0; k < size; k++) {
      const next = u[k] + step * delta[k]
      u[k] = k < potentials && next < 0.1 * u[k] ? 0.1 * u[k] : next
    }
    if (step === 1 && norm < TOLERANCE) {
      equations.normalise(u)
      return { u, iterations: iteration }
    }
    yield
  }
  throw new SteadyError(t('no steady state found in {max_iterations} iterations', { max_iterations: MAX_ITERATIONS }))
}

/** Singular where a closure drifts but does not diffuse, and where nothing holds the charge. */
function* factor(linear: DirectLinearisation, enclosed: Float64Array): Generator<void, void> {
  try {
    yield* linear.factorSteady(enclosed)
  } catch (error) {
    if (!(error instanceof LinearSolveError)) throw error
    throw new SteadyError(
      t('there is no single steady state: nothing holds the charge, or a closure drifts without diffusion'),
    )
  }
}
