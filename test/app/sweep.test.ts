/** A sweep: which parameters, which values, and runs that are those of the page with one value changed. */
import { describe, expect, it } from 'vitest'
import { openingScenario, scenarioProblems } from '../../src/app/ground/house.ts'
import { runSweep, type Swept, sweptOf, usualEnds, valuesOf } from '../../src/app/record/sweep.ts'
import type { EngineParts } from '../../src/app/store/parts.ts'
import type { NumberParameter } from '../../src/parameter.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { SolverLoop } from '../../src/worker/worker.ts'

const scenario: Scenario = {
  ...openingScenario,
  macro: { ...openingScenario.macro, nodes: openingScenario.macro.nodes.map(() => 9) },
  cell: { ...openingScenario.cell, resolution: 16 },
}
const byName = (name: string): Swept => sweptOf(scenario).find(({ parameter }) => parameter.name === name)!

/** Solvers in this thread, a slice at a time. */
function solvers() {
  const open = new Set<object>()
  const connect: EngineParts['connect'] = (hear) => {
    const loop = new SolverLoop((response) => setTimeout(() => open.has(loop) && hear(response)))
    open.add(loop)
    const work = () => {
      if (!open.has(loop) || !loop.busy) return
      loop.slice()
      setTimeout(work)
    }
    return {
      post(request) {
        loop.handle(request)
        setTimeout(work)
      },
      dispose: () => open.delete(loop),
    }
  }
  return { open, connect }
}

/** Of the scenario as it is. */
function fieldsAt(time: number): readonly Float32Array[] | undefined {
  for (const event of simulate(scenario)) if (event.kind === 'frame' && event.frame.t >= time) return event.frame.fields
  return undefined
}

const options = (over: Partial<Parameters<typeof runSweep>[1]> = {}) => ({
  parts: { connect: solvers().connect, problems: scenarioProblems },
  scenario,
  time: 2 * (scenario.time.end / scenario.time.frames),
  cores: 3,
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...over,
})

describe('parameters to sweep', () => {
  it('are numbers of a range that have an effect', () => {
    const names = sweptOf(scenario).map(({ parameter }) => parameter.name)
    expect(names).toContain('G_K')
    for (const { parameter, value } of sweptOf(scenario)) {
      expect(parameter.kind).toBe('number')
      expect(value).toBeGreaterThanOrEqual(parameter.min)
      expect(value).toBeLessThanOrEqual(parameter.max)
    }
    expect(byName('G_K').set(3)(scenario).parameters.G_K).toBe(3)
  })

  it('begin around what they are, inside their limits', () => {
    const parameter = { min: 0, max: 10, slider: { min: 0, max: 5 } } as NumberParameter
    expect(usualEnds({ parameter, value: 2 })).toEqual({ from: 1, to: 4 })
    expect(usualEnds({ parameter, value: 8 })).toEqual({ from: 4, to: 10 })
    expect(usualEnds({ parameter, value: 0 })).toEqual({ from: 0, to: 5 })
    expect(usualEnds({ parameter: { ...parameter, min: -10 }, value: -2 })).toEqual({ from: -4, to: -1 })
  })

  it('go in equal ratios where their slider is logarithmic, unless zero is between', () => {
    const of = (scale: 'linear' | 'log', from: number, to: number, count: number) =>
      valuesOf({ swept: { parameter: { scale } as NumberParameter, value: 1, set: () => (s) => s }, from, to, count })
    expect(of('linear', 1, 4, 4)).toEqual([1, 2, 3, 4])
    expect(of('log', 1, 4, 3)).toEqual([1, 2, 4])
    expect(of('log', 0, 4, 3)).toEqual([0, 2, 4])
    expect(of('log', -1, -4, 3)).toEqual([-1, -2, -4])
    expect(of('linear', 0, 0.3, 4).at(-1)).toBe(0.3)
  })
})

describe('the runs', () => {
  it('are those of the page, each with its value, at one time', async () => {
    const swept = byName('G_K')
    const progress: number[] = []
    const given = options({ onProgress: (fraction) => progress.push(fraction) })
    const runs = await runSweep({ swept, from: swept.value / 2, to: swept.value * 2, count: 3 }, given)
    expect(runs?.map(({ caption }) => caption)).toEqual([
      expect.stringMatching(/^K conductance = 0\.4 S\/m²$/),
      expect.stringMatching(/^K conductance = 0\.8 S\/m²$/),
      expect.stringMatching(/^K conductance = 1\.6 S\/m²$/),
    ])
    const middle = runs?.[1].frames.at(-1)
    expect(middle?.full?.fields).toEqual(fieldsAt(given.time))
    const indices = runs?.flatMap(({ frames }) => frames.map(({ index }) => index)) ?? []
    expect(new Set(indices).size).toBe(indices.length)
    expect(new Set(runs?.map(({ frames }) => frames.at(-1)?.t))).toEqual(new Set([given.time]))
    const last = (k: number) => runs?.[k].frames.at(-1)?.full?.fields
    expect(last(0)).not.toEqual(last(2))
    expect(progress.at(-1)).toBe(1)
  })

  it('of a line have what its picture shows of the past', async () => {
    const line: Scenario = { ...scenario, macro: { dimension: 1, size: [1e-3], nodes: [11] }, stimuli: [] }
    const swept = sweptOf(line)[0]
    const runs = await runSweep({ swept, ...usualEnds(swept), count: 2 }, options({ scenario: line }))
    expect(runs?.map(({ frames }) => frames.length)).toEqual([3, 3])
  })

  it('name the value that admits no model, and let all workers go', async () => {
    const { open, connect } = solvers()
    const problems: EngineParts['problems'] = ({ parameters }) =>
      Number(parameters.G_K) > 1 ? [{ path: 'parameters.G_K', message: 'got too much' }] : []
    const swept = byName('G_K')
    const failing = runSweep({ swept, from: 0.5, to: 2, count: 2 }, options({ parts: { connect, problems } }))
    await expect(failing).rejects.toThrow(/^at K conductance = 2 S\/m²: .*got too much/)
    expect(open.size).toBe(0)
  })

  it('are given up at once', async () => {
    const { open, connect } = solvers()
    const control = new AbortController()
    const swept = byName('G_K')
    const given = options({ parts: { connect, problems: () => [] }, signal: control.signal, time: 1e9 })
    const going = runSweep({ swept, from: 0.5, to: 2, count: 60 }, given)
    control.abort()
    expect(await going).toBeUndefined()
    expect(open.size).toBe(0)
  })

  it('need two ends that differ', async () => {
    const swept = byName('G_K')
    await expect(runSweep({ swept, from: 0.5, to: 0.5, count: 5 }, options())).rejects.toThrow(
      'got 0.5 S/m² as the first and the last value; give two that differ',
    )
  })
})
