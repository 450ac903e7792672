/**
 * The electric port of a model: how a small signal enters it and what it answers. `simulation/impedance.ts` makes the
 * impedance of it; a family with ports names their experiments in `ModelFamily.ports`.
 */
import type { Linearisation } from '../numerics/system.ts'

/**
 * The two electrodes of a model, linearised at a state u: a scalar signal s enters F and is answered by a scalar y,
 *
 *   (M + S) du/dt = F(t, u; s),   y = y(u) + direct s + displacement ds/dt
 *
 * One of them is the total current density I [A/m² of cross-section, through the model from + to -], the other the
 * voltage V = phi(+) - phi(-) [V], which makes Re Z = Re dV/dI > 0 for what dissipates and Im Z < 0 for a capacitor.
 */
export interface Port {
  /** What s is; y is the other one. */
  drive: 'current' | 'voltage'
  /** dF/ds, length `size`, in the rows as `residual` writes them (algebraic ones, held values and globals too). */
  input: Float64Array
  /** dy/du, length `size`. */
  output: Float64Array
  /** The linearisation of F for the signal, where it is not the model's own: must leave that one intact. */
  linearise?(): Linearisation
  /** Part of y that follows s at once: a resistance in series [Ω m²] (`current`), a conductance beside [S/m²]. */
  direct?: number
  /** Part of y that follows ds/dt: a capacitance between the electrodes [F/m²] (`voltage`), an inductance in series. */
  displacement?: number
  /** Storage that the model leaves out in time, such as the double layer between two potentials. */
  storage?: PortStorage
}

/** S above: it may couple unknowns and act in algebraic rows, which M cannot. */
export interface PortStorage {
  /** out += S x */
  add(x: Float64Array, out: Float64Array): void
  /**
   * Linearises F - omega S u at the state of the port: `apply` gives (J - omega S) x, `solve` as ever M and -(J - omega S)
   * by the kind of the row. Must leave what `linearise` of the model has returned intact.
   */
  linearise(omega: number): Linearisation
}
