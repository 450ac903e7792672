/** A laboratory without worker, clock or page: what is posted is kept, time passes when told. */

import { BranchDesk } from '../../src/app/store/branchDesk.ts'
import { ComparisonDesk } from '../../src/app/store/comparisonDesk.ts'
import { Engine } from '../../src/app/store/engine.ts'
import { createLab, type RunStatus } from '../../src/app/store/lab.ts'
import type { EngineParts } from '../../src/app/store/parts.ts'
import { RunLog } from '../../src/app/store/runLog.ts'
import type { CellResult } from '../../src/cell/cell.ts'
import type { Problem } from '../../src/parameter.ts'
import type { Frame, ModelDescription } from '../../src/simulation/frame.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import type { Request, Response } from '../../src/worker/protocol.ts'

export const scenario: Scenario = {
  version: 1,
  title: 'Test',
  description: '',
  family: 'tissue',
  cell: {
    dimension: 2,
    background: 'extracellular',
    shapes: [{ shape: 'ball', phase: 'intracellular', center: [0.5, 0.5], radius: 0.4 }],
    resolution: 32,
    size: 1e-5,
  },
  parameters: { G_K: 0.8 },
  macro: { dimension: 1, size: [1e-3], nodes: [11] },
  experiment: { name: 'sealed', values: {} },
  stimuli: [],
  time: { end: 10, frames: 20, rtol: 1e-3 },
}

export const model: ModelDescription = {
  modelClass: 'connected-disconnected',
  classLabel: 'isolated cells',
  classReason: 'The cells are cut off.',
  equations: [],
  macro: scenario.macro,
  fields: [{ name: 'V', label: 'Potential', symbol: 'V', unit: 'mV', factor: 1e-3, group: 'potential' }],
  observables: [],
  notices: [],
  unknowns: 88,
  span: 1,
}

export function frame(index: number, values = Float32Array.from({ length: 11 }, () => index)): Frame {
  return {
    index,
    t: index / 2,
    fields: [values],
    observables: new Float64Array(0),
    checkpoint: {
      t: index / 2,
      u: new Float64Array(88),
      integrals: new Float64Array(0),
      baseline: new Float64Array(0),
      dt: 0.1,
      layout: 'cd',
      macro: scenario.macro,
    },
    stats: { accepted: index, rejected: 0, newtonIterations: 0, linearIterations: 0, dt: 0.1 },
  }
}

export const cell = { problems: [], phases: {}, interfaceMeasure: {} } as unknown as CellResult

/** A worker that only listens; what it is told is kept and it answers when the test does. */
function fakeWorker() {
  const posted: Request[] = []
  const worker = { posted, respond: (_response: Response): void => undefined, opened: 0 }
  const connect: EngineParts['connect'] = (onResponse) => {
    worker.respond = onResponse
    worker.opened += 1
    return { post: (request) => posted.push(request), dispose: () => undefined }
  }
  return { worker, connect }
}

const ofKind =
  (posted: readonly Request[]) =>
  <K extends Request['kind']>(kind: K) =>
    posted.filter((r): r is Extract<Request, { kind: K }> => r.kind === kind)

export function fakeLab(status: RunStatus = 'running', problems: (s: Scenario) => readonly Problem[] = () => []) {
  const solver = fakeWorker()
  const judge = fakeWorker()
  const { posted } = solver.worker
  let now = 0
  let tick: (now: number) => void = () => undefined
  const lab = createLab(scenario, status)
  const parts: EngineParts = {
    connect: solver.connect,
    clock: {
      now: () => now,
      every(callback) {
        tick = callback
        return () => undefined
      },
    },
    cellProblems: () => [{ kind: 'perforated', phase: 'extracellular' }],
    problems,
  }
  const log = new RunLog()
  const engine = new Engine(lab, { ...parts, connect: log.through(parts.connect) })
  const branches = new BranchDesk(lab, engine, log)
  const comparisons = new ComparisonDesk(lab, { ...parts, connect: judge.connect })
  const run = () => posted.findLast((r) => 'run' in r)?.run ?? 0
  const respond = (response: Response) => solver.worker.respond(response)
  return {
    lab,
    engine,
    branches,
    log,
    comparisons,
    posted,
    run,
    /** Requests of one kind. */
    sent: ofKind(posted),
    respond,
    /** The worker of the comparisons. */
    judge: { ...judge, sent: ofKind(judge.worker.posted), respond: (r: Response) => judge.worker.respond(r) },
    pass(seconds: number, steps = 1) {
      for (let i = 0; i < steps; i++) {
        now += seconds / steps
        tick(now)
      }
    },
    /** The worker's answer to a start: the model, and frames up to an index. */
    begin(last = 0, first = 0) {
      respond({ kind: 'model', run: run(), model })
      for (let i = first; i <= last; i++) respond({ kind: 'frame', run: run(), frame: frame(i) })
    },
  }
}
