/** A laboratory of the page as a value: its store, its engine, its desks, and what is remembered beside them. */
import {
  cellProblems,
  createClient,
  decodeScenario,
  type Opened,
  openingScenario,
  scenarioProblems,
} from '../ground/house.ts'
import { keepSaved, restoreSaved, type Saving } from '../store/autosave.ts'
import { BranchDesk } from '../store/branchDesk.ts'
import { animationClock } from '../store/clock.ts'
import { ComparisonDesk } from '../store/comparisonDesk.ts'
import { createDialogs, type DialogStore } from '../store/dialogs.ts'
import { Engine, type EngineParts } from '../store/engine.ts'
import { KeptCurves } from '../store/keptCurves.ts'
import { createLab, type Lab } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import { Pictures } from '../store/pictures.ts'
import { openingPlot } from '../store/plots.ts'
import { RateDesk } from '../store/rateDesk.ts'
import { openingSlots } from '../store/slots.ts'
import { Tables } from '../store/tables.ts'
import { createJudgeView, type JudgeStore } from '../store/view.ts'

export interface Session {
  lab: Lab
  engine: Engine
  branches: BranchDesk
  comparisons: ComparisonDesk
  keptCurves: KeptCurves
  rateDesk: RateDesk
  /** What of the resolved model is shown, and where the microscope looks. */
  view: JudgeStore
  dialogs: DialogStore
  tables: Tables
  pictures: Pictures
  /** Keeps what is edited; not of a laboratory that is a part of another page. */
  saving?: Saving
  /** Ends its workers and stops listening. */
  close(): void
}

export interface SessionOptions extends Partial<Opened> {
  /** Kept for the next visit; one laboratory of a page at most. */
  saved?: boolean
  parts?: EngineParts
}

/** What surrounds the picture when the page is embedded: `?chrome=full|minimal|picture`. */
export type Chrome = 'full' | 'minimal' | 'picture'

export function chrome(): Chrome {
  const wanted = new URLSearchParams(location.search).get('chrome')
  return wanted === 'minimal' || wanted === 'picture' ? wanted : 'full'
}

/** The laboratory that the address asks for: the link's scenario, else the one of the last visit, else the opening one. */
export async function openSession(): Promise<Session> {
  return startSession({ ...(await findScenario()), saved: true })
}

/** A laboratory with a scenario of its own, running unless the system asks for calm. */
export function startSession({ scenario = openingScenario, warning, saved, parts }: SessionOptions = {}): Session {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const lab = createLab(scenario, calm ? 'paused' : 'running')
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  lab.setState({ theme, ...openingSlots(scenario), plot: openingPlot(scenario) })
  const given = parts ?? { connect: createClient, clock: animationClock(), cellProblems, problems: scenarioProblems }
  const engine = new Engine(lab, given)
  const comparisons = new ComparisonDesk(lab, given)
  const rateDesk = new RateDesk(lab, given, navigator.hardwareConcurrency)
  const saving = saved ? keepSaved(lab) : undefined
  const dialogs = createDialogs()
  const session: Session = {
    lab,
    engine,
    branches: new BranchDesk(lab, engine),
    comparisons,
    keptCurves: new KeptCurves(lab, engine),
    rateDesk,
    view: createJudgeView(),
    dialogs,
    tables: new Tables(lab, dialogs),
    pictures: new Pictures(),
    saving,
    close() {
      saving?.stop()
      engine.dispose()
      comparisons.dispose()
      rateDesk.dispose()
      session.tables.close()
    },
  }
  if (warning) notify(lab, { level: 'warning', message: warning })
  engine.restart()
  return session
}

async function findScenario(): Promise<Opened> {
  const code = linkCode()
  if (code) {
    try {
      return await decodeScenario(code)
    } catch (error) {
      return {
        scenario: openingScenario,
        warning: `The link could not be read (${error instanceof Error ? error.message : String(error)}); the opening scenario is shown instead. Ask for the scenario file, or copy the whole link again.`,
      }
    }
  }
  return (chrome() === 'full' ? await restoreSaved() : undefined) ?? { scenario: openingScenario }
}

export function linkCode(): string | undefined {
  return /^#s=(.+)$/.exec(location.hash)?.[1]
}
