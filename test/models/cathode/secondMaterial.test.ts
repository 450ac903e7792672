/** A second active material: laws of its own at one common voltage, against one material, by hand, and resolved. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { dissipationOf, energyOf } from '../../../src/models/cathode/equations/energy.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import type { CathodeValues } from '../../../src/models/cathode/parameters/index.ts'
import { microModel } from '../../../src/models/cathode/resolved/micro.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import type { InputError } from '../../../src/parameter.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { advance, begin, type CellOptions, cellOf, current, held, TEACHING, voltage } from './setup.ts'
import { course, inputOf, judge, observed, resolved, type Strip, cellOf as solved } from './strip.ts'

const thermal = (GAS_CONSTANT * 298.15) / FARADAY
const small = { cells: 12, separatorCells: 4 }
/** Parts of the material and of its area; those of the second material at the end. */
const split = (second: boolean, ...parts: [q: number, a: number][]) =>
  parts.map(([q, a], k) => ({
    q: q * TEACHING.q,
    a: a * TEACHING.a,
    ...(second && k === parts.length - 1 ? { second: true } : {}),
  }))

/** The second material with the constants of the first. */
const alike = (values: Partial<CathodeValues>): Partial<CathodeValues> => {
  const all: Partial<CathodeValues> = { ...(TEACHING.values as Partial<CathodeValues>), kappa_g: 5.0148e-10, ...values }
  const names = ['V0', 'Omega', 'c_sm', 'k0', 'k_doyle', 'i0', 'alpha', 'D_s', 'kappa_g', 'sigma_active'] as const
  const usual = { alpha: 0.5, k_doyle: 1e-10, i0: 1, sigma_active: 1 }
  return { ...values, ...Object.fromEntries(names.map((name) => [`${name}_2`, { ...usual, ...all }[name]])) }
}

const bar = { shape: 'bar', phase: 'carbon', axis: 'x', center: [0.5, 0.5], width: 0.12 }
const disc = (phase: string, x: number, y: number, radius: number) => ({
  shape: 'ball',
  phase,
  center: [x, y],
  radius,
})
const shapes = (second: string) => [bar, disc('active', 0.5, 0.5, 0.24), disc(second, 0, 0.5, 0.16)]
/** A second material 0.1 V above the first, with half of its sites and a faster reaction. */
const HIGHER: Partial<CathodeValues> = {
  V0_2: 3.5,
  Omega_2: -1,
  c_sm_2: 2500,
  k0_2: 0.5,
  D_s_2: 1e-9,
  sigma_active_2: 3,
  k0: 0.1,
}
const blend = (resolution: number, more = HIGHER): Strip => ({
  cell: solved(resolution, shapes('active2'), more),
  more,
})
const line = (strip: Strip) => {
  const input = inputOf(strip, 8)
  return macroModel({ ...input, macro: { dimension: 1, size: [1e-4], nodes: [13] } }, strip.cell)
}

describe('a second material with the laws of the first', () => {
  it.each<[string, Partial<CathodeValues>, { Ms?: number; second?: number }]>([
    ['particles', { kinetics: 'bazant', Omega: 1.5 }, {}],
    ['E1', { electrolyte: 'E1', kinetics: 'linear' }, {}],
    ['a start at a voltage', { kinetics: 'doyle', start_from: 'voltage', V_start: 3.5, Omega: -3 }, {}],
    ['a state of charge', { start_from: 'charge', soc_start: 0.8, Omega: -3 }, {}],
    ['a solid that is joined', { Omega: 3, gradient: 'width', front_width: 0.4 }, { Ms: 0.2, second: 0 }],
  ])('is the same as one: %s', (_, values, { Ms = 0, second = 0 }) => {
    const runs = [false, true].map((two) => {
      const kinds = split(two, [0.7, 0.4], [0.3, 0.6])
      const structure = { kinds, Ms, ...(two ? { second } : {}) }
      const options = { ...small, values: alike({ noise: 0.05, ...values }), structure }
      return advance(begin(cellOf(TEACHING, { ...options, steps: [current(30)] }), 1e-6), 200)
    })
    // The equations to round-off, at any state; runs as far as steps that round-off chooses let them.
    const at = runs[0].state.u.map((v, k) => v + 0.02 * runs[0].model.scale[k] * Math.sin(12.9 * (k + 1)))
    const [f, g] = runs.map(({ model }) => {
      const out = new Float64Array(model.size)
      model.residual(0, at, out)
      return out
    })
    const size = Math.max(...f.map(Math.abs))
    f.forEach((v, k) => void expect(Math.abs(g[k] - v), `row ${k}`).toBeLessThan(1e-13 * size))
    expect(Array.from(runs[1].model.mass)).toEqual(Array.from(runs[0].model.mass))
    const [one, two] = runs.map(({ model, state: { u } }) => [
      ...model.fillings(u),
      model.meanFilling(u),
      model.terminal(u, model.reactionSum(u)),
      energyOf(model, u),
      dissipationOf(model, u),
      model.specificCharge(u),
    ])
    two.slice(0, 4).forEach((v, k) => void expect(v / one[k]).toBeCloseTo(1, 6))
    two.slice(4, 6).forEach((v, k) => void expect(v / one[4 + k]).toBeCloseTo(1, 5))
    expect(runs[1].model.capacity / runs[0].model.capacity).toBeCloseTo(1, 14)
    expect(runs[1].model.longestStep(0, at)).toBe(runs[0].model.longestStep(0, at))
  })

  it('is the same as one in a cell and resolved', () => {
    const more = { ...HIGHER, V0_2: 3.4, Omega_2: -3, c_sm_2: 5000, k0_2: 0.1, sigma_active_2: 1 }
    const [one, two] = ['active', 'active2'].map((phase): Strip => ({ cell: solved(16, shapes(phase), more), more }))
    const models = [one, two].flatMap((strip) => [line(strip), resolved(strip, 2)])
    const ends = models.map((m) => {
      const [{ u }] = course(m, [150], 1e-7)
      return [...m.fillings(u), m.terminal(u, m.reactionSum(u))]
    })
    for (const k of [0, 1]) ends[2 + k].forEach((v, j) => void expect(v / ends[k][j]).toBeCloseTo(1, 9))
  })
})

describe('derivatives of two materials', () => {
  const kinds = split(true, [0.5, 0.2], [0.2, 0], [0.3, 0.8])
  const values: Partial<CathodeValues> = {
    noise: 0.1,
    Omega: 1.5,
    V0_2: 3.5,
    Omega_2: -2,
    c_sm_2: 3000,
    k0_2: 4,
    D_s_2: 3e-10,
  }
  const front: Partial<CathodeValues> = { Omega: 3, Omega_2: 2.5, gradient: 'width', front_width: 0.4 }
  it.each<[string, CellOptions]>([
    ['E1', { values: { ...values, electrolyte: 'E1' }, structure: { kinds, second: 0 } }],
    ['E2 in the plane', { values, structure: { kinds, second: 0 }, rows: 3, height: 1e-4 }],
    ['E4, pumped', { values: { ...values, electrolyte: 'E4', flow: 'pumped' }, structure: { kinds, second: 0 } }],
    ['both joined, Fick', { values: { ...values, solid: 'fickian' }, structure: { kinds, Ms: 0.2, second: 0.1 } }],
    ['both joined, with fronts', { values: { ...values, ...front }, structure: { kinds, Ms: 0.2, second: 0.1 } }],
    [
      'the second joined, E1',
      { values: { ...values, ...front, Omega: 1, electrolyte: 'E1' }, structure: { kinds, second: 0.1 } },
    ],
  ])('%s', (_, options) => {
    const model = cellOf(TEACHING, { ...small, ...options, steps: [held(3.4)] })
    const u = model.initial().map((v, k) => v + 0.02 * model.scale[k] * Math.sin(12.9 * (k + 1)))
    const x = u.map((_, k) => model.scale[k] * Math.sin(78.2 * (k + 1)))
    const [jx, plus, minus] = [0, 0, 0].map(() => new Float64Array(model.size))
    model.linearise(0, u).apply(x, jx)
    const e = 1e-6
    const moved = (sign: number) => u.map((v, k) => v + sign * e * x[k])
    model.residual(0, moved(1), plus)
    model.residual(0, moved(-1), minus)
    const size = Math.max(...jx.map(Math.abs))
    jx.forEach(
      (v, k) => void expect(Math.abs(v - (plus[k] - minus[k]) / (2 * e)), `row ${k}`).toBeLessThan(1e-7 * size),
    )
  })
})

describe('two materials at rest', () => {
  const kinds = split(true, [0.6, 0.5], [0.4, 0.5])
  const values: Partial<CathodeValues> = {
    noise: 0,
    Omega: -3,
    V0_2: 3.65,
    Omega_2: -1,
    c_sm_2: 8000,
    k0_2: 10,
    V_min: 3.1,
    V_max: 4.1,
    start_from: 'voltage',
    V_start: 3.8,
  }
  const cell = (more: Partial<CathodeValues> = {}, steps = [current(0)]) =>
    cellOf(TEACHING, { ...small, values: { ...values, ...more }, structure: { kinds, second: 0 }, steps })
  /** By hand: the filling of each at a voltage, and of both; capacities in the proportion 0.6 · 5000 to 0.4 · 8000. */
  const filling = (V: number, V0: number, Omega: number) => {
    let [low, high] = [0, 1]
    for (let k = 0; k < 60; k++) {
      const y = (low + high) / 2
      if (V0 - thermal * (Omega * (1 - 2 * y) + Math.log(y / (1 - y))) > V) low = y
      else high = y
    }
    return (low + high) / 2
  }
  const both = (V: number) => [filling(V, 3.4, -3), filling(V, 3.65, -1)]
  const mean = ([y, z]: number[]) => (3000 * y + 3200 * z) / 6200
  const voltageAt = (full: number) => {
    let [low, high] = [2.5, 4.5]
    for (let k = 0; k < 60; k++) {
      const V = (low + high) / 2
      if (mean(both(V)) > full) low = V
      else high = V
    }
    return (low + high) / 2
  }

  it.each<[string, Partial<CathodeValues>, number]>([
    ['a voltage', { V_start: 3.6 }, 3.6],
    ['a state of charge', { start_from: 'charge', soc_start: 0.55 }, voltageAt(0.45)],
    ['a filling of the first', { start_from: 'filling', y0: 0.2 }, 3.4 + thermal * (3 * 0.6 + Math.log(4))],
  ])('share one voltage, from %s', (_, more, V) => {
    const model = cell(more)
    const run = begin(model, 1e-9)
    expect(voltage(run)).toBeCloseTo(V, 8)
    expect(observed(model, run.state.u, 'open_circuit')).toBeCloseTo(V, 8)
    model.fillings(run.state.u).forEach((y, k) => void expect(y).toBeCloseTo(both(V)[k], 9))
    for (const kind of model.hosts)
      for (const p of kind.reactive) expect(Math.abs(model.overpotential(run.state.u, p, kind))).toBeLessThan(1e-8)
    const before = model.fillings(run.state.u)
    advance(run, 1e4)
    model.fillings(run.state.u).forEach((y, k) => void expect(y).toBeCloseTo(before[k], 9))
  })

  it('fill along their common equilibrium where the current is small, the one of higher voltage first', () => {
    const model = cell({}, [current(0.03, { below: 3.15 })])
    const run = begin(model, 1e-6)
    const seen: number[][] = []
    advance(run, 1e7, (_, u) => {
      const full = model.meanFilling(u)
      seen.push([full, model.terminal(u, model.reactionSum(u)), ...model.fillings(u)])
    })
    expect(seen.at(-1)![0]).toBeGreaterThan(0.99)
    for (const [full, V, ...fillings] of seen) {
      expect(Math.abs(V - voltageAt(full)), `at ${full}`).toBeLessThan(5e-4)
      both(voltageAt(full)).forEach((y, k) => void expect(Math.abs(fillings[k] - y)).toBeLessThan(5e-3))
    }
    const half = seen.find(([full]) => full > 0.45)!
    expect(half[3]).toBeGreaterThan(0.75)
    expect(half[2]).toBeLessThan(0.15)
    for (const name of ['budget_salt', 'budget_lithium'])
      expect(Math.abs(observed(model, run.state.u, name))).toBeLessThan(1e-12)
  })

  it('even out after a pulse, and lose the free energy that they dissipate', () => {
    const model = cell({ k0: 0.5, k0_2: 0.02 }, [current(60, { duration: 60 }), current(0)])
    const run = advance(begin(model, 1e-7), 61)
    const first = energyOf(model, run.state.u)
    let [t, heat, D] = [61, 0, dissipationOf(model, run.state.u)]
    advance(run, 2e4, (now, u) => {
      const next = dissipationOf(model, u)
      expect(next).toBeGreaterThanOrEqual(0)
      heat += ((now - t) * (D + next)) / 2
      ;[t, D] = [now, next]
    })
    expect(heat / (first - energyOf(model, run.state.u))).toBeCloseTo(1, 1)
    const [y, z] = model.fillings(run.state.u)
    expect(filling(voltage(run), 3.4, -3)).toBeCloseTo(y, 2)
    expect(filling(voltage(run), 3.65, -1)).toBeCloseTo(z, 2)
  })

  it('hold what the capacity, the rate and the capacity per gram say', () => {
    const model = cell({ density: 4000, density_2: 2000 })
    const volume = TEACHING.q * TEACHING.cathode
    expect(model.capacity / (FARADAY * volume)).toBeCloseTo(0.6 * 5000 + 0.4 * 8000, 6)
    const u = model.initial()
    u[model.globals + 1] = 0.5
    expect(model.specificCharge(u)).toBeCloseTo((0.5 * FARADAY * 6200) / 3600, 3)
  })
})

describe('a cell with two materials', () => {
  it('tells them apart in class, fields, numbers and words', () => {
    const model = line(blend(32))
    expect(model.modelClass).toBe('independent-materials')
    expect(model.setting.cathode.kinds.map(({ second }) => second ?? false)).toEqual([false, true])
    const filling = model.fields.filter(({ group }) => group === 'filling')
    expect(filling.map(({ name, label }) => [name, label])).toEqual([
      ['y', 'Filling, first material'],
      ['y_2', 'Filling, second material'],
    ])
    // Drawn together, each particle with the values of its own.
    const [{ microscopic }] = filling
    expect([microscopic?.phase, microscopic?.also]).toEqual(['active', ['active2']])
    expect(microscopic?.kinds?.map(({ of, inside }) => [of, inside.length])).toEqual([
      ['y', 1],
      ['y_2', 1],
    ])
    expect(model.sample(0, model.initial())).toHaveLength(model.fields.length)
    expect(model.observables.at(-1)).toMatchObject({ name: 'filling_2', label: 'Mean filling, second material' })
    const said = model.notices.map(({ message }) => message)
    expect(said).toContainEqual(expect.stringMatching(/of 2 kinds .*: 1: 1 active \(.* 2: 1 active2 \(/))
  })

  it('leaves out particles of either that no electron reaches', () => {
    const idle = [...shapes('active2'), disc('active2', 0.25, 0.9, 0.07), disc('active', 0.75, 0.9, 0.07)]
    const strip: Strip = { cell: solved(32, idle, HIGHER), more: HIGHER }
    const kinds = line(strip).setting.cathode.kinds
    expect(kinds.map(({ a, second = false }) => [a > 0, second])).toEqual([
      [true, false],
      [false, false],
      [true, true],
      [false, true],
    ])
    const m = resolved(strip, 2)
    const [{ u }] = course(m, [100], 1e-5)
    const [y, out, z, idle2] = m.fillings(u)
    const [y0, , z0] = m.fillings(m.initial())
    expect(y - y0 + (z - z0)).toBeGreaterThan(0.1)
    expect(Math.abs(out - y0)).toBeLessThan(1e-6)
    expect(Math.abs(idle2 - z0)).toBeLessThan(1e-6)
    expect(m.fields.map(({ name }) => name)).toEqual(line(strip).fields.map(({ name }) => name))
    const samples = m.sample(0, u)
    expect(samples).toHaveLength(m.fields.length)
    for (const values of samples) expect(values.every(Number.isFinite)).toBe(true)
  })

  it('keeps the fillings of each where its kinds change, and none of another set of materials', () => {
    const two = line(blend(32))
    const more = [
      ...shapes('active2'),
      disc('active2', 0.5, 0.03, 0.06),
      { ...bar, axis: 'y', center: [0.5, 0.5], width: 0.02 },
    ]
    const three = line({
      cell: solved(32, more, { ...HIGHER, carbon_permeable: true }),
      more: { ...HIGHER, carbon_permeable: true },
    })
    const u = two.initial()
    const carried = three.adopt({ u, layout: two.layout })
    expect(three.setting.cathode.kinds).toHaveLength(3)
    const [y, z] = two.fillings(u)
    three.fillings(carried!).forEach((v, k) => void expect(v).toBeCloseTo(k === 0 ? y : z, 12))
    const one = line({ cell: solved(32, shapes('active')), more: HIGHER })
    expect(one.adopt({ u, layout: two.layout })).toBeUndefined()
    expect(two.adopt({ u: one.initial(), layout: one.layout })).toBeUndefined()
  })

  it('conducts through both where there is no carbon', () => {
    const stripes = [
      { shape: 'layer', phase: 'active', axis: 'y', center: 0.3, thickness: 0.2 },
      { shape: 'layer', phase: 'active2', axis: 'y', center: 0.7, thickness: 0.2 },
    ]
    const model = line({ cell: solved(16, stripes, HIGHER), more: { ...HIGHER, D_s: 1e-12 } })
    expect(model.modelClass).toBe('connected-materials')
    expect(model.setting.cathode.Sigma[0]).toBeCloseTo(0.2 * 1 + 0.2 * 3, 2)
    expect(model.setting.second!.Ms[0]).toBeCloseTo(0.2, 6)
    expect(model.hosts.map(({ lithium }) => lithium.G.length > 0)).toEqual([true, true])
  })
})

it('converges to the resolved cell with order two', () => {
  const strip = blend(16)
  const [coarse, fine] = [2, 4].map((N) => judge(strip, N, 150, 4, 1e-4))
  for (const name of ['voltage', 'salt_corrected', 'phi_corrected', 'psi_corrected'])
    expect(Math.log2(coarse[name] / fine[name]), name).toBeGreaterThan(1.8)
})

it('a resolved cell begins at the state of the homogenized one, each material at its own', () => {
  const strip = blend(32)
  const homogenized = line(strip)
  const run = advance(begin(homogenized, 1e-5), 60)
  const from = { u: run.state.u, macro: homogenized.macro, layout: homogenized.layout }
  const coarse = blend(16)
  const setup = { repeat: [8, 1], prepared: true, factor: 0.5, from, layout: from.layout }
  const m = finish(microModel(inputOf(coarse, 8), coarse.cell, setup))
  const own = homogenized.fillings(run.state.u)
  m.fillings(m.initial()).forEach((y, k) => void expect(y).toBeCloseTo(own[k], 3))
})

describe('what a second material cannot be had with is said', () => {
  const { scenario } = loadScenario('cathode-two-materials')
  type Given = typeof scenario
  const refused = (change: (s: Given) => Given): { path: string; message: string }[] => {
    try {
      parseScenario(change(scenario))
      return []
    } catch (error) {
      return (error as InputError).problems.map(({ path, message }) => ({ path, message }))
    }
  }
  const parameters = (more: Partial<CathodeValues>) => (s: Given) => ({
    ...s,
    parameters: { ...s.parameters, ...more },
  })

  it.each<[string, (s: Given) => Given, RegExp]>([
    ['parameters.structure', parameters({ structure: 'given' }), /given numbers, which are of one active material/],
    ['parameters.mobility_printed', parameters({ mobility_printed: true }), /the paper has one active material/],
    ['parameters.energy', parameters({ energy: 'printed' }), /the paper has one active material/],
    ['parameters.V_start', parameters({ V_start: 5 }), /at rest these materials have \d/],
    [
      'cell.shapes',
      (s) => ({ ...s, cell: { ...s.cell, shapes: s.cell.shapes.filter(({ phase }) => phase !== 'active') } }),
      /got "active2" without "active"/,
    ],
  ])('%s', (path, change, words) => {
    const problems = refused(change)
    expect(problems.map((p) => p.path)).toEqual([path])
    expect(problems[0].message).toMatch(words)
    expect(problems[0].message.length).toBeLessThanOrEqual(300)
  })

  it('a state of charge between two plateaus that separate', () => {
    const more = { Omega: 4, Omega_2: 3, V0: 3.4, V0_2: 3.6, start_from: 'charge', soc_start: 0.9 } as const
    expect(() => line({ cell: solved(16, shapes('active2'), HIGHER), more: { ...HIGHER, ...more } })).toThrow(
      /no single voltage/,
    )
  })
})
