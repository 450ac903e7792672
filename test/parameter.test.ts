/** Schemas yield types: values are known by name, and what is not in the schema does not compile. */
import { expect, it } from 'vitest'
import {
  checkValue,
  declare,
  defaults,
  formatProblem,
  formatProblems,
  hasEffect,
  InputError,
  type ValuesOf,
  validateValues,
} from '../src/parameter.ts'

const { number, choice, flag, text } = declare({ source: 'this test', group: 'G' })
const schema = [
  number({ name: 'length', label: 'Length', symbol: 'L', unit: 'µm', factor: 1e-6, value: 2e-6, min: 1e-6, max: 1 }),
  number({ name: 'nodes', label: 'Nodes', symbol: 'n', unit: '1', factor: 1, value: 5, min: 3, max: 9, integer: true }),
  choice({
    name: 'form',
    label: 'Form',
    symbol: 'f',
    options: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
  }),
  flag({ name: 'on', label: 'On', symbol: 'o', value: false }),
  text({ name: 'words', label: 'Words', symbol: 'w', value: 'none' }),
] as const
type Typed = ValuesOf<typeof schema>

it('gives every value the type of its parameter', () => {
  const values = defaults(schema) as Typed
  const sum: number = values.length + values.nodes
  expect(sum).toBeCloseTo(5.000002, 12)
  expect(values.form === 'a' && !values.on && values.words === 'none').toBe(true)
  // @ts-expect-error a misspelt name
  expect(values.lenght).toBeUndefined()
  // @ts-expect-error a misspelt option
  expect(values.form === 'c').toBe(false)
  // @ts-expect-error a number is no flag
  const wrong: boolean = values.length
  expect(wrong).toBe(2e-6)
})

it('fills in source, group, scale and the first option', () => {
  expect(schema[0]).toMatchObject({ source: 'this test', group: 'G', scale: 'linear' })
  expect(schema[2].value).toBe('a')
  expect(number({ ...schema[0], scale: 'log', source: 'elsewhere' })).toMatchObject({
    scale: 'log',
    source: 'elsewhere',
  })
})

it('takes whole numbers only where it says so, and names what to try', () => {
  expect(checkValue(schema[1], 5)).toBeUndefined()
  expect(checkValue(schema[1], 5.4)).toBe('got 5.4; must be a whole number from 3 to 9; try 5')
  expect(validateValues(schema, { nodes: 4.5, lenght: 1 }, 'p').problems.map((p) => p.path)).toEqual([
    'p.nodes',
    'p.lenght',
  ])
})

it('problems are short enough to be read, whatever the input was', () => {
  const long = 'x'.repeat(5000)
  const { problems, message } = new InputError([
    { path: long, message: `got "${long}"; allowed: a and b; try "a"` },
    { path: 'p', message: long },
    ...Array.from({ length: 20_000 }, (_, k) => ({ path: `stimuli[${k}]`, message: 'got nothing' })),
  ])
  for (const problem of problems) expect(formatProblem(problem).length).toBeLessThanOrEqual(300)
  expect(problems[0].message).toMatch(/…"; allowed: a and b; try "a"$/)
  expect(problems.at(-1)!.message).toMatch(/^19952 more/)
  expect(message.length).toBeLessThan(20_000)
  expect(formatProblems(problems).length).toBeLessThanOrEqual(300)
  expect(formatProblems(problems.slice(2, 5))).toBe(
    'stimuli[0]: got nothing; stimuli[1]: got nothing; stimuli[2]: got nothing',
  )
})

it('a parameter has an effect where its neighbour and its phase let it', () => {
  const spec = { label: 'X', symbol: 'x', unit: '1', factor: 1, value: 1, min: 0, max: 2 }
  const only = { parameter: 'form', values: ['b'] }
  const own = declare({ source: 'this test', phase: 'glia' })
  const free = number({ ...spec, name: 'free' })
  const chosen = number({ ...spec, name: 'chosen', only })
  const both = own.number({ ...spec, name: 'both', only })
  const effect = (form: string, phases: string[]) => [free, chosen, both].map((p) => hasEffect(p, { form }, phases))
  expect(effect('a', ['glia'])).toEqual([true, false, false])
  expect(effect('b', [])).toEqual([true, true, false])
  expect(effect('b', ['water', 'glia'])).toEqual([true, true, true])
  const several = number({ ...spec, name: 'several', only: [only, { parameter: 'size', values: ['large'] }] })
  expect(hasEffect(several, { form: 'b', size: 'large' }, [])).toBe(true)
  expect(hasEffect(several, { form: 'b', size: 'small' }, [])).toBe(false)
  expect(hasEffect(several, { form: 'a', size: 'large' }, [])).toBe(false)
})
