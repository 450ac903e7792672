/**
 * Structure of the cathode: what the homogenized equations take from the reference cell, or from given numbers.
 *
 *   T      ions:       perforated tensor of the electrolyte (with the carbon, where ions pass through it)
 *   Sigma  electrons:  conductivity of active material and carbon with no flux into the electrolyte, S/m
 *   Ms     lithium:    perforated tensor of the active material alone; carbon holds no lithium
 *   K      flow:       l_D² times the mean Stokes velocity, of the cell of the flow where there is one, m²
 *   a      reaction:   contact of active material and electrolyte over the period, 1/m
 *
 * Diffusion, conduction and permittivity of the electrolyte share T; carbon that lets ions pass adds to p.
 */

import {
  type CellProblemResult,
  type CellProblemSpec,
  type CellResult,
  interfaceName,
  type Tensor,
} from '../../../cell/cell.ts'
import { t } from '../../../language/language.ts'
import { InputError, type Problem } from '../../../parameter.ts'
import { present } from '../../../present.ts'
import { tableNotice } from '../../graded.ts'
import type { CathodeInput } from '../input.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE, ELECTRONS, IONS, PUBLISHED } from '../phases.ts'
import { structureAlong } from './along.ts'
import { type ParticleKind, particleKinds } from './kinds.ts'
import type { CathodeStructure, CellValues } from './quantities.ts'
import { structureMessages } from './topology.ts'

/** Cell problems take no larger ratios. */
const LARGEST_RATIO = 1e8

function isOpen(v: CathodeValues, phases: readonly string[]): boolean {
  return v.carbon_permeable === true && phases.includes(CARBON)
}

/**
 * Cell problems of a structure. Given numbers need none; those that the cell can answer are solved for comparison.
 * @param phases of the cell
 */
export function cathodeProblems(
  v: CathodeValues,
  phases: readonly string[],
  model: 'homogenized' | 'resolved' = 'homogenized',
): CellProblemSpec[] {
  const complete = phases.includes(ELECTROLYTE) && phases.includes(ACTIVE)
  if (!complete && v.structure === 'given') return []
  const open = isOpen(v, phases)
  const coefficients = (of: Record<string, number>) =>
    Object.fromEntries(phases.map((name) => [name, of[name] ?? 0])) as Record<string, number>
  const problems: CellProblemSpec[] = [
    open
      ? { kind: 'contrast', name: IONS, coefficients: coefficients({ [ELECTROLYTE]: 1, [CARBON]: 1 }) }
      : { kind: 'perforated', phase: ELECTROLYTE },
    { kind: 'perforated', phase: ACTIVE },
    ...(phases.includes(ACTIVE2) ? [{ kind: 'perforated' as const, phase: ACTIVE2 }] : []),
  ]
  if (phases.includes(CARBON) || phases.includes(ACTIVE2))
    problems.push({ kind: 'contrast', name: ELECTRONS, coefficients: coefficients(conductivities(v, phases)) })
  if (v.transport === 'published') {
    const r = v.r_published
    const of = { ...Object.fromEntries(phases.map((name) => [name, r])), [ELECTROLYTE]: 1, [CARBON]: open ? 1 : r }
    problems.push({ kind: 'contrast', name: PUBLISHED, coefficients: coefficients(of) })
  }
  const flows = model === 'homogenized' || v.flow !== 'none'
  if (v.structure === 'cell' && flows) problems.push(stokesProblem(v, phases))
  return problems
}

/** The flow in a cell of these phases: none on the particles, through carbon where ions pass it. */
export function stokesProblem(v: CathodeValues, phases: readonly string[]): CellProblemSpec {
  return { kind: 'stokes', fluid: ELECTROLYTE, ...(isOpen(v, phases) ? { also: [CARBON] } : {}) }
}

/** Conductivities of the solids that there are, S/m. */
function solidsOf(v: CathodeValues, phases: readonly string[]): Record<string, number> {
  const all = { [ACTIVE]: v.sigma_active, [CARBON]: v.sigma_carbon, [ACTIVE2]: v.sigma_active_2 }
  return Object.fromEntries(Object.entries(all).filter(([name]) => phases.includes(name)))
}

/** The same relative to the best one. */
function conductivities(v: CathodeValues, phases: readonly string[]): Record<string, number> {
  const solids = solidsOf(v, phases)
  const best = Math.max(...Object.values(solids))
  const relative = (sigma: number) => Math.max(sigma / best, 1 / LARGEST_RATIO)
  return Object.fromEntries(Object.entries(solids).map(([name, sigma]) => [name, relative(sigma)]))
}

const map = (t: Tensor, f: (value: number, i: number, j: number) => number): Tensor =>
  t.map((row, i) => row.map((value, j) => f(value, i, j)))
const isotropic = (d: number, s: number): Tensor =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => (i === j ? s : 0)))
const scaled = (t: Tensor | undefined, s: number) => t && map(t, (value) => s * value)

/**
 * What the cell says of a structure, for the problems that were solved.
 * @throws InputError when a phase is missing
 */
export function cellValues(input: CathodeInput, cell: CellResult): CellValues {
  const { parameters: v, cellSize } = input
  const electrolyte = cell.phases[ELECTROLYTE]
  const active = cell.phases[ACTIVE]
  if (!electrolyte || !active)
    throw new InputError([
      {
        path: 'cell.shapes',
        message: t(
          'got the phases {phases}; a cathode needs the phases "{electrolyte}" and "{active}", and may have "{carbon}"',
          { phases: Object.keys(cell.phases).join(', '), electrolyte: ELECTROLYTE, active: ACTIVE, carbon: CARBON },
        ),
      },
    ])
  const names = Object.keys(cell.phases)
  const open = isOpen(v, names)
  const carbon = cell.phases[CARBON]?.fraction ?? 0
  const named = (name: string) => cell.problems.find((p) => p.kind === 'contrast' && p.name === name)
  const alone = (phase: string) => cell.problems.find((p) => p.kind === 'perforated' && p.phase === phase)?.tensor
  const contact = (a: string, b: string) => (cell.interfaceMeasure[interfaceName(a, b)] ?? 0) / cellSize
  const average = named(PUBLISHED)
  const Ms = alone(ACTIVE)
  const touching = contact(ACTIVE, ELECTROLYTE)
  const second = cell.phases[ACTIVE2]
  const also = second && { q: second.fraction, contact: contact(ACTIVE2, ELECTROLYTE) }
  const kinds = particleKinds(cell, active.fraction, touching, also)
  const reacting = touching + (also?.contact ?? 0)
  return {
    p: electrolyte.fraction + (open ? carbon : 0),
    q: active.fraction + (second?.fraction ?? 0),
    carbon,
    contact: kinds.every(({ a }) => a > 0) ? reacting : kinds.reduce((sum, { a }) => sum + a, 0),
    surface: reacting + (open ? 0 : contact(CARBON, ELECTROLYTE)),
    kinds,
    open,
    T: open ? named(IONS)?.tensor : alone(ELECTROLYTE),
    Sigma: names.includes(CARBON) || second ? electronic(v, cell, named(ELECTRONS)) : scaled(Ms, v.sigma_active),
    Ms,
    ...(second ? { second: { Ms: alone(ACTIVE2) } } : {}),
    K: permeability(input, cell),
    ...(average ? publishedAverages(v, average) : {}),
  }
}

/** In m²: of the cell of the flow, where there is one, whose period stands in place of the factor on the first. */
function permeability({ parameters, cellSize, filtration }: CathodeInput, cell: CellResult): Tensor | undefined {
  const own = filtration ? cell.filtration : cell
  const flow = own?.problems.find((p) => p.kind === 'stokes')?.tensor
  return scaled(flow, (filtration?.size ?? cellSize * parameters.darcy_size) ** 2)
}

/**
 * In S/m. Beyond the largest ratio of conductivities the tensor no longer changes relative to the conductor that limits
 * it: the better one where it reaches through the cell, the worse one in series with it.
 */
function electronic(v: CathodeValues, cell: CellResult, problem: CellProblemResult | undefined): Tensor | undefined {
  const solids = solidsOf(v, Object.keys(cell.phases))
  const [best, worst] = [Math.max(...Object.values(solids)), Math.min(...Object.values(solids))]
  // The carbon of two that are alike.
  const first = [CARBON, ACTIVE, ACTIVE2].find((name) => solids[name] === best) ?? ACTIVE
  const through = cell.phases[first].percolates.includes(true)
  return scaled(problem?.tensor, through ? best : Math.min(best, worst * LARGEST_RATIO))
}

/** A flux average M and its electronic counterpart; with eps = M + r (I - M), better than the sum over the mesh. */
function publishedAverages(
  v: CathodeValues,
  { tensor, coefficients, split }: CellProblemResult,
): Pick<CellValues, 'published' | 'publishedSigma'> {
  const r = v.r_published
  const holds = (name: string) => name === ELECTROLYTE || (name === CARBON && v.carbon_permeable === true)
  const sigma = solidsOf(v, Object.keys(coefficients))
  const parts = present(split, 'the flux averages of a contrast problem')
  const sum = (weight: (name: string) => number) =>
    map(tensor, (_, i, j) => Object.keys(coefficients).reduce((total, s) => total + weight(s) * parts[s][i][j], 0))
  return {
    // Near r = 1 the quotient cancels.
    published:
      Math.abs(r - 1) > 0.05
        ? map(tensor, (value, i, j) => (value - (i === j ? r : 0)) / (1 - r))
        : sum((name) => (holds(name) ? 1 : 0)),
    publishedSigma: sum((name) => (holds(name) ? 0 : (sigma[name] ?? 0))),
  }
}

type Numbers = Pick<CathodeStructure, 'p' | 'q' | 'carbon' | 'a' | 'kinds' | 'Sigma' | 'Ms' | 'second' | 'K'>

function givenNumbers(v: CathodeValues, d: number): Numbers {
  return {
    p: v.p,
    q: v.q,
    carbon: Math.max(0, 1 - v.p - v.q),
    a: v.area,
    kinds: [{ pieces: [], q: v.q, a: v.area, spread: 0 }],
    Sigma: isotropic(d, v.sigma_eff),
    Ms: isotropic(d, v.M_s),
    K: isotropic(d, v.K),
  }
}

/** @param cut a tensor to the dimension of the box */
function ofCell(own: CellValues, v: CathodeValues, cut: (t: Tensor | undefined) => Tensor): Numbers {
  const { p, q, carbon } = own
  const a = own.contact * v.area_factor
  const kinds = own.kinds.map((kind) => ({ ...kind, a: own.kinds.length === 1 ? a : kind.a * v.area_factor }))
  const second = own.second && { Ms: cut(own.second.Ms) }
  return { p, q, carbon, a, kinds, Sigma: cut(own.Sigma), Ms: cut(own.Ms), second, K: cut(own.K) }
}

/**
 * The structure in use, in the dimension of the box.
 * @throws InputError when the cell lacks a phase that is needed
 */
export function cathodeStructure(input: CathodeInput, cell: CellResult): CathodeStructure {
  const { parameters: v, macro } = input
  const d = macro.dimension
  const given = v.structure === 'given'
  const needed = !given || v.transport === 'cell' || v.transport === 'published'
  const cut = (t: Tensor | undefined): Tensor => map(isotropic(d, 0), (_, i, j) => t?.[i]?.[j] ?? 0)
  const own = needed ? cellValues(input, cell) : undefined
  const { p, q, carbon, a, kinds, Sigma, Ms, second, K } = given || !own ? givenNumbers(v, d) : ofCell(own, v, cut)
  const structure: CathodeStructure = {
    p,
    q,
    carbon,
    a,
    kinds: v.mobility_printed === true ? [together(kinds)] : kinds,
    T: ionicTensor(v, p, d) ?? cut(v.transport === 'cell' ? own?.T : own?.published),
    Sigma,
    Ms: v.mobility_printed === true ? map(Ms, (value, i, j) => (i === j ? 2 * q : 0) - value) : Ms,
    second,
    K,
    notices: [],
    problems: [],
  }
  const { notices, problems } = structureMessages(input, cell, structure, own)
  structure.notices.push(...notices)
  structure.problems.push(...problems)
  if (!cell.table || problems.length > 0) return structure
  if (given) structure.problems.push(givenAlong())
  if (structure.problems.length > 0) return structure
  // The cell of the flow is the same everywhere.
  const along = structureAlong(cell.table, (of) => cathodeStructure(input, { ...of, filtration: cell.filtration }))
  const there = along.at(0.5)
  return {
    ...structure,
    ...there,
    // The flow is asked of the cells only where electrolyte is pumped through them.
    K: v.flow !== 'none' ? there.K : structure.K,
    along: along.at,
    notices: [tableNotice(cell.table, along.error), ...structure.notices],
  }
}

function givenAlong(): Problem {
  return {
    path: 'graded',
    message: t(
      'got a structure given by numbers, which no cell stands for; take it from the reference cell ("cell"), or leave graded out',
    ),
  }
}

/** One kind of all: with the printed mobility lithium crosses from particle to particle, whether they touch or not. */
function together(kinds: readonly ParticleKind[]): ParticleKind {
  const total = (of: (kind: ParticleKind) => number) => kinds.reduce((sum, kind) => sum + of(kind), 0)
  const ratios = kinds.map(({ q, a }) => a / q)
  return {
    pieces: kinds.flatMap(({ pieces }) => pieces),
    q: total(({ q }) => q),
    a: total(({ a }) => a),
    spread: Math.max(...ratios) / Math.min(...ratios) - 1,
  }
}

/** Tensors of the electrolyte that follow from p alone, or are given. */
function ionicTensor(v: CathodeValues, p: number, d: number): Tensor | undefined {
  switch (v.transport) {
    case 'bruggeman':
      return isotropic(d, p ** 1.5)
    case 'tortuosity':
      return isotropic(d, p / v.tortuosity ** 2)
    case 'value':
      return isotropic(d, v.T_value)
  }
  return undefined
}
