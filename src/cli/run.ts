/** `run SCENARIO [--out DIR]`: a scenario from cell to curves, with tables in display units. */

import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CellResult } from '../cell/cell.ts'
import { finish } from '../finish.ts'
import type { Notice } from '../models/family.ts'
import { familyNamed } from '../models/index.ts'
import { Arrivals, readWave, type WaveReading } from '../models/wave.ts'
import { present } from '../present.ts'
import { type Capsule, encapsulate } from '../record/capsule.ts'
import { recordedTable } from '../record/files.ts'
import { CellCache } from '../simulation/cells.ts'
import type { Checkpoint, Frame, ModelDescription, SimulationEvent, Summary } from '../simulation/frame.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { computeCurve, simulate } from '../simulation/simulate.ts'
import { loadScenario, readArguments, usage, writing } from './input.ts'
import { curveTable, fieldTables, observablesTable, stepsTable } from './tables.ts'

/** Most frames written per field file, of a line and of a sheet or block. */
const LINES = 400
const PICTURES = 10

interface Kept {
  t: number
  index: number
  fields: Float32Array[]
}

export function runCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['out'])
  const { name, scenario } = loadScenario(word)
  if (options.out !== undefined && !canHoldFolder(options.out))
    throw usage(`--out ${options.out} is a file; give a folder, which is made if it does not exist`)
  const cells = new CellCache()
  const { record, capsule, result } = perform(name, scenario, cells)
  if (options.out !== undefined)
    write(options.out, {
      observables: observablesTable(record.whole().model, record.rows),
      steps: result.steps && stepsTable(result.steps),
      fields: fieldTables(record.whole().model, record.kept),
      curves: allCurves(scenario, record.whole().checkpoint, cells, name),
      result,
      capsule,
    })
  return JSON.stringify(result)
}

/** What `run` prints, as an object. */
export function ran(name: string, scenario: Scenario): unknown {
  return perform(name, scenario, new CellCache()).result
}

function perform(name: string, scenario: Scenario, cells: CellCache) {
  const record = new RunRecord(name, scenario)
  for (const event of simulate(scenario, { cells })) record.take(event)
  const { cell, model, summary } = record.whole()
  const capsule = record.capsule(scenario)
  const result = {
    scenario: name,
    title: scenario.title,
    modelClass: model.modelClass,
    tensors: tensors(cell),
    ...summary,
    ...(model.wave && { wave: record.wave() }),
    notices: record.notices,
    record: capsule.record,
  }
  return { record, capsule, result }
}

/** What a run has told, as far as tables need it; progress goes to stderr. */
class RunRecord {
  readonly rows: Pick<Frame, 'index' | 't' | 'observables'>[] = []
  readonly kept: Kept[] = []
  readonly notices: string[] = []
  private readonly name: string
  private readonly end: number
  /** Every how many frames the fields are kept. */
  private readonly every: number
  private arrivals: Arrivals | undefined
  private cell: CellResult | undefined
  private model: ModelDescription | undefined
  private summary: Summary | undefined
  private checkpoint: Checkpoint | undefined
  private told = 0

  constructor(name: string, { macro, time }: Scenario) {
    this.name = name
    this.end = time.end
    this.every = Math.ceil(time.frames / (macro.dimension === 1 ? LINES : PICTURES))
  }

  take(event: SimulationEvent): void {
    if (event.kind === 'cell') this.cell = event.cell
    if (event.kind === 'model') {
      this.model = event.model
      for (const notice of event.model.notices) this.tell(notice)
    }
    if (event.kind === 'frame') this.keep(event.frame)
    if (event.kind === 'end') this.summary = event.summary
    if (event.kind === 'notice') this.tell(event.notice)
  }

  /** @throws RangeError before the end of the run */
  whole(): { cell: CellResult; model: ModelDescription; summary: Summary; checkpoint: Checkpoint } {
    return {
      cell: present(this.cell, 'the cell'),
      model: present(this.model, 'the model'),
      summary: present(this.summary, 'the summary'),
      checkpoint: present(this.checkpoint, 'the last state'),
    }
  }

  /** @throws RangeError before there is a frame */
  wave(): WaveReading {
    return readWave(present(this.arrivals, 'a wave').times, this.whole().model.macro)
  }

  /** @throws RangeError before there is a frame */
  capsule(scenario: Scenario): Capsule {
    const model = present(this.model, 'the model')
    const frames = this.rows.map((row) => ({ ...row, model }))
    return encapsulate([{ frame: 0, scenario }], { frames, fields: present(this.kept.at(-1), 'the last frame').fields })
  }

  private keep({ t, index, fields, observables, checkpoint, stats }: Frame): void {
    const { kept, every } = this
    this.follow(t, fields)
    this.checkpoint = checkpoint
    this.rows.push({ index, t, observables })
    // The last frame is always kept, also where a run stops between two regular ones.
    if (kept.length > 0 && kept[kept.length - 1].index % every !== 0) kept.pop()
    kept.push({ t, index, fields })
    const tenth = Math.floor((10 * t) / this.end)
    if (tenth <= this.told) return
    this.told = tenth
    console.error(`${this.name}: ${10 * tenth} % (t = ${Number(t.toPrecision(4))} s, ${stats.accepted} steps)`)
  }

  private follow(t: number, fields: readonly Float32Array[]): void {
    const { wave, fields: named = [] } = this.model ?? {}
    const values = fields[named.findIndex(({ name }) => name === wave?.field)]
    if (!wave || !values) return
    this.arrivals ??= new Arrivals(values.length, wave.level)
    this.arrivals.take(t, values)
  }

  private tell({ message }: Notice): void {
    this.notices.push(message)
    console.error(`${this.name}: ${message}`)
  }
}

function tensors(cell: CellResult): unknown {
  return {
    phases: cell.phases,
    interfaceMeasure: cell.interfaceMeasure,
    problems: cell.problems.map((p) => ({
      kind: p.kind,
      phase: p.phase,
      name: p.name,
      tensor: p.tensor,
      error: p.error,
    })),
  }
}

function allCurves(scenario: Scenario, checkpoint: Checkpoint, cells: CellCache, name: string): Map<string, string> {
  const node = middleNode(scenario.macro.nodes)
  const out = new Map<string, string>()
  for (const { name: curve } of familyNamed(scenario.family).curves) {
    try {
      const solved = finish(computeCurve(scenario, { name: curve, node }, checkpoint, cells))
      out.set(curve, curveTable(solved))
    } catch (error) {
      console.error(
        `${name}: the curve "${curve}" could not be computed: ${error instanceof Error ? error.message : error}`,
      )
    }
  }
  return out
}

function middleNode(nodes: readonly number[]): number {
  let node = 0
  let stride = 1
  for (const n of nodes) {
    node += stride * Math.floor(n / 2)
    stride *= n
  }
  return node
}

/** The path is a folder, or may become one: its nearest existing parent is a folder. */
function canHoldFolder(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      return statSync(at).isDirectory()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false
      if (dirname(at) === at) return true
    }
  }
}

function write(
  folder: string,
  files: {
    observables: string
    steps?: string
    fields: Map<string, string>
    curves: Map<string, string>
    result: unknown
    capsule: Capsule
  },
): void {
  const table = (text: string) => `${recordedTable(text, files.capsule.record)}\n`
  writing(`the folder ${folder}`, () => {
    mkdirSync(join(folder, 'fields'), { recursive: true })
    mkdirSync(join(folder, 'curves'), { recursive: true })
    writeFileSync(join(folder, 'observables.csv'), table(files.observables))
    if (files.steps !== undefined) writeFileSync(join(folder, 'steps.csv'), table(files.steps))
    for (const [name, text] of files.fields) writeFileSync(join(folder, 'fields', `${name}.csv`), table(text))
    for (const [name, text] of files.curves) writeFileSync(join(folder, 'curves', `${name}.csv`), table(text))
    writeFileSync(join(folder, 'result.json'), `${JSON.stringify(files.result, null, 2)}\n`)
    writeFileSync(join(folder, 'capsule.json'), `${JSON.stringify(files.capsule)}\n`)
  })
}
