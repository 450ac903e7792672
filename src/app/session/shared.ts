/** A link as a laboratory: its scenario, how it is looked at, and the run up to where it was when the link was made. */

import { t } from '../../language/language.ts'
import { present } from '../../present.ts'
import type { Stretch } from '../../simulation/course.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { decodeScenario, encodeScenario, type Opened, pack, unpack } from '../ground/house.ts'
import type { BranchDesk } from '../store/branchDesk.ts'
import type { Engine } from '../store/engine.ts'
import { current, type Lab } from '../store/lab.ts'
import type { Pictures } from '../store/pictures.ts'
import type { RunLog } from '../store/runLog.ts'
import { look, type SharedView, sharedView } from '../store/sharedView.ts'
import type { JudgeStore } from '../store/view.ts'

/** A scenario that someone sent, with how it was looked at where the link says so. */
export interface Linked extends Opened {
  view?: SharedView
  /** What a run capsule says of the numbers; its course is that of the view. */
  capsule?: unknown
}

/** The codes in the hash of an address, where no server sees them. */
export interface LinkParts {
  scenario: string
  view?: string
  capsule?: string
}

export function linkParts(hash = location.hash): LinkParts | undefined {
  const [, scenario, view, capsule] = /^#s=([^&]+)(?:&v=([^&]+))?(?:&r=([^&]+))?$/.exec(hash) ?? []
  return scenario === undefined ? undefined : { scenario, view, capsule }
}

/**
 * Reads a link. Where only what stands beside the scenario is damaged, the scenario opens without it.
 * @throws InputError when it holds no valid scenario
 */
export async function readLink({ scenario, view, capsule }: LinkParts): Promise<Linked> {
  const opened = await decodeScenario(scenario)
  if (view === undefined) return opened
  try {
    const { parseView } = await import('../store/readView.ts')
    return {
      ...opened,
      view: parseView(await unpack(view)),
      ...(capsule !== undefined && { capsule: await unpack(capsule) }),
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const lost = t('How the sender looked at it could not be read ({reason}); the scenario opens from its beginning.', {
      reason,
    })
    return { ...opened, warning: opened.warning ? `${opened.warning} ${lost}` : lost }
  }
}

/** What of a laboratory a link is made of, and shown in. */
interface Shareable {
  lab: Lab
  engine: Engine
  branches: BranchDesk
  log: RunLog
  view: JudgeStore
  pictures: Pictures
}

/** The hash of a link to what a laboratory shows now. */
export async function linkHash(session: Shareable): Promise<string> {
  const scenario = await encodeScenario(current(session.lab.getState()))
  return `#s=${scenario}&v=${await pack(sharedView(session))}`
}

async function compareWith(session: Shareable, capsule: unknown, course: readonly Stretch[]): Promise<void> {
  const { tellVerdict } = await import('./capsules.ts')
  await tellVerdict(session, capsule, course)
}

/**
 * Shows what was shared, from its beginning: branches first, then the main line, each as fast as it goes. Where it is a
 * capsule, its numbers are compared then.
 */
export function showShared(session: Shareable, scenario: Scenario, view: SharedView, capsule?: unknown): void {
  const { frame, time, running, course, branches = [], lineName, ...looks } = view
  const { lab, engine, log } = session
  look(session, looks)
  const main = course ?? [{ frame: 0, scenario }]
  const runs = running ?? (frame === undefined && time === undefined)
  const lines = [
    ...branches.map(({ name, visible, until, course: own }) => ({
      scenario: present(own.at(-1), 'the scenario of a branch').scenario,
      course: own,
      until: { frame: until },
      arrive: () => session.branches.adopt(name, visible),
    })),
    {
      scenario,
      course: main,
      until: time === undefined ? { frame: frame ?? 0 } : { time },
      arrive: () => lab.setState({ lineName }),
    },
  ]
  const next = (k: number) => {
    const line = lines[k]
    if (!line) {
      if (capsule !== undefined) void compareWith(session, capsule, main)
      if (runs) engine.play()
      return
    }
    const { temporal } = lab
    temporal.getState().pause()
    lab.setState({ scenario: line.scenario, status: 'paused' })
    temporal.getState().resume()
    log.arm(line.course, line.until, () => {
      line.arrive()
      // Not within the answer of the worker that brought the last frame.
      queueMicrotask(() => next(k + 1))
    })
    engine.restart()
  }
  next(0)
}
