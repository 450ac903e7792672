/** The library as it is delivered: small, without a page, the same numbers, typed. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as source from '../../src/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'twoscale-library-'))
let told = ''

beforeAll(() => {
  // Fails above the limit of its size, and where its types need those of a page.
  told = execFileSync(process.execPath, [join(root, 'tools', 'library.mjs'), join(folder, 'lib')], { encoding: 'utf8' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const node = (text: string): unknown => {
  const file = join(folder, 'use.mjs')
  writeFileSync(file, `import * as twoscale from './lib/twoscale.js'\n${text}`)
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' }))
}

it('is one file of at most 235 kB gzip, with nothing of the view in it', () => {
  console.info(told.trim())
  expect(Number(/([\d.]+) kB gzip/.exec(told)?.[1])).toBeLessThanOrEqual(235)
  const text = readFileSync(join(folder, 'lib', 'twoscale.js'), 'utf8')
  expect(text).not.toMatch(/\b(document|window)\.|^\s*(import|export)\b[^;]*\bfrom\b/m)
})

it('offers what its source offers', () => {
  expect(node('console.log(JSON.stringify(Object.keys(twoscale).sort()))')).toEqual(Object.keys(source).sort())
})

it('solves in plain Node what the source solves', () => {
  const cell = {
    dimension: 2 as const,
    background: 'pore',
    resolution: 32,
    shapes: [{ shape: 'ball', phase: 'solid', center: [0.5, 0.5], radius: 0.3 }],
  }
  const problems = [{ kind: 'perforated' as const, phase: 'pore' }]
  const tensor = node(
    `console.log(JSON.stringify(twoscale.solveCell(${JSON.stringify(cell)}, ${JSON.stringify(problems)}).problems[0].tensor))`,
  )
  expect(tensor).toEqual(source.solveCell(cell, problems).problems[0].tensor)
})

it('says what is wrong with bad input', () => {
  expect(
    node(
      'try { twoscale.parseScenario({ version: 1, family: "bone" }) } catch (e) { console.log(JSON.stringify(e instanceof twoscale.InputError)) }',
    ),
  ).toBe(true)
})

it('has types that a stranger can use: a misspelt name does not compile', () => {
  const use = join(folder, 'use.ts')
  const compile = (text: string): boolean => {
    writeFileSync(use, `import { ${text} } from './lib/types/index'\nexport const used = ${text}\n`)
    const options = '--noEmit --strict --ignoreConfig --target es2023 --lib es2023 --module esnext'.split(' ')
    const more = ['--moduleResolution', 'bundler', '--allowImportingTsExtensions', '--skipLibCheck', use]
    try {
      execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ...options, ...more])
      return true
    } catch {
      return false
    }
  }
  expect(compile('solveCell')).toBe(true)
  expect(compile('solveCel')).toBe(false)
})
