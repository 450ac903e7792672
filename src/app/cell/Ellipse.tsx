/** A tensor as the ellipse (ellipsoid) of its action on unit vectors, inside the circle of the bulk value. */

import type { Bounds, Tensor } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'

const R = 44

/** @param relative to a bulk value, which is 1; else the tensor fills the picture, without any circle */
export function Ellipse({ tensor, bounds, relative }: { tensor: Tensor; bounds: Bounds; relative: boolean }) {
  const d = tensor.length
  const largest = Math.max(...tensor.map((row, i) => row[i] ?? 0))
  const scale = R / (relative ? Math.max(1, bounds.voigt, largest) : largest)
  return (
    <svg
      className="ellipse"
      viewBox="-50 -50 100 100"
      role="img"
      aria-label={d === 2 ? t('Tensor as an ellipse') : t('Tensor as an ellipsoid')}
    >
      <line x1="-48" x2="48" y1="0" y2="0" />
      <line y1="-48" y2="48" x1="0" x2="0" />
      {relative && <circle r={scale} className="bulk" />}
      {bounds.hashinShtrikman && <circle r={bounds.hashinShtrikman.upper * scale} className="bound" />}
      {d === 2 ? (
        <path d={image(tensor, scale, (a) => [Math.cos(a), Math.sin(a)])} className="tensor" />
      ) : (
        <Ellipsoid tensor={tensor} scale={scale} />
      )}
    </svg>
  )
}

/** The image of the unit circle (through given directions) under the tensor, as a path. */
function image(
  tensor: Tensor,
  scale: number,
  direction: (angle: number) => number[],
  flatten = (p: number[]) => [p[0], p[1]],
): string {
  const points = Array.from({ length: 65 }, (_, k) => {
    const e = direction((k * Math.PI) / 32)
    const [x, y] = flatten(tensor.map((row) => row.reduce((sum, t, j) => sum + t * (e[j] ?? 0), 0)))
    return `${(x * scale).toFixed(2)},${(-y * scale).toFixed(2)}`
  })
  return `M${points.join('L')}Z`
}

/** Seen from the front and above. */
const flatten = ([x = 0, y = 0, z = 0]: number[]): number[] =>
  [0.866 * (x - y), 0.816 * z - 0.354 * (x + y)].map((v) => v * 0.92)

function Ellipsoid({ tensor, scale }: { tensor: Tensor; scale: number }) {
  const planes: ((a: number) => number[])[] = [
    (a) => [Math.cos(a), Math.sin(a), 0],
    (a) => [Math.cos(a), 0, Math.sin(a)],
    (a) => [0, Math.cos(a), Math.sin(a)],
  ]
  return (
    <>
      {planes.map((plane, i) => (
        <path key={i} d={image(tensor, scale, plane, flatten)} className="tensor" />
      ))}
    </>
  )
}
