/**
 * JSON Schemas (draft 2020-12) of scenarios and cell files, made from the same descriptions that validate them. What a
 * schema cannot say (`parseScenario` and `parseCellFile` do): rules between values, and what a mesh allows.
 */
import { MOST_GRADED } from '../cell/graded.ts'
import { shapes } from '../cell/shapes/index.ts'
import { AXES, type Dimension, type Shape, type ShapeParameter } from '../cell/shapes/shape.ts'
import { resolutionParameter } from '../cell/validate.ts'
import { LIMITS } from '../limits.ts'
import { cards } from '../models/cards.ts'
import type { FamilyCard } from '../models/family.ts'
import type { Parameter } from '../parameter.ts'
import { everySetting, SCENARIO_VERSION } from './scenario.ts'

export type JsonSchema = { [key: string]: unknown }

const DRAFT = 'https://json-schema.org/draft/2020-12/schema'
const PHASE = { type: 'string', pattern: '^\\p{L}[\\p{L}\\p{N} _-]{0,39}$', description: 'Name of a phase' }
const DIMENSIONS = [2, 3] as const

/** Of scenario files, for the cards that are registered. Values are SI. */
export function scenarioSchema(): JsonSchema {
  const dimensions = [1, 2, 3] as const
  return {
    $schema: DRAFT,
    title: 'Twoscale scenario',
    type: 'object',
    required: ['version', 'family', 'cell', 'macro', 'time'],
    additionalProperties: false,
    properties: {
      version: { const: SCENARIO_VERSION },
      title: { type: 'string' },
      description: { type: 'string' },
      record: { type: 'object', description: 'Which program wrote the file, and when; not read' },
      family: { enum: cards.map((f) => f.name) },
      cell: { type: 'object', oneOf: DIMENSIONS.map((d) => cell(d, { size: setting('cell.size') })) },
      filtration: { type: 'object', oneOf: DIMENSIONS.map((d) => cell(d, { size: setting('filtration.size') })) },
      graded: GRADED,
      breathing: BREATHING,
      parameters: { type: 'object' },
      macro: { type: 'object', oneOf: dimensions.map(box) },
      experiment: { type: 'object' },
      stimuli: { type: 'array', maxItems: LIMITS.stimuli.most },
      time: object({ end: setting('time.end'), frames: setting('time.frames'), rtol: setting('time.rtol') }, ['end']),
      micro: object(
        {
          resolution: { type: 'integer' },
          repeat: setting('micro.repeat'),
          prepared: setting('micro.prepared'),
        },
        ['resolution'],
      ),
      branch: object({ at: { type: 'number', minimum: 0 }, name: { type: 'string' }, parameters: { type: 'object' } }, [
        'at',
        'name',
        'parameters',
      ]),
    },
    allOf: cards.map((family) => ({
      if: { properties: { family: { const: family.name } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: ofFamily(family) },
    })),
  }
}

/** Of cell files. */
export function cellFileSchema(): JsonSchema {
  const coefficients = { type: 'object', additionalProperties: { type: 'number', minimum: 0, maximum: 1e30 } }
  const problem = (kind: string, properties: JsonSchema, required: string[]) =>
    object({ kind: { const: kind }, ...properties }, ['kind', ...required])
  return {
    $schema: DRAFT,
    title: 'Twoscale cell file',
    ...object(
      {
        version: { const: 1 },
        cell: { type: 'object', oneOf: DIMENSIONS.map((d) => cell(d)) },
        problems: {
          type: 'array',
          minItems: 1,
          items: {
            oneOf: [
              problem('perforated', { phase: PHASE }, ['phase']),
              problem('contrast', { name: { type: 'string', minLength: 1 }, coefficients }, ['name', 'coefficients']),
              problem('stokes', { fluid: PHASE, also: { type: 'array', items: PHASE } }, ['fluid']),
            ],
          },
        },
      },
      ['version', 'cell', 'problems'],
    ),
  }
}

function ofFamily(family: FamilyCard): JsonSchema {
  return {
    parameters: values(family.parameters),
    branch: { properties: { parameters: values(family.parameters) } },
    experiment: {
      oneOf: family.experiments.map((e) =>
        object({ name: { const: e.name, description: e.help }, values: values(e.parameters) }, ['name']),
      ),
    },
    stimuli: {
      items:
        family.stimuli.length === 0
          ? false
          : {
              oneOf: family.stimuli.map((kind) =>
                object(
                  {
                    kind: { const: kind.name, description: kind.label },
                    amount: ofParameter(kind.amount),
                    start: { type: 'number' },
                    end: { type: 'number' },
                    region: REGION,
                  },
                  ['kind', 'amount', 'start', 'end', 'region'],
                ),
              ),
            },
    },
  }
}

const GRADED = {
  type: 'array',
  maxItems: MOST_GRADED,
  description: 'Numbers of the cell that vary along x, e.g. shapes[0].radius',
  items: object(
    {
      number: { type: 'string', description: 'Which number of the cell' },
      along: {
        type: 'array',
        minItems: 1,
        maxItems: LIMITS.graded.most,
        description: 'Places (fractions of the length, ascending; named twice at a jump) and values there',
        items: {
          type: 'array',
          prefixItems: [{ type: 'number', minimum: 0, maximum: 1 }, { type: 'number' }],
          minItems: 2,
          maxItems: 2,
        },
      },
    },
    ['number', 'along'],
  ),
}

const BREATHING = {
  type: 'array',
  maxItems: MOST_GRADED,
  description: 'Numbers of the cell that change together as its cells swell or shrink',
  items: object(
    {
      number: { type: 'string', description: 'Which number of the cell' },
      range: {
        type: 'array',
        items: { type: 'number' },
        minItems: 2,
        maxItems: 2,
        description: 'Lower value, upper value',
      },
    },
    ['number', 'range'],
  ),
}

const REGION = {
  oneOf: [
    object({ shape: { const: 'everywhere' } }, ['shape']),
    object(
      {
        shape: { enum: ['gaussian', 'ball'] },
        center: { type: 'array', items: { type: 'number' } },
        radius: { type: 'number', exclusiveMinimum: 0 },
      },
      ['shape', 'center', 'radius'],
    ),
  ],
}

function box(dimension: 1 | 2 | 3): JsonSchema {
  const perAxis = (key: string) => {
    const items = Array.from({ length: dimension }, (_, k) => setting(`macro.${key}.${k}`, dimension))
    return { type: 'array', prefixItems: items, minItems: dimension, maxItems: dimension }
  }
  return object({ dimension: { const: dimension }, size: perAxis('size'), nodes: perAxis('nodes') }, [
    'dimension',
    'size',
    'nodes',
  ])
}

function cell(dimension: Dimension, more: JsonSchema = {}): JsonSchema {
  const known = shapes.filter((s) => s.dimensions.includes(dimension))
  return object(
    {
      ...more,
      dimension: { const: dimension },
      background: PHASE,
      resolution: required(resolutionParameter(dimension)),
      shapes: { type: 'array', maxItems: LIMITS.shapes.most, items: { oneOf: known.map((s) => shape(s, dimension)) } },
    },
    [...Object.keys(more), 'dimension', 'background', 'resolution', 'shapes'],
  )
}

function shape({ name, label, parameters }: Shape, dimension: Dimension): JsonSchema {
  const list = parameters(dimension)
  return object(
    {
      shape: { const: name, description: label },
      phase: PHASE,
      ...Object.fromEntries(list.map((p) => [p.name, ofShape(p)])),
    },
    ['shape', 'phase', ...list.flatMap((p) => (p.optional ? [] : [p.name]))],
  )
}

function ofShape({ kind, label, unit, min, max, length }: ShapeParameter): JsonSchema {
  const number = { type: 'number', minimum: min, maximum: max }
  const description = unit === '1' ? label : `${label} [${unit}]`
  switch (kind) {
    case 'number':
      return { ...number, description }
    case 'axis':
      return { enum: [...AXES.slice(0, max + 1), ...[0, 1, 2].slice(0, max + 1)], description }
    case 'vector':
      return { type: 'array', items: number, minItems: length, maxItems: length, description }
    case 'points':
      return {
        type: 'array',
        minItems: 3,
        items: { type: 'array', items: number, minItems: 2, maxItems: 2 },
        description,
      }
  }
}

/** Of the setting at a path, e.g. `time.end`. */
function setting(path: string, dimension: 1 | 2 | 3 = 3): JsonSchema {
  const found = everySetting(dimension, 3).find((s) => s.path.join('.') === path)
  if (!found) throw new RangeError(`no setting at "${path}"`)
  return found.optional === 'default' ? ofParameter(found.parameter) : required(found.parameter)
}

/** A value that cannot be left out: what a form proposes is no default. */
function required(parameter: Parameter): JsonSchema {
  const { default: _, ...schema } = ofParameter(parameter)
  return schema
}

function values(parameters: readonly Parameter[]): JsonSchema {
  return object(Object.fromEntries(parameters.map((p) => [p.name, ofParameter(p)])), [])
}

function ofParameter(p: Parameter): JsonSchema {
  const common = { description: p.label, default: p.value }
  switch (p.kind) {
    case 'number': {
      const description = p.unit === '1' ? p.label : `${p.label}; SI, shown in ${p.unit} = ${p.factor}`
      if (p.allowed) return { ...common, description, enum: p.allowed.values }
      return { ...common, description, type: p.integer ? 'integer' : 'number', minimum: p.min, maximum: p.max }
    }
    case 'choice':
      return { ...common, enum: p.options.map((o) => o.value) }
    case 'flag':
      return { ...common, type: 'boolean' }
    case 'text':
      return { ...common, type: 'string' }
  }
}

function object(properties: JsonSchema, required: readonly string[]): JsonSchema {
  return { type: 'object', additionalProperties: false, properties, required }
}
