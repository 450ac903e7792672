/** What the families, their models, the settings of a scenario and the shapes say of themselves: texts of constants. */
import { join } from 'node:path'
import { shapes } from '../../src/cell/shapes/index.ts'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import type { FamilyCard, ModelFamily } from '../../src/models/family.ts'
import { families } from '../../src/models/index.ts'
import type { Parameter, Values } from '../../src/parameter.ts'
import type { ModelDescription } from '../../src/simulation/frame.ts'
import { type Scenario, settings } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { type Found, filesOf, literalsOf, SRC, WORD } from './texts.ts'

/** Keys under which constants hold what people read. */
const KEYS = /^(label|help|group|summary|reason|caption|about|why|note|rowTitle|limit|words|counts|badge)$/
const FOLDERS = ['models', 'cell', 'simulation']

/** All texts with a word in them, each once. */
export async function textsOfModels(): Promise<Found[]> {
  const found = new Map<string, string>()
  const put: Put = (where, ...texts) => {
    for (const text of texts) if (text !== undefined && WORD.test(text) && !found.has(text)) found.set(text, where)
  }
  for (const family of families) {
    await card(family, put)
    classes(family, put)
  }
  for (const dimension of [2, 3] as const) {
    for (const shape of shapes.filter((each) => each.dimensions.includes(dimension)))
      put(shape.name, shape.label, ...shape.parameters(dimension).map(({ label }) => label))
    for (const box of [1, 2, 3] as const)
      for (const { parameter: p } of settings(whole(box, dimension))) parameter(p, 'settings', put)
  }
  for (const name of builtInNames()) models(loadScenario(name).scenario, name, put)
  for (const file of FOLDERS.flatMap((folder) => filesOf(join(SRC, folder), /\.ts$/)))
    for (const { text, where } of literalsOf(file, KEYS)) put(where, text)
  return [...found].map(([text, where]) => ({ text, where }))
}

type Put = (where: string, ...texts: (string | undefined)[]) => void

function parameter(p: Parameter, where: string, put: Put): void {
  put(`${where}.${p.name}`, p.label, p.group, p.help, p.source)
  if (p.kind === 'number') put(`${where}.${p.name}`, wordy(p.unit), p.counts, p.allowed?.words)
  if (p.kind === 'choice')
    for (const option of p.options)
      put(`${where}.${p.name}.${option.value}`, option.label, option.help, option.badge?.text)
  if (p.kind === 'text') put(`${where}.${p.name}`, ...(p.examples ?? []).map(({ label }) => label))
}

/** A unit that is words; symbols are the same in every language. */
const wordy = (unit: string) => (/\p{Ll}{3}/u.test(unit.replace(/kPa|mol|Ah/g, '')) ? unit : undefined)

async function card(family: FamilyCard, put: Put): Promise<void> {
  const { name, comparison } = family
  put(name, family.label, family.summary, ...family.phases.map(({ label }) => label), ...family.sources)
  for (const p of family.parameters) parameter(p, name, put)
  for (const experiment of family.experiments) {
    put(`${name}.${experiment.name}`, experiment.label, experiment.help)
    for (const p of experiment.parameters) parameter(p, `${name}.${experiment.name}`, put)
  }
  for (const stimulus of family.stimuli) {
    put(`${name}.${stimulus.name}`, stimulus.label)
    parameter(stimulus.amount, `${name}.${stimulus.name}`, put)
  }
  put(name, ...family.curves.map(({ label }) => label), family.sweep?.unit(defaults(family)).words)
  const notes = await family.notes?.()
  put(`${name} notes`, notes?.title, ...(notes?.entries ?? []).flatMap(({ about, why }) => [about, why]))
  if (!comparison) return
  const { norms, limit, guide, uniform } = comparison
  put(`${name} comparison`, limit, guide.label, uniform?.message, ...norms.map(({ label }) => label))
}

const defaults = ({ parameters }: FamilyCard): Values => Object.fromEntries(parameters.map((p) => [p.name, p.value]))

/** Captions with the usual parameters, and with every other choice. */
function classes(family: ModelFamily, put: Put): void {
  const usual = defaults(family)
  const others = family.parameters.flatMap((p): Values[] => {
    if (p.kind === 'flag') return [{ [p.name]: !p.value }]
    return p.kind === 'choice' ? p.options.map(({ value }) => ({ [p.name]: value })) : []
  })
  for (const [name, { label, reason, equations, of }] of Object.entries(family.classes)) {
    const chosen = of ? [usual, ...others].flatMap((values) => of({ ...usual, ...values })) : []
    put(`${family.name} ${name}`, label, reason, ...[...equations, ...chosen].map(({ caption }) => caption))
  }
}

/** A scenario with every setting. */
function whole(box: 1 | 2 | 3, dimension: 2 | 3): Scenario {
  return {
    macro: { dimension: box, size: [1, 1, 1], nodes: [3, 3, 3] },
    cell: { dimension, background: '', shapes: [], resolution: 8, size: 1 },
    micro: { resolution: 8, repeat: 1, prepared: true },
  } as unknown as Scenario
}

/** The model of a scenario on coarse meshes, and what its first frame says of its limits. */
function models(scenario: Scenario, where: string, put: Put): void {
  const { micro: _, ...alone } = scenario
  const resolution = Math.min(scenario.cell.resolution, scenario.cell.dimension === 2 ? 32 : 16)
  for (const event of simulate({ ...alone, cell: { ...scenario.cell, resolution } })) {
    if (event.kind === 'cell')
      put(`${where} cell`, ...Object.keys(event.cell.phases), ...event.cell.problems.map((p) => p.phase ?? p.name))
    if (event.kind === 'model') description(event.model, where, put)
    if (event.kind !== 'frame') continue
    for (const { label, help } of event.frame.validity?.numbers ?? []) put(`${where} validity`, label, help)
    return
  }
}

function description(
  { fields, derived = [], observables, layers, units }: ModelDescription,
  where: string,
  put: Put,
): void {
  // Of several kinds of cells, or of two materials, labels are put together by the model: "{label}, kind {kind}", "{label}, glia".
  const base = (label: string) => label.replace(/, (?:kind \d|glia|(?:first|second) material)$/, '')
  for (const { label, unit, microscopic } of fields)
    put(
      `${where} fields`,
      base(label),
      wordy(unit),
      ...(microscopic?.parts ?? []).flatMap(({ name, help }) => [name, help]),
    )
  for (const { label, unit, under } of derived)
    put(`${where} derived`, base(label), wordy(unit), ...(under ? [under] : []))
  for (const { label, unit } of observables) put(`${where} observables`, base(label), wordy(unit))
  put(`${where} layers`, ...(layers?.parts ?? []).map(({ label }) => label), ...(layers?.ends ?? []))
  put(`${where} units`, ...Object.values({ ...units?.units, ...units?.scales }).map(({ unit }) => wordy(unit)))
}
