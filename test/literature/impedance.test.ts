/**
 * Impedances that are known in closed form.
 *
 * Symmetric electrolyte between blocking electrodes at zero bias (linearised Poisson-Nernst-Planck, as Macdonald 1953,
 * here with pore volume p and the tensors Dc, Df, eps along x): the charge q = c+ - c- obeys
 *
 *   q'' = k² q,   k² = k0² + s,   s = i w p / (D Dc),   k0² = 2 f c F p Df / (eps Dc)
 *
 * odd about the middle. -eps phi'' = F p q and no flux at the electrodes give, with I = -i w eps phi' there,
 *
 *   Z = [ s L / k² + (2 k0² / k³) tanh(k L / 2) ] / (i w eps)
 *
 * Syncytium with frozen concentrations (cable equation, conductance G -> G + i w c): at frequencies at which no ion has
 * the time to move, Z = [ L + 2 (kI/kE) l tanh(L / 2 l) ] / (kI + kE),  l² = kI kE / ((kI + kE) a (G + i w c)).
 */
import { describe, expect, it } from 'vitest'
import { FARADAY } from '../../src/models/constants.ts'
import { electrotonic } from '../../src/models/tissue/curves.ts'
import { macroModel } from '../../src/models/tissue/macro.ts'
import { frequencyList, impedance } from '../../src/simulation/impedance.ts'
import { DISC, f, model } from '../models/porous/setup.ts'
import { drain, exactCell, exactTissue, input, start, values } from '../models/tissue/setup.ts'
import { add, type Complex, distance, over, root, tanh, times } from '../simulation/complex.ts'

const LAMBDA2 = 1e-3

function blocking(closure: 'perforated' | 'lteDM', omega: number): Complex {
  const p = DISC.pore
  const Dc = DISC.perforated[0][0]
  const Df = closure === 'perforated' ? Dc : DISC.permittivity[0][0]
  const eps = LAMBDA2 * FARADAY * f * DISC.permittivity[0][0]
  const k02 = (2 * f * FARADAY * p * Df) / (eps * Dc)
  const s: Complex = [0, (omega * p) / Dc]
  const k2 = add([k02, 0], s)
  const k = root(k2)
  const layers = times(over([2 * k02, 0], times(k2, k)), tanh(times([0.5, 0], k)))
  return over(add(over(s, k2), layers), [0, omega * eps])
}

const film = (nodes: number) =>
  model({ lambda2: LAMBDA2, left: [undefined, undefined], right: [undefined, undefined], voltage: 0, nodes, first: 1 })

describe('blocking electrodes at zero bias', () => {
  const frequencies = frequencyList(1e-3, 1e5, 17)
  const errors = (nodes: number) => {
    const m = film(nodes)
    return drain(impedance(m, { t: 0, u: m.initial() }, frequencies)).map((z) =>
      distance(z, blocking('perforated', 2 * Math.PI * z.frequency)),
    )
  }

  it('converge to the closed form with the square of the mesh width, at every frequency', () => {
    const [coarse, middle, fine] = [201, 401, 801].map(errors)
    expect(Math.max(...fine)).toBeLessThan(6e-4)
    // Where the wave of charge is shorter than the mesh width there is no order yet, and next to no charge.
    middle.forEach((e, k) => {
      if (frequencies[k] > 3e3) return
      expect(Math.log2(coarse[k] / e), `${frequencies[k]} Hz`).toBeCloseTo(2, 1)
      expect(Math.log2(e / fine[k]), `${frequencies[k]} Hz`).toBeCloseTo(2, 1)
    })
  })

  it('meet it to five digits where the mesh is dense in the layers', () => {
    const m = model({
      lambda2: LAMBDA2,
      left: [undefined, undefined],
      right: [undefined, undefined],
      voltage: 0,
      nodes: 1601,
      first: 1e-4,
    })
    for (const z of drain(impedance(m, { t: 0, u: m.initial() }, frequencyList(1e-3, 1e3, 7))))
      expect(distance(z, blocking('perforated', 2 * Math.PI * z.frequency))).toBeLessThan(1e-5)
  })
})

describe('a syncytium above the frequencies of diffusion', () => {
  const given = input('A3', [1e-3], [801], { experiment: { name: 'sealed', values: {} } })
  const cell = exactCell('A3')
  const m = macroModel(given, cell)
  const { u } = start(m)
  const { length, conductivityE, conductivityI } = electrotonic(m, given, cell, u)
  const L = 1e-3
  const areaDensity = exactTissue('A3').areaDensity
  const capacitance = values('A3').capacitance as number
  const sum = conductivityE + conductivityI
  // l² (w) = l² G / (G + i w c), with a G from l at rest.
  const membrane = (conductivityE * conductivityI) / (sum * length ** 2)
  const cable = (omega: number): Complex => {
    const l = root(over([length ** 2 * membrane, 0], [membrane, omega * areaDensity * capacitance]))
    const inner = times(times([(2 * conductivityI) / conductivityE, 0], l), tanh(over([L / 2, 0], l)))
    return times([1 / sum, 0], add([L, 0], inner))
  }

  it('is the cable with a complex membrane', () => {
    const points = drain(impedance(m, { t: 0, u }, frequencyList(3, 1e4, 9)))
    const errors = points.map((z) => distance(z, cable(2 * Math.PI * z.frequency)))
    // Up there the cable is shorter than the mesh width resolves.
    for (const [k, e] of errors.entries()) expect(e, `${points[k].frequency} Hz`).toBeLessThan(k < 5 ? 4e-6 : 2e-5)
    // The arc of the membranes: from both paths in series with membranes to both beside each other.
    expect(points[0].re / points[8].re).toBeGreaterThan(2)
    expect(Math.min(...points.map((z) => z.im))).toBeLessThan(-4e-4)
  })
})
