/**
 * Which tiling resolves a scenario with N = L / l cells along its first axis. The limit is that of the theory: the box
 * and the dimensionless membrane parameters are fixed while the cells shrink, so the homogenized model stays the same
 * for every N and only the resolved one changes.
 */

import { allowedResolutions } from '../cell/validate.ts'
import { t } from '../language/language.ts'
import { findCard } from '../models/cards.ts'
import type { FamilyCard, FamilyInput } from '../models/family.ts'
import { breathes, familyInput, MICRO_RESOLUTION, MOST_CELLS, type Scenario } from './scenario.ts'

/** Most nodes of a resolved model. */
const MICRO_NODES = 150_000
/** Memory of a resolved run per node (unknowns, Jacobian, hierarchies, stages of a step), bytes; measured. */
const BYTES_PER_NODE = 4_000

export interface Resolution {
  /** Copies of the cell per axis of the cell. */
  repeat: number[]
  /** Input of the resolved model: box of whole cells in the dimension of the cell, period L / N. */
  input: FamilyInput
  /** Input of the homogenized model on the same box, in its own dimension and with its own period. */
  homogenized: FamilyInput
  /** Period of the resolved cells over that of the scenario. */
  factor: number
}

/** The box of whole cells nearest to the scenario's; a line becomes a strip of one row, a sheet of 3D cells one layer. */
export function resolution(scenario: Scenario, N: number): Resolution {
  const given = familyInput(scenario)
  const { macro } = given
  const cellSize = macro.size[0] / N
  const repeat = tilesPerAxis(scenario, N)
  const size = repeat.map((r) => r * cellSize)
  const nodes = repeat.map((r, k) => macro.nodes[k] ?? Math.max(3, 2 * r + 1))
  const box = (dimension: 1 | 2 | 3) => ({
    dimension,
    ...(dimension > macro.dimension ? { strip: macro.dimension } : {}),
    size: size.slice(0, dimension),
    nodes: nodes.slice(0, dimension),
  })
  const stimuli = given.stimuli.map((s) => {
    const { region } = s
    if (region.shape === 'everywhere') return s
    return { ...s, region: { ...region, center: size.map((l, k) => region.center[k] ?? l / 2) } }
  })
  return {
    repeat,
    input: { ...given, cellSize, macro: box(scenario.cell.dimension), stimuli },
    homogenized: { ...given, macro: box(macro.dimension) },
    factor: cellSize / scenario.cell.size,
  }
}

/** What keeps a scenario from being resolved with N cells, as a sentence with the largest N that fits. */
export function refuseRepeat(scenario: Scenario, N: number): string | undefined {
  const { dimension } = scenario.macro
  if (breathes(scenario))
    return t(
      'cells that swell would move the mesh that resolves them: only the homogenized model has them; leave breathing out',
    )
  if (scenario.cell.dimension < dimension)
    return t('a {dimension}D cell cannot tile a {dimension2}D box; use a 3D cell', {
      dimension: scenario.cell.dimension,
      dimension2: dimension,
    })
  if (!Number.isInteger(N) || N < 1)
    return t('got {got}; must be a whole number of cells along the box; try 4', { got: N })
  const card = findCard(scenario.family)
  if (N <= MOST_CELLS && fits(scenario, N, card)) return undefined
  let largest = Math.min(N - 1, MOST_CELLS)
  while (largest > 1 && !fits(scenario, largest, card)) largest--
  const advice =
    largest > 0 && fits(scenario, largest, card)
      ? t('try {largest}, or a coarser micro.resolution', { largest })
      : coarser(scenario, card)
  if (N > MOST_CELLS)
    return t('got {got}; at most {most} cells lie along the box: {advice}', { got: N, most: MOST_CELLS, advice })
  const across = column(scenario, N)
  const cells = t('got {got}; {tilesPerAxis} cells with {resolutionOf} nodes per axis', {
    got: N,
    tilesPerAxis: tilesPerAxis(scenario, N).join(' × '),
    resolutionOf: resolutionOf(scenario),
  })
  const count = nodes(scenario, N)
  const direct = card?.resolvedNodes?.[scenario.cell.dimension]
  if (direct && !fits(scenario, N, card) && count <= MICRO_NODES)
    return t(
      '{cells} are {count} nodes, and the direct solver of this family takes at most {most} in {dimension}D, since its time grows faster than they do: {advice}',
      {
        cells,
        count: count.toLocaleString('en'),
        most: direct.toLocaleString('en'),
        dimension: scenario.cell.dimension,
        advice,
      },
    )
  const most = card?.resolvedColumn
  if (!direct && most && across > most)
    return t(
      '{cells} have {across} nodes across the first axis, and the direct solver of this family takes at most {most}: {advice}',
      { cells, across, most, advice },
    )
  const size = (bytes: number) => `${Math.max(1, Math.round(bytes / 1e9))} GB`
  return t('{cells} are {count} nodes and would take about {memory}; at most {most} fit: {advice}', {
    cells,
    count: count.toLocaleString('en'),
    memory: size(count * BYTES_PER_NODE),
    most: MICRO_NODES.toLocaleString('en'),
    advice,
  })
}

/** What the solver of a family takes. */
type Limits = Pick<FamilyCard, 'resolvedColumn' | 'resolvedNodes'> | undefined

function fits(scenario: Scenario, N: number, limits: Limits): boolean {
  const count = nodes(scenario, N)
  if (count > MICRO_NODES) return false
  const { resolvedColumn, resolvedNodes } = limits ?? {}
  if (!resolvedColumn || column(scenario, N) <= resolvedColumn) return true
  return count <= (resolvedNodes?.[scenario.cell.dimension] ?? 0)
}

/** What to try where not even one cell fits. */
function coarser(scenario: Scenario, limits: Limits): string {
  const { dimension } = scenario.cell
  const coarsest = Math.min(...allowedResolutions(dimension))
  const smallest = { ...scenario, micro: { ...scenario.micro, resolution: coarsest } }
  if (fits(smallest, 1, limits)) return t('try a coarser micro.resolution')
  return t('no micro.resolution is coarse enough (the coarsest is {coarsest}); take a {what}', {
    coarsest,
    what: dimension === 3 ? t('2D cell') : t('shorter box'),
  })
}

function nodes(scenario: Scenario, N: number): number {
  return tilesPerAxis(scenario, N).reduce((product, r) => product * (r * resolutionOf(scenario) + 1), 1)
}

/** Nodes in a plane across the first axis. */
function column(scenario: Scenario, N: number): number {
  return nodes(scenario, N) / (tilesPerAxis(scenario, N)[0] * resolutionOf(scenario) + 1)
}

function resolutionOf(scenario: Scenario): number {
  return scenario.micro?.resolution ?? MICRO_RESOLUTION
}

function tilesPerAxis({ macro, cell }: Scenario, N: number): number[] {
  return Array.from({ length: cell.dimension }, (_, k) =>
    k < macro.dimension ? Math.max(1, Math.round((macro.size[k] / macro.size[0]) * N)) : 1,
  )
}
