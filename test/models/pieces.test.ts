/** Cells and particles of several kinds in one period: what differs is said, what is alike is not. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../src/cell/compute.ts'
import { loadScenario } from '../../src/cli/input.ts'
import { EQUAL, kindsOf, MOST_KINDS, unequalInKinds } from '../../src/models/pieces.ts'
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

  it('that are joined share their unknowns, however they differ', () => {
    const bar = (center: number, thickness: number) => ({ shape: 'layer', phase: 'i', axis: 'y', center, thickness })
    const bars = { ...cell([]), shapes: [bar(0.25, 0.1), bar(0.75, 0.2)] }
    const { low, high } = unequalInKinds(solveCell(bars, []).phases.i)!
    expect(high / low).toBeCloseTo(2, 1)
  })
})

describe('kinds of a phase', () => {
  const disc = (radius: number) => {
    return { fraction: Math.PI * radius ** 2, area: 2 * Math.PI * radius, percolates: [false, false] }
  }
  const phase = (pieces: ReturnType<typeof disc>[]) => {
    return {
      fraction: pieces.reduce((sum, { fraction }) => sum + fraction, 0),
      percolates: [0, 1].map((axis) => pieces.some(({ percolates }) => percolates[axis])),
      unresolved: [false, false],
      components: pieces.length,
      pieces,
    }
  }

  it('hold what their pieces hold, large pieces first', () => {
    const pieces = [0.1, 0.2, 0.1, 0.15].map(disc)
    const kinds = kindsOf(phase(pieces), 1)
    expect(kinds.map(({ pieces: members }) => members)).toEqual([[1], [3], [0, 2]])
    expect(kinds[2].fraction).toBeCloseTo(2 * Math.PI * 0.1 ** 2, 12)
    expect(kinds[2].area).toBeCloseTo(4 * Math.PI * 0.1, 12)
    expect(kinds.map(({ spread }) => spread)).toEqual([0, 0, 0])
  })

  it('have one kind for images of each other on the mesh, wherever they lie', () => {
    const shapes = [
      [0.25, 0.25, 0.14],
      [0.71, 0.3, 0.14],
      [0.22, 0.77, 0.14],
      [0.73, 0.74, 0.08],
    ].map(([x, y, radius]) => ({ shape: 'ball', phase: 'i', center: [x, y], radius }))
    const { i } = solveCell({ ...cell([]), shapes }, []).phases
    const kinds = kindsOf(i, 1)
    expect(kinds.map(({ pieces: members }) => members.length)).toEqual([3, 1])
    expect(kinds[0].spread).toBeLessThan(EQUAL)
  })

  it('keep what is joined through the cells apart from what stands alone', () => {
    const shapes = [
      { shape: 'layer', phase: 'i', axis: 'y', center: 0.2, thickness: 0.2 },
      { shape: 'ball', phase: 'i', center: [0.5, 0.7], radius: 0.15 },
    ]
    const { i } = solveCell({ ...cell([]), shapes }, []).phases
    expect(kindsOf(i, 1).map(({ percolates }) => percolates)).toEqual([
      [true, false],
      [false, false],
    ])
  })

  it('are few: with many sizes, neighbours in size are one kind, and it says how much they differ', () => {
    const pieces = Array.from({ length: 40 }, (_, k) => disc(0.02 + 0.002 * k))
    const kinds = kindsOf(phase(pieces), 1)
    expect(kinds.length).toBeLessThanOrEqual(MOST_KINDS)
    expect(kinds.flatMap(({ pieces: members }) => members).sort((a, b) => a - b)).toEqual(pieces.map((_, k) => k))
    const spread = Math.max(...kinds.map((kind) => kind.spread))
    expect(spread).toBeGreaterThan(EQUAL)
    const { low, high } = unequalInKinds(phase(pieces))!
    expect(high / low - 1).toBeGreaterThan(EQUAL)
    expect(high / low - 1).toBeLessThanOrEqual(spread + 1e-12)
    expect(unequalInKinds(phase([0.1, 0.2].map(disc)))).toBeUndefined()
  })

  it('are one where the phase is in one piece', () => {
    const { pieces: _, ...whole } = phase([disc(0.2)])
    expect(kindsOf(whole, 1.2)).toEqual([
      { pieces: [0], fraction: Math.PI * 0.04, area: 1.2, percolates: [false, false], spread: 0 },
    ])
  })
})

describe('a run says so', () => {
  function begin(name: string, phase: string, radii: number[]) {
    const { scenario } = loadScenario(name)
    const running = simulate(
      parseScenario({
        ...scenario,
        cell: { ...scenario.cell, resolution: 32, shapes: balls(radii, phase) },
        macro: { dimension: 1, size: [scenario.macro.size[0]], nodes: [21] },
        stimuli: [],
      }),
    )
    let words: string[] = []
    let captions: string[] = []
    for (;;) {
      const { value, done } = running.next()
      if (done) throw new Error('no frame')
      if (value.kind === 'model') {
        words = value.model.notices.map((n) => n.message)
        captions = value.model.equations.map(({ caption }) => caption)
      }
      if (value.kind === 'frame') return { words, captions, numbers: value.frame.validity!.numbers }
    }
  }

  it('where cells have unknowns of their own', () => {
    const radii = [0.2, 0.1]
    const { words, numbers, captions } = begin('tissue-opening', 'intracellular', radii)
    expect(words).toContainEqual(
      expect.stringMatching(/of 2 kinds.*: 1: 1 \(12\.\d %, 0\.99\d \/µm\); 2: 1 \(3\.\d+ %, 2\.0\d \/µm\)/),
    )
    expect(Math.max(...words.map(({ length }) => length))).toBeLessThan(300)
    expect(numbers.map((n) => n.name)).not.toContain('unequal')
    expect(captions).toContainEqual(expect.stringMatching(/^Each kind of cells/))
    expect(begin('tissue-opening', 'intracellular', [0.2, 0.2]).words).toEqual([])
  })
})
