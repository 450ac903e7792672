/** Cells and particles of several kinds in one period: what differs is said, what is alike is not. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../src/cell/compute.ts'
import { loadScenario } from '../../src/cli/input.ts'
import { unequalPieces } from '../../src/models/pieces.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const balls = (radii: number[], phase: string) =>
  radii.map((radius, k) => ({ shape: 'ball', phase, center: [0.25 + 0.5 * k, 0.25 + 0.5 * k], radius }))
const cell = (radii: number[], resolution = 64) => ({
  dimension: 2 as const,
  background: 'm',
  resolution,
  shapes: balls(radii, 'i'),
})

describe('pieces of a phase', () => {
  it('have the area and the circumference of their discs', () => {
    const { pieces } = solveCell(cell([0.2, 0.12]), []).phases.i
    const sorted = [...pieces!].sort((a, b) => a.fraction - b.fraction)
    for (const [k, r] of [0.12, 0.2].entries()) {
      expect(Math.abs(sorted[k].fraction / (Math.PI * r ** 2) - 1)).toBeLessThan(5e-3)
      expect(Math.abs(sorted[k].area / (2 * Math.PI * r) - 1)).toBeLessThan(5e-3)
    }
  })

  it('are unequal by their surface per volume, 2/R for discs', () => {
    const found = unequalPieces(solveCell(cell([0.24, 0.12]), []).phases.i)!
    expect(found.high / found.low).toBeCloseTo(2, 1)
    expect(unequalPieces(solveCell(cell([0.2, 0.2]), []).phases.i)).toBeUndefined()
    expect(unequalPieces(solveCell(cell([0.2]), []).phases.i)).toBeUndefined()
  })

  it('that are joined are one', () => {
    const bars = { ...cell([]), shapes: [0.25, 0.75].map((center, k) => bar(center, 0.1 + 0.1 * k)) }
    expect(unequalPieces(solveCell(bars, []).phases.i)).toBeUndefined()
    function bar(center: number, thickness: number) {
      return { shape: 'layer', phase: 'i', axis: 'y', center, thickness }
    }
  })
})

describe('a run says so', () => {
  const bar = [{ shape: 'bar', phase: 'carbon', axis: 'x', center: [0.5, 0.5], width: 0.06 }]

  function begin(name: string, phase: string, radii: number[]) {
    const first = phase === 'active' ? bar : []
    const { scenario } = loadScenario(name)
    const running = simulate(
      parseScenario({
        ...scenario,
        cell: { ...scenario.cell, resolution: 32, shapes: [...first, ...balls(radii, phase)] },
        macro: { dimension: 1, size: [scenario.macro.size[0]], nodes: [21] },
        stimuli: [],
      }),
    )
    let words: string[] = []
    for (;;) {
      const { value, done } = running.next()
      if (done) throw new Error('no frame')
      if (value.kind === 'model') words = value.model.notices.map((n) => n.message)
      if (value.kind === 'frame') return { words, numbers: value.frame.validity!.numbers }
    }
  }

  it.each([
    ['tissue-opening', 'intracellular', /2 pieces with .* of membrane per volume/],
    ['cathode-opening', 'active', /2 pieces with .* of surface per volume/],
  ])('%s', (name, phase, message) => {
    const [different, alike] = [begin(name, phase, [0.2, 0.1]), begin(name, phase, [0.2, 0.2])]
    expect(different.words).toContainEqual(expect.stringMatching(message))
    expect(different.numbers.find((n) => n.name === 'unequal')!.value).toBeCloseTo(1, 1)
    expect(alike.words.filter((m) => message.test(m))).toEqual([])
    expect(alike.numbers.map((n) => n.name)).not.toContain('unequal')
  })
})
