/** Scenarios that cannot be used, each with its field and a way out; and links that hold none. */
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { InputError } from '../../src/parameter.ts'
import { decodeScenario, openScenario } from '../../src/simulation/link.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { withSetting } from '../../src/simulation/scenario.ts'

const { scenario } = loadScenario('tissue-b1-pulse')
const { stimuli, time } = scenario
const changed = (changes: Record<string, unknown>) => ({ ...scenario, ...changes })
const pulse = (changes: Record<string, unknown>) => changed({ stimuli: [{ ...stimuli[0], ...changes }] })
const disc = { shape: 'ball', center: [0], radius: 1e-4 }
const branch = { at: 1, name: 'blocked', parameters: {} }

function refusalOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  return 'none'
}

describe('a scenario with', () => {
  it.each([
    ['nothing of a scenario', 7, /^got 7; a scenario is a JSON object with version/],
    [
      'lists in lists',
      changed({ title: JSON.parse('['.repeat(20) + ']'.repeat(20)) }),
      /lists and objects inside each other/,
    ],
    ['a newer version', changed({ version: 2 }), /^version: got 2; this program reads version 1; open it with a newer/],
    ['no version', changed({ version: undefined }), /^version: got nothing; must be 1/],
    ['a family that is none', changed({ family: 'brain' }), /^family: got "brain"; valid are .*"tissue"/],
    ...[[0, 0.2, 0.3], [0]].map((pair): [string, object, RegExp] => [
      `${pair.length} numbers instead of a place and a value`,
      changed({ graded: [{ number: 'shapes[0].radius', along: [pair] }] }),
      /^graded\[0\]\.along\[0\]: got a list of \d; must be a list of 2/,
    ]),
    ['a time that is none', changed({ time: 5 }), /^time: got 5; must be an object/],
    ['no family for its experiment', changed({ family: 3, experiment: undefined }), /^family: got 3; must be a string/],
    ['an experiment that is none', changed({ experiment: { name: 'x' } }), /^experiment.name: got "x"; valid are/],
    [
      'a dimension that is none',
      changed({ macro: { dimension: 4, size: [1], nodes: [3] } }),
      /^macro.dimension: got 4; must be 1, 2 or 3/,
    ],
    [
      'one size too many',
      changed({ macro: { dimension: 1, size: [1, 1], nodes: [31] } }),
      /^macro.size: got 2 numbers; must be 1, one per axis/,
    ],
    [
      'too many nodes',
      changed({ macro: { dimension: 3, size: [1e-3, 1e-3, 1e-3], nodes: [201, 201, 201] } }),
      /macro.nodes.*nodes; at most/,
    ],
    [
      'a branch after its end',
      changed({ branch: { ...branch, at: time.end } }),
      /^branch.at: got .* must lie between 0 and the end/,
    ],
    ['a branch before its start', changed({ branch: { ...branch, at: -1 } }), /^branch.at: got -1 s/],
    [
      'a branch of nothing known',
      changed({ branch: { ...branch, parameters: { colour: 1 } } }),
      /^branch.parameters.colour:/,
    ],
    [
      'a long name of a branch',
      changed({ branch: { ...branch, name: 'x'.repeat(301) } }),
      /^branch.name: got 301 characters of a title or name/,
    ],
    ['a long title', changed({ title: 'x'.repeat(301) }), /^title: got 301 characters/],
    [
      'many stimuli',
      changed({ stimuli: Array(501).fill(stimuli[0]) }),
      /^stimuli: got 501 stimuli of a scenario; at most 500/,
    ],
    ['an amount that is none', pulse({ amount: 1e300 }), /^stimuli\[0\].amount: got 1e\+300/],
    ['a stimulus of no kind', pulse({ kind: 'shout' }), /^stimuli\[0\].kind: got "shout"; valid are/],
    [
      'a stimulus that ends first',
      pulse({ start: 2, end: 1 }),
      /^stimuli\[0\].end: got 1 s, not after the start at 2 s/,
    ],
    ['a region of no size', pulse({ region: { ...disc, radius: 0 } }), /^stimuli\[0\].region.*(radius|form)/],
    ['a region of no form', pulse({ region: { shape: 'star' } }), /^stimuli\[0\].region/],
    ['a field that is none', changed({ colour: 1 }), /^colour: unknown field; remove it or check its spelling/],
  ])('%s is refused by name', (_, input, message) => {
    expect(refusalOf(() => parseScenario(input))).toMatch(message)
  })

  it('a branch that can be is taken with it', () => {
    expect(parseScenario(changed({ branch })).branch).toEqual(branch)
  })

  it('a time or an experiment left out has the usual ones', () => {
    const { experiment, time } = parseScenario(changed({ experiment: undefined, time: { end: 5, frames: 5 } }))
    expect(time.rtol).toBeGreaterThan(0)
    expect(experiment.name).not.toBe('')
  })
})

describe('a link', () => {
  const refusal = async (link: string) => {
    try {
      await decodeScenario(link)
    } catch (error) {
      if (error instanceof InputError) return error.message
      throw error
    }
    return 'none'
  }

  it('that is too long, packs too much, or packs nothing is refused', async () => {
    expect(await refusal('A'.repeat(100_001))).toMatch(/^link: got 100,001 characters of a link; at most 100,000/)
    expect(await refusal(deflateRawSync(' '.repeat(6_000_000)).toString('base64url'))).toMatch(
      /unpacks to more than 5,000,000 bytes/,
    )
    expect(await refusal('!!!')).toMatch(/^link: /)
  })

  it('with more cells than can be resolved opens without them, and with anything else wrong not at all', () => {
    const many = changed({ micro: { resolution: 16, repeat: 1e300 } })
    const { scenario: opened, warning } = openScenario(many)
    expect(opened.micro?.repeat).toBeUndefined()
    expect(warning).toBeTruthy()
    expect(refusalOf(() => openScenario({ ...many, family: 'brain' }))).toMatch(/^family/)
  })
})

it('a setting is changed in a copy, in lists too, and the value itself where there is no path', () => {
  const two: Scenario = { ...scenario, macro: { dimension: 2, size: [1, 2], nodes: [3, 4] } }
  const other = withSetting(two, ['macro', 'size', 1], 5)
  expect(other.macro.size).toEqual([1, 5])
  expect(two.macro.size).toEqual([1, 2])
  expect(other.cell).toBe(two.cell)
  expect(withSetting<unknown>(two, [], 7)).toBe(7)
})
