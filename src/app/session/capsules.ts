/** Run capsules as laboratories: opened as the course that they hold, and judged once that has run again. */

import { t } from '../../language/language.ts'
import { beyond, LIMITS } from '../../limits.ts'
import { present } from '../../present.ts'
import { InputError } from '../../problem.ts'
import type { Stretch } from '../../simulation/course.ts'
import { pack } from '../ground/house.ts'
import { notify } from '../store/notices.ts'
import { type Recorded, runUpTo } from './written.ts'

/** Frames whose observables a link lists. */
const LISTED_IN_LINK = 12

/** @throws InputError that says what is wrong with the capsule */
export async function linkedCapsule(raw: unknown) {
  const { parseCapsule } = await import('../../record/capsule.ts')
  const capsule = parseCapsule(raw)
  const { course, until } = capsule
  const { scenario } = present(course.at(-1), 'the last scenario')
  return { scenario, view: { course, frame: until, running: false }, capsule }
}

/** What a link says of a capsule beside scenario and view, which hold its course. @throws RangeError, see `encapsulate` */
export async function packedCapsule(session: Recorded): Promise<string> {
  const { encapsulate } = await import('../../record/capsule.ts')
  const { course, told } = runOf(session)
  const { course: _, ...rest } = encapsulate(course, told, LISTED_IN_LINK)
  return pack(rest)
}

/** The capsule of the run up to the frame on show, as the text of a file. @throws RangeError, see `encapsulate` */
export async function capsuleText(session: Recorded): Promise<string> {
  const { encapsulate } = await import('../../record/capsule.ts')
  const { course, told } = runOf(session)
  const text = `${JSON.stringify(encapsulate(course, told))}\n`
  const large = beyond(LIMITS.file, text.length)
  if (large) throw new RangeError(t('{large}; or reset the run and change it less often on its way', { large }))
  return text
}

/** @param index of its last frame; the one on show unless said */
function runOf(session: Recorded, index?: number) {
  const run = runUpTo(session, index)
  if (!run)
    throw new RangeError(
      index === undefined
        ? t('got a run without a frame; let it compute one')
        : t('got a run without its frame {index}; let it compute that', { index }),
    )
  return run
}

/** Says whether the run that was shown again has the numbers of its capsule. */
export async function tellVerdict(session: Recorded, raw: unknown, course: readonly Stretch[]): Promise<void> {
  const { lab } = session
  try {
    const [{ parseCapsule }, { judge, writtenBy }] = await Promise.all([
      import('../../record/capsule.ts'),
      import('../../record/verdict.ts'),
    ])
    const capsule = parseCapsule({ ...(raw as object), course })
    const { same, sentence } = judge(capsule, runOf(session, capsule.until).told)
    notify(lab, {
      level: same ? 'info' : 'warning',
      message: t(sentence),
      advice: same ? undefined : [t('The capsule was written by {writer}.', { writer: writtenBy(capsule) })],
    })
  } catch (error) {
    const reason = error instanceof InputError || error instanceof RangeError ? error.message : String(error)
    notify(lab, {
      level: 'warning',
      message: t('The numbers of the capsule could not be compared: {reason}', { reason }),
    })
  }
}
