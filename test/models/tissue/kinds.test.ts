/** Several kinds of cells in one period: what they share, what they do not, and what the resolved tissue says of them. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../../src/cell/compute.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { tissueCurve } from '../../../src/models/tissue/curves.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { microModel } from '../../../src/models/tissue/micro.ts'
import type { TissueModel } from '../../../src/models/tissue/model.ts'
import { Integrator } from '../../../src/numerics/integrate.ts'
import { compare } from '../../../src/simulation/compare.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../../src/simulation/scenario.ts'
import { drain, exactCell, injection, inPieces, input, type PieceShare, run, start, values, withGlia } from './setup.ts'

const mm = 1e-3
const scenario = { stimuli: [injection([0.4 * mm], 1e-4)] }
const disc = (center: number[], radius: number) => ({ shape: 'ball', phase: 'intracellular', center, radius })
const twoSizes = {
  dimension: 2 as const,
  background: 'extracellular',
  resolution: 32,
  shapes: [disc([0.75, 0.7], 0.12), disc([0.3, 0.3], 0.2)],
}
const field = (u: Float64Array, k: number, n: number) => u.subarray(k * n, (k + 1) * n)

function model(pieces?: readonly PieceShare[], preset = 'A1') {
  return macroModel(input(preset, [mm], [21], scenario), pieces ? inPieces(preset, pieces) : exactCell(preset))
}

describe('cells of one kind', () => {
  it('share their unknowns: layout, state and numbers are those of cells in one piece', () => {
    const one = model()
    const alike = model([
      [0.5, 0.5, false],
      [0.3, 0.3, false],
      [0.2, 0.2, false],
    ])
    expect(alike.layout).toBe(one.layout)
    expect(alike.fields).toEqual(one.fields)
    expect(run(alike, 5, { rtol: 1e-4 }).state.u).toEqual(run(one, 5, { rtol: 1e-4 }).state.u)
  })

  it('that are told apart nevertheless go the same way', () => {
    // Beyond what counts as equal, and far below what the ions would notice.
    const apart = model([
      [0.5, 0.5 - 5.5e-3, false],
      [0.5, 0.5 + 5.5e-3, false],
    ])
    const one = model()
    expect(apart.cells).toHaveLength(2)
    const n = one.setting.net.nodes
    const u = run(one, 20, { rtol: 1e-6 }).state.u
    const v = run(apart, 20, { rtol: 1e-6 }).state.u
    const moved = Math.max(...u.map((x, k) => Math.abs(x - one.initial()[k])))
    expect(moved).toBeGreaterThan(1)
    for (let k = 3; k < 6; k++)
      for (let p = 0; p < n; p++)
        expect(Math.abs(u[k * n + p] - v[k * n + p])).toBeLessThan(2e-3 * one.scale[k * n + p])
  })
})

describe('two kinds of cells', () => {
  const pieces: PieceShare[] = [
    [0.8, 0.5, false],
    [0.2, 0.5, false],
  ]

  it('answer by their membrane per volume: the small ones gain four times as fast', () => {
    const m = model(pieces)
    const state = start(m)
    const n = m.setting.net.nodes
    const before = Float64Array.from(state.u)
    drain(new Integrator(m, { rtol: 1e-6 }).advance(state, 0.05))
    const [large, small] = m.cells.map(({ slots }) => state.u[slots.k * n + 8] - before[slots.k * n + 8])
    expect(large).toBeGreaterThan(0)
    expect(small / large).toBeCloseTo(4, 1)
  })

  it('are told to have gates where they have, in the curve of their membranes', () => {
    const note = (gates: boolean) => {
      const given = { ...input('A1', [mm], [21]), parameters: values('A1', { gates }) }
      const cell = inPieces('A1', pieces)
      const state = { t: 0, u: macroModel(given, cell).initial() }
      return finish(tissueCurve({ name: 'membrane', node: 3 }, given, cell, state)).note
    }
    expect([true, false].map(note)).toEqual([
      'gate h frozen at its present value',
      'concentrations frozen at the probe',
    ])
  })

  it('keep every budget', () => {
    const m = model(pieces)
    const base = m.contents(m.initial())
    const { state } = run(m, 100, { rtol: 1e-2 })
    const seen = m.observe(100, state.u, state.integrals, base)
    const named = Object.fromEntries(m.observables.map((o, k) => [o.name, seen[k]]))
    for (const ion of ['Na', 'K', 'Cl']) expect(Math.abs(named[`budget_${ion}`])).toBeLessThan(1e-12)
    expect(Math.abs(named.neutrality_I)).toBeLessThan(1e-8)
  })

  it('show fields of their own, with the names that they are drawn and measured by', () => {
    const cell = solveCell(twoSizes, [{ kind: 'perforated', phase: 'extracellular' }])
    const m = macroModel(input('A1', [mm], [21], scenario), cell)
    const names = m.fields.map(({ name }) => name)
    expect(names).toEqual([
      'V',
      'K_E',
      'Na_E',
      'Cl_E',
      'phi_E',
      'K_I',
      'Na_I',
      'Cl_I',
      'V_2',
      'K_I_2',
      'Na_I_2',
      'Cl_I_2',
    ])
    const at = (name: string) => m.fields[names.indexOf(name)].microscopic
    expect(at('K_E')?.kinds).toBeUndefined()
    expect(at('K_I')?.kinds).toEqual(at('K_I_2')?.kinds)
    expect(at('K_I')?.kinds?.map(({ of }) => of)).toEqual(['K_I', 'K_I_2'])
    expect(at('V_2')?.kinds?.[1].terms.map(({ of }) => of)).toEqual([['V_2', 'phi_E'], ['phi_E']])
    // Each kind is found again by points inside its own cells.
    const [large, small] = at('V')!.kinds!.map(({ inside }) => inside[0])
    expect(Math.hypot(large[0] - 0.3, large[1] - 0.3)).toBeLessThan(0.1)
    expect(Math.hypot(small[0] - 0.75, small[1] - 0.7)).toBeLessThan(0.06)
    const u = m.initial().map((x, k) => x + 1e-3 * k)
    const n = m.setting.net.nodes
    const samples = m.sample(0, u)
    const { slots, fixed } = m.cells[1]
    expect(samples[names.indexOf('V_2')]).toEqual(Float32Array.from(field(u, slots.v, n)))
    const chloride = field(u, slots.na, n).map((x, p) => x + field(u, slots.k, n)[p] + fixed)
    expect(samples[names.indexOf('Cl_I_2')]).toEqual(Float32Array.from(chloride))
  })

  it('that become one hand over what they held, by volume, and back', () => {
    const two = model(pieces)
    const one = model()
    const n = two.setting.net.nodes
    const u = two.initial()
    const [large, small] = two.cells.map(({ slots }) => slots)
    for (let p = 0; p < n; p++) {
      u[large.k * n + p] = 120
      u[small.k * n + p] = 140
    }
    const { macro, layout } = two
    const merged = one.adopt({ u, layout, macro })!
    expect(merged).toHaveLength(one.size)
    for (let p = 0; p < n; p++) expect(merged[1 * n + p]).toBeCloseTo(0.8 * 120 + 0.2 * 140, 2)
    const again = two.adopt({ u: merged, layout: one.layout, macro })!
    for (const { k } of [large, small]) for (let p = 0; p < n; p++) expect(again[k * n + p]).toBeCloseTo(124, 2)
    // As many as before are the same ones, however large they have become.
    const other = model([
      [0.7, 0.5, false],
      [0.3, 0.5, false],
    ]).adopt({ u, layout, macro })!
    expect(other[small.k * n]).toBe(140)
  })

  it('keep apart from glia, which begins at rest where there was none', () => {
    const two = model(pieces)
    const n = two.setting.net.nodes
    const u = two.initial()
    for (let p = 0; p < n; p++) for (const { slots } of two.cells) u[slots.k * n + p] = 120
    const m = macroModel(input('A1', [mm], [21], scenario), withGlia('A1', 0.4))
    const adopted = m.adopt({ u, layout: two.layout, macro: two.macro })!
    const [cells, glia] = m.cells.map(({ slots }) => slots)
    expect(adopted[cells.k * n]).toBeCloseTo(120, 9)
    expect(adopted[glia.k * n]).toBe(m.initial()[glia.k * n])
    // Of a larger cell beside smaller glia, each goes on with its own.
    const smaller = macroModel(input('A1', [mm], [21], scenario), withGlia('A1', 0.2))
    const again = smaller.adopt({ u: adopted, layout: m.layout, macro: m.macro })!
    expect(again[cells.k * n]).toBeCloseTo(120, 9)
    expect(again[glia.k * n]).toBe(adopted[glia.k * n])
  })
})

describe('cells that nothing of the space outside touches', () => {
  it('take no part, which is said', () => {
    const wall = { ...disc([0.75, 0.75], 0.2), phase: 'wall' }
    const of = (shapes: ReturnType<typeof disc>[]) =>
      solveCell({ ...twoSizes, shapes }, [{ kind: 'perforated', phase: 'extracellular' }])
    const alone = macroModel(input('A1', [mm], [11], scenario), of([disc([0.3, 0.3], 0.2), wall]))
    const m = macroModel(input('A1', [mm], [11], scenario), of([disc([0.3, 0.3], 0.2), wall, disc([0.75, 0.75], 0.12)]))
    expect(m.cells).toHaveLength(1)
    const inside = ({ setting }: TissueModel) => setting.net.volumeI[3]
    expect(inside(m) / inside(alone)).toBeCloseTo(1, 2)
    expect(m.notices.map(({ message }) => message).join()).toMatch(/touch nothing .*\(1 in a period\) have no membrane/)
    expect(run(m, 1, { rtol: 1e-3 }).state.t).toBeCloseTo(1, 9)
  })
})

describe('glia', () => {
  const glia = (changes = {}) =>
    macroModel({ ...input('A1', [mm], [21], scenario), parameters: values('A1', changes) }, withGlia('A1', 0.4))

  it('rests beside the cells: no ion crosses either membrane, and the unit cell holds what it does nominally', () => {
    const m = macroModel(input('A1', [mm], [11]), withGlia('A1', 0.4))
    const state = start(m)
    const before = Float64Array.from(state.u)
    run(m, 100, { rtol: 1e-6 }, state)
    for (let k = 0; k < m.size; k++) expect(Math.abs(state.u[k] - before[k])).toBeLessThan(1e-7 * m.scale[k] + 1e-9)
    const { net, fixedE } = m.setting
    const held = m.contents(before)
    const { parameters: v } = input('A1', [mm], [11])
    const [cells, other] = m.cells.map(({ volume }) => volume.reduce((a, b) => a + b, 0))
    const outside = net.volumeE.reduce((a, b) => a + b, 0)
    expect(held[0] / (cells * v.Na_I + other * v.glia_Na + outside * v.Na_E)).toBeCloseTo(1, 9)
    expect(held[1] / (cells * v.K_I + other * v.glia_K + outside * v.K_E)).toBeCloseTo(1, 9)
    expect(fixedE).toBe(v.Cl_E - v.Na_E - v.K_E)
    // Two membranes, two resting potentials.
    const [own, ofGlia] = m.cells.map(({ slots }) => before[slots.v * net.nodes])
    expect(Math.abs(own - ofGlia)).toBeGreaterThan(1e-3)
  })

  it('that is joined carries potassium away: with closed junctions more stays where it was released', () => {
    const most = (m: TissueModel) => {
      const { state } = run(m, 30, { rtol: 1e-4 })
      return Math.max(...field(state.u, 4, m.setting.net.nodes))
    }
    const [open, closed] = [glia(), glia({ glia_gap: 0 })].map(most)
    const rest = glia().initial()[4 * 21]
    expect((open - rest) / (closed - rest)).toBeLessThan(0.95)
  })

  it('decides the class: isolated cells in a net of glia', () => {
    expect(glia().modelClass).toBe('connected-glia')
    const cell = withGlia('A1', 0.4)
    const alone = { ...cell.phases.glia, percolates: [false, false] }
    const m = macroModel(input('A1', [mm], [11]), { ...cell, phases: { ...cell.phases, glia: alone } })
    expect(m.modelClass).toBe('connected-disconnected')
  })

  it('has fields named for it, drawn in its own phase', () => {
    const m = glia()
    const [potential] = m.fields.filter(({ name }) => name === 'V_2')
    expect(potential.label).toBe('Membrane potential, glia')
    expect(potential.microscopic?.phase).toBe('glia')
    expect(potential.microscopic?.terms[0]).toEqual({ problem: 'glia', of: ['V_2', 'phi_E'], weight: 1 })
  })

  it('takes nothing from cells, nor they from it, when their parts change', () => {
    const of = (part: number) => macroModel(input('A1', [mm], [21], scenario), withGlia('A1', part))
    const [m, larger] = [of(0.4), of(0.5)]
    const n = m.setting.net.nodes
    const u = m.initial()
    const slots = m.cells.map((cells) => cells.slots)
    for (const [kind, { k }] of slots.entries()) u.fill(150 + 10 * kind, k * n, (k + 1) * n)
    expect(larger.layout).not.toBe(m.layout)
    const { layout, macro } = m
    const carried = larger.adopt({ u, layout, macro })!
    for (const [kind, { k }] of slots.entries()) expect(carried[k * n]).toBeCloseTo(150 + 10 * kind, 9)
    expect(larger.carriedOver({ layout })).toBeUndefined()
  })

  it('that is new begins as at the start, and what goes leaves the cells as they are', () => {
    const m = glia()
    const alone = model()
    const n = m.setting.net.nodes
    const u = alone.initial()
    u.fill(100, n, 2 * n)
    const { macro } = alone
    const joined = m.adopt({ u, layout: alone.layout, macro })!
    const [own, ofGlia] = m.cells.map(({ slots }) => slots)
    expect(field(joined, own.k, n)).toEqual(field(u, 1, n))
    for (const k of [ofGlia.na, ofGlia.k, ofGlia.v]) expect(field(joined, k, n)).toEqual(field(m.initial(), k, n))
    expect(m.carriedOver({ layout: alone.layout })).toMatch(/brings glia into the cells: it begins as at the start/)
    const left = alone.adopt({ u: joined, layout: m.layout, macro })!
    expect(field(left, 1, n)).toEqual(field(u, 1, n))
    expect(alone.carriedOver({ layout: m.layout })).toMatch(/makes one kind of cells of 2: .* by volume/)
  })

  it('that touches cells or has no membrane is refused, with what to do', () => {
    const cell = withGlia('A1', 0.4)
    const touching = { ...cell, interfaceMeasure: { ...cell.interfaceMeasure, 'glia|intracellular': 0.1 } }
    expect(() => macroModel(input('A1', [mm], [11]), touching)).toThrow(/glia touches the phase intracellular.*move/)
    const { 'extracellular|glia': _, ...rest } = cell.interfaceMeasure
    expect(() => macroModel(input('A1', [mm], [11]), { ...cell, interfaceMeasure: rest })).toThrow(/no membrane/)
  })
})

describe('the resolved tissue', () => {
  it('takes no state of a tiling whose glia lies elsewhere', () => {
    const of = (center: number[]) => {
      const shapes = [disc([0.3, 0.3], 0.2), { ...disc(center, 0.12), phase: 'glia' }]
      const cell = solveCell({ ...twoSizes, resolution: 16, shapes }, [])
      return finish(microModel(input('A1', [mm, mm], [9, 9]), cell, { repeat: [2, 2], prepared: false, factor: 1 }))
    }
    const [m, moved] = [of([0.7, 0.7]), of([0.75, 0.7])]
    const from = { u: m.initial(), layout: m.layout }
    expect(of([0.7, 0.7]).adopt(from)).toEqual(from.u)
    expect(moved.size).toBe(m.size)
    expect(moved.adopt(from)).toBeUndefined()
  })

  it('names the phase that lies across the border of the cell', () => {
    const shapes = [disc([0.5, 0.5], 0.25), { ...disc([0, 0], 0.15), phase: 'glia' }]
    const cell = solveCell({ ...twoSizes, resolution: 16, shapes }, [])
    const setup = { repeat: [2, 2], prepared: false, factor: 1 }
    expect(() => finish(microModel(input('A1', [mm, mm], [9, 9]), cell, setup))).toThrow(
      /^cell.shapes: the phase glia touches the boundary of the cell/,
    )
  })

  it('of unequal cells is met with order 2: their error does not stay', { timeout: 300_000 }, () => {
    const { scenario: given } = loadScenario('tissue-convergence-centred')
    const corners = [0.15, 0.85].flatMap((x) => [0.15, 0.85].map((y) => disc([x, y], 0.1)))
    const { rows, orders } = finish(
      compare(
        parseScenario({
          ...given,
          cell: { ...given.cell, shapes: [disc([0.5, 0.5], 0.24), ...corners] },
          time: { ...given.time, frames: 10 },
        }),
        [2, 4],
      ),
    )
    expect(rows).toHaveLength(2)
    expect(orders.LinfL2_corrected).toBeGreaterThan(1.7)
  })

  it('of cells between layers of glia is met by both, gradients with order 1', { timeout: 300_000 }, () => {
    const { scenario: given } = loadScenario('tissue-convergence-centred')
    const { G_Na, G_K, G_Cl, Imax1 } = given.parameters
    const law = { glia_G_Na: G_Na, glia_G_K: 3 * Number(G_K), glia_G_Cl: G_Cl, glia_pump: Imax1 }
    const layer = { shape: 'layer', phase: 'glia', axis: 'y', center: 0, thickness: 0.2 }
    const { orders } = finish(
      compare(
        parseScenario({
          ...given,
          cell: { ...given.cell, shapes: [layer, disc([0.5, 0.5], 0.28)] },
          parameters: { ...given.parameters, ...law, glia_Na: 50, glia_K: 100, glia_Cl: 150 },
          macro: { dimension: 1, size: [1e-3], nodes: [65] },
          time: { ...given.time, frames: 5 },
        }),
        [2, 4],
      ),
    )
    expect(orders.LinfL2_corrected).toBeGreaterThan(1.6)
    expect(orders.L2grad_corrected).toBeGreaterThan(0.9)
  })
})

const shapesOf = ({ cell: { size: _, ...shape } }: Scenario) => shape

describe('the clamp', () => {
  it('is held over every kind of cells', () => {
    const { scenario: own } = loadScenario('tissue-two-sizes')
    const cell = solveCell({ ...shapesOf(own), resolution: 16 }, [
      { kind: 'perforated', phase: 'extracellular' },
      { kind: 'perforated', phase: 'intracellular' },
    ])
    const given = familyInput(own)
    const u = macroModel(given as never, cell).initial()
    const { traces, marks } = drain(tissueCurve({ name: 'isochronal', node: 0 }, given as never, cell, { t: 0, u }))
    expect(traces.map(({ name }) => name).filter((name) => /kind 2/.test(name)).length).toBe(2)
    expect(traces.length).toBe(4)
    expect(marks.map(({ label }) => label)).toEqual(['V', 'V_2'])
    // Smaller cells have more membrane per volume, so that a minute leaves less of their current.
    expect(traces[3].y.some((v, i) => Math.abs(v - traces[1].y[i]) > 1e-3 * Math.abs(v))).toBe(true)
  })
})

describe('coefficients by hand', () => {
  it('say that they leave glia out', () => {
    const { scenario: own } = loadScenario('tissue-neurons-glia')
    const by = { ...own, parameters: { ...own.parameters, override: true } }
    const cell = solveCell({ ...shapesOf(own), resolution: 16 }, [])
    const { notices } = macroModel(familyInput(by) as never, cell)
    expect(notices.some(({ message }) => /glia takes no part: coefficients entered by hand/.test(message))).toBe(true)
  })
})
