/**
 * While something of a battery is dragged its whole discharge is drawn anew, beside the run: first on coarse meshes, so
 * that it keeps up with the pointer, then as it is. One is under way at a time, and the newest scenario waits for it.
 */

import type { Scenario } from '../../simulation/scenario.ts'
import type { Response } from '../../worker/protocol.ts'
import type { StoredFrame } from './frames.ts'
import { current, type Lab, type LabState } from './lab.ts'
import type { Client, EngineParts } from './parts.ts'
import { fingerprint, hasProtocol } from './runs.ts'
import { trackOf } from './track.ts'

/** Frames are told as they come: more credits than any protocol has steps. */
const ALL = 1e6

/** Nodes of the cell along an axis and of the box, and relative tolerance, of a coarse discharge; 3D cells are small. */
const COARSE = { cell: { 2: 20, 3: 16 }, box: 21, rtol: 3e-3, frames: 40 }

interface Job {
  run: number
  /** What was dragged. */
  scenario: Scenario
  coarse: boolean
  entries: StoredFrame[]
}

export class SketchDesk {
  private readonly lab: Lab
  private readonly parts: Pick<EngineParts, 'connect' | 'problems'>
  private client?: Client
  private waiting?: Scenario
  private job?: Job
  private runs = 0
  private model?: StoredFrame['model']
  private readonly stop: () => void

  constructor(lab: Lab, parts: Pick<EngineParts, 'connect' | 'problems'>) {
    this.lab = lab
    this.parts = parts
    this.stop = lab.subscribe((s, before) => this.edited(s, before))
  }

  dispose(): void {
    this.stop()
    this.client?.dispose()
    this.lab.setState({ sketch: undefined })
  }

  private edited(s: LabState, before: LabState): void {
    const now = current(s)
    if (now === current(before)) return
    if (s.draft && hasProtocol(s)) {
      if (this.parts.problems(now).length > 0) return
      this.waiting = now
      this.next()
    } else if (s.sketch && fingerprint(s.sketch.scenario) !== fingerprint(now)) {
      this.waiting = undefined
      this.job = undefined
      this.client?.post({ kind: 'cancel', run: this.runs })
      this.lab.setState({ sketch: undefined })
    }
  }

  /** The newest scenario makes an exact discharge give way, not a coarse one. */
  private next(): void {
    if (!this.waiting || this.job?.coarse) return
    this.begin(this.waiting, true)
    this.waiting = undefined
  }

  private begin(scenario: Scenario, coarse: boolean): void {
    this.client ??= this.parts.connect((response) => this.receive(response))
    this.runs += 1
    this.job = { run: this.runs, scenario, coarse, entries: [] }
    this.client.post({ kind: 'start', run: this.runs, scenario: coarse ? coarser(scenario) : alone(scenario) })
    this.client.post({ kind: 'credit', run: this.runs, frames: ALL })
  }

  private receive(response: Response): void {
    const { job } = this
    if (!job || !('run' in response) || response.run !== job.run) return
    if (response.kind === 'model') this.model = response.model
    if (response.kind === 'frame' && this.model) {
      const { index, t, observables, stats } = response.frame
      job.entries.push({ index, t, observables, stats, model: this.model })
    }
    if (response.kind === 'end') this.show(job)
    if (response.kind !== 'end' && response.kind !== 'failed') return
    this.job = undefined
    if (this.waiting) this.next()
    // What coarse meshes cannot hold is left to its own.
    else if (job.coarse) this.begin(job.scenario, false)
  }

  private show({ scenario, coarse, entries }: Job): void {
    const track = trackOf(entries)
    if (track) this.lab.setState({ sketch: { scenario, track, coarse } })
  }
}

/** Without a resolved model beside it. */
function alone({ micro: _micro, branch: _branch, ...scenario }: Scenario): Scenario {
  return scenario
}

function coarser(scenario: Scenario): Scenario {
  const { cell, macro, time } = scenario
  return {
    ...alone(scenario),
    cell: { ...cell, resolution: Math.min(cell.resolution, COARSE.cell[cell.dimension]) },
    macro: { ...macro, nodes: macro.nodes.map((n) => Math.min(n, COARSE.box)) },
    time: { ...time, rtol: Math.max(time.rtol, COARSE.rtol), frames: Math.min(time.frames, COARSE.frames) },
  }
}
