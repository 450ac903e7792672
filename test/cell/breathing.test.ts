/** Numbers that breathe: what is accepted, and how two of them stay in proportion. */
import { describe, expect, it } from 'vitest'
import { checkBreathing, inProportion, inStep } from '../../src/cell/breathing.ts'
import type { Breathing, CellSpec } from '../../src/cell/cell.ts'

const box = (size: [number, number]): CellSpec => ({
  dimension: 2,
  background: 'extracellular',
  shapes: [{ shape: 'box', phase: 'intracellular', center: [0.5, 0.5], size, rotation: 0 }],
  resolution: 32,
})
const axis = (k: number, ...range: [number, number]): Breathing => ({ number: `shapes[0].size[${k}]`, range })
const refusal = (breathing: readonly Breathing[], spec: CellSpec) =>
  checkBreathing(breathing, spec).map(({ path, message }) => `${path}: ${message}`)

describe('two numbers', () => {
  const square = box([0.89, 0.89])
  const both = [axis(0, 0.82, 0.96), axis(1, 0.82, 0.96)]

  it('follow each other, whichever has changed', () => {
    const changed = [axis(0, 0.8, 0.96), both[1]]
    expect(inProportion(changed, square, 0, both)).toEqual([axis(0, 0.8, 0.96), axis(1, 0.8, 0.96)])
    const second = [both[0], axis(1, 0.82, 0.93)]
    expect(inProportion(second, square, 1, both)).toEqual([axis(0, 0.82, 0.93), axis(1, 0.82, 0.93)])
  })

  it('stay in proportion in a cell of another shape', () => {
    const dragged = box([0.87, 0.853])
    expect(refusal(both, dragged)[0]).toMatch(/not in proportion/)
    const next = inProportion(both, dragged)
    expect(next[0]).toEqual(both[0])
    expect(next[1].range[1] - next[1].range[0]).toBeCloseTo(0.14, 11)
    expect(refusal(next, dragged)).toEqual([])
  })

  it('may be rounded', () => {
    const oblong = box([0.8765, 0.7891])
    expect(refusal([axis(0, 0.82, 0.96), axis(1, 0.7382, 0.8643)], oblong)).toEqual([])
    expect(refusal([axis(0, 0.82, 0.96), axis(1, 0.738, 0.866)], oblong)[0]).toMatch(/not in proportion/)
  })

  it('of which one is no more, leave the others as they are', () => {
    const gone = [both[0], { number: 'shapes[1].radius', range: [0.1, 0.2] as const }]
    expect(inProportion(gone, square)).toEqual(gone)
  })

  it('may be one that is zero or negative', () => {
    const turned = inStep('shapes[0].rotation', both[0], square, 10)
    expect(turned.range).toEqual([-0.7, 0.7])
    expect(refusal([both[0], turned], square)).toEqual([])
  })
})

describe('refused', () => {
  it.each<[string, Breathing[], RegExp]>([
    ['ends that meet', [axis(0, 0.89, 0.89)], /^breathing\[0\]\.range: got 0\.89 at both ends; they must be apart/],
    ['a range turned round', [axis(0, 0.96, 0.82)], /give the smaller value first, e\.g\. \[0\.82, 0\.96\]$/],
    ['many that are turned round', Array(100_000).fill(axis(0, 0.96, 0.82)), /^breathing: got 100,?000 numbers/],
    ['one number twice', [axis(0, 0.82, 0.96), axis(0, 0.82, 0.96)], /^breathing\[1\]\.number: .* twice/],
    ['a prototype', [{ number: '__proto__', range: [0, 1] }], /^breathing\[0\]\.number: got "__proto__"/],
  ])('are %s, in one sentence', (_, breathing, message) => {
    const [first, ...others] = refusal(breathing, box([0.89, 0.89]))
    expect(first).toMatch(message)
    expect(others).toEqual([])
  })
})
