/** Sweeps of a scenario: all combinations, the numbers of single commands, and points that cannot be. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { cellReport } from '../../src/cli/cell.ts'
import { loadScenario } from '../../src/cli/input.ts'
import { sweepCommand } from '../../src/cli/sweep.ts'
import { parseScenario } from '../../src/simulation/parse.ts'

const told: string[] = []
beforeEach(() => {
  told.length = 0
  vi.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line))
})
afterEach(() => vi.restoreAllMocks())

const table = (...args: string[]) =>
  sweepCommand(args)
    .split('\n')
    .map((row) => row.split(','))
const RADIUS = 'cell.shapes[0].radius'
const TENSOR = 'problems[0].tensor[0][0]'

it('computes every combination, the first axis slowest, and the numbers of the command', () => {
  const [head, ...rows] = table(
    ...['tissue-opening', '--by', 'cell', '--over', `${RADIUS}=0.2:0.4:3`, '--over', 'cell.resolution=16,32'],
    ...['--of', `${TENSOR}, phases.intracellular.fraction`],
  )
  expect(head).toEqual([RADIUS, 'cell.resolution', TENSOR, 'phases.intracellular.fraction'].map((c) => `"${c}"`))
  expect(rows.map((row) => row.slice(0, 2).join())).toEqual([
    '0.2,16',
    '0.2,32',
    '0.3,16',
    '0.3,32',
    '0.4,16',
    '0.4,32',
  ])
  const { scenario } = loadScenario('tissue-opening')
  const [shape, ...others] = scenario.cell.shapes
  const cell = { ...scenario.cell, resolution: 32, shapes: [{ ...shape, radius: 0.3 }, ...others] }
  const alone = cellReport(parseScenario({ ...scenario, cell })) as { problems: { tensor: number[][] }[] }
  expect(Number(rows[3][2])).toBeCloseTo(alone.problems[0].tensor[0][0], 9)
})

it('takes words, equal ratios, and one value for several places', () => {
  const [, ...rows] = table(
    ...['porous-opening', '--by', 'cell', '--over', `${RADIUS}=0.1:0.4:3:log`],
    ...['--over', 'macro.nodes[0]=time.frames=11,21', '--of', 'phases.solid.fraction'],
  )
  expect(rows.map(([radius, nodes]) => [radius, nodes])).toEqual(
    ['0.1', '0.2', '0.4'].flatMap((radius) => ['11', '21'].map((nodes) => [radius, nodes])),
  )
})

it('gives the energy and the use of a discharge at each rate', () => {
  const [, [, used, energy, less]] = table(
    ...['cathode-opening', '--by', 'rates', '--with', '1C,10C', '--over', 'macro.size[0]=1e-4'],
    ...['--of', 'rates[0].utilisation,rates[0].energy,rates[1].energy'],
  )
  expect(Number(used)).toBeGreaterThan(0.9)
  expect(Number(energy)).toBeGreaterThan(Number(less))
})

it('leaves a number empty that is none, and keeps the others of its row', () => {
  const phase = 'phases.intracellular'
  const [, row] = table(
    ...['tissue-opening', '--by', 'cell', '--over', `${RADIUS}=.3`],
    ...['--of', `${phase}.fraction,${phase}.fractoin,${phase}.percolates`],
  )
  expect(row.slice(2)).toEqual(['', ''])
  expect(Number(row[1])).toBeGreaterThan(0.2)
  expect(told.join()).toMatch(/fractoin is not there; there are fraction.*percolates is a list of 2, not a number/)
})

it('ends where the first points have none of the numbers', () => {
  const args = ['tissue-opening', '--by', 'cell', '--over', `${RADIUS}=0.1:0.4:9`, '--of', 'fraction']
  expect(() => table(...args)).toThrow(/no point of the sweep has a value/)
  expect(told.filter((line) => line.includes(' of 9: '))).toHaveLength(3)
})

it('leaves a point empty that cannot be, says why, and goes on', () => {
  const [, ...rows] = table('tissue-opening', '--by', 'cell', '--over', `${RADIUS}=0.3,7`, '--of', TENSOR)
  expect(rows[0][1]).not.toBe('')
  expect(rows[1]).toEqual(['7', ''])
  expect(told.join('\n')).toMatch(/cell\.shapes\[0\]\.radius = 7: cell\.shapes\[0\]\.radius: got 7/)
})

it.each([
  [['--of', 't'], /--over nothing; give a place/],
  [['--over', `${RADIUS}=0.3`], /--of nothing; name numbers/],
  [
    ['--over', `${RADIUS}=0.3`, '--of', TENSOR, '--by', 'toString'],
    /--by toString; valid are cell, run, compare, rates/,
  ],
  [['--over', `${RADIUS}=0.3`, '--of', 't', '--with', '2,4'], /--with 2,4, which --by run does not take/],
  [['--over', `${RADIUS}=0.3`, '--of', 't', '--by', 'rates'], /give the rates --with 1C,5C/],
  [['--over', `${RADIUS}=0.3`, '--over', `${RADIUS}=0.4`, '--of', 't'], /got cell\.shapes\[0\]\.radius twice/],
  [['--over', `${RADIUS}=0.3,`, '--of', 't'], /the values 0\.3,; write numbers and words/],
  [['--over', `${RADIUS}=[1,2]`, '--of', 't'], /write numbers and words/],
  [['--over', `${RADIUS}=:0.4:7`, '--of', 't'], /from:to:count/],
  [['--over', 'cell..radius=1', '--of', 't'], /the place "cell\.\.radius"/],
  [['--over', `${RADIUS}=1:2`, '--of', 't'], /from:to:count/],
  [['--over', `${RADIUS}=0:2:3:log`, '--of', 't'], /from:to:count/],
  [
    ['--over', `${RADIUS}=0:1:9000`, '--over', 'time.end=1:2:9000', '--of', 't'],
    /81000000 combinations; at most 10000/,
  ],
  [['--over', 'cell.shapes[9].radius=1', '--of', 't'], /no point of the sweep has a value/],
] as const)('%j is answered', (args, sentence) => {
  expect(() => table('tissue-opening', ...args)).toThrow(sentence)
})

it.each([
  ['cell.shapes[9].radius=1', 't', /cell\.shapes\[9\] is not there: the list has 1 entry, counted from 0/],
  ['cell.colour.hue=1', 't', /cell\.colour is not there; there are size, dimension/],
  ['title.a.b=1', 't', /title\.a is not there: what should hold it is/],
  [`${RADIUS}=0.3`, 'problems[0].tensors', /problems\[0\]\.tensors is not there; there are kind/],
  [`${RADIUS}=0.3`, 'problems[0].tensor', /problems\[0\]\.tensor is a list of 2, not a number/],
] as const)('%s of %s is said', (over, of, sentence) => {
  expect(() => table('tissue-opening', '--by', 'cell', '--over', over, '--of', of)).toThrow()
  expect(told.join('\n')).toMatch(sentence)
})
