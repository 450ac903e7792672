/** Blocks of fields that live on part of a grid give what the full blocks give. */
import { expect, it } from 'vitest'
import { finish } from '../../src/finish.ts'
import { BlockTridiagonal } from '../../src/numerics/blocktridiagonal.ts'
import { CompactBlocks } from '../../src/numerics/compact.ts'

it('columns with fewer unknowns have the products and the solutions of the full blocks', () => {
  const [columns, fields] = [7, 4]
  const n = columns * fields
  // One to three of the four fields a column.
  const present = Uint8Array.from({ length: n }, (_, k) => (((k % columns) + 2 * Math.floor(k / columns)) % 3 ? 1 : 0))
  const entries = (add: (row: number, column: number, value: number) => void) => {
    for (let row = 0; row < n; row++)
      for (let column = 0; column < n; column++)
        if (Math.abs((row % columns) - (column % columns)) <= 1)
          add(row, column, Math.sin(3 * row + 7 * column) - (row === column ? 9 : 0))
  }
  const compact = new CompactBlocks(columns, present)
  expect(compact.width).toBe(3)
  compact.assemble(entries)
  const full = new BlockTridiagonal(columns, fields)
  full.assemble((add) => {
    entries((row, column, value) => {
      if (present[row] && present[column]) add(row, column, value)
    })
    for (let k = 0; k < n; k++) if (!present[k]) add(k, k, -1)
  })
  const b = Float64Array.from({ length: n }, (_, k) => Math.cos(k))
  const mass = present.map((is, k) => is * (k % 2))
  const answers = [compact, full].map((matrix) => {
    const [product, x] = [new Float64Array(n), new Float64Array(n)]
    matrix.multiply(b, product)
    finish(matrix.factor(Float64Array.from(mass), 0.3))
    matrix.solve(b, x)
    return { product, x }
  })
  for (let k = 0; k < n; k++) {
    expect(answers[0].product[k]).toBeCloseTo(answers[1].product[k], 12)
    expect(answers[0].x[k]).toBeCloseTo(answers[1].x[k], 12)
  }
  expect(answers[0].x[present.indexOf(0)]).toBe(b[present.indexOf(0)])
  // In place.
  compact.solve(b, b)
  expect(b).toEqual(answers[0].x)
})
