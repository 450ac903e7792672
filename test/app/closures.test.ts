/** What the page makes of a comparison of closures: words, plot, points of the current-voltage curve; and the notes. */
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { resolvedCurrents } from '../../src/app/charts/resolvedCurrent.ts'
import { presets } from '../../src/app/ground/presets.ts'
import { proofChart } from '../../src/app/judge/proofChart.ts'
import type { ComparisonSeries } from '../../src/app/store/lab.ts'
import { measured, proofOf, USUAL } from '../../src/app/store/proof.ts'
import { FARADAY } from '../../src/models/constants.ts'
import type { ComparisonRow } from '../../src/models/family.ts'
import { families } from '../../src/models/index.ts'
import { orders } from '../../src/simulation/orders.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'

const duel = presets().find(({ name }) => name === 'porous-closure-duel')!.scenario
const proof = proofOf(duel)!

/** Errors of the duel (section 4.1 of the theory), rounded. */
const rows: ComparisonRow[] = [
  { N: 4, seconds: 1, errors: { flux_perforated: 2.0e-3, flux_weak2013: 0.28, flux_lteDM: 9.0e-3, L2c: 1.2e-2 } },
  { N: 8, seconds: 1, errors: { flux_perforated: 5.0e-4, flux_weak2013: 0.28, flux_lteDM: 1.1e-2, L2c: 6e-3 } },
].map((row, i) => ({
  ...row,
  errors: { ...row.errors, L2c_corrected: 1e-3 / 4 ** i },
  quantities: { J_1: 1.0246, J_2: -0.104 },
}))

const say = (r: ComparisonRow[], mirror = true) =>
  proof.explain({ rows: r, orders: orders(r), mirror, prepared: true }).join(' ')
const series = (change: Partial<Scenario> = {}, r = rows): ComparisonSeries => ({
  id: 1,
  label: 'duel',
  scenario: { ...duel, ...change },
  rows: r,
})

describe('the words', () => {
  it('name the closure that converges, its order, and what the others miss', () => {
    const text = say(rows)
    expect(text).toMatch(/“perforated” converges to the resolved flux: order 2\.00, 0\.05\s% off/)
    expect(text).toMatch(/fixed amount.*weak2013 28\s%, lteDM 1\.1\s%/)
    expect(text).toMatch(/concentrations converge with order 1\.00, with correctors 2\.00/)
    expect(text).toMatch(/Resolved with N = 8: J₁ = 1\.0246, J₂ = −0\.104 mol/)
  })

  it('claim no order of one row, but tell the resolved fluxes', () => {
    expect(say(rows.slice(0, 1))).toMatch(/^One N gives a point; the order needs a second\. Resolved with N = 4/)
    expect(say([])).toBe('')
  })

  it('know a closed wall, where the truth is no flux at all', () => {
    const closed = rows.map((row) => ({ ...row, errors: { flux_perforated: 0, flux_weak2013: 1 } }))
    expect(say(closed)).toMatch(/“perforated” is the resolved flux, up to round-off\. .*weak2013 100\s%/)
  })

  it('say what the second order gains, what stops it, and where it says nothing', () => {
    const measured = (second: number, layers: number, total: number) =>
      rows.map((row) => {
        const fall = (order: number) => row.N ** -order
        const more = {
          L2c_second: fall(total) / 100,
          fluctuation_c: fall(1),
          fluctuation_c_corrected: fall(2),
          fluctuation_c_second: fall(second),
          layers_c_second: fall(layers),
        }
        return { ...row, errors: { ...row.errors, ...more } }
      })
    const all = say(measured(3, 2.5, 2))
    expect(all).toMatch(/middle half: order 1\.00, with s u₁ 2\.00, with s² u₂ 3\.00\./)
    expect(all).toMatch(/stops at 2\.50: layers at the electrodes/)
    expect(all).toMatch(/keeps order 2\.00: its smooth part/)
    expect(say(measured(3, 3, 3))).not.toMatch(/stops at|keeps order/)
    expect(say(measured(-2, 1, 2))).not.toMatch(/middle half/)
    const worse = measured(3, 2.5, 2).map((row) => ({ ...row, errors: { ...row.errors, L2c_second: 1e3 } }))
    expect(say(worse)).toMatch(/layers of charge are thinner than these cells/)
    expect(say(worse)).not.toMatch(/middle half/)
  })

  it('say when nothing converges yet, and when layers leave order one', () => {
    const with_ = (order: number) =>
      [4, 8].map((N) => ({ N, seconds: 1, errors: { half_charge_perforated: N ** -order }, quantities: {} }))
    expect(say(with_(0.1))).toMatch(/does not converge yet.*larger N/)
    expect(say(with_(1), false)).toMatch(/resolved charge: order 1\.00.*boundary layers at the electrodes/)
    expect(say(with_(1))).not.toMatch(/boundary layers/)
  })

  it('do not tell apart what the cell does not', () => {
    const same = rows.map((row) => ({ ...row, errors: { ...row.errors, flux_split: row.errors.flux_perforated! } }))
    expect(say(same)).toMatch(/In this cell “split” cannot be told from it yet/)
  })
})

describe('the plot', () => {
  it('draws the fluxes of the closures that there are, with slope two through the true one', () => {
    const chart = proofChart(proof, [series()], USUAL, ['#1', '#2'])!
    expect(chart.x.title).toBe('s = ℓ/L = 1/N')
    expect(chart.lines.map((l) => l.name)).toEqual([
      'flux, perforated, order 2.00',
      'flux, weak2013, order 0.00',
      'flux, lteDM, order −0.29',
      'slope 2',
    ])
    const guide = chart.lines.at(-1)!
    expect(guide.y[0]).toBeCloseTo(2e-3)
    expect(guide.y[0] / guide.y[1]).toBeCloseTo(4)
  })

  it('offers what was measured, and resolved fluxes are no errors', () => {
    const names = measured(proof, rows).map(({ name }) => name)
    expect(names).toEqual(['flux_perforated', 'flux_weak2013', 'flux_lteDM', 'L2c', 'L2c_corrected'])
  })
})

describe('points of the resolved model on the current-voltage curve', () => {
  const unit = { x: 1e-3, y: 1 }
  const withClosure = (closure: string, voltage: number): Partial<Scenario> => ({
    parameters: { ...duel.parameters, closure },
    experiment: { ...duel.experiment, values: { ...duel.experiment.values, voltage } },
  })

  it('are the currents of the finest N, at the voltages that were compared, whatever the closure', () => {
    const [line, ...more] = resolvedCurrents(
      [series(withClosure('split', 0.01)), series(withClosure('perforated', -0.02))],
      duel,
      unit,
    )
    expect(more).toEqual([])
    expect(line).toMatchObject({ name: 'resolved, N = 8', x: [10, -20], points: true })
    expect(line!.y[0]).toBeCloseTo(FARADAY * (1.0246 + 0.104), 6)
  })

  it('are none where another medium was compared, or no flux was found', () => {
    expect(resolvedCurrents([series({ cell: { ...duel.cell, size: 1 } })], duel, unit)).toEqual([])
    const charging = rows.map((row) => ({ ...row, errors: { half_charge_perforated: 1 }, quantities: {} }))
    expect(resolvedCurrents([series({}, charging)], duel, unit)).toEqual([])
  })
})

it('every formula of the notes can be typeset', async () => {
  const loaded = await Promise.all(families.map((family) => family.notes?.()))
  const notes = loaded.flatMap((one) => one?.entries ?? [])
  expect(notes.length).toBeGreaterThan(5)
  for (const { printed, used, why } of notes) {
    const inline = why.split('$')
    expect(inline.length % 2, why).toBe(1)
    for (const tex of [printed, used, ...inline.filter((_, i) => i % 2 === 1)])
      expect(() => katex.renderToString(tex, { throwOnError: true, strict: 'ignore' }), tex).not.toThrow()
  }
})

it('every family that has a resolved model says what comparing with it means', () => {
  for (const { name, resolved, comparison } of families) {
    expect(comparison !== undefined, name).toBe(resolved !== undefined)
    if (!comparison) continue
    const names = comparison.norms.map((norm) => norm.name)
    expect(new Set(names).size).toBe(names.length)
    expect(comparison.norms.some((norm) => norm.usual)).toBe(true)
    for (const through of comparison.guide.through) expect(names).toContain(through)
  }
})

it('scenarios of a family open with its opening one', () => {
  for (const { name } of families)
    expect(presets().find(({ scenario }) => scenario.family === name)?.name).toBe(`${name}-opening`)
})
