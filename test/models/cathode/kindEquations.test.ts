/** The equations of several kinds of particles: derivatives, alike kinds are one, the second law, impedance. */
import { describe, expect, it } from 'vitest'
import { dissipationOf, energyOf } from '../../../src/models/cathode/equations/energy.ts'
import { impedance } from '../../../src/simulation/impedance.ts'
import { advance, begin, type CellOptions, cellOf, current, held, TEACHING, TIS2, voltage } from './setup.ts'
import { observed } from './strip.ts'

/** Kinds with these parts of the material of a preset, and of its area. */
const split = ({ q, a }: { q: number; a: number }, ...parts: [q: number, a: number][]) =>
  parts.map(([of, on]) => ({ q: of * q, a: on * a }))
const small = { cells: 12, separatorCells: 4 }

describe('derivatives of several kinds', () => {
  const kinds = split(TEACHING, [0.5, 0.2], [0.3, 0.8], [0.2, 0])
  const values = { noise: 0.1, size_spread: 0.1, Omega: 1.5 }
  it.each<[string, CellOptions]>([
    ['E1', { values: { ...values, electrolyte: 'E1' }, structure: { kinds } }],
    ['E2 in the plane', { values: { ...values, electrolyte: 'E2' }, structure: { kinds }, rows: 3, height: 1e-4 }],
    ['E4, pumped', { values: { ...values, electrolyte: 'E4', flow: 'pumped' }, structure: { kinds } }],
    [
      'particles beside a solid that is joined',
      { values: { ...values, solid: 'fickian' }, structure: { kinds, Ms: 0.2 } },
    ],
    [
      'the same with gradient energy',
      {
        values: { ...values, Omega: 3, solid: 'thermodynamic', gradient: 'width', front_width: 0.4 },
        structure: { kinds, Ms: 0.2 },
      },
    ],
  ])('%s', (_, options) => {
    const model = cellOf(TEACHING, { ...small, ...options, steps: [held(3.3)] })
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

describe('kinds that are alike', () => {
  const halves = split(TIS2, [0.3, 0.3], [0.7, 0.7])
  const pair = (options: CellOptions) =>
    [undefined, halves].map((kinds) => cellOf(TIS2, { ...small, ...options, structure: { kinds } }))

  it.each(['E1', 'E3'])('%s: run as one', (electrolyte) => {
    const values = { electrolyte, salt: electrolyte === 'E3' ? 'polymer' : 'ideal' }
    const runs = pair({ values, steps: [current(8)] }).map((model) => advance(begin(model, 1e-7), 3000))
    const [one, two] = runs.map(({ model, state: { u } }) => [
      model.meanFilling(u),
      model.terminal(u, model.reactionSum(u)),
      energyOf(model, u),
      dissipationOf(model, u),
    ])
    two.forEach((v, k) => void expect(v / one[k]).toBeCloseTo(1, 5))
    expect(one[0]).toBeGreaterThan(0.1)
  })

  it('have its impedance, double layers included', () => {
    const spectra = pair({ values: { y0: 0.5 }, steps: [current(0)], doubleLayer: 0.2 }).map((model) => {
      const measuring = impedance(model, { t: 0, u: begin(model, 1e-10).state.u }, [1e-4, 1e-1, 1e2, 1e5])
      for (;;) {
        const next = measuring.next()
        if (next.done) return next.value
      }
    })
    spectra[1].forEach((z, k) => {
      expect(z.re / spectra[0][k].re).toBeCloseTo(1, 8)
      expect(z.im / spectra[0][k].im).toBeCloseTo(1, 6)
    })
  })
})

describe('kinds that differ', () => {
  const kinds = split(TEACHING, [0.8, 0.4], [0.2, 0.6])
  const values = { Omega: 0, k0: 0.02, noise: 0 }

  it('even out at rest, and lose the free energy that they dissipate', () => {
    const pulse = current(60, { duration: 60 })
    const model = cellOf(TEACHING, { ...small, values, structure: { kinds }, steps: [pulse, current(0)] })
    const run = advance(begin(model, 1e-7), 61)
    const [large, fine] = model.fillings(run.state.u)
    expect(fine - large).toBeGreaterThan(0.02)
    const first = energyOf(model, run.state.u)
    let [t, heat, D] = [61, 0, dissipationOf(model, run.state.u)]
    advance(run, 8000, (now, u) => {
      const next = dissipationOf(model, u)
      expect(next).toBeGreaterThanOrEqual(0)
      heat += ((now - t) * (D + next)) / 2
      ;[t, D] = [now, next]
    })
    expect(heat / (first - energyOf(model, run.state.u))).toBeCloseTo(1, 1)
    const [after, then] = model.fillings(run.state.u)
    expect(Math.abs(then - after)).toBeLessThan((fine - large) / 4)
    for (const name of ['budget_salt', 'budget_lithium'])
      expect(Math.abs(observed(model, run.state.u, name))).toBeLessThan(1e-12)
  })

  it('carry less at the same voltage than the area of all would, once the small ones are full', () => {
    const [one, two] = [undefined, kinds].map((of) =>
      cellOf(TEACHING, { ...small, values, structure: { kinds: of }, steps: [current(60)] }),
    )
    const [even, uneven] = [one, two].map((model) => voltage(advance(begin(model), 200)))
    expect(uneven).toBeLessThan(even)
  })

  it('that stay out keep their filling, whatever passes', () => {
    const out = split(TEACHING, [0.7, 1], [0.3, 0])
    const model = cellOf(TEACHING, { ...small, values, structure: { kinds: out }, steps: [current(60)] })
    const { state } = advance(begin(model), 150)
    const [live, idle] = model.fillings(state.u)
    expect(live).toBeGreaterThan(0.5)
    expect(Math.abs(idle - 0.02)).toBeLessThan(1e-15)
    expect(model.meanFilling(state.u)).toBeCloseTo(0.7 * live + 0.3 * idle, 12)
  })
})
