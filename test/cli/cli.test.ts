/** The command line as outside scripts use it: a process with arguments, streams and an exit code. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'

const script = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'twoscale-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function cli(...args: string[]): { code: number; out: string; err: string[] } {
  const done = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], { encoding: 'utf8' })
  return { code: done.status ?? -1, out: done.stdout, err: done.stderr.split('\n').filter(Boolean) }
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const cell = (changes = {}) => ({
  version: 1,
  cell: {
    dimension: 2,
    background: 'matrix',
    shapes: [{ shape: 'ellipsoid', phase: 'inclusion', center: [0.5, 0.5], radii: [0.4, 0.2], rotation: 30 }],
    resolution: 64,
    ...changes,
  },
  problems: [
    { kind: 'perforated', phase: 'matrix' },
    { kind: 'contrast', name: 'k', coefficients: { matrix: 1, inclusion: 10 } },
  ],
})

describe('cell', () => {
  it('prints one JSON object in the agreed form', () => {
    const { code, out, err } = cli('cell', file('good.json', cell()))
    expect(code).toBe(0)
    expect(err).toEqual([])
    const result = JSON.parse(out)
    expect(result.phases.matrix.percolates).toEqual([true, true])
    expect(result.phases.inclusion.percolates).toEqual([false, false])
    expect(Object.keys(result.interfaceMeasure)).toEqual(['inclusion|matrix'])
    expect(result.problems.map((p: { kind: string; name?: string; phase?: string }) => p.phase ?? p.name)).toEqual([
      'matrix',
      'k',
    ])
    for (const p of result.problems) {
      expect(p.tensor).toHaveLength(2)
      expect(p.iterations).toHaveLength(2)
      for (const key of ['error', 'residual', 'seconds']) expect(Number.isFinite(p[key]), key).toBe(true)
    }
    const finer = JSON.parse(cli('cell', file('finer.json', cell({ resolution: 128 }))).out)
    const [a, b] = [result.problems[0], finer.problems[0]]
    for (const [i, j] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ])
      expect(Math.abs(a.tensor[i][j] - b.tensor[i][j])).toBeLessThan(a.error + b.error)
  })

  it.each([
    [
      'a negative radius',
      cell({ shapes: [{ shape: 'ball', phase: 'inclusion', center: [0.5, 0.5], radius: -1 }] }),
      /cell\.shapes\[0\]\.radius: got -1/,
    ],
    [
      'an unknown shape',
      cell({ shapes: [{ shape: 'teapot', phase: 'inclusion' }] }),
      /cell\.shapes\[0\]\.shape: got "teapot"/,
    ],
    ['an unknown field', { ...cell(), colour: 1 }, /colour: unknown field/],
    ['a future version', { ...cell(), version: 2 }, /version: got 2/],
    ['no problems', { ...cell(), problems: [] }, /problems: got an empty list/],
    [
      'an unknown phase',
      { ...cell(), problems: [{ kind: 'perforated', phase: 'air' }] },
      /problems\[0\]\.phase: got "air"/,
    ],
    [
      'a contrast beyond double precision',
      { ...cell(), problems: [{ kind: 'contrast', name: 'k', coefficients: { matrix: 1, inclusion: 1e12 } }] },
      /must not exceed 1e\+8/,
    ],
    [
      'a phase without a proper name',
      cell({ shapes: [{ shape: 'ball', phase: '__proto__', center: [0.5, 0.5], radius: 0.2 }] }),
      /cell\.shapes\[0\]\.phase: got "__proto__"/,
    ],
    [
      'a negative coefficient',
      { ...cell(), problems: [{ kind: 'contrast', name: 'k', coefficients: { matrix: 1, inclusion: -2 } }] },
      /coefficients\.inclusion: got -2/,
    ],
    ['an odd resolution', cell({ resolution: 61 }), /cell\.resolution: got 61/],
    ['something that is not JSON', '{"version": NaN}', /not JSON/],
  ])('refuses %s: exit code 2, a line on stderr, nothing on stdout', (name, content, message) => {
    const { code, out, err } = cli('cell', file(`${name}.json`, content))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toHaveLength(1)
    expect(err[0]).toMatch(message)
  })

  it('writes what is inside the cell into a folder', () => {
    const into = join(folder, 'inside')
    expect(cli('cell', file('inside.json', cell()), '--out', into).code).toBe(0)
    const files = readdirSync(into).sort()
    expect(files).toEqual(['1-perforated.npz', '2-contrast.npz'])
    const { code, err } = cli('cell', file('again.json', cell()), '--out', join(into, files[0]))
    expect(code).toBe(2)
    expect(err[0]).toMatch(/cannot be written/)
  })

  it('makes no folder for what it refuses, and says which file is in its way', () => {
    const none = join(folder, 'refused')
    expect(cli('cell', file('refused.json', cell({ resolution: 61 })), '--out', none).code).toBe(2)
    expect(existsSync(none)).toBe(false)
    const into = join(folder, 'taken')
    mkdirSync(join(into, '1-perforated.npz'), { recursive: true })
    const { code, out, err } = cli('cell', file('taken.json', cell()), '--out', into)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err[0]).toMatch(/taken.1-perforated\.npz cannot be written/)
  })

  it('prints a line for each of several problems', () => {
    const bad = cell({
      resolution: 0,
      dimension: 2,
      shapes: [{ shape: 'ball', phase: 'inclusion', center: [0.5], radius: 0 }],
    })
    const { code, err } = cli('cell', file('several.json', bad))
    expect(code).toBe(2)
    expect(err.length).toBeGreaterThanOrEqual(3)
  })
})

describe('run', () => {
  it('writes tables and prints a summary', () => {
    const { scenario } = loadScenario('tissue-b1-pulse')
    const path = file('short.json', { ...scenario, time: { end: 5, frames: 5, rtol: 1e-3 } })
    const out = join(folder, 'out')
    const result = cli('run', path, '--out', out)
    expect(result.code).toBe(0)
    const summary = JSON.parse(result.out)
    expect(summary.modelClass).toBe('connected-disconnected')
    expect(summary.t).toBe(5)
    expect(summary.stats.accepted).toBeGreaterThan(4)
    for (const key of ['budget_Na', 'budget_K', 'budget_Cl']) expect(summary.budgets[key]).toBeLessThan(1e-12)
    expect(summary.tensors.problems).toHaveLength(2)
    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toEqual(summary)
    const observables = readFileSync(join(out, 'observables.csv'), 'utf8').trim().split('\n')
    expect(observables.filter((line) => !line.startsWith('#'))).toHaveLength(7)
    expect(observables[0]).toMatch(/^# Software: Twoscale \d/)
    expect(summary.record.result).toMatch(/^[0-9a-f]{64}$/)
    expect(readdirSync(join(out, 'fields'))).toContain('K_E.csv')
    expect(readdirSync(join(out, 'curves')).sort()).toEqual([
      'groups.csv',
      'isochronal.csv',
      'membrane.csv',
      'tissue.csv',
    ])
    expect(result.err.at(-1)).toMatch(/100 %/)
  })

  it('explains a cell that admits no model, and writes nothing', () => {
    const { scenario } = loadScenario('tissue-b1-pulse')
    const wall = [{ shape: 'bar', phase: 'intracellular', axis: 'y', center: [0.5, 0.5], width: 0.4 }]
    const out = join(folder, 'none')
    const result = cli(
      'run',
      file('wall.json', { ...scenario, cell: { ...scenario.cell, shapes: wall } }),
      '--out',
      out,
    )
    expect(result.code).toBe(2)
    expect(result.out).toBe('')
    expect(result.err.join()).toMatch(/does not percolate along x/)
    expect(existsSync(out)).toBe(false)
  })
})

describe('odd words', () => {
  it.each(['constructor', 'toString', '__proto__'])('does not take "%s" for a command', (word) => {
    const { code, out, err } = cli(word)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err[0]).toContain(`got the command "${word}"`)
  })

  it('explains itself when asked for help, also after a command', () => {
    for (const args of [['--help'], ['run', '--help']]) {
      const { code, out } = cli(...args)
      expect(code).toBe(0)
      expect(out).toMatch(/usage:/)
    }
  })

  it('refuses a file as output folder before it runs', () => {
    const { code, err } = cli('run', 'tissue-opening', `--out=${file('occupied', 'x')}`)
    expect(code).toBe(2)
    expect(err).toHaveLength(1)
    expect(err[0]).toMatch(/is a file; give a folder/)
  })

  it('names a phase that a tissue lacks where the user can add it', () => {
    const { scenario } = loadScenario('tissue-b1-pulse')
    const shapes = [{ shape: 'ball', phase: 'foo', center: [0.5, 0.5], radius: 0.3 }]
    const { code, err } = cli('run', file('foo.json', { ...scenario, cell: { ...scenario.cell, shapes } }))
    expect(code).toBe(2)
    expect(err.join()).toMatch(/cell\.shapes: the cell has no phase "intracellular", only extracellular, foo/)
  })
})

describe('words', () => {
  it('lists scenarios and describes the family with units and sources', () => {
    expect(cli('scenarios').out).toMatch(/tissue-opening\ttissue\t2D/)
    const { out } = cli('describe', 'tissue')
    expect(out).toMatch(/G_Na\s+0.04 S\/m²/)
    expect(out).toMatch(/Gao/)
  })

  it('prints the limits, and refuses what is beyond them before any other work', () => {
    expect(cli('describe', 'limits').out).toMatch(/200 {2}shapes of a cell/)
    const shape = { shape: 'ball', phase: 'inclusion', center: [0.5, 0.5], radius: 0.1 }
    const { code, err } = cli('cell', file('crowd.json', cell({ shapes: Array(201).fill(shape) })))
    expect(code).toBe(2)
    expect(err).toEqual([
      'cell.shapes: got 201 shapes of a cell; at most 200 are allowed; try to draw a smaller part of the structure',
    ])
  })

  it.each([
    [['dance'], /got the command "dance"/],
    [['run'], /got 0 arguments/],
    [['run', 'no-such'], /neither a file nor a built-in scenario/],
    [['run', 'tissue-opening', '--fast'], /got the option --fast/],
    [['describe', 'bone'], /valid families are tissue/],
  ])('%j: exit code 2', (args, message) => {
    const { code, out, err } = cli(...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err[0]).toMatch(message)
  })
})

describe('curve', () => {
  it('prints voltage, current and the flux of each species', () => {
    const { code, out } = cli('curve', 'porous-closure-duel', '--from', '-6', '--to', '6', '--steps', '7')
    expect(code).toBe(0)
    const [heading, ...rows] = out.trim().split('\n')
    expect(heading).toBe('"voltage [kT/e]","current","flux 1","flux 2"')
    const numbers = rows.map((row) => row.split(',').map(Number))
    expect(numbers.map(([v]) => v)).toEqual([-6, -4, -2, 0, 2, 4, 6])
    const [, current, plus, minus] = numbers[4]
    expect(Math.abs(current / 1.128245 - 1)).toBeLessThan(1e-4)
    expect(Math.abs(plus / 1.02417122 - 1)).toBeLessThan(1e-4)
    expect(Math.abs(minus / -0.10407422 - 1)).toBeLessThan(1e-4)
    expect(numbers[2][1]).toBeCloseTo(-current, 8)
  })

  it('takes millivolts where they are written', () => {
    const { out } = cli('curve', 'porous-opening', '--from=-100mV', '--to=100mV', '--steps=3')
    expect(out.split('\n')[0]).toMatch(/voltage \[mV\].*current \[A\/m²\]/)
    expect(out.split('\n')[1]).toMatch(/^-100,-/)
  })

  it.each([
    [['porous-opening', '--from', 'six'], /must be a number of thermal voltages/],
    [['porous-opening', '--from', '1', '--to', '20mV'], /the same unit/],
    [['porous-opening', '--steps', '1'], /whole number from 2/],
    [['porous-charging'], /no steady current flows/],
    [['tissue-a1-pulse'], /no steady current-voltage curve/],
  ])('explains %j', (args, message) => {
    const { code, out, err } = cli('curve', ...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err.join()).toMatch(message)
  })
})

describe('impedance', () => {
  it('prints frequencies, both parts, size and phase', () => {
    const { code, out } = cli('impedance', 'porous-charging', '--from=1', '--to=1e4', '--points', '5', '--at=1')
    expect(code).toBe(0)
    const [heading, ...rows] = out.trim().split('\n')
    expect(heading).toBe('frequency [Hz],Re Z [Ω m²],Im Z [Ω m²],|Z| [Ω m²],phase [deg]')
    const numbers = rows.map((row) => row.split(',').map(Number))
    expect(numbers.map(([frequency]) => frequency)).toEqual([1, 10, 100, 1000, 10000])
    for (const [, re, im, size, phase] of numbers) {
      expect(re).toBeGreaterThan(0)
      expect(im).toBeLessThan(0)
      expect(size / Math.hypot(re, im)).toBeCloseTo(1, 8)
      expect(Math.tan((phase * Math.PI) / 180) / (im / re)).toBeCloseTo(1, 5)
    }
  })

  it('measures at the start unless a time is given, and says where the state still changes', () => {
    const { out, err } = cli('impedance', 'porous-opening', '--from=1', '--to=2', '--points=2')
    expect(out.split('\n')[1]).toMatch(/^1,/)
    expect(err.join()).toMatch(/still changes/)
  })

  it.each([
    [['porous-charging', '--from', 'slow'], /got --from slow; must be a number; try 0.001/],
    [['porous-charging', '--from=2', '--to=1'], /to: got 1 Hz, not above/],
    [['porous-charging', '--points=0'], /points: got 0; must be a whole number/],
    [['porous-charging', '--at=-1'], /got --at -1; must be a time/],
    [['porous-periodic'], /no two electrodes .* "reservoirs", "blocking", "selective", "half-cell"/],
  ])('explains %j', (args, message) => {
    const { code, out, err } = cli('impedance', ...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err.join()).toMatch(message)
  })
})

describe('compare of closures', () => {
  it('keeps what names no closure and the closures asked for', () => {
    const { code, out, err } = cli(
      'compare',
      'porous-convergence',
      '--epsilon',
      '2,4',
      '--closures',
      'perforated,lteDM',
    )
    expect(code).toBe(0)
    expect(err.join('\n')).toMatch(/N = 4, \d+ %, about \d+ (s|min) left/)
    const { rows, orders } = JSON.parse(out)
    expect(Object.keys(rows[0].errors)).toContain('flux_lteDM')
    expect(Object.keys(rows[0].errors)).not.toContain('flux_weak2013')
    expect(rows[1].errors.J_1).toBeCloseTo(1.0262, 2)
    expect(orders.flux_perforated).toBeGreaterThan(1.6)
    expect(Object.keys(orders)).not.toContain('J_1')
  })

  it.each([
    [['porous-convergence', '--closures', 'guess'], /valid are all, perforated/],
    [['tissue-convergence-centred', '--closures', 'all'], /one closure only/],
  ])('explains %j', (args, message) => {
    const { code, err } = cli('compare', ...args)
    expect(code).toBe(2)
    expect(err.join()).toMatch(message)
  })
})

describe('curve of a cathode', () => {
  it('gives utilisation, time and voltage against capacity per rate', { timeout: 30_000 }, () => {
    const { code, out } = cli('curve', 'cathode-tis2', '--rates', '10,20', '--json')
    expect(code).toBe(0)
    const { rates } = JSON.parse(out)
    expect(rates.map((r: { rate: number }) => r.rate)).toEqual([10, 20])
    expect(rates[0].utilisation).toBeCloseTo(0.3, 3)
    expect(rates[1].utilisation).toBeCloseTo(0.1275, 3)
    expect(rates[1].seconds).toBeGreaterThan(1000)
    expect(rates[0].stoppedBy).toBe('lower cut-off')
    const table = cli('curve', 'cathode-tis2', '--rates=20').out.trim().split('\n')
    expect(table[0]).toBe('"rate [A/m²]","time [s]","utilisation","capacity [Ah/m²]","voltage [V]"')
    const last = table.at(-1)!.split(',').map(Number)
    expect(last[4]).toBeCloseTo(1.7, 4)
    expect(last[3]).toBeCloseTo((20 * last[1]) / 3600, 3)
  })

  it.each([
    [['cathode-tis2'], /give the rates/],
    [['cathode-tis2', '--rates', '1,x'], /got "x"/],
    [['cathode-tis2', '--rates', '0'], /got "0"/],
    [['porous-opening', '--rates', '1'], /no discharge curves/],
  ])('%s is refused', (args, message) => {
    const { code, out, err } = cli('curve', ...args)
    expect(code).not.toBe(0)
    expect(out).toBe('')
    expect(err.join(' ')).toMatch(message)
  })
})
