/** The impedance of a scenario at a moment of its run. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { InputError } from '../../src/parameter.ts'
import { spectrum } from '../../src/simulation/spectrum.ts'

const { scenario } = loadScenario('cathode-tis2-impedance')
const at = (time?: number, other = scenario) => finish(spectrum(other, [1e-2, 10], time))

it('is that of the start where no time is given, and stays it while the cell rests', () => {
  const start = at()
  expect(start.points).toHaveLength(2)
  expect(at(0)).toEqual(start)
  for (const [k, { re, im }] of at(600).points.entries()) {
    expect(re).toBeCloseTo(start.points[k].re, 9)
    expect(im).toBeCloseTo(start.points[k].im, 9)
  }
})

it('is another one after a discharge, at low frequencies first', () => {
  const { scenario: discharge } = loadScenario('cathode-tis2')
  const [start, later] = [at(0, discharge), at(600, discharge)]
  // The slow part: what the particles hold by now.
  const [{ re, im }] = later.points
  expect(re).toBeGreaterThan(0)
  expect(im).toBeLessThan(0)
  expect(Math.hypot(re - start.points[0].re, im - start.points[0].im)).toBeGreaterThan(1e-2 * Math.hypot(re, im))
})

it('at no time of the run is refused with the time to take', () => {
  for (const time of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => at(time)).toThrow(InputError)
  expect(() => at(-1)).toThrow(/^at: got -1; must be a time in seconds from 0 on/)
  expect(() => at(1e9)).toThrow(/^at: got 1000000000 s, but the run ends at .* s; give a time before that/)
})
