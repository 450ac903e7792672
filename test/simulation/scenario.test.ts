import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { InputError, type Problem } from '../../src/parameter.ts'
import { decodeScenario, encodeScenario } from '../../src/simulation/link.ts'
import { parseScenario } from '../../src/simulation/parse.ts'

const good = () => structuredClone(loadScenario('tissue-b1-pulse').scenario) as unknown as Record<string, unknown>

// biome-ignore lint/suspicious/noExplicitAny: bad input has no type
type Anything = any

function problems(change: (s: Anything) => void): Problem[] {
  const s = good()
  change(s)
  try {
    parseScenario(s)
  } catch (error) {
    if (error instanceof InputError) return [...error.problems]
    throw error
  }
  return []
}

describe('parseScenario', () => {
  it('accepts what it produced, unchanged', () => {
    const s = parseScenario(good())
    expect(parseScenario(JSON.parse(JSON.stringify(s)))).toEqual(s)
  })

  it.each([
    ['a future version', (s) => (s.version = 2), 'version', /reads version 1/],
    ['no version', (s) => delete s.version, 'version', /must be 1/],
    ['an unknown field', (s) => (s.colour = 1), 'colour', /unknown field/],
    ['an unknown field of a part', (s) => (s.time.speed = 1), 'time.speed', /unknown field/],
    ['an unknown family', (s) => (s.family = 'bone'), 'family', /valid are "tissue"/],
    ['an unknown parameter', (s) => (s.parameters.G_Ca = 1), 'parameters.G_Ca', /unknown parameter/],
    ['a parameter out of range', (s) => (s.parameters.G_Na = -1), 'parameters.G_Na', /between 0 S\/m² and/],
    ['a number that is none', (s) => (s.parameters.G_Na = null), 'parameters.G_Na', /got null/],
    ['shares above one', (s) => (s.parameters.share_Na = 0.5), 'parameters.share_K', /must not exceed 1/],
    ['a text for a number', (s) => (s.time.end = 'soon'), 'time.end', /got "soon"; must be a number/],
    ['a run without length', (s) => (s.time.end = 0), 'time.end', /between 1e-12 s and/],
    ['half a frame', (s) => (s.time.frames = 0.5), 'time.frames', /whole number/],
    ['a box of four dimensions', (s) => (s.macro.dimension = 4), 'macro.dimension', /1, 2 or 3/],
    ['too many nodes', (s) => (s.macro.nodes = [1e6]), 'macro.nodes', /at most/],
    ['a missing axis', (s) => (s.macro.size = []), 'macro.size', /one per axis/],
    ['an unknown experiment', (s) => (s.experiment.name = 'centrifuge'), 'experiment.name', /valid are "sealed"/],
    [
      'a stimulus without its counter-charge',
      (s) => (s.stimuli[0].kind = 'inject-K'),
      'stimuli[0].kind',
      /counter-charge/,
    ],
    ['an unknown stimulus', (s) => (s.stimuli[0].kind = 'tickle'), 'stimuli[0].kind', /valid are "inject-KCl"/],
    ['a stimulus that ends before it starts', (s) => (s.stimuli[0].end = -1), 'stimuli[0].end', /not after the start/],
    ['a negative radius of a shape', (s) => (s.cell.shapes[0].radius = -0.1), 'cell.shapes[0].radius', /got -0.1/],
    ['a period of ten metres', (s) => (s.cell.size = 10), 'cell.size', /between 1e-10 m and 1 m/],
  ] as [string, (s: Anything) => void, string, RegExp][])('explains %s', (_, change, path, message) => {
    const found = problems(change)
    expect(found.map((p) => p.path)).toContain(path)
    expect(found.find((p) => p.path === path)!.message).toMatch(message)
  })

  it('reports all problems at once', () => {
    const found = problems((s) => {
      s.time.end = -1
      s.parameters.G_K = 1e9
      s.macro.nodes = [2]
    })
    expect(found.map((p) => p.path).sort()).toEqual(['macro.nodes[0]', 'parameters.G_K', 'time.end'])
  })
})

describe('limits of parameters', () => {
  it('hold exactly, however wide the range', () => {
    const of = (change: (s: Anything) => void) => {
      const s = structuredClone(loadScenario('porous-opening').scenario) as Anything
      change(s)
      try {
        parseScenario(s)
        return ''
      } catch (error) {
        return (error as InputError).problems.map((p) => p.path).join()
      }
    }
    expect(of((s) => (s.parameters.D_1 = -5e-9))).toBe('parameters.D_1')
    expect(of((s) => (s.parameters.D_1 = 0))).toBe('parameters.D_1')
    expect(of((s) => (s.experiment.values.c1_left = 0))).toBe('experiment.values.c1_left')
    expect(of((s) => (s.parameters.lambda2 = -5e-4))).toBe('parameters.lambda2')
    expect(of((s) => (s.parameters.contrast = 0))).toBe('parameters.contrast')
    expect(of((s) => (s.parameters.D_1 = 1e-13))).toBe('')
  })
})

describe('links', () => {
  it('carry the whole scenario', async () => {
    const s = parseScenario(good())
    const text = await encodeScenario(s)
    expect(text).toMatch(/^[\w-]+$/)
    expect(await decodeScenario(text)).toEqual({ scenario: s })
  })

  it('open without a resolved model that does not fit, and say so', async () => {
    const s = loadScenario('tissue-judge-sheet').scenario
    const text = await encodeScenario({ ...s, micro: { resolution: 16, repeat: 900 } })
    const { scenario, warning } = await decodeScenario(text)
    expect(scenario.title).toBe(s.title)
    expect(scenario.micro?.repeat).toBeUndefined()
    expect(warning).toMatch(/left out: got 900; .*try 24/)
  })

  it('say when they were cut short or damaged', async () => {
    const text = await encodeScenario(parseScenario(good()))
    for (const bad of [text.slice(0, -20), text.slice(0, 5), 'hello world', ''])
      await expect(decodeScenario(bad)).rejects.toThrow(/cut short/)
  })
})
