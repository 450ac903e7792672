/**
 * Tensors whose axes are not those of the box: exact fields, the order against a smooth solution, a flat box against its
 * line, budgets, mirror images.
 */
import { describe, expect, it } from 'vitest'
import { finish } from '../../../src/finish.ts'
import { dissipationOf, energyOf } from '../../../src/models/cathode/equations/energy.ts'
import { type Grid, makeGrid } from '../../../src/models/cathode/equations/grid.ts'
import type { PorousElectrode, Tensor2 } from '../../../src/models/cathode/equations/setting.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import { obliqueEdges } from '../../../src/models/cathode/homogenized/oblique.ts'
import { GLOBALS } from '../../../src/models/cathode/layout.ts'
import tab from '../../../src/scenarios/cathode-tab.json' with { type: 'json' }
import { solveCell } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'
import { expectJacobian } from '../jacobian.ts'
import { advance, begin, type CellOptions, cellOf, current, EnergyCourse, TEACHING, voltage } from './setup.ts'

const T: Tensor2 = [0.35, 0.25, 0.12]

/** A cell whose electrode has further numbers. */
function withElectrode(own: Partial<PorousElectrode>, options: CellOptions) {
  const { setting } = cellOf(TEACHING, options)
  return cellOf(TEACHING, { ...options, setting: { cathode: { ...setting.cathode, ...own } } })
}

const unequal = (rows: number, separator = 0): Grid =>
  makeGrid({ separator, cathode: 1, separatorCells: 3, cathodeCells: 7, grading: 6, rows, height: 0.8 })

/** Net flow into every node, from the values there and that of the right end. */
function balance(edges: ReturnType<typeof obliqueEdges>, value: Float64Array, end = 0): Float64Array {
  const out = new Float64Array(value.length)
  edges.weight.forEach((w, k) => {
    const flux = w * (value[edges.from[k]] - value[edges.to[k]])
    out[edges.from[k]] -= flux
    out[edges.to[k]] += flux
  })
  for (const [p, w] of edges.ends.right) out[p] -= w * (value[p] - end)
  return out
}

describe('oblique edges', () => {
  it('carry a field that is linear and has no flux through the walls, on unequal columns', () => {
    const grid = unequal(5)
    const edges = obliqueEdges(grid, () => T, 0)
    const y = (p: number) => (Math.floor(p / grid.columns) + 0.5) * grid.share * grid.height
    const field = Float64Array.from({ length: grid.nodes }, (_, p) => grid.x[p % grid.columns] - (T[2] / T[1]) * y(p))
    const through = (T[0] - T[2] ** 2 / T[1]) * grid.share
    const flows = balance(edges, field)
    // The last half column knows that nothing leaves at the right end, which this field does.
    flows.forEach((value, p) => {
      const column = p % grid.columns
      if (column < grid.columns - 1) expect(Math.abs(value - (column === 0 ? through : 0))).toBeLessThan(1e-14)
    })
    const last = flows.filter((_, p) => p % grid.columns === grid.columns - 1)
    expect(Math.abs(last.reduce((sum, value) => sum + value, through * grid.rows))).toBeLessThan(1e-14)
  })

  it('carry layers of different tensors, with one flux across and one gradient along', () => {
    const grid = unequal(6, 0.5)
    const of = (i: number): Tensor2 => (i < grid.first ? [0.5, 0.5, 0] : i % 2 === 0 ? T : [0.2, 0.4, -0.15])
    const edges = obliqueEdges(grid, of, 0)
    // q along x and g along y: du/dx = (q - Dxy g) / Dxx in each column.
    const [q, g] = [0.3, -0.7]
    const slope = (i: number) => (q - (of(i)[2] ?? 0) * g) / of(i)[0]
    const at = new Float64Array(grid.columns)
    for (let i = 1; i < grid.columns; i++)
      at[i] = at[i - 1] + (slope(i - 1) * grid.width[i - 1] + slope(i) * grid.width[i]) / 2
    const h = grid.share * grid.height
    const field = Float64Array.from(
      { length: grid.nodes },
      (_, p) => at[p % grid.columns] + g * h * Math.floor(p / grid.columns),
    )
    const flows = balance(edges, field)
    for (let j = 1; j + 1 < grid.rows; j++)
      for (let i = 0; i < grid.columns; i++) {
        const expected = i === 0 ? q * grid.share : i === grid.columns - 1 ? -q * grid.share : 0
        expect(Math.abs(flows[i + grid.columns * j] - expected)).toBeLessThan(1e-14)
      }
  })

  it('are those of the grid where nothing is mixed', () => {
    const grid = unequal(4, 0.5)
    const { from, to, weight, ends } = obliqueEdges(grid, () => [0.35, 0.25, 0], 0, { right: grid.tab })
    const { faces } = grid
    expect(from.length).toBe(faces.count)
    const found = new Map(Array.from(weight, (w, k) => [`${from[k]} ${to[k]}`, w]))
    for (let k = 0; k < faces.count; k++) {
      const D = [0.35, 0.25][faces.axis[k]]
      const plain = (D * faces.area[k]) / (faces.before[k] + faces.after[k])
      expect(Math.abs((found.get(`${faces.from[k]} ${faces.to[k]}`) ?? 0) / plain - 1)).toBeLessThan(1e-14)
    }
    const last = (0.35 * grid.share) / (grid.width[grid.columns - 1] / 2)
    expect([...ends.right.values()].every((w) => Math.abs(w / last - 1) < 1e-14)).toBe(true)
    expect(ends.right.size).toBe(grid.rows)
  })

  it('are the mirror image for the mirrored tensor', () => {
    const grid = unequal(5, 0.5)
    const edges = (sign: number) => obliqueEdges(grid, () => [T[0], T[1], sign * T[2]], 0, { right: grid.tab })
    const field = Float64Array.from({ length: grid.nodes }, (_, p) => Math.sin(3 * p))
    const mirrored = (of: Float64Array) =>
      of.map((_, p) => of[(p % grid.columns) + grid.columns * (grid.rows - 1 - Math.floor(p / grid.columns))])
    const there = balance(edges(1), field, 0.3)
    const back = mirrored(balance(edges(-1), mirrored(field), 0.3))
    there.forEach((value, p) => {
      expect(Math.abs(value - back[p])).toBeLessThan(1e-13)
    })
  })

  it('come to a smooth solution with order two, with walls that the field meets obliquely', () => {
    const [H, [a, c, b]] = [0.8, T]
    // The first part has no flux through lower and upper wall, the second no gradient there; nothing leaves at x = 0, and
    // the right end is held.
    const k = 2
    const wave = (x: number, y: number) => Math.cos(k * (x - (b / c) * y))
    const bump = (y: number) => y * y * (H - y) ** 2
    const g1 = (y: number) => 2 * y * (H - y) * (H - 2 * y)
    const g2 = (y: number) => 2 * (H * H - 6 * H * y + 6 * y * y)
    const exact = (x: number, y: number) => wave(x, y) + 30 * x * x * bump(y)
    const source = (x: number, y: number) =>
      (a - b ** 2 / c) * k * k * wave(x, y) - 30 * (2 * a * bump(y) + 4 * b * x * g1(y) + c * x * x * g2(y))
    const errors = [2, 4, 8].map((n) => {
      const grid = makeGrid({
        separator: 0,
        cathode: 1,
        separatorCells: 0,
        cathodeCells: 8 * n,
        grading: 4,
        rows: 6 * n,
        height: H,
      })
      const edges = obliqueEdges(grid, () => T, 0)
      const y = (p: number) => (Math.floor(p / grid.columns) + 0.5) * grid.share * H
      const x = (p: number) => grid.x[p % grid.columns]
      const held = (p: number) => p % grid.columns === 0 || p % grid.columns === grid.columns - 1
      const u = Float64Array.from({ length: grid.nodes }, (_, p) => exact(x(p), y(p)))
      const rhs = u.map((_, p) => source(x(p), y(p)) * grid.width[p % grid.columns] * grid.share)
      const start = u.map((value, p) => (held(p) ? value : 0))
      const solved = solve(edges, rhs, start, held)
      return Math.sqrt(
        solved.reduce((sum, value, p) => sum + grid.width[p % grid.columns] * grid.share * (value - u[p]) ** 2, 0),
      )
    })
    // Uniform columns come closer to 2 (1.92, 1.96).
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(1.78)
    expect(Math.log2(errors[1] / errors[2])).toBeGreaterThan(1.88)
    expect(errors[2]).toBeLessThan(3e-4)
  })
})

/** Conjugate gradients for a balance of edges and a source at the nodes that are not held. */
function solve(
  edges: ReturnType<typeof obliqueEdges>,
  rhs: Float64Array,
  start: Float64Array,
  held: (p: number) => boolean,
): Float64Array {
  const u = start.slice()
  const masked = (of: Float64Array) => of.map((value, p) => (held(p) ? 0 : value))
  const dot = (x: Float64Array, z: Float64Array) => x.reduce((sum, value, p) => sum + value * z[p], 0)
  let r = masked(balance(edges, u).map((value, p) => value + rhs[p]))
  let d = r.slice()
  let rr = dot(r, r)
  const least = 1e-26 * rr
  while (rr > least) {
    const q = masked(balance(edges, d)).map((value) => -value)
    const step = rr / dot(d, q)
    d.forEach((value, p) => {
      u[p] += step * value
    })
    r = r.map((value, p) => value - step * q[p])
    const next = dot(r, r)
    d = d.map((value, p) => r[p] + (next / rr) * value)
    rr = next
  }
  return u
}

describe('a cell with oblique tensors', () => {
  const options: CellOptions = {
    cells: 12,
    separatorCells: 4,
    grading: 3,
    rows: 5,
    height: 80e-6,
    steps: [current(60)],
    values: { Omega: -3, tab: 0.4, noise: 0 },
  }
  const own: Partial<PorousElectrode> = { T, Sigma: [0.05, 0.04, -0.02], Ms: [0.3, 0.2, 0.1] }

  it.each(['E1', 'E2', 'E3', 'E4'])('linearises as it flows: %s', (electrolyte) => {
    const model = withElectrode(own, { ...options, values: { ...options.values, electrolyte, solid: 'thermodynamic' } })
    const { u } = begin(model).state
    for (let k = 0; k < model.globals; k++) if (model.present[k] === 1) u[k] *= 1 + 0.05 * Math.sin(7 * k)
    // The place in the protocol is not varied.
    model.scale.fill(0, model.globals + GLOBALS.STEP)
    expectJacobian(model, u, model.nodes, (k) => k >= model.size)
  })

  it('keeps salt and lithium to round-off', () => {
    const model = withElectrode(own, options)
    const run = advance(begin(model), 60)
    const now = model.contents(run.state.u)
    expect(Math.abs(now[0] / run.baseline[0] - 1)).toBeLessThan(1e-13)
    expect(Math.abs(now[1] - run.baseline[1])).toBeLessThan(1e-12 * Math.abs(run.baseline[1]))
    expect(model.utilisation(run.state.u)).toBeGreaterThan(0.02)
  })

  it('is the mirror image of the cell with the mirrored tensors', () => {
    const fields = [1, -1].map((sign) => {
      const turned = (t: Tensor2): Tensor2 => [t[0], t[1], sign * (t[2] ?? 0)]
      const { T: t, Sigma, Ms } = own as PorousElectrode
      const model = withElectrode(
        { T: turned(t), Sigma: turned(Sigma), Ms: turned(Ms) },
        { ...options, values: { ...options.values, tab: 1 } },
      )
      return { model, u: advance(begin(model, 1e-8), 60).state.u }
    })
    const [{ model, u }, other] = fields
    const { columns, rows } = model.setting.grid
    let [largest, uneven] = [0, 0]
    for (let k = 0; k < 4; k++)
      for (let p = 0; p < model.nodes; p++) {
        const mirror = (p % columns) + columns * (rows - 1 - Math.floor(p / columns))
        largest = Math.max(largest, Math.abs(u[k * model.nodes + p] - other.u[k * model.nodes + mirror]))
        uneven = Math.max(uneven, Math.abs(u[k * model.nodes + p] - u[k * model.nodes + mirror]))
      }
    expect(uneven).toBeGreaterThan(0.1)
    // Round-off may decide on a step.
    expect(largest).toBeLessThan(1e-8)
  })

  it('is a line between its walls where it is flat: no flux across, D_xx - D_xy²/D_yy along', () => {
    const along = (t: Tensor2): Tensor2 => [t[0] - (t[2] ?? 0) ** 2 / t[1], t[1], 0]
    const { T: t, Sigma, Ms } = own as PorousElectrode
    const errors = [1, 2].map((n) => {
      const cells = { ...options, cells: 12 * n, separatorCells: 4 * n, values: { ...options.values, tab: 1 } }
      const line = withElectrode({ T: along(t), Sigma: along(Sigma), Ms: along(Ms) }, { ...cells, rows: undefined })
      const flat = withElectrode(own, { ...cells, rows: 2, height: 1e-7 })
      const [there, here] = [line, flat].map((model) => voltage(advance(begin(model, 1e-8), 30)))
      return here - there
    })
    expect(Math.abs(errors[1])).toBeLessThan(1e-4)
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(1.95)
  })

  it('loses free energy as fast as it dissipates at rest, with a front that lies obliquely', () => {
    const model = withElectrode(
      { T, Ms: [0.3, 0.2, 0.15] },
      {
        ...options,
        cells: 16,
        structure: { Ms: 0.3 },
        steps: [current(30, { duration: 60 }), current(0)],
        values: { ...options.values, Omega: 3, solid: 'thermodynamic', gradient: 'width', front_width: 0.4, y0: 0.3 },
      },
    )
    const { gradient } = model.hosts[0]
    expect(gradient?.G.some((value) => value < 0)).toBe(true)
    const energies = new EnergyCourse()
    advance(begin(model, 1e-6), 400, (t, u) => {
      if (u[model.globals + GLOBALS.STEP] < 1) return
      const [G, D] = [energyOf(model, u), dissipationOf(model, u)]
      expect(D).toBeGreaterThan(0)
      energies.take(t, G, D)
    })
    const { fall, lost, worst } = energies
    expect(fall).toBeGreaterThan(0)
    expect(worst).toBeLessThan(1e-6 * fall)
    expect(Math.abs(lost / fall - 1)).toBeLessThan(0.005)
  })

  it('takes its tensors from the cell, without a warning; round particles have none that are mixed', () => {
    const scenario = (rotation: number) =>
      parseScenario({
        ...tab,
        cell: {
          ...tab.cell,
          resolution: 32,
          shapes: [{ shape: 'ellipsoid', phase: 'active', center: [0.5, 0.5], radii: [0.45, 0.2], rotation }],
        },
        parameters: { ...tab.parameters, transport: 'cell' },
      })
    const modelOf = (rotation: number) => {
      const of = scenario(rotation)
      return macroModel(familyInput(of), finish(solveCell(of)))
    }
    const [left, right, straight] = [30, -30, 90].map(modelOf)
    expect(left.setting.cathode.T[2]).toBeGreaterThan(0.05)
    expect(right.setting.cathode.T[2]).toBeCloseTo(-(left.setting.cathode.T[2] ?? 0), 3)
    expect(straight.setting.cathode.T[2]).toBe(0)
    expect(left.notices.map(({ message }) => message).join(' ')).not.toMatch(/diagonal/)
    expect(left.net.electrolyte.from.length).toBeGreaterThan(straight.net.electrolyte.from.length)
    expect(straight.net.electrolyte.from.length).toBe(straight.setting.grid.faces.count)
  })
})
