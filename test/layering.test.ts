/** The floors of the house: imports point down only, families never import each other, libraries of the view stay there. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** Rooms from the ground up; equal numbers may not import each other unless they are the same room. */
const FLOORS: Record<string, number> = {
  'parameter.ts': 0,
  'words.ts': 0,
  'present.ts': 0,
  numerics: 0,
  cell: 1,
  models: 2,
  simulation: 3,
  scenarios: 3,
  worker: 4,
  cli: 4,
  'cli.ts': 5,
  app: 5,
  'main.tsx': 6,
}
const VIEW = /^(react|react-dom|three|plotly|zustand|zundo|@mantine|katex|d3-|react-resizable-panels|idb-keyval)/

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

it('files stay readable: rarely above 300 lines, never above 450', () => {
  const long = files(src)
    .map((f) => [room(f).join('/'), readFileSync(f, 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 300)
  expect(long.filter(([, lines]) => lines > 450)).toEqual([])
  expect(long.length).toBeLessThan(12)
})
