/** Sizes of Ω in world units and its axes' ticks in real units. */
import { Vector3 } from 'three'
import type { MacroSpec } from '../../models/family.ts'
import type { ReducedUnits } from '../../models/reduced.ts'
import { lengthUnit, number, tickLabels, ticks } from '../ground/format.ts'
import type { Axis } from './view.ts'

/** Sides in world units. */
export function sides(macro: MacroSpec): [number, number, number] {
  const longest = Math.max(...macro.size.slice(0, macro.dimension))
  const side = (axis: number) => (axis < macro.dimension ? (macro.size[axis] ?? longest) / longest : 0)
  return [side(0), side(1), side(2)]
}

const NAMES = ['x', 'y', 'z']

export function lengthAxis(
  { macro, units }: { macro: MacroSpec; units?: ReducedUnits },
  axis: number,
  from: Vector3,
  to: Vector3,
  outward: Vector3,
): Axis {
  const size = macro.size[axis] ?? 1
  const unit = lengthUnit(Math.max(...macro.size.slice(0, macro.dimension)), units)
  return {
    from,
    to,
    outward,
    title: `${NAMES[axis]} (${unit.unit})`,
    ticks: ticks(0, size / unit.factor, 4).map((v) => ({ at: (v * unit.factor) / size, label: number(v) })),
  }
}

export function valueAxis(title: string, min: number, max: number, from: Vector3, to: Vector3, outward: Vector3): Axis {
  return {
    from,
    to,
    outward,
    title,
    ticks: tickLabels(ticks(min, max, 4)).map(([v, label]) => ({ at: (v - min) / (max - min), label })),
  }
}

export const vec = (x: number, y: number, z = 0): Vector3 => new Vector3(x, y, z)
