/** Inputs as strangers may send them: those that once failed, and random changes of good ones. */
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { builtInNames } from '../../src/cli/input.ts'

/** `steps`, `rates` and `cycle` are texts of fields: a protocol, a list of C-rates, a measured current. */
export type Kind = 'scenario' | 'cell' | 'link' | 'table' | 'steps' | 'rates' | 'cycle'

export interface Input {
  kind: Kind
  name: string
  /** JSON or text; links as they stand in the hash. */
  text: string
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Fields = { [key: string]: Json }

const SCENARIOS = builtInNames().map((name) =>
  readFileSync(new URL(`../../src/scenarios/${name}.json`, import.meta.url), 'utf8'),
)
const CELL: Fields = {
  version: 1,
  cell: {
    dimension: 2,
    background: 'outside',
    shapes: [{ shape: 'ball', phase: 'inside', center: [0.5, 0.5], radius: 0.3 }],
    resolution: 16,
  },
  problems: [{ kind: 'contrast', name: 'k', coefficients: { outside: 1, inside: 2 } }],
}
const TABLE = 'Time (s);Voltage (V);Capacity (mAh)\n0;4,1;0\n10;4,0;0,5\n20;3,9;1\n'
const STEPS = [
  'Discharge at 1C for 1 hour until 3 V\nHold at 4.2 V until C/20\nrest for 1 hour 30 minutes',
  'charge at 2.5 mA cm-2 until 4.2 V; discharge at 100 mA/g until 50% SOC; sweep to 3.1 V at 0.1 mV/s',
  'CC-CV charge at C/2 to 4.2 V until C/20\nRepeat 3 times: discharge at 1C; charge at 1C',
  '(discharge at C/10 for 1 h; rest 2 h) until voltage below 3.3 V\ngo to step 2, 3 times',
  '1. power 20 W/m2 for 30 min (1 minute period)\n2. rest 0:30:00, then discharge at 5 A/m2 or 80% DOD',
]
const RATES = ['C/10, C/2, 1C, 20 A/m2', '2 mA cm-2; -1C; +0,5C', 'C/5']
const CYCLES = [
  '# remark\ntime [s],current [A/m2]\n0,0.0129\n10,0.5805\n20,-0.1',
  'Test Time (hh:mm:ss);I/C;U [V]\n0:00:00;0,5;3,1\n0:00:10;1,5;3,0\n',
  't [min]  current [mA/g]\n0  1\n1  2\n2  -3\n',
]
/** What protocols, rates and headers are made of, to be put together at random. */
const WORDS = (
  'discharge charge rest hold sweep power CC-CV CC CV OCV repeat times until for at to or and then end go step once twice ' +
  'voltage current SOC DOD capacity below above rises falls % V mV A mA/cm2 A/m2 mA/g W W/m2 C C/ h min s 0:30:00 hours a half ' +
  '1 2.5 4,2 1,000 1e3 1e400 0 -1 - + ( ) [ ] : ; , . # " ^ / · − µ °C 25 period x • time I [s] [A] (A/m2)'
).split(' ')

/** A cathode under a protocol or a measured current. */
export function withExperiment(kind: 'steps' | 'cycle', text: string): Json {
  const value = JSON.parse(SCENARIOS[builtInNames().indexOf('cathode-drive-cycle')]) as Fields
  value.experiment =
    kind === 'steps' ? { name: 'steps', values: { steps: text } } : { name: 'drive-cycle', values: { table: text } }
  return value
}

const GOOD = SCENARIOS[builtInNames().indexOf('tissue-opening')]
const scenario = (change: (s: Fields) => void): string => {
  const value = JSON.parse(GOOD) as Fields
  change(value)
  return JSON.stringify(value)
}
const cellFile = (change: (cell: Fields) => void): string => {
  const value = structuredClone(CELL)
  change(value.cell as Fields)
  return JSON.stringify(value)
}
const pack = (text: string): string => deflateRawSync(text).toString('base64url')
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
const stimulus = { kind: 'inject-KCl', amount: 1, start: 0, end: 1, region: { shape: 'everywhere' } }

/** Every kind of input that once hung, threw something else than a refusal, or was answered at length. */
export function corpus(): Input[] {
  const entry = (kind: Kind, name: string, text: string): Input => ({ kind, name, text })
  const star = (points: number, at: number) =>
    Array.from({ length: points }, (_, k) => {
      const angle = (2 * Math.PI * k) / points
      const radius = k % 2 ? 0.2 : 0.3
      return [at + radius * Math.cos(angle), at + radius * Math.sin(angle)]
    })
  const digits = '1'.repeat(60_000)
  return [
    entry('steps', 'blanks inside a hold', `hold${' '.repeat(800)}x y`),
    entry('steps', 'a rest of digits', `rest ${digits}!`),
    entry('rates', 'digits', `${digits.slice(0, 40_000)}!`),
    entry('steps', 'digits that fit', `rest ${digits.slice(0, 15_000)}`),
    entry('rates', 'digits that fit', `${digits.slice(0, 3_900)}C`),
    entry('rates', 'line separators', '1C\u2028\u202e2C'),
    entry('rates', 'a rate of nothing', 'C/0, 0C, 1e400C, C/1e-400'),
    entry('steps', 'loops of loops', 'repeat 1000 times: '.repeat(900)),
    entry('steps', 'open groups', '('.repeat(19_000)),
    entry('steps', 'ten million rounds', `${'repeat 1000 times\n'.repeat(7)}rest 1 s\n${'end\n'.repeat(7)}`),
    entry('steps', 'a jump to itself', 'go to step 1, 1000 times'),
    entry('steps', 'separators only', ';,.\n+'.repeat(3_900)),
    entry('steps', 'seconds without end', 'rest 1e400 s; hold at 1e308 V'),
    entry('rates', 'a comma before a long word', '0001,00025hours-restvoltageaCC-CV^capacityhoursandmore'),
    entry('rates', 'a comma between long numbers', `${'1'.repeat(90)},${'2'.repeat(90)}C`),
    entry('cycle', 'a header of brackets', `${'['.repeat(50_000)}\n1,2\n`),
    entry('cycle', 'a header of times', `${'time '.repeat(50_000)}\n1,2\n`),
    entry('cycle', 'blanks', `time [s]${' '.repeat(100_000)}current [A]\n0 1\n1 2\n`),
    entry('cycle', 'clocks beyond all numbers', `time [s],current [C]\n0:00:00,0\n999999:59:59,${digits}\n`),
    entry('cycle', 'a million empty lines', `time [s],current [C]\n${'\n'.repeat(1_000_000)}0,1\n1,1\n`),
    entry('cycle', 'a line of a million cells', `time [s],current [C]\n0,1\n1,1${',1'.repeat(1_000_000)}`),
    entry(
      'scenario',
      'no dimension of the cell',
      scenario((s) => delete (s.cell as Fields).dimension),
    ),
    entry(
      'scenario',
      'no dimension of the box',
      scenario((s) => delete (s.macro as Fields).dimension),
    ),
    entry(
      'scenario',
      'an empty key',
      scenario((s) => (s[''] = 1)),
    ),
    entry(
      'scenario',
      'a key of line separators',
      scenario((s) => (s['\u2028\u202e\n'] = 1)),
    ),
    entry(
      'scenario',
      'a long key',
      scenario((s) => (s['x'.repeat(50_000)] = 1)),
    ),
    entry(
      'scenario',
      'a long title',
      scenario((s) => (s.title = 'x'.repeat(50_000))),
    ),
    entry(
      'scenario',
      'a long family',
      scenario((s) => (s.family = 'y'.repeat(19_000))),
    ),
    entry(
      'scenario',
      'a family without words',
      scenario((s) => (s.family = { toString: null, valueOf: null })),
    ),
    entry(
      'scenario',
      'a prototype as family',
      scenario((s) => (s.family = '__proto__')),
    ),
    entry('scenario', 'a prototype as parameters', GOOD.replace('"G_K"', '"__proto__"')),
    entry(
      'scenario',
      'a constructor as experiment',
      scenario((s) => (s.experiment = { name: 'constructor' })),
    ),
    entry(
      'scenario',
      'a text as experiment',
      scenario((s) => (s.experiment = 'x')),
    ),
    entry(
      'scenario',
      'a null for everything',
      scenario((s) => Object.assign(s, Object.fromEntries(Object.keys(s).map((key) => [key, null])))),
    ),
    entry(
      'scenario',
      '1e300 cells',
      scenario((s) => (s.micro = { resolution: 16, repeat: 1e300 })),
    ),
    entry('scenario', 'deep', scenario((s) => (s.description = '@')).replace('"@"', nested(100_000))),
    entry(
      'scenario',
      '20 000 stimuli',
      scenario((s) => (s.stimuli = Array<Json>(20_000).fill(stimulus))),
    ),
    entry(
      'scenario',
      'a million values',
      scenario((s) => (s.stimuli = Array<Json>(1_000_000).fill(0))),
    ),
    entry(
      'scenario',
      '20 000 numbers that breathe backwards',
      scenario((s) => (s.breathing = Array<Json>(20_000).fill({ number: 'shapes[0].radius', range: [0.5, 0.4] }))),
    ),
    entry(
      'scenario',
      '20 000 texts that breathe',
      scenario((s) => (s.breathing = Array<Json>(20_000).fill('__proto__'))),
    ),
    entry(
      'scenario',
      'a prototype that breathes',
      scenario((s) => (s.breathing = [{ number: '__proto__', range: [-1e300, 1e300] }])),
    ),
    entry(
      'cell',
      'a constructor as background',
      cellFile((c) => Object.assign(c, { background: 'constructor', shapes: [] })),
    ),
    entry('cell', 'a nested name', cellFile((c) => (c.background = '@')).replace('"@"', nested(20_000))),
    entry(
      'cell',
      'shapes that are none',
      cellFile((c) => (c.shapes = [null, 1, 'x', [], {}])),
    ),
    entry(
      'cell',
      '24 outlines of 400 points',
      cellFile((c) => {
        c.shapes = Array.from({ length: 24 }, (_, k) => ({
          shape: 'polygon',
          phase: 'inside',
          vertices: star(400, 0.3 + k / 60),
        }))
      }),
    ),
    entry(
      'cell',
      '10 000 shapes',
      cellFile((c) => (c.shapes = Array<Json>(10_000).fill((CELL.cell as { shapes: Json[] }).shapes[0]))),
    ),
    entry('link', '20 000 stimuli', pack(scenario((s) => (s.stimuli = Array<Json>(20_000).fill(stimulus))))),
    entry('link', '70 MB of blanks in 90 kB', pack(' '.repeat(70_000_000))),
    entry('link', 'a million characters', 'A'.repeat(1_000_000)),
    entry('link', 'nothing that unpacks', '!!!'),
    entry('link', 'an open list', pack('['.repeat(1_000_000))),
    entry('table', 'a header of brackets', `${'['.repeat(5_000)}\n1\n`),
    entry('table', 'a header of words', `${'voltage '.repeat(5_000)};capacity\n1;2\n`),
  ]
}

/** Random numbers in [0, 1) that a seed repeats (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const HOSTILE: readonly Json[] = [
  null,
  true,
  '',
  0,
  -1,
  1e300,
  -1e300,
  5e-324,
  0.5,
  2 ** 53,
  '1',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u2028',
  '\u202eevil',
  '\u0000',
  '<img src=x onerror=alert(1)>',
  'x'.repeat(5_000),
  [],
  {},
  [[]],
  { toString: null },
  { length: 1e9 },
  Array<Json>(3_000).fill(0),
]

/** A good input with a few random changes. */
export function mutant(seed: number): Input {
  const draw = random(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]
  const kind = pick([
    'scenario',
    'scenario',
    'cell',
    'cell',
    'link',
    'table',
    'steps',
    'steps',
    'rates',
    'cycle',
  ] as const)
  const name = `seed ${seed}`
  if (kind === 'steps' || kind === 'rates' || kind === 'cycle') {
    const good = { steps: STEPS, rates: RATES, cycle: CYCLES }[kind]
    return { kind, name, text: draw() < 0.7 ? reword(pick(good), draw, pick) : babble(draw, pick) }
  }
  if (kind === 'table') return { kind, name, text: garble(TABLE, draw) }
  const value = kind === 'cell' ? structuredClone(CELL) : (JSON.parse(pick(SCENARIOS)) as Fields)
  const changes = 1 + Math.floor(draw() * 4)
  for (let k = 0; k < changes; k++) change(value, draw, pick)
  const text = JSON.stringify(value)
  if (kind !== 'link') return { kind, name, text: draw() < 0.1 ? garble(text, draw) : text }
  const link = pack(text)
  return { kind, name, text: draw() < 0.5 ? garble(link, draw) : link }
}

const keyOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 5_000)

/** One hostile change somewhere inside. */
function change(root: Fields, draw: () => number, pick: <T>(list: readonly T[]) => T): void {
  let at: Fields | Json[] = root
  for (;;) {
    const keys: string[] = Object.keys(at)
    if (keys.length === 0) return
    const key: string = pick(keys)
    const inner: Json = (at as Fields)[key]
    if (typeof inner === 'object' && inner !== null && draw() < 0.7) {
      at = inner
      continue
    }
    const act = draw()
    if (act < 0.6) (at as Fields)[key] = structuredClone(pick(HOSTILE))
    else if (act < 0.7) delete (at as Fields)[key]
    else if (act < 0.8) (at as Fields)[keyOf(pick(HOSTILE))] = inner
    // Its prototype may have been changed, and with it its methods.
    else if (Array.isArray(at)) for (let k = 0; k < 10 ** Math.floor(draw() * 5); k++) at[at.length] = inner
    else if (typeof inner === 'number') (at as Fields)[key] = inner * 10 ** Math.round(40 * draw() - 20)
    return
  }
}

/** Some words of a text replaced, and some characters. */
function reword(text: string, draw: () => number, pick: <T>(list: readonly T[]) => T): string {
  const words = text.split(/(\s+)/)
  for (let k = Math.floor(draw() * 4); k > 0; k--) words[Math.floor(draw() * words.length)] = pick(WORDS)
  const changed = words.join('')
  return draw() < 0.4 ? garble(changed, draw) : changed
}

/** Words in a row; sometimes as many as a field takes. */
function babble(draw: () => number, pick: <T>(list: readonly T[]) => T): string {
  const count = 10 ** (1 + 2.5 * draw() ** 3)
  const between = pick(['', ' ', ' ', '\n'])
  return Array.from({ length: count }, () => pick(WORDS)).join(between)
}

/** Characters cut out, doubled or replaced. */
function garble(text: string, draw: () => number): string {
  const at = Math.floor(draw() * text.length)
  const length = Math.floor(draw() * 20)
  const act = draw()
  if (act < 0.3) return text.slice(0, at)
  if (act < 0.6) return text.slice(0, at) + text.slice(at + length)
  if (act < 0.8) return text.slice(0, at) + text.slice(at, at + length).repeat(100) + text.slice(at)
  return text.slice(0, at) + String.fromCharCode(Math.floor(draw() * 0x3000)) + text.slice(at + 1)
}
