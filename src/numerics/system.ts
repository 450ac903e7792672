/**
 * The contract between physics and time integration:
 *
 *     M du/dt = F(t, u),     M diagonal, M_k = 0 for an algebraic row
 *
 * of differentiation index 1. Everything the integrator needs is here; it knows no physics.
 */
export interface System {
  /** Number of unknowns. */
  readonly size: number
  /** Diagonal of M, length `size`; 0 marks an algebraic row. */
  readonly mass: Float64Array
  /** Typical magnitude of each unknown, length `size`; error tolerances are relative to |u| + scale. */
  readonly scale: Float64Array
  /** 1 where the unknown must stay positive (a concentration). */
  readonly positive: Uint8Array
  /** What an unknown must stay below (a filling), Infinity where nothing limits it; absent: no unknown is limited. */
  readonly below?: Float64Array
  /** 1 where the row is a balance that must close to round-off (updated in flux form after each step). */
  readonly balance: Uint8Array
  /** Times at which F jumps; steps end there and restart. Ascending. */
  readonly breakpoints: readonly number[]
  /**
   * Nodes of a field, where unknowns are field by field and so stiff that round-off of a balance row would change its
   * unknown, or the charge that differences of fields make: only the total of a field is closed, by what is there. Absent:
   * every row is.
   */
  readonly shared?: number
  /**
   * Iterations to add after a stage has converged, where budgets depend on algebraic rows being met to round-off
   * (boundary flows that are read off such rows). 0 or absent: none.
   */
  readonly polish?: number
  /** Number of scalar rates integrated along the solution (budget inflows). */
  readonly rateCount: number
  /** Consistent initial state (algebraic rows satisfied). */
  initial(): Float64Array
  /** The step about to be taken is [t0, t1]; windows of stimuli are frozen inside it. */
  enter(t0: number, t1: number): void
  /** F(t, u) into out. */
  residual(t: number, u: Float64Array, out: Float64Array): void
  /** Rates at (t, u) into out (length rateCount). */
  rates(t: number, u: Float64Array, out: Float64Array): void
  /** Linearises F at (t, u). The returned object may reuse storage of the previous one. */
  linearise(t: number, u: Float64Array): Linearisation
  /**
   * How far algebraic rows are from what they must be met to, as a multiple of that: a stage is done at 1 or below.
   * `f` holds the residual at u. For currents that small errors of potentials would spoil; absent: nothing beyond updates.
   */
  unsettled?(u: Float64Array, f: Float64Array): number
  /** Events that end a step and may end the run. */
  readonly events?: Events
  /** Longest step that may start from (t, u), where the error estimate alone would step over an instability [s]. */
  longestStep?(t: number, u: Float64Array): number
  /** Largest change of each unknown in one Newton iteration, Infinity for any (potentials in exponentials need one). */
  readonly leap?: Float64Array
  /** Fixes gauges such as the mean of a potential, in place. */
  normalise(u: Float64Array): void
  /** Words for a step that cannot succeed at (t, u), e.g. "limiting current"; undefined when the system has no idea. */
  explainFailure?(t: number, u: Float64Array): { message: string; advice: string[] } | undefined
}

/**
 * Things that happen when a function of the solution falls through zero, e.g. the voltage reaching a cut-off. The
 * integrator ends a step where that happens. What an event changes (the step of a protocol) belongs into u, so that a
 * state stays all that is needed to continue.
 */
export interface Events {
  readonly count: number
  /** Event functions at (t, u) into out; Infinity where an event cannot happen now. */
  values(t: number, u: Float64Array, out: Float64Array): void
  /**
   * Event k has happened. May change u in place; algebraic unknowns are made consistent afterwards.
   * @returns whether to go on (the integration restarts) or to end the run
   */
  happen(k: number, t: number, u: Float64Array): 'restart' | 'stop'
}

/** J = dF/du at one state, and solves with the iteration matrix built from it. */
export interface Linearisation {
  /** out = J x */
  apply(x: Float64Array, out: Float64Array): void
  /**
   * Solves for x: differential rows (M - beta J) x = rhs, algebraic rows -J x = rhs.
   * With beta = 0 and rhs zero in the differential rows it moves the algebraic unknowns only (consistent initialisation).
   * A generator, so that a long solve can be interrupted: it yields between iterations.
   * @param tolerance relative reduction of the (preconditioned) residual; direct solvers ignore it
   * @returns number of linear iterations (0 for a direct solve)
   * @throws LinearSolveError if the matrix is singular or the tolerance cannot be reached
   */
  solve(beta: number, rhs: Float64Array, x: Float64Array, tolerance: number): Generator<void, number>
}

export class LinearSolveError extends Error {
  override name = 'LinearSolveError'
}
