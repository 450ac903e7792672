/** A measured current as a load: its table, and runs that follow it. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { currentAt, MOST_ROWS, readDriveCycle, untilNextRow } from '../../../src/models/cathode/protocol/drive.ts'
import { InputError, type Values } from '../../../src/parameter.ts'
import { CellCache } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import { working } from '../../working.ts'

const problemOf = (text: string) => {
  const found = readDriveCycle(text)
  return 'problem' in found ? found.problem : undefined
}
const read = (text: string) => {
  const found = readDriveCycle(text)
  if ('problem' in found) throw new RangeError(found.problem)
  return found.cycle
}

describe('a table of a current', () => {
  it.each([
    ['# a drive cycle,\ncurrent [A],time [s]\n0.5,0\n-0.25,10\n', [0, 10], [0.5, -0.25], 'current'],
    ['Time/s\tI/mA\tEwe/V\n100\t1\t3\n101.5\t2\t3.1', [0, 1.5], [1e-3, 2e-3], 'current'],
    ['time (min);current density (mA/cm²)\n0,5;1,5\n1,5;-2', [0, 60], [15, -20], 'current density'],
    [
      'preamble\nof a cycler\n"Test Time [h]","Current [mA/g]"\n"1","10"\n"2","20"',
      [0, 3600],
      [10, 20],
      'specific current',
    ],
    ['time [s]  current [C]\n0   1\n10  0.5', [0, 10], [1, 0.5], 'rate'],
    [
      'step_time (s),Current_measured (A),Voltage (V)\r\n0:00:01,1,3\r\n0:01:01.5,2,3\r\n',
      [0, 60.5],
      [1, 2],
      'current',
    ],
  ])('is read with its units: %j', (text, time, current, kind) => {
    const cycle = read(text)
    expect([...cycle.time]).toEqual(time)
    for (const [k, I] of current.entries()) expect(cycle.current[k]).toBeCloseTo(I, 12)
    expect(cycle.kind).toBe(kind)
  })

  it.each([
    ['', /no row of numbers/],
    ['0,1\n1,2', /no header/],
    ['time,current [A]\n0,1\n1,2', /"time" has no known unit of time/],
    ['time [s],current\n0,1\n1,2', /"current" has no known unit of current/],
    ['time [s],voltage [V]\n0,1\n1,2', /got the columns "time \[s\]", "voltage \[V\]" and none of current/],
    ['time [s],total time [s],current [A]\n0,1,2\n1,2,3', /2 columns/],
    ['time [s],current [A]\n0,1\n0,2', /line 3: the time 0 s does not come after 0 s/],
    ['time [s],current [A]\n0,1\n1,\n2,3', /line 3: got "1,"; every row needs/],
    ['time [s],current [A]\n0,1\n1,two\n2,3', /line 3/],
    ['time [s],current [A]\n0,1', /one row/],
    ['time [s];current [mA]\n0;3,420\n10;1,250', /line 2: "3,420" may have a decimal comma or one between thousands/],
    [`time [s],current [A]\n${'1'.repeat(5000)},1`, /every row needs|one row/],
    [`${'('.repeat(100_000)}\n1,2`, /header|columns/],
  ])('is refused with the line or the column: %.50j', (text, message) => {
    expect(problemOf(text)).toMatch(message)
    expect(problemOf(text)?.length).toBeLessThanOrEqual(300)
  })

  it('may have a hundred thousand rows, and no more', () => {
    const rows = Array.from({ length: MOST_ROWS }, (_, k) => `${k / 10},${Math.sin(k).toFixed(5)}`)
    const used = working()
    const cycle = read(`time [s],current [A/m2]\n${rows.join('\n')}`)
    expect(used()).toBeLessThan(5000)
    expect(cycle.time.at(-1)).toBeCloseTo((MOST_ROWS - 1) / 10, 9)
    expect(currentAt(cycle, 777.75)).toBeCloseTo((Math.sin(7777) + Math.sin(7778)) / 2, 4)
    expect(problemOf(`time [s],current [A/m2]\n${rows.join('\n')}\n1e9,1`)).toMatch(/more than 100000 rows/)
  })

  it('is linear between its rows, which steps in time end at', () => {
    const cycle = { time: Float64Array.of(0, 10, 30), current: Float64Array.of(0, 1, -1) }
    expect([-1, 0, 5, 10, 20, 30, 31].map((t) => currentAt(cycle, t))).toEqual([0, 0, 0.5, 1, 0, -1, -1])
    expect([0, 4, 10, 29].map((t) => untilNextRow(cycle, t))).toEqual([10, 6, 20, 1])
    // What is left of a row by round-off is no step.
    expect(untilNextRow(cycle, 10 - 1e-8)).toBeCloseTo(20, 6)
    expect(untilNextRow(cycle, 30)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('a run', () => {
  const base = loadScenario('cathode-lfp').scenario
  const cells = new CellCache()
  const go = (experiment: { name: string; values: Values }, parameters: Values = {}) => {
    const scenario = parseScenario({ ...base, parameters: { ...base.parameters, ...parameters }, experiment })
    const notices: string[] = []
    const running = simulate(scenario, { cells })
    for (;;) {
      const { done, value } = running.next()
      if (done) return { ...value, notices }
      if (value.kind === 'notice') notices.push(value.notice.message)
    }
  }
  const drive = (values: Values, parameters?: Values) => go({ name: 'drive-cycle', values }, parameters)

  it('passes the charge under the table', () => {
    const table = 'time [s],current [C]\n0,0\n100,1\n400,1\n410,-0.5\n600,-0.5\n700,2'
    const { steps, observables } = drive({ table, repeats: 2 })
    const hours = (50 + 300 + 2.5 - 95 + 75) / 3600
    expect(observables.utilisation).toBeCloseTo(2 * hours, 8)
    expect(steps?.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['done', 'after 700 s'],
      ['done', 'after 700 s'],
    ])
  })

  it('may have as long a table as its reader takes, and other texts may not', () => {
    const rows = Array.from({ length: MOST_ROWS }, (_, k) => `${k / 10},${Math.sin(k).toFixed(5)}`)
    const scenario = (values: Values) => parseScenario({ ...base, experiment: { name: 'drive-cycle', values } })
    const table = `time [s],current [C]\n${rows.join('\n')}`
    expect(scenario({ table }).experiment.values.table).toBe(table)
    expect(() => scenario({ table: table.repeat(3) })).toThrow(/experiment.values.table: got .* at most 4,000,000/)
    expect(() => scenario({ before: table })).toThrow(/experiment.values.before: got .* at most 20,000/)
  })

  it('is that at constant current where the table is constant', () => {
    const measured = drive({ table: 'time [s],current [C]\n0,1\n300,1\n900,1' })
    const constant = go({ name: 'steps', values: { steps: 'discharge at 1C for 15 min' } })
    expect(measured.observables.voltage).toBeCloseTo(constant.observables.voltage, 4)
    expect(measured.observables.utilisation).toBeCloseTo(0.25, 9)
  })

  it('takes amperes with the area of the electrode, and the sign of the file', () => {
    const table = 'time [s],current [A]\n0,-0.1\n100,-0.1'
    expect(() => drive({ table })).toThrow(InputError)
    expect(() => drive({ table })).toThrow(/experiment.values.table: .*area of the electrode/)
    const { steps } = drive({ table, sign: 'charge', scale: 2 }, { electrode_area: 0.01 })
    expect(steps?.[0].charge).toBeCloseTo((2 * 0.1 * 100) / 0.01, 5)
  })

  it('stands between written steps, and says when a cut-off comes first', () => {
    const { steps, notices } = drive({
      table: 'time [s],current [C]\n0,1\n600,1\n601,200\n900,200',
      before: 'rest 10 s',
      after: 'rest 20 s; charge at 1C for 10 s',
    })
    expect(steps?.map(({ label }) => label.replace(/ at.*/, ''))).toEqual([
      'rest',
      'measured current',
      'rest',
      'charge',
    ])
    expect(steps?.[1].outcome).toBe('early')
    expect(steps?.[1].end).toBeGreaterThan(610)
    expect(steps?.[1].end).toBeLessThan(620)
    expect(notices.join()).toMatch(
      /Step 2 \(measured current\) ended early, after 60\d.\d+ s, at the lower cut-off of 2.5 V/,
    )
    expect(() => drive({ table: 'time [s],current [C]\n0,1\n1,1', before: 'rest' })).toThrow(
      /experiment.values.before: .*needs a time/,
    )
  })
})
