/** Tensors as JSON, CSV and LaTeX: values, errors, bounds. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { identify } from '../../src/record/identity.ts'
import { tensorsJson, tensorsLatex, tensorsTable } from '../../src/record/tensors.ts'
import { solveCell } from '../../src/simulation/cells.ts'

const { scenario } = loadScenario('tissue-a1-pulse')
const cell = finish(solveCell(scenario))
const identity = identify([{ frame: 0, scenario }])

describe('tensors', () => {
  it('as JSON keep every digit, error and bound', () => {
    const { tensors, record } = JSON.parse(tensorsJson(cell, identity))
    cell.problems.forEach(({ tensor, error, bounds }, k) => {
      expect(tensors[k]).toMatchObject({ tensor, error, bounds: { lower: bounds.reuss, upper: bounds.voigt } })
    })
    expect(record.scenario).toBe(identity.scenario)
  })

  it('of the cell of the flow are told apart from those of the first', () => {
    const both = { ...cell, filtration: { ...cell, problems: cell.problems.slice(0, 1) } }
    const { tensors, filtration } = JSON.parse(tensorsJson(both, identity))
    expect([tensors.length, filtration.tensors.length]).toEqual([cell.problems.length, 1])
    expect(tensorsTable(both, identity).match(/\(cell of the flow\)","/g)).toHaveLength(
      cell.problems[0].tensor.flat().length,
    )
    expect(tensorsLatex(both, identity)).toMatch(/\(cell of the flow\)\}\} = /)
  })

  it('as CSV have a row an entry', () => {
    const lines = tensorsTable(cell, identity)
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#'))
    expect(lines[0]).toBe('"tensor","entry","value","error","lower bound","upper bound","unit"')
    const entries = cell.problems.flatMap(({ tensor }) => tensor.flat())
    expect(lines.slice(1).map((line) => Number(line.split(',')[2]))).toEqual(entries)
  })

  it('as LaTeX have as many digits as their error leaves', () => {
    const text = tensorsLatex(cell, identity)
    expect(text).toMatch(/^% Software: Twoscale/)
    expect(text.match(/\\begin\{pmatrix\}/g)).toHaveLength(cell.problems.length)
    const [first] = cell.problems
    const [entry] = /(?<=pmatrix\}\n {2})[-\d.]+/.exec(text)!
    expect(Math.abs(Number(entry) - first.tensor[0][0])).toBeLessThanOrEqual(Math.max(first.error, 5e-7))
    expect(text).toContain('\\le \\lambda \\le')
    for (const line of text.split('\n').filter((l) => !l.startsWith('%'))) expect(line).not.toMatch(/e[-+]\d/)
  })

  it('names that LaTeX would read are escaped', () => {
    const [problem] = cell.problems
    const odd = { ...cell, problems: [{ ...problem, phase: 'a_b & c%' }] }
    expect(tensorsLatex(odd, identity)).toContain('\\text{a\\_b \\& c\\%}')
  })
})
