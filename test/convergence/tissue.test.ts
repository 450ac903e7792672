/** Observed orders of the homogenized tissue in space and time (T10), and a two-dimensional run against a one-dimensional one. */
import { describe, expect, it } from 'vitest'
import type { TissueInput } from '../../src/models/tissue/input.ts'
import { macroModel } from '../../src/models/tissue/macro.ts'
import type { TissueModel } from '../../src/models/tissue/model.ts'
import { exactCell, injection, input, run, start } from '../models/tissue/setup.ts'

const mm = 1e-3

function sheet(intervals: number, more: Partial<TissueInput> = {}): TissueModel {
  const nodes = [intervals + 1, intervals + 1]
  const stimuli = [injection([0.5 * mm, 0.5 * mm], 0.1 * mm)]
  return macroModel(input('B2', [mm, mm], nodes, { stimuli, ...more }), exactCell('B2'))
}

/** K outside and V at the centre of the sheet. */
function centre(u: Float64Array, intervals: number): [number, number] {
  const n = (intervals + 1) ** 2
  const p = (n - 1) / 2
  return [u[4 * n + p], u[2 * n + p]]
}

describe('T10 the syncytium in two dimensions', () => {
  it('is of second order in space', { timeout: 60_000 }, () => {
    const values = [12, 24, 48].map((n) => {
      const model = sheet(n)
      return centre(run(model, 4, { rtol: 1e-5 }).state.u, n)
    })
    for (const k of [0, 1]) {
      const ratio = (values[0][k] - values[1][k]) / (values[1][k] - values[2][k])
      expect(Math.log2(ratio)).toBeGreaterThan(1.8)
      expect(Math.log2(ratio)).toBeLessThan(2.3)
    }
  })

  it('is of second order in time', { timeout: 60_000 }, () => {
    const n = 12
    const values = [0.4, 0.2, 0.1].map((fixedStep) => {
      const model = sheet(n)
      return centre(run(model, 4, { rtol: 1e-6, fixedStep }).state.u, n)
    })
    for (const k of [0, 1]) {
      const ratio = (values[0][k] - values[1][k]) / (values[1][k] - values[2][k])
      expect(Math.log2(ratio)).toBeGreaterThan(1.8)
      expect(Math.log2(ratio)).toBeLessThan(2.2)
    }
  })

  it('falls monotonically at the centre after the injection', () => {
    const n = 16
    const model = sheet(n)
    const state = start(model)
    run(model, 2, { rtol: 1e-3 }, state)
    let [k, v] = centre(state.u, n)
    for (let t = 3; t <= 20; t++) {
      run(model, t, { rtol: 1e-3 }, state)
      const [kNow, vNow] = centre(state.u, n)
      expect(kNow).toBeLessThan(k)
      expect(vNow).toBeLessThan(v)
      ;[k, v] = [kNow, vNow]
    }
  })
})

it('gives in two dimensions what one dimension gives for data of one coordinate, by another linear solver', () => {
  const nodes = 33
  const experiment = { name: 'current', values: { density: 10, on: 0, off: 9, electrode: 'silver' } } as const
  const cell = exactCell('B2')
  const line = macroModel(input('B2', [mm], [nodes], { experiment }), cell)
  const strip = macroModel(input('B2', [mm, 0.2 * mm], [nodes, 5], { experiment }), cell)
  const options = { rtol: 1e-6, fixedStep: 0.05 }
  const a = run(line, 1, options).state.u
  const b = run(strip, 1, options).state.u
  const n = 5 * nodes
  for (let field = 0; field < 6; field++)
    for (let i = 0; i < nodes; i++)
      for (let j = 0; j < 5; j++) {
        const difference = Math.abs(b[field * n + i + nodes * j] - a[field * nodes + i])
        expect(difference, `field ${field}, node ${i}`).toBeLessThan(1e-5 * line.scale[field * nodes])
      }
})

it('keeps a rotated anisotropic tensor exact for linear potentials: the full tensor sits in the edges', () => {
  const c = Math.cos(0.5)
  const s = Math.sin(0.5)
  const [d1, d2] = [0.5, 0.1]
  const tensor = [
    [d1 * c * c + d2 * s * s, (d1 - d2) * c * s],
    [(d1 - d2) * c * s, d1 * s * s + d2 * c * c],
  ]
  const cell = exactCell('B1')
  cell.problems[0] = { ...cell.problems[0], tensor }
  const model = macroModel(input('B1', [mm, 0.7 * mm], [9, 8]), cell)
  const { edges, position, nodes } = model.setting.net
  // For u = g.x the flux out of an interior control volume vanishes, and the energy is |Omega| g.D g.
  const g = [3, -2]
  const u = (p: number) => g[0] * position[3 * p] + g[1] * position[3 * p + 1]
  const net = new Float64Array(nodes)
  let energy = 0
  for (let e = 0; e < edges.count; e++) {
    const [p, q] = [edges.from[e], edges.to[e]]
    const j = edges.weightE[e] * (u(p) - u(q))
    net[p] -= j
    net[q] += j
    energy += edges.weightE[e] * (u(p) - u(q)) ** 2
  }
  const expected = 0.7e-6 * (g[0] * (tensor[0][0] * g[0] + 2 * tensor[0][1] * g[1]) + g[1] * tensor[1][1] * g[1])
  expect(Math.abs(energy / expected - 1)).toBeLessThan(1e-12)
  for (let j = 1; j < 7; j++) for (let i = 1; i < 8; i++) expect(Math.abs(net[i + 9 * j])).toBeLessThan(1e-15)
})
