/** Pictures of the resolved tissue: linear fields are exact, and the reconstruction is what the correctors say. */
import { describe, expect, it } from 'vitest'
import { isOther } from '../../../src/app/picture/cellPicture.ts'
import { picturesOf } from '../../../src/app/picture/resolvedFrame.ts'
import { fields, resolvedTissue, smooth } from './tissue.ts'

const worst = (values: Float32Array) => values.reduce((m, v) => (isOther(v) ? m : Math.max(m, Math.abs(v))), 0)

describe.each([
  ['a sheet', [4, 2], 2],
  ['a strip', [8, 1], 1],
] as const)('%s', (_, repeat, dimension) => {
  const plain = resolvedTissue([...repeat], dimension, false)
  const full = resolvedTissue([...repeat], dimension, true)
  const pictures = picturesOf(full.description)

  it('has whole boxes per cell, and all of them are filled or of the other phase', () => {
    const [bx, by] = pictures.macro.nodes as [number, number]
    expect([bx / repeat[0], by / repeat[1]]).toEqual([pictures.perCell, pictures.perCell])
    const values = pictures.resolved(full.frame, 0, fields[0])
    expect(values.length).toBe(bx * by)
    const covered = values.filter((v) => !isOther(v))
    expect(covered.every(Number.isFinite)).toBe(true)
    // A disc of radius 0.35 covers 38 % of its cell.
    expect(covered.length / values.length).toBeCloseTo(1 - Math.PI * 0.35 ** 2, 2)
  })

  it('shows a linear field exactly', () => {
    const [bx, by] = pictures.macro.nodes as [number, number]
    const [sx, sy] = pictures.macro.size as [number, number]
    const values = picturesOf(plain.description).resolved(plain.frame, 0, fields[0])
    values.forEach((value, p) => {
      const x = [(((p % bx) + 0.5) / bx) * sx, ((Math.floor(p / bx) + 0.5) / by) * sy].slice(0, dimension)
      if (!isOther(value) && Math.abs(value - smooth('E', x)) > 2e-4) expect.fail(`${value} at ${x}`)
    })
  })

  it.each([0, 1, 2])('the difference to the reconstruction of field %i vanishes, the one to u0 does not', (index) => {
    expect(worst(pictures.difference(full.frame, index, fields, true))).toBeLessThan(1e-4)
    expect(worst(pictures.difference(full.frame, index, fields, false))).toBeGreaterThan(0.02)
  })

  it('without correctors in the truth, the difference to u0 vanishes in each phase', () => {
    const bare = picturesOf(plain.description)
    for (const index of [0, 1]) expect(worst(bare.difference(plain.frame, index, fields, false))).toBeLessThan(1e-4)
  })

  it('a field of the interface differs by what it differs at its nearest node, also where u0 bends', () => {
    const { frame, description } = resolvedTissue([...repeat], dimension, true)
    const v = frame.fields[2]
    for (let p = 0; p < v.length; p++) v[p] += 8 * ((p % 9) / 8) ** 2
    const difference = picturesOf(description).difference(frame, 2, fields, false)
    const values = picturesOf(description).resolved(frame, 2, fields[2])
    // One value of the truth is one node of the membrane: its points share one difference.
    const seen = new Map<number, number[]>()
    values.forEach((value, p) => {
      if (!isOther(value)) seen.set(value, [...(seen.get(value) ?? []), difference[p]])
    })
    const spread = [...seen.values()].map((d) => Math.max(...d) - Math.min(...d)).sort((a, b) => a - b)
    expect(spread[Math.floor(0.9 * spread.length)]).toBeLessThan(0.02)
  })

  it('counts only nodes where the field is defined', () => {
    for (const [index, field] of fields.entries()) {
      const values = full.frame.resolved!.fields[index]
      const nodes = pictures.nodesOf(field)
      expect(nodes.length).toBe(values.filter((v) => !Number.isNaN(v)).length)
      expect(nodes.every((p) => !Number.isNaN(values[p]))).toBe(true)
    }
  })
})
