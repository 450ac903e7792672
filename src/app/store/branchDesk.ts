/**
 * Branching time. A fork freezes the main line as a branch and goes on from the frame on show; branches are laid over
 * the charts and may become the main line again. Frames are shared, never copied.
 */
import { msg, t } from '../../language/language.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { branchName } from './branches.ts'
import { type Change, edit } from './edits.ts'
import type { Engine } from './engine.ts'
import { positionAt } from './frames.ts'
import { type Branch, current, type Lab } from './lab.ts'
import { notify } from './notices.ts'
import type { RunLog } from './runLog.ts'
import { sameSetting } from './runs.ts'

export const MOST_BRANCHES = 4
/** Name of the line that a proposed branch leaves. */
const FORMER = msg('as before')

/** The branch that a scenario proposes, and from where it can be run. */
export interface Proposal {
  name: string
  at: number
  /** The run has come to where the branch leaves it. */
  ready: boolean
  /** The parameters are already those of the branch. */
  taken: boolean
}

export class BranchDesk {
  private readonly lab: Lab
  private readonly engine: Engine
  private readonly log: RunLog
  private nextId = 1

  constructor(lab: Lab, engine: Engine, log: RunLog) {
    this.lab = lab
    this.engine = engine
    this.log = log
    lab.subscribe((s, before) => {
      if (!sameSetting(current(s), current(before))) this.clear()
    })
  }

  /**
   * Keeps the main line and goes on from the frame on show, paused if it was paused, so that what is changed next acts
   * from that very frame.
   * @param next what the main line is called from there on, and how its scenario changes, as one edit
   */
  fork(next?: { name: string; change: Change }): void {
    const { frames } = this.engine
    const shown = this.engine.shownFrame()
    if (!shown || frames.entries.length < 2) return
    const kept = this.freeze()
    this.keep(kept.id)
    this.add(next ? { ...kept, name: kept.name ?? FORMER } : kept, next?.name)
    if (next) edit(this.lab, next.change)
    // A frame at the end of the line is where the worker already is.
    if (next || shown !== frames.last) this.engine.goOnFrom(frames.entries.indexOf(shown))
  }

  /** Makes a branch the main line and the main line a branch; undo brings back the scenario, not the exchange. */
  swap(id: number): void {
    const { frames } = this.engine
    const branch = this.lab.getState().branches.find((b) => b.id === id)
    if (!branch) return
    const kept = this.freeze()
    frames.swap(id, kept.id)
    this.log.swap(id, kept.id)
    this.lab.setState((s) => ({ branches: s.branches.map((b) => (b.id === id ? kept : b)), lineName: branch.name }))
    edit(this.lab, () => branch.scenario)
    this.engine.goOnFrom(frames.entries.length - 1)
  }

  /** The main line, as it has come to be, is a branch from now on; another main line is to follow. */
  adopt(name: string | undefined, visible: boolean): void {
    const kept = { ...this.freeze(), name, visible }
    this.keep(kept.id)
    this.add(kept, undefined)
  }

  remove(id: number): void {
    this.release(id)
    this.lab.setState((s) => ({ branches: s.branches.filter((b) => b.id !== id) }))
  }

  rename(id: number, name: string): void {
    this.change(id, { name: name.trim() || undefined })
  }

  setVisible(id: number, visible: boolean): void {
    this.change(id, { visible })
  }

  /** Runs the branch that the scenario proposes. */
  runProposed(): void {
    const { branch } = current(this.lab.getState())
    if (!branch || !this.proposal()?.ready) return
    this.engine.rewind(positionAt(this.engine.frames.entries, branch.at))
    const change: Change = (s) => ({ ...s, parameters: { ...s.parameters, ...branch.parameters } })
    this.fork({ name: branch.name, change })
    this.engine.play()
  }

  proposal(): Proposal | undefined {
    const { branch, parameters } = current(this.lab.getState())
    if (!branch) return undefined
    const { name, at } = branch
    return {
      name,
      at,
      ready: (this.engine.frames.last?.t ?? 0) >= at,
      taken: Object.entries(branch.parameters).every(([key, value]) => parameters[key] === value),
    }
  }

  private keep(id: number): void {
    this.engine.frames.keep(id)
    this.log.keep(id)
  }

  private release(id: number): void {
    this.engine.frames.release(id)
    this.log.release(id)
  }

  private clear(): void {
    for (const { id } of this.lab.getState().branches) this.release(id)
    this.lab.setState({ branches: [], lineName: undefined })
  }

  /** The main line as a branch. */
  private freeze(): Branch {
    const state = this.lab.getState()
    return {
      id: this.nextId++,
      name: state.lineName,
      scenario: current(state),
      end: this.engine.frames.last?.t ?? 0,
      visible: true,
    }
  }

  private add(branch: Branch, lineName: string | undefined): void {
    const { branches } = this.lab.getState()
    const oldest = branches.length >= MOST_BRANCHES ? branches[0] : undefined
    if (oldest) {
      this.remove(oldest.id)
      notify(this.lab, {
        level: 'info',
        message: t('The branch "{name}" made room: at most {most} are kept.', {
          name: branchName(oldest, this.scenario()),
          most: MOST_BRANCHES,
        }),
      })
    }
    this.lab.setState((s) => ({ branches: [...s.branches, branch], lineName }))
  }

  private scenario(): Scenario {
    return current(this.lab.getState())
  }

  private change(id: number, change: Partial<Branch>): void {
    this.lab.setState((s) => ({ branches: s.branches.map((b) => (b.id === id ? { ...b, ...change } : b)) }))
  }
}
