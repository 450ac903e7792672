import { describe, expect, it } from 'vitest'
import { branchName, differences } from '../../src/app/store/branches.ts'
import { edit, setParameter, undo } from '../../src/app/store/edits.ts'
import type { Branch } from '../../src/app/store/lab.ts'
import { fakeLab, frame, model, scenario } from './fake.ts'

const times = (entries: readonly { t: number }[]) => entries.map((e) => e.t)

describe('a fork', () => {
  it('keeps the whole line as a branch and goes on from the frame on show', () => {
    const { lab, engine, branches, begin, sent, respond, run } = fakeLab()
    engine.restart()
    begin(6)
    engine.rewind(2)
    branches.fork()
    const [branch] = lab.getState().branches
    expect(times(engine.frames.branch(branch!.id))).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3])
    expect(times(engine.frames.entries)).toEqual([0, 0.5, 1])
    expect(lab.getState()).toMatchObject({ shown: 2, time: 1, frameCount: 3, status: 'paused' })
    expect(sent('start').at(-1)).toMatchObject({ firstFrame: 2, from: { t: 1 } })
    respond({ kind: 'model', run: run(), model })
    for (const i of [2, 3]) respond({ kind: 'frame', run: run(), frame: frame(i) })
    expect(times(engine.frames.entries)).toEqual([0, 0.5, 1, 1.5])
    expect(engine.frames.branch(branch!.id)).toHaveLength(7)
  })

  it('at the end of the line leaves the worker alone and the run running', () => {
    const { lab, engine, branches, begin, sent } = fakeLab()
    engine.restart()
    begin(4)
    branches.fork()
    expect(sent('start')).toHaveLength(1)
    expect(lab.getState().status).toBe('running')
    expect(engine.frames.branch(lab.getState().branches[0].id)).toEqual(engine.frames.entries)
  })

  it('has nothing to keep before the first step', () => {
    const { lab, engine, branches, begin } = fakeLab()
    branches.fork()
    engine.restart()
    begin()
    branches.fork()
    expect(lab.getState().branches).toEqual([])
  })

  it('shares its frames with the main line', () => {
    const { lab, engine, branches, begin } = fakeLab()
    engine.restart()
    begin(4)
    engine.rewind(2)
    branches.fork()
    const branch = engine.frames.branch(lab.getState().branches[0].id)
    expect(branch[1]).toBe(engine.frames.entries[1])
  })

  it('makes room for itself: the oldest branch goes', () => {
    const { lab, engine, branches, begin } = fakeLab()
    engine.restart()
    begin(4)
    for (let k = 0; k < 5; k++) branches.fork()
    expect(lab.getState().branches.map((b) => b.id)).toEqual([2, 3, 4, 5])
    expect(engine.frames.branch(1)).toEqual([])
    expect(lab.getState().notices.at(-1)?.message).toMatch(/made room/)
  })

  it('is not undone by undo, which only takes back the edit', () => {
    const { lab, engine, branches, begin, pass, sent } = fakeLab()
    engine.restart()
    begin(4)
    branches.fork()
    edit(lab, setParameter('G_K', 0))
    pass(0.02)
    undo(lab)
    pass(0.5)
    expect(lab.getState().branches).toHaveLength(1)
    expect(sent('change').map((r) => r.scenario.parameters.G_K)).toEqual([0, 0.8])
    expect(lab.getState().frameCount).toBe(5)
  })

  it('goes with the tissue it belongs to, but stays when the run is reset', () => {
    const { lab, engine, branches, begin } = fakeLab()
    engine.restart()
    begin(4)
    branches.fork()
    engine.restart()
    expect(lab.getState().branches).toHaveLength(1)
    edit(lab, (s) => ({ ...s, title: 'Another', time: { ...s.time, end: 2 * s.time.end } }))
    expect(lab.getState().branches).toEqual([])
    expect(engine.frames.branch(1)).toEqual([])
  })
})

describe('the exchange of a branch with the main line', () => {
  it('keeps both, takes over the scenario, and goes on from the end of the branch', () => {
    const { lab, engine, branches, begin, sent, pass } = fakeLab()
    engine.restart()
    begin(6)
    engine.rewind(2)
    branches.fork()
    edit(lab, setParameter('G_K', 0))
    pass(0.02)
    begin(3, 2)
    branches.swap(1)
    expect(lab.getState()).toMatchObject({ frameCount: 7, time: 3, status: 'paused' })
    expect(lab.getState().scenario.parameters.G_K).toBe(0.8)
    const [other] = lab.getState().branches
    expect(other!.scenario.parameters.G_K).toBe(0)
    expect(times(engine.frames.branch(other!.id))).toEqual([0, 0.5, 1, 1.5])
    expect(sent('start').at(-1)).toMatchObject({ firstFrame: 6, from: { t: 3 } })
    pass(0.02)
    expect(sent('change').map((r) => r.scenario.parameters.G_K)).toEqual([0])
  })
})

describe('the branch that a scenario proposes', () => {
  const proposing = { ...scenario, branch: { at: 1.1, name: 'no potassium', parameters: { G_K: 0 } } }

  it('waits until the run has come there, then forks, changes as one edit, and plays', () => {
    const { lab, engine, branches, begin, sent, pass } = fakeLab()
    lab.setState({ scenario: proposing })
    lab.temporal.getState().clear()
    engine.restart()
    begin(2)
    expect(branches.proposal()).toMatchObject({ name: 'no potassium', ready: false, taken: false })
    branches.runProposed()
    expect(lab.getState().branches).toEqual([])
    begin(6, 3)
    branches.runProposed()
    expect(sent('start').at(-1)).toMatchObject({ firstFrame: 2, scenario: { parameters: { G_K: 0 } } })
    expect(lab.getState()).toMatchObject({ status: 'running', lineName: 'no potassium' })
    expect(lab.getState().branches.map((b) => b.name)).toEqual(['as before'])
    expect(lab.temporal.getState().pastStates).toHaveLength(1)
    expect(branches.proposal()?.taken).toBe(true)
    pass(0.02)
    expect(sent('change')).toHaveLength(0)
  })

  it('carries its name along when the lines are exchanged', () => {
    const { lab, engine, branches, begin } = fakeLab()
    lab.setState({ scenario: proposing })
    engine.restart()
    begin(6)
    branches.runProposed()
    begin(4, 2)
    branches.swap(1)
    expect(lab.getState().lineName).toBe('as before')
    expect(lab.getState().branches.map((b) => b.name)).toEqual(['no potassium'])
  })
})

describe('the name of a branch', () => {
  const branch = (change: Partial<Branch> = {}): Branch => ({ id: 1, scenario, end: 120, visible: true, ...change })
  const with_ = (parameters: Record<string, number | string | boolean>) => ({ ...scenario, parameters })

  it('is its end until something differs, then what differs', () => {
    expect(branchName(branch(), scenario)).toBe('until 120 s')
    expect(branchName(branch({ scenario: with_({ G_K: 0 }) }), scenario)).toBe('G_K ×0')
    expect(branchName(branch(), with_({ G_K: 0 }))).toBe('G_K = 0.8 S/m²')
    expect(branchName(branch({ name: 'mine' }), with_({ G_K: 0 }))).toBe('mine')
  })

  it('lists two differences and counts the rest', () => {
    const other = {
      ...with_({ G_K: 0.4 }),
      cell: { ...scenario.cell, size: 2e-5 },
      micro: { resolution: 16, repeat: 4 },
    }
    expect(differences(other, scenario)).toEqual(['G_K ×0.5', 'ℓ ×2', 'N = 4'])
    expect(branchName(branch({ scenario: other }), scenario)).toBe('G_K ×0.5, ℓ ×2, 1 more')
  })

  it('does not speak of how long a run lasts', () => {
    expect(differences({ ...scenario, time: { end: 20, frames: 40, rtol: 1e-3 } }, scenario)).toEqual([])
  })
})
