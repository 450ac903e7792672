/** Backward differences of a run's past and what the numerical differentiation formulas (ndf.ts) do with them. */

export const MAX_ORDER = 5
/** G_k = 1 + 1/2 + ... + 1/k. */
export const G = [0, 1, 3 / 2, 11 / 6, 25 / 12, 137 / 60]
export const KAPPA = [0, -0.185, -1 / 9, -0.0823, -0.0415, 0]
/** Local error over the last difference. */
export const ERROR = G.map((g, k) => (k === 0 ? 0 : KAPPA[k] * g + 1 / (k + 1)))
/** Changes the interpolation to another step: binomial signs. */
const U = Array.from({ length: MAX_ORDER }, (_, i) =>
  Array.from({ length: MAX_ORDER }, (_, j) => (i <= j ? (i % 2 === 0 ? -1 : 1) * binomial(j + 1, i + 1) : 0)),
)

function binomial(n: number, k: number): number {
  let value = 1
  for (let i = 1; i <= k; i++) value *= (n - k + i) / i
  return value
}

/** History of a run: differences of unknowns and of integrated rates, valid for a step size. */
export interface History {
  order: number
  h: number
  /** Steps taken with this order and size. */
  steady: number
  /** Steps for which it stays so after Newton's iterations have failed. */
  caution: number
  u: Float64Array[]
  rates: Float64Array[]
}

/** Of order one, without differences yet. */
export function blank(unknowns: number, rates: number, h: number): History {
  const zero = (n: number) => Array.from({ length: MAX_ORDER + 3 }, () => new Float64Array(n))
  return { order: 1, h, steady: 0, caution: 0, u: zero(unknowns), rates: zero(rates) }
}

export function copy(h: History): History {
  return { ...h, u: h.u.map((d) => d.slice()), rates: h.rates.map((d) => d.slice()) }
}

/** u* into guess and u* - psi into base. */
export function predict(u: Float64Array, D: Float64Array[], k: number, guess: Float64Array, base: Float64Array): void {
  const scale = 1 / ((1 - KAPPA[k]) * G[k])
  for (let i = 0; i < u.length; i++) {
    let [sum, psi] = [u[i], 0]
    for (let j = 1; j <= k; j++) {
      sum += D[j][i]
      psi += G[j] * D[j][i]
    }
    guess[i] = sum
    base[i] = sum - psi * scale
  }
}

/** Takes in the difference of a new state to its prediction. */
export function update(D: Float64Array[], k: number, last: Float64Array): void {
  for (let i = 0; i < last.length; i++) {
    D[k + 2][i] = last[i] - D[k + 1][i]
    D[k + 1][i] = last[i]
    for (let j = k; j > 0; j--) D[j][i] += D[j + 1][i]
  }
}

/** Turns the differences into those of the same polynomial for another step size. */
export function resize(history: History, h: number): void {
  const { order: k } = history
  const change = multiply(shift(k, h / history.h), k)
  for (const D of [history.u, history.rates]) {
    const old = D.slice(1, k + 1).map((d) => d.slice())
    for (let j = 0; j < k; j++)
      for (let i = 0; i < D[j + 1].length; i++) {
        let sum = 0
        for (let m = 0; m < k; m++) sum += old[m][i] * change[m][j]
        D[j + 1][i] = sum
      }
  }
  history.h = h
  history.steady = 0
}

/** Products of (m - 1 - i ratio) / m, m = 1 … row. */
function shift(k: number, ratio: number): number[][] {
  return Array.from({ length: k }, (_, row) =>
    Array.from({ length: k }, (_, column) => {
      let value = 1
      for (let m = 1; m <= row + 1; m++) value *= (m - 1 - (column + 1) * ratio) / m
      return value
    }),
  )
}

function multiply(a: number[][], k: number): number[][] {
  return a.map((row) => Array.from({ length: k }, (_, j) => row.reduce((sum, v, m) => sum + v * U[m][j], 0)))
}
