/** What solvers say follows the language, what they compute does not; a worker takes what it is asked in its order. */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { language, t } from '../../src/language/language.ts'
import { speak } from '../../src/language/speak.ts'
import { inLanguage, tellLanguage } from '../../src/language/workers.ts'
import { InputError, LONGEST_MESSAGE } from '../../src/problem.ts'
import { encapsulate } from '../../src/record/capsule.ts'
import { replayTo } from '../../src/record/told.ts'
import { parseScenario } from '../../src/simulation/parse.ts'

afterEach(() => speak('en'))

describe.each(['porous-too-coarse', 'cathode-tis2-printed', 'tissue-opening'])('%s', (name) => {
  it('has the same numbers and hashes in German', async () => {
    const { scenario } = loadScenario(name)
    const run = () => {
      const told = finish(replayTo([{ frame: 0, scenario }], 2))
      const { record, ...numbers } = encapsulate([{ frame: 0, scenario }], told)
      const notices = told.frames[0].model.notices.map(({ message }) => message)
      return { numbers, hashes: [record.scenario, record.result], notices }
    }
    const english = run()
    await speak('de')
    const german = run()
    expect(german.numbers).toEqual(english.numbers)
    expect(german.hashes).toEqual(english.hashes)
    expect(german.notices).toHaveLength(english.notices.length)
    for (const [k, notice] of german.notices.entries()) expect(notice).not.toBe(english.notices[k])
  })
})

it('a refusal is German, with the field and what was got', async () => {
  await speak('de')
  const { scenario } = loadScenario('porous-opening')
  const wrong = { ...scenario, parameters: { z_1: 1, z_2: 1 }, macro: { ...scenario.macro, nodes: [2] } }
  expect(() => parseScenario(wrong)).toThrow(InputError)
  expect(() => parseScenario(wrong)).toThrow(/macro\.nodes\[0\]: 2 erhalten; muss zwischen 3 und/)
})

it('no sentence is longer than what is shown of it', () => {
  const file = new URL('../../src/language/de/messages.json', import.meta.url)
  const texts: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  const long = Object.values(texts).filter((text) => text.replace(/\{\w+\}/g, '{…}').length > LONGEST_MESSAGE)
  expect(long).toEqual([])
})

describe('a worker', () => {
  it('takes what comes after a language once its catalogue is there, and signs of life at once', async () => {
    const taken: string[] = []
    const take = inLanguage(({ kind }: { kind: string }) => taken.push(`${kind} ${language()}`))
    take({ kind: 'start' })
    take({ kind: 'speak', language: 'de' })
    take({ kind: 'change' })
    take({ kind: 'ping' })
    expect(taken).toEqual(['start en', 'ping en'])
    await expect.poll(() => taken).toEqual(['start en', 'ping en', 'change de'])
    take({ kind: 'credit' })
    expect(taken.at(-1)).toBe('credit de')
    expect(t('take more nodes')).toBe('mehr Knoten nehmen')
  })

  it('is told the language where it is not English, and every change until it ends', async () => {
    const told: unknown[] = []
    const worker = { postMessage: (message: unknown) => told.push(message) }
    tellLanguage(worker)()
    await speak('de')
    const hush = tellLanguage(worker)
    await speak('en')
    hush()
    await speak('de')
    expect(told).toEqual(['de', 'en'].map((spoken) => ({ kind: 'speak', language: spoken })))
  })
})
