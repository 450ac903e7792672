/**
 * What every model family owes the house, shown on each of its built-in scenarios: the Jacobian is the derivative of
 * F, the initial state satisfies the algebraic rows, contents change by exactly what flows in, fields and observables
 * are what the description says, states of the same layout are interchangeable, and the parameters are well described.
 */
import { describe, expect, it } from 'vitest'
import type { Model, ModelFamily } from '../../src/models/family.ts'
import { familyNamed } from '../../src/models/index.ts'
import { makeConsistent } from '../../src/numerics/steps.ts'
import { checkValue } from '../../src/parameter.ts'
import { CellCache, solveCell } from '../../src/simulation/cells.ts'
import { familyInput, type Scenario } from '../../src/simulation/scenario.ts'

const cells = new CellCache()

function build(scenario: Scenario): Model {
  const solving = solveCell(scenario, cells)
  let next = solving.next()
  while (!next.done) next = solving.next()
  return familyNamed(scenario.family).macro(familyInput(scenario), next.value)
}

export function familyContract(family: ModelFamily, scenarios: readonly { name: string; scenario: Scenario }[]): void {
  const { name } = family
  it('has an opening scenario', () => {
    expect(scenarios.map((s) => s.name)).toContain(`${name}-opening`)
  })

  it('describes its parameters: defaults allowed, names unique, sources given', () => {
    const all = [...family.parameters, ...family.experiments.flatMap((e) => e.parameters)]
    for (const p of all) {
      expect(checkValue(p, p.value), p.name).toBeUndefined()
      expect(p.source.length, p.name).toBeGreaterThan(3)
      expect(p.symbol.length, p.name).toBeGreaterThan(0)
    }
    const names = family.parameters.map((p) => p.name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('marks in its equations every term that a parameter refers to', () => {
    const marked = new Set<string>()
    const chosen = scenarios.map(({ scenario }) => scenario.parameters)
    const further = scenarios.flatMap(({ scenario }) => build(scenario).further ?? [])
    for (const { equations, of } of Object.values(family.classes))
      for (const e of [equations, further, ...chosen.map((p) => of?.(p) ?? [])].flat())
        for (const m of e.tex.matchAll(/\\term\{([\w-]+)\}/g)) marked.add(m[1])
    for (const p of family.parameters) for (const term of p.terms ?? []) expect(marked, p.name).toContain(term)
  })

  it('says whether its models have an energy, and in which dimensions it computes', () => {
    for (const { scenario } of scenarios) {
      expect(build(scenario).observables.some(({ group }) => group === 'energy')).toBe(family.energy === true)
      expect(family.dimensions ?? [1, 2, 3]).toContain(scenario.macro.dimension)
    }
  })

  describe.each(scenarios.map((s) => [s.name, s.scenario] as const))('%s', (_, scenario) => {
    const model = build(scenario)
    const until = model.breakpoints[0] ?? scenario.time.end
    model.enter(0, until)
    const u = model.initial()
    const wave = (k: number, q = 12.9898) => model.scale[k] * Math.sin(q * (k + 1))
    const disturbed = u.map((v, k) => v + 0.05 * wave(k))

    it('has the Jacobian that finite differences give', () => {
      const linear = model.linearise(0, disturbed)
      const x = disturbed.map((_, k) => wave(k, 78.233))
      const jx = new Float64Array(model.size)
      linear.apply(x, jx)
      const plus = new Float64Array(model.size)
      const minus = new Float64Array(model.size)
      const e = 1e-6
      model.residual(
        0,
        disturbed.map((v, k) => v + e * x[k]),
        plus,
      )
      model.residual(
        0,
        disturbed.map((v, k) => v - e * x[k]),
        minus,
      )
      let size = 0
      let error = 0
      // Rows have different units: compare each with its own typical size through the mass and scale.
      for (let k = 0; k < model.size; k++) {
        if (model.mass[k] === 0) continue
        const unit = model.mass[k] * model.scale[k]
        size = Math.max(size, Math.abs(jx[k]) / unit)
        error = Math.max(error, Math.abs(jx[k] - (plus[k] - minus[k]) / (2 * e)) / unit)
      }
      // A wall that nothing passes has no derivative at all.
      expect(error).toBeLessThanOrEqual(1e-7 * size)
    })

    it('starts with the algebraic rows satisfied', () => {
      const state = Float64Array.from(u)
      const settle = makeConsistent(model, 0, state, 1e-6)
      while (!settle.next().done);
      const before = new Float64Array(model.size)
      const after = new Float64Array(model.size)
      model.residual(0, disturbed, before)
      model.residual(0, state, after)
      let largest = 0
      let left = 0
      for (let k = 0; k < model.size; k++) {
        if (model.mass[k] !== 0) continue
        largest = Math.max(largest, Math.abs(before[k]))
        left = Math.max(left, Math.abs(after[k]))
      }
      expect(left).toBeLessThanOrEqual(1e-8 * largest)
    })

    it('changes its contents by exactly what its rates say', () => {
      const f = new Float64Array(model.size)
      const rates = new Float64Array(model.rateCount)
      model.residual(0, disturbed, f)
      model.rates(0, disturbed, rates)
      // Contents are linear in the state: take a step that is exactly representable and large enough to measure.
      const step = disturbed.map((_, k) => (model.mass[k] === 0 ? 0 : f[k] / model.mass[k]))
      const largest = step.reduce((m, v, k) => Math.max(m, Math.abs(v) / model.scale[k]), 0)
      const h = largest > 0 ? 1 / largest : 1
      const a = model.contents(disturbed)
      const b = model.contents(disturbed.map((v, k) => v + h * step[k]))
      // The first balances (whole-tissue contents) close whatever the algebraic unknowns are.
      for (let r = 0; r < Math.min(2, model.rateCount); r++)
        expect(Math.abs((b[r] - a[r]) / h - rates[r])).toBeLessThanOrEqual((1e-9 * Math.abs(a[r])) / h)
    })

    it('is of a class that the family describes', () => {
      expect(Object.keys(family.classes)).toContain(model.modelClass)
    })

    it('has two electrodes where the family says so', () => {
      expect(model.port?.(0, u) !== undefined).toBe(family.ports?.includes(scenario.experiment.name) ?? false)
    })

    it('samples as many fields and observables as it describes', () => {
      const nodes = scenario.macro.nodes.reduce((a, b) => a * b, 1)
      const fields = model.sample(0, u)
      expect(fields.map((x) => x.length)).toEqual(model.fields.map(() => nodes))
      const seen = model.observe(0, u, new Float64Array(model.rateCount), model.contents(u))
      expect(seen).toHaveLength(model.observables.length)
      for (const [k, o] of model.observables.entries()) if (o.group === 'budget') expect(seen[k], o.name).toBe(0)
      expect(model.adopt({ u, layout: model.layout, macro: model.macro })).toEqual(u)
    })
  })
}
