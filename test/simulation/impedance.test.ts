import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { FARADAY } from '../../src/models/constants.ts'
import type { Model } from '../../src/models/family.ts'
import { steadySweep } from '../../src/models/porous/curves.ts'
import { porous } from '../../src/models/porous/index.ts'
import { DirectLinearisation } from '../../src/models/porous/linearise.ts'
import type { PorousModel } from '../../src/models/porous/model.ts'
import { steadyState } from '../../src/models/porous/steady.ts'
import type { Port } from '../../src/models/port.ts'
import { macroModel } from '../../src/models/tissue/macro.ts'
import { type Linearisation, LinearSolveError } from '../../src/numerics/system.ts'
import { CellCache, solveCell } from '../../src/simulation/cells.ts'
import { curvesOf } from '../../src/simulation/curves.ts'
import { frequencyList, impedance, restlessness } from '../../src/simulation/impedance.ts'
import { shownFrequencies } from '../../src/simulation/impedanceCurves.ts'
import { familyInput, type Scenario } from '../../src/simulation/scenario.ts'
import { computeCurve, simulate } from '../../src/simulation/simulate.ts'
import { f, model } from '../models/porous/setup.ts'
import { exactCell, input, start } from '../models/tissue/setup.ts'
import { finish } from '../numerics/helpers.ts'
import { denseImpedance, distance, over, root, tanh } from './complex.ts'

const cells = new CellCache()

function opened(name: string, change: (scenario: Scenario) => void = () => {}) {
  const { scenario } = loadScenario(name)
  change(scenario)
  const cell = finish(solveCell(scenario, cells))
  return { scenario, cell, model: porous.macro(familyInput(scenario), cell) as PorousModel }
}

/** Reservoirs of unequal salt, unequal ions, several thermal voltages: a state far from equilibrium. */
const driven = (nodes: number, voltage = 4) =>
  model({ lambda2: 1e-4, left: [1, 1], right: [0.2, 0.2], voltage, diffusivity: [1, 0.3], nodes })

const at = (m: PorousModel) => ({ t: 0, u: steadyState(m, m.initial()).u })

describe('frequencies', () => {
  it('are equally spaced in their logarithm', () => {
    expect(frequencyList(1e-2, 1e2, 5).map((v) => Number(v.toPrecision(12)))).toEqual([0.01, 0.1, 1, 10, 100])
    expect(frequencyList(3, 3, 1)).toEqual([3])
    expect(shownFrequencies(30)[0]).toBeCloseTo(0.01, 12)
    expect(shownFrequencies(1)[0]).toBeCloseTo(1, 12)
  })

  it.each([
    [0, 1, 5, /from: got 0 Hz; must lie between/],
    [1, Number.NaN, 5, /to: got NaN Hz/],
    [5, 1, 5, /to: got 1 Hz, not above the first frequency of 5 Hz; try 5000000/],
    [1, 5, 0.5, /points: got 0.5; must be a whole number/],
  ])('are explained: %j to %j, %j', (from, to, points, message) => {
    expect(() => frequencyList(from, to, points)).toThrow(message)
  })
})

describe('against a dense complex elimination', () => {
  it('a driven film, its port by finite differences', () => {
    const m = driven(25)
    const { t, u } = at(m)
    const port = differences(m, u)
    for (const z of finish(impedance(m, { t, u }, frequencyList(1e-3, 1e6, 7))))
      expect(distance(z, denseImpedance(m, t, u, port, z.frequency)), `${z.frequency} Hz`).toBeLessThan(1e-8)
  })

  it('a sheet whose electrode varies along its length', () => {
    const { model: m } = opened('porous-sheet', (s) => {
      s.macro.nodes = [11, 7]
      s.experiment = { name: 'reservoirs', values: { ...s.experiment.values, tilt: 0.5 } }
    })
    const { t, u } = at(m)
    for (const z of finish(impedance(m, { t, u }, frequencyList(1e-2, 1e4, 4))))
      expect(distance(z, denseImpedance(m, t, u, m.port(t, u)!, z.frequency))).toBeLessThan(1e-8)
  })

  it.each(['bridge', 'silver'] as const)(
    'a tissue that carries a current (%s), its port by finite differences',
    (electrode) => {
      const m = macroModel(
        input('B2', [1e-3], [15], {
          experiment: { name: 'current', values: { density: 5, on: 0, off: 30, electrode } },
        }),
        exactCell('B2'),
      )
      const { u } = start(m)
      m.enter(0, 0)
      const { drive } = m.setting
      const residual = (current: number) => {
        drive.current = current
        const out = new Float64Array(m.size)
        m.residual(0, u, out)
        drive.current = 5
        return out
      }
      const [low, high] = [residual(4), residual(6)]
      const output = Float64Array.from(u, (_, k) => m.potentialDrop(Float64Array.from(u, (_v, j) => (j === k ? 1 : 0))))
      const port: Port = { drive: 'current', input: high.map((v, k) => (v - low[k]) / 2), output }
      // The elimination needs one potential pinned.
      const pinned = pin(m, 5 * 15)
      for (const z of finish(impedance(m, { t: 0, u }, frequencyList(1e-3, 1e4, 6))))
        expect(distance(z, denseImpedance(pinned, 0, u, port, z.frequency)), `${z.frequency} Hz`).toBeLessThan(1e-7)
    },
  )
})

describe('the limit of no frequency', () => {
  it.each([-4, 0, 4])('is the slope of the steady curve at %j thermal voltages', (voltage) => {
    const { scenario, cell } = opened('porous-rectifier')
    const applied = (v: number) => ({
      ...scenario,
      experiment: { ...scenario.experiment, values: { ...scenario.experiment.values, voltage: v } },
    })
    const step = 1e-4 / f
    // The mesh of a sweep is that of its largest voltage.
    const far = 6 / f
    const [a, b] = finish(steadySweep(familyInput(scenario), cell, [voltage / f - step, voltage / f + step, far])).map(
      (p) => p.current,
    )
    const m = porous.macro(familyInput(applied(far)), cell) as PorousModel
    m.holdPotential('left', voltage / f, 0)
    const [z] = finish(impedance(m, at(m), [1e-7]))
    expect(z.re * ((b - a) / (2 * step))).toBeCloseTo(1, 6)
    expect(Math.abs(z.im / z.re)).toBeLessThan(1e-6)
  })
})

describe('what holds for all', () => {
  const range = frequencyList(1e-5, 1e9, 29)

  it.each([0, 3, -3, 8])('a film at %j thermal voltages dissipates at every frequency', (voltage) => {
    const m = driven(201, voltage)
    for (const z of finish(impedance(m, at(m), range))) expect(z.re, `${z.frequency} Hz`).toBeGreaterThan(0)
  })

  it('does not depend on the size of the signal, however weak', () => {
    const m = driven(101)
    const state = at(m)
    const port = m.port(0, state.u)!
    const [a] = finish(impedance(m, state, [1]))
    m.port = () => ({ ...port, input: port.input.map((v) => 1e-15 * v), displacement: 1e-15 * port.displacement! })
    const [b] = finish(impedance(m, state, [1]))
    expect(distance({ re: 1e-15 * b.re, im: 1e-15 * b.im }, [a.re, a.im])).toBeLessThan(1e-8)
  })

  it('becomes the capacitor of the empty film far above all relaxation', () => {
    const m = driven(201)
    const [z] = finish(impedance(m, at(m), [1e10]))
    const { permittivity } = m.setting
    const capacitance = permittivity * 0.575513216
    expect(-1 / (2 * Math.PI * z.frequency * z.im) / capacitance).toBeCloseTo(1, 5)
  })

  it('takes as many iterations on any mesh, and at most fourteen', () => {
    const counts = [101, 401, 1601].map((nodes) => {
      const m = model({ lambda2: 1e-3, left: [undefined, undefined], right: [undefined, undefined], voltage: 0, nodes })
      const points = finish(impedance(m, { t: 0, u: m.initial() }, range))
      for (const z of points) expect(z.residual).toBeLessThan(1e-10)
      return points.map((z) => z.iterations)
    })
    for (const list of counts) expect(Math.max(...list)).toBeLessThanOrEqual(14)
    // Finer meshes have faster modes, which count where a frequency is as fast.
    range.forEach((frequency, k) => {
      if (frequency < 1e3) expect(Math.abs(counts[2][k] - counts[0][k]), `${frequency} Hz`).toBeLessThanOrEqual(1)
    })
  })

  it('is the same on a sheet with an iterative solver as with a direct one', () => {
    const { model: sheet } = opened('porous-charging', (s) => {
      s.macro = { dimension: 2, size: [1, 1], nodes: [33, 33] }
    })
    const state = { t: 0, u: sheet.initial() }
    const measure = (m: Model) => finish(impedance(m, state, frequencyList(1e-2, 1e4, 4)))
    const loose = measure(sheet)
    const direct = new DirectLinearisation(sheet)
    direct.update(state.u)
    sheet.linearise = () => direct
    measure(sheet).forEach((z, k) => {
      expect(distance(loose[k], [z.re, z.im]), `${z.frequency} Hz`).toBeLessThan(1e-8)
      expect(loose[k].iterations).toBeLessThanOrEqual(z.iterations + 2)
      expect(loose[k].residual).toBeLessThan(1e-10)
      expect(loose[k].residual).not.toBe(0)
    })
  })

  it('is the same in a block of tissue as in a line', () => {
    const build = (size: number[], nodes: number[]) => macroModel(input('A3', size, nodes), exactCell('A3'))
    const frequencies = frequencyList(1e-2, 1e4, 4)
    const [a, b] = [build([1e-3, 1e-3], [33, 17]), build([1e-3], [33])].map((m) =>
      finish(impedance(m, { t: 0, u: start(m).u }, frequencies)),
    )
    a.forEach((z, k) => {
      expect(distance(z, [b[k].re, b[k].im]), `${z.frequency} Hz`).toBeLessThan(1e-7)
    })
  })
})

describe('storage of the port', () => {
  const nodes = 200
  const [conductivity, capacitance, length] = [0.5, 3, 1]

  it('makes the transmission line of a porous electrode', () => {
    const line = porousElectrode(nodes, conductivity, capacitance, length)
    const points = finish(impedance(line, { t: 0, u: new Float64Array(line.size) }, frequencyList(1e-3, 10, 5)))
    for (const z of points) {
      expect(
        distance(
          z,
          denseImpedance(line, 0, new Float64Array(line.size), line.port!(0, new Float64Array(0))!, z.frequency),
        ),
      ).toBeLessThan(1e-9)
      // de Levie: Z = coth(q L) / (kappa q), q² = i w c / kappa.
      const q = root([0, (2 * Math.PI * z.frequency * capacitance) / conductivity])
      const exact = over([1 / conductivity, 0], [q[0], q[1]])
      expect(distance(z, over(exact, tanh([q[0] * length, q[1] * length])))).toBeLessThan(2e-3)
      expect(z.iterations).toBeLessThanOrEqual(14)
    }
  })
})

describe('as a curve of the page', () => {
  it('is offered where there are electrodes, and computed for a state', () => {
    const { scenario } = opened('porous-opening')
    expect(curvesOf(scenario).map((c) => c.name)).toEqual(['steady', 'closures', 'table', 'groups', 'nyquist', 'bode'])
    const { checkpoint } = firstFrame(scenario)
    const nyquist = finish(computeCurve(scenario, { name: 'nyquist', node: 0 }, checkpoint, cells))
    const bode = finish(computeCurve(scenario, { name: 'bode', node: 0 }, checkpoint, cells))
    expect(nyquist.square).toBe(true)
    expect(nyquist.traces[0].labels![0]).toBe('100000 Hz')
    expect(nyquist.note).toMatch(/still changes/)
    const [size, phase] = bode.traces
    nyquist.traces[0].x.forEach((re, k) => {
      expect(size.y[k]).toBeCloseTo(Math.hypot(re, nyquist.traces[0].y[k]), 12)
    })
    expect(phase.second).toBe(true)
    expect(phase.y.at(-1)).toBeCloseTo(-90, 0)
  })

  it('says nothing of change in a state at rest', () => {
    const { scenario } = loadScenario('tissue-a3-pulse')
    scenario.stimuli = []
    const { checkpoint } = firstFrame(scenario)
    const { note } = finish(computeCurve(scenario, { name: 'nyquist', node: 0 }, checkpoint, cells))
    expect(note).toBe('')
  })

  it('is explained where there are none', () => {
    const { scenario, model: m } = opened('porous-periodic')
    expect(curvesOf(scenario).map((c) => c.name)).not.toContain('bode')
    const { checkpoint } = firstFrame(scenario)
    expect(() => finish(computeCurve(scenario, { name: 'bode', node: 0 }, checkpoint, cells))).toThrow(
      /got "periodic", which has no two electrodes .* "reservoirs", "blocking"/,
    )
    expect(() => finish(impedance(m, { t: 0, u: m.initial() }, [1]))).toThrow(/no two electrodes/)
    expect(restlessness(m, { t: 0, u: m.initial() })).toBeGreaterThan(0)
  })
})

function firstFrame(scenario: Scenario) {
  for (const event of simulate(scenario, { cells })) if (event.kind === 'frame') return event.frame
  throw new Error('no frame')
}

/** The port of a film by central differences of its residual and of its current. */
function differences(m: PorousModel, u: Float64Array): Port {
  const voltage = m.given[2 * m.setting.net.nodes]
  const current = (state: Float64Array) =>
    FARADAY * m.fluxes(state).reduce((sum, j, r) => sum + m.setting.species[r].valence * j, 0)
  const held = (v: number) => {
    m.holdPotential('left', v, 0)
    const out = new Float64Array(m.size)
    m.residual(0, u, out)
    return out
  }
  const [low, high] = [held(voltage - 1), held(voltage + 1)]
  m.holdPotential('left', voltage, 0)
  const output = Float64Array.from(u, (_, k) => {
    const h = 1e-5 * m.scale[k]
    const moved = (s: number) => current(Float64Array.from(u, (v, j) => (j === k ? v + s * h : v)))
    return (moved(1) - moved(-1)) / (2 * h)
  })
  const displacement = m.setting.permittivity * 0.575513216
  return { drive: 'voltage', input: high.map((v, k) => (v - low[k]) / 2), output, displacement }
}

/** The model with the row of one unknown replaced by "stays". */
function pin(m: Model, row: number): Model {
  const linearise = (t: number, u: Float64Array): Linearisation => {
    const inner = m.linearise(t, u)
    return {
      ...inner,
      apply(x: Float64Array, out: Float64Array) {
        inner.apply(x, out)
        out[row] = -x[row]
      },
    }
  }
  return { size: m.size, mass: m.mass, scale: m.scale, linearise } as unknown as Model
}

/**
 * A metal of one potential, the last unknown, in an electrolyte on a line: 0 = kappa phi'' + c d(V - phi)/dt, held at
 * zero at x = 0, and 0 = I - sum c d(V - phi)/dt for the metal. No mass at all, and a row that is dense.
 */
function porousElectrode(nodes: number, conductivity: number, capacitance: number, length: number): Model {
  const n = nodes + 1
  const h = length / (nodes - 1)
  const apply = (x: Float64Array, out: Float64Array) => {
    out.fill(0)
    for (let p = 0; p + 1 < nodes; p++) {
      const i = (conductivity / h) * (x[p] - x[p + 1])
      out[p] -= i
      out[p + 1] += i
    }
    out[0] = -x[0]
  }
  const add = (x: Float64Array, out: Float64Array) => {
    for (let p = 0; p < nodes; p++) {
      const share = capacitance * h * (p === 0 || p === nodes - 1 ? 0.5 : 1)
      if (p > 0) out[p] += share * (x[p] - x[nodes])
      out[nodes] += share * (x[nodes] - x[p])
    }
  }
  const storage = {
    add,
    linearise: (omega: number): Linearisation => {
      const shifted = (x: Float64Array, out: Float64Array) => {
        const stored = new Float64Array(n)
        add(x, stored)
        apply(x, out)
        for (let k = 0; k < n; k++) out[k] -= omega * stored[k]
      }
      return {
        apply: shifted,
        // biome-ignore lint/correctness/useYield: the contract is a generator
        *solve(_beta, rhs, x) {
          solveDense(shifted, rhs, x)
          return 0
        },
      }
    },
  }
  const input = new Float64Array(n)
  input[nodes] = 1
  return {
    size: n,
    mass: new Float64Array(n),
    scale: new Float64Array(n).fill(1),
    enter: () => {},
    linearise: (): Linearisation => ({
      apply,
      // biome-ignore lint/correctness/useYield: the contract is a generator
      *solve() {
        throw new LinearSolveError('without storage the metal has no row')
      },
    }),
    port: (): Port => ({ drive: 'current', input, output: input, storage }),
  } as unknown as Model
}

/** Solves -A x = b by elimination with the columns of A. */
function solveDense(apply: (x: Float64Array, out: Float64Array) => void, b: Float64Array, x: Float64Array): void {
  const n = b.length
  const rows = Array.from({ length: n }, (_, k) =>
    Float64Array.from({ length: n + 1 }, (_v, c) => (c === n ? b[k] : 0)),
  )
  const column = new Float64Array(n)
  for (let c = 0; c < n; c++) {
    apply(
      Float64Array.from({ length: n }, (_, k) => Number(k === c)),
      column,
    )
    for (let r = 0; r < n; r++) rows[r][c] = -column[r]
  }
  for (let k = 0; k < n; k++) {
    let best = k
    for (let r = k; r < n; r++) if (Math.abs(rows[r][k]) > Math.abs(rows[best][k])) best = r
    ;[rows[k], rows[best]] = [rows[best], rows[k]]
    for (let r = k + 1; r < n; r++) {
      const factor = rows[r][k] / rows[k][k]
      if (factor !== 0) for (let c = k; c <= n; c++) rows[r][c] -= factor * rows[k][c]
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k][n]
    for (let c = k + 1; c < n; c++) sum -= rows[k][c] * x[c]
    x[k] = sum / rows[k][k]
  }
}
