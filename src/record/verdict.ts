/** What running a capsule again says: the same numbers, or which of them differ, when, and by how much. */
import { t } from '../language/language.ts'
import { VERSION } from '../version.ts'
import { type Capsule, extents, type Listed } from './capsule.ts'
import { resultHash, SAME, scenarioHash } from './hash.ts'
import { PROGRAM } from './identity.ts'
import type { Told, ToldFrame } from './told.ts'

export interface Difference {
  name: string
  label: string
  unit: string
  /** Of the frame, s. */
  t: number
  /** In the unit. */
  capsule: number
  here: number
  /** Part of the largest number of the same unit in the capsule. */
  part: number
}

export interface Verdict {
  same: boolean
  /** The largest difference of every observable and field that differs, the largest first. */
  differences: readonly Difference[]
  /** Frames that were compared. */
  frames: number
  /** At most 300 characters. */
  sentence: string
}

/** @param told the capsule's course, run again up to its last frame */
export function judge(capsule: Capsule, told: Told): Verdict {
  const { rows, record, course } = capsule
  const byIndex = new Map(told.frames.map((frame) => [frame.index, frame]))
  const missing = rows.filter(([index]) => !byIndex.has(index ?? -1))
  const differences = [...ofObservables(capsule, byIndex), ...(missing.length > 0 ? [] : ofFields(capsule, told))].sort(
    (a, b) => b.part - a.part,
  )
  const same = differences.length === 0 && missing.length === 0
  const edited = scenarioHash(course) !== record.scenario
  const hashed = same && record.result === resultHash(told.frames, told.fields)
  const { program, version } = record
  const writer =
    version === VERSION
      ? ''
      : ` ${t('It was written by {program} {version}, this is {here}.', { program, version, here: VERSION })}`.slice(
          0,
          90,
        )
  const changed = edited ? ` ${t('Its scenario was changed after it was written.')}` : ''
  const frames = rows.length - missing.length
  return { same, differences, frames, sentence: `${found()}${changed}${writer}` }

  function found(): string {
    const last = { frames: told.frames.length, time: shown(told.frames.at(-1)?.t ?? 0), within: SAME }
    if (same && hashed)
      return t('Same numbers: {frames} frames up to t = {time} s, observables and fields (SHA-256).', last)
    if (same)
      return t(
        'Same numbers: {frames} frames up to t = {time} s, within {within} of the largest; the hash of the result differs in a digit beyond that.',
        last,
      )
    if (missing.length === 0) return notSame(differences)
    const [index, time] = missing[0]
    return t('Not the same numbers: the capsule has a frame {index} at t = {time} s, which this run did not come to.', {
      index: index ?? 0,
      time: shown(time ?? 0),
    })
  }
}

function notSame([worst, ...others]: readonly Difference[]): string {
  const { label, unit, t: time, capsule, here, part } = worst
  const of = unit === '1' ? '' : ` ${unit}`
  const sentence = t(
    'Not the same numbers: {label} at t = {time} s is {here}, in the capsule {there} (by {part} of the largest).',
    {
      label: label.slice(0, 60),
      time: shown(time),
      here: `${shown(here)}${of}`,
      there: `${shown(capsule)}${of}`,
      part: part.toExponential(1),
    },
  )
  const more = t('{count, plural, one {# more differs.} other {# more differ.}}', { count: others.length })
  return others.length > 0 ? `${sentence} ${more}` : sentence
}

const shown = (value: number) => String(Number(value.toPrecision(7)))

/** Who wrote a capsule, in one line. */
export function writtenBy({ record }: Capsule): string {
  return `${record.program === PROGRAM ? PROGRAM : record.program.slice(0, 30)} ${record.version.slice(0, 20)}, ${record.written.slice(0, 10)}`
}

function ofObservables({ observables, rows }: Capsule, byIndex: ReadonlyMap<number, ToldFrame>): Difference[] {
  const scales = new Map<string, number>()
  for (const [, , ...values] of rows)
    observables.forEach(({ unit, factor }, k) => {
      scales.set(unit, Math.max(scales.get(unit) ?? 0, Math.abs(values[k] ?? 0) / factor))
    })
  return observables.flatMap((column, k) => {
    const found = rows.flatMap(([index, t, ...values]) => {
      const frame = byIndex.get(index ?? -1)
      if (!frame) return []
      const place = frame.model.observables.findIndex(({ name }) => name === column.name)
      const value = frame.observables[place]
      const here = Number.isFinite(value) ? value : null
      return differ(column, t ?? 0, values[k], here, scales.get(column.unit) ?? 0)
    })
    return largest(found)
  })
}

function ofFields(capsule: Capsule, told: Told): Difference[] {
  const last = told.frames.at(-1)
  if (!last) return []
  const here = extents(told, last)
  const scales = new Map<string, number>()
  for (const { unit, factor, least, greatest } of capsule.fields)
    scales.set(unit, Math.max(scales.get(unit) ?? 0, Math.abs(least) / factor, Math.abs(greatest) / factor))
  return capsule.fields.flatMap((field) => {
    const other = here.find(({ name }) => name === field.name)
    const parts = [
      ['least', 'smallest'],
      ['greatest', 'largest'],
      ['mean', 'mean'],
    ] as const
    return largest(
      parts.flatMap(([key, word]) =>
        differ(
          { ...field, label: `${word} ${field.label}` },
          last.t,
          field[key],
          other ? other[key] : null,
          scales.get(field.unit) ?? 0,
        ),
      ),
    )
  })
}

/** Compared in display units. */
function differ(
  { name, label, unit, factor }: Listed,
  t: number,
  capsule: number | null,
  here: number | null,
  scale: number,
): Difference[] {
  if (capsule === null && here === null) return []
  const [a, b] = [(capsule ?? Number.NaN) / factor, (here ?? Number.NaN) / factor]
  const size = Math.abs(a - b)
  if (size <= SAME * scale) return []
  const part = Number.isNaN(size) || scale === 0 ? 1 : size / scale
  return [{ name, label, unit, t, capsule: a, here: b, part }]
}

function largest(found: Difference[]): Difference[] {
  return found.length === 0 ? [] : [found.reduce((a, b) => (b.part > a.part ? b : a))]
}
