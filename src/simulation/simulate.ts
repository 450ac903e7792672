/**
 * The line of the program, written out:  Scenario -> Cell -> Effective tensors -> Model -> Steps -> Frames.
 *
 * A simulation is a synchronous generator of events. The command line, the tests and the worker are loops over it;
 * `progress` events come often enough (about every 10 ms) for a caller to answer messages in between.
 */

import type { CellResult, CellSpec } from '../cell/cell.ts'
import { standIn } from '../cell/graded.ts'
import { unseenWords } from '../cell/unseen.ts'
import { t } from '../language/language.ts'
import { checkStart } from '../models/checkStart.ts'
import { estimator } from '../models/estimate.ts'
import type { Curve, CurveRequest, Model, ModelFamily, Notice } from '../models/family.ts'
import { familyNamed } from '../models/index.ts'
import { inUnits, type ReducedUnits } from '../models/reduced.ts'
import type { IntegratorState } from '../numerics/steps.ts'
import { present } from '../present.ts'
import { Beside, openBeside } from './beside.ts'
import { type CellCache, resolvedCell, shownCell, solveCell, told } from './cells.ts'
import { isImpedance } from './curves.ts'
import type { Checkpoint, ModelDescription, SimulationEvent, Summary } from './frame.ts'
import { impedanceCurve } from './impedanceCurves.ts'
import { type Resolution, resolution } from './resolve.ts'
import { Run, type Start } from './run.ts'
import { familyInput, type Scenario } from './scenario.ts'

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
  const family = familyNamed(scenario.family)
  const { repeat } = scenario.micro ?? {}
  const resolved = repeat === undefined ? undefined : resolution(scenario, repeat)
  const input = resolved?.homogenized ?? familyInput(scenario)
  const cell = yield* shownCell(scenario, options.cells)
  yield { kind: 'cell', cell }
  const own = standIn(cell)
  const model = family.macro(input, own)
  yield* told('start', checkStart(model))
  const start = startState(model, options.from)
  const opened = resolved && (yield* joined(scenario, family, resolved, model, start.resumed, options.cells))
  const beside = opened instanceof Beside ? opened : undefined
  const span = Math.min(scenario.time.end, model.horizon ?? Number.POSITIVE_INFINITY)
  const units = family.reduced?.(scenario.parameters, scenario.macro)
  yield { kind: 'model', model: describeModel(family, model, scenario, span, units, beside) }
  const besides = opened instanceof Beside ? opened.notices : opened ? [opened] : []
  const unseen = [...unseenIn(scenario.cell, cell), ...unseenIn(scenario.filtration, cell.filtration).map(ofFlow)]
  for (const notice of [...unseen, ...start.notices, ...besides]) yield { kind: 'notice', notice }
  const period = resolved?.input.cellSize ?? input.cellSize
  const run = new Run(scenario, model, beside, start, {
    span,
    period,
    estimating: () => told('estimate', estimator(own, model)),
    units,
    firstFrame: options.firstFrame ?? 0,
  })
  yield* run.begin()
  const stoppedBy = yield* run.go()
  yield* run.tellSteps(stoppedBy)
  const summary = { ...run.summary(stoppedBy), seconds: (performance.now() - started) / 1000 }
  yield { kind: 'end', summary }
  return summary
}

/** Shapes of a cell that its mesh does not see. */
function unseenIn(spec: CellSpec | undefined, cell: CellResult | undefined): Notice[] {
  if (!spec || !cell) return []
  return (cell.unseen ?? []).map((shape) => ({ level: 'warning', ...unseenWords(spec, shape, cell.mesh.n) }))
}

const ofFlow = (notice: Notice): Notice => ({
  ...notice,
  message: t('Cell of the flow: {message}', { message: notice.message }),
})

/** The resolved model beside the run, its cell solved at the resolution of the tiling. */
function* joined(
  scenario: Scenario,
  family: ModelFamily,
  tiling: Resolution,
  model: Model,
  resumed: Checkpoint | undefined,
  cells: CellCache | undefined,
): Generator<SimulationEvent, Beside | Notice> {
  const solve = () => resolvedCell(scenario, tiling, cells)
  return yield* openBeside(scenario, family, tiling, model, resumed, solve)
}

/** A curve of the scenario for the state of a checkpoint; yields progress. */
export function* computeCurve(
  scenario: Scenario,
  request: CurveRequest,
  checkpoint: Checkpoint,
  cells?: CellCache,
): Generator<SimulationEvent, Curve> {
  const family = familyNamed(scenario.family)
  const cell = yield* solveCell(scenario, cells)
  const solving = isImpedance(request.name)
    ? impedanceCurve(request.name, scenario, cell, checkpoint)
    : family.curve(request, familyInput(scenario), cell, checkpoint)
  const curve = yield* told(`curve ${request.name}`, solving)
  return curveInUnits(curve, family.reduced?.(scenario.parameters, scenario.macro))
}

function curveInUnits(curve: Curve, units: ReducedUnits | undefined): Curve {
  if (!units) return curve
  const { x, y, y2, table } = curve
  return {
    ...curve,
    x: inUnits(x, units),
    y: inUnits(y, units),
    y2: y2 && inUnits(y2, units),
    table: table && { ...table, columns: table.columns.map((column) => inUnits(column, units)) },
  }
}

function startState(model: Model, from: Checkpoint | undefined): Start {
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
          message: t(
            'The change gives the model another layout that the state cannot be carried into: the run starts anew.',
          ),
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
      message:
        model.carriedOver?.(from) ??
        (closed
          ? t('The change keeps amounts and volumes: the run goes on, and the budgets start again from here.')
          : t('The change alters volumes or the mesh: concentrations are kept and the budgets start again from here.')),
    })
  }
  return { state, baseline, notices, resumed: { ...from, u: adopted, layout: model.layout, macro: model.macro } }
}

function describeModel(
  family: ModelFamily,
  model: Model,
  { parameters }: Scenario,
  span: number,
  units: ReducedUnits | undefined,
  beside: Beside | undefined,
): ModelDescription {
  const known = present(family.classes[model.modelClass], `the class ${model.modelClass}`)
  const { label, reason } = known
  const equations = [...(known.of?.(parameters) ?? known.equations), ...(model.further ?? [])]
  const { modelClass, macro, notices, opening, stepLabels, layers, wave, size } = model
  return {
    modelClass,
    classLabel: label,
    classReason: reason,
    equations,
    macro,
    fields: model.fields.map((field) => inUnits(field, units)),
    wave,
    derived: model.derived?.map((derived) => inUnits(derived, units)),
    observables: model.observables.map((observable) => inUnits(observable, units)),
    notices,
    unknowns: size,
    opening,
    span,
    stepLabels,
    layers,
    units,
    resolved: beside?.description,
  }
}
