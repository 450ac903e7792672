/** Colours of a run: from the frames of every model that has the field on show. */
import { expect, it } from 'vitest'
import { Ranges } from '../../src/app/picture/ranges.ts'
import { FrameBuffer, type FullFrame } from '../../src/app/store/frames.ts'
import { frame, model } from './fake.ts'

it('finds a field by its name where an earlier model has it at another place, and leaves models without it out', () => {
  const named = (name: string) => ({ ...model.fields[0], name })
  const frames = new FrameBuffer()
  const constant = (value: number) => new Float32Array(11).fill(value)
  frames.put({ ...frame(0), fields: [constant(-9), constant(1)] }, { ...model, fields: [named('C'), named('V')] })
  frames.put(frame(1, constant(-5)), { ...model, fields: [named('C')] })
  frames.put(frame(2, constant(4)), model)
  const settings = { map: 'viridis', range: 'run', min: 0, max: 1 } as const
  const range = new Ranges().of(settings, frames, frames.last as FullFrame, 0, model.fields[0])
  expect(range).toEqual({ min: 1, max: 4 })
})
