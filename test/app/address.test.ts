/** What an address asks for by name is done, or said. */
import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../src/app/ground/presets.ts'
import { readAddress } from '../../src/app/session/address.ts'
import { parseView } from '../../src/app/store/readView.ts'
import { VIEWS_BY_NAME } from '../../src/app/store/slots.ts'
import { InputError } from '../../src/parameter.ts'
import opening from '../../src/scenarios/porous-opening.json' with { type: 'json' }

describe('an address', () => {
  it('without a question is the whole laboratory', () => {
    expect(readAddress('')).toEqual({
      chrome: 'full',
      scenario: undefined,
      looks: {},
      time: undefined,
      running: undefined,
      panels: undefined,
      editable: undefined,
      present: false,
      note: false,
      origin: undefined,
      problems: [],
    })
  })

  it('names what is shown', () => {
    const address = readAddress(
      '?scenario=porous-opening&field=phi&t=2.5e-6&run=0&panels=cell,profile,curve&editable=D_1,cell&theme=dark&large=1&present=1&note=1&chrome=minimal&origin=https://example.org',
    )
    expect(address).toMatchObject({
      chrome: 'minimal',
      scenario: 'porous-opening',
      looks: { field: 'phi', theme: 'dark', large: true, slots: { first: 'profile', second: 'curve' } },
      time: 2.5e-6,
      running: false,
      panels: ['cell', 'profile', 'curve'],
      editable: ['D_1', 'cell'],
      present: true,
      note: true,
      origin: 'https://example.org',
      problems: [],
    })
  })

  it.each(VIEWS_BY_NAME)('has a chart alone: %s', (name) => {
    expect(readAddress(`?chrome=chart:${name}`)).toMatchObject({ chrome: 'chart', looks: { slots: { first: name } } })
  })

  it.each([
    ['?chrome=none', 'chrome', 'minimal'],
    ['?chrome=chart:none', 'chrome', 'profile'],
    ['?chrome=chart', 'chrome', 'profile'],
    ['?t=soon', 't', 'seconds'],
    ['?t=-1', 't', 'seconds'],
    ['?run=yes', 'run', '0, 1'],
    ['?theme=blue', 'theme', 'light, dark'],
    ['?panels=cell,zoo', 'panels', 'map'],
    ['?origin=example.org', 'origin', 'https://'],
    ['?origin=https://example.org/page', 'origin', 'https://'],
    ['?large=2', 'large', '0, 1'],
  ])('says what it cannot read: %s', (search, name, allowed) => {
    const { problems } = readAddress(search)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name}: got "`))
    expect(problems[0]).toContain(allowed)
    expect(problems[0].length).toBeLessThan(300)
  })

  it('of an unknown scenario offers those of like names', () => {
    expect(presetNamed('porous-opening')).toHaveProperty('scenario.family', 'porous')
    expect(presetNamed('porous-film')).toEqual({ problem: expect.stringContaining('porous-dilute-film') })
    expect(presetNamed('x')).toEqual({ problem: expect.stringContaining('tissue-opening') })
    expect(presetNamed('../secret')).toHaveProperty('problem')
  })
})

describe('what a link says beside its scenario', () => {
  const stretch = (frame: number) => ({ frame, scenario: opening })

  it('is read as it was written', () => {
    const view = {
      field: 'phi',
      probes: [[1e-7], [5e-7]],
      colour: { map: 'inferno', range: 'fixed', min: 0, max: 1 },
      camera: [1, 2, 3, 0, 0, 0],
      judge: { lens: true, lensOrder: 2, depth: 0.25 },
      frame: 4,
      running: false,
    }
    expect(parseView(view)).toEqual(view)
    const { course } = parseView({ course: [stretch(0), stretch(3), stretch(3)] })
    expect(course?.map(({ frame, scenario }) => [frame, scenario.title])).toEqual(
      [0, 3, 3].map((f) => [f, opening.title]),
    )
  })

  it.each([
    [{ probes: [[1e-7, 'a']] }, 'view.probes.0.1'],
    [{ probes: Array(5).fill([0]) }, 'view.probes'],
    [{ probes: [[Number.POSITIVE_INFINITY]] }, 'view.probes.0.0'],
    [{ frame: 1.5 }, 'view.frame'],
    [{ frame: -1 }, 'view.frame'],
    [{ theme: 'blue' }, 'view.theme'],
    [{ judge: { lensOrder: 3 } }, 'view.judge.lensOrder'],
    [{ slots: { first: 'none', second: 'probes', third: 'probes' } }, 'view.slots.first'],
    [{ course: [] }, 'view.course'],
    [{ course: [stretch(3), stretch(0)] }, 'view.course[1].frame'],
    [{ course: [{ frame: 0, scenario: {} }] }, 'version'],
    [{ course: Array.from({ length: 501 }, () => ({ frame: 0, scenario: {} })) }, 'view.course'],
    [{ branches: [{ visible: true, until: 1, course: [] }] }, 'view.branches.0.course'],
    [[], 'view.'],
    ['text', 'view.'],
  ])('is refused by the name of the field: %j', (raw, path) => {
    try {
      parseView(raw)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(InputError)
      expect((error as InputError).problems[0].path).toBe(path)
    }
  })

  it.each([
    [{ judge: { lensOrder: 3 } }, 'got 3; valid are 0, 1, 2'],
    [{ theme: 'blue' }, 'got "blue"; valid are light, dark'],
  ])('says which choices there are: %j', (raw, message) => {
    expect(() => parseView(raw)).toThrow(message)
  })
})
