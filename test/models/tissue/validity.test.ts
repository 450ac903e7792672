/** Dimensionless numbers of validity against closed forms. */
import { describe, expect, it } from 'vitest'
import { effectiveTissue } from '../../../src/models/tissue/effective.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { failsAt } from '../../../src/models/validity.ts'
import { exactCell, input, values } from './setup.ts'

function judge(preset: string, change: (u: Float64Array, nodes: number) => void = () => undefined, more = {}) {
  const given = input(preset, [1e-3], [101], more)
  const cell = exactCell(preset)
  const model = macroModel(given, cell)
  const u = model.initial()
  change(u, 101)
  const validity = model.validity(u, 0.5, given.cellSize)
  return { value: Object.fromEntries(validity.numbers.map((n) => [n.name, n.value])), validity }
}

describe('validity of a homogenized tissue', () => {
  it('compares the cell with the box and with the time between frames', () => {
    const { value } = judge('A1')
    expect(value.epsilon).toBeCloseTo(0.01, 12)
    expect(value.diffusion).toBeCloseTo(1e-10 / (1.5e-9 * 0.5), 6)
  })

  it('finds no gradient in resting tissue', () => {
    const { value, validity } = judge('A1')
    expect(value.gradient).toBeLessThan(1e-12)
    expect(validity.outside.every((bits) => bits === 0)).toBe(true)
  })

  it('gives the electrotonic length of the specification: 168.9 um for B2', () => {
    const { value } = judge('B2')
    expect(Math.abs(1e-5 / value.electrotonic / 168.852e-6 - 1)).toBeLessThan(0.03)
  })

  it('grows with the cells of a comparison, whose membranes are scaled with them', () => {
    const given = input('B1', [1e-3], [11])
    const cell = exactCell('B1')
    const model = macroModel(given, cell)
    const at = (cellSize: number) =>
      model.validity(model.initial(), 1, cellSize).numbers.find((k) => k.name === 'electrotonic')!.value
    expect(at(40e-6) / at(10e-6)).toBeCloseTo(4, 10)
  })

  it('marks the nodes where a field changes by more than a tenth over a cell', () => {
    const { value, validity } = judge('A1', (u, n) => {
      for (let p = 0; p < n; p++) u[4 * n + p] *= 1 + 10 * Math.exp(-(((p - 50) / 3) ** 2))
    })
    expect(value.gradient).toBeGreaterThan(0.1)
    expect(failsAt(validity, 'gradient', 0)).toBe(false)
    expect(failsAt(validity, 'gradient', 47)).toBe(true)
  })

  it('measures the slope of the logarithm: an exponential has the same number everywhere', () => {
    const slope = 5e3
    const { value } = judge('A1', (u, n) => {
      for (let p = 0; p < n; p++) u[4 * n + p] = 4 * Math.exp(slope * p * 1e-5)
    })
    expect(value.gradient).toBeCloseTo(slope * 1e-5, 4)
  })

  it('knows the class of the tissue', () => {
    const given = input('B2', [1e-3], [11], { parameters: values('B2', { gap: 1 }) })
    expect(effectiveTissue(given, exactCell('B2')).modelClass).toBe('connected-connected')
    const tight = judge('B2', undefined, { parameters: values('B2', { gap: 1 }) }).value.electrotonic
    expect(tight).toBeLessThan(judge('B2').value.electrotonic / 3)
  })
})
