/** The estimate of one field in one state: the quadratic forms of estimate.ts. */
import type { Tensor } from '../cell/cell.ts'
import type { Lean, Moments } from '../cell/moments.ts'
import type { Grid } from './estimateGrid.ts'
import type { Field, MicroscopicTerm } from './family.ts'

/** What a field's estimate rests on: moments of correctors, and the gradients that multiply them. */
export interface Form {
  moments: Moments
  /** Of the first problem, with its tensor D*; absent where nothing flows. */
  lean?: Lean & { tensor: Tensor }
  /** int beta² and int |grad beta|² (cell/second.ts), where sources sit on the interface. */
  surface?: { square: number; gradient: number }
  terms: readonly MicroscopicTerm[]
  /** Place of each term's problem among those of the moments. */
  problem: readonly number[]
}

/** Fields of a state on the grid. */
export interface State {
  grid: Grid
  /** Axes that box and cell have, and how many the cell has. */
  axes: readonly number[]
  cellAxes: number
  /** Without sides. */
  ring: boolean
  value(name: string): Float64Array
  gradient(name: string): Float64Array[]
}

/** g along an axis with its D_k, and its place among the functions of the moments. */
interface Row {
  g: Float64Array
  bent: readonly Float64Array[]
  axis: number
  at: number
}

/** Means over the box, by powers of the period. */
interface Parts {
  /** g <chi chi> g, g <grad chi grad chi> g and D_k g <chi chi> D_k g. */
  own: number
  slope: number
  bend: number
  /** Of the sides, 1/m. */
  layers: number
}

export function judge(form: Form, field: Field, state: State, l: number) {
  const rows = rowsOf(form, field, state, l)
  const all = parts(form.moments, rows, state)
  const r = all.slope > 0 ? all.own / all.slope : 0
  const layer = (l ** 3 / (4 * Math.PI)) * all.layers
  const moved = state.ring ? 0 : l ** 2 * drift(form, rows, state.value(field.name), state)
  const { fraction } = form.moments
  const surface = form.surface ?? { square: 0, gradient: 0 }
  const sources = sourced(form, rows, state) / fraction
  const second = r * all.bend + sources * surface.square + squared(form, field, rows, state, l)
  const slope = all.bend + sources * surface.gradient
  return {
    plain: Math.sqrt(l ** 2 * all.own + layer + moved),
    corrected: Math.sqrt(l ** 4 * second + layer + moved),
    plainGradient: Math.sqrt(all.slope),
    correctedGradient: Math.sqrt(l ** 2 * slope + Math.PI * l * all.layers),
    ...flow(form, rows, all, state, l),
    shift: l ** 2 * surface.gradient * Math.sqrt(sources * fraction),
  }
}

/** Mean square of div D* g. */
function sourced({ lean, surface }: Form, rows: readonly Row[], { grid, axes }: State): number {
  if (!lean || !surface) return 0
  const { tensor } = lean
  const bent = axes.flatMap((i) => axes.map((j) => rows[j].bent[i]))
  return grid.mean(
    [
      grid.combined(
        bent,
        axes.flatMap((i) => axes.map((j) => tensor[i][j])),
      ),
    ],
    [[1]],
  )
}

/**
 * Only the axes that the box has are driven. Where a field changes by more than itself over a period, or a potential by more
 * than what it carries feels, expansions mean nothing: such slopes count as one over the period.
 */
function rowsOf({ terms, problem }: Form, { name, microscopic }: Field, state: State, l: number): Row[] {
  const { grid, axes, cellAxes, value, gradient } = state
  const out = Array.from({ length: Math.max(...problem) + 1 }, () => axes.map(() => grid.zeros()))
  terms.forEach(({ of, weight, times }, k) => {
    const factor = times === undefined ? undefined : value(times)
    for (const source of of)
      gradient(source).forEach((slope, axis) => {
        const target = out[problem[k]][axis]
        for (let p = 0; p < target.length; p++)
          target[p] += factor ? within(weight * slope[p], 1 / l) * factor[p] : weight * slope[p]
      })
  })
  const carrier = microscopic?.second?.carrier
  const psi = carrier && gradient(carrier.of)
  const [u, slope] = [value(name), gradient(name)]
  const bent = (g: Float64Array, own: number) =>
    axes.map((k) => {
      const slopes = grid.slopes(g, k)
      if (!carrier || !psi) return slopes
      const most = g.reduce((high, v) => Math.max(high, Math.abs(v)), 0) / l
      // The first problem is that of what is carried; what answers the potential has the field as a factor.
      for (let p = 0; p < slopes.length; p++) {
        const factor = own === 0 ? carrier.weight * psi[k][p] : -slope[k][p] / u[p]
        slopes[p] = within(slopes[p], most) + within(factor, 1 / l) * g[p]
      }
      return slopes
    })
  return out.flatMap((along, own) =>
    along.map((g, axis) => ({ g, bent: bent(g, own), axis, at: own * cellAxes + axis })),
  )
}

const within = (x: number, most: number) => Math.max(-most, Math.min(most, x)) || 0

const among = (rows: readonly Row[], t: Tensor, fraction: number) =>
  rows.map((a) => rows.map((b) => t[a.at][b.at] / fraction))

function parts(m: Moments, rows: readonly Row[], { grid, axes, ring }: State): Parts {
  const g = rows.map((row) => row.g)
  const square = among(rows, m.square, m.fraction)
  let [bend, layers] = [0, 0]
  for (const axis of axes) {
    bend += grid.mean(
      rows.map(({ bent }) => bent[axis]),
      square,
    )
    if (ring) continue
    const [held, closed] = [m.trace[axis], m.bend[axis]].map((t) => among(rows, t, m.fraction))
    const side = rows.map((a, i) =>
      rows.map((b, j) => {
        if (a.axis === axis && b.axis === axis) return held[i][j]
        return a.axis !== axis && b.axis !== axis ? closed[i][j] / (2 * Math.PI) ** 2 : 0
      }),
    )
    layers += grid.sides(g, side, axis)
  }
  return { own: grid.mean(g, square), slope: grid.mean(g, among(rows, m.gradient, m.fraction)), bend, layers }
}

/** Mean square of g <chi chi> g / 2u of what a potential carries. */
function squared(
  { moments: m }: Form,
  { name, microscopic }: Field,
  rows: readonly Row[],
  state: State,
  l: number,
): number {
  if (!microscopic?.second?.carrier) return 0
  const u = state.value(name)
  const local = state.grid.local(
    rows.map(({ g }) => g),
    among(rows, m.square, m.fraction),
  )
  return state.grid.mean([local.map((v, p) => Math.min(v / (2 * u[p]) || 0, Math.sqrt(Math.abs(v)) / l))], [[1]])
}

/** Mean square of what the sides move, over the square of the period. */
function drift({ moments: m, lean }: Form, rows: readonly Row[], u: Float64Array, { grid, axes }: State): number {
  const g = rows.map((row) => row.g)
  let sum = 0
  for (const axis of axes) {
    const across = rows.map(({ axis: own, at }) => (own === axis ? m.shift[axis][at] : 0))
    sum += grid.between(grid.combined(g, across), axis)
    if (!lean) continue
    sum += grid.fromSlopes(uneven(lean, m.fraction, rows, axis, { grid, axes }), axis)
    sum += (lean.volume[axis] / m.fraction) ** 2 * grid.kept(u, g[axis], axis)
  }
  return sum
}

/** Slope over the period that closed sides across an axis give a field. @param rows those of the first problem first */
function uneven(
  { volume, flux, tensor }: Lean & { tensor: Tensor },
  fraction: number,
  rows: readonly Row[],
  axis: number,
  { grid, axes }: Pick<State, 'grid' | 'axes'>,
): Float64Array {
  const own = tensor[axis][axis]
  if (!(own > 0)) return grid.zeros()
  const factors = axes.flatMap((i) =>
    axes.map((j) => {
      const along = i !== axis && j !== axis ? flux[axis][i][j] : 0
      return ((volume[axis] / fraction) * tensor[i][j] - along) / own
    }),
  )
  return grid.combined(
    axes.flatMap((i) => axes.map((j) => rows[j].bent[i])),
    factors,
  )
}

/** Energy of what flows, and of its error. What answers a potential carries nothing. */
function flow({ moments: m, lean }: Form, rows: readonly Row[], all: Parts, state: State, l: number) {
  if (!lean) return { carried: 0, excess: 0 }
  const own = rows.filter(({ at }) => at < state.cellAxes)
  const { bend, layers } = own.length < rows.length ? parts(m, own, state) : all
  const carried = state.grid.mean(
    own.map(({ g }) => g),
    own.map((a) => own.map((b) => lean.tensor[a.axis][b.axis] / m.fraction)),
  )
  return { carried, excess: l ** 2 * bend + Math.PI * l * layers }
}
