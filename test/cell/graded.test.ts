/** Cells that vary along a box: profiles, tables of cells, and what is refused. */
import { describe, expect, it } from 'vitest'
import type { CellSpec, Grading } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import {
  cellAt,
  checkGraded,
  nearestCell,
  numberOf,
  numbersOf,
  placeOf,
  standIn,
  stepsOf,
  valueAt,
} from '../../src/cell/graded.ts'
import { along, tabulate } from '../../src/cell/table.ts'
import { finish } from '../../src/finish.ts'
import { InputError } from '../../src/parameter.ts'

const ball = (radius: number): CellSpec => ({
  dimension: 2,
  background: 'pore',
  resolution: 32,
  shapes: [{ shape: 'ball', phase: 'solid', center: [0.5, 0.5], radius }],
})
const radius = (...points: [number, number][]): Grading => ({ number: 'shapes[0].radius', along: points })
const problems = [
  { kind: 'perforated' as const, phase: 'pore' },
  { kind: 'contrast' as const, name: 'eps', coefficients: { pore: 1, solid: 0.1 } },
]
const table = (spec: CellSpec, graded: Grading[], of = problems) => finish(tabulate(spec, graded, of))
const refusal = (graded: Grading[], spec = ball(0.3)) =>
  checkGraded(graded, spec).map(({ path, message }) => `${path}: ${message}`)

describe('profiles', () => {
  const ramp = radius([0.2, 0.1], [0.6, 0.3], [0.6, 0.4], [0.8, 0.4])

  it('are linear between places, jump where one is named twice and are constant beyond', () => {
    expect([0, 0.2, 0.4, 0.6, 0.7, 1].map((x) => valueAt(ramp, x))).toEqual([0.1, 0.1, 0.2, 0.4, 0.4, 0.4])
    expect(valueAt(ramp, 0.6 - 1e-12)).toBeCloseTo(0.3, 9)
  })

  it('name the place of a value', () => {
    expect(placeOf(ramp, 0.2)).toBeCloseTo(0.4, 12)
    expect(placeOf(ramp, 0.4)).toBe(0.6)
  })

  it('that only jump have a list of values', () => {
    expect(stepsOf(radius([0, 0.3], [0.5, 0.3], [0.5, 0.2], [1, 0.2]))).toEqual([0.2, 0.3])
    expect(stepsOf(ramp)).toBeUndefined()
    expect(stepsOf(radius([0, 0.3]))).toEqual([0.3])
  })

  it('change numbers and components, also those that were left out', () => {
    const spec: CellSpec = {
      ...ball(0.3),
      shapes: [{ shape: 'ellipsoid', phase: 'solid', center: [0.5, 0.5], radii: [0.3, 0.2] }],
    }
    expect(numbersOf(spec)).toContain('shapes[0].radii[1]')
    const at = cellAt(
      spec,
      [
        {
          number: 'shapes[0].radii[1]',
          along: [
            [0, 0.1],
            [1, 0.3],
          ],
        },
        {
          number: 'shapes[0].rotation',
          along: [
            [0, 0],
            [1, 90],
          ],
        },
      ],
      0.5,
    )
    expect(at.shapes[0]).toMatchObject({ radii: [0.3, 0.2], rotation: 45 })
    expect(spec.shapes[0]).not.toHaveProperty('rotation')
  })
})

describe('numbers of a cell', () => {
  const solid: CellSpec = {
    dimension: 3,
    background: 'pore',
    resolution: 8,
    shapes: [{ shape: 'ellipsoid', phase: 'solid', center: [0.5, 0.5, 0.5], radii: [0.3, 0.2, 0.1] }],
  }

  it('are read where they stand; what was left out is zero', () => {
    expect(numberOf(solid, 'shapes[0].radii[2]')).toBe(0.1)
    expect(numberOf(solid, 'shapes[0].rotation[1]')).toBe(0)
    expect(numberOf(ball(0.3), 'shapes[0].radius')).toBe(0.3)
    expect(numberOf(ball(0.3), 'shapes[0].height')).toBeUndefined()
    expect(
      numberOf(
        { ...ball(0.3), shapes: [{ shape: 'ellipsoid', phase: 'solid', center: [0.5, 0.5], radii: [0.3, 0.2] }] },
        'shapes[0].rotation',
      ),
    ).toBe(0)
    expect(numbersOf({ dimension: 2, shapes: [{ shape: 'star', phase: 'solid' }] })).toEqual([])
  })

  it('that change in a cell of one place leave its neighbours of the table alone', () => {
    const of = table(ball(0.3), [radius([0, 0.2], [0.5, 0.2], [0.5, 0.4])])
    expect(nearestCell(of, 0.2)).toBe(of.cells[0])
    expect(nearestCell(of, 0.9)).toBe(of.cells[1])
    const shown = solveCell(ball(0.3), problems)
    expect(standIn(shown)).toBe(shown)
    expect(standIn({ ...shown, table: of }).mesh).toBe(of.cells[1].mesh)
    expect(standIn({ ...shown, table: { ...of, middle: of.cells[0] } }).mesh).toBe(of.cells[0].mesh)
    expect(standIn({ ...shown, columns: of.cells }).mesh).toBe(of.cells[1].mesh)
  })
})

describe('what is refused', () => {
  it.each<[string, Grading[], RegExp]>([
    [
      'a number that is none',
      [{ number: 'shapes[0].radii', along: [[0, 0.2]] }],
      /graded\[0\]\.number: .*try shapes\[0\]\.center\[0\]/,
    ],
    ['a shape that is not there', [{ number: 'shapes[3].radius', along: [[0, 0.2]] }], /graded\[0\]\.number/],
    ['a name of the program', [{ number: 'shapes[0].__proto__', along: [[0, 0.2]] }], /no number of a shape/],
    ['no places', [radius()], /at least one/],
    ['places outside', [radius([-0.1, 0.2])], /from 0 to 1/],
    ['places that go back', [radius([0.5, 0.2], [0.4, 0.3])], /ascend/],
    ['a place named three times', [radius([0.5, 0.2], [0.5, 0.3], [0.5, 0.4])], /three times; name it twice/],
    ['a value the shape cannot have', [radius([0, 0.2], [1, 7])], /graded\[0\]\.along\[1\]: .*radius/],
    ['one number twice', [radius([0, 0.2]), radius([0, 0.3])], /twice/],
    ['three numbers', [radius([0, 0.2]), radius([0, 0.2]), radius([0, 0.2])], /at most 2/],
    [
      'too many places',
      [radius(...Array.from({ length: 300 }, (_, k): [number, number] => [k / 300, 0.2]))],
      /at most 200/,
    ],
  ])('%s', (_, graded, message) => {
    const [first, ...others] = refusal(graded)
    expect(first).toMatch(message)
    expect(first.length).toBeLessThan(300)
    expect(others).toEqual([])
  })
})

describe('tables', () => {
  it('tell how far they are, never going back', () => {
    const run = tabulate(ball(0.3), [radius([0, 0.12], [1, 0.43])], [problems[0]])
    let last = 0
    for (let step = run.next(); !step.done; step = run.next()) {
      expect(step.value).toBeGreaterThanOrEqual(last)
      last = step.value
    }
    expect(last).toBeLessThanOrEqual(1)
  })

  it('give the cells themselves to the error they state', () => {
    const graded = [radius([0, 0.12], [1, 0.43])]
    const of = table(ball(0.3), graded)
    expect(of.cells).toHaveLength(9)
    const read = along(of, (cell) => [
      [cell.problems[0].tensor[0][0]],
      [cell.problems[1].tensor[1][1]],
      [cell.phases.pore.fraction],
    ])
    expect(read.error).toBeLessThan(1e-3)
    for (const x of [0.03, 0.21, 0.48, 0.77, 0.96]) {
      const cell = solveCell(cellAt(ball(0.3), graded, x), problems)
      const [D, eps, pore] = read.at(x)
      for (const [got, wanted] of [
        [D, cell.problems[0].tensor[0][0]],
        [eps, cell.problems[1].tensor[1][1]],
        [pore, cell.phases.pore.fraction],
      ])
        expect(Math.abs(got - wanted)).toBeLessThan(2 * read.error)
    }
  })

  it('are exact for numbers that jump, and take no more cells than values', () => {
    const graded = [radius([0, 0.2], [0.5, 0.2], [0.5, 0.4])]
    const of = table(ball(0.3), graded)
    expect(of.cells).toHaveLength(2)
    const read = along(of, (cell) => [[cell.problems[0].tensor[0][0]]])
    expect(read.error).toBe(0)
    for (const [x, r] of [
      [0.4, 0.2],
      [0.6, 0.4],
    ])
      expect(read.at(x)[0]).toBeCloseTo(solveCell(ball(r), problems, { bracket: false }).problems[0].tensor[0][0], 12)
  })

  it('of a laminate are those of the formula, with two numbers too', () => {
    // D* = 1 - w along layers of thickness w; two layers add up.
    const layer = (center: number) => ({ shape: 'layer', phase: 'solid', axis: 'y', center, thickness: 0.2 })
    const spec: CellSpec = { ...ball(0.3), shapes: [layer(0.25), layer(0.75)] }
    const graded: Grading[] = [0, 1].map((k) => ({
      number: `shapes[${k}].thickness`,
      along: [
        [0, 0.1],
        [1, 0.2 + 0.1 * k],
      ],
    }))
    const of = table(spec, graded, [problems[0]])
    const read = along(of, (cell) => [[cell.problems[0].tensor[0][0]]])
    for (const x of [0, 0.3, 1]) expect(read.at(x)[0]).toBeCloseTo(1 - (0.1 + 0.1 * x) - (0.1 + 0.2 * x), 9)
  })

  it('of two numbers that change in proportion hold the cells of the box alone', () => {
    // Discs that would overlap if both were large are never so at one place.
    const discs = [0.25, 0.75].map((x) => ({ shape: 'ball', phase: 'solid', center: [x, 0.5], radius: 0.1 }))
    const spec: CellSpec = { ...ball(0.3), shapes: discs }
    const ramp = (shape: number, from: number, to: number, middle = 0.5): Grading => ({
      number: `shapes[${shape}].radius`,
      along: [
        [0, from],
        [middle, (from + to) / 2],
        [1, to],
      ],
    })
    const graded = [ramp(0, 0.1, 0.35), ramp(1, 0.35, 0.1)]
    const of = table(spec, graded, [problems[0]])
    expect(of.axes).toHaveLength(1)
    const read = along(of, (cell) => [[cell.problems[0].tensor[1][1], cell.phases.pore.fraction]])
    for (const x of [0.1, 0.6, 1]) {
      const cell = solveCell(cellAt(spec, graded, x), [problems[0]])
      const [D, pore] = read.at(x)
      expect(Math.abs(D - cell.problems[0].tensor[1][1])).toBeLessThan(2 * read.error)
      expect(Math.abs(pore - cell.phases.pore.fraction)).toBeLessThan(2 * read.error)
    }
    // Elsewhere the second has its middle: all combinations are solved, and no place is said of one.
    const apart = () => table(spec, [graded[0], ramp(1, 0.35, 0.1, 0.4)], [problems[0]])
    expect(apart).toThrow(
      /where shapes\[0\]\.radius = 0\.\d+, shapes\[1\]\.radius = 0\.\d+, "pore" is cut off.*in proportion/,
    )
    expect(apart).not.toThrow(/of the length/)
  })

  it('name the place where pores close, and where a cell cannot be', () => {
    const closing = () => table(ball(0.3), [radius([0, 0.3], [1, 0.55])])
    expect(closing).toThrow(InputError)
    expect(closing).toThrow(
      /from shapes\[0\]\.radius = 0\.4[89]\d* \(at 0\.7\d* of the length\) on "pore" is cut off along x/,
    )
    expect(closing).not.toThrow(/finer mesh/)
    expect(() => table(ball(0.3), [radius([0, 0.3], [1, 0.49])])).toThrow(/finer mesh than 1\/32/)
    const full = () =>
      table({ ...ball(0.3), shapes: [{ shape: 'box', phase: 'solid', center: [0.5, 0.5], size: [0.5, 0.5] }] }, [
        {
          number: 'shapes[0].size[0]',
          along: [
            [0, 0.5],
            [1, 1],
          ],
        },
        {
          number: 'shapes[0].size[1]',
          along: [
            [0, 0.5],
            [1, 1],
          ],
        },
      ])
    expect(full).toThrow(/shapes\[0\]\.size\[0\] = /)
  })
})
