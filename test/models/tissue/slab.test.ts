/** The resolved model against an independent route: second order in the mesh width, second order in time. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../../src/cell/compute.ts'
import { finish } from '../../../src/finish.ts'
import { microModel, type ResolvedTissue } from '../../../src/models/tissue/micro.ts'
import { input, run, start, values } from './setup.ts'
import { type SlabState, Slabs } from './slab.ts'

const SIZE = 50e-6
const CENTER = 0.47
const THICKNESS = 0.38
const BORDERS = [0, CENTER - THICKNESS / 2, CENTER + THICKNESS / 2, 1].map((b) => b * SIZE)
const END = 0.4
/** A conductive membrane, so that diffusion and exchange take equally long; ions of different mobility. */
const parameters = values('A1', {
  ...{ G_Na: 4, G_K: 12, G_Cl: 6, Imax1: 8, Imax2: 1, capacitance: 0.4, gap: 1 },
  ...{ D_Na: 1.33e-9, D_K: 1.96e-9, D_Cl: 2.03e-9, start: 'nominal', V0: -0.03 },
})
const fixed = (side: 'I' | 'E') => parameters[`Cl_${side}`] - parameters[`Na_${side}`] - parameters[`K_${side}`]

/** Nominal values with a wave along x in the sodium and potassium outside. */
const wave = (x: number) => Math.cos((Math.PI * x) / SIZE)
const profile = {
  naE: (x: number) => parameters.Na_E * (1 + 0.1 * wave(x)),
  kE: (x: number) => parameters.K_E * (1 - 0.5 * wave(x)),
}

function resolved(n: number): ResolvedTissue {
  const cell = solveCell(
    {
      dimension: 2,
      background: 'extracellular',
      resolution: n,
      shapes: [{ shape: 'layer', phase: 'intracellular', axis: 'x', center: CENTER, thickness: THICKNESS }],
    },
    [
      { kind: 'perforated', phase: 'extracellular' },
      { kind: 'perforated', phase: 'intracellular' },
    ],
  )
  const nodes = 2049
  const given = input('A1', [SIZE, SIZE], [3, 3], { parameters, cellSize: SIZE })
  const x = Float64Array.from({ length: nodes }, (_, i) => (i * SIZE) / (nodes - 1))
  const constant = (v: number) => x.map(() => v)
  const u = Float64Array.from(
    [
      constant(parameters.Na_I),
      constant(parameters.K_I),
      constant(parameters.V0),
      x.map(profile.naE),
      x.map(profile.kE),
      constant(0),
    ].flatMap((a) => [...a]),
  )
  return finish(
    microModel(given, cell, {
      repeat: [1, 1],
      prepared: false,
      factor: 1,
      from: { u, macro: { dimension: 1, size: [SIZE], nodes: [nodes] }, layout: 'homogenized' },
    }),
  )
}

/** Spectrally accurate solution. */
function reference(): { slabs: Slabs; state: SlabState } {
  const slabs = new Slabs(BORDERS, parameters, fixed('I'), fixed('E'))
  const constant = (s: number, v: number) => slabs.x[s].map(() => v)
  const from: SlabState = {
    na: [slabs.x[0].map(profile.naE), constant(1, parameters.Na_I), slabs.x[2].map(profile.naE)],
    k: [slabs.x[0].map(profile.kE), constant(1, parameters.K_I), slabs.x[2].map(profile.kE)],
    v: [parameters.V0, parameters.V0],
  }
  return { slabs, state: slabs.run(from, END, 10_000) }
}

/** Root of the volume-weighted mean square of the error in K, mol/m³, and the error of V at the right membrane, V. */
function errors(model: ResolvedTissue, u: Float64Array, { slabs, state }: ReturnType<typeof reference>) {
  const { tiling } = model
  const n = tiling.nodes
  let square = 0
  let v = 0
  for (let p = 0; p < n; p++) {
    const x = tiling.position[3 * p]
    const outside = x < (BORDERS[1] + BORDERS[2]) / 2 ? 0 : 2
    if (tiling.volumeI[p] > 0) square += tiling.volumeI[p] * (u[n + p] - slabs.at(state.k[1], 1, x)) ** 2
    if (tiling.volumeE[p] > 0)
      square += tiling.volumeE[p] * (u[4 * n + p] - slabs.at(state.k[outside], outside, x)) ** 2
    if (tiling.area[p] > 0 && outside === 2) v = Math.max(v, Math.abs(u[2 * n + p] - state.v[1]))
  }
  return { k: Math.sqrt(square) / SIZE, v }
}

describe('one slab-shaped cell', () => {
  const exact = reference()

  it('is a demanding case: concentrations and the potential move, and both membranes differ', () => {
    expect(Math.abs(exact.state.v[0] - exact.state.v[1])).toBeGreaterThan(1e-3)
    const inside = exact.state.k[1]
    expect(Math.max(...inside) - Math.min(...inside)).toBeGreaterThan(0.2)
  })

  it('converges to the independent solution with order 2 in the mesh width', () => {
    const [a, b, c] = [10, 20, 40].map((n) => {
      const model = resolved(n)
      const { state } = run(model, END, { rtol: 1e-6 })
      return errors(model, state.u, exact)
    })
    expect(Math.log2(b.k / c.k)).toBeGreaterThan(1.9)
    expect(Math.log2(a.v / c.v) / 2).toBeGreaterThan(1.9)
    // Concentrations of about 100 mM, potentials of about 50 mV.
    expect(c.k).toBeLessThan(1e-3)
    expect(c.v).toBeLessThan(1e-5)
  })

  it('is integrated with order 2 in time', () => {
    const model = resolved(10)
    const finest = run(model, END, { rtol: 1e-8 }).state.u
    const [a, b] = [20, 40].map((steps) => {
      const { u } = run(model, END, { rtol: 1e-6, fixedStep: END / steps }, start(model)).state
      return Math.max(...u.map((value, i) => Math.abs(value - finest[i]) / model.scale[i]))
    })
    expect(Math.log2(a / b)).toBeGreaterThan(1.8)
    expect(Math.log2(a / b)).toBeLessThan(2.4)
  })
})
