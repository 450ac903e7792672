/** The Jacobian of a tissue against differences of its residual. */
import { expect } from 'vitest'
import type { TissueModel } from '../../../src/models/tissue/model.ts'

/** @param u a state that the model has entered at time 0 */
export function expectJacobian(m: TissueModel, u: Float64Array): void {
  const linear = m.linearise(0, u)
  const direction = u.map((_, k) => m.scale[k] * Math.cos(78.233 * (k + 1)))
  const jx = new Float64Array(m.size)
  linear.apply(direction, jx)
  const e = 1e-6
  const [plus, minus] = [e, -e].map((step) => {
    const out = new Float64Array(m.size)
    m.residual(
      0,
      u.map((v, k) => v + step * direction[k]),
      out,
    )
    return out
  })
  const n = m.setting.net.nodes
  for (let field = 0; field < m.width; field++) {
    let size = 0
    let error = 0
    for (let q = field * n; q < (field + 1) * n; q++) {
      size = Math.max(size, Math.abs(jx[q]))
      error = Math.max(error, Math.abs(jx[q] - (plus[q] - minus[q]) / (2 * e)))
    }
    expect(error, `field ${field}`).toBeLessThan(2e-8 * size)
  }
}
