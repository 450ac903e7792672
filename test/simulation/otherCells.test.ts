/** A run whose N is changed: the resolved model goes on where these cells would have come to by themselves, in every family. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { familyNamed } from '../../src/models/index.ts'
import { CellCache, resolvedCell, solveCell } from '../../src/simulation/cells.ts'
import type { Frame, ModelDescription } from '../../src/simulation/frame.ts'
import { resolution } from '../../src/simulation/resolve.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const cells = new CellCache()
/** Frame after which N is changed. */
const AT = 2

function resolved(name: string, repeat: number): Scenario {
  const { scenario } = loadScenario(name)
  const macro = { dimension: 2 as const, size: [1e-3, 1e-3], nodes: [33, 33] }
  const sheet = { macro, time: { end: 20, frames: 4, rtol: 1e-3 } }
  const { resolution } = scenario.micro!
  return { ...scenario, ...(scenario.macro.dimension === 2 ? sheet : {}), micro: { resolution, repeat } }
}

/** Up to a frame, the first of which has the index 0. */
function watch(scenario: Scenario, last: number, from?: Frame) {
  const frames: Frame[] = []
  const notices: string[] = []
  let model: ModelDescription | undefined
  for (const event of simulate(scenario, { from: from?.checkpoint, cells })) {
    if (event.kind === 'model') model = event.model
    if (event.kind === 'notice') notices.push(event.notice.message)
    if (event.kind === 'frame' && frames.push(event.frame) > last) break
  }
  return { frames, notices, model: model! }
}

/** The homogenized state of a frame on the tiling, without correctors. */
function plain(scenario: Scenario, { checkpoint }: Frame): Float32Array[] {
  const family = familyNamed(scenario.family)
  const tiling = resolution(scenario, scenario.micro!.repeat!)
  const { layout } = family.macro(tiling.homogenized, finish(solveCell(scenario, cells)))
  const cell = finish(resolvedCell(scenario, tiling, cells))
  const setup = { ...tiling, prepared: false, layout, from: checkpoint }
  const model = finish(family.resolved!(tiling.input, cell, setup))
  return model.sample(checkpoint.t, model.initial())
}

const distance = (a: Float32Array, b: Float32Array) => Math.sqrt(a.reduce((sum, v, p) => sum + (v - b[p]) ** 2, 0))

describe.each([
  // What it misses of the run with these cells, over what it would without correctors and from the start; of contents.
  ['tissue-judge-sheet', 4, 8, ['K_E', 'V'], 0.8, 0.1, 1e-4],
  ['porous-judge', 4, 8, ['c_1', 'c_2'], 0.5, 0.1, 0.01],
  ['cathode-judge', 4, 8, ['c', 'psi'], 0.9, 0.1, 1e-3],
])('%s with %i cells, then %i', (name, few, many, fields, ofPlain, ofStart, spread) => {
  const before = watch(resolved(name, few), AT).frames[AT]
  const truth = watch(resolved(name, many), AT).frames
  const { frames, notices, model } = watch(resolved(name, many), 1, before)
  const [joined] = frames
  const place = (field: string) => model.fields.findIndex((f) => f.name === field)

  it('is nearer to the run with these cells than without correctors, and than from the start', () => {
    const restarted = plain(resolved(name, many), before)
    for (const field of fields.map(place)) {
      const there = truth[AT].resolved!.fields[field]
      const missed = distance(joined.resolved!.fields[field], there)
      expect(missed, model.fields[field].name).toBeLessThan(ofPlain * distance(restarted[field], there))
      expect(missed, model.fields[field].name).toBeLessThan(ofStart * distance(truth[0].resolved!.fields[field], there))
    }
  })

  it('says so, once, and closes its budgets from there', () => {
    expect(notices.filter((n) => /The resolved model has other cells now/.test(n))).toHaveLength(1)
    model.observables.forEach((o, k) => {
      if (o.group === 'budget')
        expect(Math.abs(frames[1].resolved!.observables[k]), o.name).toBeLessThan(o.unit === 'mM' ? 1e-8 : 1e-10)
    })
    // Nor where nothing changes.
    expect(watch(resolved(name, few), 0, before).notices.join()).not.toMatch(/other cells/)
  })

  it('holds as much as the run with these cells, up to the mesh', () => {
    const { baseline, integrals } = truth[AT].checkpoint.resolved!
    const held = joined.checkpoint.resolved!.baseline
    // Ions that enter are integrated; what else is counted does not change.
    for (const [k, start] of baseline.entries()) {
      const now = start + (integrals[k] ?? 0)
      expect(Math.abs(held[k] / now - 1)).toBeLessThan(spread)
    }
  })
})

it('has correctors in the middle of a run, also where the scenario starts without', () => {
  const sheet = resolved('tissue-judge-sheet', 2)
  const of = (repeat: number, prepared: boolean, last: number, from?: Frame) =>
    watch({ ...sheet, micro: { resolution: 8, repeat, prepared } }, last, from).frames[last]
  const before = of(2, false, 1)
  expect(before.t).toBeGreaterThan(0)
  const [with_, without] = [true, false].map((prepared) => of(4, prepared, 0, before).checkpoint.resolved!.u)
  expect(with_).toEqual(without)
})
