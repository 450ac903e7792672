/** Porous media in two dimensions: order 2 of the total flux, the iterative solver against the direct one, full tensors. */
import { describe, expect, it } from 'vitest'
import type { Tensor } from '../../../src/cell/cell.ts'
import { FARADAY } from '../../../src/models/constants.ts'
import { IterativeLinearisation } from '../../../src/models/porous/iterative.ts'
import { DirectLinearisation } from '../../../src/models/porous/linearise.ts'
import { PorousModel } from '../../../src/models/porous/model.ts'
import { boxNet } from '../../../src/models/porous/net.ts'
import { steadyState } from '../../../src/models/porous/steady.ts'
import { makeConsistent } from '../../../src/numerics/steps.ts'
import { f } from './setup.ts'

/** Unit square, reservoirs 1 | 0.2, potential 2 (1 + 0.8 cos πy) on the left, anisotropic cell. */
function sheet(nodes: number, tensor: Tensor, permittivity = tensor): PorousModel {
  const net = boxNet(
    { dimension: 2, size: [1, 1], nodes: [nodes, nodes] },
    { pore: 0.75, diffusion: tensor, drift: tensor, permittivity },
  )
  const initial = new Float64Array(3 * net.nodes).fill(0.5, 0, 2 * net.nodes)
  const left = Float64Array.from(
    net.left.node,
    (p) => (2 / f) * (1 + 0.8 * Math.cos(Math.PI * net.position[3 * p + 1])),
  )
  return new PorousModel(
    {
      net,
      species: [
        { valence: 1, diffusivity: 1 },
        { valence: -1, diffusivity: 0.5 },
      ],
      f,
      permittivity: 0.1 * FARADAY * f,
      fixedCharge: 0,
      left: { concentrations: [1, 1], potential: left },
      right: { concentrations: [0.2, 0.2], potential: left.map(() => 0) },
      concentration: 1,
      initial,
    },
    { modelClass: 'porous', macro: { dimension: 2, size: [1, 1], nodes: [nodes, nodes] } },
  )
}

const STRAIGHT: Tensor = [
  [0.69, 0],
  [0, 0.42],
]
const TURNED: Tensor = [
  [0.6, 0.2],
  [0.2, 0.5],
]

describe('a sheet with an uneven electrode', () => {
  it.each([
    ['diagonal tensors', STRAIGHT],
    ['full tensors', TURNED],
  ])('has total fluxes of order 2 in the mesh width: %s', (_, tensor) => {
    const flux = [5, 9, 17, 33].map((nodes) => {
      const m = sheet(nodes, tensor)
      return m.fluxes(steadyState(m, m.initial()).u)[0]
    })
    const [a, b, c] = flux.slice(1).map((v, k) => Math.abs(v - flux[k]))
    expect(Math.log2(a / b)).toBeGreaterThan(1.5)
    expect(Math.log2(b / c)).toBeGreaterThan(1.7)
  })

  it('passes in on the left what leaves on the right, and nothing through the other sides', () => {
    const m = sheet(17, TURNED)
    const { u } = steadyState(m, m.initial())
    const rates = new Float64Array(2)
    m.rates(0, u, rates)
    for (const rate of rates) expect(Math.abs(rate)).toBeLessThan(1e-9)
  })

  it('has the free energy whose derivative by an amount of ions is their electrochemical potential', () => {
    const m = sheet(9, STRAIGHT)
    const n = m.setting.net.nodes
    const settled = (u: Float64Array) => {
      for (const _ of makeConsistent(m, 0, u, 1e-10));
      return u
    }
    const u = settled(m.initial())
    const node = 4 + 9 * 5
    const step = 1e-4
    const moved = (sign: number) => {
      const v = Float64Array.from(u)
      v[node] += sign * step
      return m.freeEnergy(settled(v)).energy
    }
    const slope = (moved(1) - moved(-1)) / (2 * step * m.setting.net.pore[node])
    const mu = (FARADAY / f) * Math.log(u[node]) + FARADAY * u[2 * n + node]
    expect(Math.abs(slope / mu - 1)).toBeLessThan(1e-5)
  })

  it('keeps concentrations positive where an edge weight is negative', () => {
    const m = sheet(17, [
      [0.5, -0.45],
      [-0.45, 0.5],
    ])
    const { edges } = m.setting.net
    expect(edges.diffusion.some((w) => w < -1e-3)).toBe(true)
    const { u } = steadyState(m, m.initial())
    expect(Math.min(...u.subarray(0, 2 * m.setting.net.nodes))).toBeGreaterThan(0)
  })

  it('is solved iteratively to the same answer, in a few iterations on every mesh', () => {
    for (const nodes of [17, 33]) {
      const m = sheet(nodes, STRAIGHT)
      const u = m.initial()
      const rhs = u.map((_, k) => (m.held[k] ? 0 : Math.sin(7.1 * k) * (m.mass[k] || FARADAY / nodes ** 2)))
      for (const beta of [1e-4, 1e-2, 1]) {
        const solutions = [new DirectLinearisation(m), new IterativeLinearisation(m)].map((solver) => {
          solver.update(u)
          const x = new Float64Array(m.size)
          const solving = solver.solve(beta, rhs, x, 1e-10)
          let next = solving.next()
          while (!next.done) next = solving.next()
          return { x, iterations: next.value }
        })
        const [direct, iterative] = solutions
        const scale = Math.max(...direct.x.map((v, k) => Math.abs(v) / m.scale[k]))
        const error = Math.max(...direct.x.map((v, k) => Math.abs(v - iterative.x[k]) / m.scale[k]))
        expect(error).toBeLessThan(1e-6 * scale)
        expect(iterative.iterations).toBeLessThan(40)
      }
    }
  })
})
