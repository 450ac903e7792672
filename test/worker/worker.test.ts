import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import type { Response } from '../../src/worker/protocol.ts'
import { SolverLoop } from '../../src/worker/worker.ts'
import { short as scenario } from './harm.ts'

function setup() {
  const responses: Response[] = []
  const loop = new SolverLoop((r) => responses.push(r))
  const settle = () => {
    while (loop.busy) loop.slice()
  }
  const frames = () => responses.flatMap((r) => (r.kind === 'frame' ? [r.frame] : []))
  return { loop, responses, settle, frames }
}

describe('the solver loop', () => {
  it('shows the initial state without credit and then waits', () => {
    const { loop, responses, settle, frames } = setup()
    loop.handle({ kind: 'start', run: 1, scenario: scenario() })
    settle()
    expect(frames().map((f) => f.index)).toEqual([0])
    expect(responses.map((r) => r.kind)).toEqual(expect.arrayContaining(['cell', 'model']))
  })

  it('advances exactly as many frames as it has credits', () => {
    const { loop, settle, frames } = setup()
    loop.handle({ kind: 'start', run: 1, scenario: scenario() })
    loop.handle({ kind: 'credit', run: 1, frames: 3 })
    settle()
    expect(frames().map((f) => f.index)).toEqual([0, 1, 2, 3])
  })

  it('gives the same frames whether credits come at once or one by one', () => {
    const run = (portions: number[]) => {
      const { loop, settle, frames } = setup()
      loop.handle({ kind: 'start', run: 1, scenario: scenario() })
      for (const n of portions) {
        loop.handle({ kind: 'credit', run: 1, frames: n })
        settle()
      }
      return [...frames().at(-1)!.checkpoint.u]
    }
    expect(run([1, 1, 2, 4])).toEqual(run([8]))
  })

  it('continues from the last frame when the scenario changes, and shows that frame again', () => {
    const { loop, settle, frames } = setup()
    loop.handle({ kind: 'start', run: 1, scenario: scenario() })
    loop.handle({ kind: 'credit', run: 1, frames: 5 })
    settle()
    const changed = scenario()
    changed.parameters = { ...changed.parameters, G_K: 2 }
    loop.handle({ kind: 'change', run: 1, scenario: changed })
    loop.handle({ kind: 'credit', run: 1, frames: 1 })
    settle()
    expect(frames().map((f) => f.index)).toEqual([0, 1, 2, 3, 4, 5, 5, 6])
    expect(frames()[6].t).toBe(frames()[5].t)
  })

  it('fails with problems as data, and a good change afterwards goes on from where it was', () => {
    const { loop, responses, settle, frames } = setup()
    const s = scenario()
    loop.handle({ kind: 'start', run: 1, scenario: s })
    loop.handle({ kind: 'credit', run: 1, frames: 2 })
    settle()
    const wall = [{ shape: 'bar', phase: 'intracellular', axis: 'y', center: [0.5, 0.5], width: 0.4 }]
    loop.handle({ kind: 'change', run: 1, scenario: { ...s, cell: { ...s.cell, shapes: wall } } })
    settle()
    const failure = responses.at(-1)!
    expect(failure.kind === 'failed' && failure.problems[0].message).toMatch(/does not percolate/)
    loop.handle({ kind: 'change', run: 1, scenario: s })
    loop.handle({ kind: 'credit', run: 1, frames: 1 })
    settle()
    expect(frames().at(-1)!.index).toBe(3)
  })

  it('ignores credits of another run and stops when cancelled', () => {
    const { loop, responses, settle, frames } = setup()
    loop.handle({ kind: 'start', run: 2, scenario: scenario() })
    loop.handle({ kind: 'credit', run: 1, frames: 5 })
    settle()
    expect(frames()).toHaveLength(1)
    loop.handle({ kind: 'cancel', run: 2 })
    loop.handle({ kind: 'credit', run: 2, frames: 5 })
    expect(loop.busy).toBe(false)
    expect(responses.at(-1)).toEqual({ kind: 'cancelled', run: 2 })
  })

  it('never works longer than about a slice before messages are looked at again', () => {
    let clock = 0
    const loop = new SolverLoop(
      () => {},
      () => (clock += 1),
    )
    // A three-dimensional cell takes far more generator steps than one slice of this clock allows.
    const { scenario: block } = loadScenario('tissue-b1-block')
    loop.handle({ kind: 'start', run: 1, scenario: block })
    const before = clock
    loop.slice()
    expect(clock - before).toBeLessThan(40)
    expect(loop.busy).toBe(true)
  })

  it('answers previews first and reports bad cells as data', () => {
    const { loop, responses, settle } = setup()
    const { size: _, ...cell } = scenario().cell
    loop.handle({ kind: 'start', run: 1, scenario: scenario() })
    loop.handle({ kind: 'preview', id: 7, cell, problems: [{ kind: 'perforated', phase: 'extracellular' }] })
    while (!responses.some((r) => r.kind === 'preview')) loop.slice()
    expect(responses.some((r) => r.kind === 'frame')).toBe(false)
    const shapes = [{ shape: 'ball', phase: 'intracellular', center: [0.5, 0.5], radius: 0 }]
    loop.handle({ kind: 'preview', id: 8, cell: { ...cell, shapes }, problems: [] })
    settle()
    const failure = responses.find((r) => r.kind === 'previewFailed')
    expect(failure?.kind === 'previewFailed' && failure.problems[0].path).toContain('radius')
  })

  it('computes curves for a checkpoint', () => {
    const { loop, responses, settle, frames } = setup()
    loop.handle({ kind: 'start', run: 1, scenario: scenario() })
    settle()
    const { checkpoint } = frames()[0]
    loop.handle({ kind: 'curve', id: 3, scenario: scenario(), request: { name: 'membrane', node: 5 }, checkpoint })
    settle()
    const curve = responses.at(-1)!
    expect(curve.kind === 'curve' && curve.curve.traces.map((t) => t.name)).toEqual(['Na', 'K', 'Cl', 'pump', 'total'])
  })
})

describe('a comparison in the loop', () => {
  /** Small enough to be compared in well under a second. */
  const waves = (): Scenario => {
    const { scenario } = loadScenario('tissue-convergence-centred')
    return {
      ...scenario,
      macro: { dimension: 1, size: [1e-3], nodes: [33] },
      time: { ...scenario.time, frames: 3 },
      micro: { resolution: 8 },
    }
  }
  const kinds = (responses: Response[]) => responses.map((r) => r.kind)

  it('tells its progress, hands out each row as it is done, and ends with the comparison', () => {
    const { loop, responses, settle } = setup()
    loop.handle({ kind: 'compare', id: 4, scenario: waves(), list: [2, 4] })
    settle()
    const rows = responses.flatMap((r) => (r.kind === 'compareRow' ? [r.row] : []))
    expect(rows.map((r) => r.N)).toEqual([2, 4])
    expect(kinds(responses).filter((k) => k === 'compareProgress').length).toBeGreaterThanOrEqual(2)
    const last = responses.at(-1)!
    expect(last.kind === 'compared' && last.comparison.rows).toEqual(rows)
    expect(last.kind === 'compared' && last.comparison.orders.LinfL2_corrected).toBeGreaterThan(0.5)
  })

  it('stops at once when cancelled and says nothing more', () => {
    const { loop, responses } = setup()
    loop.handle({ kind: 'compare', id: 5, scenario: waves(), list: [2, 4] })
    loop.slice()
    loop.handle({ kind: 'cancelCompare', id: 4 })
    expect(loop.busy).toBe(true)
    loop.handle({ kind: 'cancelCompare', id: 5 })
    const said = responses.length
    expect(loop.busy).toBe(false)
    loop.slice()
    expect(responses).toHaveLength(said)
  })

  it('a newer one takes the place of an older one', () => {
    const { loop, responses, settle } = setup()
    loop.handle({ kind: 'compare', id: 6, scenario: waves(), list: [2, 4] })
    loop.slice()
    const said = responses.length
    loop.handle({ kind: 'compare', id: 7, scenario: waves(), list: [2] })
    settle()
    expect(responses.slice(said).every((r) => 'id' in r && r.id === 7)).toBe(true)
    expect(responses.at(-1)!.kind).toBe('compared')
  })

  it('that cannot be made says why', () => {
    const { loop, responses, settle } = setup()
    loop.handle({ kind: 'compare', id: 8, scenario: { ...waves(), micro: { resolution: 16 } }, list: [10_000] })
    settle()
    loop.handle({
      kind: 'compare',
      id: 9,
      scenario: { ...waves(), parameters: { ...waves().parameters, start: 'rest' } },
      list: [2],
    })
    settle()
    const messages = responses.map((r) => (r.kind === 'compareFailed' ? [r.id, r.problems[0].message] : r.kind))
    expect(messages).toEqual([
      [8, expect.stringMatching(/try \d+/)],
      [9, expect.stringMatching(/nothing varies in space/)],
    ])
  })

  it('leaves a run beside it its turns', () => {
    const { loop, responses, frames } = setup()
    loop.handle({ kind: 'start', run: 1, scenario: scenario() })
    loop.handle({ kind: 'compare', id: 10, scenario: waves(), list: [2, 4, 8] })
    loop.handle({ kind: 'credit', run: 1, frames: 3 })
    while (frames().length < 4) loop.slice()
    expect(kinds(responses)).not.toContain('compared')
    while (loop.busy) loop.slice()
    expect(responses.at(-1)!.kind).toBe('compared')
    expect(frames()).toHaveLength(4)
  })
})

describe('rates', () => {
  const { scenario: battery } = loadScenario('cathode-tis2')

  it('are answered with a discharge, beside the run', () => {
    const { loop, responses, settle } = setup()
    loop.handle({ kind: 'start', run: 1, scenario: scenario() })
    loop.handle({ kind: 'rate', id: 3, scenario: battery, rate: { value: 1, by: 'rate' } })
    settle()
    const rated = responses.find((r) => r.kind === 'rated')
    expect(rated).toMatchObject({ id: 3, discharge: { stoppedBy: 'lower cut-off' } })
    // 1C of the preset is 54.41 A/m².
    expect(rated?.kind === 'rated' && rated.discharge.current).toBeCloseTo(54.41, 2)
    expect(responses.filter((r) => r.kind === 'frame')).toHaveLength(1)
  })

  it('are told apart where a scenario has none, and stop when cancelled', () => {
    const { loop, responses, settle } = setup()
    loop.handle({ kind: 'rate', id: 1, scenario: scenario(), rate: { value: 1, by: 'rate' } })
    settle()
    expect(responses).toMatchObject([{ kind: 'rateFailed', id: 1, problems: [{ path: 'family' }] }])
    loop.handle({ kind: 'rate', id: 2, scenario: battery, rate: { value: 1, by: 'rate' } })
    loop.slice()
    loop.handle({ kind: 'cancelRate', id: 2 })
    expect(loop.busy).toBe(false)
  })
})
