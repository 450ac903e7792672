/**
 * The resolved model beside a run: opened with the run's own state or its checkpoint, and advanced to the same times.
 * It never stops the homogenized run: where it cannot be made, or cannot go on, a notice says why, and from there on
 * frames and checkpoints are without it, so that no old state is taken for one of a later time.
 */

import type { CellResult } from '../cell/cell.ts'
import { paced } from '../cell/progress.ts'
import { t } from '../language/language.ts'
import type { Model, ModelFamily, Notice, ResolvedModel } from '../models/family.ts'
import { inWords, type ReducedUnits, SECOND } from '../models/reduced.ts'
import { Integrator } from '../numerics/integrate.ts'
import { IntegrationError, type IntegratorState, makeConsistent } from '../numerics/steps.ts'
import { InputError, shortened } from '../parameter.ts'
import { told } from './cells.ts'
import type { Checkpoint, Frame, ResolvedDescription, SimulationEvent } from './frame.ts'
import type { Resolution } from './resolve.ts'
import type { Scenario } from './scenario.ts'

/** Times closer than this part of them are the same. */
const SAME = 1e-9

interface BesideSetting {
  /** The reference cell at the resolution of the tiling. */
  cell: CellResult
  /** Its period, m. */
  cellSize: number
  rtol: number
  /** In which times are said, where the scenario has no sizes of its own. */
  units: ReducedUnits | undefined
}

export class Beside {
  readonly description: ResolvedDescription
  readonly notices: readonly Notice[]
  private readonly model: ResolvedModel
  private readonly units: ReducedUnits | undefined
  private readonly state: IntegratorState
  private readonly baseline: Float64Array
  private readonly integrator: Integrator
  /** Why the solver could not go on. */
  private stopped: Notice | undefined
  /** Whether that has been told. */
  private told = false

  constructor(
    model: ResolvedModel,
    { cell, cellSize, rtol, units }: BesideSetting,
    from: IntegratorState,
    { baseline, notices = [] }: { baseline?: Float64Array; notices?: readonly Notice[] } = {},
  ) {
    this.model = model
    this.units = units
    this.notices = [...model.notices, ...notices]
    this.state = from
    this.baseline = baseline ?? model.contents(from.u)
    this.integrator = new Integrator(model, { rtol })
    this.description = {
      macro: model.macro,
      repeat: model.repeat,
      plain: model.plain,
      cellSize,
      cell,
      unknowns: model.size,
    }
  }

  /** Algebraic rows of the first state. */
  *start(until: number, rtol: number): Generator<void, void> {
    this.model.enter(this.state.t, until)
    if (this.model.ready) yield* this.model.ready()
    try {
      yield* makeConsistent(this.model, this.state.t, this.state.u, rtol)
    } catch (error) {
      this.stop(error)
    }
  }

  /** @returns a notice, once, when the resolved model had to stop */
  *advance(until: number): Generator<unknown, Notice | undefined> {
    const { state, model } = this
    if (!this.stopped)
      try {
        if (!state.stopped) yield* this.integrator.advance(state, until)
        // It follows its protocol on its own, and may come to its end before the homogenized model does.
        if (state.stopped && state.t < until * (1 - SAME))
          this.stopped = {
            level: 'info',
            message: t('The resolved model came to its end at t = {t}. {ending}.', {
              t: inWords(state.t, SECOND, this.units, 4),
              ending: model.ending?.() ?? t('Its protocol is over'),
            }),
          }
      } catch (error) {
        this.stop(error)
      }
    const news = this.told ? undefined : this.stopped
    this.told = this.stopped !== undefined
    return news
  }

  frame(): Frame['resolved'] {
    if (this.stopped) return undefined
    const { t, u, integrals } = this.state
    return {
      fields: this.model.sample(t, u),
      observables: this.model.observe(t, u, integrals, this.baseline),
      stats: { ...this.integrator.report },
    }
  }

  checkpoint(): Checkpoint['resolved'] {
    if (this.stopped) return undefined
    const { u, integrals } = this.state
    const copy = (a: Float64Array) => Float64Array.from(a)
    return { u: copy(u), integrals: copy(integrals), baseline: copy(this.baseline), layout: this.model.layout }
  }

  private stop(error: unknown): void {
    if (!(error instanceof IntegrationError)) throw error
    this.stopped = {
      level: 'warning',
      message: t('The resolved model stopped at t = {t}: {message}. The homogenized model runs on.', {
        t: inWords(error.t, SECOND, this.units, 4),
        message: error.message,
      }),
      advice: error.advice,
    }
  }
}

/**
 * Opens the resolved model of a run. It goes on from the checkpoint if that holds its state; else it joins the
 * homogenized state of the checkpoint; else it starts as the scenario says.
 *
 * After a change of N or of the cell the state that was resolved before is not carried over: how it differs from the
 * homogenized one belongs to its own cells (boundary layers, and what they move, of the order of their period), while u0
 * with correctors is within the order of the new period of what these cells would have come to. Means of concentrations
 * are those of u0 up to the mesh, fillings of particles exactly.
 * @param from as the homogenized model holds it
 * @returns a notice where there can be none
 */
export function* openBeside(
  scenario: Scenario,
  family: ModelFamily,
  { repeat, input, factor }: Resolution,
  homogenized: Model,
  from: Checkpoint | undefined,
  cellOf: () => Generator<SimulationEvent, CellResult>,
): Generator<SimulationEvent, Beside | Notice> {
  if (!family.resolved)
    return { level: 'info', message: t('The family "{label}" has no resolved model yet.', { label: t(family.label) }) }
  try {
    const cell = yield* cellOf()
    // What starts along a line has the same start on its strip of cells.
    const strip = homogenized.macro.dimension !== input.macro.dimension
    const making = family.resolved(input, cell, {
      repeat,
      // An unprepared start has long got its correctors.
      prepared: (from && from.t > 0) || (scenario.micro?.prepared ?? true),
      factor,
      layout: homogenized.layout,
      from:
        from ??
        (strip ? { u: homogenized.initial(), macro: homogenized.macro, layout: homogenized.layout } : undefined),
    })
    const model = yield* told('resolved', paced(making, 0))
    const setting: BesideSetting = {
      cell,
      cellSize: input.cellSize,
      rtol: scenario.time.rtol,
      units: family.reduced?.(scenario.parameters, scenario.macro),
    }
    const kept = from?.resolved?.layout === model.layout ? from.resolved : undefined
    const u = kept && model.adopt({ ...kept, macro: model.macro })
    const t = from?.t ?? 0
    if (kept && u) {
      const state = { t, u, integrals: Float64Array.from(kept.integrals), dt: 0 }
      return new Beside(model, setting, state, { baseline: Float64Array.from(kept.baseline) })
    }
    const state = { t, u: model.initial(), integrals: new Float64Array(model.rateCount), dt: 0 }
    return new Beside(model, setting, state, { notices: from?.resolved ? [otherCells()] : [] })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return {
      level: 'warning',
      message: t('No resolved model runs beside: {shortened}.', {
        shortened: shortened(error.problems.map((p) => p.message).join('; '), 240),
      }),
    }
  }
}

function otherCells(): Notice {
  return {
    level: 'info',
    message: t(
      'The resolved model has other cells now: it goes on from the homogenized state with its correctors, and its budgets start again from here.',
    ),
  }
}
