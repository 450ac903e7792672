/** What is inside a cell, written and read back: the mean flux is the tensor, correctors stand where something conducts. */
import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { solveCell } from '../../src/cell/compute.ts'
import { parseCellFile } from '../../src/cell/file.ts'
import { cellNpz } from '../../src/record/cellFields.ts'
import { readNpy } from './npy.ts'

it.each([
  [2, 32],
  [3, 16],
] as const)('in %i dimensions', (d, n) => {
  const { cell, problems } = parseCellFile({
    version: 1,
    cell: {
      dimension: d,
      background: 'pore',
      shapes: [{ shape: 'ball', phase: 'solid', center: Array(d).fill(0.45), radius: 0.3 }],
      resolution: n,
    },
    problems: [{ kind: 'perforated', phase: 'pore' }],
  })
  const { mesh, problems: solved } = solveCell(cell, problems)
  const files = unzipSync(cellNpz(mesh, solved[0], cell))
  const of = (name: string) => readNpy(files[`${name}.npy`])
  const about = JSON.parse(strFromU8(files['record.json']))
  expect(about.phases).toEqual(mesh.phases)
  expect(about.order).toEqual(['x', 'y', 'z'].slice(0, d).reverse())
  expect(of('position').shape).toEqual([...Array(d).fill(n), d])
  // The second node of the first row is one mesh width along x, but for its displacement.
  const { values: position } = of('position')
  expect(position[d] - mesh.displacement[d]).toBeCloseTo(1 / n, 12)
  expect(position[d * n + 1] - mesh.displacement[d * n + 1]).toBeCloseTo(1 / n, 12)
  for (const [j, axis] of ['x', 'y', 'z'].slice(0, d).entries()) {
    const { values: chi, shape } = of(`corrector_${axis}`)
    expect(shape).toEqual(Array(d).fill(n))
    expect(chi.filter(Number.isNaN).length).toBeGreaterThan(0)
    expect(Math.max(...chi.filter((v) => !Number.isNaN(v)))).toBeGreaterThan(0.01)
    const { values: flux } = of(`flux_${axis}`)
    for (let c = 0; c < d; c++) {
      const mean = flux.reduce((sum, v, p) => (p % d === c ? sum - v : sum), 0) / n ** d
      expect(mean).toBeCloseTo(solved[0].meshTensor[c][j], 2)
    }
  }
  const { values: phase, shape } = of('phase')
  expect(shape).toEqual(of('sensitivity').shape)
  expect(shape.at(-1)).toBe(d === 2 ? 2 : 6)
  expect(new Set(phase).has(mesh.phases.indexOf('solid'))).toBe(true)
})
