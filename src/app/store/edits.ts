/** Every way in which the scenario changes. `draft` while a control moves, `commit` when it is let go. */

import { inProportion } from '../../cell/breathing.ts'
import type { Breathing, CellSpec, Grading, ShapeSpec } from '../../cell/cell.ts'
import type { FamilyCard, Stimulus } from '../../models/family.ts'
import type { FiltrationCard } from '../../models/filtration.ts'
import { defaults, type Value } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { current, type Lab } from './lab.ts'
import { fingerprint } from './runs.ts'

export type Change = (scenario: Scenario) => Scenario

export function draft(lab: Lab, change: Change): void {
  lab.setState((s) => ({ draft: change(current(s)) }))
}

/** A control that came back to where it was leaves no entry. */
export function commit(lab: Lab): void {
  lab.setState((s) => {
    if (!s.draft) return {}
    return { draft: undefined, ...(fingerprint(s.draft) !== fingerprint(s.scenario) && { scenario: s.draft }) }
  })
}

export function discard(lab: Lab): void {
  if (lab.getState().draft)
    lab.setState({ draft: undefined, preview: undefined, previewOf: undefined, previewProblems: [] })
}

/** A change in one go: one undo entry. */
export function edit(lab: Lab, change: Change): void {
  lab.setState((s) => ({ scenario: change(current(s)), draft: undefined }))
}

/** In the middle of a drag it takes back the drag. */
export function undo(lab: Lab): void {
  if (lab.getState().draft) discard(lab)
  else lab.temporal.getState().undo()
}

export function redo(lab: Lab): void {
  if (lab.getState().draft) discard(lab)
  else lab.temporal.getState().redo()
}

export function setParameter(name: string, value: Value): Change {
  return (s) => ({ ...s, parameters: { ...s.parameters, [name]: value } })
}

/** Another experiment, with the values that suit the scenario to begin with. */
export function setExperiment(family: FamilyCard, name: string): Change {
  const experiment = family.experiments.find((e) => e.name === name)
  return (s) => ({
    ...s,
    experiment: {
      name,
      values: { ...defaults(experiment?.parameters ?? []), ...experiment?.suited?.(s.parameters) },
    },
  })
}

export function setExperimentValue(name: string, value: Value): Change {
  return (s) => ({ ...s, experiment: { ...s.experiment, values: { ...s.experiment.values, [name]: value } } })
}

/** One of the two cells that a scenario may have. */
type CellName = 'cell' | 'filtration'

/** @param of a cell that the scenario has */
export function setCell(cell: Partial<CellSpec & { size: number }>, of: CellName = 'cell'): Change {
  return (s) => ({ ...s, [of]: { ...s[of], ...cell } })
}

/** A cell of its own for the flow, or none; it begins as the first one, as large as what it replaces said. */
export function setFiltration({ replaces }: FiltrationCard, own: boolean): Change {
  return ({ filtration: _, ...s }) => {
    if (!own) return s
    const size = s.cell.size * Number(s.parameters[replaces])
    return { ...setParameter(replaces, 1)(s), filtration: { ...s.cell, size } }
  }
}

/** Numbers that breathe together stay in proportion. */
export function setShape(index: number, shape: ShapeSpec, of: CellName = 'cell'): Change {
  return (s) => {
    const next = setCell({ shapes: shapesOf(s, of).map((old, i) => (i === index ? shape : old)) }, of)(s)
    return s.breathing ? setBreathing(inProportion(s.breathing, next.cell))(next) : next
  }
}

export function addShape(shape: ShapeSpec, of: CellName = 'cell'): Change {
  return (s) => setCell({ shapes: [...shapesOf(s, of), shape] }, of)(s)
}

const shapesOf = (s: Scenario, of: CellName) => s[of]?.shapes ?? []

export function removeShape(index: number, of: CellName = 'cell'): Change {
  return (s) => {
    const rest = setCell({ shapes: shapesOf(s, of).filter((_, i) => i !== index) }, of)(s)
    if (of === 'filtration') return rest
    return setGraded(withoutShape(s.graded ?? [], index))(setBreathing(withoutShape(s.breathing ?? [], index))(rest))
  }
}

/** Numbers of the cell that vary along the box; none takes the field out. */
export function setGraded(graded: readonly Grading[]): Change {
  return ({ graded: _, ...s }) => (graded.length === 0 ? s : { ...s, graded: [...graded] })
}

/** Numbers of the cell that change as its cells swell; none takes the field out. */
export function setBreathing(breathing: readonly Breathing[]): Change {
  return ({ breathing: _, ...s }) => (breathing.length === 0 ? s : { ...s, breathing: [...breathing] })
}

/** Names of the numbers of later shapes follow them. */
function withoutShape<N extends { number: string }>(graded: readonly N[], index: number): N[] {
  return graded.flatMap((grading) => {
    const [start, digits] = /^shapes\[(\d+)\]/.exec(grading.number) ?? []
    if (start === undefined || Number(digits) < index) return [grading]
    if (Number(digits) === index) return []
    return [{ ...grading, number: `shapes[${Number(digits) - 1}]${grading.number.slice(start.length)}` }]
  })
}

export function addStimuli(stimuli: readonly Stimulus[]): Change {
  return (s) => ({ ...s, stimuli: [...s.stimuli, ...stimuli] })
}

/** Usual nodes per axis of a line, a sheet and a block. */
const NODES = { 1: 201, 2: 65, 3: 21 }

/** The same scenario on a line, a sheet or a block: new axes are as long as the first, stimuli move to their middle. */
export function setDimension(dimension: 1 | 2 | 3): Change {
  return (s) => {
    const axes = Array.from({ length: dimension })
    const size = axes.map((_, axis) => s.macro.size[axis] ?? s.macro.size[0])
    const stimuli = s.stimuli.map((stimulus) => {
      const { region } = stimulus
      if (region.shape === 'everywhere') return stimulus
      return {
        ...stimulus,
        region: { ...region, center: size.map((length, axis) => region.center[axis] ?? length / 2) },
      }
    })
    return { ...s, macro: { dimension, size, nodes: axes.map(() => NODES[dimension]) }, stimuli }
  }
}

export function removeStimuli(indices: readonly number[]): Change {
  return (s) => ({ ...s, stimuli: s.stimuli.filter((_, i) => !indices.includes(i)) })
}
