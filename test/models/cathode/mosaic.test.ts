/** Fillings that jump from one column, or one row, of the grid to the next are no smooth ones that errors could be measured against. */
import { expect, it } from 'vitest'
import type { CathodeModel } from '../../../src/models/cathode/homogenized/model.ts'
import { refuseMosaic } from '../../../src/models/cathode/studies/incomparable.ts'

const [columns, rows, first] = [41, 31, 1]
const nodes = columns * rows
const reactive = Array.from({ length: nodes }, (_, p) => p).filter((p) => p % columns >= first)

/** A state of one kind of particles, by the column and the row. */
const asked = (omega: number, filling: (i: number, j: number) => number) => () =>
  refuseMosaic(
    {
      hosts: [{ Y: 0, material: { omega }, reactive }],
      nodes,
      setting: { grid: { columns, rows, first } },
    } as never as CathodeModel,
    Float64Array.from({ length: nodes }, (_, p) => filling(p % columns, Math.floor(p / columns))),
  )

it('is refused along and across, and where the material separates alone', () => {
  expect(asked(4, (i, j) => 0.5 + 0.2 * Math.tanh((i - 20) / 10) + 0.1 * Math.cos((Math.PI * j) / rows))).not.toThrow()
  const words = /particles fill one by one/
  expect(asked(4, (i) => (i < 20 ? 0.02 : 0.98))).toThrow(words)
  expect(asked(4, (_, j) => (j < 15 ? 0.02 : 0.98))).toThrow(words)
  expect(asked(4, (i, j) => ((i + j) % 2 === 0 ? 0.02 : 0.98))).toThrow(words)
  expect(asked(1.5, (_, j) => (j < 15 ? 0.02 : 0.98))).not.toThrow()
})
