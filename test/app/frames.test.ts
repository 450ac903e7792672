import { describe, expect, it } from 'vitest'
import { FrameBuffer, finite } from '../../src/app/store/frames.ts'
import { nearestNode, nodePoint } from '../../src/app/store/nodes.ts'
import type { Frame } from '../../src/simulation/frame.ts'
import { frame, model } from './fake.ts'

describe('frame buffer', () => {
  it('keeps every observable but thins out fields beyond its budget', () => {
    const frames = new FrameBuffer(5000)
    for (let i = 0; i < 40; i++) frames.put(frame(i), model)
    expect(frames.entries).toHaveLength(40)
    const full = frames.entries.filter((e) => e.full)
    expect(full.length).toBeLessThan(12)
    expect(full[0]?.index).toBe(0)
    expect(frames.last?.full).toBeDefined()
    expect(frames.at(20)!.index).toBeLessThanOrEqual(20)
  })

  it('a frame of an earlier index ends the abandoned future', () => {
    const frames = new FrameBuffer()
    for (let i = 0; i < 6; i++) frames.put(frame(i), model)
    frames.put(frame(3), model)
    expect(frames.entries.map((e) => e.index)).toEqual([0, 1, 2, 3])
  })

  it('a frame of an earlier time too: a run that starts anew goes on counting', () => {
    const frames = new FrameBuffer()
    for (let i = 0; i < 6; i++) frames.put(frame(i), model)
    frames.put({ ...frame(5), t: 0 }, model)
    frames.put({ ...frame(6), t: frame(1).t }, model)
    expect(frames.entries.map((e) => e.t)).toEqual([frame(0).t, frame(1).t])
  })
})

describe('frames of branches', () => {
  const held = (frames: FrameBuffer, id: number) =>
    new Set([...frames.entries, ...frames.branch(id)].filter((e) => e.full)).size

  it('fall under the same budget, each counted once, and the end of every line stays', () => {
    const budget = 10_000
    const frames = new FrameBuffer(budget)
    for (let i = 0; i < 8; i++) frames.put(frame(i), model)
    frames.keep(1)
    frames.truncate(4)
    for (let i = 4; i < 60; i++) frames.put(frame(i), model)
    const bytes = 11 * 4 + 88 * 8
    expect(held(frames, 1) * bytes).toBeLessThanOrEqual(budget)
    expect(frames.branch(1)).toHaveLength(8)
    expect(frames.branch(1).at(-1)?.full).toBeDefined()
    expect(frames.last?.full).toBeDefined()
  })

  it('give their room back when released', () => {
    const frames = new FrameBuffer(10_000)
    for (let i = 0; i < 11; i++) frames.put(frame(i), model)
    frames.keep(1)
    frames.clear()
    frames.release(1)
    for (let i = 0; i < 11; i++) frames.put(frame(i), model)
    expect(frames.entries.every((e) => e.full)).toBe(true)
  })

  it('of a resolved model count with the others', () => {
    const heavy = (i: number): Frame => ({
      ...frame(i),
      resolved: { fields: [new Float32Array(2000)], observables: new Float64Array(1), stats: frame(i).stats },
    })
    const frames = new FrameBuffer(40_000)
    for (let i = 0; i < 12; i++) frames.put(heavy(i), model)
    expect(frames.entries.filter((e) => e.full).length).toBeLessThanOrEqual(4)
  })
})

describe('two frames at one time', () => {
  it('are before and after an event of the same model', () => {
    const frames = new FrameBuffer()
    for (const [index, t] of [
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 2],
    ] as const)
      frames.put({ ...frame(index), t }, model)
    expect(frames.entries.map((e) => e.t)).toEqual([0, 1, 1, 2])
  })

  it('are a fresh beginning where the model is another', () => {
    const frames = new FrameBuffer()
    frames.put({ ...frame(0), t: 0 }, model)
    frames.put({ ...frame(1), t: 1 }, model)
    frames.put({ ...frame(1), t: 0 }, { ...model })
    expect(frames.entries.map((e) => e.index)).toEqual([1])
  })
})

describe('frames that hold no numbers', () => {
  it('are found in either model', () => {
    const bad = Float32Array.of(1, Number.NaN)
    const { stats } = frame(0)
    expect(finite(frame(1), model)).toBe(true)
    expect(finite(frame(1, bad), model)).toBe(false)
    expect(finite({ ...frame(1), resolved: { fields: [bad], observables: new Float64Array(0), stats } }, model)).toBe(
      false,
    )
  })

  it('are as they should be where a field is not defined', () => {
    const partial = { ...model, fields: model.fields.map((f) => ({ ...f, partial: true })) }
    expect(finite(frame(1, Float32Array.of(Number.NaN, 1)), partial)).toBe(true)
    expect(finite(frame(1, Float32Array.of(Number.POSITIVE_INFINITY, 1)), partial)).toBe(false)
  })
})

describe('nodes', () => {
  const macro = { dimension: 3 as const, size: [1, 2, 3], nodes: [5, 9, 4] }

  it('node and point are inverse to each other', () => {
    for (const node of [0, 7, 44, 100, 179]) expect(nearestNode(macro, nodePoint(macro, node))).toBe(node)
  })

  it('without a point it is the middle', () => {
    expect(
      nodePoint({ dimension: 1, size: [2], nodes: [5] }, nearestNode({ dimension: 1, size: [2], nodes: [5] })),
    ).toEqual([1])
  })
})
