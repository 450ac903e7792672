/** The porous electrode of the equations, from a structure; where it varies, that of every column of the grid. */
import type { Tensor } from '../../../cell/cell.ts'
import type { Grid } from '../equations/grid.ts'
import type { Kind, PorousElectrode, Tensor2 } from '../equations/setting.ts'
import type { StructureThere } from '../structure/quantities.ts'

/** Mixed parts below this of the diagonal ones are what the mesh of a cell makes by itself. */
const STRAIGHT = 1e-4

/** A tensor in a box of its dimension. */
export function inBox(t: Tensor): Tensor2 {
  const [xx, yy] = [t[0][0], t[1]?.[1] ?? t[0][0]]
  const xy = t[1] ? (t[0][1] + t[1][0]) / 2 : 0
  return Math.abs(xy) > STRAIGHT * Math.sqrt(xx * yy) ? [xx, yy, xy] : [xx, yy, 0]
}

export function electrodeOf({
  p,
  q,
  a,
  T,
  Sigma,
  Ms,
  K,
  second,
  kinds = [{ q, a }],
}: Omit<StructureThere, 'kinds'> & { kinds?: readonly Kind[] }): PorousElectrode {
  const own = { p, q, a, T: inBox(T), Sigma: inBox(Sigma), Ms: inBox(Ms), K: inBox(K), kinds }
  return second ? { ...own, Ms2: inBox(second.Ms) } : own
}

/**
 * The electrode of every column, in the middle of it, their mean by volume (tensors too: they are what estimates and
 * notices read), and the permeability of columns in series, m².
 */
export function electrodeAlong(
  { columns: all, first, x, width, separator, cathode }: Grid,
  along: (place: number) => StructureThere,
): { columns: PorousElectrode[]; mean: PorousElectrode; K: number } {
  const there = Array.from({ length: all - first }, (_, k) => along((x[first + k] - separator) / cathode))
  const columns = there.map(electrodeOf)
  const weights = Array.from(width.subarray(first), (w) => w / cathode)
  const mean = (of: (electrode: PorousElectrode) => number) =>
    columns.reduce((sum, electrode, k) => sum + weights[k] * of(electrode), 0)
  const whole = (of: (electrode: PorousElectrode) => Tensor2) => [0, 1, 2].map((k) => mean((own) => of(own)[k]))
  const K = 1 / there.reduce((sum, own, k) => sum + weights[k] / own.K[0][0], 0)
  const [{ kinds, Ms2 }] = columns
  return {
    columns,
    mean: {
      p: mean(({ p }) => p),
      q: mean(({ q }) => q),
      a: mean(({ a }) => a),
      T: whole(({ T }) => T),
      Sigma: whole(({ Sigma }) => Sigma),
      Ms: whole(({ Ms }) => Ms),
      ...(Ms2 ? { Ms2: whole((own) => own.Ms2 ?? own.Ms) } : {}),
      kinds: kinds.map((kind, k) => ({
        ...kind,
        q: mean((own) => own.kinds[k].q),
        a: mean((own) => own.kinds[k].a),
      })),
    },
    K,
  }
}
