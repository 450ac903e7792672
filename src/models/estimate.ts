/**
 * How far homogenized fields are from the resolved ones, without a resolved run: root mean squares over the box and over
 * the part of the cell in which a field lives. With u1 = g . chi what the correctors chi add for the gradients g of the
 * homogenized fields (`MicroscopicTerm`), l the period and < > a mean over the cell:
 *
 *   of u0           l ( int g <chi chi> g )^½
 *   of u0 + l u1    l² r ( int sum_k D_k g <chi chi> D_k g )^½,  r = |chi| / |grad chi|: a second order of the size that the
 *                   first one has over its own length. D_k = d_k, but for what a potential psi carries with weight w:
 *                   D_k = d_k + w d_k psi, and l² g <chi chi> g / 2u is added, the square in exp(-w (psi - psi0))
 *                   Where nothing else is said (`SecondOrderTerms`) sources sit on the interface: l² |beta| div D* g is added
 *   layers, of both ( l³/4pi int_sides g <tau tau> g )^½: at a side the period is cut. Where the field is held, tau is what
 *                   the corrector along the normal leaves there; where nothing flows out, the flux that the other correctors
 *                   leave, over 2 pi. It fades like exp(-2 pi x / l)
 *   drift, of both  how much the layers of cells that are not mirror-symmetric move the field all over the box, as a steady
 *                   answer would: l <chi_n>_side . g of held sides, linear between them; at closed sides what the first and
 *                   last cells hold and carry more than the mean, as slopes ± l ( m_n div D* g - F_n : d g ) / D*_nn with the
 *                   lean m of volumes and F of fluxes (cell/moments.ts), and as a mean that is off by
 *                   l m_n ( u(L) - u(0) ) / L once what the start put there has spread
 *
 *   mean, of both   f ( int (u - mean u)² )^½, f the relative error of what flows: squares of the error of gradients, as
 *                   energies have, l² D_k g <chi chi> D_k g and pi l of the layers, over g D* g
 *
 * and, for what is constant in closed pieces, chi = -(y - mean y). Gradients of the errors the same way: g <grad chi grad
 * chi> g, and with correctors what f is made of.
 *
 * Not seen: layers at the start, fields that vary over less than a period (layers of charge, fronts), the errors of mesh and
 * steps, and pieces that differ but share their unknowns. Where chi = 0 (layers along the gradients) nothing is of first
 * order, and what is left is not estimated. Radial boxes count as lines. Where cells vary, the one in the middle stands for all.
 */
import type { CellMesh, CellProblemResult, CellResult } from '../cell/cell.ts'
import { problemNamed } from '../cell/cell.ts'
import { lean, moments, type Region } from '../cell/moments.ts'
import { paced, scaled } from '../cell/progress.ts'
import { SecondOrder } from '../cell/second.ts'
import { closedOffsets, nearestPieces } from '../cell/where.ts'
import { type Form, judge, type State } from './estimateForm.ts'
import { Grid } from './estimateGrid.ts'
import type { Field, MacroSpec, Model } from './family.ts'

/** Root mean squares, in the unit of the field (SI); gradients per m. */
export interface ErrorEstimate {
  /** Of the homogenized field, and of that with its first-order corrector. */
  plain: number
  corrected: number
  plainGradient: number
  correctedGradient: number
  /** Of what the field makes flow, relative to it: squares of the corrected gradient's error over g D* g. */
  flow: number
  /** What sources on the interface meet there more than the mean: l² int |grad beta|² div D* g. */
  shift: number
  /** Largest less smallest value of the homogenized field, and its root mean square. */
  variation: number
  size: number
  /** Root mean square of what it is more than its mean. */
  deviation: number
  /** Part of the cell in which the field lives, and of the box in which it has a cell. */
  fraction: number
  share: number
}

type Solved = Pick<CellResult, 'mesh' | 'phases' | 'problems'>

/** Of a cell, by region and problems: it is asked again whenever a parameter changes. */
const known = new WeakMap<Solved, Map<string, Omit<Form, 'terms' | 'problem'>>>()

/** @returns one per field; undefined where there is nothing to tell from. Yields the fraction done. */
export function* estimator(
  cell: Solved,
  { fields, macro, ring = false }: Pick<Model, 'fields' | 'macro' | 'ring'>,
): Generator<number, ErrorEstimator> {
  const forms: (Form | undefined)[] = []
  for (const [k, field] of fields.entries())
    forms.push(yield* scaled(formOf(cell, field), k / fields.length, (k + 1) / fields.length))
  return new ErrorEstimator(fields, forms, { macro, ring }, cell.mesh.dimension)
}

function* formOf(cell: Solved, { name, microscopic }: Field): Generator<number, Form | undefined> {
  if (!microscopic) return undefined
  const { phase, also = [], kinds, terms, interface: surface, closed } = microscopic
  const pieces =
    kinds && phase ? nearestPieces(cell.mesh, phase, kinds.find(({ of }) => of === name)?.inside ?? []) : undefined
  const region: Region = { ...(phase && { phases: [phase, ...also] }), ...(pieces && { pieces }), surface }
  if (phase && !cell.phases[phase]) return undefined
  const names = [...new Set(terms.map(({ problem }) => problem))]
  if (names.length === 0) {
    if (!closed || !phase || cell.phases[phase].percolates.includes(true)) return undefined
    const own = yield* remembered(cell, region, [], () => paced(closedOffsets(cell.mesh, phase), 0))
    return { ...own, terms: [{ problem: phase, of: [name], weight: 1 }], problem: [0] }
  }
  const problems = names.flatMap((problem) => problemNamed(cell.problems, problem) ?? [])
  if (problems.length < names.length || problems.some(({ correctors }) => correctors.length === 0)) return undefined
  const sources = microscopic.second || names.length > 1 ? undefined : phase
  function* functions() {
    return problems.flatMap(({ correctors }) => correctors)
  }
  const own = yield* remembered(cell, region, problems, functions, sources)
  return { ...own, terms, problem: terms.map(({ problem }) => names.indexOf(problem)) }
}

function* remembered(
  cell: Solved,
  region: Region,
  problems: readonly CellProblemResult[],
  functions: () => Generator<number, readonly Float64Array[]>,
  sources?: string,
): Generator<number, Omit<Form, 'terms' | 'problem'>> {
  const own = known.get(cell) ?? new Map<string, Omit<Form, 'terms' | 'problem'>>()
  known.set(cell, own)
  const names = problems.map(({ kind, phase, name }) => [kind, phase, name])
  const key = JSON.stringify([region.phases, region.pieces && [...region.pieces], region.surface, names, sources])
  const found = own.get(key)
  if (found) return found
  const form: Omit<Form, 'terms' | 'problem'> = {
    moments: yield* scaled(moments(cell.mesh, region, yield* functions()), 0, 0.3),
  }
  const [first] = problems
  // Through closed pieces nothing flows from side to side.
  if (first?.meshTensor.some((row, i) => row[i] > 0))
    form.lean = { ...(yield* scaled(lean(cell.mesh, region, first), 0.3, 0.5)), tensor: first.meshTensor }
  if (form.lean && sources) {
    const second = yield* paced(SecondOrder.of(cell.mesh, first), 0.5)
    const beta = yield* scaled(second.surface(sources), 0.5, 0.9)
    const { square, gradient } = yield* scaled(moments(cell.mesh, region, [beta]), 0.9, 1)
    form.surface = { square: square[0][0], gradient: gradient[0][0] }
  }
  own.set(key, form)
  return form
}

export class ErrorEstimator {
  private readonly fields: readonly Field[]
  private readonly forms: readonly (Form | undefined)[]
  private readonly box: { macro: MacroSpec; ring: boolean }
  /** Axes that box and cell have, and those of the cell. */
  private readonly axes: readonly number[]
  private readonly cellAxes: number
  private grid: Grid | undefined

  constructor(
    fields: readonly Field[],
    forms: readonly (Form | undefined)[],
    box: { macro: MacroSpec; ring: boolean },
    dimension: CellMesh['dimension'],
  ) {
    this.fields = fields
    this.forms = forms
    this.box = box
    this.axes = Array.from({ length: Math.min(box.macro.nodes.length, dimension) }, (_, k) => k)
    this.cellAxes = dimension
  }

  /**
   * @param samples of the fields at all nodes of the box, as `Model.sample` gives them
   * @param period of the cells that are judged, m. Yields between the fields.
   */
  *of(samples: readonly Float32Array[], period: number): Generator<void, (ErrorEstimate | undefined)[]> {
    const { macro, ring } = this.box
    // Where there are cells stays the same.
    this.grid ??= new Grid(
      macro,
      samples.filter((_, k) => this.fields[k].partial),
    )
    yield
    const { grid } = this
    const values = samples.map((sample) => grid.pick(sample))
    const slopes = new Map<number, Float64Array[]>()
    const place = (name: string) => this.fields.findIndex((field) => field.name === name)
    const state: State = {
      grid,
      axes: this.axes,
      cellAxes: this.cellAxes,
      ring,
      value: (name) => values[place(name)],
      gradient: (name) => {
        const k = place(name)
        const slope = (axis: number) => (grid.even(values[k]) ? grid.zeros() : grid.slopes(values[k], axis))
        const found = slopes.get(k) ?? this.axes.map(slope)
        slopes.set(k, found)
        return found
      },
    }
    const judged = (form: Form, k: number) => ({
      ...judge(form, this.fields[k], state, period),
      ...grid.range(values[k]),
      form,
    })
    const found: (ReturnType<typeof judged> | undefined)[] = []
    for (const [k, form] of this.forms.entries()) {
      found.push(form && form.moments.fraction > 0 ? judged(form, k) : undefined)
      yield
    }
    const carriers = this.fields.map(({ microscopic }) => microscopic?.second?.carrier?.of)
    // What a potential carries flows together: an ion that stands still has no error of its own.
    const flows = found.map((own, k) => {
      const together = found.filter((_, j) => j === k || (carriers[k] !== undefined && carriers[j] === carriers[k]))
      const carried = Math.max(...together.map((other) => other?.carried ?? 0))
      return own && carried > 0 ? own.excess / carried : 0
    })
    return found.map((own, k): ErrorEstimate | undefined => {
      if (!own) return undefined
      const { form, plain, corrected, carried: _, excess: __, ...rest } = own
      // A potential settles as what it carries lets it.
      const settled = Math.max(flows[k], ...flows.filter((_, j) => carriers[j] === this.fields[k].name))
      const mean = settled * own.deviation
      return {
        ...rest,
        plain: Math.hypot(plain, mean),
        corrected: Math.hypot(corrected, mean),
        flow: flows[k],
        fraction: form.moments.fraction,
        share: grid.share,
      }
    })
  }
}
