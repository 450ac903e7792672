/** Observations carried out: the program itself says what is right. */
import type { CellProblemResult } from '../cell/cell.ts'
import { finish } from '../finish.ts'
import { parseRates } from '../models/rates.ts'
import { InputError } from '../problem.ts'
import { computeDischarge } from '../simulation/discharge.ts'
import { frequencyList } from '../simulation/impedance.ts'
import { computeCurve, simulate } from '../simulation/simulate.ts'
import { spectrum } from '../simulation/spectrum.ts'
import { sweep } from '../simulation/sweep.ts'
import type { Library } from './change.ts'
import { type Line, numberOf } from './curve.ts'
import type {
  CurveObservation,
  NumberObservation,
  RegionObservation,
  Scene,
  TensorObservation,
  WordObservation,
} from './observation.ts'
import { type OwnScene, Runs } from './runs.ts'
import { ellipseOf } from './score.ts'

const MICROMETRE = 1e-6
const ENTRIES = { xx: [0, 0], yy: [1, 1], zz: [2, 2], xy: [0, 1], xz: [0, 2], yz: [1, 2] } as const

/** What is wrong with an observation of a lesson: it names something that the scenario does not have. */
function unknown(path: string, got: string, valid: readonly string[]): InputError {
  return new InputError([{ path, message: `got "${got}"; valid are ${valid.map((v) => `"${v}"`).join(', ')}` }])
}

export class Observer {
  private readonly runs: Runs

  /** @param own the scenario of the lesson */
  constructor(library: Library, own: OwnScene) {
    this.runs = new Runs(library, own)
  }

  word(o: WordObservation): string {
    switch (o.kind) {
      case 'class':
        return this.modelClass(o)
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
        const scale = o.scaled ? (this.runs.scenarioOf(o).cell.size / MICROMETRE) ** 2 : 1
        return scale * entryOf(this.problem(o), o.take)
      }
      case 'constant':
        return o.value
      case 'angle':
        return ellipseOf(this.problem(o).tensor).angle
      case 'phase': {
        const { phases } = this.runs.cell(this.runs.scenarioOf(o))
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
        const { values, nodes } = this.fieldAt(o)
        const [n] = nodes
        const middle = nodes.slice(1).reduce((offset, m, k) => {
          const stride = nodes.slice(0, k + 1).reduce((a, b) => a * b, 1)
          return offset + Math.floor(m / 2) * stride
        }, 0)
        return {
          x: Array.from({ length: n }, (_, i) => i / (n - 1)),
          y: Array.from({ length: n }, (_, i) => values[middle + i]),
        }
      }
      case 'sweep': {
        const at = Array.from({ length: o.steps }, (_, k) => o.from + ((o.to - o.from) * k) / (o.steps - 1))
        const scenario = this.runs.scenarioOf(o)
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
        const found = finish(computeDischarge(this.runs.scenarioOf(o), rates[0], this.runs.cells))
        return { x: found.utilisations, y: found.voltage }
      }
      case 'impedance': {
        const { points } = finish(spectrum(this.runs.scenarioOf(o), frequencyList(o.from, o.to, o.points), o.at ?? 0))
        return { x: points.map(({ re }) => re / o.factor), y: points.map(({ im }) => -im / o.factor) }
      }
      case 'errors': {
        const rows = this.runs.compared(this.runs.scenarioOf(o), o.cells)
        const norms = Object.keys(rows[0]?.errors ?? {})
        if (!norms.includes(o.of)) throw unknown('of', o.of, norms)
        return { x: rows.map(({ N }) => N), y: rows.map(({ errors }) => errors[o.of]) }
      }
      case 'scan':
        return {
          x: o.values.map((v) => v / (o.factor ?? 1)),
          y: o.values.map((value) => this.runs.scanning({ [o.path]: value }, () => this.number(o.of))),
        }
    }
  }

  /** Rows of `#` and `.`, those of large y first; a line is one row. */
  region(o: RegionObservation, columns: number, rows: number): string[] {
    const { values, nodes } = o.kind === 'corrector' ? this.corrector(o) : this.fieldAt(o)
    const [nx, ny = 1] = nodes
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const v of values) {
      least = Math.min(least, v)
      most = Math.max(most, v)
    }
    const limit = o.kind === 'corrector' ? 0 : (o.value ?? least + (o.share ?? 0.5) * (most - least))
    const at = (column: number, row: number) => {
      const i = Math.round(((column + 0.5) / columns) * (nx - 1))
      const j = Math.round(((row + 0.5) / rows) * (ny - 1))
      const value = values[i + nx * j]
      // Nothing is there inside of another phase.
      return o.side === 'above' ? value > limit : value < limit
    }
    return Array.from({ length: rows }, (_, k) =>
      Array.from({ length: columns }, (_, i) => (at(i, rows - 1 - k) ? '#' : '.')).join(''),
    )
  }

  /** Without a step of the run. */
  private modelClass(o: Scene): string {
    const scenario = this.runs.scenarioOf(o)
    try {
      for (const event of simulate(scenario, { cells: this.runs.cells }))
        if (event.kind === 'model') return event.model.modelClass
      return 'none'
    } catch (error) {
      if (error instanceof InputError) return 'none'
      throw error
    }
  }

  private series(o: Extract<CurveObservation, { kind: 'series' }>): Line {
    const { model, frames } = this.runs.course(this.runs.scenarioOf(o))
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
    const scenario = this.runs.scenarioOf(o)
    const frame = this.runs.frameAt(scenario, o.at)
    const nodes = scenario.macro.nodes.reduce((a, b) => a * b, 1)
    const node = Math.round((o.place ?? 0.5) * (nodes - 1))
    const found = finish(computeCurve(scenario, { name: o.of, node }, frame.checkpoint, this.runs.cells))
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

  private corrector(o: Extract<RegionObservation, { kind: 'corrector' }>): {
    values: Float64Array
    nodes: number[]
  } {
    const { n } = this.runs.cell(this.runs.scenarioOf(o)).mesh
    return { values: this.problem(o).correctors[o.axis === 'x' ? 0 : 1], nodes: [n, n] }
  }

  private fieldAt(o: { of: string; at?: number } & Scene): { values: number[]; nodes: readonly number[] } {
    const scenario = this.runs.scenarioOf(o)
    const { model } = this.runs.course(scenario)
    const k = model.fields.findIndex(({ name }) => name === o.of)
    if (k < 0)
      throw unknown(
        'of',
        o.of,
        model.fields.map(({ name }) => name),
      )
    const frame = this.runs.frameAt(scenario, o.at)
    return { values: Array.from(frame.fields[k], (v) => v / model.fields[k].factor), nodes: model.macro.nodes }
  }

  private problem(o: Pick<TensorObservation, 'of' | 'problem'> & Scene): CellProblemResult {
    const { problems } = this.runs.cell(this.runs.scenarioOf(o))
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
}

function entryOf(
  { tensor, bounds }: CellProblemResult,
  take: Extract<NumberObservation, { kind: 'entry' }>['take'],
): number {
  switch (take) {
    case 'bruggeman':
    case 'voigt':
    case 'reuss':
      return bounds[take] ?? Number.NaN
    case 'upper':
    case 'lower':
      return bounds.hashinShtrikman?.[take] ?? Number.NaN
    default: {
      const [i, j] = ENTRIES[take]
      return tensor[i][j]
    }
  }
}
