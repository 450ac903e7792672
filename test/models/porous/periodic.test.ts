/** A periodic box: small waves of charge relax at D (k² + kappa²), small waves of salt at D k². */
import { describe, expect, it } from 'vitest'
import { FARADAY } from '../../../src/models/constants.ts'
import { PorousModel } from '../../../src/models/porous/model.ts'
import { periodicNet } from '../../../src/models/porous/net.ts'
import { DISC, f, transient } from './setup.ts'

const LAMBDA2 = 0.01
const K = 2 * Math.PI
const D = DISC.perforated[0][0] / DISC.pore
const KAPPA2 = (2 * DISC.pore) / (LAMBDA2 * DISC.permittivity[0][0])

/** Waves of amplitude 1e-3 along x, of opposite sign (charge) or of the same sign (salt). */
function wave(dimension: 1 | 2, charge: boolean): PorousModel {
  const nodes = Array(dimension).fill(dimension === 1 ? 129 : 33)
  const macro = { dimension, size: Array(dimension).fill(1), nodes }
  const { pore, perforated, permittivity } = DISC
  const net = periodicNet(macro, { pore, diffusion: perforated, drift: perforated, permittivity })
  const n = net.nodes
  const initial = new Float64Array(3 * n)
  for (let p = 0; p < n; p++) {
    const c = 1e-3 * Math.cos(K * net.position[3 * p])
    initial[p] = 1 + c
    initial[n + p] = 1 + (charge ? -c : c)
  }
  const free = { concentrations: [undefined, undefined], potential: undefined }
  return new PorousModel(
    {
      net,
      species: [
        { valence: 1, diffusivity: 1 },
        { valence: -1, diffusivity: 1 },
      ],
      f,
      permittivity: LAMBDA2 * FARADAY * f,
      fixedCharge: 0,
      left: free,
      right: free,
      concentration: 1,
      initial,
    },
    { modelClass: 'porous', macro },
  )
}

const amplitude = (u: Float64Array, n: number, sign: number) => u[0] + sign * u[n]

describe.each([1, 2] as const)('a periodic box in %i dimensions', (dimension) => {
  it.each([
    ['charge', true, D * (K * K + KAPPA2)],
    ['salt', false, D * K * K],
  ])('relaxes waves of %s at the exact rate', (_, charge, rate) => {
    const m = wave(dimension, charge)
    const n = m.setting.net.nodes
    const sign = charge ? -1 : 1
    const mean = charge ? 0 : 2
    const [a, b] = transient(m, [0.5 / rate, 1.5 / rate], 1e-8).map((u) => amplitude(u, n, sign) - mean)
    expect(Math.abs(Math.log(a / b) - 1)).toBeLessThan(dimension === 1 ? 2e-3 : 5e-3)
  })

  it('shows the first nodes again as the last ones', () => {
    const m = wave(dimension, true)
    const [field] = m.sample(0, m.initial())
    const nx = m.macro.nodes[0]
    expect(field).toHaveLength(m.macro.nodes.reduce((a, b) => a * b, 1))
    expect(field[nx - 1]).toBe(field[0])
    expect(field.at(-1)).toBe(field[0])
  })
})
