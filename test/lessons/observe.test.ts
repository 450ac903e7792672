/** Observations against what the library says by itself. */
import { describe, expect, it } from 'vitest'
import { finish } from '../../src/finish.ts'
import { changed } from '../../src/lessons/change.ts'
import type { NumberObservation } from '../../src/lessons/observation.ts'
import { Observer } from '../../src/lessons/observe.ts'
import { scenarioNames } from '../../src/lessons/scenarios.ts'
import { solveCell } from '../../src/simulation/cells.ts'
import { lesson, library } from './setup.ts'

const film = () => new Observer(library, { scenario: 'porous-opening' })
const disc = (radius: number) => ({ 'cell.shapes[0].radius': radius })
const entry = (take: 'xx' | 'yy' | 'xy' | 'bruggeman' | 'voigt' | 'upper', changes = {}): NumberObservation => ({
  kind: 'entry',
  of: 'pore',
  problem: 'perforated',
  take,
  changes,
})

describe('of the cell', () => {
  it('are those of the cell problem', () => {
    const cell = finish(solveCell(library('porous-opening')))
    const problem = cell.problems.find(({ kind }) => kind === 'perforated')!
    expect(film().tensor({ kind: 'tensor', of: 'pore', problem: 'perforated' })).toEqual(problem.tensor)
    expect(film().number(entry('xx'))).toBe(problem.tensor[0][0])
    expect(film().number(entry('bruggeman'))).toBeCloseTo(cell.phases.pore.fraction ** 1.5, 12)
    expect(film().number(entry('upper'))).toBe(problem.bounds.hashinShtrikman?.upper)
    expect(film().number({ kind: 'phase', of: 'pore', take: 'percolates' })).toBe(2)
    expect(film().number({ kind: 'phase', of: 'solid', take: 'percolates' })).toBe(0)
  })

  it('turn with the cell', () => {
    const oblique = {
      'cell.shapes[0]': { shape: 'ellipsoid', phase: 'solid', center: [0.5, 0.5], radii: [0.3, 0.1], rotation: 45 },
    }
    expect(film().number({ kind: 'angle', of: 'pore', problem: 'perforated', changes: oblique })).toBeCloseTo(45, 1)
  })

  it('scan a field, and let an observation keep its own', () => {
    const line = film().curve({ kind: 'scan', path: 'cell.shapes[0].radius', values: [0.1, 0.2, 0.3], of: entry('xx') })
    expect(line.y).toEqual([0.1, 0.2, 0.3].map((r) => film().number(entry('xx', disc(r)))))
    const ratio = film().curve({
      kind: 'scan',
      path: 'cell.shapes[0].radius',
      values: [0.1, 0.3],
      of: { kind: 'ratio', of: [entry('xx'), entry('xx', disc(0.3))] },
    })
    expect(ratio.y[0]).toBeGreaterThan(1.5)
    expect(ratio.y[1]).toBe(1)
  })

  it('find the largest and the smallest, and words by thresholds', () => {
    const of = { thin: entry('xx', disc(0.1)), thick: entry('xx', disc(0.4)) }
    expect(film().word({ kind: 'largest', of })).toBe('thin')
    expect(film().word({ kind: 'smallest', of })).toBe('thick')
    const decide = (below: number) =>
      film().word({ kind: 'decide', of: entry('xx'), cases: [{ is: 'low', below }], otherwise: 'high' })
    expect([decide(0.1), decide(1)]).toEqual(['high', 'low'])
  })

  it('paint a corrector only where the phase is', () => {
    const rows = film().region({ kind: 'corrector', of: 'pore', problem: 'perforated', axis: 'x', side: 'above' }, 8, 8)
    const left = film().region({ kind: 'corrector', of: 'pore', problem: 'perforated', axis: 'x', side: 'below' }, 8, 8)
    expect(rows.map((row) => [...row].reverse().join(''))).toEqual(left)
    expect(rows[3][4]).toBe('.')
  })

  it('multiply a permeability by its period', () => {
    const { scenario, changes } = lesson('flow')
    const flow = new Observer(library, { scenario, changes })
    const at = (size: number, scaled: boolean) =>
      flow.number({
        kind: 'entry',
        of: 'electrolyte',
        problem: 'stokes',
        take: 'xx',
        scaled,
        changes: { 'cell.size': size },
      })
    expect(at(1e-7, true)).toBeCloseTo(0.01 * at(1e-7, false), 12)
    expect(at(3e-7, true) / at(1e-7, true)).toBeCloseTo(9, 10)
  })
})

describe('of a run', () => {
  const short = () => new Observer(library, { scenario: 'porous-opening', changes: { 'time.frames': 10 } })

  it('read observables against time and against each other', () => {
    const time = short().curve({ kind: 'series', of: 'current' })
    expect(time.x).toHaveLength(11)
    expect(time.x[10]).toBe(library('porous-opening').time.end)
    const loop = short().curve({ kind: 'series', of: 'current', against: 'energy' })
    expect(loop.y).toEqual(time.y)
  })

  it('read profiles between the reservoirs, at the end and before', () => {
    const { values } = library('porous-opening').experiment
    const profile = short().curve({ kind: 'profile', of: 'c_1' })
    expect([profile.x[0], profile.x.at(-1)]).toEqual([0, 1])
    expect([profile.y[0], profile.y.at(-1)!]).toEqual([
      expect.closeTo(Number(values.c1_left), 6),
      expect.closeTo(Number(values.c1_right), 6),
    ])
    const start = short().curve({ kind: 'profile', of: 'c_1', at: 0 })
    expect(start.y[80]).not.toBeCloseTo(profile.y[80], 3)
  })

  it('divide a line into a region by a share or a value', () => {
    const row = (share: number) => short().region({ kind: 'region', of: 'c_1', side: 'above', share }, 10, 1)[0]
    expect(row(0)).toMatch(/^#+\.?$/)
    expect(row(0.5)).toMatch(/^#+\.+$/)
    expect(row(0.5).length).toBe(10)
    expect(short().region({ kind: 'region', of: 'c_1', side: 'below', value: 1e9 }, 3, 1)).toEqual(['###'])
  })

  it.each([
    () => short().curve({ kind: 'series', of: 'mood' }),
    () => short().curve({ kind: 'profile', of: 'mood' }),
    () => short().curve({ kind: 'sweep', of: 'mood', from: 0, to: 1, steps: 2, volts: 0.01 }),
    () => short().curve({ kind: 'curve', of: 'closures', trace: 'mood' }),
    () => short().tensor({ kind: 'tensor', of: 'mood' }),
    () => short().curve({ kind: 'errors', of: 'mood', cells: [2] }),
  ])('name what there is instead of what there is not', (observe) => {
    expect(observe).toThrow(/got "mood"; valid are "/)
  })
})

describe('changes', () => {
  const base = library('porous-judge')

  it('put values at paths, take fields out, and leave the scenario alone', () => {
    const next = changed(base, { 'cell.shapes[0].radius': 0.2, 'macro.size[0]': 2e-7, micro: null })
    expect([next.cell.shapes[0].radius, next.macro.size[0], next.micro]).toEqual([0.2, 2e-7, undefined])
    expect([base.cell.shapes[0].radius, base.micro === undefined]).toEqual([0.3, false])
  })

  it.each(['cell.shapes[9].radius', 'nothing.here', '__proto__.x', 'constructor.prototype.x', ''])(
    'of "%s" lead nowhere',
    (path) => {
      expect(() => changed(base, { [path]: 1 })).toThrow(/no such field/)
      expect(({} as Record<string, unknown>).x).toBeUndefined()
    },
  )
})

it('a lesson names the scenarios that it rests on', () => {
  expect(scenarioNames(lesson('tensor'))).toEqual(['tissue-opening'])
})
