/**
 * Published and independently computed numbers of the porous family: steady fluxes of every closure, limits, reversal
 * potentials, rectification, Gouy-Chapman, charging, limiting current, transients and energy. Disc of radius 0.3,
 * contrast 0.025, dimensionless (length, concentration, diffusivity one).
 */
import { describe, expect, it } from 'vitest'
import { closures } from '../../src/models/porous/closures.ts'
import { steadyState } from '../../src/models/porous/steady.ts'
import { DISC, f, model, type Setup, steadyCurrent, steadyFluxes, transient } from '../models/porous/setup.ts'

const both = (c: number) => [c, c]
const CASE_B: Setup = { lambda2: 0.01, left: both(1), right: both(0.2), voltage: 2 }
const relative = (a: number, b: number) => Math.abs(a / b - 1)

describe('steady fluxes of every closure between reservoirs', () => {
  const table: Record<string, [number, number]> = {
    perforated: [1.02417122, -0.10407422],
    weak2013: [1.31533188, -0.13366138],
    printed2013: [1.00544632, 0.15931741],
    neumann2013: [1.16097102, 0.01204825],
    lteDM: [1.0354375, -0.10521907],
    split: [1.03036029, -0.10990845],
  }

  it.each(Object.entries(table))('%s', (closure, [plus, minus]) => {
    const [a, b] = steadyFluxes({ ...CASE_B, closure, nodes: 801 })
    expect(Math.abs(a - plus)).toBeLessThan(2e-6)
    expect(Math.abs(b - minus)).toBeLessThan(2e-6)
  })

  it('converges with order 2 in the mesh width', () => {
    const [a, b, c] = [26, 51, 101].map((nodes) =>
      Math.abs(steadyFluxes({ ...CASE_B, nodes, first: 1 })[0] - 1.02417122),
    )
    expect(Math.log2(a / b)).toBeGreaterThan(1.8)
    expect(Math.log2(b / c)).toBeGreaterThan(1.8)
  })

  it('is linear in the voltage for equal reservoirs, whatever the screening', () => {
    for (const lambda2 of [1e-6, 1e-2, 1]) {
      const [plus, minus] = steadyFluxes({ lambda2, left: both(1), right: both(1), voltage: 2 })
      expect(plus).toBeCloseTo(1.11697077, 7)
      expect(minus).toBeCloseTo(-1.11697077, 7)
    }
  })

  it('diffuses salt with the diffusion tensor at zero voltage', () => {
    const table = { perforated: 0.44678831, weak2013: 0.57380533, printed2013: 0.57380533, lteDM: 0.45170315 }
    for (const [closure, flux] of Object.entries(table))
      expect(steadyFluxes({ ...CASE_B, voltage: 0, closure })[0], closure).toBeCloseTo(flux, 7)
  })

  it('scales every Einstein closure by its tensor, with identical profiles', () => {
    const reference = model(CASE_B)
    const u = steadyState(reference, reference.initial()).u
    for (const { name, einstein, diffusion } of closures) {
      if (!einstein) continue
      const m = model({ ...CASE_B, closure: name })
      const v = steadyState(m, m.initial()).u
      const factor = diffusion(DISC)[0][0] / DISC.perforated[0][0]
      expect(relative(m.fluxes(v)[0] / reference.fluxes(u)[0], factor)).toBeLessThan(1e-9)
      expect(Math.max(...v.map((x, k) => Math.abs(x - u[k])))).toBeLessThan(1e-9)
    }
  })
})

describe('limits', () => {
  it('neutral: 1.11042074, approached as lambda² falls', () => {
    const table: [number, number][] = [
      [1e-3, 1.112724],
      [1e-4, 1.110683],
      [1e-5, 1.110457],
      [1e-6, 1.110434],
    ]
    for (const [lambda2, current] of table)
      expect(relative(steadyCurrent({ ...CASE_B, lambda2, nodes: 801 }), current)).toBeLessThan(1e-5)
  })

  it('constant field (Goldman, Hodgkin, Katz) for lambda² = 1e5', () => {
    const table: [number, number][] = [
      [-4, -0.8669018],
      [-2, -0.3348999],
      [-1, -0.0153778],
      [1, 0.7888411],
      [2, 1.273538],
      [4, 2.3499741],
    ]
    for (const [voltage, current] of table)
      expect(
        Math.abs(steadyCurrent({ ...CASE_B, lambda2: 1e5, voltage, diffusivity: [1, 0.2] }) - current),
      ).toBeLessThan(1e-5)
  })

  it('reversal potentials', () => {
    const table: [number, number][] = [
      [1e-4, -1.072607],
      [0.01, -1.05786],
      [0.1, -1.015144],
      [1, -0.967947],
      [100, -0.955653],
    ]
    for (const [lambda2, reversal] of table) {
      const at = (voltage: number) => steadyCurrent({ ...CASE_B, lambda2, voltage, diffusivity: [1, 0.2] })
      let [low, high] = [-1.5, -0.5]
      for (let k = 0; k < 30; k++) {
        const middle = (low + high) / 2
        if (at(middle) > 0) high = middle
        else low = middle
      }
      expect(Math.abs(low - reversal), `lambda² = ${lambda2}`).toBeLessThan(1e-4)
    }
  })

  it('rectifies only with unequal diffusivities', () => {
    const ratio = (diffusivity: [number, number], lambda2: number) =>
      steadyCurrent({ ...CASE_B, voltage: 6, diffusivity, lambda2, nodes: 1601 }) /
      -steadyCurrent({ ...CASE_B, voltage: -6, diffusivity, lambda2, nodes: 1601 })
    expect(ratio([1, 1], 0.01)).toBeCloseTo(1, 9)
    expect(relative(ratio([1, 0.2], 0.01), 1.6068)).toBeLessThan(2e-4)
    expect(relative(ratio([1, 0.2], 1e4), 2.6144)).toBeLessThan(1e-4)
  })

  it('limiting current at a selective membrane', () => {
    const limit = 2 * DISC.perforated[0][0]
    for (const [voltage, current] of [
      [1, 0.439652],
      [4, 0.967916],
      [12, 1.133981],
    ]) {
      const m = model({ lambda2: 1e-6, left: both(1), right: [1, undefined], voltage, nodes: 801 })
      const seen = m.fluxes(steadyState(m, m.initial()).u)
      expect(relative(seen[0] - seen[1], current)).toBeLessThan(1e-3)
      if (voltage === 4) expect(relative(-2 * Math.log(1 - seen[0] / limit), 4.0281)).toBeLessThan(2e-3)
    }
  })
})

describe('layers', () => {
  it('is the Gouy-Chapman layer at a blocking wall', () => {
    const m = model({
      lambda2: 1e-3,
      left: [undefined, undefined],
      right: both(1),
      voltage: 3,
      nodes: 801,
      first: 1e-4,
    })
    const { u } = steadyState(m, m.initial())
    const kappa = 49.92576
    const n = m.setting.net.nodes
    let worst = 0
    for (let p = 0; p < n; p++) {
      const x = m.setting.net.position[3 * p]
      const exact = 4 * Math.atanh(Math.tanh(3 / 4) * Math.exp(-kappa * x))
      worst = Math.max(worst, Math.abs(f * u[2 * n + p] - exact))
    }
    expect(worst).toBeLessThan(5e-4)
    let charge = 0
    for (let p = 0; p < n; p++) charge -= m.charge(u, p)
    expect(relative(charge, 0.12236088)).toBeLessThan(1e-3)
  })

  it.each([
    [0.1, 0.0915514],
    [0.01, 0.0377996],
    [1e-3, 0.0125962],
    [1e-4, 0.0040413],
  ])('charges linearly with the exact time for lambda² = %f', (lambda2, tau) => {
    const none = [undefined, undefined]
    const m = model({ lambda2, left: none, right: none, voltage: 0.01, nodes: 401, first: Math.sqrt(lambda2) / 100 })
    const [a, b, end] = transient(m, [3 * tau, 4 * tau, 40 * tau], 3e-8).map((u) => m.halfCharge(u))
    expect(relative(tau / Math.log((a - end) / (b - end)), tau)).toBeLessThan(3e-3)
  })

  it.each([
    ['perforated', 0.1, [-0.022116, -0.097991, -0.157779, -0.238443]],
    ['weak2013', 0.1, [-0.028274, -0.118496, -0.179548, -0.239316]],
    ['printed2013', 0.1, [-0.01634, -0.071317, -0.112017, -0.158659]],
    ['perforated', 0.01, [-0.020591, -0.066426, -0.084959, -0.093101]],
  ])('charges blocking electrodes: %s, lambda² = %f', (closure, lambda2, published) => {
    const none = [undefined, undefined]
    const m = model({ lambda2, left: none, right: none, voltage: 2, closure, nodes: 801 })
    const seen = transient(m, [0.01, 0.05, 0.1, 0.5], 1e-6).map((u) => m.halfCharge(u))
    seen.forEach((q, k) => {
      expect(Math.abs(q - published[k])).toBeLessThan(1e-5)
    })
  })

  it.each([
    ['perforated', 0.1, [0.204967, 0.290448, 0.35443, 0.459005]],
    ['weak2013', 0.1, [0.213774, 0.311704, 0.379482, 0.461462]],
    ['printed2013', 0.01, [0.210576, 0.293716, 0.350178, 0.433845]],
    ['perforated', 0.01, [0.203485, 0.277151, 0.329477, 0.429669]],
  ])('fills from a reservoir: %s, lambda² = %f', (closure, lambda2, published) => {
    const m = model({ ...CASE_B, lambda2, closure, nodes: 801, start: () => 0.2 })
    const seen = transient(m, [0.01, 0.05, 0.1, 0.5], 1e-6).map((u) => m.contents(u)[0])
    seen.forEach((content, k) => {
      expect(Math.abs(content - published[k])).toBeLessThan(1e-5)
    })
  })

  it('relaxes mirror-symmetric data between drained sides without a net charge', () => {
    const arch = (r: number, x: number) =>
      Math.max(1e-12, Math.sin(Math.PI * x) * (1 + (r === 0 ? 0.5 : -0.5) * Math.cos(Math.PI * x)))
    const m = model({ lambda2: 0.1, left: both(1e-12), right: both(1e-12), start: arch, nodes: 401 })
    const states = transient(m, [0.01, 0.02, 0.05, 0.1], 1e-7)
    const { nodes, position } = m.setting.net
    const dipoles = states.map((u) => {
      let sum = 0
      for (let p = 0; p < nodes; p++) sum += m.charge(u, p) * position[3 * p]
      return sum
    })
    for (const [k, published] of [-3.5349e-2, -2.1885e-2, -5.4842e-3, -6.652e-4].entries())
      expect(relative(dipoles[k], published)).toBeLessThan(1e-3)
    for (const u of states) expect(Math.abs(m.meanCharge(u))).toBeLessThan(1e-9)
  })

  it('starts with the ohmic current of the whole film', () => {
    const none = [undefined, undefined]
    const m = model({ lambda2: 0.1, left: none, right: none, voltage: 2 })
    const [a, b] = m.fluxes(transient(m, [1e-9])[0])
    expect(relative(a - b, 2.233942)).toBeLessThan(1e-4)
  })
})

describe('robustness', () => {
  it.each([1e-8, 1e-6, 1e-4, 1e-2, 1e-1])('reaches 20 thermal voltages at lambda² = %f', (lambda2) => {
    const m = model({ ...CASE_B, lambda2, voltage: 20, nodes: 201 })
    const { u, iterations } = steadyState(m, m.initial())
    expect(iterations).toBeLessThan(15)
    expect(Math.min(...u.subarray(0, 402))).toBeGreaterThan(0)
  })

  it('keeps every ion between blocking walls to 1e-12', () => {
    const none = [undefined, undefined]
    const m = model({ lambda2: 0.01, left: none, right: none, voltage: 4 })
    const before = m.contents(m.initial())
    const after = m.contents(transient(m, [0.2])[0])
    after.forEach((c, r) => {
      expect(relative(c, before[r])).toBeLessThan(1e-12)
    })
  })

  it('loses free energy at the rate of its dissipation, for Einstein closures', () => {
    const none = [undefined, undefined]
    const wave = (r: number, x: number) => 1 + (r === 0 ? 0.9 : -0.9) * Math.cos(Math.PI * x)
    const m = model({ lambda2: 0.01, left: none, right: none, voltage: 0, start: wave, nodes: 201 })
    const times = Array.from({ length: 40 }, (_, k) => 0.0005 * (k + 1))
    const states = transient(m, times, 1e-6).map((u) => m.freeEnergy(u))
    for (let k = 1; k < states.length; k++) {
      expect(states[k].energy).toBeLessThan(states[k - 1].energy)
      const lost = (states[k - 1].energy - states[k].energy) / 0.0005
      const mean = (states[k - 1].dissipation + states[k].dissipation) / 2
      if (k > 4) expect(relative(lost, mean)).toBeLessThan(2e-2)
    }
  })
})
