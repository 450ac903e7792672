/** Dimensionless numbers of validity against closed forms. */
import { describe, expect, it } from 'vitest'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import type { Validity } from '../../../src/models/family.ts'
import { effectiveTissue } from '../../../src/models/tissue/effective.ts'
import { PHI, V } from '../../../src/models/tissue/layout.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { failing } from '../../../src/models/validity.ts'
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
    expect(failing(validity, 'gradient')[0]).toBe(false)
    expect(failing(validity, 'gradient')[47]).toBe(true)
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

describe('every number of validity by hand', () => {
  const period = 2e-5
  const span = 0.25
  const F_RT = FARADAY / (GAS_CONSTANT * 310.15)

  function built(dimension: 1 | 2 | 3) {
    const size = [1e-3, 8e-4, 5e-4].slice(0, dimension)
    const nodes = [9, 8, 7].slice(0, dimension)
    const model = macroModel(input('B2', size, nodes), exactCell('B2'))
    return { model, u: model.initial(), size, nodes, n: nodes.reduce((a, b) => a * b, 1) }
  }
  const numberOf = (v: Validity, name: string) => v.numbers.find((k) => k.name === name)!.value

  it.each([1, 2, 3] as const)(
    'gradients of potentials count as F/RT times their slope, in %i dimensions',
    (dimension) => {
      for (const field of [PHI, V]) {
        const { model, u, size, nodes, n } = built(dimension)
        const slopes = [30, 40, 120].slice(0, dimension)
        for (let p = 0; p < n; p++) {
          let rest = p
          let value = 0
          nodes.forEach((count, axis) => {
            value += (slopes[axis] * size[axis] * (rest % count)) / (count - 1)
            rest = Math.floor(rest / count)
          })
          u[field * n + p] += value
        }
        const expected = period * F_RT * Math.hypot(...slopes)
        expect(numberOf(model.validity(u, span, period), 'gradient')).toBeCloseTo(expected, 10)
      }
    },
  )

  it('the others follow from period, box, slowest ion and conductance', () => {
    const { model, u, size } = built(3)
    const v = model.validity(u, span, period)
    expect(numberOf(v, 'epsilon')).toBeCloseTo(period / size[2], 14)
    expect(numberOf(v, 'diffusion')).toBeCloseTo(period ** 2 / (Math.min(...model.setting.diffusivity) * span), 12)
    // Electrotonic: the same length as in one dimension, since the tensor is isotropic.
    const line = built(1)
    expect(numberOf(v, 'electrotonic')).toBeCloseTo(
      numberOf(line.model.validity(line.u, span, period), 'electrotonic'),
      10,
    )
  })
})
