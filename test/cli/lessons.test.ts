/** `lessons` on the command line: lists, prints, plays; files of one's own too. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { lessonsCommand } from '../../src/cli/lessons.ts'
import { InputError } from '../../src/problem.ts'
import { lessons, NUMBER, source } from '../lessons/setup.ts'

const script = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'twoscale-lessons-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function cli(...args: string[]): { code: number; out: string; err: string } {
  const done = spawnSync(process.execPath, ['--import', 'tsx', script, 'lessons', ...args], { encoding: 'utf8' })
  return { code: done.status ?? -1, out: done.stdout, err: done.stderr }
}

function file(text: string): string {
  const path = join(folder, 'mine.md')
  writeFileSync(path, text)
  return path
}

it('lists all lessons in their order', () => {
  const { code, out } = cli()
  expect(code).toBe(0)
  const rows = out
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t'))
  expect(rows.map((row) => row.slice(0, 3))).toEqual(lessons.map(({ order, name, title }) => [`${order}`, name, title]))
  expect(rows[0][3]).toBe('Was ist ein Tensor?')
  expect(lessons).toHaveLength(16)
})

it('prints the page for the teacher, by name and by number', () => {
  const { code, out } = cli('tensor')
  expect(code).toBe(0)
  expect(out).toBe(cli('1').out)
  for (const part of ['# Lesson 1: What is a tensor?', '## Goals', '- 45 minutes: All steps.', '## Misconceptions'])
    expect(out).toContain(part)
  expect(out).toContain('half axes 0.676 and 0.296, the long one at 0°')
})

it('plays a lesson and tells what was computed', () => {
  const { code, out, err } = cli('check', 'touch')
  expect([code, err]).toEqual([0, ''])
  const rows = out.trim().split('\n')
  expect(rows).toHaveLength(4)
  for (const row of rows.slice(0, 3)) expect(row).toMatch(/^touch\t.*\tclaimed .*\tcomputed .*\toff by .*\tholds\t/)
  expect(rows[3]).toMatch(/^touch\tde\t.*\tthe same in other words$/)
})

it('plays a file, and fails where its claim is not what is computed', () => {
  const right = source(NUMBER.replace('claim: 0.5', 'claim: 0.717').replace('within: 0.01', 'within: 0.1'))
  expect(cli('check', file(right)).code).toBe(0)
  const { code, out, err } = cli('check', file(source(NUMBER.replace('claim: 0.5', 'claim: 0.1'))))
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/claimed 0\.1\tcomputed 0\.\d+\toff by .*DOES NOT HOLD/)
  expect(err).toMatch(/1 of 1 claims are not what is computed: short, A predict/)
})

it.each([
  [['nothing'], /got "nothing", which is neither a file \(\.md\) nor a lesson; lessons are tensor, same-porosity/],
  [['check', 'nothing'], /neither a file/],
  [['tensor', 'touch'], /got 2 arguments/],
  [['--all'], /got the option --all/],
] as const)('%j is answered with what is allowed', (args, sentence) => {
  expect(() => lessonsCommand([...args])).toThrow(sentence)
})

it.each([
  ['a scenario that is none', NUMBER, { 'scenario: porous-opening': 'scenario: porous' }, /built-in scenario/],
  [
    'a change that leads nowhere',
    NUMBER,
    { 'task: Look.': 'changes: {cell.shape.radius: 1}' },
    /cell\.shape\.radius: the scenario has no such field/,
  ],
  ['a change that no scenario allows', NUMBER, { 'task: Look.': 'changes: {cell.size: -1}' }, /cell\.size: got -1/],
  ['a phase that is none', NUMBER.replace('of: pore', 'of: hole'), {}, /of: got "hole"; valid are "pore", "solid"/],
] as const)('%s in a file is named', (_, question, replace, sentence) => {
  const path = file(source(question, replace))
  expect(() => lessonsCommand(['check', path])).toThrow(sentence)
  expect(() => lessonsCommand(['check', path])).toThrow(InputError)
})
