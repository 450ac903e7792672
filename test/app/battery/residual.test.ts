import { describe, expect, it } from 'vitest'
import { residual, residualNote } from '../../../src/app/battery/residual.ts'
import { impedanceNote, measuredLines } from '../../../src/app/charts/measuredImpedance.ts'
import type { Curve } from '../../../src/models/family.ts'

const run = { time: [0, 10, 20], voltage: [3, 2, 1], filling: [0.5, 0.2, 0.4] }

describe('the deviation of a measured curve', () => {
  it('is the root of the mean square at its own rows', () => {
    const measured = { time: [0, 5, 15, 40], voltage: [3, 2.6, 1.6, 9] }
    const found = residual(run, measured, 'time')!
    expect(found.rms).toBeCloseTo(Math.sqrt((0.1 ** 2 + 0.1 ** 2) / 3), 12)
    expect(found.most).toBeCloseTo(0.1, 12)
    expect([found.rows, found.outside]).toEqual([3, 1])
    expect(residualNote('cell', found, 'time')).toBe(
      'cell: RMS 81.6 mV against this run over time, at most 100 mV; 25 % of its rows lie outside of the run.',
    )
  })

  it('passes over gaps, follows a falling abscissa, and is none where the run turns back', () => {
    expect(residual(run, { time: [5, Number.NaN], voltage: [2.5, 1] }, 'time')).toMatchObject({ rms: 0, rows: 1 })
    const falling = { filling: [1, 0], voltage: [4, 3] }
    expect(residual(falling, { filling: [0.25], voltage: [3.35] }, 'filling')?.rms).toBeCloseTo(0.1, 12)
    expect(residual(run, { filling: [0.3], voltage: [2] }, 'filling')).toBeUndefined()
    expect(residual(run, { time: [50], voltage: [2] }, 'time')).toBeUndefined()
    expect(residual(run, { capacity: [1], voltage: [2] }, 'capacity')).toBeUndefined()
  })
})

describe('a measured impedance', () => {
  const spectrum = { frequency: [1, 10, 1e6], re: [2, 1, 1], im: [0, -1, 0] }
  const axis = { label: '', unit: '', factor: 0.1 }
  const bode: Curve = {
    name: 'bode',
    label: '',
    x: { ...axis, factor: 1, log: true },
    y: axis,
    y2: axis,
    traces: [
      { name: '|Z|', x: [1, 100], y: [2, 2] },
      { name: 'phase', x: [1, 100], y: [0, -90], second: true },
    ],
    marks: [],
    note: '',
  }

  it('lies on the axes of the computed one', () => {
    const [line] = measuredLines({ ...bode, x: axis, square: true }, [{ name: 'eis', spectrum }])
    expect([line?.x[0], line?.y[1]]).toEqual([20, 10])
    expect(line?.labels?.[1]).toBe('10 Hz')
    const [size, phase] = measuredLines(bode, [{ name: 'eis', spectrum }])
    expect(size?.y[1]).toBeCloseTo(10 * Math.SQRT2, 12)
    expect([phase?.second, phase?.y[1]]).toEqual([true, -45])
  })

  it('differs by a share of |Z| and by degrees, at the frequencies in common', () => {
    // sqrt 2 instead of 2 at one of two frequencies; -45° are right there.
    expect(impedanceNote(bode, [{ name: 'eis', spectrum }])).toBe('eis: RMS 21 % in |Z|, 0° in phase.')
    expect(impedanceNote({ ...bode, square: true }, [{ name: 'eis', spectrum }])).toBe('')
  })
})
