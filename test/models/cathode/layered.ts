/**
 * First voltage of a cell of straight layers by finite volumes on squares, as a second route: salt and filling are
 * uniform, the reaction is linear, so that both potentials obey Laplace's equation and meet in i = i0 (psi - phi + U).
 * Half a layer of electrolyte lies above half a layer of solid; everything else is the mirror image.
 */
export interface Layers {
  /** Conductivities, S/m; exchange current densities of particle and foil, A/m². */
  kappa: number
  sigma: number
  i0: number
  foil: number
  /** A/m² of the cell. */
  I: number
  /** Of the strip, and of its period, whose halves are the layers; m. */
  length: number
  height: number
  /** RT/F, V. */
  thermal: number
  /** Squares across half a layer. */
  cells: number
}

/** How far the voltage lies below the open-circuit one, V; the current of the foil is linear in its potential. */
export function layeredVoltage(s: Layers): number {
  const half = s.height / 4
  const h = half / s.cells
  const nx = Math.round(s.length / h)
  const ny = s.cells
  const n = nx * ny
  // phi above, psi below, potentials over RT/F; the foil is a conductance in series with half a square.
  const [K, S] = [s.kappa * s.thermal, s.sigma * s.thermal]
  const atFoil = 1 / (0.5 / K + 1 / (h * linearFoil(s)))
  const between = 1 / (0.5 / K + 0.5 / S + 1 / (h * s.i0))
  const index = (i: number, j: number) => i + nx * j
  // The solid is held at 0 at the collector, the foil at F: one problem with both, linear in F.
  const apply = (x: Float64Array, out: Float64Array) => {
    out.fill(0)
    const link = (a: number, b: number, G: number) => {
      const flux = G * (x[a] - x[b])
      out[a] += flux
      out[b] -= flux
    }
    for (const [offset, G] of [
      [0, K],
      [n, S],
    ])
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++) {
          const p = offset + index(i, j)
          if (i + 1 < nx) link(p, p + 1, G)
          if (j + 1 < ny) link(p, p + nx, G)
        }
    for (let i = 0; i < nx; i++) link(index(i, 0), n + index(i, 0), between)
    for (let j = 0; j < ny; j++) {
      out[index(0, j)] += atFoil * x[index(0, j)]
      out[n + index(nx - 1, j)] += 2 * S * x[n + index(nx - 1, j)]
    }
  }
  const rhs = new Float64Array(2 * n)
  for (let j = 0; j < ny; j++) rhs[index(0, j)] = atFoil
  const x = conjugateGradients(apply, rhs)
  let current = 0
  for (let j = 0; j < ny; j++) current += atFoil * (1 - x[index(0, j)])
  // Per height of the strip, of which a half layer of electrolyte is a fourth: the foil takes all of the current.
  return (s.I * s.thermal) / (current / (2 * half))
}

/** Slope of the current of the foil by its potential [A/m² per RT/F]; its area is that of the cell, twice the layer's. */
function linearFoil({ foil }: Layers): number {
  return 2 * foil
}

function conjugateGradients(apply: (x: Float64Array, out: Float64Array) => void, b: Float64Array): Float64Array {
  const x = new Float64Array(b.length)
  const r = Float64Array.from(b)
  const p = Float64Array.from(b)
  const q = new Float64Array(b.length)
  const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, k) => sum + value * v[k], 0)
  let rr = dot(r, r)
  const end = 1e-24 * rr
  while (rr > end) {
    apply(p, q)
    const a = rr / dot(p, q)
    for (let k = 0; k < x.length; k++) {
      x[k] += a * p[k]
      r[k] -= a * q[k]
    }
    const next = dot(r, r)
    for (let k = 0; k < x.length; k++) p[k] = r[k] + (next / rr) * p[k]
    rr = next
  }
  return x
}
