/**
 * Curves that stay when a run begins anew with something changed, so that the change is seen: up to eight of them, the
 * oldest that was not kept by hand goes first. Another scenario clears them.
 */
import type { Engine } from './engine.ts'
import { current, type KeptCurve, type Lab } from './lab.ts'
import { fingerprint, sameSetting } from './runs.ts'
import { trackOf } from './track.ts'

export const MOST_KEPT = 8
/** A run that has hardly begun says nothing. */
const LEAST_POINTS = 3

export class KeptCurves {
  private readonly lab: Lab
  private readonly engine: Engine
  private nextId = 1

  constructor(lab: Lab, engine: Engine) {
    this.lab = lab
    this.engine = engine
    engine.onLeave(() => this.left())
  }

  /** Keeps the run on show as it is now. */
  pin(): void {
    this.keep(true)
  }

  remove(id: number): void {
    this.lab.setState((s) => ({ kept: s.kept.filter((k) => k.id !== id) }))
  }

  clear(): void {
    this.lab.setState({ kept: [] })
  }

  private left(): void {
    const next = current(this.lab.getState())
    const { running } = this.engine
    if (!sameSetting(running, next)) {
      this.lab.setState({ kept: [], rates: undefined })
      return
    }
    const print = fingerprint(next)
    // What runs again draws itself.
    this.lab.setState((s) => ({
      kept: s.kept.filter((k) => k.pinned || k.mixed || fingerprint(k.scenario) !== print),
    }))
    if (this.mixed() || fingerprint(running) !== print) this.keep(false)
  }

  private keep(pinned: boolean): void {
    const track = trackOf(this.engine.frames.entries)
    if (!track?.time || track.time.length < LEAST_POINTS) return
    const curve: KeptCurve = {
      id: this.nextId++,
      scenario: this.engine.running,
      track,
      pinned,
      mixed: this.mixed(),
    }
    const print = fingerprint(curve.scenario)
    this.lab.setState((s) => {
      const same = (k: KeptCurve) => !k.mixed && !curve.mixed && fingerprint(k.scenario) === print
      if (s.kept.some((k) => k.pinned && same(k))) curve.pinned = true
      const others = s.kept.filter((k) => !same(k))
      while (others.length >= MOST_KEPT)
        others.splice(
          Math.max(
            0,
            others.findIndex((k) => !k.pinned),
          ),
          1,
        )
      return { kept: [...others, curve] }
    })
  }

  /** The run on show went through a change. */
  private mixed(): boolean {
    const { entries } = this.engine.frames
    return entries[0]?.model !== entries.at(-1)?.model
  }
}
