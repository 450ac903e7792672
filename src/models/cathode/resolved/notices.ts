/** What should be known about a resolved cell: where the homogenized model cannot follow it, however small the cells. */

import { t } from '../../../language/language.ts'
import type { Notice } from '../../family.ts'
import { fractionsOf, materialsOf } from '../equations/materials.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import { FRONT } from '../homogenized/material.ts'
import type { CathodeTiling } from './tiling.ts'

/** Particles count as uniform inside while they even out in this part of the time of the discharge. */
const SLOW = 0.1

/**
 * @param capacity C/m²
 * @param spread whether particles differ
 */
export function resolvedNotices(
  setting: CathodeSetting,
  capacity: number,
  tiling: CathodeTiling,
  spread: boolean,
): Notice[] {
  return [
    ...layer(tiling),
    ...slowInside(setting, capacity, tiling),
    ...separating(setting, tiling),
    ...(spread ? [drawn()] : []),
  ]
}

/** The homogenized model is the limit of cells that are smaller than a front, in which particles are uniform. */
function separating(setting: CathodeSetting, { size }: CathodeTiling): Notice[] {
  const parts = fractionsOf(setting)
  return materialsOf(setting).flatMap(({ solid }, k) => {
    const [front, particle] = [FRONT * Math.sqrt(solid.gradient), 2 * size * Math.sqrt(parts[k] / Math.PI)]
    if (!(solid.omega > 2) || front === 0 || front >= particle) return []
    return [
      {
        level: 'info' as const,
        message: t(
          'A front of {front} is thinner than particles of {particle}: they separate inside, and the homogenized model gives each of them one filling. Errors fall once cells are smaller than a front.',
          { front: um(front), particle: um(particle) },
        ),
      },
    ]
  })
}

const um = (x: number) => `${Number((1e6 * x).toPrecision(3))} µm`

function drawn(): Notice {
  return {
    level: 'info',
    message: t(
      'Every resolved particle has a voltage and an area of its own, drawn cell by cell; the homogenized model draws one for each of its mesh cells. Both have the same distribution, so that means over many particles may be compared, and single particles may not.',
    ),
  }
}

function layer({ separatorCells }: CathodeTiling): Notice[] {
  if (separatorCells === 0) return []
  return [
    {
      level: 'info',
      message: t(
        'Where separator and particles meet stands a layer of one cell that no homogenized model has: errors fall with order one only.',
      ),
    },
  ]
}

/** Cells of L / N may be far larger than the real ones, and lithium has its way to go inside of them. */
function slowInside(setting: CathodeSetting, capacity: number, { size }: CathodeTiling): Notice[] {
  const { steps } = setting
  const parts = fractionsOf(setting)
  const slow = materialsOf(setting).map(({ solid, Ms }, k) => {
    const radius = size * Math.sqrt(parts[k] / Math.PI)
    return { radius, time: Ms[0] > 0 ? 0 : radius ** 2 / solid.diffusivity }
  })
  const { radius, time } = slow.reduce((a, b) => (b.time > a.time ? b : a))
  const current = Math.max(0, ...steps.map((s) => (s.hold === 'current' ? Math.abs(s.value) : 0)))
  if (time * current <= SLOW * capacity) return []
  return [
    {
      level: 'warning',
      message: t(
        'Particles of {radius}, as cells of {size} have them, even out in {time} s, while the capacity passes in {capacity} s: they fill at the surface first, which the homogenized model does not know.',
        {
          radius: um(2 * radius),
          size: um(size),
          time: time.toPrecision(2),
          capacity: (capacity / current).toPrecision(2),
        },
      ),
      advice: [t('take more, smaller cells'), t('a larger diffusivity D_s in the solid'), t('a smaller current')],
    },
  ]
}
