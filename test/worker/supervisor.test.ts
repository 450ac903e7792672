import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import type { Response } from '../../src/worker/protocol.ts'
import { PATIENCE } from '../../src/worker/supervisor.ts'
import { cases, duel, frames, HARMS, lastIndex, numbers, short } from './harm.ts'
import { world } from './world.ts'

const notices = (responses: readonly Response[]) => responses.flatMap((r) => (r.kind === 'notice' ? [r.notice] : []))

describe('a worker that dies or hangs at random moments', () => {
  it.each(cases())('%s has the numbers of a run that nothing happened to', (_, before, after, middle, last, seeds) => {
    let kills = 0
    let compared = 0
    for (let seed = 1; seed <= seeds; seed++) {
      const found = duel(before, after, middle, last, seed)
      expect(found.failed).toEqual([])
      expect(found.different).toEqual([])
      expect(found.reached).toBeGreaterThanOrEqual(last)
      kills += found.kills
      compared += found.compared
    }
    expect(kills).toBeGreaterThan(3 * seeds)
    expect(compared).toBeGreaterThan(last * seeds)
  })
})

describe('a worker that stops', () => {
  it.each(HARMS)('(%s) is replaced, and the run goes on by itself with a notice', (harm) => {
    const w = world()
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    w.supervisor.post({ kind: 'credit', run: 1, frames: 5 })
    w.until(() => lastIndex(w) === 2)
    w.worker().harm(harm)
    const since = w.now()
    w.until(() => lastIndex(w) === 5)
    expect(w.workers).toHaveLength(2)
    expect(w.now() - since).toBeLessThan(PATIENCE + 5)
    expect(frames(w.responses).map((f) => f.index)).toEqual([0, 1, 2, 3, 4, 5])
    expect(notices(w.responses).at(-1)!.message).toMatch(/goes on from t = 2 s with the same numbers/)
  })

  it('is replaced at once when the run is begun anew', () => {
    const w = world()
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    w.until(() => lastIndex(w) === 0)
    w.worker().harm('hang')
    const silent = w.now() + 4
    w.until(() => w.now() > silent)
    w.supervisor.post({ kind: 'start', run: 2, scenario: short() })
    w.until(() => w.responses.some((r) => r.kind === 'frame' && r.run === 2))
    expect(w.now() - silent).toBeLessThan(PATIENCE / 3)
  })

  it('while paused is replaced too, and progress does not stay on show', () => {
    const w = world()
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    w.supervisor.post({ kind: 'credit', run: 1, frames: 2 })
    w.until(() => lastIndex(w) === 2)
    w.worker().harm('silent')
    w.until(() => w.responses.at(-1)!.kind === 'caughtUp')
    expect(lastIndex(w)).toBe(2)
  })

  it('before a change was taken up: the change is in use from the last frame', () => {
    const w = world()
    const changed = short({ parameters: { ...short().parameters, G_K: 2 } })
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    w.supervisor.post({ kind: 'credit', run: 1, frames: 3 })
    w.until(() => lastIndex(w) === 3)
    w.supervisor.post({ kind: 'change', run: 1, scenario: changed })
    w.worker().harm('error')
    w.supervisor.post({ kind: 'credit', run: 1, frames: 1 })
    w.until(() => lastIndex(w) === 4)
    const calm = world()
    calm.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    calm.supervisor.post({ kind: 'credit', run: 1, frames: 3 })
    calm.until(() => lastIndex(calm) === 3)
    calm.supervisor.post({ kind: 'change', run: 1, scenario: changed })
    calm.supervisor.post({ kind: 'credit', run: 1, frames: 1 })
    calm.until(() => lastIndex(calm) === 4)
    expect(numbers(frames(w.responses).at(-1)!)).toEqual(numbers(frames(calm.responses).at(-1)!))
  })

  it('three times in a minute: the end has a name, nothing is started by itself, and the user may try again', () => {
    const w = world()
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    w.supervisor.post({ kind: 'credit', run: 1, frames: 5 })
    w.until(() => lastIndex(w) === 1)
    for (let k = 1; k <= 3; k++) {
      w.until(() => w.workers.length === k)
      w.worker().harm('error')
    }
    const failure = w.responses.at(-1)!
    expect(failure.kind === 'failed' && failure.notice.message).toMatch(/stopped 3 times within a minute .*are kept/)
    const until = w.now() + 120
    w.until(() => w.now() > until)
    expect(w.workers).toHaveLength(3)
    const from = frames(w.responses).at(-1)!
    w.supervisor.post({ kind: 'start', run: 2, scenario: short(), from: from.checkpoint, firstFrame: from.index })
    w.supervisor.post({ kind: 'credit', run: 2, frames: 1 })
    w.until(() => w.responses.some((r) => r.kind === 'frame' && r.run === 2 && r.frame.index === 2))
  })

  it('again and again by hanging: three are enough, though each is waited for', () => {
    const w = world()
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    for (let k = 1; k <= 3; k++) {
      w.until(() => w.workers.length === k && w.responses.filter((r) => r.kind === 'ready').length === k)
      w.worker().harm('hang')
    }
    w.until(() => w.responses.at(-1)!.kind === 'failed')
    expect(w.now()).toBeLessThan(120)
  })
})

describe('a worker that cannot come', () => {
  it.each(['throws', 'missing'] as const)('(%s) is tried three times, slower each time, and then named', (how) => {
    const w = world(how)
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    const until = w.now() + 300
    w.until(() => w.now() > until)
    expect(w.workers).toHaveLength(3)
    const failures = w.responses.filter((r) => r.kind === 'failed')
    expect(failures).toHaveLength(1)
    const { message, advice } = failures[0].notice
    expect(message).toMatch(/cannot be started/)
    expect(message.length).toBeLessThanOrEqual(300)
    expect(advice).toContain('reload the page')
  })
})

describe('what else a worker was asked', () => {
  it('a curve is computed by the next one; one that kills twice is refused by name', () => {
    const w = world()
    w.supervisor.post({ kind: 'start', run: 1, scenario: short() })
    w.until(() => lastIndex(w) === 0)
    const { checkpoint } = frames(w.responses)[0]
    const request = { name: 'membrane', node: 5 }
    const ask = (id: number) => w.supervisor.post({ kind: 'curve', id, scenario: short(), request, checkpoint })
    ask(1)
    w.worker().harm('error')
    w.until(() => w.responses.some((r) => r.kind === 'curve' && r.id === 1))
    ask(2)
    w.worker().harm('error')
    w.until(() => w.workers.length === 3)
    w.supervisor.post({ kind: 'credit', run: 1, frames: 1 })
    w.until(() => w.responses.some((r) => r.kind === 'curve' && r.id === 2))
    w.until(() => lastIndex(w) === 1)
    ask(3)
    for (const workers of [3, 4]) {
      w.until(() => w.workers.length === workers)
      w.worker().harm('error')
    }
    w.until(() => w.responses.some((r) => r.kind === 'curveFailed' && r.id === 3))
    expect(w.responses.some((r) => r.kind === 'failed')).toBe(false)
  })

  it('a comparison goes on with the rows that are missing', () => {
    const w = world()
    const { scenario } = loadScenario('tissue-convergence-centred')
    const waves: Scenario = {
      ...scenario,
      macro: { dimension: 1, size: [1e-3], nodes: [33] },
      time: { ...scenario.time, frames: 3 },
      micro: { resolution: 8 },
    }
    w.supervisor.post({ kind: 'compare', id: 4, scenario: waves, list: [2, 4] })
    const rows = () => w.responses.flatMap((r) => (r.kind === 'compareRow' ? [r.row.N] : []))
    w.until(() => rows().length === 1)
    w.worker().harm('silent')
    w.until(() => w.responses.at(-1)!.kind === 'compared')
    expect(rows()).toEqual([2, 4])
  })
})
