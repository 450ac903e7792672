/** The resolved model beside a run: one run drives both, and a checkpoint carries both. */
import { describe, expect, it, vi } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { Integrator } from '../../src/numerics/integrate.ts'
import { IntegrationError } from '../../src/numerics/steps.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import type { Frame, ModelDescription, SimulationEvent } from '../../src/simulation/frame.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import { refuseRepeat } from '../../src/simulation/resolve.ts'
import type { MicroSpec, Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const cells = new CellCache()

function sheet(micro: MicroSpec | undefined, changes: Partial<Scenario> = {}): Scenario {
  const { scenario } = loadScenario('tissue-judge-sheet')
  return {
    ...scenario,
    macro: { dimension: 2, size: [1e-3, 1e-3], nodes: [17, 17] },
    time: { end: 20, frames: 4, rtol: 1e-3 },
    micro,
    ...changes,
  }
}

function watch(scenario: Scenario, from?: Frame) {
  const events: SimulationEvent[] = [...simulate(scenario, { from: from?.checkpoint, cells })]
  const frames = events.flatMap((e) => (e.kind === 'frame' ? [e.frame] : []))
  const notices = events.flatMap((e) => (e.kind === 'notice' ? [e.notice.message] : []))
  const model = events.find((e): e is { kind: 'model'; model: ModelDescription } => e.kind === 'model')!.model
  return { frames, notices, model, last: frames.at(-1)! }
}

const TWO: MicroSpec = { resolution: 8, repeat: 2 }

describe('a run with the resolved model beside', () => {
  const both = watch(sheet(TWO))

  it('hands out both at the same times, the resolved one field by field', () => {
    const { model, frames } = both
    expect(model.resolved?.repeat).toEqual([2, 2])
    expect(model.resolved?.macro.nodes).toEqual([17, 17])
    expect(model.resolved?.cellSize).toBeCloseTo(5e-4, 12)
    for (const { resolved } of frames) {
      expect(resolved?.fields).toHaveLength(model.fields.length)
      for (const field of resolved!.fields) expect(field.every(Number.isFinite)).toBe(true)
    }
  })

  it('leaves the homogenized numbers exactly as they are without it', () => {
    const alone = watch(sheet(undefined))
    expect(alone.last.resolved).toBeUndefined()
    expect(alone.last.fields).toEqual(both.last.fields)
  })

  it('keeps every ion and the charge of each phase of the resolved tissue', () => {
    const { observables } = both.model
    both.frames.forEach(({ resolved }) => {
      observables.forEach((o, k) => {
        if (o.group === 'budget')
          expect(Math.abs(resolved!.observables[k]), o.name).toBeLessThan(o.unit === 'mM' ? 1e-8 : 1e-12)
      })
    })
  })

  it('goes on from a checkpoint with the same state of both', () => {
    const again = watch(sheet(TWO), both.frames[2])
    expect(again.frames[0].checkpoint.resolved!.layout).toBe(both.frames[2].checkpoint.resolved!.layout)
    again.last.resolved!.fields.forEach((field, k) => {
      const before = both.last.resolved!.fields[k]
      const error = field.map((v, p) => Math.abs(v - before[p]) / (Math.abs(before[p]) + 1e-3))
      expect(Math.max(...error)).toBeLessThan(2e-3)
    })
  })

  it('joins a run that had none, from the homogenized state', () => {
    const alone = watch(sheet(undefined))
    const joined = watch(sheet({ resolution: 8, repeat: 4 }), alone.frames[2])
    const k = joined.model.observables.findIndex((o) => o.name === 'K_E_max')
    const { observables, resolved } = joined.frames[0]
    expect(resolved!.observables[k]).toBeGreaterThan(4.5)
    expect(Math.abs(resolved!.observables[k] / observables[k] - 1)).toBeLessThan(0.1)
  })

  it('stops without taking the homogenized run along, and leaves no state of an earlier time behind', () => {
    const original = Integrator.prototype.advance
    const unknowns = both.model.resolved!.unknowns
    const spy = vi.spyOn(Integrator.prototype, 'advance').mockImplementation(function* (this: Integrator, state, t) {
      if (state.u.length === unknowns && t > 7) throw new IntegrationError(state.t, 'no step is small enough', [])
      yield* original.call(this, state, t)
    })
    // Another number of nodes than the tiling has: its size tells whose step it is.
    const macro = { dimension: 2 as const, size: [1e-3, 1e-3], nodes: [9, 9] }
    const { frames, notices, last } = watch(sheet(TWO, { macro }))
    spy.mockRestore()
    expect(notices.filter((n) => /The resolved model stopped at t = 5 s/.test(n))).toHaveLength(1)
    expect(last.t).toBe(20)
    expect(frames.map((f) => f.resolved !== undefined)).toEqual([true, true, false, false, false])
    expect(last.checkpoint.resolved).toBeUndefined()
  })

  it('says why there is none and runs on, where the cell reaches over its period', () => {
    const { scenario } = loadScenario('tissue-judge-sheet')
    const shapes = [{ shape: 'ball', phase: 'intracellular', center: [0, 0], radius: 0.3 }]
    const { notices, last } = watch(sheet(TWO, { cell: { ...scenario.cell, shapes } }))
    expect(notices.join()).toMatch(/No resolved model runs beside: the phase intracellular touches the boundary/)
    expect(last.t).toBe(20)
  })
})

describe('how many cells fit', () => {
  it('is told with the memory it would take and the largest N that fits', () => {
    expect(() => parseScenario(sheet({ resolution: 16, repeat: 100 }))).toThrow(
      /micro\.repeat: got 100; 100 × 100 cells .* about 10 GB; .* try 24/,
    )
    expect(() => parseScenario(sheet({ resolution: 16, repeat: 2.5 }))).toThrow(/must be a whole number of cells/)
  })

  it('lets strips have 64 cells, and three dimensions 4 per axis with a coarse cell', () => {
    const strip = loadScenario('tissue-judge-strip').scenario
    expect(refuseRepeat(strip, 64)).toBeUndefined()
    const block = loadScenario('tissue-judge-syncytium').scenario
    expect(refuseRepeat(block, 4)).toBeUndefined()
    expect(refuseRepeat(block, 40)).toMatch(/try 6/)
  })

  it('needs a cell of the dimension of the box', () => {
    const { scenario } = loadScenario('tissue-judge-sheet')
    const box = { dimension: 3 as const, size: [1e-3, 1e-3, 1e-3], nodes: [9, 9, 9] }
    expect(refuseRepeat({ ...scenario, macro: box }, 2)).toMatch(/cannot tile a 3D box; use a 3D cell/)
  })

  it('does not look for what fits among numbers beyond all meshes', () => {
    const { scenario } = loadScenario('tissue-judge-sheet')
    for (const N of [1025, 1e15, 1e300]) expect(refuseRepeat(scenario, N)).toMatch(/at most 1024 cells.*: try \d+/)
  })

  it('says where no mesh is coarse enough', () => {
    const { scenario } = loadScenario('cathode-opening')
    const spatial = {
      ...scenario,
      cell: { dimension: 3 as const, background: 'electrolyte', resolution: 32, shapes: [], size: 1e-5 },
      micro: { resolution: 16 },
    }
    const high = { ...scenario.macro, dimension: 2 as const, size: [1e-4, 1e-2], nodes: [9, 9] }
    expect(refuseRepeat({ ...spatial, macro: high }, 1)).toMatch(
      /no micro.resolution is coarse enough \(the coarsest is 8\); take a 2D cell/,
    )
    // What the direct solver of the family takes, if it is wide; strips may be long.
    expect(refuseRepeat(spatial, 2)).toMatch(/are 9,537 nodes.*at most 9,000 in 3D.*: try 1, or a coarser/)
    expect(refuseRepeat({ ...spatial, micro: { resolution: 8 } }, 8)).toBeUndefined()
    expect(refuseRepeat({ ...scenario, micro: { resolution: 16 } }, 200)).toBeUndefined()
  })
})

describe('kinds of cells', () => {
  const ball = (center: number[], radius: number) => ({ shape: 'ball', phase: 'intracellular', center, radius })
  const of = (shapes: Scenario['cell']['shapes'], resolution: number): Scenario => {
    const given = sheet({ resolution: 16, repeat: 2 })
    return { ...given, cell: { ...given.cell, shapes, resolution }, time: { end: 2, frames: 1, rtol: 1e-3 } }
  }
  const namesOf = ({ model, last }: ReturnType<typeof watch>) => {
    expect(last.resolved?.fields).toHaveLength(model.fields.length)
    return model.fields.map(({ name }) => name)
  }

  it.each([
    // The first two are alike on the mesh of the homogenized tissue, and not on that of the tiling.
    [32, 0.2, 1],
    [32, 0.18, 2],
  ])('are those of the homogenized tissue, mesh %i, second radius %f: %i', (resolution, radius, kinds) => {
    const both = watch(of([ball([0.3, 0.3], 0.2), ball([0.77, 0.71], radius)], resolution))
    expect(namesOf(both).filter((name) => name.startsWith('K_I'))).toHaveLength(kinds)
  })

  it('of another cell are joined with what the homogenized tissue made of them', () => {
    const two = watch(of([ball([0.3, 0.3], 0.2), ball([0.75, 0.7], 0.12)], 32))
    expect(namesOf(two)).toContain('K_I_2')
    // More potassium in the small cells than in the large ones.
    const { u, macro } = two.last.checkpoint
    const n = macro.nodes[0] * macro.nodes[1]
    for (let p = 7 * n; p < 8 * n; p++) u[p] += 20
    const large = u[n]
    const one = watch(of([ball([0.5, 0.5], 0.3)], 32), two.last)
    expect(one.notices.join()).toMatch(/makes one kind of cells of 2/)
    expect(namesOf(one)).not.toContain('K_I_2')
    // Both begin in the same state.
    const k = namesOf(one).indexOf('K_I')
    const mean = (field: Float32Array) => field.reduce((a, b) => a + b, 0) / field.length
    const { fields, resolved } = one.frames[0]
    expect(mean(fields[k])).toBeGreaterThan(large + 4)
    expect(mean(resolved!.fields[k])).toBeCloseTo(mean(fields[k]), 1)
  })
})
