/** Salt and fillings at the start that are written down: the uniform start, exact decay, balances, what is refused. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { openCircuit } from '../../../src/models/cathode/laws/thermodynamics.ts'
import { C, Y } from '../../../src/models/cathode/layout.ts'
import { Integrator } from '../../../src/numerics/integrate.ts'
import { present } from '../../../src/present.ts'
import type { Frame, ModelDescription } from '../../../src/simulation/frame.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import { advance, begin, type CellOptions, cellOf, current, type Preset, TEACHING, TIS2 } from './setup.ts'
import { cellOf as discs, judge, resolved } from './strip.ts'

const written = (start_c = '', start_y = '') => ({ start_from: 'written', start_c, start_y })
const rest = [current(0)]

/** The preset with a start that is written. */
function start(preset: Preset, texts: ReturnType<typeof written>, options: CellOptions = {}) {
  return cellOf(preset, { ...options, values: { noise: 0, ...options.values, ...texts } })
}

function budgets(run: ReturnType<typeof begin>): number[] {
  const { model, state, baseline } = run
  const values = model.observe(state.t, state.u, state.integrals, baseline)
  return ['budget_salt', 'budget_lithium'].map((name) =>
    Math.abs(values[model.observables.findIndex((one) => one.name === name)]),
  )
}

describe('a written start', () => {
  it.each([
    ['nothing', '', '', {}],
    ['its numbers', '1200', '0: 0.3', { c0: 1200, y0: 0.3 }],
    ['its numbers with charge in the electrolyte', '500*2', '0.3 + 0*x', { electrolyte: 'E1', y0: 0.3 }],
    ['its numbers with gradient energy', '1000', '0.3', { gradient: 'width', front_width: 0.4, y0: 0.3, noise: 0.05 }],
  ] as const)('of %s is the uniform one, bit for bit', (_, c, y, values) => {
    const options = { cells: 12, separatorCells: 4, structure: { Ms: 0.2 }, steps: [current(5)] }
    const [a, b] = [{}, written(c, y)].map((texts) =>
      advance(begin(cellOf(TEACHING, { ...options, values: { ...values, ...texts } })), 60),
    )
    expect(Array.from(b.state.u)).toEqual(Array.from(a.state.u))
    expect(b.state.t).toBe(a.state.t)
  })
})

describe('the voltage that the first step begins from', () => {
  const held = [{ label: 'hold', hold: 'voltage' as const, value: undefined, until: { duration: 10 } }]

  it.each([
    ['fillings', '', '0.1 + 0.7*x', {}],
    ['salt', '1000 + 600*cos(pi*x)', '', { y0: 0.3 }],
    ['both, with charge in the electrolyte', '1000 + 300*x', '0.3 + 0.2*x', { electrolyte: 'E1' }],
  ] as const)('is that at rest where %s vary: what holds it drives no current', (_, c, y, values) => {
    const of = (texts: object, steps: Parameters<typeof start>[2] & object) =>
      begin(start(TEACHING, { ...written(c, y), ...texts }, { cells: 24, separatorCells: 6, values, ...steps }), 1e-8)
    const { model, state } = of({}, { steps: held })
    const drawn = of({}, { steps: [current(1)] })
    expect(Math.abs(model.reactionSum(state.u))).toBeLessThan(1e-5)
    // It is not what a current leaves of it.
    expect(Math.abs(drawn.model.reactionSum(drawn.state.u))).toBeCloseTo(1, 6)
  })
})

describe('salt that is written', () => {
  const [span, length] = [60, 120e-6]
  /** Pores like those of the separator, equal ions, and nothing that reacts: the salt diffuses alone. */
  const values = {
    D_plus: 5e-10,
    D_minus: 5e-10,
    electrolyte: 'E2',
    p_separator: 0.5,
    k0: 1e-8,
    i_foil: 1e-3,
    Omega: 0,
  }
  const cosine = (cells: number, formula = '1000 + 400*cos(pi*x)') =>
    start(TEACHING, written(formula), {
      values: { ...values, y0: 0.5 },
      separatorCells: cells / 6,
      cells: (5 * cells) / 6,
      steps: rest,
    })
  /** Largest error at the centres of the cells. */
  const error = (cells: number) => {
    const run = begin(cosine(cells), 1e-9)
    const state = { ...run.state, u: run.state.u }
    for (const _ of new Integrator(run.model, { rtol: 1e-9 }).advance(state, span));
    const { grid } = run.model.setting
    // T = p^(3/2) over p.
    const left = 0.4 * Math.exp(-5e-10 * Math.sqrt(0.5) * (Math.PI / length) ** 2 * span)
    for (const budget of budgets({ ...run, state })) expect(budget).toBeLessThan(1e-12)
    return Math.max(
      ...Array.from(grid.x, (x, p) =>
        Math.abs(state.u[C * grid.nodes + p] - 1 - left * Math.cos((Math.PI * x) / length)),
      ),
    )
  }

  it('decays as a cosine does, to second order in the mesh', () => {
    const [coarse, middle, fine] = [12, 24, 48].map(error)
    expect(fine).toBeLessThan(1e-3)
    expect(Math.log2(coarse / middle)).toBeGreaterThan(1.8)
    expect(Math.log2(middle / fine)).toBeGreaterThan(1.9)
  })
})

describe('a filling that is written', () => {
  const table = '0: 0.1, 0.5: 0.4, 1: 0.8'
  const value = (x: number) => (x < 0.5 ? 0.1 + 0.6 * x : 0.4 + 0.8 * (x - 0.5))

  it('by a table is what the picture shows', () => {
    const model = start(TEACHING, written('', table), { values: { Omega: -3 }, steps: rest })
    const field = model.sample(0, model.initial())[1]
    const nodes = field.length - 1
    field.forEach((y, k) => {
      if (k / nodes < 1 / 6 - 1e-9) expect(y).toBeNaN()
      // At the ends the picture has the value of the last cell.
      else expect(Math.abs(y - value(k / nodes))).toBeLessThan(0.8 / nodes)
    })
  })

  it.each(['E1', 'E2', 'E3', 'E4'])('is levelled at rest, with nothing lost and energy falling (%s)', (electrolyte) => {
    const values = { Omega: -3, electrolyte }
    const texts = written('1000 + 400*cos(pi*x)', table)
    const run = begin(start(TEACHING, texts, { values, cells: 24, separatorCells: 6, steps: rest }), 1e-6)
    const { model, state } = run
    const at = (name: string) =>
      model.observe(state.t, state.u, state.integrals, run.baseline)[
        model.observables.findIndex((o) => o.name === name)
      ]
    const spread = () => {
      const y = model.sample(state.t, state.u)[1].filter((one) => !Number.isNaN(one))
      return Math.max(...y) - Math.min(...y)
    }
    const [mean, uneven] = [model.meanFilling(state.u), spread()]
    let [energy, rise] = [at('energy'), 0]
    advance(run, 600, () => {
      rise = Math.max(rise, at('energy') - energy)
      energy = at('energy')
    })
    expect(spread()).toBeLessThan(0.8 * uneven)
    expect(Math.abs(model.meanFilling(state.u) - mean)).toBeLessThan(1e-12)
    for (const budget of budgets(run)) expect(budget).toBeLessThan(1e-12)
    expect(rise).toBeLessThan(1e-9 * Math.abs(energy))
  })

  it('from all but empty to all but full begins and discharges', () => {
    const run = advance(begin(start(TIS2, written('10 + 3000*x', '0: 0.02, 1: 0.98'), { steps: [current(10)] })), 600)
    expect(run.model.utilisation(run.state.u)).toBeCloseTo((10 * 600) / run.model.capacity, 9)
    for (const budget of budgets(run)) expect(budget).toBeLessThan(1e-12)
  })

  it('varies across a sheet as it is written, and is the same as along it where it does not', () => {
    const sheet = { rows: 6, height: 1e-4, cells: 12, separatorCells: 4 }
    const model = start(TEACHING, written('1000 + 300*x*y', '0.2 + 0.5*x*y'), sheet)
    const { grid } = model.setting
    const u = model.initial()
    for (let p = 0; p < grid.nodes; p++) {
      const [column, row] = [p % grid.columns, Math.floor(p / grid.columns)]
      const place = (grid.x[column] / 120e-6) * ((row + 0.5) / 6)
      expect(u[C * grid.nodes + p]).toBeCloseTo(1 + 0.3 * place, 12)
      if (column >= grid.first) expect(u[Y * grid.nodes + p]).toBeCloseTo(0.2 + 0.5 * place, 12)
    }
    const [line, even] = [{}, sheet].map((of) =>
      start(TEACHING, written('1000 + 300*x', table), { cells: 12, separatorCells: 4, ...of }),
    )
    expect(even.meanFilling(even.initial())).toBeCloseTo(line.meanFilling(line.initial()), 12)
  })

  it('of the first of two materials gives the second one its voltage, place by place', () => {
    const kinds = [
      { q: 0.3, a: 9e5 },
      { q: 0.2, a: 4e5, second: true },
    ]
    const values = { Omega: -3, V0_2: 3.45, Omega_2: -4 }
    const model = start(TEACHING, written('', table), { structure: { kinds, second: 0, q: 0.5 }, values })
    const { hosts, nodes: n, setting } = model
    const u = model.initial()
    const [first, second] = hosts.map(
      ({ Y: of }) =>
        (p: number) =>
          u[of * n + p],
    )
    for (const p of hosts[0].reactive)
      expect(openCircuit(3.45, -4, setting.thermal, second(p))).toBeCloseTo(
        openCircuit(3.4, -3, setting.thermal, first(p)),
        9,
      )
    const [one, two] = model.materialFillings(u)
    expect(setting.filling0).toBeCloseTo(one, 12)
    expect(setting.second?.filling0).toBeCloseTo(two, 12)
  })
})

describe('beside the resolved cell', () => {
  const cell = discs(12)
  const texts = { start_from: 'written', start_c: '1000 + 400*cos(pi*x)', start_y: '0.2 + 0.4*x*x' } as const

  it('particles have one filling each, and the salt is what is written at every node', () => {
    const model = resolved({ cell, more: texts }, 4)
    const { tiling, nodes: n, hosts } = model
    const u = model.initial()
    for (let p = 0; p < n; p++) {
      const x = tiling.position[3 * p] / 1e-4
      if (tiling.salt[p] > 0) expect(u[C * n + p]).toBeCloseTo(1 + 0.4 * Math.cos(Math.PI * x), 12)
      if (hosts[0].active[p] > 0) expect(u[Y * n + p]).toBeCloseTo(0.2 + 0.4 * ((Math.floor(4 * x) + 0.5) / 4) ** 2, 12)
    }
  })

  it('both stay close, the closer the smaller the cells', () => {
    const [coarse, fine] = [2, 4].map((N) => judge({ cell, more: texts }, N, 60, 4))
    for (const name of ['voltage', 'salt', 'filling']) expect(fine[name]).toBeLessThan(0.6 * coarse[name])
    expect(fine.salt_corrected).toBeLessThan(0.35 * coarse.salt_corrected)
  })

  it('is refused where it varies across one row', () => {
    const more = { ...texts, start_y: '0.2 + 0.4*y' }
    expect(() => resolved({ cell, more }, 2)).toThrow(/parameters.start_y: .*one row of cells/)
  })
})

describe('in scenarios', () => {
  function run(name: string, parameters: object) {
    const { micro: _, ...whole } = JSON.parse(JSON.stringify(loadScenario(name).scenario))
    const time = { end: 20, frames: 2, rtol: 1e-5 }
    const scenario = parseScenario({ ...whole, time, parameters: { ...whole.parameters, ...parameters } })
    let model: ModelDescription | undefined
    const salt: number[] = []
    let last: Frame | undefined
    for (const event of simulate(scenario)) {
      if (event.kind === 'model') model = event.model
      if (event.kind !== 'frame') continue
      if (!last) salt.push(...event.frame.fields[0])
      last = event.frame
    }
    const { observables } = present(last, 'a frame')
    const described = present(model, 'a model')
    const of = (name: string) => observables[described.observables.findIndex((one) => one.name === name)]
    return { of, salt: [Math.min(...salt), Math.max(...salt)] }
  }

  it.each(['cathode-graded', 'cathode-bimodal', 'cathode-two-materials', 'cathode-across', 'cathode-tis2'])(
    '%s begins from it and closes its balances',
    (name) => {
      const { of, salt } = run(name, written('0: 900, 0.5: 1100, 1: 900', '0.2 + 0.1*x'))
      expect(salt[0]).toBeLessThan(920)
      expect(salt[1]).toBeGreaterThan(1080)
      expect(Math.abs(of('budget_salt'))).toBeLessThan(1e-10)
      expect(Math.abs(of('budget_lithium'))).toBeLessThan(1e-10)
    },
  )
})

describe('what is refused', () => {
  it.each([
    ['1000 +', '', /parameters.start_c: got "1000 \+", which is neither/],
    ['', '0.2 + y', /parameters.start_y: got "y"; in this box places are x/],
    ['', '0: 0.2, 0: 0.4', /parameters.start_y: got two values at x = 0/],
    ['500 - 1000*x', '', /parameters.start_c: got down to -[\d.]+ mM; a concentration must be above 0/],
    ['2000 + 2000*x', '', /parameters.start_c: got up to 3\d+ mM; the salt must stay below .* 3500 mM/],
    ['', '0.5 + x', /parameters.start_y: got fillings from 0.6\d+ to 1.4\d+; they must lie between 0.0001 and 0.9999/],
    ['', 'x - 0.5', /parameters.start_y: got fillings from -0.\d+ to 0.4\d+;/],
  ])('%s | %s', (c, y, message) => {
    expect(() => start(TEACHING, written(c, y), { values: { kinetics: 'doyle', c_pm: 3500 } })).toThrow(message)
  })

  it('not a filling that only the separator would have', () => {
    expect(() => start(TEACHING, written('', 'x < 0.1 ? 2 : 0.3'))).not.toThrow()
  })
})
