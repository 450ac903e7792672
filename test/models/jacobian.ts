/** A model's linearisation against central differences of its residual. */
import { expect } from 'vitest'
import type { System } from '../../src/numerics/system.ts'

/**
 * Field by field, the action of the Jacobian on a rough direction agrees with finite differences to 1e-7.
 * @param nodes per field of the field-major state
 * @param fixed rows that only hold a value
 */
export function expectJacobian(
  system: System,
  u: Float64Array,
  nodes: number,
  fixed: (row: number, jx: number, x: number) => boolean,
  step = 1e-6,
): void {
  const x = u.map((_, k) => system.scale[k] * Math.sin(12.9898 * (k + 1)))
  const jx = new Float64Array(system.size)
  system.linearise(0, u).apply(x, jx)
  const [plus, minus] = [step, -step].map((e) => {
    const out = new Float64Array(system.size)
    system.residual(
      0,
      u.map((v, k) => v + e * x[k]),
      out,
    )
    return out
  })
  for (let field = 0; field < system.size / nodes; field++) {
    let size = 0
    let error = 0
    for (let k = field * nodes; k < (field + 1) * nodes; k++) {
      if (fixed(k, jx[k], x[k])) continue
      size = Math.max(size, Math.abs(jx[k]))
      error = Math.max(error, Math.abs(jx[k] - (plus[k] - minus[k]) / (2 * step)))
    }
    expect(error, `field ${field}`).toBeLessThan(1e-7 * size)
  }
}
