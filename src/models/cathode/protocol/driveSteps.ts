/** The experiment with a measured current: its table (drive.ts) as steps, between steps that are written. */
import { t } from '../../../language/language.ts'
import { choice } from '../parameters/schema.ts'
import { type DriveCycle, readDriveCycle } from './drive.ts'
import { GROUP, text } from './fields.ts'
import { readProtocol } from './grammar.ts'
import type { Limits, Step } from './protocol.ts'
import { type CellFacts, perArea, stepsFrom } from './steps.ts'

export const TABLE_EXAMPLES = [
  { label: 'Pulses', text: 'time [s],current [C]\n0,0\n1,2\n30,2\n31,0\n90,0\n91,-1\n120,-1\n121,0\n180,0' },
  { label: 'Waves', text: waves() },
]

/** A slow wave of the current, from -C/2 to 1C. */
function waves(): string {
  const rows = Array.from({ length: 61 }, (_, k) => `${20 * k},${(0.25 - 0.75 * Math.cos(k / 3)).toFixed(3)}`)
  return ['time [s],current [C]', ...rows].join('\n')
}

export const sign = choice('sign', 'Positive currents', '\\pm', GROUP, [
  { value: 'discharge', label: 'discharge' },
  { value: 'charge', label: 'charge' },
])

/** Steps that are written, or none. */
export const aroundTable = <const N extends string>(name: N, label: string) =>
  text({
    name,
    label,
    symbol: '\\Sigma',
    value: '',
    help: 'As in a list of steps, e.g. "charge at C/2; rest 1 h"; may be left empty.',
    check: (steps) => (steps.trim() === '' ? undefined : readProtocol(steps).problem),
  })

/** The last table read: models and forms ask for the same one again and again. */
let last: { text: string; read: ReturnType<typeof readDriveCycle> } | undefined

function read(table: string): ReturnType<typeof readDriveCycle> {
  if (last?.text !== table) last = { text: table, read: readDriveCycle(table) }
  return last.read
}

export function checkTable(table: string): string | undefined {
  const found = read(table)
  return 'problem' in found ? found.problem : undefined
}

/** A table in amperes needs the area of the electrode. */
export function tableUnmetBy(table: string, { area }: CellFacts): string | undefined {
  const found = read(table)
  if ('problem' in found) return found.problem
  const { kind, unit } = found.cycle
  if (kind !== 'current' || area !== undefined) return undefined
  return t(
    'the currents are in {unit}, for a whole cell whose area is not given; set the area of the electrode, or give the table in A/m2, mA/cm2, mA/g or C',
    { unit },
  )
}

interface DriveValues {
  table: string
  sign: 'discharge' | 'charge'
  scale: number
  repeats: number
  before: string
  after: string
}

/** @throws RangeError for a table that cannot be read, which validation refuses */
export function driveSteps({ table, sign, scale, repeats, before, after }: DriveValues, limits: Limits): Step[] {
  const found = read(table)
  if ('problem' in found) throw new RangeError(found.problem)
  const written = (steps: string) => stepsFrom(readProtocol(steps).items, limits)
  const factor = scale * (sign === 'charge' ? -1 : 1) * perArea({ kind: found.cycle.kind, value: 1 }, limits)
  const step = follow(found.cycle, factor, limits)
  return [...written(before), ...Array<Step>(repeats).fill(step), ...written(after)]
}

/** @param factor A/m² of one unit of the table, discharge positive */
function follow({ time, current }: DriveCycle, factor: number, { lowest, highest }: Limits): Step {
  return {
    label: 'measured current',
    hold: 'profile',
    value: 0,
    profile: { time, current: current.map((I) => factor * I) },
    until: { duration: time[time.length - 1], below: lowest, above: highest },
    implied: 'both',
  }
}
