/** The documents say what the program does: tables against schemas, and every path and link. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { shapes } from '../src/cell/shapes/index.ts'
import { families } from '../src/models/index.ts'
import { pathText, type Scenario, settings } from '../src/simulation/scenario.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'src/README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ...families.map(({ name }) => `src/models/${name}/README.md`),
]
const read = (name: string) => readFileSync(join(root, name), 'utf8')

describe('the scenario format', () => {
  const text = read('docs/scenario-format.md')
  const row = (name: string) => text.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))

  it('has every setting', () => {
    const whole = {
      macro: { dimension: 1, size: [1], nodes: [3] },
      cell: { dimension: 2, background: '', shapes: [], resolution: 8, size: 1 },
      filtration: { dimension: 2, background: '', shapes: [], resolution: 8, size: 1 },
      micro: { resolution: 8, repeat: 1, prepared: true },
    } as unknown as Scenario
    for (const { path, parameter } of settings(whole)) {
      const line = row(pathText(path).replace('[0]', '[k]'))
      expect(line, pathText(path)).toBeDefined()
      if (parameter.kind === 'number' && path[1] !== 'resolution' && path[1] !== 'nodes')
        for (const limit of [parameter.min, parameter.max])
          expect(line, `${pathText(path)}: ${limit}`).toContain(
            String(limit >= 1e6 ? limit.toExponential().replace('+', '') : limit),
          )
    }
  })

  it('has every shape with its parameters', () => {
    for (const shape of shapes) {
      const line = row(shape.name)
      expect(line, shape.name).toContain(shape.dimensions.join(', '))
      for (const dimension of shape.dimensions)
        for (const p of shape.parameters(dimension)) expect(line, shape.name).toContain(`\`${p.name}\``)
    }
  })

  it('has every family, experiment and stimulus', () => {
    for (const family of families) {
      const line = row(family.name)
      for (const { name } of [...family.experiments, ...family.stimuli])
        expect(line, family.name).toContain(`\`${name}\``)
    }
  })
})

describe.each(documents)('%s', (name) => {
  const text = read(name)

  it('links to what exists', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map((m) => m[1]).filter((l) => !/^https?:/.test(l))
    expect(links.filter((link) => !existsSync(join(root, dirname(name), link)))).toEqual([])
  })

  it('names files that exist', () => {
    const named = [...text.matchAll(/`((?:src|test|docs|examples|tools)\/[\w./-]*\w)`/g)].map((m) => m[1])
    const made = /NAME|ring\.ts/
    expect(named.filter((path) => !made.test(path) && !existsSync(join(root, path)))).toEqual([])
  })

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const commands = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map((m) => m[1])
    expect(commands.filter((command) => !(command in scripts))).toEqual([])
  })
})
