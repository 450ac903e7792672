/** What the cell decides, and what it cannot: classes, refusals and notices of the homogenized tissue. */
import { describe, expect, it } from 'vitest'
import type { ShapeSpec } from '../../../src/cell/cell.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { InputError } from '../../../src/parameter.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import type { Scenario } from '../../../src/simulation/scenario.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'

const ball = (phase: string, radius: number, center = [0.5, 0.5]): ShapeSpec => ({
  shape: 'ball',
  phase,
  center,
  radius,
})

function build(shapes: ShapeSpec[], changes: Partial<Scenario> = {}) {
  const { scenario } = loadScenario('tissue-b1-pulse')
  const { size: _, ...cell } = { ...scenario.cell, shapes, resolution: 32 }
  const problems = ['extracellular', 'intracellular'].map((phase) => ({ kind: 'perforated' as const, phase }))
  return macroModel(
    familyInput({ ...scenario, macro: { dimension: 1, size: [1e-3], nodes: [11] }, ...changes }),
    solveCell(cell, problems),
  )
}

const plane = { macro: { dimension: 2 as const, size: [1e-3, 1e-3], nodes: [9, 9] } }

describe('the cell decides', () => {
  it('isolated cells or a syncytium, per axis of the box', () => {
    expect(build([ball('intracellular', 0.4)]).modelClass).toBe('connected-disconnected')
    const bar = { shape: 'bar', phase: 'intracellular', axis: 'y', center: [0.5, 0.5], width: 0.4 }
    const along = { ...bar, axis: 'x' }
    expect(build([along]).modelClass).toBe('connected-connected')
    expect(() => build([bar])).toThrow(/does not percolate along x/)
    expect(() => build([along], plane)).toThrow(/does not percolate along y/)
  })

  it('refuses a phase that percolates only along a diagonal, in a box that needs both directions', () => {
    const stripe = {
      shape: 'polygon',
      phase: 'intracellular',
      vertices: [
        [0, 0],
        [0.3, 0],
        [1.3, 1],
        [1, 1],
      ],
    }
    expect(() => build([stripe], plane)).toThrow(/only along a diagonal/)
    expect(build([stripe]).modelClass).toBe('connected-connected')
  })

  it('refuses a tissue without a membrane and names bystanders and pockets', () => {
    expect(() => build([ball('sheath', 0.45), ball('intracellular', 0.3)])).toThrow(/no membrane/)
    const vessel = build([ball('intracellular', 0.3), ball('vessel', 0.1, [0, 0])])
    expect(vessel.notices.map((n) => n.message).join()).toMatch(/vessel takes no part/)
    const pocket = build([ball('intracellular', 0.4), ball('extracellular', 0.2)])
    expect(pocket.notices.map((n) => n.message).join()).toMatch(/2 separate pieces/)
  })
})

describe('a scenario is refused, with words, for', () => {
  const refusal = (changes: Partial<Scenario>): string => {
    const { scenario } = loadScenario('tissue-b1-pulse')
    try {
      parseScenario({ ...scenario, ...changes })
      return ''
    } catch (error) {
      if (error instanceof InputError) return error.message
      throw error
    }
  }
  const { scenario } = loadScenario('tissue-b1-pulse')
  const [pulse] = scenario.stimuli
  const region = (center: number[]) => ({
    stimuli: [{ ...pulse, region: { shape: 'gaussian' as const, center, radius: 1e-4 } }],
  })
  it.each([
    ['a stimulus with too many coordinates', region([1e-3, 1e-3]), /got 2 coordinates; the tissue has 1/],
    ['a stimulus outside the tissue', region([1]), /outside the tissue/],
    [
      'a stimulus that is over before the run starts',
      { stimuli: [{ ...pulse, start: -5, end: -1 }] },
      /would never act/,
    ],
    [
      'a bath in the centre of a ball',
      {
        parameters: { ...scenario.parameters, geometry: 'radial' },
        experiment: { name: 'bath', values: { sides: 'left' } },
      },
      /centre of the ball/,
    ],
    [
      'a current through a ball',
      { parameters: { ...scenario.parameters, geometry: 'radial' }, experiment: { name: 'current', values: {} } },
      /no two ends/,
    ],
    [
      'a shell in the plane',
      { ...plane, parameters: { ...scenario.parameters, shell: 1e-4 } },
      /shells are layers along x/,
    ],
  ] as [string, Partial<Scenario>, RegExp][])('%s', (_, changes, message) => {
    expect(refusal(changes)).toMatch(message)
  })
})
