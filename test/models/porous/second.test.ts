/**
 * The second order of the porous medium against the resolved strip: the published table of the interior half (discs of
 * radius 0.3, contrast 0.025, lambda² = 0.1, reservoirs 1 and 0.2, two thermal voltages; independent spectral elements),
 * and what boundary layers leave of it.
 */
import { describe, expect, it } from 'vitest'
import type { CellResult } from '../../../src/cell/cell.ts'
import { finish } from '../../../src/finish.ts'
import { macroModel } from '../../../src/models/porous/macro.ts'
import { microModel } from '../../../src/models/porous/micro.ts'
import { distance, levelled, middleHalf } from '../../../src/models/porous/norms.ts'
import { reconstruct, reconstructSecond } from '../../../src/models/porous/reconstruct.ts'
import { steadyState } from '../../../src/models/porous/steady.ts'
import { solveSecond } from '../../../src/models/second.ts'
import { cellOf, inputOf, judge, type Strip } from './resolved.ts'
import { f } from './setup.ts'

const order = (a: number, b: number) => Math.log2(a / b)
const cells = { low: cellOf(16, 0.025), high: cellOf(16, 10) }
const CASE_B: Strip = { cell: cells.low, contrast: 0.025, lambda2: 0.1, right: 0.2 }

/** Root mean squares in the middle half, in thermal voltages and reservoir concentrations: whole error, fluctuation. */
function interior(strip: Strip, N: number): Record<'phi' | 'plus', [number, number][]> {
  const { cell } = strip
  const input = inputOf(strip, N)
  const micro = finish(microModel(input, cell, { repeat: [N, 1], prepared: true, factor: 1 }))
  const { tiling } = micro
  const { pore, volume, nodes } = tiling
  const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
  const own: CellResult = {
    ...cell,
    phases: { ...cell.phases, pore: { ...cell.phases.pore, fraction: total(pore) / total(volume) } },
    problems: cell.problems.map((p) => ({ ...p, tensor: p.meshTensor })),
  }
  const macro = macroModel({ ...input, macro: { dimension: 1, size: [1], nodes: [1201] } }, own)
  const u0 = steadyState(macro, macro.initial()).u
  const state = { u: u0, macro: macro.macro, layout: macro.layout }
  const cellSize = 1 / N
  const { plain, corrected } = reconstruct(state, cell, tiling, { ...micro.setting, cellSize })
  const solved = finish(solveSecond(cell, micro.fields))
  const second = reconstructSecond(state, cell, tiling, { fields: micro.fields, second: solved, cellSize })
  const { u } = steadyState(
    micro,
    micro.initial().map((v, k) => (micro.held[k] === 1 ? v : plain[k])),
  )
  const errors = (from: number, weights: Float64Array, unit: number) => {
    const middle = middleHalf(weights, tiling, cellSize)
    const range = { from, end: from + nodes }
    const rms = Math.sqrt(middle.reduce((sum, w, p) => sum + w * u[from + p] ** 2, 0) / total(middle)) / unit
    return [plain, corrected, second].map((v): [number, number] => [
      rms * distance(u, v, middle, range),
      rms * distance(u, levelled(u, v, middle, tiling, cellSize), middle, range),
    ])
  }
  return { phi: errors(2 * nodes, volume, 1 / f), plus: errors(0, pore, 1) }
}

describe('the interior half of the strip', () => {
  const published = {
    phi: [
      [3.2e-2, 2.3e-2, 1.6e-2, 1.1e-2, 8.0e-3, 5.7e-3],
      [2.6e-3, 1.2e-3, 6.5e-4, 3.0e-4, 1.6e-4, 7.5e-5],
      [7.8e-4, 9.8e-5, 1.6e-4, 1.3e-5, 3.7e-5, 1.6e-6],
    ],
    plus: [
      [1.1e-2, 7.9e-3, 5.7e-3, 3.9e-3, 2.8e-3, 2.0e-3],
      [1.4e-3, 7.7e-4, 3.6e-4, 2.0e-4, 9.1e-5, 5.0e-5],
      [8.8e-4, 8.5e-5, 2.0e-4, 1.1e-5, 5.0e-5, 1.3e-6],
    ],
  }
  const strip = { ...CASE_B, cell: cellOf(32, 0.025) }
  const rows = [4, 8, 16].map((N) => interior(strip, N))

  it.each(['phi', 'plus'] as const)('has the published errors of orders 0, 1 and 2: %s', (name) => {
    published[name].forEach((line, k) => {
      line.forEach((value, column) => {
        const measured = rows[Math.floor(column / 2)][name][k][column % 2]
        // Two digits are printed, of which the first column of the last order has its mesh.
        expect(Math.abs(measured / value - 1), `order ${k}, column ${column}`).toBeLessThan(0.06)
      })
    })
  })

  it.each(['phi', 'plus'] as const)('fluctuations fall like s, s² and s³: %s', (name) => {
    for (const k of [0, 1, 2])
      expect(Math.abs(order(rows[1][name][k][1], rows[2][name][k][1]) - k - 1), `order ${k}`).toBeLessThan(0.1)
  })
})

describe('the norms of the comparison', () => {
  const rise = (strip: Strip, name: string) => {
    const [a, b] = [8, 16].map((N) => judge(strip, N))
    return ['', '_corrected', '_second'].map((suffix) => order(a[`${name}${suffix}`], b[`${name}${suffix}`]))
  }

  it.each(['fluctuation_c', 'fluctuation_phi'])('%s: one order more with every corrector', (name) => {
    rise(CASE_B, name).forEach((found, k) => {
      expect(Math.abs(found - (k + 1)), `order ${k}`).toBeLessThan(0.1)
    })
  })

  it('charged walls have their part of the potential', () => {
    for (const name of ['fluctuation_c', 'fluctuation_phi'])
      expect(rise({ ...CASE_B, fixedCharge: -0.94 }, name)[2], name).toBeGreaterThan(2.8)
  })

  it('a polarisable solid leaves layers at the electrodes: half an order less over the whole strip', () => {
    const strip: Strip = { ...CASE_B, cell: cells.high, contrast: 10 }
    const [a, b] = [8, 16].map((N) => judge(strip, N))
    expect(order(a.fluctuation_c_second, b.fluctuation_c_second)).toBeGreaterThan(2.9)
    expect(Math.abs(order(a.layers_c_second, b.layers_c_second) - 2.5)).toBeLessThan(0.2)
    // What is smooth is the homogenized solution's, whichever correctors there are.
    expect(Math.abs(order(a.L2c_second, b.L2c_second) - 2)).toBeLessThan(0.1)
  })

  it('a cell without mirror plane has layers of first order', () => {
    const shape = { shape: 'ball', phase: 'solid', center: [0.55, 0.47], radius: 0.3 }
    const [a, b] = [8, 16].map((N) => judge({ ...CASE_B, cell: cellOf(16, 0.025, shape) }, N))
    expect(Math.abs(order(a.L2c_second, b.L2c_second) - 1)).toBeLessThan(0.2)
    expect(Math.abs(order(a.layers_c_second, b.layers_c_second) - 1.5)).toBeLessThan(0.2)
  })

  it('in a sheet, where the driving force varies, concentrations gain an order too', { timeout: 120_000 }, () => {
    const cell = cellOf(8, 0.025)
    const [a, b] = [4, 8].map((N) => judge({ ...CASE_B, cell, rows: N, tilt: 0.5 }, N))
    expect(order(a.fluctuation_c_corrected, b.fluctuation_c_corrected)).toBeLessThan(2.1)
    expect(order(a.fluctuation_c_second, b.fluctuation_c_second)).toBeGreaterThan(2.3)
    expect(b.fluctuation_c_second).toBeLessThan(0.25 * b.fluctuation_c_corrected)
  })
})
