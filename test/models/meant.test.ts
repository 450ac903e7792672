import { describe, expect, it } from 'vitest'
import { table } from '../../src/app/ground/download.ts'
import { nearMiss } from '../../src/models/meant.ts'

const phases = ['extracellular', 'intracellular', 'glia']

describe('a name that was meant', () => {
  it.each([
    ['Glia', 'glia'],
    ['gila', 'glia'],
    ['glial', 'glia'],
    ['intracelular', 'intracellular'],
    ['Intra-Cellular', 'intracellular'],
    ['extracellualr', 'extracellular'],
  ])('%s is %s', (name, meant) => expect(nearMiss(name, phases)).toBe(meant))

  it.each(['vessel', 'membrane', '', 'g', 'x'.repeat(1000)])('%s is none', (name) =>
    expect(nearMiss(name, phases)).toBeUndefined(),
  )
})

it('quotes whatever would end a line of a table', () => {
  expect(table(['a'], [['x\ry'], ['x\r\ny'], ['plain']])).toBe('a\n"x\ry"\n"x\r\ny"\nplain\n')
})
