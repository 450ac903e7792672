/** A laboratory of the page as a value: its store, its engine, its desks, and what is remembered beside them. */

import { t } from '../../language/language.ts'
import { solveSecondInWorker } from '../../worker/second.ts'
import { wantsCalm } from '../ground/calm.ts'
import { pictureArrived } from '../ground/firstPicture.ts'
import { cellProblems, createClient, openingScenario, scenarioProblems } from '../ground/house.ts'
import { type Found, keepSaved, type Restored, restoreSaved, type Saving } from '../store/autosave.ts'
import { BranchDesk } from '../store/branchDesk.ts'
import { animationClock } from '../store/clock.ts'
import { ComparisonDesk } from '../store/comparisonDesk.ts'
import { createDialogs, type DialogStore } from '../store/dialogs.ts'
import type { Beside } from '../store/documents.ts'
import { Engine } from '../store/engine.ts'
import { KeptCurves } from '../store/keptCurves.ts'
import { createLab, type Lab } from '../store/lab.ts'
import { askedLesson, createLessons, type LessonStore, type LessonView } from '../store/lessons.ts'
import { notify } from '../store/notices.ts'
import type { EngineParts } from '../store/parts.ts'
import { keepSmall, Pictures } from '../store/pictures.ts'
import { openingPlot } from '../store/plots.ts'
import { placeOf, quantitiesOf } from '../store/quantities.ts'
import { RateDesk } from '../store/rateDesk.ts'
import { RunLog } from '../store/runLog.ts'
import { SecondDesk } from '../store/secondDesk.ts'
import { sharedView } from '../store/sharedView.ts'
import { openingSlots } from '../store/slots.ts'
import { Tables } from '../store/tables.ts'
import { createJudgeView, type JudgeStore } from '../store/view.ts'
import { type Address, readAddress } from './address.ts'
import { type Linked, linkParts, readLink, showShared } from './shared.ts'

/** Changes of a run that a document keeps. */
const MOST_KEPT_STRETCHES = 100

export interface Session {
  lab: Lab
  engine: Engine
  branches: BranchDesk
  /** How the run came to where it is. */
  log: RunLog
  comparisons: ComparisonDesk
  keptCurves: KeptCurves
  rateDesk: RateDesk
  /** Of the cell under the microscope. */
  second: SecondDesk
  /** For desks that come with a chart. */
  parts: EngineParts
  /** What of the resolved model is shown, and where the microscope looks. */
  view: JudgeStore
  dialogs: DialogStore
  lessons: LessonStore
  tables: Tables
  pictures: Pictures
  /** Keeps what is edited; not of a laboratory that is a part of another page. */
  saving?: Saving
  /** What the last visit left, where it did not come in time. */
  late?: Promise<Found | undefined>
  /** Ends its workers and stops listening. */
  close(): void
}

export interface SessionOptions extends Partial<Restored>, Pick<Linked, 'capsule'> {
  /** Kept for the next visit; one laboratory of a page at most. */
  saved?: boolean
  /** A lesson to begin with. */
  lesson?: Pick<LessonView, 'open' | 'teacher'>
  parts?: EngineParts
}

/** The laboratory that the address asks for: the link's scenario or a named one, else that of the last visit or the opening one. */
export async function openSession(): Promise<Session> {
  const address = readAddress(location.search)
  const { scenario, warning, view, capsule, curves, late } = await findScenario(address)
  const { looks, time, running } = address
  const asked = time !== undefined || running !== undefined || Object.keys(looks).length > 0
  const session = startSession({
    scenario,
    warning,
    view: asked ? { ...view, ...looks, ...(time !== undefined && { time }), running: running ?? view?.running } : view,
    capsule,
    curves,
    saved: address.chrome === 'full',
    lesson: address.chrome === 'full' ? askedLesson(location.search) : undefined,
  })
  session.late = late
  session.lab.setState({
    chrome: address.chrome,
    panels: address.panels,
    editable: address.editable,
    present: address.present,
    note: address.note,
  })
  if (looks.field !== undefined) checkField(session.lab, looks.field)
  for (const problem of address.problems)
    notify(session.lab, { level: 'warning', message: t('In the address, {problem}.', { problem }) })
  return session
}

/** What a document keeps beside its scenario. */
function beside(session: Session): Beside {
  const { kept, measured } = session.lab.getState()
  const view = sharedView(session)
  return {
    // A drag at rest may have left more stretches than are worth to be written every few seconds.
    view: (view.course?.length ?? 0) > MOST_KEPT_STRETCHES ? { ...view, course: undefined, frame: undefined } : view,
    curves: { kept: kept.filter(({ pinned }) => pinned), measured },
    picture: session.pictures.small,
  }
}

/** Says which fields there are, where the address asked for another. */
function checkField(lab: Lab, field: string): void {
  const stop = lab.subscribe(({ model }) => {
    if (!model) return
    stop()
    if (placeOf(model, field) >= 0) return
    const names = quantitiesOf(model)
      .map(({ name }) => name)
      .join(', ')
    notify(lab, {
      level: 'warning',
      message: t('In the address, field: got "{field}"; this model has {names}.', { field: field.slice(0, 60), names }),
    })
  })
}

/** A laboratory with a scenario of its own, running unless the system asks for calm. */
export function startSession(options: SessionOptions = {}): Session {
  const { scenario = openingScenario, warning, view, capsule, curves, saved, lesson, parts } = options
  const calm = wantsCalm()
  const lab = createLab(scenario, calm ? 'paused' : 'running')
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  lab.setState({ theme, ...openingSlots(scenario), plot: openingPlot(scenario) })
  const given = parts ?? { connect: createClient, clock: animationClock(), cellProblems, problems: scenarioProblems }
  const log = new RunLog()
  const engine = new Engine(lab, { ...given, connect: log.through(given.connect) })
  const comparisons = new ComparisonDesk(lab, given)
  const rateDesk = new RateDesk(lab, given, navigator.hardwareConcurrency)
  const second = new SecondDesk(lab, solveSecondInWorker)
  const saving = saved ? keepSaved(lab, () => beside(session)) : undefined
  const dialogs = createDialogs()
  const pictures = new Pictures()
  const unpicture = saved ? keepSmall(lab, pictures) : undefined
  const session: Session = {
    lab,
    engine,
    branches: new BranchDesk(lab, engine, log),
    log,
    comparisons,
    keptCurves: new KeptCurves(lab, engine),
    rateDesk,
    second,
    parts: given,
    view: createJudgeView(),
    dialogs,
    lessons: createLessons(lesson),
    tables: new Tables(lab, dialogs),
    pictures,
    saving,
    close() {
      saving?.stop()
      unpicture?.()
      engine.dispose()
      comparisons.dispose()
      rateDesk.dispose()
      second.dispose()
      session.tables.close()
    },
  }
  const arrived = lab.subscribe(({ frameCount, status }) => {
    if (frameCount === 0) return
    const moves = frameCount > 1 || status !== 'running'
    pictureArrived(moves)
    if (moves) arrived()
  })
  if (warning) notify(lab, { level: 'warning', message: warning })
  if (curves) lab.setState(curves)
  if (view) showShared(session, scenario, calm ? { ...view, running: false } : view, capsule)
  else engine.restart()
  return session
}

async function findScenario({
  scenario: name,
  chrome,
}: Address): Promise<Restored & Pick<Linked, 'capsule'> & Pick<Session, 'late'>> {
  const linked = linkParts()
  if (linked) {
    try {
      return await readLink(linked)
    } catch (error) {
      return {
        scenario: openingScenario,
        warning: t(
          'The link could not be read ({reason}); the opening scenario is shown instead. Ask for the scenario file, or copy the whole link again.',
          { reason: error instanceof Error ? error.message : String(error) },
        ),
      }
    }
  }
  if (name !== undefined) {
    const { presetNamed } = await import('../ground/presets.ts')
    const found = presetNamed(name)
    return 'scenario' in found ? found : { scenario: openingScenario, warning: found.problem }
  }
  const { restored, late } = chrome === 'full' ? await restoreSaved() : {}
  return { ...(restored ?? { scenario: openingScenario }), late }
}
