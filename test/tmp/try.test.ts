import { it } from 'vitest'
import { cellOf, judge } from '../models/cathode/strip.ts'
it('x', () => {
  for (const n of [12, 24]) {
  const cell = cellOf(n)
  for (const [name, more] of [
    ['fast', { i_foil: 1e6, k0: 10 }],
    ['linear', { i_foil: 1e6, kinetics: 'linear', i0: 10 }],
    ['sigma', { i_foil: 1e6, k0: 10, sigma_active: 1e4, sigma_carbon: 1e6 }],
  ] as const) {
    let last: any
    for (const N of [8, 16, 32]) {
      const t0 = performance.now()
      const e = judge({ cell, more, experiment: { name: 'constant-current', values: { current: 200 } } }, N, 1e-6, 1)
      console.log('fast', n, name, N, Object.entries(e).map(([k, v]) => `${k} ${v.toExponential(2)}${last ? ` (${Math.log2(last[k] / v).toFixed(2)})` : ''}`).join('  '), Math.round(performance.now() - t0))
      last = e
    }
  }
  }
})
