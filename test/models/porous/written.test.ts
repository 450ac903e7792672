/** Starts of ions that are written down: the built-in ones by formulas, exact decay, what is said and what is refused. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { porous } from '../../../src/models/porous/index.ts'
import { present } from '../../../src/present.ts'
import { solveCell } from '../../../src/simulation/cells.ts'
import type { Frame, ModelDescription } from '../../../src/simulation/frame.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import { cellOf, resolved } from './resolved.ts'

type Edit = { parameters?: object; [key: string]: unknown }

/** A scenario, changed. @param solid in the cell; without it all tensors are those of the bulk */
function edited(name: string, change: Edit, solid = true) {
  const whole = JSON.parse(JSON.stringify(loadScenario(name).scenario))
  const { micro: _, ...alone } = whole
  return parseScenario({
    ...alone,
    ...(solid ? {} : { cell: { ...whole.cell, shapes: [] } }),
    ...change,
    parameters: { ...whole.parameters, ...change.parameters },
  })
}

function run(scenario: ReturnType<typeof edited>) {
  const frames: Frame[] = []
  let model: ModelDescription | undefined
  for (const event of simulate(scenario)) {
    if (event.kind === 'model') model = event.model
    if (event.kind === 'frame') frames.push(event.frame)
  }
  const [last, described] = [present(frames.at(-1), 'a frame'), present(model, 'a model')]
  const observed = (name: string) => last.observables[described.observables.findIndex((one) => one.name === name)]
  return { first: frames[0], last, observed, notices: described.notices.map(({ message }) => message) }
}

const soon = (end: number, rtol = 1e-4) => ({ time: { end, frames: 2, rtol } })
const written = (c_1 = '', c_2 = '') => ({ start: 'written', start_c_1: c_1, start_c_2: c_2 })

describe('a start that is written', () => {
  it.each([
    ['nothing', 'porous-charging', ['', ''], {}, 0.05],
    ['its numbers, in mM', 'porous-opening', ['0.2', '0: 0.2'], {}, 0.2],
    ['its numbers, in c₀', 'porous-charging', ['0.5', '0.25*2'], { c0: 2, c_start: 1 }, 0.05],
  ] as const)('with %s is the uniform one, bit for bit (%s)', (_, name, [one, two], parameters, end) => {
    const [a, b] = [{ start: 'uniform' }, written(one, two)].map((start) =>
      run(edited(name, { ...soon(end), parameters: { ...parameters, ...start } })),
    )
    expect(b.last.checkpoint.u).toEqual(a.last.checkpoint.u)
    expect(b.notices).toEqual(a.notices)
  })

  it('with the waves of the periodic box goes as they do', () => {
    const waves = written('1 + 0.9*cos(2*pi*x)', '1 - 0.9*cos(2*pi*x)')
    const [a, b] = [{}, waves].map((parameters) => run(edited('porous-periodic', { ...soon(0.01), parameters })))
    b.last.checkpoint.u.forEach((value, k) => {
      expect(value).toBeCloseTo(a.last.checkpoint.u[k], 9)
    })
    expect(b.notices).toEqual(a.notices)
  })

  it('of salt that no charge moves decays as a cosine does, to second order in the mesh', () => {
    const span = 0.02
    const error = (nodes: number) => {
      const salt = '1 + 0.5*cos(2*pi*x)'
      const macro = { dimension: 1, size: [1], nodes: [nodes] }
      const change = { ...soon(span, 1e-9), macro, parameters: written(salt, salt) }
      const { last, observed } = run(edited('porous-periodic', change, false))
      const left = 0.5 * Math.exp(-4 * Math.PI ** 2 * span)
      expect(Math.abs(observed('budget_1'))).toBeLessThan(1e-13)
      return Math.max(
        ...Array.from(last.fields[0], (c, p) => Math.abs(c - 1 - left * Math.cos((2 * Math.PI * p) / (nodes - 1)))),
      )
    }
    const [coarse, middle, fine] = [17, 33, 65].map(error)
    expect(fine).toBeLessThan(1e-3)
    expect(Math.log2(coarse / middle)).toBeGreaterThan(1.9)
    expect(Math.log2(middle / fine)).toBeGreaterThan(1.9)
  })

  it('by a table holds what the table does, and keeps it between blocking electrodes', () => {
    const table = '0: 1, 0.5: 3, 1: 1'
    const { first, observed } = run(
      edited('porous-charging', { ...soon(0.05), parameters: written(table, table) }, false),
    )
    // Two on average, in pores that are the whole box.
    for (const content of first.checkpoint.baseline) expect(content).toBeCloseTo(2, 10)
    for (const name of ['budget_1', 'budget_2']) expect(Math.abs(observed(name))).toBeLessThan(1e-12)
  })

  it('may vanish where its side holds an ion, and nowhere else', () => {
    const sine = written('sin(pi*x)', 'sin(pi*x)')
    const { last } = run(edited('porous-drained', { ...soon(0.01, 1e-8), parameters: { ...sine, D_2: 1 } }, false))
    // The paper's data; of equal diffusivities both decay at pi².
    expect(Math.abs(last.fields[0][100] - Math.exp(-(Math.PI ** 2) * 0.01))).toBeLessThan(1e-4)
    expect(() => run(edited('porous-charging', { parameters: sine }))).toThrow(
      /parameters.start_c_1: got down to 0 c₀; a concentration/,
    )
  })

  it('whose charge no field can hold together begins in local equilibrium, as others do', () => {
    const parameters = { ...written('1 + 0.9*cos(pi*x)', '1'), lambda2: 1e-5 }
    const { first, notices } = run(edited('porous-charging', { ...soon(1e-3), parameters }, false))
    expect(notices.join()).toMatch(/up to 0.9 c₀ of charge.*local equilibrium/)
    const [c, a] = first.fields
    // Nodes stand where layers need them; neutral ones have the geometric mean of what is written.
    expect(c[100] / a[100]).toBeCloseTo(1, 3)
    expect(c[100]).toBeCloseTo(1, 2)
  })
})

describe('where no side holds the potential', () => {
  it('charge in all is projected out, which is said with its amount', () => {
    const { notices, observed } = run(edited('porous-periodic', { ...soon(0.01), parameters: written('1.5', '1') }))
    expect(notices.join()).toMatch(/carry 0\.359 c₀ of charge in the mean.*projected out/)
    expect(observed('mean_charge')).toBeCloseTo(0.5 * (1 - Math.PI * 0.09), 2)
  })

  it('walls count with the ions: what balances them is left alone, and what does not is told once', () => {
    const start = written('1.5', '1')
    const of = (parameters: object) => run(edited('porous-periodic', { ...soon(0.01), parameters }))
    const walls = -of(start).observed('mean_charge')
    expect(of({ ...start, fixed_charge: walls }).notices.join()).not.toMatch(/projected out/)
    const told = of({ ...start, fixed_charge: walls / 2 }).notices.filter((notice) => /projected out/.test(notice))
    expect(told).toEqual([expect.stringMatching(/carry 0\.179 c₀ of charge in the mean/)])
    const alone = of({ ...written(), fixed_charge: walls }).notices.join()
    expect(alone).toMatch(/walls carry -0\.359 c₀ of charge in the mean/)
    expect(of({ fixed_charge: walls }).notices.join()).toMatch(/mean charge of the walls is projected out/)
  })

  it('neutral starts are left alone, and so is charge between electrodes', () => {
    for (const name of ['porous-periodic', 'porous-charging']) {
      const { notices } = run(
        edited(name, { ...soon(1e-3), parameters: written('1 + x', name === 'porous-charging' ? '1' : '1 + x') }),
      )
      expect(notices.join()).not.toMatch(/projected out/)
    }
  })
})

it.each([
  ['1 - 2*x', /parameters.start_c_1: got down to -1 c₀; a concentration must be above 0/],
  ['1 +', /parameters.start_c_1: got "1 \+", which is neither/],
  ['1 + y', /parameters.start_c_1: got "y"; in this box places are x/],
  ['0: 1, 0: 2', /parameters.start_c_1: got two values at x = 0/],
  ['1/(x - 0.5)', /parameters.start_c_1: got no number at x = 0.5/],
])('%s is refused by its path', (text, message) => {
  expect(() => run(edited('porous-charging', { parameters: written(text) }))).toThrow(message)
})

it('a row of cells that starts unevenly across is not closed to a ring', () => {
  const cell = cellOf(16, 0.05)
  const tiling = (c_1: string) =>
    resolved(
      { cell, contrast: 0.05, lambda2: 0.1, experiment: 'blocking', more: { start: 'written', start_c_1: c_1 } },
      2,
    ).tiling
  expect(tiling('1 + x').wrap[1]).toBe(true)
  expect(tiling('1 + x*y').wrap[1]).toBe(false)
})

it.each(['steady', 'table'])('the curve "%s" of a sheet does not ask for a start that varies across it', (name) => {
  const macro = { dimension: 2, size: [1e-7, 1e-7], nodes: [9, 9] }
  const scenario = edited('porous-opening', { macro, parameters: written('0.2 + 0.1*x*y') })
  const state = { t: 0, u: new Float64Array(0) }
  const curve = porous.curve({ name, node: 0 }, familyInput(scenario), finish(solveCell(scenario)), state)
  expect(JSON.stringify(finish(curve))).not.toMatch(/in this box places are/)
})
