/** A laboratory that computes nothing and shows, beside the page, what others have computed: pictures of a sweep. */
import { t } from '../../language/language.ts'
import type { Range } from '../ground/range.ts'
import { Ranges } from '../picture/ranges.ts'
import { onShow } from '../session/onShow.ts'
import { type Session, startSession } from '../session/session.ts'
import { type ColourSettings, current } from '../store/lab.ts'
import type { Take } from './film.ts'
import type { SweptRun } from './sweep.ts'

export interface Darkroom {
  session: Session
  takes: readonly Take[]
}

/** It looks at everything as the laboratory does; colours have one range throughout, and a resolved model is shown itself. */
export function openDarkroom(of: Session, runs: readonly SweptRun[]): Darkroom {
  const state = of.lab.getState()
  const idle = { post: () => undefined, dispose: () => undefined }
  const session = startSession({ scenario: current(state), parts: { ...of.parts, connect: () => idle } })
  const { lab, engine, pictures } = session
  pictures.camera = of.pictures.camera
  session.view.setState({ comparison: 'resolved' })
  const { field, probes, raised, cuts, level, theme, large } = state
  lab.setState({ field, probes, raised, cuts, level, theme, large, status: 'paused' })
  const show = ({ frames }: SweptRun, colour = lab.getState().colour) => {
    engine.frames.entries = [...frames]
    const { t: time, model } = frames[frames.length - 1]
    const shown = frames.length - 1
    lab.setState({ frameCount: frames.length, shown, time, model, colour: { ...colour } })
  }
  const [first] = runs
  show({ ...first, frames: runs.flatMap(({ frames }) => frames) })
  const { min, max } = rangeOf(session, state.colour)
  const colour = { ...state.colour, range: 'fixed' as const, min, max }
  show(first, colour)
  return { session, takes: runs.map((run) => ({ caption: run.caption, show: () => show(run, colour) })) }
}

/** Range of all frames of a laboratory, SI, unless it is set by hand. */
function rangeOf({ engine, lab }: Session, colour: ColourSettings): Range {
  const now = onShow({ engine, lab })
  if (!now) throw new RangeError(t('there is no frame yet; let it compute one'))
  const range = colour.range === 'fixed' ? 'fixed' : 'run'
  return new Ranges().of({ ...colour, range }, engine.frames, now.entry, now.index, now.field)
}

/** How long pictures may take to be there, ms. */
const PATIENCE = 20_000

/**
 * Settles when the pictures are there, or are not wanted any more.
 * @throws RangeError when they do not come
 */
export async function developed({ session }: Darkroom, signal: AbortSignal): Promise<void> {
  const sides = session.lab.getState().model?.resolved ? 2 : 1
  const last = performance.now() + PATIENCE
  while (session.pictures.shown.length < sides && !signal.aborted) {
    if (performance.now() > last) throw new RangeError(t('the pictures were not drawn; try again'))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
