/** Units: whatever a schema, a field, an observable or a curve calls its unit, its factor is the SI value of that. */
import { describe, expect, it } from 'vitest'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { families, familyNamed } from '../../src/models/index.ts'
import { CellCache, solveCell } from '../../src/simulation/cells.ts'
import { familyInput } from '../../src/simulation/scenario.ts'

const PREFIX: Record<string, number> = { '': 1, n: 1e-9, µ: 1e-6, m: 1e-3, c: 1e-2, k: 1e3, M: 1e6 }
/** SI values of the units that are not SI themselves; mM and mol/m³ are one. */
const OWN: Record<string, number> = { M: 1e3, h: 3600, g: 1e-3, '%': 1e-2, '°': 1 }
/** Units of reduced quantities: thermal ones, multiples of the capacity's current. */
const REDUCED = ['1', 'RT', 'RT/F', 'kT/e', 'C']

/** SI value of a unit such as `µF/cm²`, `mol/(m² s)`, `1/µm`, `mAh/g`. */
function siValue(unit: string): number {
  if (REDUCED.includes(unit)) return 1
  const [above, below = ''] = unit.split(/\/(.*)/s)
  const product = (text: string) =>
    text
      .replace(/[()]/g, '')
      .split(/[ ·]/)
      .filter((part) => part !== '' && part !== '1')
      .reduce((value, part) => value * partOf(part), 1)
  return product(above) / product(below)
}

function partOf(part: string): number {
  const power = { '²': 2, '³': 3, '⁴': 4 }[part.at(-1) ?? ''] ?? 1
  const name = power === 1 ? part : part.slice(0, -1)
  if (OWN[name] !== undefined) return OWN[name] ** power
  if (name.endsWith('Ah')) return 3600 * PREFIX[name.slice(0, -2)]
  const base = ['mol', 'Pa', 'Hz', 'kg', 'm', 's', 'V', 'A', 'W', 'S', 'F', 'J', 'K', 'M', 'g', 'Ω', 'C'].find(
    (b) => name.endsWith(b) && PREFIX[name.slice(0, -b.length)] !== undefined,
  )
  if (base === undefined) throw new Error(`unknown unit ${part}`)
  return (PREFIX[name.slice(0, -base.length)] * (OWN[base] ?? 1)) ** power
}

it('the reader of units knows what it reads', () => {
  expect(siValue('µF/cm²')).toBeCloseTo(1e-2, 12)
  expect(siValue('mM')).toBeCloseTo(1, 12)
  expect(siValue('µm²/s')).toBeCloseTo(1e-12, 24)
  expect(siValue('mAh/g')).toBeCloseTo(3600, 9)
  expect(siValue('m⁴/(mol s)')).toBe(1)
})

const close = (factor: number, unit: string, of: string) =>
  expect(Math.abs(factor / siValue(unit) - 1), `${of}: ${unit} is ${siValue(unit)}, not ${factor}`).toBeLessThan(1e-12)

describe.each(families.map((f) => [f.name, f] as const))('%s', (name, family) => {
  it('parameters, experiments and stimuli', () => {
    const all = [
      ...family.parameters,
      ...family.experiments.flatMap((e) => e.parameters),
      ...family.stimuli.map((s) => s.amount),
    ]
    for (const p of all) if (p.kind === 'number') close(p.factor, p.unit, p.name)
  })

  it('fields and observables', () => {
    const scenario = loadScenario(builtInNames().find((s) => s === `${name}-opening`) ?? '').scenario
    const solving = solveCell(scenario, new CellCache())
    let next = solving.next()
    while (!next.done) next = solving.next()
    const model = familyNamed(name).macro(familyInput(scenario), next.value)
    for (const f of [...model.fields, ...model.observables]) close(f.factor, f.unit, f.name)
  })
})
