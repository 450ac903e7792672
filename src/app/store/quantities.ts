/** What can be looked at of a model: its fields, and behind them what follows from them, worked out when it is asked for. */
import type { Derived, Field } from '../../models/family.ts'
import type { Frame, ModelDescription } from '../../simulation/frame.ts'
import { derivedAt, derivedColumns, derivedValues, flowOf, lengthOf } from '../ground/house.ts'
import type { FullFrame } from './frames.ts'

type Described = Pick<ModelDescription, 'fields' | 'derived'>
/** With the heading under which lists have it. */
type Quantity = Field & Pick<Derived, 'under'>
type Entry = Pick<FullFrame, 'full' | 'model'>

const known = new WeakMap<Described, readonly Quantity[]>()
const values = new WeakMap<Frame, Map<number, Float32Array | undefined>>()
const flows = new WeakMap<Frame, Map<number, Float32Array[] | undefined>>()

/** The fields of a model, then what follows from them. */
export function quantitiesOf(model: Described): readonly Quantity[] {
  const { fields, derived = [] } = model
  if (derived.length === 0) return fields
  return remembered(known, model, () => [...fields, ...derived])
}

/** Place of a quantity among those of its model; -1 where it has none of that name. */
export function placeOf(model: Described, name: string): number {
  return quantitiesOf(model).findIndex((quantity) => quantity.name === name)
}

/** Whether a quantity follows from others. */
export function isDerived({ fields }: Described, index: number): boolean {
  return index >= fields.length
}

/** Values of a quantity at all nodes, SI. */
export function valuesOf(entry: Entry, index: number): Float32Array | undefined {
  const { full, model } = entry
  const derived = derivedOf(model, index)
  if (!derived) return full.fields[index]
  return rememberedAt(values, full, index, () => {
    const flow = flowVectors(entry, index)
    return flow ? lengthOf(flow) : derivedValues(derived, at(full, model))
  })
}

/** The same where it is known without working anything out. */
export function knownValuesOf({ full, model }: Entry, index: number): Float32Array | undefined {
  return isDerived(model, index) ? values.get(full)?.get(index) : full.fields[index]
}

/** Its value at a node, without working it out elsewhere. */
export function valueAtNode({ full, model }: Entry, index: number, node: number): number | undefined {
  const derived = derivedOf(model, index)
  if (!derived) return full.fields[index]?.[node]
  return derivedAt(derived, at(full, model), node)
}

/** Components of a flow at all nodes; undefined where the quantity is none. */
export function flowVectors({ full, model }: Entry, index: number): readonly Float32Array[] | undefined {
  const derived = derivedOf(model, index)
  if (!derived?.flow) return undefined
  return rememberedAt(flows, full, index, () => flowOf(derived, named(full, model), full.checkpoint.macro))
}

/** What follows from the fields of a frame, for files. */
export function columnsBeyondFields({ full, model }: Entry) {
  return derivedColumns(model.derived ?? [], at(full, model))
}

function derivedOf({ fields, derived }: Described, index: number): Derived | undefined {
  return derived?.[index - fields.length]
}

function at(full: Frame, model: Described) {
  return { values: named(full, model), macro: full.checkpoint.macro, t: full.t }
}

function named(full: Frame, { fields }: Described): (name: string) => Float32Array | undefined {
  return (name) => full.fields[fields.findIndex((field) => field.name === name)]
}

function remembered<K extends object, V>(all: WeakMap<K, V>, key: K, make: () => V): V {
  const found = all.get(key)
  if (found !== undefined) return found
  const made = make()
  all.set(key, made)
  return made
}

function rememberedAt<V>(all: WeakMap<Frame, Map<number, V>>, frame: Frame, index: number, make: () => V): V {
  const own = remembered(all, frame, () => new Map<number, V>())
  if (!own.has(index)) own.set(index, make())
  return own.get(index) as V
}
