/** Every part of the heat: what a cell loses in voltage is heat, and so is what mixing salt and lithium lose in energy. */
import { describe, expect, it } from 'vitest'
import { dissipationOf, energyOf } from '../../../src/models/cathode/equations/energy.ts'
import { butlerVolmer } from '../../../src/models/cathode/laws/kinetics.ts'
import { openCircuit } from '../../../src/models/cathode/laws/thermodynamics.ts'
import { Y } from '../../../src/models/cathode/layout.ts'
import { makeConsistent } from '../../../src/numerics/steps.ts'
import { begin, type CellOptions, cellOf, current, LFP, type Run, TEACHING, voltage } from './setup.ts'
import { course, cellOf as discs, resolved } from './strip.ts'

/** No reaction. */
const asleep = { kinetics: butlerVolmer(1e-14, 0.5) }

describe('at once, out of a uniform cell, the loss of voltage times the current is the heat', () => {
  const I = 5
  const values = { noise: 0, y0: 0.3, i_foil: 5, contact: 2e-3 }
  const cell = (more: CellOptions['values'], options: CellOptions = {}) =>
    cellOf(LFP, {
      cells: 20,
      separatorCells: 8,
      values: { ...values, ...more },
      structure: { Sigma: 0.02 },
      steps: [current(I)],
      ...options,
    })
  it.each([
    ['E2', {}],
    ['E3', { foil_order: '0.5', kinetics: 'constant' }],
    ['E4', { kinetics: 'linear' }],
  ] as const)('%s', (electrolyte, more) => {
    const run = begin(cell({ electrolyte, ...more }), 1e-8)
    const { standard, omega, thermal } = run.model.setting
    const lost = I * (openCircuit(standard, omega, thermal, 0.3) - voltage(run))
    expect(lost).toBeGreaterThan(0.1)
    expect(Math.abs(dissipationOf(run.model, run.state.u) / lost - 1)).toBeLessThan(1e-7)
  })

  it('in two dimensions, along a tab', () => {
    const run = begin(cell({ tab: 0.5 }, { rows: 4, height: 1e-4 }), 1e-8)
    const { standard, omega, thermal } = run.model.setting
    const lost = I * (openCircuit(standard, omega, thermal, 0.3) - voltage(run))
    expect(Math.abs(dissipationOf(run.model, run.state.u) / lost - 1)).toBeLessThan(1e-7)
  })

  it('with charge in the electrolyte the heat is that of the neutral cell, as its layers get thin', () => {
    const [neutral, charged] = (['E2', 'E1'] as const).map((electrolyte) => {
      const { model, state } = begin(cell({ electrolyte, delta: 1e-4 }), 1e-8)
      return dissipationOf(model, state.u)
    })
    expect(Math.abs(charged / neutral - 1)).toBeLessThan(1e-5)
  })

  it('the foil takes its own lithium ions, where charge makes them more than the mean of the salt', () => {
    const values = { electrolyte: 'E1', delta: 0.1, foil_order: '0.5', tab: 1 }
    const { model, state } = begin(cell(values), 1e-8)
    const { setting, nodes: n, net, RHO } = model
    const [p] = net.foil.node
    state.u[RHO * n + p] = 30
    const heat = (exchange: number) => {
      setting.foil.exchange = exchange
      return dissipationOf(model, state.u)
    }
    const [ions, phi, alpha] = [state.u[p] + 0.1 ** 2 * 30, model.lithiumPotential(state.u, p), setting.foil.alpha]
    const current = 7 * ions ** 0.5 * (Math.exp((1 - alpha) * phi) - Math.exp(-alpha * phi))
    expect((heat(7) - heat(0)) / (setting.thermal * current * phi)).toBeCloseTo(1, 10)
  })

  it('and of the resolved cell, whose contact has a resistance too', () => {
    const m = resolved({ cell: discs(12), more: { y0: 0.3, contact: 2e-4, k0: 10 } }, 2)
    const [{ u }] = course(m, [0])
    const { standard, omega, thermal } = m.setting
    const lost = 40 * (openCircuit(standard, omega, thermal, 0.3) - m.terminal(u, m.reactionSum(u)))
    expect(Math.abs(dissipationOf(m, u) / lost - 1)).toBeLessThan(1e-6)
  })
})

describe('what evens out at rest loses the energy that it turns into heat', () => {
  /** The rate at which the energy falls along F, by differences, over the heat. */
  function ratio({ model, state }: Run): number {
    const settling = makeConsistent(model, 0, state.u, 1e-8)
    while (!settling.next().done);
    const f = new Float64Array(model.size)
    model.residual(0, state.u, f)
    const rate = f.map((v, k) => (model.mass[k] > 0 ? v / model.mass[k] : 0))
    const h = 1e-4 / Math.max(...rate.map((r, k) => Math.abs(r) / model.scale[k]))
    const moved = (s: number) => state.u.map((v, k) => v + s * h * rate[k])
    return (energyOf(model, moved(-1)) - energyOf(model, moved(1))) / (2 * h) / dissipationOf(model, state.u)
  }

  it.each(['E2', 'E3', 'E4', 'E1'])('salt, %s', (electrolyte) => {
    const values = { noise: 0, electrolyte, delta: 0.02, D_plus: 2e-10, D_minus: 8e-10 }
    const run = begin(cellOf(TEACHING, { cells: 20, separatorCells: 10, values, setting: asleep, steps: [current(0)] }))
    const { x } = run.model.setting.grid
    for (let p = 0; p < run.model.nodes; p++) run.state.u[p] = 1 + 0.4 * Math.cos(3e4 * x[p])
    // With charge the currents of both ions cancel only up to the storage of charge, of order delta².
    expect(Math.abs(ratio(run) - 1)).toBeLessThan(electrolyte === 'E1' ? 2e-2 : 2e-3)
  })

  it.each([
    ['y(1-y)', 'none', 1.5],
    ['1/4', 'none', 1.5],
    ['y(1-y)', 'width', 3],
  ] as const)('lithium, mobility %s, gradient energy %s', (mobility, gradient, Omega) => {
    const values = { noise: 0.05, mobility, gradient, Omega, front_width: 0.3, solid: 'thermodynamic' }
    const structure = { Ms: 0.4 }
    const run = begin(
      cellOf(TEACHING, { cells: 40, separatorCells: 5, values, structure, setting: asleep, steps: [current(0)] }),
    )
    const { model, state } = run
    for (const p of model.hosts[0].reactive)
      state.u[Y * model.nodes + p] = 0.4 + 0.1 * Math.cos(5e4 * model.setting.grid.x[p])
    expect(Math.abs(ratio(run) - 1)).toBeLessThan(2e-3)
  })
})
