/**
 * The line of the program, written out:  Scenario -> Cell -> Effective tensors -> Model -> Steps -> Frames.
 *
 * A simulation is a synchronous generator of events. The command line, the tests and the worker are loops over it;
 * `progress` events come often enough (about every 10 ms) for a caller to answer messages in between.
 */
import { phasesOf } from '../cell/geometry.ts'
import type { Curve, CurveRequest, Model, ModelFamily, Notice } from '../models/family.ts'
import { findFamily } from '../models/index.ts'
import { Integrator } from '../numerics/integrate.ts'
import { VariableOrderIntegrator } from '../numerics/ndf.ts'
import { IntegrationError, type IntegratorState, makeConsistent, type TimeIntegrator } from '../numerics/steps.ts'
import { Beside, openBeside } from './beside.ts'
import { type CellCache, cachedCell, progress, solveCell, told } from './cells.ts'
import type { Checkpoint, Frame, SimulationEvent, Summary } from './frame.ts'
import { impedanceCurve, isImpedance } from './impedanceCurves.ts'
import { type Resolution, resolution } from './resolve.ts'
import { familyInput, type Scenario } from './scenario.ts'

/** A protocol may take this many times as long as it expects (a voltage held until the current has faded). */
const PATIENCE = 10
/** Frames that follow the steps of a protocol come at most this much denser than frames at equal distances. */
const DENSEST = 5

export interface SimulateOptions {
  /** Continue from this state instead of the initial one. */
  from?: Checkpoint
  /** Index of the first frame (the state that the run starts from). */
  firstFrame?: number
  /** Cell results of earlier runs, so that an unchanged cell is not solved again. */
  cells?: CellCache
}

/**
 * Runs a scenario.
 * @throws InputError when no model exists; IntegrationError when the solver cannot go on and the model has no words for it
 */
export function* simulate(scenario: Scenario, options: SimulateOptions = {}): Generator<SimulationEvent, Summary> {
  const started = performance.now()
  const family = findFamily(scenario.family)!
  const { repeat } = scenario.micro ?? {}
  const resolved = repeat === undefined ? undefined : resolution(scenario, repeat)
  const input = resolved?.homogenized ?? familyInput(scenario)
  const cell = yield* solveCell(scenario, options.cells)
  yield { kind: 'cell', cell }
  const model = family.macro(input, cell)
  const opened = resolved && (yield* joined(scenario, family, resolved, model, options))
  const beside = opened instanceof Beside ? opened : undefined
  const { label, reason } = family.describeClass(model.modelClass)
  const { state, baseline, notices } = startState(model, options.from)
  const end = Math.min(scenario.time.end, model.horizon ?? Number.POSITIVE_INFINITY)
  yield {
    kind: 'model',
    model: {
      modelClass: model.modelClass,
      classLabel: label,
      classReason: reason,
      equations: family.equations(model.modelClass),
      macro: model.macro,
      fields: model.fields,
      observables: model.observables,
      notices: model.notices,
      unknowns: model.size,
      opening: model.opening,
      span: end,
      stepLabels: model.stepLabels,
      layers: model.layers,
      resolved: beside?.description,
    },
  }
  if (opened) notices.push(...(opened instanceof Beside ? opened.notices : [opened]))
  for (const notice of notices) yield { kind: 'notice', notice }
  const { frames, rtol } = scenario.time
  const times =
    model.horizon === undefined ? frameTimes(end, frames, state.t) : [Math.min(scenario.time.end, PATIENCE * end)]
  model.enter(state.t, times[0] ?? state.t)
  for (const _ of makeConsistent(model, state.t, state.u, rtol)) yield progress('steps', Math.min(1, state.t / end))
  if (beside)
    for (const _ of beside.start(times[0] ?? state.t, rtol)) yield progress('steps', Math.min(1, state.t / end))
  // A protocol is long and smooth between its events; elsewhere every frame is a stop.
  const integrator =
    model.horizon === undefined ? new Integrator(model, { rtol }) : new VariableOrderIntegrator(model, { rtol })
  const worst = new Float64Array(model.observables.length)
  const note = (frame: Frame) =>
    frame.observables.forEach((v, k) => {
      worst[k] = Math.max(worst[k], Math.abs(v))
    })
  let index = options.firstFrame ?? 0
  const judged = { ...input, cellSize: resolved?.input.cellSize ?? input.cellSize }
  const take = (): Frame => {
    const frame = takeFrame(model, state, baseline, index, integrator)
    frame.validity =
      model.validity?.(state.u, end / frames, judged.cellSize) ??
      family.validity?.(judged, cell, model, state.u, end / frames)
    if (!beside) return frame
    return {
      ...frame,
      resolved: beside.frame(),
      checkpoint: { ...frame.checkpoint, resolved: beside.checkpoint() },
    }
  }
  let frame = take()
  yield { kind: 'frame', frame }
  let stoppedBy: Summary['stoppedBy'] = 'end'
  try {
    for (const time of times) {
      for (const accepted of integrator.advance(state, time)) {
        yield progress('steps', Math.min(1, state.t / end))
        // A protocol sets the pace itself: frames are steps, as long as they are not much denser than asked for.
        const due = integrator.atEvent || state.t - frame.t >= end / (DENSEST * frames)
        if (model.horizon === undefined || !accepted || !due || state.stopped) continue
        if (beside) yield* follow(beside, state.t, end)
        index++
        frame = take()
        note(frame)
        yield { kind: 'frame', frame }
      }
      if (beside) yield* follow(beside, state.t, end)
      index++
      frame = take()
      note(frame)
      yield { kind: 'frame', frame }
      if (state.stopped) stoppedBy = 'protocol'
      else if (model.horizon !== undefined)
        yield {
          kind: 'notice',
          notice: {
            level: 'warning',
            message: `The protocol had not come to its end after ${Number(state.t.toPrecision(4))} s, where the run stops.`,
            advice: ['give its last step a duration or a larger current to end at', 'let the run end later'],
          },
        }
    }
  } catch (error) {
    if (!(error instanceof IntegrationError) || !model.explainFailure?.(state.t, state.u)) throw error
    stoppedBy = 'event'
    // What the run came to, even between two regular frames.
    if (state.t > frame.t) {
      if (beside) yield* follow(beside, state.t, end)
      index++
      frame = take()
      note(frame)
      yield { kind: 'frame', frame }
    }
    yield {
      kind: 'notice',
      notice: {
        level: 'error',
        message: `Stopped at t = ${Number(error.t.toPrecision(4))} s: ${error.message}.`,
        advice: error.advice,
      },
    }
  }
  const ending = stoppedBy === 'protocol' ? model.ending?.() : undefined
  const summary: Summary = {
    t: state.t,
    frames: index,
    stats: { ...integrator.report },
    observables: Object.fromEntries(model.observables.map((o, k) => [o.name, frame.observables[k]])),
    budgets: Object.fromEntries(
      model.observables
        .map((o, k) => [o.name, worst[k], o.group] as const)
        .filter((o) => o[2] === 'budget')
        .map(([name, v]) => [name, v]),
    ),
    stoppedBy,
    ending,
    seconds: (performance.now() - started) / 1000,
  }
  yield { kind: 'end', summary }
  return summary
}

/** Takes the resolved model to the time that the homogenized one has come to; says so where it has to stop. */
function* follow(beside: Beside, time: number, end: number): Generator<SimulationEvent, void> {
  const advancing = beside.advance(time)
  let next = advancing.next()
  while (!next.done) {
    yield progress('resolved', time / end)
    next = advancing.next()
  }
  if (next.value) yield { kind: 'notice', notice: next.value }
}

/** The resolved model beside the run, its cell solved at the resolution of the tiling. */
function* joined(
  scenario: Scenario,
  family: ModelFamily,
  tiling: Resolution,
  model: Model,
  options: SimulateOptions,
): Generator<SimulationEvent, Beside | Notice> {
  const { size: _, ...shape } = scenario.cell
  const problems = family.cellProblems(scenario.parameters, phasesOf(scenario.cell), 'resolved')
  const solve = (nodes: number) => cachedCell({ ...shape, resolution: nodes }, problems, options.cells)
  return yield* openBeside(scenario, family, tiling, model, options.from, solve)
}

/** A curve of the scenario for the state of a checkpoint; yields progress. */
export function* computeCurve(
  scenario: Scenario,
  request: CurveRequest,
  checkpoint: Checkpoint,
  cells?: CellCache,
): Generator<SimulationEvent, Curve> {
  const family = findFamily(scenario.family)!
  const cell = yield* solveCell(scenario, cells)
  const solving = isImpedance(request.name)
    ? impedanceCurve(request.name, scenario, cell, checkpoint)
    : family.curve(request, familyInput(scenario), cell, checkpoint)
  return yield* told(`curve ${request.name}`, solving)
}

/** Equally spaced frame times after t. */
function frameTimes(end: number, frames: number, t: number): number[] {
  const times: number[] = []
  for (let k = 1; k <= frames; k++) {
    const time = (end * k) / frames
    if (time > t + 1e-9 * (end / frames)) times.push(time)
  }
  return times
}

function startState(
  model: Model,
  from: Checkpoint | undefined,
): { state: IntegratorState; baseline: Float64Array; notices: Notice[] } {
  const fresh = () => {
    const u = model.initial()
    return {
      state: { t: 0, u, integrals: new Float64Array(model.rateCount), dt: 0 },
      baseline: model.contents(u),
    }
  }
  if (!from) return { ...fresh(), notices: [] }
  const adopted = model.adopt(from)
  if (!adopted)
    return {
      ...fresh(),
      notices: [
        {
          level: 'warning',
          message:
            'The change gives the model another layout that the state cannot be carried into: the run starts anew.',
        },
      ],
    }
  const notices: Notice[] = []
  const state: IntegratorState = { t: from.t, u: adopted, integrals: Float64Array.from(from.integrals), dt: 0 }
  let baseline: Float64Array = Float64Array.from(from.baseline)
  const contents = model.contents(adopted)
  const closed = contents.every((c, k) => {
    const expected = baseline[k] + (from.integrals[k] ?? 0)
    return Math.abs(c - expected) <= 1e-9 * Math.abs(expected)
  })
  if (!closed || from.layout !== model.layout) {
    baseline = contents
    state.integrals.fill(0)
    notices.push({
      level: 'info',
      message: 'The change alters volumes or the mesh: concentrations are kept and the budgets start again from here.',
    })
  }
  return { state, baseline, notices }
}

function takeFrame(
  model: Model,
  state: IntegratorState,
  baseline: Float64Array,
  index: number,
  integrator: TimeIntegrator,
): Frame {
  const checkpoint: Checkpoint = {
    t: state.t,
    u: Float64Array.from(state.u),
    integrals: Float64Array.from(state.integrals),
    baseline: Float64Array.from(baseline),
    dt: state.dt,
    layout: model.layout,
    macro: model.macro,
  }
  return {
    index,
    t: state.t,
    fields: model.sample(state.t, state.u),
    observables: model.observe(state.t, state.u, state.integrals, baseline),
    checkpoint,
    stats: { ...integrator.report },
  }
}
