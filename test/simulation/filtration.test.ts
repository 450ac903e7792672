/** The second cell of a scenario is read as the first one is. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { InputError } from '../../src/parameter.ts'
import { present } from '../../src/present.ts'
import { CellCache, shownCell, solveCell } from '../../src/simulation/cells.ts'
import { decodeScenario, encodeScenario } from '../../src/simulation/link.ts'
import { parseScenario } from '../../src/simulation/parse.ts'

const { graded: _, ...across } = loadScenario('cathode-graded').scenario
const of = (filtration: unknown, more: Record<string, unknown> = {}) => ({
  ...across,
  parameters: { ...across.parameters, flow: 'pumped' },
  filtration,
  ...more,
})
function pathsOf(input: unknown): string[] {
  try {
    parseScenario(input)
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

it('keeps it in files and links, and leaves it out where there is none', async () => {
  const own = parseScenario(of({ ...across.cell, size: 3 * across.cell.size }))
  expect(own.filtration?.size).toBe(3 * across.cell.size)
  expect(parseScenario(JSON.parse(JSON.stringify(own)))).toEqual(own)
  expect((await decodeScenario(await encodeScenario(own))).scenario).toEqual(own)
  expect('filtration' in parseScenario(across)).toBe(false)
})

it.each([
  [{ ...across.cell, size: 2 }, ['filtration.size']],
  [{ ...across.cell, size: 'wide' }, ['filtration.size']],
  [{ ...across.cell, resolution: 7 }, ['filtration.resolution']],
  [{ ...across.cell, colour: 1 }, ['filtration.colour']],
  [
    { ...across.cell, shapes: [{ shape: 'ball', phase: 'active', center: [0.5, 0.5], radius: -1 }] },
    ['filtration.shapes[0].radius'],
  ],
  [{ ...across.cell, dimension: across.cell.dimension === 2 ? 3 : 2, shapes: [] }, ['filtration.dimension']],
  [4, ['filtration']],
])('says what is wrong with its own path: %j', (filtration, paths) => {
  expect(pathsOf(of(filtration))).toEqual(expect.arrayContaining(paths))
})

const coarse = { ...across.cell, resolution: 32 }

it('is solved with the first cell as long as it is a copy of it, and alone once it differs', () => {
  const stages = (filtration: unknown) => {
    const told = new Set<string>()
    const solving = solveCell(parseScenario(of(filtration, { cell: coarse })), new CellCache())
    let next = solving.next()
    for (; !next.done; next = solving.next()) if (next.value.kind === 'progress') told.add(next.value.stage)
    return { told: [...told], problems: next.value.filtration?.problems.map(({ kind }) => kind) }
  }
  expect(stages({ ...coarse, size: 4 * coarse.size })).toEqual({ told: ['cell'], problems: ['stokes'] })
  expect(stages({ ...coarse, resolution: 16 })).toEqual({ told: ['cell', 'filtration'], problems: ['stokes'] })
})

it('leaves its flow to the cells along the box when it is taken away', () => {
  const cells = new CellCache()
  const graded = [
    {
      number: 'shapes[0].radius',
      along: [
        [0, 0.3],
        [1, 0.28],
      ],
    },
  ]
  const kinds = (filtration: unknown) => {
    const solved = finish(shownCell(parseScenario({ ...of(filtration), cell: coarse, graded }), cells))
    return present(solved.table, 'a table').cells.map(({ problems }) => problems.some(({ kind }) => kind === 'stokes'))
  }
  expect(new Set(kinds({ ...coarse, resolution: 16 }))).toEqual(new Set([false]))
  expect(new Set(kinds(undefined))).toEqual(new Set([true]))
})

it('is refused with its own path where it cannot be meshed', () => {
  const [shape, ...others] = coarse.shapes
  const shapes = [{ ...shape, phase: 'active', radius: 0.3 }, ...others, { ...shape, phase: 'carbon', radius: 0.4 }]
  const scenario = parseScenario(of({ ...coarse, shapes }, { cell: coarse }))
  expect(() => finish(solveCell(scenario))).toThrow(/^filtration.shapes\[0\]: phase "active" has no volume/)
})

it('is refused in a family where nothing is pumped', () => {
  const { scenario } = loadScenario('tissue-opening')
  const asked = () => parseScenario({ ...scenario, filtration: scenario.cell })
  expect(asked).toThrow(
    'filtration: got a cell of the flow, and nothing is pumped in the family "tissue": leave it out',
  )
})
