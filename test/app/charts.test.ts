import { describe, expect, it } from 'vitest'
import { chartTable, drawable, unitOf } from '../../src/app/kit/chart.ts'
import {
  curveChart,
  type Overlay,
  observableChart,
  probeChart,
  profileChart,
  waveChart,
} from '../../src/app/kit/series.ts'
import { FrameBuffer, type FullFrame } from '../../src/app/store/frames.ts'
import { frame, model } from './fake.ts'

const colours = ['#1', '#2']

/** A main line of six frames and a branch that left it after the third. */
function forked(): { frames: FrameBuffer; overlay: Overlay } {
  const frames = new FrameBuffer()
  for (let i = 0; i < 9; i++) frames.put(frame(i), model)
  frames.keep(1)
  frames.truncate(3)
  for (let i = 3; i < 6; i++) frames.put(frame(i, new Float32Array(11).fill(-i)), model)
  return { frames, overlay: { name: 'pump off', dash: 'dash', entries: frames.branch(1).slice(2) } }
}

describe('the axis of time', () => {
  it('shows what is to come before anything has passed', () => {
    const frames = new FrameBuffer()
    frames.put(frame(0), { ...model, span: 0.02 })
    const chart = probeChart(frames, [[5e-4]], 'V', colours)!
    expect(chart.x).toEqual({ title: 'time (ms)', range: [0, 20] })
    frames.put(frame(1), { ...model, span: 0.02 })
    expect(probeChart(frames, [[5e-4]], 'V', colours)!.x).toEqual({ title: 'time (s)' })
  })
})

describe('units under the pointer', () => {
  it.each([
    ['voltage (V)', 'V'],
    ['dQ/dV (Ah/(m² V)), discharge negative', 'Ah/(m² V)'],
    ['current (outward) (µA/cm²)', 'µA/cm²'],
    ['relative', ''],
  ])('of %s', (title, unit) => expect(unitOf(title)).toBe(unit))
})

describe('a wave', () => {
  const waving = { ...model, wave: { field: 'V', level: 0 } }

  it('is charted by its arrival along x, with its speed in words', () => {
    const frames = new FrameBuffer()
    // Frames every half second; the front passes a node, 0.1 mm from the last, every second.
    for (let k = 0; k < 30; k++)
      frames.put(
        frame(
          k,
          Float32Array.from({ length: 11 }, (_, i) => k / 2 - i - 0.25),
        ),
        waving,
      )
    const chart = waveChart(frames, [5e-4])!
    expect(chart.lines[0].x.map(Math.round)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
    chart.lines[0].y.forEach((t, i) => void expect(t).toBeCloseTo(i + 0.25, 6))
    expect(chart.note).toBe('100 µm/s (6 mm/min), 100 % of the box reached')
  })

  it('is followed by the name of its field, wherever the model of a frame has it', () => {
    const frames = new FrameBuffer()
    const other = { ...model.fields[0], name: 'C' }
    const earlier = { ...waving, fields: [other, ...model.fields] }
    const values = (k: number) => Float32Array.from({ length: 11 }, (_, i) => k / 2 - i - 0.25)
    for (let k = 0; k < 30; k++)
      if (k < 9) frames.put({ ...frame(k), fields: [new Float32Array(11).fill(9 - k), values(k)] }, earlier)
      else frames.put(frame(k, values(k)), waving)
    waveChart(frames, [5e-4])!.lines[0].y.forEach((t, i) => void expect(t).toBeCloseTo(i + 0.25, 6))
  })

  it('is no chart before it has come, nor where nothing makes one', () => {
    const frames = new FrameBuffer()
    frames.put(frame(0, new Float32Array(11).fill(-1)), waving)
    expect(waveChart(frames, [5e-4])).toBeUndefined()
    frames.put(frame(1, new Float32Array(11).fill(1)), model)
    expect(waveChart(frames, [5e-4])).toBeUndefined()
  })
})

describe('branches in the charts', () => {
  it('follow the probes in the same colour, dashed, from where they leave the main line', () => {
    const { frames, overlay } = forked()
    const chart = probeChart(frames, [[5e-4], [0]], 'V', colours, { main: 'as before', overlays: [overlay] })!
    expect(chart.lines.map(({ name, colour, dash }) => [name, colour, dash])).toEqual([
      ['probe 1, as before', '#1', undefined],
      ['probe 2, as before', '#2', undefined],
      ['probe 1, pump off', '#1', 'dash'],
      ['probe 2, pump off', '#2', 'dash'],
    ])
    expect(chart.lines[0].x).toEqual([0, 0.5, 1, 1.5, 2, 2.5])
    expect(chart.lines[2].x).toEqual([1, 1.5, 2, 2.5, 3, 3.5, 4])
  })

  it('leave a chart without branches as it was', () => {
    const { frames } = forked()
    expect(probeChart(frames, [[5e-4]], 'V', colours)!.lines.map((l) => l.name)).toEqual(['centre'])
  })

  it('show their profile at the same time', () => {
    const { frames, overlay } = forked()
    const at = (list: readonly { full?: unknown }[], i: number) => list[i] as FullFrame
    const others = [{ ...overlay, entry: at(frames.branch(1), 5) }]
    const chart = profileChart(at(frames.entries, 5), frames.at(0), [5e-4], 'V', colours, others)!
    expect(chart.lines.map((l) => l.name)).toEqual(['now', 'start', 'pump off'])
    expect(chart.lines[0].y[0]).toBe(-5000)
    expect(chart.lines[2].y[0]).toBe(5000)
  })

  it('follow the observables', () => {
    const { frames, overlay } = forked()
    const observed = {
      ...model,
      observables: [{ name: 'K', label: 'K outside', unit: 'mM', factor: 1, group: 'concentration' }],
    }
    const buffer = new FrameBuffer()
    const put = (i: number) => buffer.put({ ...frame(i), observables: Float64Array.of(i) }, observed)
    for (let i = 0; i < 3; i++) put(i)
    const chart = observableChart(buffer, () => true, false, 'observables', colours, {
      overlays: [{ ...overlay, entries: [...buffer.entries] }],
    })!
    expect(chart.lines.map((l) => [l.name, l.y])).toEqual([
      ['K outside', [0, 1, 2]],
      ['K outside, pump off', [0, 1, 2]],
    ])
    expect(frames.entries).toHaveLength(6)
  })
})

describe('an impedance', () => {
  const hertz = { label: 'frequency', unit: 'Hz', factor: 1, log: true }
  const chart = curveChart({
    name: 'bode',
    label: '',
    x: hertz,
    y: { label: '|Z|', unit: 'mΩ m²', factor: 1e-3, log: true },
    y2: { label: 'phase', unit: '°', factor: 1 },
    traces: [
      { name: 'size', x: [1, 10], y: [2e-3, 1e-3] },
      { name: 'phase', x: [1, 10], y: [-10, -20], second: true, labels: ['a', 'b'] },
    ],
    marks: [],
    note: '',
  })

  it('has two ordinates with their own units and scales', () => {
    expect(chart.lines.map((l) => l.y)).toEqual([
      [2, 1],
      [-10, -20],
    ])
    expect(chart.y2).toEqual({ title: 'phase (°)', log: undefined })
    expect(chartTable(chart).header).toEqual(['frequency (Hz)', 'size, |Z| (mΩ m²)', 'phase, phase (°)'])
  })

  it('keeps negative values on the linear ordinate, and labels with their points', () => {
    expect(drawable(chart).lines[1].y).toEqual([-10, -20])
    chart.lines[1].y[0] = Number.NaN
    expect(drawable(chart).lines[1]).toMatchObject({ x: [10], y: [-20], labels: ['b'] })
  })
})

describe('logarithmic axes', () => {
  it('take nothing that has no logarithm', () => {
    const chart = drawable({
      name: 'errors',
      x: { title: 'ε', log: true },
      y: { title: 'error', log: true },
      lines: [{ name: 'a', x: [0.5, 0.25, 0, 0.1], y: [1, 0, 1, Number.NaN], marker: 'circle' }],
    })
    expect(chart.lines[0]).toMatchObject({ x: [0.5], y: [1], marker: 'circle' })
  })
})
