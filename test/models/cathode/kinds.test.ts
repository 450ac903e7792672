/** Kinds of particles in one period: a filling each, against the resolved cell; and those that stay out. */
import { describe, expect, it } from 'vitest'
import type { CellResult } from '../../../src/cell/cell.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { carryKinds, fillingsOf, partsOf } from '../../../src/models/cathode/homogenized/carry.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import type { CathodeModel } from '../../../src/models/cathode/homogenized/model.ts'
import { GLOBAL_COUNT } from '../../../src/models/cathode/layout.ts'
import { microModel } from '../../../src/models/cathode/resolved/micro.ts'
import { inKindsOf, particleKinds } from '../../../src/models/cathode/structure/kinds.ts'
import type { Checkpoint } from '../../../src/simulation/frame.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import { advance, begin } from './setup.ts'
import { cellOf, inputOf, judge, observed, resolved, type Strip } from './strip.ts'

const bar = (width = 0.12, center = [0.5, 0.5]) => ({ shape: 'bar', phase: 'carbon', axis: 'x', center, width })
const disc = (x: number, y: number, radius: number) => ({ shape: 'ball', phase: 'active', center: [x, y], radius })
/** A reaction so slow that the fillings differ by more than a tenth: with one for both the error would stay. */
const SLOW = { k0: 0.05 }
/** Its own mirror image along both axes. */
const BIMODAL = [bar(), disc(0.5, 0.5, 0.24), disc(0, 0.5, 0.12)]

const kindsIn = (cell: CellResult) => particleKinds(cell, cell.phases.active.fraction, 1)
const model = (strip: Strip): CathodeModel => {
  const input = inputOf(strip, 8)
  return macroModel({ ...input, macro: { dimension: 1, size: [1e-4], nodes: [13] } }, strip.cell)
}

describe('kinds of particles', () => {
  it('are told apart by their surface per volume where it reacts, and sum to the whole', () => {
    const kinds = kindsIn(cellOf(32, BIMODAL))
    expect(kinds).toHaveLength(2)
    const [large, small] = kinds
    // Half of the disc of radius R stands above the bar of half width w: its arc is R acos(w/R), with 2 acos(w/R) R in all.
    const arc = (R: number) => 2 * R * (Math.PI - 2 * Math.asin(0.06 / R))
    expect(large.q / small.q).toBeCloseTo(4, 0)
    expect(large.a / (large.a + small.a)).toBeCloseTo(arc(0.24) / (arc(0.24) + arc(0.12)), 1)
    expect(large.a + small.a).toBeCloseTo(1, 12)
  })

  it('are one where all particles are alike', () => {
    const alike = cellOf(32, [bar(), disc(0.25, 0.5, 0.17), disc(0.75, 0.5, 0.17)])
    expect(alike.phases.active.components).toBe(2)
    expect(kindsIn(alike)).toEqual([expect.objectContaining({ q: alike.phases.active.fraction, a: 1 })])
    expect(model({ cell: alike }).layout).toMatch(/^cathode\/\d+x1\/1$/)
  })
})

describe('kinds of another mesh of the same cell', () => {
  const quarters = [disc(0.5, 0.5, 0.35), bar(0.1), { ...bar(0.1), axis: 'y' }]

  it('are those that the resolved cell shows, whatever its own mesh tells apart', () => {
    const [fine, coarse] = [cellOf(32, quarters), cellOf(16, quarters)]
    expect([kindsIn(fine), kindsIn(coarse)].map((kinds) => kinds.length)).toEqual([1, 2])
    const [one] = inKindsOf(coarse, kindsIn(coarse), [1])
    expect([...one.pieces].sort()).toEqual([0, 1, 2, 3])
    expect(one.q).toBeCloseTo(coarse.phases.active.fraction, 12)
    expect(one.a).toBeCloseTo(1, 12)
    const more = { carbon_permeable: true }
    const strip = { cell: cellOf(16, quarters, more), more }
    const homogenized = model({ cell: cellOf(32, quarters, more), more })
    const from = { u: homogenized.initial(), macro: homogenized.macro, layout: homogenized.layout }
    const m = finish(
      microModel(inputOf(strip, 8), strip.cell, {
        repeat: [8, 1],
        prepared: true,
        factor: 0.5,
        from,
        layout: from.layout,
      }),
    )
    expect(m.fields.map(({ name }) => name)).toEqual(homogenized.fields.map(({ name }) => name))
    expect(m.observables).toHaveLength(homogenized.observables.length)
  })

  it('hold the pieces in the order of their size', () => {
    const cell = cellOf(32, BIMODAL)
    const kinds = kindsIn(cell)
    const apart = inKindsOf(cell, kinds, [0.8, 0.1, 0.1])
    expect(apart[0].pieces).toEqual(kinds[0].pieces)
    expect(apart.flatMap(({ pieces }) => pieces).sort()).toEqual([0, 1])
  })
})

describe('particles without contact to carbon', () => {
  const idle = cellOf(32, [bar(0.1, [0.5, 0.3]), disc(0.5, 0.3, 0.2), disc(0.5, 0.75, 0.1)])

  it('stay out, and this is said', () => {
    const kinds = kindsIn(idle)
    expect(kinds.map(({ a }) => a > 0)).toEqual([true, false])
    const said = model({ cell: idle }).notices.map(({ message }) => message)
    expect(said).toContainEqual(expect.stringMatching(/^1 of 2 pieces .* 19\.\d % of it, stay out of the reaction/))
  })

  it('stay out too where they touch carbon that leads nowhere', () => {
    const flake = [bar(0.1, [0.5, 0.3]), disc(0.5, 0.3, 0.15), disc(0.5, 0.75, 0.1), disc(0.62, 0.75, 0.05)]
    const cell = cellOf(32, [...flake.slice(0, 3), { ...flake[3], phase: 'carbon' }])
    expect(cell.phases.active.contacts?.every((areas) => areas.carbon > 0)).toBe(true)
    expect(kindsIn(cell).map(({ a }) => a > 0)).toEqual([true, false])
  })

  it('are refused where there are no others', () => {
    const none = cellOf(32, [bar(0.1, [0.5, 0.2]), disc(0.5, 0.7, 0.2)])
    expect(() => model({ cell: none })).toThrow(/no electron comes to the active material/)
  })

  it('leave no error that stays against the resolved cell', () => {
    const cell = cellOf(16, [bar(0.12, [0.5, 0.3]), disc(0.5, 0.3, 0.24), disc(0.5, 0.78, 0.14)])
    const [coarse, fine] = [2, 4].map((N) => judge({ cell, more: SLOW }, N, 150, 4, 1e-4))
    for (const name of ['voltage', 'salt_corrected', 'phi_corrected', 'psi_corrected'])
      expect(Math.log2(coarse[name] / fine[name]), name).toBeGreaterThan(1.8)
  })

  it('keep their filling in the resolved cell, the judge', () => {
    const m = resolved({ cell: cellOf(16, [bar(0.12, [0.5, 0.3]), disc(0.5, 0.3, 0.2), disc(0.5, 0.75, 0.12)]) }, 2)
    const run = begin(m as never, 1e-4)
    advance(run, 300)
    const [live, out] = m.fillings(run.state.u)
    expect(live).toBeGreaterThan(0.15)
    expect(Math.abs(out - 0.1)).toBeLessThan(1e-6)
    expect(m.sample(0, run.state.u)).toHaveLength(m.fields.length)
    expect(m.fields.map(({ name }) => name)).toContain('y_2')
    expect(m.fields.map(({ name }) => name)).not.toContain('eta_2')
  })
})

describe('more sizes than kinds', () => {
  // Nine discs on a bar, each a tenth larger than the one before.
  const sizes = Array.from({ length: 9 }, (_, k) => 0.035 * 1.1 ** k)
  const place = (k: number) => 0.06 + sizes.slice(0, k).reduce((x, r, j) => x + r + sizes[j + 1] + 0.012, 0) * 0.78
  const many = cellOf(128, [bar(0.03), ...sizes.map((r, k) => disc(place(k), 0.5, 0.78 * r))])
  const kinds = kindsIn(many)

  it('share fillings among neighbours, which is said and counts against the model', () => {
    expect(many.phases.active.components).toBe(9)
    expect(kinds.length).toBeLessThanOrEqual(6)
    const m = model({ cell: many })
    expect(m.notices.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Particles that differ by up to [\d.]+ % in surface per volume share one filling/),
    )
    for (const { message } of m.notices) expect(message.length).toBeLessThanOrEqual(300)
    const numbers = m.validity(begin(m).state.u, 1, 1e-6).numbers
    const spread = Math.max(...kinds.map((kind) => kind.spread))
    expect(numbers.find(({ name }) => name === 'unequal')!.value).toBeCloseTo(spread, 12)
  })

  it('are no fault where every size has its kind', () => {
    const m = model({ cell: cellOf(32, BIMODAL) })
    expect(m.validity(begin(m).state.u, 1, 1e-6).numbers.map(({ name }) => name)).not.toContain('unequal')
  })
})

describe('a cathode with two kinds', () => {
  const two = model({ cell: cellOf(32, BIMODAL), more: SLOW })
  const run = begin(two, 1e-5)

  it('has the derivatives that differences give', () => {
    const u = two.initial().map((v, k) => v + 0.03 * two.scale[k] * Math.sin(12.9 * (k + 1)))
    const x = u.map((_, k) => two.scale[k] * Math.sin(78.2 * (k + 1)))
    const [jx, plus, minus] = [0, 0, 0].map(() => new Float64Array(two.size))
    two.linearise(0, u).apply(x, jx)
    const e = 1e-6
    const at = (sign: number) => u.map((v, k) => v + sign * e * x[k])
    two.residual(0, at(1), plus)
    two.residual(0, at(-1), minus)
    const size = Math.max(...jx.map(Math.abs))
    jx.forEach((v, k) => {
      expect(Math.abs(v - (plus[k] - minus[k]) / (2 * e)), `row ${k}`).toBeLessThan(1e-7 * size)
    })
  })

  it('fills the small ones first, and keeps lithium and salt to round-off', () => {
    advance(run, 100)
    const { u, integrals } = run.state
    const [large, small] = two.fillings(u)
    expect(small - large).toBeGreaterThan(0.1)
    expect(observed(two, u, 'filling_2')).toBe(small)
    const seen = two.observe(100, u, integrals, run.baseline)
    for (const name of ['budget_salt', 'budget_lithium'])
      expect(Math.abs(seen[two.observables.findIndex((o) => o.name === name)])).toBeLessThan(1e-12)
  })

  it('shows a field for each, and the mean of both as the filling of the box', () => {
    expect(two.fields.map(({ name }) => name)).toEqual([
      'c',
      'y',
      'phi',
      'psi',
      'rate',
      'eta',
      'charge',
      'y_2',
      'eta_2',
    ])
    expect(two.sample(0, run.state.u)).toHaveLength(two.fields.length)
    expect(two.modelClass).toBe('independent-kinds')
    expect(two.notices.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/of 2 kinds .*: 1: 1 \(80 %, .* 2: 1 \(20 %/),
    )
  })

  it('takes over the state of another number of kinds by volume, node by node', () => {
    const { q } = two.setting.cathode
    const one = model({ cell: cellOf(32, [bar(), disc(0.5, 0.5, 0.24)]) })
    const [u, parts] = [run.state.u, partsOf(two.setting.cathode.kinds)]
    const merged = one.adopt({ u, layout: two.layout })!
    const [mean] = fillingsOf(merged, one.nodes, 1)
    const [large, small] = fillingsOf(u, two.nodes, 2)
    for (const p of one.hosts[0].reactive) expect(mean[p]).toBeCloseTo(parts[0] * large[p] + parts[1] * small[p], 6)
    expect(q).toBeCloseTo(two.setting.cathode.kinds[0].q + two.setting.cathode.kinds[1].q, 12)
    const back = two.adopt({ u: merged, layout: one.layout })!
    for (const y of fillingsOf(back, two.nodes, 2)) expect(y).toEqual(mean)
    expect(one.carriedOver({ layout: two.layout })).toMatch(/makes one kind of particles of 2: .* by volume/)
    expect(two.carriedOver({ layout: two.layout })).toBeUndefined()
    expect(two.adopt({ u, layout: 'cathode/14x1/1' })).toBeUndefined()
  })
})

it('fillings carried by volume keep the lithium', () => {
  const before = [0.5, 0.2, 0.3]
  const u = new Float64Array(6 * 2 + GLOBAL_COUNT)
  fillingsOf(u, 2, 3).forEach((y, k) => void y.fill(0.2 + 0.3 * k))
  const content = (v: Float64Array, parts: readonly number[]) =>
    fillingsOf(v, 2, parts.length).reduce((sum, y, k) => sum + parts[k] * y[0], 0)
  for (const now of [[1], [0.6, 0.4], [0.1, 0.2, 0.3, 0.4]]) {
    const carried = carryKinds(u, 2, before, now)
    expect(carried).toHaveLength(u.length + 2 * (now.length - 3))
    expect(content(carried, now)).toBeCloseTo(content(u, before), 12)
  }
})

it('converges to the resolved cell with order two', () => {
  const strip = { cell: cellOf(16, BIMODAL), more: SLOW }
  const [coarse, fine] = [2, 4].map((N) => judge(strip, N, 150, 4, 1e-4))
  for (const name of ['voltage', 'filling', 'salt_corrected', 'phi_corrected', 'psi_corrected'])
    expect(Math.log2(coarse[name] / fine[name]), name).toBeGreaterThan(1.8)
})

describe('large and small particles', () => {
  const { scenario } = loadScenario('cathode-bimodal')
  /** Fillings half way through, large and small. */
  function halfWay(current: number): number[] {
    const values = { ...scenario.experiment.values, current }
    const parsed = parseScenario({
      ...scenario,
      cell: { ...scenario.cell, resolution: 32 },
      experiment: { ...scenario.experiment, values },
    })
    for (const event of simulate(parsed))
      if (event.kind === 'model') names.push(...event.model.observables.map(({ name }) => name))
      else if (event.kind === 'frame') {
        const at = (name: string) => event.frame.observables[names.indexOf(name)]
        if (at('filling') > 0.5) return [at('filling_1'), at('filling_2')]
      }
    throw new Error('it does not fill')
  }
  const names: string[] = []

  it('fill at different pace at a high current, and alike at a low one', () => {
    const [fast, slow, slower] = [200, 20, 2].map(halfWay).map(([large, small]) => small - large)
    expect(fast).toBeGreaterThan(0.15)
    expect(slow).toBeLessThan(fast / 5)
    // Close to rest the difference goes with the current.
    expect(slow / slower).toBeGreaterThan(8)
    expect(slow / slower).toBeLessThan(12)
  })
})

it('a run goes on when particles of two sizes become one, and says how', () => {
  const { scenario } = loadScenario('cathode-bimodal')
  const cell = { ...scenario.cell, resolution: 32 }
  const run = simulate(parseScenario({ ...scenario, cell }))
  let from: Checkpoint | undefined
  for (const event of run)
    if (event.kind === 'frame') {
      from = event.frame.checkpoint
      if (event.frame.index === 3) break
    }
  const [large, , carbon] = scenario.cell.shapes
  const alike = parseScenario({ ...scenario, cell: { ...cell, shapes: [large, carbon] } })
  const said: string[] = []
  for (const event of simulate(alike, { from })) {
    if (event.kind === 'notice') said.push(event.notice.message)
    if (event.kind !== 'frame') continue
    expect(event.frame.t).toBe(from!.t)
    break
  }
  expect(said).toContainEqual(expect.stringMatching(/makes one kind of particles of 2/))
})
