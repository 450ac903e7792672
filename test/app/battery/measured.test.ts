import { describe, expect, it } from 'vitest'
import { parseMeasured } from '../../../src/app/battery/measured.ts'

const lines = (...rows: string[]) => `${rows.join('\n')}\n`

describe('a measured curve', () => {
  it('is read with its units', () => {
    const { track, notices } = parseMeasured(lines('capacity [mAh/g],voltage [V]', '0,2.5', '100,2.1'))
    expect(track.specific).toEqual([0, 360_000])
    expect(track.voltage).toEqual([2.5, 2.1])
    expect(notices).toEqual([])
  })

  it.each([
    ['Capacity (Ah/m2)\tE/mV', 'capacity', 3600],
    ['Q / mAh cm-2\tEwe/V', 'capacity', 36_000],
    ['Time_s\tVoltage(V)', 'time', 1],
    ['test time [min]\tpotential [V]', 'time', 60],
    ['DoD [%]\tcell voltage [V]', 'utilisation', 0.01],
    ['Specific capacity <mAh g-1>\tU <V>', 'specific', 3600],
  ] as const)('knows %s', (header, quantity, factor) => {
    const { track } = parseMeasured(lines(header, '0\t3', '1\t2'))
    expect(track[quantity]?.[1]).toBeCloseTo(factor)
    expect(track.voltage).toHaveLength(2)
  })

  it('in millivolts is in volts', () => {
    expect(parseMeasured(lines('t/s;E/mV', '0;3400', '1;3000')).track.voltage).toEqual([3.4, 3])
  })

  it('has its decimal commas repaired, and says so', () => {
    const { track, repairs } = parseMeasured(lines('capacity [mAh/g];voltage [V]', '0,5;2,51', '1,5;2,49'))
    expect(track.voltage).toEqual([2.51, 2.49])
    expect(repairs).toEqual(['Decimal commas are read as points.'])
    expect(parseMeasured(lines('time [s]\tvoltage [V]', '0\t2,51', '1\t2,49')).track.voltage).toEqual([2.51, 2.49])
  })

  it('with commas for both is refused', () => {
    const text = lines('capacity [mAh/g],voltage [V]', '0,5,2,51', '1,5,2,49')
    expect(() => parseMeasured(text)).toThrow(/twice as many values.*allowed.*try/)
  })

  it('names the rows that are not numbers and leaves them out', () => {
    const { track, notices } = parseMeasured(
      lines('time [s],voltage [V],mode', '0,3,CC', 'x,3,CC', '2,,CC', '3,2.9,CC'),
    )
    expect(track.time).toEqual([0, 3])
    expect(notices[0]).toMatch(/^2 rows are left out.*rows 2, 3\.$/)
  })

  it('is taken in volts without a unit, in millivolts where nothing else makes sense', () => {
    const volts = parseMeasured(lines('time [s],voltage', '0,3', '1,2.9'))
    expect(volts.notices).toEqual(['"voltage" has no unit: V is assumed.'])
    expect(parseMeasured(lines('time [s],voltage', '0,3000', '1,2900')).track.voltage).toEqual([3, 2.9])
    expect(() => parseMeasured(lines('time [s],voltage', '0,50', '1,60'))).toThrow(
      /without a unit.*V, mV.*voltage \[V\]/,
    )
  })

  it('asks for the unit of a capacity or a time', () => {
    expect(() => parseMeasured(lines('capacity,voltage [V]', '0,3', '1,2.9'))).toThrow(
      /got "capacity" without a unit; allowed are mAh\/g, Ah\/m2, mAh\/cm2; try "capacity \[mAh\/g\]"/,
    )
    expect(() => parseMeasured(lines('time,voltage [V]', '0,3', '1,2.9'))).toThrow(/got "time" without a unit/)
  })

  it('leaves a column of an unknown unit out where another will do', () => {
    const { track, notices } = parseMeasured(lines('time [s],capacity [Ah],voltage [V]', '0,0,3', '1,1,2.9'))
    expect(Object.keys(track).sort()).toEqual(['time', 'voltage'])
    expect(notices[0]).toMatch(/^A column is left out: got "capacity \[Ah\]", whose unit is not known/)
  })

  it('that is none says what it got and what to try', () => {
    expect(() => parseMeasured(' \n')).toThrow(/got an empty file.*try|write/)
    expect(() => parseMeasured(lines('a,b', '0,3', '1,2.9'))).toThrow(/got the columns "a", "b".*allowed are a voltage/)
    expect(() => parseMeasured(lines('0,3', '1,2.9'))).toThrow(/got numbers in the first row/)
    expect(() => parseMeasured(lines('time [s],current [A/m2]', '0,3', '1,2.9'))).toThrow(/none of them a voltage/)
    expect(() => parseMeasured(lines('voltage [V],current [A/m2]', '3,3', '2,2.9'))).toThrow(
      /a voltage against nothing/,
    )
    expect(() => parseMeasured(lines('time [s],voltage [V]', 'a,b'))).toThrow(/got 0 rows of numbers/)
  })

  it('begins at time zero and may have remarks and a mark of its encoding', () => {
    const { track, repairs } = parseMeasured(`\uFEFF${lines('# a cell', 'time [s],voltage [V]', '10,3', '11,2.9')}`)
    expect(track.time).toEqual([0, 1])
    expect(repairs).toEqual(['The time begins at zero.'])
  })
})
