import { expect, it } from 'vitest'
import type { ShapeSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { loadScenario } from '../../src/cli/input.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const ball = (center: number[], radius: number, phase = 'b'): ShapeSpec => ({ shape: 'ball', phase, center, radius })
const cell = (shapes: ShapeSpec[], resolution = 16, dimension: 2 | 3 = 2) =>
  solveCell({ dimension, background: 'a', resolution, shapes }, [])

it('names a shape that falls between the nodes where its phase has others, and the mesh that shows it', () => {
  const { unseen } = cell([ball([0.5, 0.5], 0.2), ball([0.156, 0.156], 0.012)])
  expect(unseen?.map(({ shape }) => shape)).toEqual([1])
  expect(unseen?.[0].shownAt).toBeGreaterThan(16)
  const spec = [ball([0.5, 0.5], 0.2), ball([0.156, 0.156], 0.012)]
  expect(cell(spec, unseen?.[0].shownAt).unseen).toBeUndefined()
})

it('says nothing of shapes that are seen, and of those that later ones cover', () => {
  expect(cell([ball([0.5, 0.5], 0.2), ball([0.15, 0.15], 0.1)]).unseen).toBeUndefined()
  expect(cell([ball([0.5, 0.5], 0.1), ball([0.5, 0.5], 0.3)]).unseen).toBeUndefined()
})

it('does so in space', () => {
  const [small] = cell([ball([0.5, 0.5, 0.5], 0.3), ball([0.06, 0.06, 0.06], 0.02)], 8, 3).unseen ?? []
  expect(small.shape).toBe(1)
})

it('says so in a run of every family', () => {
  for (const [name, phase] of [
    ['tissue-two-sizes', 'intracellular'],
    ['porous-opening', 'solid'],
    ['cathode-opening', 'active'],
  ]) {
    const { scenario } = loadScenario(name)
    const shapes = [...scenario.cell.shapes, ball([0.008, 0.008], 0.005, phase)]
    const run = simulate({ ...scenario, cell: { ...scenario.cell, shapes }, time: { ...scenario.time, frames: 1 } })
    const told: string[] = []
    for (let step = run.next(); !step.done && told.length === 0; step = run.next())
      if (step.value.kind === 'notice' && /smaller than the mesh/.test(step.value.notice.message))
        told.push(step.value.notice.message)
    expect(told[0], name).toContain(`Shape ${shapes.length} (ball of the phase ${phase}, radius 0.005)`)
    expect(told[0].length).toBeLessThan(300)
  }
})
