/** The microscope: where it looks, what it sees in a cell, where it stands. */
import { describe, expect, it } from 'vitest'
import { LENS_POINTS, type LensImage, type LensQuery, lensImage } from '../../../src/app/judge/lens.ts'
import { paintLens } from '../../../src/app/judge/paintLens.ts'
import { lensSide, placeLens } from '../../../src/app/judge/placeLens.ts'
import { isOther } from '../../../src/app/picture/cellPicture.ts'
import { ResolvedPictures } from '../../../src/app/picture/resolvedFrame.ts'
import type { FullFrame } from '../../../src/app/store/frames.ts'
import type { Field } from '../../../src/models/family.ts'
import { cell, fields, resolvedTissue, smooth } from './tissue.ts'

function look(change: Partial<LensQuery> = {}, judged = true, dimension: 1 | 2 = 2): LensImage | string {
  const { frame, description } = resolvedTissue(dimension === 2 ? [4, 4] : [4, 1], dimension, true)
  const model = { fields, resolved: judged ? description : undefined }
  const full = judged ? frame : { ...frame, resolved: undefined }
  return lensImage({
    entry: { full, model } as unknown as FullFrame,
    field: fields[0],
    cell,
    cellSize: 0.01,
    point: [0.7, 1.2].slice(0, dimension),
    mode: 'reconstructed',
    plane: 2,
    depth: 0.5,
    ...change,
  })
}

const seen = (change?: Partial<LensQuery>, judged?: boolean, dimension?: 1 | 2) => {
  const image = look(change, judged, dimension)
  if (typeof image === 'string') throw new Error(image)
  return image
}

describe('what it sees', () => {
  it('is the cell of the tiling under the pointer', () => {
    const { centre, cellSize } = seen()
    expect(cellSize).toBe(0.5)
    expect(centre).toEqual([0.75, 1.25])
  })

  it('is a cell around the pointer where no resolved model runs', () => {
    const { centre, cellSize } = seen({}, false)
    expect(cellSize).toBe(0.01)
    expect(centre).toEqual([0.7, 1.2])
  })

  it('is the truth where the truth is the reconstruction of a linear field', () => {
    for (const field of fields)
      for (const dimension of [1, 2] as const) {
        const expansion = seen({ field }, true, dimension).values
        const truth = seen({ field, mode: 'resolved' }, true, dimension).values
        expansion.forEach((v, q) => {
          if (Math.abs(v - truth[q]) > 1e-4) expect.fail(`${field.name}: ${v} instead of ${truth[q]}`)
        })
        const { min, max } = seen({ field, mode: 'difference' }, true, dimension)
        expect(max).toBeLessThan(1e-2)
        expect(min).toBeCloseTo(-max, 12)
      }
  })

  it('far from the membrane of a small cell is the homogenized value', () => {
    const image = seen({}, false)
    const corner = image.values[0]
    expect(Math.abs(corner - smooth('E', image.centre))).toBeLessThan(0.02)
    expect(isOther(image.values[(LENS_POINTS * LENS_POINTS + LENS_POINTS) / 2])).toBe(true)
    expect(image.variation).toBeGreaterThan(0)
    expect(image.uniform).toBe(false)
  })

  it('without a resolved model is the reconstruction, whatever was chosen', () => {
    expect(seen({ mode: 'difference' }, false).mode).toBe('reconstructed')
  })
})

it('measures the same difference as the picture beside, also where the field bends within a cell', () => {
  const { frame, description } = resolvedTissue([2, 2], 2, true)
  const [e] = frame.fields
  // A bend of 0.4 over a cell.
  for (let p = 0; p < e!.length; p++) e![p] += 1.6 * ((p % 9) / 8) ** 2
  const pictures = new ResolvedPictures(description)
  const beside = pictures.difference(frame, 0, fields, true)
  const side = 2 * pictures.perCell
  for (const [i, j] of [
    [0, 0],
    [1, 1],
  ] as const) {
    const image = lensImage({
      entry: { full: frame, model: { fields, resolved: description } } as unknown as FullFrame,
      field: fields[0],
      cell,
      cellSize: 0.5,
      point: [0.5 * i + 0.25, 0.5 * j + 0.25],
      mode: 'difference',
      plane: 2,
      depth: 0.5,
    }) as LensImage
    for (let q = 0; q < LENS_POINTS ** 2; q += 37) {
      const at = (s: number, cell: number) => Math.floor((cell + (s + 0.5) / LENS_POINTS) * pictures.perCell)
      const value = beside[at(q % LENS_POINTS, i) + side * at(Math.floor(q / LENS_POINTS), j)]
      if (isOther(value) || isOther(image.values[q])) continue
      expect(Math.abs(image.values[q] - value)).toBeLessThan(0.03)
    }
  }
})

describe('why it sees nothing', () => {
  it('a frame from before the resolved model ran, where that is asked for', () => {
    expect(look({ mode: 'resolved', judged: true }, false)).toMatch(/No resolved state at this time/)
    expect(typeof look({ mode: 'reconstructed', judged: true }, false)).toBe('object')
  })

  it('a field without a microscopic picture', () => {
    const field: Field = { ...fields[0], label: 'Stretch', microscopic: undefined }
    expect(look({ field })).toMatch(/Stretch has no microscopic picture/)
  })

  it('a cell without correctors', () => {
    expect(look({ cell: { ...cell, problems: [] } }, false)).toMatch(/given as parameters/)
  })
})

it('paints the field, the other phase and the membrane', () => {
  const pixels = paintLens(seen(), 'viridis', { other: [1, 2, 3], membrane: [4, 5, 6] })
  const at = (i: number, j: number) => [...pixels.subarray(4 * (i + LENS_POINTS * j), 4 * (i + LENS_POINTS * j) + 3)]
  expect(at(LENS_POINTS / 2, LENS_POINTS / 2)).toEqual([1, 2, 3])
  const row = Array.from({ length: LENS_POINTS }, (_, i) => at(i, LENS_POINTS / 2).join())
  expect(row.filter((colour) => colour === '4,5,6')).toHaveLength(2)
  expect(row[0]).not.toBe('1,2,3')
})

describe('where it stands', () => {
  const stages = [
    { width: 360, height: 590 },
    { width: 510, height: 390 },
    { width: 700, height: 480 },
  ]
  it.each(stages)('beside the point and inside a stage of $width x $height', (stage) => {
    const words = { width: 14, height: 66 }
    const side = lensSide(stage, words, 180)
    const lens = { width: side + words.width, height: side + words.height }
    expect(side).toBeGreaterThan(120)
    for (let x = 0; x <= stage.width; x += 10)
      for (let y = 0; y <= stage.height; y += 10) {
        const { left, top } = placeLens({ x, y }, lens, stage)
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
        expect(left + lens.width).toBeLessThanOrEqual(stage.width)
        expect(top + lens.height).toBeLessThanOrEqual(stage.height)
        expect(x > left && x < left + lens.width && y > top && y < top + lens.height).toBe(false)
      }
  })
})
