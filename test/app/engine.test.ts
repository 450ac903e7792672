import { describe, expect, it } from 'vitest'
import {
  addShape,
  type Change,
  commit,
  discard,
  draft,
  edit,
  redo,
  removeShape,
  setGraded,
  setParameter,
  setShape,
  undo,
} from '../../src/app/store/edits.ts'
import type { Response } from '../../src/worker/protocol.ts'
import { cell, fakeLab, frame, model, scenario } from './fake.ts'

const disc = (radius: number) => setShape(0, { ...scenario.cell.shapes[0], radius })

describe('edits and their history', () => {
  it('a drag is one undo entry, however often it moved', () => {
    const { lab } = fakeLab()
    for (const G of [0.5, 0.6, 0.7]) draft(lab, setParameter('G_K', G))
    commit(lab)
    expect(lab.getState().scenario.parameters.G_K).toBe(0.7)
    undo(lab)
    expect(lab.getState().scenario.parameters.G_K).toBe(0.8)
    redo(lab)
    expect(lab.getState().scenario.parameters.G_K).toBe(0.7)
  })

  it('undo and redo continue the run instead of starting it anew', () => {
    const { lab, engine, begin, sent, pass } = fakeLab()
    engine.restart()
    begin(3)
    edit(lab, setParameter('G_K', 0.5))
    pass(0.02)
    undo(lab)
    pass(0.5)
    expect(sent('start')).toHaveLength(1)
    expect(sent('change').map((r) => r.scenario.parameters.G_K)).toEqual([0.5, 0.8])
    expect(lab.getState().frameCount).toBe(4)
  })

  it('another start begins the run anew while nothing has passed, and is said to wait afterwards', () => {
    const { lab, engine, begin, sent, pass } = fakeLab()
    engine.restart()
    begin(0)
    edit(lab, setParameter('start', 'nominal'))
    pass(0.1)
    expect(sent('start').map((r) => r.scenario.parameters.start)).toEqual([undefined, 'nominal'])
    expect(lab.getState().notices).toEqual([])
    begin(3)
    edit(lab, setParameter('start', 'waves'))
    pass(0.1)
    expect(sent('start')).toHaveLength(2)
    expect(sent('change').map((r) => r.scenario.parameters.start)).toEqual(['waves'])
    expect(lab.getState().notices.map(({ message }) => message)).toEqual([
      'The start that was changed counts when the run begins again: Reset, or the key R.',
    ])
  })

  it('undo in the middle of a drag takes back the drag alone', () => {
    const { lab } = fakeLab()
    edit(lab, setParameter('G_K', 0.5))
    draft(lab, setParameter('G_K', 0.6))
    undo(lab)
    expect(lab.getState()).toMatchObject({ draft: undefined, scenario: { parameters: { G_K: 0.5 } } })
    undo(lab)
    expect(lab.getState().scenario.parameters.G_K).toBe(0.8)
  })

  it('a drag that comes back to where it began leaves no entry', () => {
    const { lab } = fakeLab()
    draft(lab, disc(0.3))
    draft(lab, disc(0.4))
    commit(lab)
    expect(lab.temporal.getState().pastStates).toHaveLength(0)
    expect(lab.getState().scenario).toBe(scenario)
  })

  it('a shape that undo takes away is not selected any more', () => {
    const { lab } = fakeLab()
    edit(lab, addShape(scenario.cell.shapes[0]))
    lab.setState({ selectedShape: 1 })
    undo(lab)
    expect(lab.getState().selectedShape).toBe(0)
  })

  it('what only the view needs is not undoable', () => {
    const { lab } = fakeLab()
    lab.setState({ layer: 'mesh', speed: 30 })
    expect(lab.temporal.getState().pastStates).toHaveLength(0)
  })
})

describe('credits', () => {
  it('grants frames at the chosen speed and never many at once', () => {
    const { lab, engine, begin, sent, pass, respond, run } = fakeLab()
    lab.setState({ speed: 10 })
    engine.restart()
    begin()
    let index = 1
    for (let k = 0; k < 60; k++) {
      const before = sent('credit').length
      pass(1 / 60)
      expect(sent('credit').length - before).toBeLessThanOrEqual(1)
      if (sent('credit').length > before) respond({ kind: 'frame', run: run(), frame: frame(index++) })
    }
    expect(index - 1).toBeGreaterThanOrEqual(9)
    expect(index - 1).toBeLessThanOrEqual(11)
  })

  it('grants nothing while paused, hidden, or while the worker is behind', () => {
    const { lab, engine, begin, sent, pass } = fakeLab()
    engine.restart()
    begin()
    pass(1, 60)
    const behind = sent('credit').length
    expect(behind).toBe(1)
    engine.pause()
    pass(1, 60)
    engine.setVisible(false)
    lab.setState({ status: 'running' })
    pass(1, 60)
    expect(sent('credit')).toHaveLength(behind)
  })

  it('one step grants one frame and leaves the run paused', () => {
    const { lab, engine, begin, sent } = fakeLab('paused')
    engine.restart()
    begin()
    engine.step()
    expect(sent('credit').map((r) => r.frames)).toEqual([1])
    expect(lab.getState().status).toBe('paused')
  })
})

describe('rewind', () => {
  it('shows a stored frame, and running from it abandons the later ones', () => {
    const { lab, engine, begin, sent, respond, run } = fakeLab()
    engine.restart()
    begin(8)
    engine.rewind(3)
    expect(lab.getState()).toMatchObject({ shown: 3, time: 1.5, status: 'paused', frameCount: 9 })
    engine.play()
    const start = sent('start').at(-1)!
    expect(start.from?.t).toBe(1.5)
    expect(start.firstFrame).toBe(3)
    respond({ kind: 'model', run: run(), model })
    respond({ kind: 'frame', run: run(), frame: frame(3) })
    expect(lab.getState()).toMatchObject({ frameCount: 4, shown: 3 })
  })

  it('a frame that was under way does not pull the view forward', () => {
    const { lab, engine, begin, respond, run } = fakeLab()
    engine.restart()
    begin(8)
    engine.rewind(3)
    respond({ kind: 'frame', run: run(), frame: frame(9) })
    expect(lab.getState()).toMatchObject({ shown: 3, time: 1.5, frameCount: 10 })
  })

  it('drops what an abandoned run still sends', () => {
    const { lab, engine, begin, respond, run } = fakeLab()
    engine.restart()
    begin(2)
    const old = run()
    engine.restart()
    respond({ kind: 'frame', run: old, frame: frame(3) })
    expect(lab.getState().frameCount).toBe(0)
  })
})

describe('another start', () => {
  it('begins a run anew that its protocol has ended, and nothing is said to wait', () => {
    const { lab, engine, begin, sent, respond, pass, run } = fakeLab()
    engine.restart()
    begin(3)
    const stats = frame(3).stats
    const summary = { t: 3, frames: 3, stats, observables: {}, budgets: {}, stoppedBy: 'protocol' as const, seconds: 1 }
    respond({ kind: 'end', run: run(), summary })
    edit(lab, setParameter('start', 'nominal'))
    pass(0.1)
    expect(sent('start').map((r) => r.scenario.parameters.start)).toEqual([undefined, 'nominal'])
    expect(lab.getState().notices).toEqual([])
  })
})

describe('the end of a run', () => {
  it('is not the end: run goes on from there for as long again', () => {
    const { lab, engine, begin, sent, respond, pass, run } = fakeLab()
    engine.restart()
    begin(20)
    respond({
      kind: 'end',
      run: run(),
      summary: {
        t: 10,
        frames: 20,
        stats: frame(20).stats,
        observables: {},
        budgets: {},
        stoppedBy: 'end',
        seconds: 1,
      },
    })
    expect(lab.getState().status).toBe('ended')
    engine.play()
    pass(0.02)
    expect(sent('change').at(-1)?.scenario.time).toMatchObject({ end: 20, frames: 40 })
    expect(lab.getState()).toMatchObject({ status: 'running', frameCount: 21 })
  })
})

it.each<[string, Change]>([
  ['the cell', disc(0.3)],
  ['what varies of it', setGraded([{ number: 'shapes[0].radius', along: [[0, 0.3]] }])],
])('a run of a protocol begins anew when %s is another', (_, change) => {
  const { lab, engine, begin, sent, pass } = fakeLab()
  engine.restart()
  begin(3)
  lab.setState({ model: { ...model, stepLabels: ['discharge'] } })
  edit(lab, setParameter('G_K', 0.5))
  pass(0.5)
  expect(sent('start')).toHaveLength(1)
  begin(3)
  lab.setState({ model: { ...model, stepLabels: ['discharge'] } })
  edit(lab, change)
  pass(0.5)
  expect(sent('start')).toHaveLength(2)
})

describe('a cell handle that moves', () => {
  it('keeps one preview under way and answers with the newest cell', () => {
    const { lab, engine, begin, sent, respond } = fakeLab()
    engine.restart()
    begin()
    for (const r of [0.41, 0.42, 0.43]) draft(lab, disc(r))
    expect(sent('preview').map((p) => p.cell.shapes[0].radius)).toEqual([0.41])
    respond({ kind: 'preview', id: sent('preview')[0].id, cell })
    expect(sent('preview').map((p) => p.cell.shapes[0].radius)).toEqual([0.41, 0.43])
    expect(lab.getState().preview).toBe(cell)
  })

  it('takes the run along: a frame is finished, then the newest cell is told', () => {
    const { lab, engine, begin, sent, respond, pass, run } = fakeLab()
    engine.restart()
    begin(2)
    const radii = () => sent('change').map((r) => r.scenario.cell.shapes[0].radius)
    draft(lab, disc(0.41))
    pass(0.3)
    for (const r of [0.42, 0.43]) {
      draft(lab, disc(r))
      pass(0.3)
    }
    expect(radii()).toEqual([0.41])
    // The frame that the changed run begins with is not a new one.
    begin(2, 2)
    pass(0.3)
    expect(radii()).toEqual([0.41])
    respond({ kind: 'frame', run: run(), frame: frame(3) })
    pass(0.3)
    expect(radii()).toEqual([0.41, 0.43])
    commit(lab)
    pass(0.5)
    expect(radii()).toEqual([0.41, 0.43])
    expect(lab.temporal.getState().pastStates).toHaveLength(1)
  })

  it('stood still by a pause shows the newest cell once the last is answered', () => {
    const { lab, engine, begin, sent, pass } = fakeLab('paused')
    engine.restart()
    begin()
    draft(lab, disc(0.41))
    pass(0.02)
    begin()
    draft(lab, disc(0.42))
    pass(0.02)
    expect(sent('change').map((r) => r.scenario.cell.shapes[0].radius)).toEqual([0.41, 0.42])
  })

  it('gives way to the exact tensors of the same cell, and not the other way round', () => {
    const { lab, engine, begin, sent, respond, pass, run } = fakeLab()
    engine.restart()
    begin(1)
    draft(lab, disc(0.41))
    pass(0.3)
    const exact = { ...cell }
    respond({ kind: 'cell', run: run(), cell: exact })
    respond({ kind: 'preview', id: sent('preview')[0].id, cell })
    expect(lab.getState().preview).toBeUndefined()
    expect(lab.getState().cell).toBe(exact)
    expect(lab.getState().cellOf).toBe(lab.getState().draft?.cell)
  })

  it('taken back shows nothing of what comes too late, let go it does', () => {
    const { lab, engine, begin, sent, respond } = fakeLab()
    engine.restart()
    begin()
    draft(lab, disc(0.41))
    discard(lab)
    respond({ kind: 'preview', id: sent('preview')[0].id, cell })
    expect(lab.getState().preview).toBeUndefined()
    draft(lab, disc(0.42))
    commit(lab)
    respond({ kind: 'preview', id: sent('preview')[1].id, cell })
    expect(lab.getState().preview).toBe(cell)
  })
})

describe('a scenario that admits no model', () => {
  const failed = (run: number): Response => ({
    kind: 'failed',
    run,
    problems: [],
    notice: { level: 'error', message: 'cut off' },
  })

  it('marks what is on show as of the one before, until there is a model again', () => {
    const { lab, engine, begin, respond, pass, run } = fakeLab()
    engine.restart()
    begin(1)
    expect(lab.getState()).toMatchObject({ refused: false, modelOf: scenario })
    edit(lab, disc(0.5))
    pass(0.5)
    respond(failed(run()))
    expect(lab.getState()).toMatchObject({ refused: true, modelOf: scenario })
    undo(lab)
    pass(0.5)
    begin(1, 1)
    expect(lab.getState().refused).toBe(false)
  })

  it('runs on by itself once it is repaired, however often it failed', () => {
    const { lab, engine, begin, respond, pass, run } = fakeLab()
    engine.restart()
    begin(1)
    edit(lab, disc(0.5))
    pass(0.5)
    respond(failed(run()))
    respond(failed(run()))
    undo(lab)
    pass(0.5)
    expect(lab.getState().status).toBe('running')
  })

  it('is not what a run that stops on its way has', () => {
    const { lab, engine, begin, respond, run } = fakeLab()
    engine.restart()
    begin(1)
    respond(failed(run()))
    expect(lab.getState()).toMatchObject({ status: 'failed', refused: false })
  })

  it('marks one that is not even tried', () => {
    const problems = [{ path: 'cell', message: 'no shape' }]
    const { lab, engine, begin, pass } = fakeLab('running', (s) => (s.cell.shapes.length === 0 ? problems : []))
    engine.restart()
    begin(1)
    edit(lab, removeShape(0))
    pass(0.5)
    expect(lab.getState().refused).toBe(true)
    undo(lab)
    pass(0.5)
    begin(1, 1)
    expect(lab.getState().refused).toBe(false)
  })
})

describe('changes while it runs', () => {
  it('tells what is only worth knowing once a drag has ended', () => {
    const { lab, engine, begin, respond, pass, run } = fakeLab()
    engine.restart()
    begin(1)
    draft(lab, disc(0.41))
    pass(0.5)
    respond({ kind: 'notice', run: run(), notice: { level: 'info', message: 'budgets start again' } })
    expect(lab.getState().notices).toHaveLength(0)
    commit(lab)
    expect(lab.getState().notices.map((n) => n.message)).toEqual(['budgets start again'])
  })

  it('sends one at a time and then the newest', () => {
    const { lab, engine, begin, sent, respond, pass, run } = fakeLab()
    engine.restart()
    begin()
    for (const G of [0.5, 0.6, 0.7]) {
      edit(lab, setParameter('G_K', G))
      pass(0.016)
    }
    expect(sent('change').map((r) => r.scenario.parameters.G_K)).toEqual([0.5])
    respond({ kind: 'model', run: run(), model })
    pass(0.016)
    expect(sent('change').map((r) => r.scenario.parameters.G_K)).toEqual([0.5, 0.7])
  })

  it('a scenario that cannot be run is explained and not sent; the run goes on', () => {
    const { lab, engine, begin, sent, pass } = fakeLab('running', (s) =>
      s.parameters.G_K === -1 ? [{ path: 'parameters.G_K', message: 'got -1; must be positive' }] : [],
    )
    engine.restart()
    begin()
    edit(lab, setParameter('G_K', -1))
    pass(0.1)
    expect(sent('change')).toHaveLength(0)
    expect(lab.getState().status).toBe('running')
    expect(lab.getState().notices.at(-1)?.message).toContain('must be positive')
  })

  it('a reset waits for the repair of a scenario that cannot be run', () => {
    const { lab, engine, begin, sent, pass } = fakeLab('running', (s) =>
      s.parameters.G_K === -1 ? [{ path: 'parameters.G_K', message: 'got -1; must be positive' }] : [],
    )
    engine.restart()
    begin()
    edit(lab, setParameter('G_K', -1))
    engine.restart()
    expect(sent('start')).toHaveLength(1)
    expect(lab.getState().status).toBe('failed')
    undo(lab)
    pass(0.1)
    expect(sent('start')).toHaveLength(2)
  })

  it('another scenario starts from its own beginning', async () => {
    const { lab, sent } = fakeLab()
    edit(lab, (s) => ({ ...s, title: 'Another', time: { ...s.time, end: 2 * s.time.end } }))
    await Promise.resolve()
    expect(sent('start').at(-1)?.scenario.title).toBe('Another')
    expect(sent('start').at(-1)?.from).toBeUndefined()
  })
})

describe('failure', () => {
  it('keeps the frames, explains, and goes on from the last one when the cause is undone', () => {
    const { lab, engine, begin, sent, respond, pass, run } = fakeLab()
    engine.restart()
    begin(4)
    edit(lab, disc(0.6))
    pass(0.02)
    respond({
      kind: 'failed',
      run: run(),
      problems: [{ path: 'cell', message: 'the extracellular phase no longer percolates' }],
      notice: { level: 'error', message: 'No model for this cell.', advice: ['make the cells smaller'] },
    })
    expect(lab.getState()).toMatchObject({ status: 'failed', frameCount: 5 })
    expect(lab.getState().notices.at(-1)).toMatchObject({ level: 'error', offerUndo: true })
    undo(lab)
    pass(0.02)
    expect(sent('start').at(-1)?.from?.t).toBe(2)
    expect(lab.getState().status).toBe('running')
    respond({ kind: 'model', run: run(), model })
    expect(lab.getState().notices).toEqual([])
  })

  it('a frame that holds NaN is never shown', () => {
    const { lab, engine, begin, respond, run } = fakeLab()
    engine.restart()
    begin(2)
    respond({ kind: 'frame', run: run(), frame: frame(3, Float32Array.of(1, Number.NaN)) })
    expect(lab.getState()).toMatchObject({ frameCount: 3, status: 'paused' })
    expect(lab.getState().notices.at(-1)?.message).toContain('not numbers')
  })
})

describe('what a model has to say', () => {
  it('stays quiet where it is only worth knowing, and leaves with the model', () => {
    const { lab, engine, respond, run } = fakeLab()
    engine.restart()
    const notices = [
      { level: 'info' as const, message: 'The particles are isolated.' },
      { level: 'warning' as const, message: 'The mobility is too large.' },
    ]
    respond({ kind: 'model', run: run(), model: { ...model, notices } })
    expect(lab.getState().notices.map((n) => n.message)).toEqual(['The mobility is too large.'])
    respond({ kind: 'model', run: run(), model })
    expect(lab.getState().notices).toEqual([])
  })
})

describe('another title alone', () => {
  it('is of the scenario that runs: nothing begins anew', () => {
    const { lab, engine, begin, sent, pass } = fakeLab()
    engine.restart()
    begin(3)
    edit(lab, (s) => ({ ...s, title: 'Another', description: 'What to look for' }))
    pass(0.5)
    expect(sent('start')).toHaveLength(1)
    expect(sent('change')).toHaveLength(0)
    expect(lab.getState().frameCount).toBe(4)
    expect(engine.running.title).toBe('Another')
  })
})
