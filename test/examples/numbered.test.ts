/** Every numbered example gives its published number, and its scenario goes through a link. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { examples } from '../../examples/all.ts'
import { decodeScenario, encodeScenario } from '../../src/simulation/link.ts'

describe.each(examples.map((example, k) => ({ ...example, number: k + 1 })))('$number $title', (example) => {
  it(`is ${example.published.toPrecision(6)} ${example.unit}`, () => {
    expect(Math.abs(example.compute() / example.published - 1)).toBeLessThan(example.within)
  })

  it('opens in the page by a link', async () => {
    const { scenario, warning } = await decodeScenario(await encodeScenario(example.scenario))
    expect(warning).toBeUndefined()
    expect(scenario).toEqual(example.scenario)
  })
})

it('there is none beside the list', () => {
  const files = readdirSync(new URL('../../examples/', import.meta.url)).filter((f) => /^\d\d-.*\.ts$/.test(f))
  expect(files).toHaveLength(examples.length)
})
