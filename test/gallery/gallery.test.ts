/** Every scenario has a small picture of what it comes to, the one that its numbers draw; and is found by its words. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { presets } from '../../src/app/ground/presets.ts'
import { matches, tagsOf } from '../../src/app/ground/tags.ts'
import { drawResult } from '../../tools/gallery/draw.ts'

const folder = new URL('../../public/gallery/', import.meta.url)
const all = presets()
const named = (name: string) => all.find((preset) => preset.name === name)!.scenario

describe('pictures of the gallery', () => {
  it('are there for every scenario and for nothing else, and small', () => {
    expect(readdirSync(folder).sort()).toEqual(all.map(({ name }) => `${name}.svg`).sort())
    const sizes = all.map(({ name }) => statSync(new URL(`${name}.svg`, folder)).size)
    expect(Math.max(...sizes)).toBeLessThan(8_000)
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(300_000)
  })

  it.each(['cathode-tis2', 'porous-reversal', 'tissue-open-chloride', 'cathode-tis2-impedance'])(
    'show what the program computes (after a change of numbers: npm run gallery): %s',
    (name) => {
      expect(existsSync(new URL(`${name}.svg`, folder))).toBe(true)
      expect(drawResult(named(name))).toBe(readFileSync(new URL(`${name}.svg`, folder), 'utf8'))
    },
  )
})

describe('scenarios are found', () => {
  it('by kind, which follows from what they hold', () => {
    expect(tagsOf(named('porous-reversal'))).toEqual(['line', 'reduced units'])
    expect(tagsOf(named('porous-opening'))).toEqual(['line'])
    expect(tagsOf(named('tissue-b1-block'))).toEqual(['space', '3D cell'])
    expect(tagsOf(named('porous-convergence'))).toContain('convergence')
    expect(tagsOf(named('tissue-judge-strip'))).toContain('resolved')
    expect(tagsOf(named('cathode-tis2-impedance'))).toContain('impedance')
    expect(tagsOf(named('cathode-lfp-protocol'))).toContain('protocol')
    expect(tagsOf(named('tissue-pump-branches'))).toContain('branches')
  })

  it('by words in any order, of title, note, family and kind', () => {
    const found = (question: string) =>
      all.filter(({ scenario }) => matches(scenario, question)).map(({ name }) => name)
    expect(found('')).toHaveLength(all.length)
    expect(found('tis2 impedance')).toEqual([])
    expect(found('TiS₂ impedance')).toContain('cathode-tis2-impedance')
    expect(found('battery front')).toContain('cathode-teaching-front')
    expect(found('depression spreading')).toEqual(['tissue-d1-wave', 'tissue-d2-wave', 'tissue-swelling'])
    expect(found('reduced junction')).toEqual(['porous-reversal'])
  })

  it('by a plain name before a code', () => {
    for (const { scenario } of all) expect(scenario.title).not.toMatch(/^[A-Z]\d/)
  })
})
