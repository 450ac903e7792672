import { describe, expect, it } from 'vitest'
import { FrameBuffer } from '../../src/app/store/frames.ts'
import { nearestNode, nodePoint } from '../../src/app/store/nodes.ts'
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
