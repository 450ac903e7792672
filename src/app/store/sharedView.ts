/** What a link says beside the scenario: how it is looked at, up to where it has run, and what was changed on the way. */
import type { Stretch } from '../../simulation/course.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { MapName } from '../ground/colours.ts'
import type { Engine } from './engine.ts'
import {
  type CellLayer,
  type ColourSettings,
  current,
  type Lab,
  type LabState,
  type SlotName,
  type SlotView,
} from './lab.ts'
import type { Pictures } from './pictures.ts'
import type { Plot } from './plots.ts'
import type { RunLog } from './runLog.ts'
import { fingerprint } from './runs.ts'
import type { JudgeStore, JudgeView } from './view.ts'

/** Changes of a run that a link carries. */
export const MOST_STRETCHES = 500

export const FIELD_MAPS = ['viridis', 'inferno', 'cividis', 'diverging'] as const

/** How a laboratory is looked at; everything may be left out. */
export interface Looks {
  field?: string
  /** Points of Ω, m. */
  probes?: number[][]
  colour?: ColourSettings & { map: (typeof FIELD_MAPS)[number] }
  slots?: Record<SlotName, SlotView>
  picked?: Partial<Record<SlotName, string>>
  plot?: Plot
  layer?: CellLayer
  axis?: number
  problem?: number
  raised?: boolean
  cuts?: number[]
  level?: number
  /** `Pictures.camera`. */
  camera?: number[]
  theme?: 'light' | 'dark'
  large?: boolean
  judge?: Partial<Omit<JudgeView, 'gaze'>>
}

export interface SharedBranch {
  name?: string
  visible: boolean
  /** Index of its last frame. */
  until: number
  course: readonly Stretch[]
}

export interface SharedView extends Looks {
  frame?: number
  /** In place of a frame: the run goes up to this time, s. */
  time?: number
  running?: boolean
  /** What the main line is called beside its branches. */
  lineName?: string
  course?: readonly Stretch[]
  branches?: readonly SharedBranch[]
}

/** What of a laboratory is looked at. */
interface Looked {
  lab: Lab
  view: JudgeStore
  pictures: Pictures
}

/** How a laboratory is looked at now. */
function looksOf({ lab, view, pictures }: Looked): Looks {
  const { field, colour, slots, picked, plot, layer, axis, problem, raised, cuts, level, theme, large, probes } =
    lab.getState()
  const { map } = colour
  const { gaze: _, ...judge } = view.getState()
  return {
    field,
    probes: probes.map(({ point }) => point),
    ...(offered(map) && { colour: { ...colour, map } }),
    slots,
    picked,
    plot,
    layer,
    axis,
    problem,
    raised,
    cuts: [...cuts],
    ...(level !== undefined && { level }),
    ...(pictures.camera && { camera: [...pictures.camera] }),
    theme,
    large,
    judge,
  }
}

function offered(map: MapName): map is (typeof FIELD_MAPS)[number] {
  return (FIELD_MAPS as readonly string[]).includes(map)
}

/** Everything that a link says beside the scenario of a laboratory. */
export function sharedView(session: Looked & { engine: Engine; log: RunLog }): SharedView {
  const { lab, engine, log } = session
  const { status, shown, branches, lineName } = lab.getState()
  const entry = engine.frames.entries[shown]
  const course = upTo(log.course, entry?.index ?? 0, current(lab.getState()))
  return {
    ...looksOf(session),
    ...(entry && entry.index > 0 && { frame: entry.index, running: status === 'running' }),
    ...(course.length > 1 && { course }),
    ...(branches.length > 0 && {
      lineName,
      branches: branches.map(({ id, name, visible }) => ({
        name,
        visible,
        until: engine.frames.branch(id).at(-1)?.index ?? 0,
        course: log.ofBranch(id).slice(-MOST_STRETCHES),
      })),
    }),
  }
}

/** The course up to a frame; what was changed later, or is not in use yet, goes on from there. */
function upTo(course: readonly Stretch[], frame: number, scenario: Scenario): Stretch[] {
  const before = course.filter((stretch) => stretch.frame <= frame)
  const last = before.at(-1)
  if (last && fingerprint(last.scenario) !== fingerprint(scenario)) before.push({ frame, scenario })
  return before.slice(-MOST_STRETCHES)
}

/** Looks at a laboratory as somebody else did. */
export function look({ lab, view, pictures }: Looked, { judge, probes, camera, ...rest }: Looks): void {
  pictures.camera = camera
  lab.setState({
    ...(rest as Partial<LabState>),
    ...(probes && { probes: probes.map((point, k) => ({ id: k + 1, point })) }),
  })
  if (judge) view.setState(judge)
}
