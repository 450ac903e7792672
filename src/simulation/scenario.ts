/**
 * A scenario is everything a run depends on, as one JSON value in SI: same scenario, same numbers. What it holds outside
 * its family (box, mesh, time, cell, resolved model) is described here as parameters, from which the form, the
 * validation (`parse.ts`) and the command line's help follow.
 */
import type { Breathing, CellSpec, Grading } from '../cell/cell.ts'
import { phasesOf } from '../cell/geometry.ts'
import { resolutionParameter } from '../cell/validate.ts'
import type { FamilyInput, MacroSpec, Stimulus } from '../models/family.ts'
import { declare, fieldPath, type Parameter, type Value, type Values } from '../parameter.ts'

export const SCENARIO_VERSION = 1

export interface Scenario {
  version: 1
  /** Shown in the gallery and the title bar. */
  title: string
  /** One sentence: what to look for. */
  description: string
  family: string
  cell: CellSpec & {
    /** Period ℓ, m. */
    size: number
  }
  /** The cell of what flows, in the same dimension: its permeability is that of Darcy's law, its fractions count nowhere. */
  filtration?: CellSpec & {
    /** Period ℓ_D, m. */
    size: number
  }
  /** Numbers of the cell that vary along x: there the cell itself holds for pictures alone. */
  graded?: Grading[]
  /** Numbers of the cell that change together as water crosses its membranes. */
  breathing?: Breathing[]
  parameters: Values
  macro: MacroSpec
  experiment: { name: string; values: Values }
  stimuli: Stimulus[]
  time: {
    /** End of the run, s. */
    end: number
    /** Number of frames after the initial one, equally spaced. */
    frames: number
    /** Relative tolerance of the time integrator. */
    rtol: number
  }
  /** The resolved model. */
  micro?: MicroSpec
  /** A second course that the scenario proposes: from the state at `at` with other parameters. */
  branch?: { at: number; name: string; parameters: Values }
}

export interface MicroSpec {
  /** Nodes per cell and axis. */
  resolution: number
  /** N = L / l, cells along the first axis: with it, the resolved model runs beside the homogenized one. */
  repeat?: number
  /** Start with correctors (true, the default) or as the plain restriction of the homogenized data. */
  prepared?: boolean
}

/** Nodes per cell and axis of the resolved model unless the scenario says otherwise. */
export const MICRO_RESOLUTION = 16
/** Most resolved cells along the first axis of the box. */
export const MOST_CELLS = 1024
/** Most nodes of the macroscopic box, by dimension. */
export const NODE_LIMITS: Readonly<Record<1 | 2 | 3, number>> = { 1: 4001, 2: 66_049, 3: 35_937 }
const AXES = ['x', 'y', 'z']

/** A value of the scenario outside its family: where it stands, and its schema. */
export interface Setting {
  path: readonly (string | number)[]
  parameter: Parameter
  /** It may be left out; with `parameter.value` holding then, or nothing where this says `nothing`. */
  optional?: 'default' | 'nothing'
}

const { number, flag } = declare({ source: 'Chosen with the scenario', group: 'settings' })

type Sized = Pick<Scenario, 'macro' | 'cell' | 'filtration' | 'micro'>

/** The settings that a scenario of these dimensions has, in the order of the form. SI. */
export function settings({ macro, cell, filtration, micro }: Sized): Setting[] {
  const { dimension } = macro
  const box = AXES.slice(0, dimension).flatMap((axis, k): Setting[] => [
    {
      path: ['macro', 'size', k],
      parameter: number({
        name: `size_${axis}`,
        label: `Length of the box along ${axis}`,
        symbol: `L_${axis}`,
        unit: 'm',
        factor: 1,
        value: 1e-3,
        min: 1e-9,
        max: 1,
        scale: 'log',
      }),
    },
    {
      path: ['macro', 'nodes', k],
      parameter: number({
        name: `nodes_${axis}`,
        label: `Nodes along ${axis}`,
        symbol: `n_${axis}`,
        unit: '1',
        factor: 1,
        integer: true,
        value: [101, 65, 17][dimension - 1],
        min: 3,
        max: Math.floor(NODE_LIMITS[dimension] / 3 ** (dimension - 1)),
        slider: { min: 3, max: [2001, 257, 49][dimension - 1] },
        scale: 'log',
        help: `At most ${NODE_LIMITS[dimension]} nodes in the whole box in ${dimension}D.`,
      }),
    },
  ])
  return [
    ...box,
    ...TIME,
    PERIOD,
    resolution(['cell', 'resolution'], cell.dimension),
    ...(filtration ? ofFiltration(cell.dimension) : []),
    ...resolved(cell.dimension, micro),
  ]
}

const TIME: readonly Setting[] = [
  {
    path: ['time', 'end'],
    parameter: number({
      name: 'end',
      label: 'End of the run',
      symbol: 't_\\mathrm{end}',
      unit: 's',
      factor: 1,
      value: 60,
      min: 1e-12,
      max: 1e9,
      slider: { min: 1e-6, max: 1e9 },
      scale: 'log',
      help: 'Where a protocol ends the run this is only a bound.',
    }),
  },
  {
    path: ['time', 'frames'],
    optional: 'default',
    parameter: number({
      name: 'frames',
      label: 'Frames',
      symbol: 'N',
      unit: '1',
      factor: 1,
      integer: true,
      value: 100,
      min: 1,
      max: 5000,
      scale: 'log',
      help: 'Equally spaced in time; where a protocol sets the pace, about that many.',
    }),
  },
  {
    path: ['time', 'rtol'],
    optional: 'default',
    parameter: number({
      name: 'rtol',
      label: 'Relative tolerance',
      symbol: '\\mathrm{rtol}',
      unit: '1',
      factor: 1,
      value: 1e-3,
      min: 1e-9,
      max: 0.1,
      scale: 'log',
    }),
  },
]

const PERIOD: Setting = {
  path: ['cell', 'size'],
  parameter: number({
    name: 'period',
    label: 'Period of the cell',
    symbol: '\\ell',
    unit: 'm',
    factor: 1,
    value: 1e-5,
    min: 1e-10,
    max: 1,
    slider: { min: 1e-9, max: 1e-2 },
    scale: 'log',
  }),
}

function resolution(path: Setting['path'], dimension: 2 | 3, other: { name?: string; label?: string } = {}): Setting {
  return { path, parameter: { ...resolutionParameter(dimension), group: 'settings', ...other } }
}

/** Those of the second cell. */
function ofFiltration(dimension: 2 | 3): Setting[] {
  const period = { name: 'period_flow', label: 'Period of the cell of the flow', symbol: '\\ell_D' }
  const mesh = { name: 'resolution_flow', label: 'Mesh of the cell of the flow, nodes per axis' }
  return [
    { path: ['filtration', 'size'], parameter: { ...PERIOD.parameter, ...period } as Parameter },
    resolution(['filtration', 'resolution'], dimension, mesh),
  ]
}

/** Those of the resolved model, where the scenario has one. */
function resolved(dimension: 2 | 3, micro: MicroSpec | undefined): Setting[] {
  if (!micro) return []
  const mesh = { name: 'micro_resolution', label: 'Mesh of a resolved cell, nodes per axis' }
  const list: Setting[] = [resolution(['micro', 'resolution'], dimension, mesh)]
  if (micro.repeat !== undefined)
    list.push({
      path: ['micro', 'repeat'],
      optional: 'nothing',
      parameter: number({
        name: 'repeat',
        label: 'Resolved cells along the box',
        symbol: 'N',
        unit: '1',
        factor: 1,
        integer: true,
        counts: 'cells along the box',
        value: 4,
        min: 1,
        max: MOST_CELLS,
        slider: { min: 1, max: 32 },
        scale: 'log',
        help: 'How many fit depends on the mesh of a cell.',
      }),
    })
  if (micro.prepared !== undefined)
    list.push({
      path: ['micro', 'prepared'],
      optional: 'default',
      parameter: flag({
        name: 'prepared',
        label: 'Start with correctors',
        symbol: '\\chi\\cdot\\nabla u_0',
        value: true,
      }),
    })
  return list
}

/** All settings that a scenario of these dimensions may have. */
export function everySetting(macro: 1 | 2 | 3, cell: 2 | 3): Setting[] {
  const empty: Scenario['cell'] = { dimension: cell, background: '', shapes: [], resolution: 0, size: 0 }
  return settings({
    macro: { dimension: macro, size: [], nodes: [] },
    cell: empty,
    filtration: empty,
    micro: { resolution: 0, repeat: 1, prepared: true },
  })
}

/** What holds of the time where it is left out. */
export function usualTime(): Record<string, Value> {
  const usual = TIME.filter(({ optional }) => optional === 'default')
  return Object.fromEntries(usual.map(({ path, parameter }) => [path[1], parameter.value]))
}

/** The value of a setting; undefined where the scenario has none. */
export function settingOf(scenario: unknown, path: Setting['path']): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], scenario)
}

/** The scenario with another value of a setting. */
export function withSetting<T>(scenario: T, [key, ...rest]: Setting['path'], value: Value): T {
  if (key === undefined) return value as T
  const inner = (scenario as Record<string | number, unknown>)[key]
  const next = withSetting(inner, rest, value)
  if (Array.isArray(scenario)) return scenario.map((v, k) => (k === key ? next : v)) as T
  return { ...scenario, [key]: next }
}

/** A path as problems write it, e.g. `macro.size[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(fieldPath, '')
}

/** Whether the cells of a scenario swell and shrink. */
export function breathes<S extends Pick<Scenario, 'breathing'>>(s: S): s is S & { breathing: Breathing[] } {
  return s.breathing !== undefined && s.breathing.length > 0
}

/** What the family reads of a scenario: the caller knows which family it is, whose schemas the values have passed. */
export function familyInput<I extends FamilyInput = FamilyInput>(s: Scenario): I {
  const { filtration } = s
  return {
    parameters: s.parameters,
    cellSize: s.cell.size,
    macro: s.macro,
    experiment: s.experiment,
    stimuli: s.stimuli,
    phases: phasesOf(s.cell),
    ...(filtration ? { filtration: { size: filtration.size, phases: phasesOf(filtration) } } : {}),
  } as FamilyInput as I
}
