/** What several kinds of particles in one period mean, in words. */
import type { CellResult } from '../../../cell/cell.ts'
import { t } from '../../../language/language.ts'
import { number } from '../../../words.ts'
import type { Notice } from '../../family.ts'
import { EQUAL } from '../../pieces.ts'
import { ACTIVE, ACTIVE2 } from '../phases.ts'
import type { ParticleKind } from './kinds.ts'

/** @param kinds of the structure in use */
export function kindNotices(cell: CellResult, kinds: readonly ParticleKind[]): Notice[] {
  const q = kinds.reduce((sum, kind) => sum + kind.q, 0)
  const percent = (fraction: number) => Number(((100 * fraction) / q).toPrecision(3))
  const reacting = kinds.filter(({ a }) => a > 0)
  const notices: Notice[] = []
  const several = kinds.some(({ second }) => second)
  if (reacting.length > 1)
    notices.push({
      level: 'info',
      message: t(
        'The particles of a cell are of {count} kinds with a filling each; pieces (part of the material, surface per volume): {list}.',
        {
          count: reacting.length,
          list: kinds
            .flatMap(({ pieces, q: part, a, second }, k) => {
              const of = several ? ` ${second ? ACTIVE2 : ACTIVE}` : ''
              return a > 0 ? [`${k + 1}: ${pieces.length}${of} (${percent(part)} %, ${number(a / part, 3)} /m)`] : []
            })
            .join('; '),
        },
      ),
    })
  const spread = Math.max(...kinds.map((kind) => kind.spread))
  if (spread > EQUAL)
    notices.push({
      level: 'warning',
      message: t(
        'Particles that differ by up to {percent} % in surface per volume share one filling in the homogenized model: against the resolved cell an error stays that no smaller cell removes.',
        { percent: Number((100 * spread).toPrecision(2)) },
      ),
      advice: [t('take fewer sizes'), t('look at the resolved cell beside it')],
    })
  const idle = kinds.filter(({ a }) => a === 0)
  if (idle.length > 0 && reacting.length > 0)
    notices.push({
      level: 'warning',
      message: t(
        '{out} of {components} pieces of the active material, {percent} % of it, stay out of the reaction: they touch no carbon that leads to the collector, or no electrolyte. They count in the capacity all the same.',
        {
          out: idle.reduce((sum, { pieces }) => sum + pieces.length, 0),
          components: [ACTIVE, ACTIVE2].reduce((sum, name) => sum + (cell.phases[name]?.components ?? 0), 0),
          percent: percent(idle.reduce((sum, kind) => sum + kind.q, 0)),
        },
      ),
      advice: [t('let the carbon reach every particle'), t('move the particles onto the carbon')],
    })
  return notices
}
