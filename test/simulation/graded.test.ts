/** Cells that vary along the box: homogenized models against formulas, balances and themselves in more dimensions. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { effectiveTable } from '../../src/models/cathode/structure/table.ts'
import { macroModel } from '../../src/models/porous/macro.ts'
import type { PorousModel } from '../../src/models/porous/model.ts'
import { steadyState } from '../../src/models/porous/steady.ts'
import { closureTable } from '../../src/models/porous/table.ts'
import { solveCell } from '../../src/simulation/cells.ts'
import { compare } from '../../src/simulation/compare.ts'
import type { Frame } from '../../src/simulation/frame.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { sweep } from '../../src/simulation/sweep.ts'

const load = (name: string) => structuredClone(loadScenario(name).scenario) as Scenario & Record<string, unknown>

/** A scenario with other fields, without its resolved model. */
function scenario(name: string, changes: Record<string, unknown>): Scenario {
  const { micro: _, ...base } = load(name)
  return parseScenario({ ...base, ...changes })
}

function lastFrame(of: Scenario): { frame: Frame; names: string[]; notices: string[] } {
  let frame: Frame | undefined
  let names: string[] = []
  let notices: string[] = []
  for (const event of simulate(of)) {
    if (event.kind === 'frame') frame = event.frame
    if (event.kind !== 'model') continue
    names = event.model.observables.map(({ name }) => name)
    notices = event.model.notices.map(({ message }) => message)
  }
  if (!frame) throw new Error('no frame')
  return { frame, names, notices }
}

const observed = ({ frame, names }: ReturnType<typeof lastFrame>, name: string) =>
  frame.observables[names.indexOf(name)]

const ramp = (number: string, from: number, to: number) => ({
  number,
  along: [
    [0, from],
    [1, to],
  ],
})

describe('a porous film', () => {
  const layers = {
    dimension: 2,
    background: 'pore',
    resolution: 32,
    size: 2e-8,
    shapes: [{ shape: 'layer', phase: 'solid', axis: 'y', center: 0.5, thickness: 0.2 }],
  }
  const reservoirs = {
    name: 'reservoirs',
    values: { voltage: 0, c1_left: 0.1, c2_left: 0.1, c1_right: 0.02, c2_right: 0.02 },
  }
  const film = (changes: Record<string, unknown>) =>
    scenario('porous-dilute-film', {
      cell: layers,
      experiment: reservoirs,
      parameters: { D_1: 1e-9, D_2: 1e-9, start: 'uniform' },
      ...changes,
    })
  const steady = (of: Scenario): { model: PorousModel; u: Float64Array } => {
    const model = macroModel(familyInput(of), finish(solveCell(of)))
    return { model, u: steadyState(model, model.initial()).u }
  }

  it('of a laminate that narrows carries the flux of resistors in series, with order two', () => {
    // D* = 1 - w(x): J = D (c_left - c_right) / integral of dx / (1 - w).
    const [a, b] = [0.1, 0.7]
    const errors = [21, 41, 81].map((nodes) => {
      const of = film({
        graded: [ramp('shapes[0].thickness', a, b)],
        macro: { dimension: 1, size: [3e-7], nodes: [nodes] },
      })
      const { model, u } = steady(of)
      const exact = ((1e-9 * 0.08) / 3e-7) * ((b - a) / Math.log((1 - a) / (1 - b)))
      return Math.abs(model.fluxes(u)[0] / exact - 1)
    })
    expect(errors[2]).toBeLessThan(2e-4)
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(1.8)
    expect(Math.log2(errors[1] / errors[2])).toBeGreaterThan(1.8)
  })

  it('of two media is exact where they meet between nodes', () => {
    const of = film({
      graded: [
        {
          number: 'shapes[0].thickness',
          along: [
            [0, 0.2],
            [0.5, 0.2],
            [0.5, 0.6],
            [1, 0.6],
          ],
        },
      ],
      macro: { dimension: 1, size: [3e-7], nodes: [41] },
      parameters: { D_1: 1e-9, D_2: 1e-9, start: 'uniform', lambda2: 1, screening: 'lambda2' },
    })
    const { model, u } = steady(of)
    const exact = (1e-9 * 0.08) / 3e-7 / (0.5 / 0.8 + 0.5 / 0.4)
    expect(Math.abs(model.fluxes(u)[0] / exact - 1)).toBeLessThan(1e-7)
  })

  it('keeps its salt, and charged walls the charge that was given', () => {
    const shown = lastFrame(
      scenario('porous-dilute-film', {
        graded: [ramp('shapes[0].radius', 0.15, 0.4)],
        experiment: { name: 'blocking', values: { voltage: 0.02 } },
        parameters: { fixed_charge: 0.01 },
        time: { end: 2e-5, frames: 5, rtol: 1e-4 },
      }),
    )
    for (const ion of [1, 2]) expect(Math.abs(observed(shown, `budget_${ion}`))).toBeLessThan(1e-12)
    expect(shown.notices.join()).toMatch(/interpolated between 9 cells, within 0\.0\d+ %/)
    const of = film({
      cell: load('porous-dilute-film').cell,
      graded: [ramp('shapes[0].radius', 0.15, 0.4)],
      macro: { dimension: 1, size: [3e-7], nodes: [41] },
    })
    const { net } = macroModel(familyInput(of), finish(solveCell(of))).setting
    const sum = (values: Float64Array) => values.reduce((x, y) => x + y, 0)
    expect(sum(net.walls) / sum(net.volume)).toBeCloseTo(1, 12)
    // The radius, and with it the surface, grows from .15 to .4.
    expect(net.walls[40] / net.walls[0]).toBeCloseTo(0.4 / 0.15, 1)
  })

  it('is the same as a sheet whose rows are alike', () => {
    const changes = { graded: [ramp('shapes[0].radius', 0.15, 0.4)], cell: load('porous-dilute-film').cell }
    const line = steady(
      film({
        ...changes,
        macro: { dimension: 1, size: [3e-7], nodes: [25] },
        parameters: { D_1: 1e-9, D_2: 2e-9, start: 'uniform', screening: 'lambda2', lambda2: 1 },
      }),
    )
    const sheet = steady(
      film({
        ...changes,
        macro: { dimension: 2, size: [3e-7, 1e-7], nodes: [25, 5] },
        parameters: { D_1: 1e-9, D_2: 2e-9, start: 'uniform', screening: 'lambda2', lambda2: 1 },
      }),
    )
    for (const [r, flux] of line.model.fluxes(line.u).entries())
      expect(Math.abs(sheet.model.fluxes(sheet.u)[r] / flux - 1)).toBeLessThan(1e-6)
  })

  it('with the same cell everywhere is the film that does not vary', () => {
    const plain = steady(film({})).model
    const same = steady(film({ graded: [{ number: 'shapes[0].thickness', along: [[0, 0.2]] }] })).model
    for (const name of ['diffusion', 'drift', 'displacement'] as const)
      plain.setting.net.edges[name].forEach((w, k) => {
        expect(Math.abs(same.setting.net.edges[name][k] / w - 1)).toBeLessThan(1e-9)
      })
  })
})

it('a box that repeats itself says where its cells do not', () => {
  const told = (along: [number, number][]) =>
    lastFrame(
      scenario('porous-periodic', {
        graded: [{ number: 'shapes[0].radius', along }],
        time: { ...load('porous-periodic').time, frames: 1, end: 1e-9 },
      }),
    ).notices.join('\n')
  const jump = /repeats itself, and shapes\[0\]\.radius jumps/
  expect(
    told([
      [0, 0.25],
      [1, 0.3],
    ]),
  ).toMatch(jump)
  expect(
    told([
      [0, 0.25],
      [0.5, 0.3],
      [1, 0.25],
    ]),
  ).not.toMatch(jump)
})

describe('the rectifier of varying cells', () => {
  const currents = (charge: number) => {
    const given = load('porous-graded')
    const of = parseScenario({ ...given, parameters: { ...given.parameters, fixed_charge: charge } })
    return finish(sweep(of, [-0.2, 0.2])).rows.map(([current]) => current)
  }

  it('passes more current one way, and only with charged walls', () => {
    const [back, forth] = currents(-2)
    expect(-back / forth).toBeCloseTo(1.35, 2)
    const [left, right] = currents(0)
    expect(Math.abs(left / right + 1)).toBeLessThan(1e-9)
  })
})

describe('a tissue', () => {
  const graded = [ramp('shapes[0].radius', 0.3, 0.46)]
  const time = { end: 20, frames: 5, rtol: 1e-5 }

  it('keeps its ions, and stays at rest where nothing happens', () => {
    const pulse = lastFrame(scenario('tissue-a1-pulse', { graded, time }))
    for (const name of ['budget_Na', 'budget_K', 'budget_Cl', 'neutrality_I', 'neutrality_E'])
      expect(Math.abs(observed(pulse, name))).toBeLessThan(1e-12)
    const still = lastFrame(scenario('tissue-a1-pulse', { graded, time, stimuli: [] }))
    expect(observed(still, 'V_max') - observed(still, 'V_min')).toBeLessThan(1e-9)
    expect(observed(pulse, 'V_max') - observed(pulse, 'V_min')).toBeGreaterThan(1e-4)
  })

  it('is the same as a sheet whose rows are alike', () => {
    const across = [{ ...load('tissue-a1-pulse').stimuli[0], region: { shape: 'everywhere' } }]
    const line = lastFrame(
      scenario('tissue-a1-pulse', {
        graded,
        time,
        stimuli: across,
        macro: { dimension: 1, size: [1e-3], nodes: [33] },
      }),
    )
    const sheet = lastFrame(
      scenario('tissue-a1-pulse', {
        graded,
        time,
        stimuli: across,
        macro: { dimension: 2, size: [1e-3, 1e-4], nodes: [33, 5] },
      }),
    )
    line.frame.fields.forEach((values, k) => {
      const spread = Math.max(...values) - Math.min(...values)
      if (spread < 1e-9 * Math.abs(values[0])) return
      for (let p = 0; p < 33; p++)
        expect(Math.abs(values[p] - sheet.frame.fields[k][p + 66])).toBeLessThan(2e-4 * spread + 1e-12)
    })
  })

  it('in a ball varies along the radius', () => {
    const shown = lastFrame(
      scenario('tissue-c1-lens', {
        graded: [ramp('shapes[0].radius', 0.4, 0.46)],
        parameters: { ...load('tissue-c1-lens').parameters, override: false },
        time: { end: 10, frames: 2, rtol: 1e-4 },
      }),
    )
    expect(Math.abs(observed(shown, 'budget_K'))).toBeLessThan(1e-12)
  })

  it('with coefficients given by hand is refused', () => {
    const of = scenario('tissue-a1-pulse', {
      graded,
      parameters: { ...load('tissue-a1-pulse').parameters, override: true },
    })
    expect(() => lastFrame(of)).toThrow(/graded: got coefficients given by hand.*set override to false/)
  })
})

describe('a cathode', () => {
  const end = (changes: Record<string, unknown>) => lastFrame(scenario('cathode-graded', changes))

  it('keeps salt and lithium, and with the same mass uses more the more lies at the foil', () => {
    const used = [
      [0.417, 0.3],
      [0.36, 0.36],
      [0.3, 0.417],
    ].map(([from, to]) => {
      const shown = end({ graded: [ramp('shapes[0].radius', from, to)] })
      for (const name of ['budget_salt', 'budget_lithium']) expect(Math.abs(observed(shown, name))).toBeLessThan(1e-12)
      const mass = observed(shown, 'capacity') / observed(shown, 'utilisation')
      expect(mass).toBeGreaterThan(30950)
      expect(mass).toBeLessThan(31050)
      return observed(shown, 'utilisation')
    })
    expect(used[0]).toBeCloseTo(0.943, 3)
    expect(used[1]).toBeCloseTo(0.933, 3)
    expect(used[2]).toBeCloseTo(0.894, 3)
  })

  it('is the same as a sheet whose rows are alike', () => {
    const time = { end: 20, frames: 4, rtol: 1e-6 }
    const line = end({ time, macro: { dimension: 1, size: [2e-4], nodes: [31] } })
    const sheet = end({ time, macro: { dimension: 2, size: [2e-4, 1e-4], nodes: [31, 4] } })
    for (const name of ['voltage', 'filling', 'salt_min'])
      expect(Math.abs(observed(line, name) / observed(sheet, name) - 1)).toBeLessThan(1e-6)
  })

  it('with the same cell everywhere is the cathode that does not vary', () => {
    const time = { end: 20, frames: 4, rtol: 1e-6 }
    const plain = end({ time, graded: [] })
    const same = end({ time, graded: [{ number: 'shapes[0].radius', along: [[0, 0.36]] }] })
    for (const name of ['voltage', 'salt_min', 'filling'])
      expect(Math.abs(observed(same, name) / observed(plain, name) - 1)).toBeLessThan(1e-4)
    expect(plain.notices.join()).not.toMatch(/varies/)
  })

  it('is met by the resolved one with order one, with correctors of order two', () => {
    const graded = [ramp('shapes[0].radii[1]', 0.3, 0.46)]
    const { orders } = finish(compare(parseScenario({ ...load('cathode-convergence'), graded }), [4, 8]))
    expect(orders.salt).toBeGreaterThan(0.9)
    expect(orders.salt_corrected).toBeGreaterThan(1.8)
    expect(orders.phi_corrected).toBeGreaterThan(1.8)
    expect(orders.voltage).toBeGreaterThan(1.8)
  })

  it('behind a separator varies along the cathode alone, also resolved', () => {
    const given = load('cathode-graded')
    const of = scenario('cathode-graded', {
      parameters: { ...given.parameters, separator: 5e-5 },
      macro: { dimension: 1, size: [2.5e-4], nodes: [101] },
      time: { end: 5, frames: 2, rtol: 1e-4 },
    })
    const mass = (shown: ReturnType<typeof lastFrame>) => observed(shown, 'capacity') / observed(shown, 'utilisation')
    expect(mass(lastFrame(of)) / mass(end({ time: of.time }))).toBeCloseTo(1, 4)
    const beside = lastFrame(parseScenario({ ...of, micro: { resolution: 16, repeat: 5 } }))
    expect(beside.frame.resolved).toBeDefined()
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['numbers given by hand', { structure: 'given' }, /graded: got a structure given by numbers/],
  ])('refuses %s', (_, parameters, message) => {
    expect(() => end({ parameters: { ...load('cathode-graded').parameters, ...parameters } })).toThrow(message)
  })
})

it('tables say that their tensors are those of the middle', () => {
  const noteOf = (of: Scenario, table: typeof closureTable) =>
    finish(table(familyInput(of), finish(solveCell(of)))).note ?? ''
  const film = load('porous-graded')
  const { graded: _, ...uniform } = film
  expect(noteOf(film, closureTable)).toMatch(/middle of the film/)
  expect(noteOf(uniform, closureTable)).not.toMatch(/middle/)
  const cathode = load('cathode-graded')
  const cell = finish(solveCell(cathode))
  expect(finish(effectiveTable(familyInput(cathode), cell)).note).toMatch(/middle of the cathode/)
})

it.each([
  ['tissue-oedema', 0.5],
  ['porous-graded', 0.52],
  ['cathode-graded', 0.52],
])('%s: the cell on show, though it closes a phase, has no part in the model', (name, radius) => {
  const { cell, time } = load(name)
  const [ball, ...others] = cell.shapes
  const short = { ...time, end: time.end / 200 }
  const closed = { ...cell, shapes: [{ ...ball, radius }, ...others] }
  const [as, other] = [cell, closed].map((own) => lastFrame(scenario(name, { cell: own, time: short })))
  expect(other.notices).toEqual(as.notices)
  expect(other.frame.fields).toEqual(as.frame.fields)
})

describe('against the resolved model of the varying cells', () => {
  const orders = (name: string, graded: unknown[], list: number[]) =>
    finish(compare(parseScenario({ ...load(name), graded }), list)).orders

  it('a film is met with order one, with correctors of order two', () => {
    const of = orders('porous-convergence', [ramp('shapes[0].radius', 0.15, 0.4)], [4, 8])
    expect(of.flux_perforated).toBeGreaterThan(1.8)
    for (const norm of ['L2c', 'L2phi']) expect(of[norm]).toBeGreaterThan(0.9)
    for (const norm of ['L2c_corrected', 'L2phi_corrected', 'fluctuation_c_corrected'])
      expect(of[norm]).toBeGreaterThan(1.8)
    expect(Math.abs(of.flux_weak2013)).toBeLessThan(0.2)
  })

  it('a tissue is met with order one, with correctors of order two', { timeout: 600_000 }, () => {
    const of = orders('tissue-convergence-centred', [ramp('shapes[0].radius', 0.2, 0.4)], [4, 8])
    expect(of.LinfL2).toBeGreaterThan(0.9)
    expect(of.LinfL2_corrected).toBeGreaterThan(1.8)
    expect(of.L2grad_corrected).toBeGreaterThan(0.9)
  })

  it('refuses cells whose surfaces do not fit those of their neighbours', () => {
    const jack = (radius: number) => ({ shape: 'bar', phase: 'solid', axis: 'x', center: [0.5, 0.5], width: radius })
    const { cell } = load('porous-convergence')
    const joined = { ...load('porous-convergence'), cell: { ...cell, shapes: [jack(0.3)] } }
    const of = parseScenario({ ...joined, graded: [ramp('shapes[0].width', 0.2, 0.4)] })
    expect(() => finish(compare(of, [2]))).toThrow(/do not fit their neighbours/)
  })
})
