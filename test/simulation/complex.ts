/** Complex numbers and a dense complex solve: the long way round to an impedance. */
import type { Model } from '../../src/models/family.ts'
import type { Port } from '../../src/models/port.ts'

export type Complex = readonly [number, number]

export const add = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]]
export const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
export const over = (a: Complex, b: Complex): Complex => {
  const s = b[0] * b[0] + b[1] * b[1]
  return [(a[0] * b[0] + a[1] * b[1]) / s, (a[1] * b[0] - a[0] * b[1]) / s]
}
/** Root with positive real part, of numbers that are not negative. */
export const root = ([x, y]: Complex): Complex => {
  const re = Math.sqrt((Math.hypot(x, y) + x) / 2)
  return [re, y / (2 * re)]
}
export const tanh = ([x, y]: Complex): Complex => {
  if (x > 20) return [1, 0]
  const d = Math.cosh(2 * x) + Math.cos(2 * y)
  return [Math.sinh(2 * x) / d, Math.sin(2 * y) / d]
}
export const distance = (a: { re: number; im: number }, [re, im]: Complex) =>
  Math.hypot(a.re - re, a.im - im) / Math.hypot(re, im)

/** Z from Gaussian elimination with pivoting on i omega M - J, column by column from the action of J. */
export function denseImpedance(model: Model, t: number, u: Float64Array, port: Port, frequency: number): Complex {
  const n = model.size
  const omega = 2 * Math.PI * frequency
  const linear = model.linearise(t, u)
  const rows = Array.from({ length: n }, () => ({ re: new Float64Array(n + 1), im: new Float64Array(n + 1) }))
  const unit = new Float64Array(n)
  const column = new Float64Array(n)
  for (let c = 0; c < n; c++) {
    unit.fill(0)
    // Columns and rows in units of their typical sizes, so that pivots are chosen fairly.
    unit[c] = model.scale[c]
    linear.apply(unit, column)
    for (let r = 0; r < n; r++) rows[r].re[c] = -column[r]
    rows[c].im[c] += omega * model.mass[c] * unit[c]
    if (!port.storage) continue
    column.fill(0)
    port.storage.add(unit, column)
    for (let r = 0; r < n; r++) rows[r].im[c] += omega * column[r]
  }
  for (let r = 0; r < n; r++) {
    rows[r].re[n] = port.input[r]
    const largest = rows[r].re.subarray(0, n).reduce((m, v, c) => Math.max(m, Math.abs(v), Math.abs(rows[r].im[c])), 0)
    for (const part of [rows[r].re, rows[r].im]) for (let c = 0; c <= n; c++) part[c] /= largest
  }
  const x: Complex[] = new Array(n)
  for (let k = 0; k < n; k++) {
    let best = k
    for (let r = k + 1; r < n; r++)
      if (Math.hypot(rows[r].re[k], rows[r].im[k]) > Math.hypot(rows[best].re[k], rows[best].im[k])) best = r
    ;[rows[k], rows[best]] = [rows[best], rows[k]]
    const pivot: Complex = [rows[k].re[k], rows[k].im[k]]
    for (let r = k + 1; r < n; r++) {
      const f = over([rows[r].re[k], rows[r].im[k]], pivot)
      if (f[0] === 0 && f[1] === 0) continue
      for (let c = k; c <= n; c++) {
        const [re, im] = times(f, [rows[k].re[c], rows[k].im[c]])
        rows[r].re[c] -= re
        rows[r].im[c] -= im
      }
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    let sum: Complex = [rows[k].re[n], rows[k].im[n]]
    for (let c = k + 1; c < n; c++) sum = add(sum, times([-rows[k].re[c], -rows[k].im[c]], x[c]))
    x[k] = over(sum, [rows[k].re[k], rows[k].im[k]])
  }
  let answer: Complex = [port.direct ?? 0, omega * (port.displacement ?? 0)]
  for (let k = 0; k < n; k++) answer = add(answer, times([port.output[k] * model.scale[k], 0], x[k]))
  return port.drive === 'current' ? answer : over([1, 0], answer)
}
