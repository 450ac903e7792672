/** A small picture of a reference cell: the phases in 2D, a lit view along the diagonal in 3D. */
import { useEffect, useRef } from 'react'
import type { CellSpec } from '../../cell/cell.ts'
import { phasePainter } from '../ground/house.ts'
import { useLab } from '../session/context.ts'
import { paintPeriod } from './paintPhases.ts'
import { PHASES, rgb } from './phaseColours.ts'

const SIZE = 96

export function Thumbnail({ cell }: { cell: CellSpec }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useLab((s) => s.theme)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    // After the dialog has opened: the pictures may take a moment each.
    const timer = setTimeout(() => {
      const colours = PHASES[theme].map(rgb)
      context.putImageData(
        cell.dimension === 2 ? paintPeriod(phasePainter(cell), SIZE, colours) : paintSolid(cell, colours),
        0,
        0,
      )
    })
    return () => clearTimeout(timer)
  }, [cell, theme])
  return <canvas ref={canvas} width={SIZE} height={SIZE} className="thumbnail" />
}

const STEPS = 72
/** Width of the view and how deep rays go, in periods: the cube is 1.63 high and 1.73 deep along its diagonal. */
const FIELD = 1.65
const DEPTH = 1.75

/** Marches rays from the front upper corner through the unit cell; the first other phase that is met is lit by its normal. */
function paintSolid(cell: CellSpec, colours: readonly [number, number, number][]): ImageData {
  const image = new ImageData(SIZE, SIZE)
  const at = phasePainter(cell)
  const inside = (p: readonly number[]) => p.every((x) => x >= 0 && x <= 1)
  const forward = [-0.577, 0.577, -0.577]
  const right = [Math.SQRT1_2, Math.SQRT1_2, 0]
  const up = [-0.408, 0.408, 0.816]
  const along = (u: number, v: number, t: number) =>
    [0, 1, 2].map((i) => 0.5 + u * right[i] + v * up[i] + t * forward[i])
  for (let j = 0; j < SIZE; j++)
    for (let i = 0; i < SIZE; i++) {
      const [u, v] = [(i / SIZE - 0.5) * FIELD, (0.5 - j / SIZE) * FIELD]
      for (let k = 0; k < STEPS; k++) {
        const p = along(u, v, (k / STEPS - 0.5) * DEPTH)
        if (!inside(p)) continue
        const phase = at(p)
        if (phase === 0) continue
        const light = 0.55 + 0.5 * Math.max(0, slope(at, p, phase))
        const [r, g, b] = colours[Math.min(phase, colours.length - 1)]
        image.data.set([r * light, g * light, b * light, 255], 4 * (i + SIZE * j))
        break
      }
    }
  return image
}

/** Cosine between the surface normal (towards where the phase ends) and the light. */
function slope(at: (p: readonly number[]) => number, p: readonly number[], phase: number): number {
  const normal = [0, 0, 0]
  for (const dx of [-1, 0, 1])
    for (const dy of [-1, 0, 1])
      for (const dz of [-1, 0, 1]) {
        const q = [p[0] + 0.03 * dx, p[1] + 0.03 * dy, p[2] + 0.03 * dz]
        const out = q.some((x) => x < 0 || x > 1) || at(q) !== phase
        if (!out) continue
        normal[0] += dx
        normal[1] += dy
        normal[2] += dz
      }
  const length = Math.hypot(...normal) || 1
  return (0.35 * normal[0] - 0.45 * normal[1] + 0.82 * normal[2]) / length
}
