import { describe, expect, it } from 'vitest'
import { edit, setParameter } from '../../src/app/store/edits.ts'
import type { ComparisonRow } from '../../src/simulation/compare.ts'
import { fakeLab } from './fake.ts'

const row = (N: number, seconds = 1): ComparisonRow => ({ N, seconds, errors: { LinfL2: 1 / N }, quantities: {} })

function started(list = [2, 4, 8]) {
  const parts = fakeLab()
  parts.comparisons.start(list)
  const { judge } = parts
  const id = () => judge.sent('compare').at(-1)!.id
  return {
    ...parts,
    id,
    row: (N: number) => judge.respond({ kind: 'compareRow', id: id(), row: row(N) }),
    done: () => judge.respond({ kind: 'compared', id: id(), comparison: { rows: [], orders: {}, seconds: 1 } }),
    series: () => parts.lab.getState().comparisons,
    comparing: () => parts.lab.getState().comparing,
  }
}

describe('a comparison', () => {
  it('opens its own worker on first use and leaves that of the run alone', () => {
    const { judge, posted, comparisons } = fakeLab()
    expect(judge.worker.opened).toBe(0)
    comparisons.start([2, 4])
    comparisons.start([2, 8])
    expect(judge.worker.opened).toBe(1)
    expect(posted).toEqual([])
  })

  it('fills in row by row and says how long it still takes', () => {
    const { judge, id, row, series, comparing, pass, done } = started()
    judge.respond({ kind: 'compareProgress', id: id(), N: 2, fraction: 0 })
    expect(comparing()).toMatchObject({ N: 2, left: undefined })
    pass(1)
    judge.respond({ kind: 'compareProgress', id: id(), N: 2, fraction: 0.5 })
    // One more second of N = 2, then twice and four times as long on a line.
    expect(comparing()?.left).toBeCloseTo(1 + 4 + 8)
    row(2)
    judge.respond({ kind: 'compareProgress', id: id(), N: 4, fraction: 0 })
    expect(series()[0]?.rows).toMatchObject([{ N: 2 }])
    expect(comparing()).toMatchObject({ N: 4, fraction: 0 })
    row(4)
    row(8)
    done()
    expect(comparing()).toBeUndefined()
    expect(series()[0]?.rows.map((r) => r.N)).toEqual([2, 4, 8])
  })

  it('keeps the rows so far when cancelled, and computes only the missing ones later', () => {
    const { judge, id, row, series, comparing, comparisons } = started()
    row(2)
    const first = id()
    comparisons.cancel()
    expect(judge.sent('cancelCompare').map((r) => r.id)).toEqual([first])
    expect(series()).toMatchObject([{ rows: [{ N: 2 }] }])
    expect(comparing()).toBeUndefined()
    judge.respond({ kind: 'compareProgress', id: first, N: 4, fraction: 0.5 })
    expect(comparing()).toBeUndefined()
    judge.respond({ kind: 'compareRow', id: first + 100, row: { N: 4, errors: {}, quantities: {}, seconds: 1 } })
    expect(series()[0]?.rows).toHaveLength(1)
    comparisons.start([2, 4])
    expect(judge.sent('compare').at(-1)!.list).toEqual([4])
    expect(series()).toHaveLength(1)
    row(4)
    expect(series()[0]?.rows.map((r) => r.N)).toEqual([2, 4])
  })

  it('stays when the scenario changes; at most four series, the oldest goes', () => {
    const { lab, comparisons, row, done, series } = started([2])
    row(2)
    done()
    for (const G of [1, 2, 3, 4]) {
      edit(lab, setParameter('G_K', G))
      comparisons.start([2])
      row(2)
      done()
    }
    expect(series().map((c) => c.scenario.parameters.G_K)).toEqual([1, 2, 3, 4])
    edit(lab, (s) => ({ ...s, micro: { resolution: 16, prepared: false } }))
    comparisons.start([2])
    expect(series().at(-1)?.label).toBe('Test, unprepared')
    comparisons.clear(series()[0].id)
    expect(series()).toHaveLength(3)
  })

  it('is the same whether or not the resolved model runs beside', () => {
    const { lab, comparisons, judge, row, done } = started([2])
    row(2)
    done()
    edit(lab, (s) => ({ ...s, micro: { resolution: 16, repeat: 4 } }))
    comparisons.start([2])
    expect(judge.sent('compare')).toHaveLength(2)
    row(2)
    done()
    edit(lab, (s) => ({ ...s, micro: { resolution: 16, repeat: 8, prepared: true } }))
    comparisons.start([2])
    expect(judge.sent('compare')).toHaveLength(2)
  })

  it('that cannot be made says why in its place, and the words go with the next one', () => {
    const { lab, comparisons, judge, id, series, comparing } = started()
    judge.respond({ kind: 'compareFailed', id: id(), problems: [{ path: 'stimuli', message: 'nothing varies' }] })
    expect(series()).toMatchObject([{ problems: [{ message: 'nothing varies' }], rows: [] }])
    expect(comparing()).toBeUndefined()
    edit(lab, setParameter('G_K', 1))
    comparisons.start([2])
    expect(series()).toHaveLength(1)
    expect(series()[0]?.problems).toBeUndefined()
  })

  it('of a scenario that cannot be run is not asked for', () => {
    const { judge, comparisons, lab } = fakeLab('running', () => [{ path: 'cell', message: 'no cell' }])
    comparisons.start([2])
    expect(judge.worker.opened).toBe(0)
    expect(lab.getState().comparisons[0]?.problems).toEqual([{ path: 'cell', message: 'no cell' }])
  })

  it('survives a crash of its worker with its rows, and the run goes on', () => {
    const { lab, judge, row, series } = started()
    row(2)
    judge.respond({
      kind: 'failed',
      run: 0,
      problems: [{ path: '', message: 'The solver crashed.' }],
      notice: { level: 'error', message: 'The solver crashed.' },
    })
    expect(series()).toMatchObject([{ rows: [{ N: 2 }] }])
    expect(lab.getState().comparing).toBeUndefined()
    expect(lab.getState().status).toBe('running')
    expect(lab.getState().notices.at(-1)?.message).toMatch(/comparison stopped.*rows so far are kept/)
  })
})
