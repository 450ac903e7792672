/** Schemas yield types: values are known by name, and what is not in the schema does not compile. */
import { expect, it } from 'vitest'
import { checkValue, declare, defaults, type ValuesOf, validateValues } from '../src/parameter.ts'

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
