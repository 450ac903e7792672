/** From the reference cell, or from given numbers, to the structure of a cathode; what it says about itself. */
import { describe, expect, it } from 'vitest'
import type { CellSpec, ShapeSpec } from '../../../src/cell/cell.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { phasesOf } from '../../../src/cell/geometry.ts'
import type { CathodeInput } from '../../../src/models/cathode/input.ts'
import type { CathodeValues } from '../../../src/models/cathode/parameters/index.ts'
import { structureParameters } from '../../../src/models/cathode/parameters/structure.ts'
import { cathodeProblems, cathodeStructure } from '../../../src/models/cathode/structure/structure.ts'
import { effectiveTable } from '../../../src/models/cathode/structure/table.ts'
import { defaults, type Values, validateValues } from '../../../src/parameter.ts'
import { finish } from '../../numerics/helpers.ts'

const disc = (radius = 0.35): ShapeSpec => ({ shape: 'ball', phase: 'active', center: [0.5, 0.5], radius })
const bar = (axis: string): ShapeSpec => ({ shape: 'bar', phase: 'carbon', axis, center: [0.5, 0.5], width: 0.06 })
const cross = [bar('x'), bar('y'), disc()]
const CELL_SIZE = 1e-6
const FROM_CELL = { structure: 'cell', transport: 'cell' }

function at(shapes: ShapeSpec[], values: Values = {}, dimension: 1 | 2 | 3 = 1) {
  const spec: CellSpec = { dimension: 2, background: 'electrolyte', resolution: 64, shapes }
  const parameters = { ...defaults(structureParameters), ...values } as CathodeValues
  const input: CathodeInput = {
    parameters,
    cellSize: CELL_SIZE,
    macro: { dimension, size: Array(dimension).fill(1e-4), nodes: Array(dimension).fill(11) },
    experiment: { name: 'rest', values: { duration: 1 } },
    stimuli: [],
  }
  const cell = solveCell(spec, cathodeProblems(parameters, phasesOf(spec)))
  return { input, cell, structure: cathodeStructure(input, cell) }
}
const texts = ({ structure }: ReturnType<typeof at>) => ({
  notices: structure.notices.map((n) => n.message).join('\n'),
  problems: structure.problems.map((p) => `${p.path}: ${p.message}`).join('\n'),
})

describe('schema', () => {
  it('has valid defaults and distinct names', () => {
    expect(validateValues(structureParameters, defaults(structureParameters), 'parameters').problems).toEqual([])
    expect(new Set(structureParameters.map((p) => p.name)).size).toBe(structureParameters.length)
  })
})

describe('given numbers', () => {
  it('are the structure, isotropic in the dimension of the box, whatever the cell', () => {
    const { structure } = at([disc()], { p: 0.3, q: 0.7, area: 2.1e6, sigma_eff: 1e4, M_s: 0.5 }, 3)
    expect(structure).toMatchObject({ p: 0.3, q: 0.7, carbon: 0, a: 2.1e6, problems: [] })
    expect(structure.T[2]).toEqual([0, 0, 0.3 ** 1.5])
    expect(structure.Sigma[1]).toEqual([0, 1e4, 0])
    expect(structure.Ms[0]).toEqual([0.5, 0, 0])
    expect(structure.K[0][0]).toBe(2.5e-16)
  })

  it.each([
    [{ transport: 'tortuosity', tortuosity: 2 }, 0.1],
    [{ transport: 'value', T_value: 0.2 }, 0.2],
    [{ transport: 'bruggeman' }, 0.4 ** 1.5],
  ])('ionic tensor %o', (values, exact) => {
    expect(at([disc()], values).structure.T).toEqual([[expect.closeTo(exact, 12)]])
  })

  it('need no phases of the cell, and no cell problem then', () => {
    const { cell, structure } = at([{ ...disc(), phase: 'other' }])
    expect(cell.problems).toEqual([])
    expect(structure.problems).toEqual([])
  })

  it('say what does not fit', () => {
    expect(texts(at([disc()], { p: 0.7 })).problems).toMatch(/^parameters.q: got 0.414 .*; try 0.3/)
    expect(texts(at([disc()], { p: 0.2 })).notices).toMatch(/at least 21.5 % electrolyte/)
    expect(texts(at([disc()], { transport: 'value', T_value: 0.9 })).notices).toMatch(/exceeds the fraction of electro/)
    expect(texts(at([disc()], { transport: 'cell' })).notices).toMatch(
      /with 61.5 % electrolyte, while 40.0 % are given/,
    )
    expect(texts(at([disc()], { M_s: 0.6 })).notices).toMatch(/0.600 exceeds the fraction of active material/)
    expect(texts(at([disc()])).notices).toMatch(/independent particles/)
  })

  it('take the ionic tensor of the cell on request', () => {
    expect(at([disc()], { transport: 'cell' }).structure.T[0][0]).toBeCloseTo(0.441495, 4)
  })
})

describe('a cell of particles and carbon', () => {
  it('with carbon that ions pass: all parameters, carbon counted with the electrolyte', () => {
    const { structure, cell } = at(cross, { ...FROM_CELL, sigma_active: 100, darcy_size: 10, area_factor: 2 }, 2)
    expect(structure.problems).toEqual([])
    expect(structure.p).toBeCloseTo(0.615155, 3)
    expect(structure.q).toBeCloseTo(0.384845, 3)
    expect(structure.carbon).toBeCloseTo(0.036103, 4)
    expect(structure.p + structure.q).toBeCloseTo(1, 9)
    expect(structure.a / (2 * 1.95882e6)).toBeCloseTo(1, 3)
    expect(structure.T[0][0]).toBeCloseTo(0.441495, 4)
    expect(structure.Sigma[0][0]).toBeCloseTo(13.322, 1)
    expect(structure.Sigma[1][0]).toBeLessThan(1e-3)
    expect(structure.Ms).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(structure.K[0][0] / (0.00517705 * 1e-10)).toBeCloseTo(1, 2)
    expect(cell.problems.map((p) => p.kind)).toEqual(['contrast', 'perforated', 'contrast', 'stokes'])
    expect(texts({ structure } as ReturnType<typeof at>).notices).toMatch(/independent particles/)
  })

  it('with carbon that ions do not pass: the plane has no way around it', () => {
    const { problems } = texts(at(cross, { ...FROM_CELL, carbon_permeable: false }))
    expect(problems).toMatch(/^cell.shapes: the carbon cuts the electrolyte off along x.*carbon_permeable.*3D cell/)
  })

  it('in bars along x: open in one dimension, in layers in two', () => {
    const closed = { ...FROM_CELL, carbon_permeable: false }
    expect(texts(at([bar('x'), disc()], closed)).problems).toBe('')
    const { structure } = at([bar('x'), disc()], closed, 2)
    expect(structure.problems).toEqual([])
    expect(structure.T[1]).toEqual([0, 0])
    expect(structure.Sigma[1]).toEqual([0, 0])
    expect(structure.p).toBeCloseTo(0.597103, 3)
    expect(texts({ structure } as ReturnType<typeof at>).notices).toMatch(
      /cut off along y: ions move in separate layers/,
    )
  })

  it.each([
    [1e-3, 1, 4.11e-4],
    [1e-9, 1e3, 1e-9 * 0.41],
    [1, 1e-3, undefined],
  ])('of conductivities %d and %d S/m', (active, carbon, series) => {
    const run = at(cross, { ...FROM_CELL, sigma_active: active, sigma_carbon: carbon })
    const sigma = run.structure.Sigma[0][0]
    if (series === undefined) expect(sigma).toBeGreaterThan(carbon / 10)
    else expect(sigma / series).toBeCloseTo(1, 1)
    expect(texts(run).notices).toMatch(/carbon ends at the particles/)
  })

  it('through the particles conducts by itself, however poor they are', () => {
    const run = at([disc(), bar('x'), bar('y')], { ...FROM_CELL, sigma_active: 1e-12, sigma_carbon: 1e3 })
    expect(run.structure.Sigma[0][0] / 61).toBeCloseTo(1, 1)
    expect(texts(run).notices).not.toMatch(/carbon ends/)
  })
})

describe('a cell without carbon', () => {
  it('has no path for electrons between isolated particles', () => {
    expect(texts(at([disc()], FROM_CELL)).problems).toMatch(/^cell.shapes: no path for electrons along x: .*add carbon/)
  })

  it('conducts through particles that overlap, and lets lithium move', () => {
    const strip: ShapeSpec = { shape: 'bar', phase: 'active', axis: 'x', center: [0.5, 0.5], width: 0.4 }
    const { structure } = at([strip], { ...FROM_CELL, sigma_active: 3 })
    expect(structure.problems).toEqual([])
    expect(structure.Ms[0][0]).toBeCloseTo(0.4, 9)
    expect(structure.Sigma[0][0]).toBeCloseTo(1.2, 9)
    expect(structure.K[0][0] / (1e-12 * (0.6 ** 3 / 12))).toBeCloseTo(1, 3)
  })

  it('refuses what it cannot be', () => {
    expect(() => at([{ ...disc(), phase: 'other' }], FROM_CELL)).toThrow(/no phase "active"/)
    expect(texts(at([disc(), { ...disc(0.1), phase: 'other' }], FROM_CELL)).problems).toMatch(/got the phase other/)
    expect(texts(at([disc()], FROM_CELL, 3)).problems).toMatch(/^macro.dimension: got 3/)
    const shell = at([{ ...disc(0.4), phase: 'carbon' }, disc(0.3)], { ...FROM_CELL, carbon_permeable: false })
    expect(texts(shell).problems).toMatch(/touches no electrolyte/)
  })
})

describe('as printed', () => {
  it('the flux average exceeds the fraction of electrolyte, and says so', () => {
    const run = at([disc()], { structure: 'cell', transport: 'published', r_published: 10 })
    expect(run.structure.T[0][0]).toBeCloseTo(0.8971954, 4)
    expect(texts(run).notices).toMatch(/published flux average \(0.897 at r = 10\).*exceeds.*exact value is 0.441/)
  })

  it('the flux average leads through closed walls, and says so', () => {
    const closed = { structure: 'cell', transport: 'published', r_published: 10, carbon_permeable: false }
    const run = at(cross, closed)
    expect(run.structure.problems).toEqual([])
    expect(run.structure.T[0][0]).toBeCloseTo(0.8025, 3)
    expect(texts(run).notices).toMatch(/carbon cuts the electrolyte off along x.*published/)
  })

  it('the average is smooth through r = 1, where it is the fraction', () => {
    const [below, at1, above] = [0.94, 1, 1.06].map(
      (r) => at([bar('x'), disc()], { structure: 'cell', transport: 'published', r_published: r }).structure.T[0][0],
    )
    expect(at1).toBeCloseTo(0.615155, 3)
    expect((below! + above!) / 2).toBeCloseTo(at1!, 3)
    expect(above).toBeGreaterThan(at1!)
  })

  it('the mobility is 2q too large, and says so', () => {
    const run = at([bar('x'), disc()], { ...FROM_CELL, mobility_printed: true })
    expect(run.structure.Ms[0][0]).toBeCloseTo(2 * 0.384845, 3)
    expect(texts(run).notices).toMatch(/mobility of the solid is 0.7(69|70), more than the fraction 0.385/)
  })
})

describe('table of the nine effective parameters', () => {
  const rows = (shapes: ShapeSpec[], values: Values) => {
    const { input, cell } = at(shapes, values)
    const { table } = finish(effectiveTable(input, cell))
    return Object.fromEntries(table!.rows.map((row) => [row.name, row.cells]))
  }

  it('stands beside given numbers', () => {
    const table = rows([disc()], {})
    expect(Object.keys(table)).toEqual(['p', 'q', 'a', 'D', 'M', 'eps', 'Sigma', 'Ms', 'K'])
    expect(table.p).toEqual([0.4, expect.closeTo(0.615155, 3), undefined, undefined, undefined, undefined])
    expect(table.a![1]).toBeCloseTo(2.199115e6, -3)
    expect(table.D).toEqual([
      expect.closeTo(0.4 ** 1.5, 9),
      expect.closeTo(0.441495, 4),
      undefined,
      expect.closeTo(0.4 ** 1.5, 9),
      expect.closeTo(0.25, 9),
      expect.closeTo(0.256, 9),
    ])
    expect(table.M![2]).toBeUndefined()
    expect(table.K![1]).toBeUndefined()
    expect(table.Ms).toEqual([0, 0, expect.closeTo(0.76969, 3), expect.closeTo(0.414 ** 1.5, 9), 0, undefined])
  })

  it('shows the published average where it is in use', () => {
    const table = rows([disc()], { structure: 'cell', transport: 'published', r_published: 100 })
    expect(table.M![0]).toBeCloseTo(0.9876352, 4)
    expect(table.M![2]).toBe(table.M![0])
    expect(table.M![1]).toBeCloseTo(0.441495, 4)
    expect(table.M![4]).toBeCloseTo(0.4442, 4)
    expect(table.K![1]! / table.K![0]!).toBe(1)
  })

  it('stands without phases of a cathode', () => {
    expect(rows([{ ...disc(), phase: 'other' }], {}).D![1]).toBeUndefined()
  })
})
