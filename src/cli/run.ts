/** `run SCENARIO [--out DIR]`: a scenario from cell to curves, with tables in display units. */

import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CellResult } from '../cell/cell.ts'
import type { Curve, Notice } from '../models/family.ts'
import { findFamily } from '../models/index.ts'
import { CellCache } from '../simulation/cells.ts'
import type { Checkpoint, Frame, ModelDescription, Summary } from '../simulation/frame.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { computeCurve, simulate } from '../simulation/simulate.ts'
import { loadScenario, readArguments, usage } from './input.ts'
import { finish } from './wait.ts'

/** Most frames written per field file. */
const FRAMES = 400

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
  let cell: CellResult | undefined
  let model: ModelDescription | undefined
  let summary: Summary | undefined
  let last: Checkpoint | undefined
  const kept: Kept[] = []
  const rows: string[] = []
  const notices: string[] = []
  let told = 0
  const every =
    scenario.macro.dimension === 1 ? Math.ceil(scenario.time.frames / FRAMES) : Math.ceil(scenario.time.frames / 10)
  const keep = (frame: Frame) => {
    last = frame.checkpoint
    rows.push([frame.t, ...[...frame.observables].map((v, k) => v / model!.observables[k].factor)].join(','))
    // The last frame is always kept, also where a run stops between two regular ones.
    if (kept.length > 0 && kept[kept.length - 1].index % every !== 0) kept.pop()
    kept.push({ t: frame.t, index: frame.index, fields: frame.fields })
    const tenth = Math.floor((10 * frame.t) / scenario.time.end)
    if (tenth > told) {
      told = tenth
      console.error(`${name}: ${10 * tenth} % (t = ${Number(frame.t.toPrecision(4))} s, ${frame.stats.accepted} steps)`)
    }
  }
  const tell = ({ message }: Notice) => {
    notices.push(message)
    console.error(`${name}: ${message}`)
  }
  for (const event of simulate(scenario, { cells })) {
    if (event.kind === 'cell') cell = event.cell
    else if (event.kind === 'model') {
      model = event.model
      model.notices.forEach(tell)
    } else if (event.kind === 'frame') keep(event.frame)
    else if (event.kind === 'end') summary = event.summary
    else if (event.kind === 'notice') tell(event.notice)
  }
  const result = {
    scenario: name,
    title: scenario.title,
    modelClass: model!.modelClass,
    tensors: tensors(cell!),
    ...summary!,
    notices,
  }
  if (options.out !== undefined) {
    const curves = allCurves(scenario, last!, cells, name)
    write(options.out, { observables: table(model!, rows), fields: fieldTables(model!, kept), curves, result })
  }
  return JSON.stringify(result)
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
  for (const { name: curve } of findFamily(scenario.family)!.curves) {
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

const heading = (label: string, unit: string) => `"${label}${unit === '1' ? '' : ` [${unit}]`}"`

function table(model: ModelDescription, rows: string[]): string {
  return [['"t [s]"', ...model.observables.map((o) => heading(o.label, o.unit))].join(','), ...rows].join('\n')
}

function fieldTables(model: ModelDescription, kept: readonly Kept[]): Map<string, string> {
  const { nodes, size } = model.macro
  const count = nodes.reduce((a, b) => a * b, 1)
  const axes = ['x', 'y', 'z'].slice(0, nodes.length)
  const out = new Map<string, string>()
  model.fields.forEach((field, f) => {
    const lines = [
      [
        ...axes.map((a) => heading(a, 'µm')),
        ...kept.map((k) => `"t = ${k.t} s: ${field.name}${field.unit === '1' ? '' : ` [${field.unit}]`}"`),
      ].join(','),
    ]
    for (let p = 0; p < count; p++) {
      let rest = p
      const position = nodes.map((n, k) => {
        const i = rest % n
        rest = Math.floor(rest / n)
        return ((i * size[k]) / (n - 1)) * 1e6
      })
      lines.push([...position, ...kept.map((k) => k.fields[f][p] / field.factor)].join(','))
    }
    out.set(field.name, lines.join('\n'))
  })
  return out
}

/** Columns: abscissa and every trace on it; traces of another abscissa follow below as blocks. */
function curveTable(curve: Curve): string {
  const x = heading(curve.x.label, curve.x.unit)
  const lines = [['"trace"', x, heading(curve.y.label, curve.y.unit)].join(',')]
  for (const trace of curve.traces)
    trace.x.forEach((v, k) => {
      lines.push([`"${trace.name}"`, v / curve.x.factor, trace.y[k] / curve.y.factor].join(','))
    })
  return lines.join('\n')
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
  files: { observables: string; fields: Map<string, string>; curves: Map<string, string>; result: unknown },
): void {
  try {
    mkdirSync(join(folder, 'fields'), { recursive: true })
    mkdirSync(join(folder, 'curves'), { recursive: true })
    writeFileSync(join(folder, 'observables.csv'), `${files.observables}\n`)
    for (const [name, text] of files.fields) writeFileSync(join(folder, 'fields', `${name}.csv`), `${text}\n`)
    for (const [name, text] of files.curves) writeFileSync(join(folder, 'curves', `${name}.csv`), `${text}\n`)
    writeFileSync(join(folder, 'result.json'), `${JSON.stringify(files.result, null, 2)}\n`)
  } catch (error) {
    throw usage(`the folder ${folder} cannot be written: ${error instanceof Error ? error.message : error}`)
  }
}
