/** `scenarios`, `describe FAMILY`, `describe scenario` and `schema`: what there is, as tables and as JSON Schema. */
import { resolutionParameter } from '../cell/validate.ts'
import { LIMITS } from '../limits.ts'
import { families, findFamily } from '../models/index.ts'
import { format, type Parameter } from '../parameter.ts'
import { everySetting, MOST_CELLS, NODE_LIMITS, pathText } from '../simulation/scenario.ts'
import { cellFileSchema, type JsonSchema, scenarioSchema } from '../simulation/schema.ts'
import { builtInNames, loadScenario, readArguments, usage } from './input.ts'

export function scenariosCommand(args: string[]): string {
  if (args.length > 0) throw usage(`got ${args.length} arguments; "scenarios" takes none`)
  return builtInNames()
    .map((name) => {
      const { scenario } = loadScenario(name)
      return `${name}\t${scenario.family}\t${scenario.macro.dimension}D\t${scenario.title}`
    })
    .join('\n')
}

export function describeCommand(args: string[]): string {
  const { word } = readArguments(args, 'family')
  if (word === 'scenario') return describeScenario()
  if (word === 'limits') return describeLimits()
  const family = findFamily(word)
  if (!family)
    throw usage(
      `got "${word}"; valid families are ${families.map((f) => f.name).join(', ')}; "describe scenario" lists what they share, "describe limits" how much there may be`,
    )
  const phases = family.phases.map(({ name, label }) => `${name} (${label})`).join(', ')
  const lines = [
    `${family.label}: ${family.summary}`,
    '',
    `Phases of its cells: ${phases}`,
    '',
    'Parameters',
    ...table(family.parameters),
  ]
  for (const e of family.experiments) {
    lines.push('', `Experiment "${e.name}": ${e.help}`)
    if (e.parameters.length > 0) lines.push(...table(e.parameters))
  }
  lines.push('', 'Stimuli')
  for (const s of family.stimuli)
    lines.push(`  ${s.name}: ${s.label}, amount in ${s.amount.unit}, up to ${format(s.amount, s.amount.max)}`)
  lines.push('', 'Sources', ...family.sources.map((s) => `  ${s}`))
  return lines.join('\n')
}

/** How much an input may hold, and how fine a box and a cell may be. */
function describeLimits(): string {
  const counts = Object.values(LIMITS).map(({ most, of }) => [most, of] as const)
  const nodes = ([1, 2, 3] as const).map((d) => [NODE_LIMITS[d], `nodes of a box in ${d}D`] as const)
  const cell = ([2, 3] as const).map((d) => [resolutionParameter(d).max, `nodes per axis of a cell in ${d}D`] as const)
  const rows = [...counts, ...nodes, ...cell, [MOST_CELLS, 'resolved cells along the box'] as const]
  const shown = rows.map(([most, of]) => [most.toLocaleString('en'), of] as const)
  const width = Math.max(...shown.map(([most]) => most.length))
  return ['At most', ...shown.map(([most, of]) => `  ${most.padStart(width)}  ${of}`)].join('\n')
}

/** The settings of scenarios of every dimension, by path; what differs between dimensions has a line for each. */
function describeScenario(): string {
  const lines = new Map<string, Map<string, string[]>>()
  for (const [dimension, cell] of [
    [1, 2],
    [2, 2],
    [3, 3],
  ] as const) {
    for (const { path, parameter, optional } of everySetting(dimension, cell)) {
      const name = pathText(path.map((key) => (typeof key === 'number' ? 'k' : key))).replace('.k', '[k]')
      const left = { default: format(parameter, parameter.value), nothing: 'none', required: 'required' }
      const label = parameter.label.replace(/ along [xyz]$/, ' along axis k')
      const row = [left[optional ?? 'required'], limits(parameter), [label, parameter.help].filter(Boolean).join('. ')]
      const known = lines.get(name) ?? new Map<string, string[]>()
      const text = row.join('  ')
      known.set(text, [...new Set([...(known.get(text) ?? []), `${path[0] === 'macro' ? dimension : cell}D`])])
      lines.set(name, known)
    }
  }
  const rows = [...lines].flatMap(([name, known]) =>
    [...known].map(([text, where]) => `  ${known.size > 1 ? `${name} (${where.join(', ')})` : name}  ${text}`),
  )
  return ['Settings of a scenario outside its family: where left out, limits, meaning', '', ...rows].join('\n')
}

const SCHEMAS: Readonly<Record<string, () => JsonSchema>> = { scenario: scenarioSchema, cell: cellFileSchema }

export function schemaCommand(args: string[]): string {
  const { word } = readArguments(args.length === 0 ? ['scenario'] : args, 'kind of file')
  const schema = SCHEMAS[word]
  if (!schema) throw usage(`got "${word}"; valid are ${Object.keys(SCHEMAS).join(', ')}`)
  return JSON.stringify(schema(), null, 2)
}

function table(parameters: readonly Parameter[]): string[] {
  const rows = parameters.map((p) => [p.name, format(p, p.value).replaceAll('\n', '; '), limits(p), p.label, p.source])
  const widths = rows[0].map((_, k) => Math.max(...rows.map((r) => r[k].length)))
  return rows.map((r) => `  ${r.map((c, k) => c.padEnd(widths[k])).join('  ')}`.trimEnd())
}

function limits(p: Parameter): string {
  switch (p.kind) {
    case 'number':
      if (p.allowed) return p.allowed.words
      return `${format(p, p.min)} … ${format(p, p.max)}${p.unit === '1' ? '' : ` (SI factor ${p.factor})`}`
    case 'choice':
      return p.options.map((o) => o.value).join(' | ')
    case 'flag':
      return 'true | false'
    case 'text':
      return 'text'
  }
}
