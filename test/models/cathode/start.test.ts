/** Where a cell starts: a filling, a voltage at rest or a state of charge. */
import { describe, expect, it } from 'vitest'
import { finish } from '../../../src/finish.ts'
import { openingProblems } from '../../../src/models/cathode/homogenized/opening.ts'
import { startFilling, startProblems } from '../../../src/models/cathode/homogenized/start.ts'
import { openCircuit } from '../../../src/models/cathode/laws/thermodynamics.ts'
import { type CathodeValues, parameters } from '../../../src/models/cathode/parameters/index.ts'
import { checkStart } from '../../../src/models/checkStart.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import { LinearSolveError } from '../../../src/numerics/system.ts'
import { defaults, InputError } from '../../../src/parameter.ts'
import { begin, cellOf, TEACHING, voltage } from './setup.ts'

const thermal = (GAS_CONSTANT * 298.15) / FARADAY
const v = (values: Partial<CathodeValues>): CathodeValues => ({ ...defaults(parameters), ...values })

describe('a start', () => {
  it('is the filling unless said otherwise', () => {
    expect(startFilling(v({ y0: 0.3, V_start: 3.4, soc_start: 0.2 }))).toBe(0.3)
    expect(startFilling(v({ start_from: 'charge', soc_start: 0.2 }))).toBeCloseTo(0.8, 12)
  })

  it.each([
    [-8, 3.8],
    [-8, 3.1],
    [0, 3.45],
    [4.5, 3.5],
    [4.5, 3.43],
    [4.5, 3.41],
    [4.5, 3.32],
  ])('at Ω = %d and %d V is where the material rests, on the stable side of a plateau', (Omega, V_start) => {
    const values = v({ start_from: 'voltage', Omega, V_start })
    expect(startProblems(values)).toEqual([])
    const y = startFilling(values)
    expect(openCircuit(values.V0, Omega, thermal, y)).toBeCloseTo(V_start, 9)
    expect(y < 0.5).toBe(V_start >= values.V0)
  })

  it.each([5, 0.5])('at %d V does not exist', (V_start) => {
    const [problem] = startProblems(v({ start_from: 'voltage', V_start }))
    expect(problem.path).toBe('parameters.V_start')
    expect(problem.message).toMatch(/at rest this material has \d\.\d+ V \(full\) to \d\.\d+ V \(empty\)/)
  })

  it('is what the voltage of the cell shows before a current flows', () => {
    const steps = [{ label: 'rest', hold: 'current' as const, value: 0, until: { duration: 1 } }]
    const run = begin(cellOf(TEACHING, { values: { noise: 0, start_from: 'voltage', V_start: 3.35 }, steps }), 1e-8)
    expect(voltage(run)).toBeCloseTo(3.35, 8)
  })
})

describe('a start without potentials', () => {
  const well = cellOf(TEACHING, { steps: [{ label: 'rest', hold: 'voltage', value: 3.4, until: { duration: 1 } }] })
  const ill: typeof well = Object.assign(Object.create(well), {
    linearise: () => {
      throw new LinearSolveError('singular')
    },
  })
  const problems = (values: Partial<CathodeValues>, cure?: keyof CathodeValues) =>
    finish(
      openingProblems(ill, v(values), {
        stepping: () => ill,
        changed: (changes) => (cure && cure in changes ? well : ill),
      }),
    )

  it('names the parameter whose usual value would do', () => {
    expect(problems({ noise: 1.2, i_foil: 1e-9 }, 'i_foil')).toEqual([
      {
        path: 'parameters.i_foil',
        message: 'got 1e-9, with which no potentials balance the reactions at the start; 20 does',
      },
    ])
  })

  it('is found piece by piece, so that a cancel is heard', () => {
    const asked = openingProblems(ill, v({ noise: 1.2 }), { stepping: () => ill, changed: () => well })
    expect(asked.next().done).toBe(false)
    expect(() => finish(checkStart({ obstacles: () => asked }))).toThrow(InputError)
    expect([...checkStart({})]).toEqual([])
  })

  it('says so where none does', () => {
    expect(problems({ noise: 1.2 })[0].message).toMatch(/closer to a built-in scenario/)
    expect(finish(openingProblems(well, v({}), { stepping: () => ill, changed: () => ill }))).toEqual([])
  })
})
