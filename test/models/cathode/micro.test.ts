/** The resolved cathode: geometry of the strip, Jacobian, conservation, exact states, a second route, refusals. */
import { describe, expect, it } from 'vitest'
import type { ShapeSpec } from '../../../src/cell/cell.ts'
import { ofMesh } from '../../../src/cell/columns.ts'
import { finish } from '../../../src/finish.ts'
import { openCircuit } from '../../../src/models/cathode/laws/thermodynamics.ts'
import { GLOBALS, Y } from '../../../src/models/cathode/layout.ts'
import type { CathodeValues } from '../../../src/models/cathode/parameters/index.ts'
import { tileCathode } from '../../../src/models/cathode/resolved/tiling.ts'
import { cathodeStructure } from '../../../src/models/cathode/structure/structure.ts'
import { FARADAY, inverseThermalVoltage } from '../../../src/models/constants.ts'
import type { Values } from '../../../src/parameter.ts'
import { InputError } from '../../../src/parameter.ts'
import { expectJacobian } from '../jacobian.ts'
import { layeredVoltage } from './layered.ts'
import { BAR, cellOf, course, DISC, inputOf, judge, observed, resolved, type Strip } from './strip.ts'

const sum = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
const THERMAL = 1 / inverseThermalVoltage(298.15)
const disc = cellOf(12)
const STRIP: Strip = { cell: disc }
const PLAIN = {
  size: 2e-5,
  separator: { cells: 0, p: 0.5, T: 0.3 },
  conductivity: { active: 1, carbon: 100 },
  open: false,
  roughness: 1,
}

describe('the strip', () => {
  it('has the volumes of its cells per area, and reacts where active material meets electrolyte', () => {
    const { mesh } = cellOf(32)
    const t = finish(tileCathode([mesh], { ...PLAIN, repeat: [4, 1] }))
    const length = 4 * PLAIN.size
    expect(sum(t.salt) + sum(t.solid)).toBeCloseTo(length, 12)
    // The bar takes its part out of the disc.
    const cut = 0.1 * Math.sqrt(0.35 ** 2 - 0.05 ** 2) + 2 * 0.35 ** 2 * Math.asin(0.05 / 0.35)
    expect(Math.abs(sum(t.active) / length / (Math.PI * 0.35 ** 2 - cut) - 1)).toBeLessThan(3e-3)
    const arc = 2 * Math.PI * 0.35 - 4 * 0.35 * Math.asin(0.05 / 0.35)
    expect(Math.abs(sum(t.area) / (4 * arc) - 1)).toBeLessThan(2e-3)
    for (const p of t.area.keys()) if (t.area[p] > 0) expect(t.salt[p] > 0 && t.active[p] > 0).toBe(true)
    expect(sum(t.foil.share)).toBeCloseTo(1, 14)
    expect(t.collector.length).toBeGreaterThan(2)
  })

  it('begins with a separator of its own porosity and no solid', () => {
    const t = finish(tileCathode([disc.mesh], { ...PLAIN, repeat: [4, 1], separator: { cells: 1, p: 0.5, T: 0.3 } }))
    const bare = finish(tileCathode([disc.mesh], { ...PLAIN, repeat: [3, 1] }))
    expect(sum(t.salt)).toBeCloseTo(0.5 * PLAIN.size + sum(bare.salt), 15)
    expect(sum(t.active)).toBeCloseTo(sum(bare.active), 15)
    expect(sum(t.area)).toBeCloseTo(sum(bare.area), 12)
    expect(t.foil.node).toHaveLength(12)
  })

  it('keeps the reaction per volume while the cells shrink', () => {
    const [a, b] = [2, 8].map((N) => sum(resolved(STRIP, N).tiling.area))
    expect(a / b).toBeCloseTo(1, 10)
    const line = { ...inputOf(STRIP, 4), macro: { dimension: 1 as const, size: [1e-4], nodes: [81] } }
    expect(b / 1e-4 / cathodeStructure(line, ofMesh(disc)).a).toBeCloseTo(1, 10)
  })
})

/** A material that separates, with fronts that the mesh resolves. */
const FRONTS: Partial<CathodeValues> = { Omega: 3, gradient: 'width', front_width: 0.1 }

const EXPERIMENTS: { name: string; values: Values }[] = [
  { name: 'constant-current', values: {} },
  { name: 'hold', values: { voltage: 3.2 } },
  { name: 'power', values: { power: 100 } },
]

describe('the resolved model', () => {
  const form = (
    electrolyte: CathodeValues['electrolyte'],
    more: Partial<CathodeValues> = {},
  ): Partial<CathodeValues> => ({
    electrolyte,
    contact: 1e-4,
    foil_order: '0.5',
    ...more,
  })
  it.each([
    ['E2, Bazant', STRIP, form('E2'), EXPERIMENTS[0]],
    ['E3, Doyle, Fickian', STRIP, form('E3', { kinetics: 'doyle', solid: 'fickian' }), EXPERIMENTS[1]],
    ['E2, Bazant, fronts', STRIP, form('E2', FRONTS), EXPERIMENTS[0]],
    ['E4, linear, separator', STRIP, form('E4', { kinetics: 'linear', separator: 2.5e-5 }), EXPERIMENTS[2]],
  ] as const)('has the Jacobian that finite differences give: %s', (_, strip, more, experiment) => {
    const m = resolved({ ...strip, more, experiment }, 4)
    const u = m.initial().map((v, k) => v + 0.05 * m.scale[k] * Math.sin(78.233 * (k + 1)))
    // The place in the protocol is not varied.
    m.scale.fill(0, m.globals + GLOBALS.STEP)
    u.set(m.initial().subarray(m.globals + GLOBALS.STEP), m.globals + GLOBALS.STEP)
    expectJacobian(m, u, m.nodes, (k) => k >= m.size)
  })

  it.each([1e-3, 10])('solves with the matrix that the Jacobian acts with, step %f', (beta) => {
    const m = resolved(STRIP, 2)
    const u = course(m, [10])[0].u
    const linear = m.linearise(0, u)
    const x = u.map((_, k) => m.scale[k] * Math.sin(12.9898 * (k + 1)))
    const rhs = new Float64Array(m.size)
    linear.apply(x, rhs)
    for (let k = 0; k < m.size; k++) rhs[k] = m.mass[k] === 0 ? -rhs[k] : m.mass[k] * x[k] - beta * rhs[k]
    const solution = new Float64Array(m.size)
    for (const _ of linear.solve(beta, rhs, solution, 1e-10));
    const error = Math.max(...x.map((v, k) => Math.abs(v - solution[k]) / m.scale[k]))
    expect(error).toBeLessThan(1e-8)
  })

  it('keeps salt, and lithium with the charge passed, to 1e-12 through a list of steps', () => {
    const steps = 'discharge at 100 A/m2 for 40 s\nrest 20 s\ncharge at 50 A/m2 for 30 s\nhold 3.3 V for 20 s'
    const m = resolved({ ...STRIP, experiment: { name: 'steps', values: { steps } } }, 4)
    const runs = course(m, [40, 60, 90, 110, 200], 1e-4)
    const { u, t } = runs.at(-1)!
    expect(t).toBeCloseTo(110, 6)
    for (const name of ['budget_salt', 'budget_lithium', 'continuity'])
      expect(Math.abs(observed(m, u, name)), name).toBeLessThan(name === 'continuity' ? 1e-8 : 1e-12)
    expect(m.ending()).toMatch(/Hold at 3.3 V ended after 20 s/)
  })

  it('shows fields where they live, and takes only states of its own tiling', () => {
    const m = resolved({ ...STRIP, more: { separator: 2.5e-5 } }, 4)
    const { u } = course(m, [20])[0]
    const [c, y, , , rate] = m.sample(0, u)
    const [nx, ny] = m.macro.nodes
    expect([c.length, y.length]).toEqual([nx * ny, nx * ny])
    expect(c.subarray(nx * (ny - 1))).toEqual(c.subarray(0, nx))
    // No solid in the separator; in the pores the filling shows its mean.
    expect(y[5]).toBeNaN()
    expect(y[nx - 1 - 6]).toBeCloseTo(m.meanFilling(u), 6)
    expect(c.every((v) => v > 900 && v < 1100)).toBe(true)
    // Into the solid on average, as the current asks for.
    const middle = nx - 1 - 6 + nx * 3
    expect(rate[middle] / (40 / 7.5e-5)).toBeGreaterThan(0.8)
    expect(m.adopt({ u, layout: m.layout })).toEqual(u)
    for (const other of [resolved(STRIP, 4), resolved(STRIP, 8)])
      expect(other.adopt({ u, layout: m.layout })).toBeUndefined()
    // The same pores, with more carbon inside of the disc.
    const core: ShapeSpec = { shape: 'ball', phase: 'carbon', center: [0.5, 0.5], radius: 0.2 }
    const [plain, cored] = [[], [core]].map((more) => resolved({ cell: cellOf(24, [DISC, BAR, ...more]) }, 2))
    expect(cored.tiling.salt).toEqual(plain.tiling.salt)
    expect(cored.adopt({ u: plain.initial(), layout: plain.layout })).toBeUndefined()
  })

  it('dissipates at rest exactly the free energy that it loses', () => {
    const steps = 'discharge at 300 A/m2 for 10 s\nrest 1000 s'
    const m = resolved({ ...STRIP, more: { D_s: 1e-12 }, experiment: { name: 'steps', values: { steps } } }, 2)
    const times = Array.from({ length: 11 }, (_, k) => 11 + 0.02 * k)
    const runs = course(m, times, 1e-7)
    const [G, D] = ['energy', 'dissipation'].map((name) => runs.map(({ u }) => observed(m, u, name)))
    for (let k = 1; k < G.length; k++) {
      const lost = (G[k - 1] - G[k]) / 0.02
      expect(lost).toBeGreaterThan(0)
      expect(Math.abs(lost / (0.5 * (D[k] + D[k - 1])) - 1)).toBeLessThan(1e-4)
    }
  })
})

describe('exact states', () => {
  it('without a current the voltage is the open-circuit one', () => {
    const rest = { name: 'rest', values: { duration: 1000 } }
    const m = resolved({ ...STRIP, more: { y0: 0.25 }, experiment: rest }, 4)
    for (const { u } of course(m, [0, 100, 900])) {
      const V = m.terminal(u, m.reactionSum(u))
      expect(Math.abs(V - openCircuit(3.4, -3, THERMAL, 0.25))).toBeLessThan(1e-12)
    }
  })

  it('with fast transport the cell is one particle, and its voltage a closed form', () => {
    const more = {
      D_plus: 1,
      D_minus: 1,
      sigma_active: 1e8,
      sigma_carbon: 1e8,
      D_s: 1e-2,
      i_foil: 1e12,
      k0: 2,
      y0: 0.1,
    }
    const strip: Strip = { cell: cellOf(12, [DISC, BAR], more), more }
    const m = resolved(strip, 4)
    const omega = -3
    for (const { t, u } of course(m, [1, 100, 250], 1e-7)) {
      const y = 0.1 + (40 * t) / m.capacity
      const w = omega * (1 - 2 * y)
      // i = k0 [ y e^(w + D/2) - (1 - y) e^(-D/2) ] = -I / (a L)
      const j = -40 / (2 * sum(m.tiling.area))
      const E = (j + Math.sqrt(j * j + 4 * y * (1 - y) * Math.exp(w))) / (2 * y * Math.exp(w))
      const V = 3.4 + 2 * THERMAL * Math.log(E)
      expect(Math.abs(m.terminal(u, m.reactionSum(u)) - V), `t = ${t}`).toBeLessThan(1e-7)
    }
  })

  it('straight layers: the first voltage of an independent computation on squares', () => {
    const layer = { shape: 'layer', phase: 'active', axis: 'y', center: 0.5, thickness: 0.5 }
    const more = { sigma_active: 5, kinetics: 'linear' as const, i0: 20, i_foil: 1e5, y0: 0.5 }
    const strip: Strip = {
      cell: cellOf(16, [layer], more),
      more,
      experiment: { name: 'constant-current', values: { current: 500 } },
    }
    const m = resolved(strip, 4)
    const { u } = course(m, [0])[0]
    const drop = 3.4 - m.terminal(u, m.reactionSum(u))
    const kappa = (FARADAY * 1000 * 1e-9) / THERMAL
    const [coarse, fine] = [8, 16].map((cells) =>
      layeredVoltage({
        kappa,
        sigma: 5,
        i0: 20,
        foil: 1e5,
        I: 500,
        length: 1e-4,
        height: 2.5e-5,
        thermal: THERMAL,
        cells,
      }),
    )
    const exact = fine + (fine - coarse) / 3
    expect(drop).toBeGreaterThan(0.03)
    expect(Math.abs(drop / exact - 1)).toBeLessThan(2e-3)
    expect(Math.abs(fine / exact - 1)).toBeLessThan(2e-3)
  })
})

describe('carbon that lets ions pass', () => {
  it('carries salt, and bars in both directions then block nothing', () => {
    const across = { ...BAR, axis: 'y' }
    const more = { carbon_permeable: true, i_foil: 1e6, sigma_active: 100 }
    const strip: Strip = { cell: cellOf(24, [DISC, BAR, across], more), more }
    const m = resolved(strip, 2)
    expect(sum(m.tiling.salt) + sum(m.tiling.active)).toBeCloseTo(1e-4, 12)
    const [a, b] = [2, 4].map((N) => judge(strip, N, 100))
    expect(Math.log2(a.voltage / b.voltage)).toBeGreaterThan(1.5)
    expect(Math.log2(a.salt_corrected / b.salt_corrected)).toBeGreaterThan(1.5)
  })
})

describe('what is told', () => {
  const told = (strip: Strip) => resolved(strip, 4).notices.map((n) => n.message)
  it('a layer at the separator', () => {
    expect(told({ ...STRIP, more: { separator: 2.5e-5 } }).join()).toMatch(/layer of one cell/)
    expect(told(STRIP)).toEqual([])
    expect(
      told({
        cell: cellOf(12, [
          { ...BAR, width: 0.2 },
          { ...DISC, radius: 0.3 },
        ]),
      }),
    ).toEqual([])
  })

  it('particles that do not fill through, beforehand and when they fail', () => {
    const strip: Strip = { ...STRIP, more: { D_s: 1e-14 } }
    expect(told(strip).join()).toMatch(/Particles of .* µm.*fill at the surface first/)
    const m = resolved(strip, 4)
    const explained = (index: number, value: number) => m.explainFailure(0, m.initial().with(index, value))?.message
    expect(explained(Y * m.nodes + m.hosts[0].reactive[0], 1 - 1e-5)).toMatch(
      /do not fill through: .* while the mean is 0.1/,
    )
    expect(explained(m.tiling.foil.node[0], 1e-3)).toMatch(/the salt is used up in a pore \(1.0 mM at x = 0/)
    expect(m.explainFailure(0, m.initial())).toBeUndefined()
  })
})

describe('what is refused', () => {
  const problem = (more: Partial<CathodeValues>, change: Partial<Strip> = {}, N = 4): string => {
    try {
      resolved({ ...STRIP, more, ...change }, N)
    } catch (error) {
      if (error instanceof InputError) return error.problems.map((p) => `${p.path}: ${p.message}`).join('\n')
      throw error
    }
    return ''
  }
  it.each([
    [{ structure: 'given' }, /parameters.structure: got given numbers/],
    [{ electrolyte: 'E1' }, /parameters.electrolyte: got E1.*use E2/],
    [{ flow: 'pumped' }, /parameters.flow: got pumped/],
    [{ Omega: 4 }, /parameters.gradient: got Ω = 4 .*gradient energy/],
    [{ separator: 3e-5 }, /got 30 µm, which are 1.2 of 4 cells.*try 25 µm or 50 µm, or N = 10/],
    [{ V_min: 3.6 }, /lower cut-off/],
  ] as const)('%o', (more, message) => {
    expect(problem(more)).toMatch(message)
  })

  it('particles without a path for electrons, and salt without a way', () => {
    expect(problem({}, { cell: cellOf(12, [DISC]) })).toMatch(/no path for electrons/)
    const across = { ...BAR, axis: 'y' }
    expect(problem({}, { cell: cellOf(12, [DISC, BAR, across]) })).toMatch(/cuts the electrolyte off/)
  })
})
