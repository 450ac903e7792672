/**
 * A model family in one folder: heat in a medium of two phases. Between insulated walls its exact solution is
 * T = T0 + A cos(pi x / L) exp(-k* pi² t / (C* L²)), with the effective conductivity k* and the mean capacity C*.
 */
import { type CellResult, problemOf, type Tensor } from '../../src/cell/cell.ts'
import { tileMesh } from '../../src/cell/tile.ts'
import { finish } from '../../src/finish.ts'
import type { FamilyComparison } from '../../src/models/comparison.ts'
import { effective, entry } from '../../src/models/entries.ts'
import type { ChosenExperiment, Curve, FamilyInput, ModelFamily, ResolvedSetup } from '../../src/models/family.ts'
import { sideBySide } from '../../src/models/sideBySide.ts'
import { boxMesh, edgeList } from '../../src/numerics/box.ts'
import { assembleEdgeWeights, assembleLayers, controlVolumes } from '../../src/numerics/mesh.ts'
import { interpolate, slopes } from '../../src/numerics/resample.ts'
import { declare, type ValuesOf } from '../../src/parameter.ts'
import { HeatModel } from './model.ts'

const { number } = declare({ source: 'Chosen for this example', group: 'Heat' })
const conductivity = <const N extends string>(name: N, label: string, value: number) =>
  number({ name, label, symbol: 'k', unit: 'W/(m K)', factor: 1, value, min: 1e-3, max: 1e4, terms: ['flow'] })
const capacity = <const N extends string>(name: N, label: string, value: number) =>
  number({ name, label, symbol: 'C', unit: 'J/(m³ K)', factor: 1, value, min: 1e3, max: 1e8, terms: ['storage'] })
const kelvin = <const N extends string>(name: N, label: string, value: number) =>
  number({ name, label, symbol: name, unit: 'K', factor: 1, value, min: 1, max: 5000 })

const parameters = [
  conductivity('k_matrix', 'Conductivity of the matrix', 1),
  conductivity('k_inclusion', 'Conductivity of the inclusions', 20),
  capacity('C_matrix', 'Heat capacity of the matrix', 2e6),
  capacity('C_inclusion', 'Heat capacity of the inclusions', 3e6),
  kelvin('T0', 'Mean temperature', 300),
  kelvin('A', 'Amplitude of the wave at the start', 10),
] as const

const flux = { label: 'Heat flux at x = 0', symbol: 'q', unit: 'W/m²', factor: 1, value: 1e4, min: -1e8, max: 1e8 }
/** The effect of an experiment is the heat flux at x = 0, W/m². */
const experiment = effective<[], number>()
const experiments = [
  experiment({ name: 'insulated', label: 'Insulated', help: 'A wave decays.', parameters: [], effect: () => 0 }),
  experiment({
    name: 'heated',
    label: 'Heated',
    help: 'Heat enters at x = 0.',
    parameters: [number({ name: 'flux', ...flux })],
    effect: (v) => v.flux,
  }),
] as const

type HeatInput = FamilyInput<ValuesOf<typeof parameters>, ChosenExperiment<typeof experiments>>

const PHASES = ['matrix', 'inclusion'] as const
const heatProblem = (cell: CellResult) => problemOf(cell, 'contrast', 'heat')
const meanCapacity = ({ parameters: v }: HeatInput, { phases }: CellResult) =>
  v.C_matrix * (phases.matrix?.fraction ?? 0) + v.C_inclusion * (phases.inclusion?.fraction ?? 0)

function heatModel(input: HeatInput, net: HeatModel['net']): HeatModel {
  const { T0, A } = input.parameters
  const start = net.capacity.map((_, p) => T0 + A * Math.cos((Math.PI * net.position[3 * p]) / net.macro.size[0]))
  return new HeatModel(net, start, entry(experiments, input.experiment.name).effect(input.experiment.values))
}

function homogenized(input: HeatInput, cell: CellResult, tensor: Tensor = heatProblem(cell).tensor): HeatModel {
  const { macro } = input
  const { lattice, index, inside, spacing, position, volume } = boxMesh(macro)
  const leading = tensor.slice(0, macro.dimension).map((row) => row.slice(0, macro.dimension))
  const weights = assembleEdgeWeights({ lattice, spacing }, (q) => inside[q] === 1, leading)
  const C = meanCapacity(input, cell)
  return heatModel(input, {
    macro,
    position,
    capacity: volume.map((v) => C * v),
    edges: edgeList(lattice, index, [weights]),
  })
}

function* resolved(input: HeatInput, cell: CellResult, { repeat, from }: ResolvedSetup) {
  const { parameters: v, cellSize } = input
  const { lattice, spacing, displacement, group, counts, index, ...nodes } = tileMesh(
    cell.mesh,
    cellSize,
    repeat,
    PHASES,
  )
  const shape = { lattice, spacing, displacement }
  const [a, b] = yield* assembleLayers(shape, group, 2)
  const [inMatrix, inInclusion] = controlVolumes(shape, group, 2)
  const weights = a.map((w, s) => w.map((x, q) => v.k_matrix * x + v.k_inclusion * b[s][q]))
  const model = heatModel(input, {
    ...nodes,
    macro: { dimension: cell.mesh.dimension, size: repeat.map((r) => r * cellSize), nodes: [...counts] },
    capacity: Float64Array.from(index, (q) => v.C_matrix * inMatrix[q] + v.C_inclusion * inInclusion[q]),
    edges: edgeList(lattice, index, [weights]),
  })
  if (from) model.initial = () => onto(model, from.u, from.macro)
  return Object.assign(model, { repeat })
}

/** Values of a homogenized box at the nodes of a model. */
function onto({ net, size }: HeatModel, values: Float64Array, box: HeatModel['macro']): Float64Array {
  const out = new Float64Array(size)
  interpolate(values, box.nodes, (p, k) => (net.position[3 * p + k] / box.size[k]) * (box.nodes[k] - 1), out)
  return out
}

const norms = [
  { name: 'L2', symbol: '‖T − T₀‖', label: 'temperature, without corrector', colour: 0, usual: true },
  { name: 'L2_corrected', symbol: '‖T − T₁‖', label: 'temperature, with corrector', colour: 1, usual: true },
]

const comparison: FamilyComparison = {
  norms,
  small: 'ε',
  limit: 'Box and conductivities are fixed while the cells shrink.',
  guide: { name: 'slope 1', label: 'for comparison, ε', order: 1, through: norms.map((n) => n.name) },
  prepared: false,
  explain: ({ orders: { L2 } }) => (L2 === undefined ? [] : [`The temperature converges with order ${L2.toFixed(2)}.`]),
  /** Distances at the end of the run, when cells have taken up their pattern; relative to the amplitude of the start. */
  *run(input: HeatInput, cell, setup) {
    const micro = finish(resolved(input, cell, setup))
    const macro = { dimension: 1 as const, size: [micro.macro.size[0]], nodes: [401] }
    const line = homogenized({ ...input, macro }, cell, heatProblem(cell).meshTensor)
    const [chi] = heatProblem(cell).correctors
    const heat = micro.mass.reduce((a, b) => a + b, 0)
    const errors = { L2: 0, L2_corrected: 0 }
    yield* sideBySide([micro, line], setup, ([u, u0]) => {
      const plain = onto(micro, u0, macro)
      const slope = onto(micro, slopes(u0, macro.nodes, macro.size, 0), macro)
      const corrected = plain.map((v, p) => v + input.cellSize * chi[micro.net.cellNode?.[p] ?? 0] * slope[p])
      const distance = (v: Float64Array) =>
        Math.sqrt(u.reduce((sum, x, p) => sum + (micro.mass[p] / heat) * (x - v[p]) ** 2, 0)) / input.parameters.A
      Object.assign(errors, { L2: distance(plain), L2_corrected: distance(corrected) })
    })
    return { errors, quantities: {} }
  },
}

const tex = '\\term{storage}{C^*\\,\\partial_t T} = \\nabla\\!\\cdot(\\term{flow}{k^*\\nabla T})'
const equation = { tex, caption: 'Heat flows down its gradient' }

export const heat: ModelFamily = {
  name: 'heat',
  label: 'Heat',
  summary: 'Heat conduction in a medium of two phases.',
  phases: PHASES.map((name) => ({ name, label: name })),
  sources: ['H. S. Carslaw, J. C. Jaeger: Conduction of heat in solids, 1959'],
  parameters,
  experiments,
  defaultExperiment: 'insulated',
  stimuli: [],
  classes: { heat: { label: 'Heat conduction', reason: 'Both phases conduct.', equations: [equation] } },
  cellProblems: ({ k_matrix: matrix, k_inclusion: inclusion }) => [
    { kind: 'contrast', name: 'heat', coefficients: { matrix: Number(matrix), inclusion: Number(inclusion) } },
  ],
  macro: (input, cell) => homogenized(input as HeatInput, cell),
  resolved: (input, cell, setup) => resolved(input as HeatInput, cell, setup),
  resolvedColumn: 129,
  comparison,
  curves: [{ name: 'profile', label: 'Temperature along x', slow: false }],
  *curve(_, input, cell, { t, u }): Generator<number, Curve> {
    const { net, ...model } = homogenized(input as HeatInput, cell)
    const [L, k, C] = [net.macro.size[0], heatProblem(cell).tensor[0][0], meanCapacity(input as HeatInput, cell)]
    const x = Array.from(net.position.filter((_, c) => c % 3 === 0)).slice(0, net.macro.nodes[0])
    const T0 = Number(input.parameters.T0)
    const exact = (start: number) => T0 + (start - T0) * Math.exp((-k * Math.PI ** 2 * t) / (C * L * L))
    yield 1
    return {
      ...{ name: 'profile', label: 'Temperature along x', marks: [], note: '' },
      x: { label: 'x', unit: 'mm', factor: 1e-3 },
      y: { label: 'temperature', unit: 'K', factor: 1 },
      traces: [
        { name: 'computed', x, y: x.map((_, p) => u[p]) },
        { name: 'insulated walls, exact', x, y: x.map((_, p) => exact(model.initial()[p])) },
      ],
    }
  },
}
