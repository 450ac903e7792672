/** Shared set-ups of the tissue tests: the presets as families of values, and compartments on cell-centred grids. */
import type { CellResult, Tensor } from '../../../src/cell/cell.ts'
import type { Stimulus } from '../../../src/models/family.ts'
import type { TissueInput } from '../../../src/models/tissue/input.ts'
import { TissueModel } from '../../../src/models/tissue/model.ts'
import type { EffectiveTissue, TissueNet } from '../../../src/models/tissue/net.ts'
import { parameters, type TissueValues } from '../../../src/models/tissue/parameters.ts'
import { settle } from '../../../src/models/tissue/settle.ts'
import { Integrator } from '../../../src/numerics/integrate.ts'
import { type IntegratorState, makeConsistent } from '../../../src/numerics/steps.ts'
import { defaults } from '../../../src/parameter.ts'

const PUMP_MORI = { Imax2: 0, KNa1: 7.7, KK1: 2, KNa2: 1, KK2: 1 }
const B1: Partial<TissueValues> = {
  G_Na: 0.21,
  G_K: 0.8,
  G_Cl: 2,
  capacitance: 0.0075,
  share_Na: 0.07,
  share_K: 0.87,
  Imax1: 0.1372,
  ...PUMP_MORI,
  Na_I: 9.3,
  K_I: 130,
  Cl_I: 8.7,
  Na_E: 140.5,
  K_E: 4,
  Cl_E: 113,
}

export const presets: Record<string, { values: Partial<TissueValues>; cell: 'disc' | 'jack'; size: number }> = {
  A1: { values: {}, cell: 'disc', size: 10e-6 },
  A2: {
    values: { G_Na: 0.02, G_K: 0.5, G_Cl: 1, share_Na: 0.1, share_K: 0.8, Na_I: 3, K_I: 25, Cl_I: 28 },
    cell: 'disc',
    size: 10e-6,
  },
  A3: { values: { gap: 1 }, cell: 'jack', size: 10e-6 },
  B1: { values: B1, cell: 'disc', size: 10e-6 },
  B2: {
    values: {
      G_Na: 0.072,
      G_K: 1.3,
      G_Cl: 0.5,
      capacitance: 0.0075,
      share_Na: 0.07,
      share_K: 0.87,
      Imax1: 0.0372,
      ...PUMP_MORI,
      gap: 0.05,
      Na_I: 14,
      K_I: 130,
      Cl_I: 8.5,
      Na_E: 140.5,
      K_E: 4,
      Cl_E: 113,
    },
    cell: 'jack',
    size: 10e-6,
  },
  D1: { values: { ...B1, gates: true }, cell: 'disc', size: 5e-6 },
}

export function values(preset: string, changes: Partial<TissueValues> = {}): TissueValues {
  return { ...defaults(parameters), ...presets[preset].values, ...changes }
}

/** Exact geometry of the presets' cells (spec section 4). */
export const exact = {
  disc: { fractionI: Math.PI * 0.45 ** 2, measure: 2 * Math.PI * 0.45, factorE: 0.1964916185567524, factorI: 0 },
  jack: {
    fractionI: 3 * Math.PI * 0.09 - 8 * Math.SQRT2 * 0.027,
    measure: 6 * Math.PI * 0.3 - 24 * Math.SQRT2 * 0.09,
    factorE: 0.2842,
    factorI: 0.3643,
  },
}

const isotropic = (s: number): Tensor => [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? s : 0)))

export function exactTissue(preset: string, gap?: number): EffectiveTissue {
  const { cell, size, values } = presets[preset]
  const g = exact[cell]
  return {
    fractionI: g.fractionI,
    fractionE: 1 - g.fractionI,
    areaDensity: g.measure / size,
    tensorE: isotropic(g.factorE),
    tensorI: isotropic(g.factorI * (gap ?? values.gap ?? 1)),
    others: [],
  }
}

/** A chain of n cell-centred volumes on (0, length): the grid of the independent reference computations. */
export function cellCentred(n: number, length: number, tissue: EffectiveTissue): TissueNet {
  const h = length / n
  const fill = (v: number, count = n) => new Float64Array(count).fill(v)
  const position = new Float64Array(3 * n)
  for (let p = 0; p < n; p++) position[3 * p] = (p + 0.5) * h
  return {
    nodes: n,
    position,
    width: h,
    volumeI: fill(h * tissue.fractionI),
    volumeE: fill(h * tissue.fractionE),
    area: fill(h * tissue.areaDensity),
    edges: {
      count: n - 1,
      from: Int32Array.from({ length: n - 1 }, (_, p) => p),
      to: Int32Array.from({ length: n - 1 }, (_, p) => p + 1),
      weightI: fill(tissue.tensorI[0][0] / h, n - 1),
      weightE: fill(tissue.tensorE[0][0] / h, n - 1),
    },
    others: [],
    chain: true,
    left: { node: Int32Array.of(0), face: Float64Array.of(1) },
    right: { node: Int32Array.of(n - 1), face: Float64Array.of(1) },
  }
}

export function input(preset: string, size: number[], nodes: number[], more: Partial<TissueInput> = {}): TissueInput {
  return {
    parameters: values(preset),
    cellSize: presets[preset].size,
    macro: { dimension: size.length as 1 | 2 | 3, size, nodes },
    experiment: { name: 'sealed', values: {} },
    stimuli: [],
    ...more,
  }
}

/** KCl injected as a Gaussian, 20 mM of extracellular space over 0-2 s (test T1 of the specification). */
export const injection = (center: number[], radius: number, amount = 20, end = 2): Stimulus => ({
  kind: 'inject-KCl',
  amount,
  start: 0,
  end,
  region: { shape: 'gaussian', center, radius },
})

export function cellCentredModel(
  preset: string,
  n: number,
  length: number,
  more: Partial<TissueInput> = {},
): TissueModel {
  const tissue = exactTissue(preset)
  const given = input(preset, [length], [n], more)
  const { setting } = settle(given, cellCentred(n, length, tissue), tissue)
  return new TissueModel(setting, {
    modelClass: presets[preset].cell === 'disc' ? 'connected-disconnected' : 'connected-connected',
    macro: given.macro,
  })
}

export function drain<T>(generator: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = generator.next()
    if (done) return value
  }
}

export function start(model: TissueModel, t = 0): IntegratorState {
  const state = { t, u: model.initial(), integrals: new Float64Array(model.rateCount), dt: 0 }
  model.enter(t, t + 1e-9)
  drain(makeConsistent(model, t, state.u, 1e-6))
  return state
}

/** Integrates to `until` and returns the final state with the integrator's statistics. */
export function run(
  model: TissueModel,
  until: number,
  options: { rtol: number; fixedStep?: number; maxStep?: number },
  from = start(model),
) {
  const integrator = new Integrator(model, options)
  drain(integrator.advance(from, until))
  return { state: from, report: integrator.report }
}

/** Minimal cell result carrying exact effective numbers, for tests that do not solve a cell problem. */
export function exactCell(preset: string): CellResult {
  const { cell } = presets[preset]
  const g = exact[cell]
  const d = cell === 'disc' ? 2 : 3
  const connected = g.factorI > 0
  const problem = (phase: string, s: number) => ({
    kind: 'perforated' as const,
    phase,
    coefficients: {},
    tensor: isotropic(s),
    meshTensor: isotropic(s),
    error: 0,
    residual: 0,
    iterations: [],
    seconds: 0,
    correctors: [],
    sensitivity: new Float32Array(0),
    flux: [],
    bounds: { voigt: 1, reuss: 0 },
  })
  return {
    mesh: {
      dimension: d as 2 | 3,
      n: 0,
      displacement: new Float64Array(0),
      simplexPhase: new Uint8Array(0),
      nodePhase: new Uint8Array(0),
      phases: ['extracellular', 'intracellular'],
    },
    phases: {
      extracellular: {
        fraction: 1 - g.fractionI,
        percolates: Array(d).fill(true),
        unresolved: Array(d).fill(false),
        components: 1,
      },
      intracellular: {
        fraction: g.fractionI,
        percolates: Array(d).fill(connected),
        unresolved: Array(d).fill(false),
        components: 1,
      },
    },
    interfaceMeasure: { 'extracellular|intracellular': g.measure },
    problems: [problem('extracellular', g.factorE), problem('intracellular', g.factorI)],
    geometryError: { fraction: 0, interfaceMeasure: 0 },
    seconds: 0,
  }
}

/** Parts of the inside and of the membrane, and whether it is joined through the cells, per piece of a period. */
export type PieceShare = readonly [fraction: number, area: number, joined: boolean]

/** The cell of a preset whose inside falls into pieces. */
export function inPieces(preset: string, shares: readonly PieceShare[]): CellResult {
  const cell = exactCell(preset)
  const { intracellular } = cell.phases
  const area = cell.interfaceMeasure['extracellular|intracellular']
  const pieces = shares.map(([fraction, ofArea, joined]) => ({
    fraction: fraction * intracellular.fraction,
    area: ofArea * area,
    percolates: intracellular.percolates.map(() => joined),
  }))
  // A mesh of extracellular space alone: nothing looks for the pieces there.
  const d = cell.mesh.dimension
  const n = 2
  const mesh = {
    ...cell.mesh,
    n,
    displacement: new Float64Array(d * n ** d),
    simplexPhase: new Uint8Array((d === 2 ? 2 : 6) * n ** d),
    nodePhase: new Uint8Array(n ** d),
  }
  const phases = { ...cell.phases, intracellular: { ...intracellular, components: pieces.length, pieces } }
  return { ...cell, mesh, phases }
}

/** The cell of a preset with glia beside its cells: `part` of the space between them, joined through the cells. */
export function withGlia(preset: string, part: number, factor = 0.2): CellResult {
  const cell = exactCell(preset)
  const { extracellular } = cell.phases
  const { dimension } = cell.mesh
  const fraction = part * extracellular.fraction
  return {
    ...cell,
    phases: {
      ...cell.phases,
      extracellular: { ...extracellular, fraction: extracellular.fraction - fraction },
      glia: {
        fraction,
        percolates: Array<boolean>(dimension).fill(true),
        unresolved: Array<boolean>(dimension).fill(false),
        components: 1,
      },
    },
    interfaceMeasure: { ...cell.interfaceMeasure, 'extracellular|glia': 1.3 },
    problems: [
      ...cell.problems,
      { ...cell.problems[0], phase: 'glia', tensor: isotropic(factor), meshTensor: isotropic(factor) },
    ],
  }
}
