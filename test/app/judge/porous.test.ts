/** The lens and the difference picture on a porous medium: the reconstruction of the model, and its two parts. */
import { describe, expect, it } from 'vitest'
import { type LensImage, type LensQuery, lensImage } from '../../../src/app/judge/lens.ts'
import { isOther } from '../../../src/app/picture/cellPicture.ts'
import { ResolvedPictures } from '../../../src/app/picture/resolvedFrame.ts'
import type { FullFrame } from '../../../src/app/store/frames.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { finish } from '../../../src/finish.ts'
import { findFamily } from '../../../src/models/index.ts'
import { experiments } from '../../../src/models/porous/experiments.ts'
import { microModel } from '../../../src/models/porous/micro.ts'
import { parameters as schema } from '../../../src/models/porous/parameters.ts'
import { reconstruct, reconstructSecond } from '../../../src/models/porous/reconstruct.ts'
import { solveSecond } from '../../../src/models/second.ts'
import { defaults } from '../../../src/parameter.ts'
import type { Frame, ResolvedDescription } from '../../../src/simulation/frame.ts'

const family = findFamily('porous')!
const parameters = { ...defaults(schema), contrast: 10 }
const cell = solveCell(
  {
    dimension: 2,
    background: 'pore',
    shapes: [{ shape: 'ball', phase: 'solid', center: [0.5, 0.5], radius: 0.3 }],
    resolution: 32,
  },
  family.cellProblems(parameters, ['pore', 'solid']),
)
const N = 4
const size = [1e-7, 1e-7]
const cellSize = size[0] / N
const [reservoirs] = experiments
const model = finish(
  microModel(
    {
      parameters,
      cellSize,
      macro: { dimension: 2, size, nodes: [33, 33] },
      experiment: { name: reservoirs.name, values: defaults(reservoirs.parameters) },
      stimuli: [],
    },
    cell,
    { repeat: [N, N], prepared: false, factor: 1 },
  ),
)
const { fields, setting, tiling } = model

// Concentrations (mM) and potential (V) with slopes along both axes; linear, so that every way to read them is exact.
const smooth = [
  (x: number, y: number) => 1 + 0.5 * x - 0.2 * y,
  (x: number, y: number) => 2 - 0.4 * x + 0.3 * y,
  (x: number, y: number) => 0.05 - 0.04 * x + 0.02 * y,
]
const macro = { dimension: 2 as const, size, nodes: [33, 33] }
const nodal = smooth.map((f) =>
  Float32Array.from({ length: 33 * 33 }, (_, p) => f((p % 33) / 32, Math.floor(p / 33) / 32)),
)
const state = { u: Float64Array.from(nodal.flatMap((a) => [...a])), macro, layout: 'porous/2/33x33' }
const { corrected } = reconstruct(state, cell, tiling, { ...setting, cellSize })
const truth = fields.map((_, k) => Float32Array.from(corrected.subarray(k * tiling.nodes, (k + 1) * tiling.nodes)))

const description: ResolvedDescription = { macro: model.macro, repeat: [N, N], cellSize, cell, unknowns: 0 }
const frame = { index: 0, t: 0, fields: nodal, checkpoint: { macro }, resolved: { fields: truth } } as unknown as Frame

function see(change: Partial<LensQuery>): LensImage {
  const image = lensImage({
    entry: { full: frame, model: { fields, resolved: description } } as unknown as FullFrame,
    field: fields[0],
    cell,
    cellSize,
    point: [0.4 * size[0], 0.6 * size[1]],
    mode: 'reconstructed',
    plane: 2,
    depth: 0.5,
    ...change,
  })
  if (typeof image === 'string') throw new Error(image)
  return image
}
const worst = (values: Float32Array) => values.reduce((m, v) => (isOther(v) ? m : Math.max(m, Math.abs(v))), 0)

describe.each(fields.map((field, index) => ({ name: field.name, field, index })))('$name', ({ field, index }) => {
  it('is reconstructed as the model reconstructs it', () => {
    const pictures = new ResolvedPictures(description)
    const plain = worst(pictures.difference(frame, index, fields, false))
    expect(worst(pictures.difference(frame, index, fields, true))).toBeLessThan(0.02 * plain)
    const { max } = see({ field, mode: 'difference' })
    expect(max).toBeLessThan(0.02 * plain)
  })
})

describe('the parts of the correction', () => {
  it('add up with u₀ to the reconstruction', () => {
    const [field] = fields
    const whole = see({ field }).values
    const walls = see({ field, part: 'tortuosity' }).values
    const answer = see({ field, part: 'Boltzmann' }).values
    const [i, j] = [1, 2]
    whole.forEach((value, q) => {
      if (isOther(value)) return
      const x = (i + ((q % 120) + 0.5) / 120) / N
      const y = (j + (Math.floor(q / 120) + 0.5) / 120) / N
      expect(Math.abs(smooth[0](x, y) + walls[q] + answer[q] - value)).toBeLessThan(1e-5)
    })
    expect(worst(walls)).toBeGreaterThan(1e-2)
    expect(worst(answer)).toBeGreaterThan(1e-2)
  })

  it('have ranges about zero, and opposite signs for opposite valences where the potential decides', () => {
    const cation = see({ field: fields[0], part: 'Boltzmann' })
    const anion = see({ field: fields[1], part: 'Boltzmann' })
    expect(cation.max).toBe(-cation.min)
    let product = 0
    cation.values.forEach((v, q) => {
      if (!isOther(v)) product += v * anion.values[q]
    })
    expect(product).toBeLessThan(0)
  })

  it('are those of the chosen field only: the potential has none', () => {
    const potential = see({ field: fields[2], part: 'Boltzmann' })
    expect(potential.part).toBeUndefined()
    expect(potential.values.some(isOther)).toBe(false)
  })
})

describe('the order of the expansion', () => {
  // Bent fields, so that second derivatives have something to do.
  const bent = [
    (x: number, y: number) => smooth[0](x, y) + 0.2 * x * x,
    (x: number, y: number) => smooth[1](x, y) - 0.3 * x * y,
    (x: number, y: number) => smooth[2](x, y) + 0.05 * x * x - 0.03 * y * y + 0.04 * x * y,
  ]
  const nodes = bent.map((f) =>
    Float32Array.from({ length: 33 * 33 }, (_, p) => f((p % 33) / 32, Math.floor(p / 33) / 32)),
  )
  const bentState = { ...state, u: Float64Array.from(nodes.flatMap((a) => [...a])) }
  const second = finish(solveSecond(cell, fields))
  const { plain, corrected } = reconstruct(bentState, cell, tiling, { ...setting, cellSize })
  const orders = [plain, corrected, reconstructSecond(bentState, cell, tiling, { fields, second, cellSize })]
  const framed = (u: Float64Array) => {
    const truth = fields.map((_, k) => Float32Array.from(u.subarray(k * tiling.nodes, (k + 1) * tiling.nodes)))
    const full = { ...frame, fields: nodes, resolved: { fields: truth } } as unknown as Frame
    return { full, model: { fields, resolved: description } } as unknown as FullFrame
  }

  it.each(fields.map((field) => ({ name: field.name, field })))(
    'of $name is as the model reconstructs it',
    ({ field }) => {
      const apart = [0, 1, 2].map((truth) =>
        ([0, 1, 2] as const).map((order) =>
          worst(see({ entry: framed(orders[truth]), field, mode: 'difference', order, second }).values),
        ),
      )
      // Each order is nearest to itself, by far.
      for (const k of [0, 1, 2])
        for (const other of [0, 1, 2])
          if (other !== k) expect(apart[k][k], `order ${k} against ${other}`).toBeLessThan(0.2 * apart[k][other])
    },
  )

  it('is told, and is the first while the second is not solved or the part of a correction is shown', () => {
    const entry = framed(orders[2])
    expect(see({ entry }).order).toBe(1)
    expect(see({ entry, order: 0 }).order).toBe(0)
    expect(see({ entry, order: 2 }).order).toBe(1)
    expect(see({ entry, order: 2, second }).order).toBe(2)
    expect(see({ entry, order: 2, second, part: 'Boltzmann' }).order).toBe(1)
  })

  it('is said to say little where the field bends within one cell', () => {
    const layer = Float32Array.from(nodes[2], (v, p) => v + 0.2 * Math.exp(-(p % 33)))
    const at = (potential: Float32Array, x: number) => {
      const full = { ...framed(orders[0]).full, fields: [nodes[0], nodes[1], potential] }
      const entry = { full, model: { fields, resolved: description } } as unknown as FullFrame
      return see({ entry, order: 2, second, point: [x * size[0], 0.6 * size[1]] }).beyond
    }
    expect(at(layer, 0.1)).toBe(true)
    expect(at(layer, 0.9)).toBe(false)
    expect(at(nodes[2], 0.1)).toBe(false)
  })

  it('around a place without a tiling, too: small cells hardly differ, large ones do', () => {
    const alone = { ...framed(orders[0]).full, resolved: undefined } as unknown as Frame
    const entry = { full: alone, model: { fields } } as unknown as FullFrame
    const change = (size: number) => {
      const [first, both] = ([1, 2] as const).map((order) => see({ entry, order, second, cellSize: size }).values)
      return worst(first.map((v, q) => (isOther(v) ? v : v - both[q])))
    }
    expect(change(cellSize)).toBeGreaterThan(1e-3)
    expect(change(cellSize / 4)).toBeLessThan(0.15 * change(cellSize))
  })
})
