/** Observations carried out: the program itself says what is right. Runs and cells are computed once per observer. */
import type { CellProblemResult, CellResult } from '../cell/cell.ts'
import { finish } from '../finish.ts'
import { parseRates } from '../models/rates.ts'
import { InputError } from '../problem.ts'
import { CellCache, solveCell } from '../simulation/cells.ts'
import { compare } from '../simulation/compare.ts'
import { computeDischarge } from '../simulation/discharge.ts'
import type { Frame, ModelDescription } from '../simulation/frame.ts'
import { frequencyList } from '../simulation/impedance.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { computeCurve, simulate } from '../simulation/simulate.ts'
import { spectrum } from '../simulation/spectrum.ts'
import { sweep } from '../simulation/sweep.ts'
import { type Changes, changed, type Library } from './change.ts'
import { type Line, numberOf } from './curve.ts'
import type {
  CurveObservation,
  NumberObservation,
  RegionObservation,
  Scene,
  TensorObservation,
  WordObservation,
} from './observation.ts'
import { ellipseOf } from './score.ts'

interface Course {
  model: ModelDescription
  frames: Frame[]
}

const ENTRIES = { xx: [0, 0], yy: [1, 1], zz: [2, 2], xy: [0, 1], xz: [0, 2], yz: [1, 2] } as const

/** What is wrong with an observation of a lesson: it names something that the scenario does not have. */
function unknown(path: string, got: string, valid: readonly string[]): InputError {
  return new InputError([{ path, message: `got "${got}"; valid are ${valid.map((v) => `"${v}"`).join(', ')}` }])
}

export class Observer {
  private readonly library: Library
  private readonly own: { scenario: string; changes?: Changes }
  private readonly cells = new CellCache()
  private readonly courses = new Map<string, Course>()
  /** Changes of the scans that are under way. */
  private scanned: Changes = {}

  /** @param own the scenario of the lesson */
  constructor(library: Library, own: { scenario: string; changes?: Changes }) {
    this.library = library
    this.own = own
  }

  word(o: WordObservation): string {
    switch (o.kind) {
      case 'class': {
        const scenario = this.scenarioOf(o)
        return finishFirst(simulate(scenario, { cells: this.cells }))
      }
      case 'decide': {
        const value = this.number(o.of)
        const holds = o.cases.find(
          ({ below = Number.POSITIVE_INFINITY, above = Number.NEGATIVE_INFINITY }) => value < below && value > above,
        )
        return holds?.is ?? o.otherwise
      }
      case 'largest':
      case 'smallest': {
        const sign = o.kind === 'largest' ? -1 : 1
        const found = Object.entries(o.of).map(([is, of]) => ({ is, size: sign * this.number(of) }))
        return found.sort((a, b) => a.size - b.size)[0].is
      }
    }
  }

  number(o: NumberObservation): number {
    switch (o.kind) {
      case 'entry': {
        const { tensor, bounds } = this.problem(o)
        if (o.take in ENTRIES) {
          const [i, j] = ENTRIES[o.take as keyof typeof ENTRIES]
          return tensor[i][j]
        }
        if (o.take === 'bruggeman' || o.take === 'voigt' || o.take === 'reuss') return bounds[o.take] ?? Number.NaN
        return bounds.hashinShtrikman?.[o.take as 'upper' | 'lower'] ?? Number.NaN
      }
      case 'angle':
        return ellipseOf(this.problem(o).tensor).angle
      case 'phase': {
        const { phases } = this.cell(this.scenarioOf(o))
        const phase = phases[o.of]
        if (!phase) throw unknown('of', o.of, Object.keys(phases))
        return o.take === 'fraction' ? phase.fraction : phase.percolates.filter(Boolean).length
      }
      case 'take':
        return numberOf(this.curve(o.of), o.take, o.value)
      case 'ratio':
        return this.number(o.of[0]) / this.number(o.of[1])
      case 'difference':
        return this.number(o.of[0]) - this.number(o.of[1])
    }
  }

  tensor(o: TensorObservation): number[][] {
    return this.problem(o).tensor
  }

  curve(o: CurveObservation): Line {
    switch (o.kind) {
      case 'series':
        return this.series(o)
      case 'profile': {
        const { values, macro } = this.fieldAt(o)
        const [n] = macro.nodes
        const middle = macro.nodes.slice(1).reduce((offset, m, k) => {
          const stride = macro.nodes.slice(0, k + 1).reduce((a, b) => a * b, 1)
          return offset + Math.floor(m / 2) * stride
        }, 0)
        return {
          x: Array.from({ length: n }, (_, i) => i / (n - 1)),
          y: Array.from({ length: n }, (_, i) => values[middle + i]),
        }
      }
      case 'sweep': {
        const at = Array.from({ length: o.steps }, (_, k) => o.from + ((o.to - o.from) * k) / (o.steps - 1))
        const scenario = this.scenarioOf(o)
        const { columns, rows } = finish(
          sweep(
            scenario,
            at.map((v) => v * o.volts),
          ),
        )
        const column = columns.findIndex(({ label }) => label === o.of)
        if (column < 0)
          throw unknown(
            'of',
            o.of,
            columns.map(({ label }) => label),
          )
        return { x: at, y: rows.map((row) => row[column] / (o.factor ?? 1)) }
      }
      case 'curve':
        return this.familyCurve(o)
      case 'discharge': {
        const { rates, problem } = parseRates(o.of)
        if (problem || rates.length !== 1) throw new InputError([{ path: 'of', message: problem ?? 'give one rate' }])
        const found = finish(computeDischarge(this.scenarioOf(o), rates[0], this.cells))
        return { x: found.utilisations, y: found.voltage }
      }
      case 'impedance': {
        const { points } = finish(spectrum(this.scenarioOf(o), frequencyList(o.from, o.to, o.points), o.at ?? 0))
        return { x: points.map(({ re }) => re / o.factor), y: points.map(({ im }) => -im / o.factor) }
      }
      case 'errors': {
        const { rows } = finish(compare(this.scenarioOf(o), o.cells))
        const norms = Object.keys(rows[0]?.errors ?? {})
        if (!norms.includes(o.of)) throw unknown('of', o.of, norms)
        return { x: rows.map(({ N }) => N), y: rows.map(({ errors }) => errors[o.of]) }
      }
      case 'scan':
        return {
          x: o.values.map((v) => v / (o.factor ?? 1)),
          y: o.values.map((value) => this.scanning({ [o.path]: value }, () => this.number(o.of))),
        }
    }
  }

  /** Rows of `#` and `.`, those of large y first; a line is one row. */
  region(o: RegionObservation, columns: number, rows: number): string[] {
    const { values, macro } = this.fieldAt(o)
    const [nx, ny = 1] = macro.nodes
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const v of values) {
      least = Math.min(least, v)
      most = Math.max(most, v)
    }
    const limit = o.value ?? least + (o.share ?? 0.5) * (most - least)
    const at = (column: number, row: number) => {
      const i = Math.round(((column + 0.5) / columns) * (nx - 1))
      const j = Math.round(((row + 0.5) / rows) * (ny - 1))
      return values[i + nx * j] > limit === (o.side === 'above')
    }
    return Array.from({ length: rows }, (_, k) =>
      Array.from({ length: columns }, (_, i) => (at(i, rows - 1 - k) ? '#' : '.')).join(''),
    )
  }

  private series(o: Extract<CurveObservation, { kind: 'series' }>): Line {
    const { model, frames } = this.course(this.scenarioOf(o))
    const column = (name: string) => {
      const k = model.observables.findIndex((each) => each.name === name)
      if (k < 0)
        throw unknown(
          'of',
          name,
          model.observables.map((each) => each.name),
        )
      return frames.map((frame) => frame.observables[k] / model.observables[k].factor)
    }
    return { x: o.against === undefined ? frames.map(({ t }) => t) : column(o.against), y: column(o.of) }
  }

  private familyCurve(o: Extract<CurveObservation, { kind: 'curve' }>): Line {
    const scenario = this.scenarioOf(o)
    const frame = this.frameAt(scenario, o.at)
    const nodes = scenario.macro.nodes.reduce((a, b) => a * b, 1)
    const node = Math.round((o.place ?? 0.5) * (nodes - 1))
    const found = finish(computeCurve(scenario, { name: o.of, node }, frame.checkpoint, this.cells))
    const trace = o.trace === undefined ? found.traces[0] : found.traces.find(({ name }) => name === o.trace)
    if (!trace)
      throw unknown(
        'trace',
        o.trace ?? '',
        found.traces.map(({ name }) => name),
      )
    const { factor } = (trace.second ? found.y2 : undefined) ?? found.y
    return { x: trace.x.map((v) => v / found.x.factor), y: trace.y.map((v) => v / factor) }
  }

  private fieldAt(o: { of: string; at?: number } & Scene): { values: number[]; macro: Scenario['macro'] } {
    const scenario = this.scenarioOf(o)
    const { model } = this.course(scenario)
    const k = model.fields.findIndex(({ name }) => name === o.of)
    if (k < 0)
      throw unknown(
        'of',
        o.of,
        model.fields.map(({ name }) => name),
      )
    const frame = this.frameAt(scenario, o.at)
    return { values: Array.from(frame.fields[k], (v) => v / model.fields[k].factor), macro: model.macro }
  }

  /** The frame nearest to a time [s]; the last one without. */
  private frameAt(scenario: Scenario, at = Number.POSITIVE_INFINITY): Frame {
    const { frames } = this.course(scenario)
    if (at === Number.POSITIVE_INFINITY) return frames[frames.length - 1]
    return frames.reduce((best, f) => (Math.abs(f.t - at) < Math.abs(best.t - at) ? f : best))
  }

  private problem(o: Pick<TensorObservation, 'of' | 'problem'> & Scene): CellProblemResult {
    const { problems } = this.cell(this.scenarioOf(o))
    const found = problems.find(
      ({ kind, name, phase }) => (phase === o.of || name === o.of) && (o.problem === undefined || o.problem === kind),
    )
    if (!found)
      throw unknown(
        'of',
        o.of,
        problems.map(({ name, phase, kind }) => `${phase ?? name} (${kind})`),
      )
    return found
  }

  private cell(scenario: Scenario): CellResult {
    return finish(solveCell(scenario, this.cells))
  }

  private course(scenario: Scenario): Course {
    const key = JSON.stringify(scenario)
    const known = this.courses.get(key)
    if (known) return known
    let model: ModelDescription | undefined
    const frames: Frame[] = []
    for (const event of simulate(scenario, { cells: this.cells })) {
      if (event.kind === 'model') model = event.model
      if (event.kind === 'frame') frames.push(event.frame)
    }
    if (!model) throw new RangeError('a run without a model')
    const course = { model, frames }
    this.courses.set(key, course)
    return course
  }

  private scenarioOf({ scenario = this.own.scenario, changes }: Scene): Scenario {
    const base = this.library(scenario)
    const own = scenario === this.own.scenario ? this.own.changes : {}
    return changed(base, { ...own, ...changes, ...this.scanned })
  }

  private scanning<T>(more: Changes, observe: () => T): T {
    const before = this.scanned
    this.scanned = { ...before, ...more }
    try {
      return observe()
    } finally {
      this.scanned = before
    }
  }
}

/** The class of the model, without a step of the run. */
function finishFirst(run: ReturnType<typeof simulate>): string {
  for (const event of run) if (event.kind === 'model') return event.model.modelClass
  throw new RangeError('a run without a model')
}
