/** Waves: when they come, how fast they go, and what is none. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { ran } from '../../src/cli/run.ts'
import type { MacroSpec } from '../../src/models/family.ts'
import { Arrivals, lineThrough, readWave } from '../../src/models/wave.ts'
import { parseScenario } from '../../src/simulation/parse.ts'

const line: MacroSpec = { dimension: 1, size: [1], nodes: [101] }
const square: MacroSpec = { dimension: 2, size: [1, 2], nodes: [41, 81] }

/** Arrivals of a front that passes points at given times, seen in frames of one length. */
function seen(macro: MacroSpec, at: (x: number, y: number) => number, every: number, frames: number): Arrivals {
  const [nx, ny = 1] = macro.nodes
  const count = nx * ny
  const arrivals = new Arrivals(count, 0)
  const times = Float64Array.from({ length: count }, (_, p) =>
    at(((p % nx) / (nx - 1)) * macro.size[0], ny > 1 ? (Math.floor(p / nx) / (ny - 1)) * (macro.size[1] ?? 0) : 0),
  )
  // A straight rise, so that a line between two frames finds the time itself.
  for (let k = 0; k <= frames; k++)
    arrivals.take(
      k * every,
      Float64Array.from(times, (time) => k * every - time),
    )
  return arrivals
}

describe('a wave', () => {
  it('comes when the field rises through the level, to the time between two frames', () => {
    const { times } = seen(line, (x) => 0.5 + 2 * x, 0.3, 20)
    times.forEach((t, i) => void expect(t).toBeCloseTo(0.5 + (2 * i) / 100, 12))
  })

  it('has its speed on a line, and across a plane in whatever direction it goes', () => {
    expect(readWave(seen(line, (x) => 0.5 + 2 * x, 0.3, 20).times, line)).toEqual({
      speed: expect.closeTo(0.5, 10),
      reached: 1,
    })
    const oblique = seen(square, (x, y) => 0.1 + (3 * x + 4 * y) / 10, 0.2, 20)
    expect(readWave(oblique.times, square).speed).toBeCloseTo(2, 8)
    const ring = seen(square, (x, y) => 0.1 + Math.hypot(x, y) / 0.7, 0.2, 20)
    expect(readWave(ring.times, square).speed).toBeCloseTo(0.7, 3)
  })

  it('is none where nothing rises, where all rises at once, or where it began above the level', () => {
    expect(readWave(seen(line, () => 99, 0.3, 3).times, line)).toEqual({ speed: null, reached: 0 })
    expect(readWave(seen(line, () => 0.5, 0.3, 3).times, line)).toEqual({ speed: null, reached: 1 })
    expect(readWave(seen(line, (x) => x - 2, 0.3, 9).times, line)).toEqual({ speed: null, reached: 0 })
    const half = readWave(seen(line, (x) => 0.5 + 2 * x, 0.1, 15).times, line)
    expect(half).toEqual({ speed: expect.closeTo(0.5, 10), reached: expect.closeTo(0.5, 1) })
  })

  it('is charted along a line of nodes', () => {
    expect(lineThrough({ nodes: [3, 4] }, 7)).toEqual([6, 7, 8])
  })
})

it('of spreading depression goes as fast as its independent solution', { timeout: 240_000 }, () => {
  const { scenario } = loadScenario('tissue-d1-wave')
  const shorter = parseScenario({ ...JSON.parse(JSON.stringify(scenario)), time: { end: 50, frames: 200, rtol: 1e-3 } })
  const { wave } = ran('wave', shorter) as { wave: { speed: number; reached: number } }
  // 29.9 µm/s by first-order steps of 5 ms on the same nodes, 31 with smaller ones.
  expect(wave.speed).toBeGreaterThan(29.9e-6 * 0.97)
  expect(wave.speed).toBeLessThan(31e-6 * 1.03)
  // At 47.664 s it is at four tenths.
  expect(wave.reached).toBeGreaterThan(0.39)
  expect(wave.reached).toBeLessThan(0.45)
})
