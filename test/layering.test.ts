/** The floors of the house: imports point down only, families never import each other, libraries of the view stay there. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { families } from '../src/models/index.ts'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** Rooms from the ground up; equal numbers may not import each other unless they are the same room. */
const FLOORS: Record<string, number> = {
  'problem.ts': 0,
  'parameter.ts': 0,
  'limits.ts': 0,
  'trusted.ts': 0,
  'words.ts': 0,
  'present.ts': 0,
  'finish.ts': 0,
  'version.ts': 0,
  language: 0,
  numerics: 0,
  cell: 1,
  models: 2,
  simulation: 3,
  scenarios: 3,
  tables: 3,
  lessons: 4,
  atlases: 4,
  record: 4,
  worker: 5,
  cli: 5,
  'cli.ts': 6,
  'index.ts': 6,
  app: 6,
  'main.tsx': 7,
}
/** Rooms of the page from the ground up; those of one floor do not know each other. */
const APP_FLOORS: Record<string, number> = {
  ground: 0,
  store: 1,
  session: 2,
  kit: 3,
  picture: 3,
  cell: 4,
  stage: 4,
  judge: 4,
  battery: 4,
  charts: 4,
  tables: 4,
  lessons: 4,
  atlas: 4,
  record: 5,
  page: 6,
}
/** Files that may be longer than the rest: tables of data, and kernels unrolled for speed. */
const LONG = ['models/tissue/parameters.ts', 'numerics/stencil.ts']
const VIEW =
  /^(react|react-dom|three|uplot|plotly|zustand|zundo|@mantine|katex|d3-|react-resizable-panels|idb-keyval|jspdf|svg2pdf)/

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) && !/\.d\.ts$/.test(name) ? [path] : []
  })

const imports = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*|new URL\(\s*)['"]([^'"]+)['"]/g)].map(
    (m) => m[1],
  )

const room = (path: string) => relative(src, path).split(sep)

it('imports point down only', () => {
  const wrong: string[] = []
  for (const file of files(src)) {
    const here = room(file)
    expect(FLOORS, `${here[0]} has no floor`).toHaveProperty([here[0]])
    for (const target of imports(file)) {
      if (!target.startsWith('.')) {
        if (VIEW.test(target) && here[0] !== 'app' && here[0] !== 'main.tsx')
          wrong.push(`${here.join('/')} uses ${target}`)
        continue
      }
      const there = room(normalize(join(dirname(file), target)))
      if (there[0] === here[0]) {
        const family = (path: string[]) => (path[0] === 'models' && path.length > 2 ? path[1] : undefined)
        if (here[0] === 'app' && here[1] !== there[1] && !(APP_FLOORS[there[1]] < APP_FLOORS[here[1]]))
          wrong.push(`${here.join('/')} imports ${there.join('/')}`)
        const [a, b] = [family(here), family(there)]
        if (a && b && a !== b) wrong.push(`${here.join('/')} imports the family ${b}`)
        continue
      }
      if (!(FLOORS[there[0]] < FLOORS[here[0]] || (FLOORS[there[0]] === 0 && FLOORS[here[0]] === 0)))
        wrong.push(`${here.join('/')} imports ${there.join('/')}`)
    }
  }
  expect(wrong).toEqual([])
})

it('the page holds no solver, nor does any part that it loads', () => {
  const held = new Map<string, string>()
  const walk = (path: string, from: string): void => {
    if (held.has(path)) return
    held.set(path, from)
    for (const [, target] of readFileSync(path, 'utf8').matchAll(
      /(?:^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?|\bimport\s*\(\s*)['"](\.[^'"]+\.tsx?)['"]/gm,
    ))
      walk(normalize(join(dirname(path), target)), path)
  }
  walk(join(src, 'main.tsx'), '')
  expect(held.size).toBeGreaterThan(300)
  // Workers have them; where one of these is reached, the file before it says by whom.
  const solvers = ['models/index.ts', 'simulation/simulate.ts', 'numerics/newton.ts', 'numerics/integrate.ts']
  expect(solvers.map((name) => held.get(join(src, name))).filter(Boolean)).toEqual([])
})

/** What is on a circle, or needs one. */
function circling(needs: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  let left = [...needs.keys()]
  for (let before = left.length + 1; left.length < before; ) {
    before = left.length
    const stays = new Set(left)
    left = left.filter((name) => [...(needs.get(name) ?? [])].some((other) => stays.has(other)))
  }
  return left
}

/** @param place of a file: what is compared; undefined for what is left out */
function needsOf(paths: string[], place: (path: string) => string | undefined): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>()
  for (const file of paths)
    for (const target of imports(file).filter((t) => t.startsWith('.'))) {
      const [here, there] = [place(file), place(normalize(join(dirname(file), target)))]
      if (here !== undefined && there !== undefined && here !== there)
        needs.set(here, (needs.get(here) ?? new Set()).add(there))
    }
  return needs
}

it('no file is on a circle of imports, those of types included', () => {
  expect(circling(needsOf(files(src), (path) => room(path).join('/')))).toEqual([])
})

it.each(families.map(({ name }) => name))('no two rooms of %s need each other', (name) => {
  const inside = (path: string) => (room(path)[1] === name ? room(path)[2] : undefined)
  expect(circling(needsOf(files(join(src, 'models', name)), inside))).toEqual([])
})

it('every file of the page has a room', () => {
  const rooms = files(join(src, 'app')).map((file) => room(file)[1])
  expect(rooms.filter((name) => APP_FLOORS[name] === undefined)).toEqual([])
})

it('files stay readable: none above 300 lines but data and unrolled kernels', () => {
  const long = files(src)
    .filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > 300)
    .map((file) => room(file).join('/'))
  expect(long.sort()).toEqual(LONG)
})

/** Words of the general language that also name a parameter, an experiment or a stimulus of a family. */
const GENERAL = new Set([
  'K',
  'contrast',
  'current',
  'energy',
  'flow',
  'gradient',
  'p',
  'power',
  'radius',
  'solid',
  'start',
  'steps',
])

it('knows of a family only in its own folder', () => {
  // Families do not import each other, and may use the same words of physics.
  const inFamily = ([top, next]: string[]) => top === 'models' && families.some(({ name }) => name === next)
  const wrong: string[] = []
  for (const file of files(src)) {
    const path = room(file)
    if (inFamily(path) || ['models/index.ts', 'models/cards.ts'].includes(path.join('/'))) continue
    const text = readFileSync(file, 'utf8')
    for (const family of families) {
      if (new RegExp(`\\b${family.name}\\b`, 'i').test(text)) wrong.push(`${path.join('/')} names ${family.name}`)
      const words = [family.parameters, family.experiments, family.stimuli].flatMap((list) => list.map((p) => p.name))
      for (const word of words)
        if (!GENERAL.has(word) && text.includes(`'${word}'`))
          wrong.push(`${path.join('/')} says '${word}' of ${family.name}`)
    }
  }
  expect(wrong).toEqual([])
})
