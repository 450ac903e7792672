/** The resolved tissue: geometry of the tiling, Jacobian, conservation, iterations. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../../src/cell/compute.ts'
import { finish } from '../../../src/finish.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import type { TissueInput } from '../../../src/models/tissue/input.ts'
import { microModel, type ResolvedTissue } from '../../../src/models/tissue/micro.ts'
import { tileCell } from '../../../src/models/tissue/tiling.ts'
import { expectJacobian } from '../jacobian.ts'
import { run, start, values } from './setup.ts'

const L = 1e-3

function cellOf(resolution: number, center = [0.5, 0.5], radius = 0.35) {
  return solveCell(
    {
      dimension: 2,
      background: 'extracellular',
      resolution,
      shapes: [{ shape: 'ball', phase: 'intracellular', center, radius }],
    },
    [
      { kind: 'perforated', phase: 'extracellular' },
      { kind: 'perforated', phase: 'intracellular' },
    ],
  )
}

/** The dimensionless problem of the convergence test, in SI on a box of 1 mm with 1e-9 m²/s and 100 mol/m³. */
function waves(repeat: number): TissueInput {
  const size = L / repeat
  const RT = GAS_CONSTANT * 310.15
  const conductance = (FARADAY ** 2 * 100 * 1e-9 * size) / (RT * L * L)
  const pump = (FARADAY * 1e-9 * 100 * size) / (L * L)
  return {
    parameters: values('A1', {
      G_Na: 0.5 * conductance,
      G_K: 1.5 * conductance,
      G_Cl: conductance,
      capacitance: (0.2 * FARADAY ** 2 * 100 * size) / RT,
      share_Na: 0.1,
      share_K: 0.8,
      Imax1: 0.3 * pump,
      Imax2: 0.05 * pump,
      KNa1: 20,
      KNa2: 15,
      KK1: 15,
      KK2: 5,
      Na_E: 120,
      K_E: 35,
      Cl_E: 155,
      Na_I: 40,
      K_I: 120,
      Cl_I: 160,
      D_Na: 1e-9,
      D_K: 1e-9,
      D_Cl: 1e-9,
      start: 'waves',
      V0: -RT / FARADAY,
    }),
    cellSize: size,
    macro: { dimension: 2, size: [L, L], nodes: [65, 65] },
    experiment: { name: 'sealed', values: {} },
    stimuli: [],
  }
}

const tiled = (n: number) => ({ repeat: [n, n], prepared: true, factor: 1 })

const sum = (a: Float64Array) => a.reduce((x, y) => x + y, 0)

describe('the tiling', () => {
  it('has the volumes and the membrane of its cells, and tells isolated cells', () => {
    const tiling = finish(tileCell([cellOf(32).mesh], 1e-5, [3, 2]))
    expect(sum(tiling.volumeI) + sum(tiling.volumeE)).toBeCloseTo(6e-10, 20)
    expect(Math.abs(sum(tiling.volumeI) / 6e-10 / (Math.PI * 0.35 ** 2) - 1)).toBeLessThan(3e-3)
    expect(Math.abs(sum(tiling.area) / 6e-5 / (2 * Math.PI * 0.35) - 1)).toBeLessThan(1e-3)
    expect(tiling.isolated).toEqual([true])
    expect(finish(tileCell([cellOf(32, [0, 0]).mesh], 1e-5, [2, 2])).isolated).toEqual([false])
  })

  it('has junctions in pieces that are joined, and none in those that stand alone', () => {
    const { mesh } = solveCell(
      {
        dimension: 2,
        background: 'extracellular',
        resolution: 16,
        shapes: [
          { shape: 'bar', phase: 'intracellular', axis: 'x', center: [0.5, 0.25], width: 0.2 },
          { shape: 'ball', phase: 'intracellular', center: [0.5, 0.7], radius: 0.2 },
        ],
      },
      [],
    )
    const [open, tight] = [
      finish(tileCell([mesh], 1e-5, [2, 2])),
      finish(tileCell([mesh], 1e-5, [2, 2], (piece) => (piece === 0 ? 0.1 : 1))),
    ]
    const ratios = open.edges.weightI.map((w, k) => (w === 0 ? 0 : tight.edges.weightI[k] / w))
    const inPiece = (piece: number) =>
      new Set(
        [...ratios].filter((r, k) => r !== 0 && open.piece[open.edges.from[k]] === piece).map((r) => r.toFixed(6)),
      )
    expect(inPiece(0)).toEqual(new Set(['0.100000']))
    expect(inPiece(1)).toEqual(new Set(['1.000000']))
  })

  it('is refused, with a reason, where cells reach over their period', () => {
    expect(() => finish(microModel(waves(2), cellOf(16, [0, 0.5]), tiled(2)))).toThrow(
      /touches the boundary of the cell/,
    )
  })
})

describe('the resolved model', () => {
  const make = (): ResolvedTissue => finish(microModel(waves(2), cellOf(8), tiled(2)))

  it('has the Jacobian that finite differences give', () => {
    const m = make()
    m.enter(0, 1)
    // Slots of phases that a node lacks are identities.
    expectJacobian(m, m.initial(), m.tiling.nodes, (_, jx, x) => Math.abs(jx) === Math.abs(x))
  })

  it('conserves every ion and the charge of each phase', () => {
    const m = make()
    const state = start(m)
    const base = m.contents(state.u)
    run(m, 50, { rtol: 1e-3 }, state)
    const seen = m.observe(50, state.u, state.integrals, base)
    m.observables.forEach((o, k) => {
      if (o.group === 'budget') expect(Math.abs(seen[k]), o.name).toBeLessThan(o.unit === 'mM' ? 1e-8 : 1e-12)
    })
  })

  it('needs no more linear iterations for more cells', { timeout: 60_000 }, () => {
    const iterations = [2, 16].map((repeat) => {
      const m = finish(microModel(waves(repeat), cellOf(8), tiled(repeat)))
      const { report } = run(m, 5, { rtol: 1e-3, fixedStep: 2.5 })
      return report.linearIterations / report.newtonIterations
    })
    expect(iterations[1]).toBeLessThan(2 * iterations[0])
  })
})
