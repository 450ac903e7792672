import { describe, expect, it } from 'vitest'
import { phasePainter } from '../../src/app/ground/house.ts'
import { mirrorSymmetric } from '../../src/app/judge/comparisonCell.ts'
import { progressText, proofChart } from '../../src/app/judge/proofChart.ts'
import { chartTable } from '../../src/app/kit/chart.ts'
import type { ComparisonSeries } from '../../src/app/store/lab.ts'
import { proofOf } from '../../src/app/store/proof.ts'
import type { CellSpec } from '../../src/cell/cell.ts'
import type { ComparisonRow } from '../../src/models/family.ts'
import { orders } from '../../src/simulation/orders.ts'
import { scenario } from './fake.ts'

const proof = proofOf(scenario)!
const { explain } = proof

/** Rows whose errors fall with given orders. */
function rows(order: Partial<Record<string, number>>, list = [2, 4, 8]): ComparisonRow[] {
  return list.map((N) => ({
    N,
    seconds: 1,
    quantities: {},
    errors: Object.fromEntries(proof.norms.map(({ name }) => [name, 0.1 * N ** -(order[name] ?? 1)])),
  }))
}
const words = (order: Partial<Record<string, number>>, mirror: boolean, prepared: boolean) => {
  const r = rows(order)
  return explain({ rows: r, orders: orders(r), mirror, prepared }).join(' ')
}

describe('the words beside an error plot', () => {
  it('mirror-symmetric cells, prepared: faster than proved, because no layer is left', () => {
    const text = words({ LinfL2_corrected: 1.98, L2grad: 0.01 }, true, true)
    expect(text).toMatch(/Faster than the proved.*1\.98.*1\.00.*no boundary layer/)
    expect(text).toMatch(/Without the corrector .* stays \(order 0\.01\)/)
  })

  it('off-centre cells: the boundary layer', () => {
    const text = words({ LinfL2_corrected: 1.02, L2grad_corrected: 0.93 }, false, true)
    expect(text).toMatch(/At least the proved/)
    expect(text).toMatch(/not mirror-symmetric.*boundary layer/)
    expect(text).not.toMatch(/initial layer/)
  })

  it('unprepared data: the initial layer', () => {
    const text = words({ LinfL2_corrected: 1 }, true, false)
    expect(text).toMatch(/initial layer/)
    expect(text).not.toMatch(/boundary layer/)
  })

  it('symmetric and prepared but not there yet: larger N, and no layer is blamed', () => {
    expect(words({ LinfL2_corrected: 1.3 }, true, true)).toMatch(/with larger N the orders without layers/)
  })

  it('slower than proved: says so and what may be the cause', () => {
    expect(words({ LinfL2_corrected: 0.1, L2grad_corrected: 0.2 }, true, true)).toMatch(/Not yet as fast.*larger N/)
  })

  it('claims no order of one row', () => {
    expect(explain({ rows: rows({}, [2]), orders: {}, mirror: true, prepared: true })).toEqual([
      'One N gives a point; the order needs a second.',
    ])
    expect(explain({ rows: [], orders: {}, mirror: true, prepared: true })).toEqual([])
  })
})

describe('mirror symmetry of a cell', () => {
  const ball = (center: number[]): CellSpec => ({
    ...scenario.cell,
    dimension: center.length as 2 | 3,
    shapes: [{ shape: 'ball', phase: 'intracellular', center, radius: 0.3 }],
  })
  const symmetric = (cell: CellSpec) => mirrorSymmetric(cell, phasePainter(cell))

  it('is found in the plane and in space', () => {
    expect(symmetric(ball([0.5, 0.5]))).toBe(true)
    expect(symmetric(ball([0.42, 0.57]))).toBe(false)
    expect(symmetric(ball([0.5, 0.5, 0.5]))).toBe(true)
    expect(symmetric(ball([0.5, 0.5, 0.42]))).toBe(false)
  })
})

describe('the error plot', () => {
  const series = (id: number, r: ComparisonRow[]): ComparisonSeries => ({
    id,
    label: `series ${id}`,
    scenario,
    rows: r,
  })
  const colours = ['#1', '#2', '#3', '#4', '#5', '#6', '#7']
  const norms = ['LinfL2', 'L2grad_corrected']

  it('has a line per norm, the observed order in its name, and the proved rate through the data', () => {
    const chart = proofChart(proof, [series(1, rows({ LinfL2: 2 }))], norms, colours)!
    expect(chart.lines.map((l) => l.name)).toEqual([
      '‖C − u₀‖ L∞(L²), order 2.00',
      '‖∇(C − u₁)‖ L², order 1.00',
      'proved rate √ε',
    ])
    const rate = chart.lines[2]
    expect(rate.x).toEqual([1 / 2, 1 / 8])
    expect(rate.y[0]).toBeCloseTo(chart.lines[1].y[0])
    expect(rate.y[1] / rate.y[0]).toBeCloseTo(0.5)
    expect(chart.x.ticks?.map((t) => t.label)).toEqual(['1/2', '1/4', '1/8'])
  })

  it('tells series apart by their name and look, and keeps a norm its colour', () => {
    const chart = proofChart(proof, [series(1, rows({})), series(2, rows({}, [2, 4]))], norms, colours)!
    const [a, , b] = chart.lines
    expect(a!.colour).toBe(b!.colour)
    expect(a!.marker).not.toBe(b!.marker)
    expect(b!.name).toMatch(/series 2/)
  })

  it('makes a table by ε, and nothing of nothing', () => {
    const chart = proofChart(proof, [series(1, rows({}, [2]))], norms, colours)!
    expect(chart.lines).toHaveLength(2)
    const { header, rows: table } = chartTable(chart)
    expect(header[0]).toBe('ε = ℓ/L = 1/N')
    expect(table).toEqual([[0.5, 0.05, 0.05]])
    expect(proofChart(proof, [series(1, [])], norms, colours)).toBeUndefined()
    expect(proofChart(proof, [series(1, rows({}))], [], colours)).toBeUndefined()
  })

  it('says how far it is', () => {
    const running = { id: 1, list: [4, 8], N: 8, fraction: 0.437, startedAt: 0 }
    expect(progressText({ ...running, left: 11.6 })).toBe('N = 8, 43 %, about 12 s left')
    expect(progressText({ ...running, left: 200 })).toBe('N = 8, 43 %, about 3.3 min left')
    expect(progressText(running)).toBe('N = 8, 43 %')
  })
})
