/** What is heard of a laboratory: the pitch of a value, and the words for a shape that was moved. */

import type { CellProblemResult, CellResult, ShapeSpec } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { number } from '../ground/format.ts'
import { shapes } from '../ground/house.ts'
import type { Range } from '../ground/range.ts'

/** Hz: two octaves, so that equal steps of the value are equal intervals. */
const LOWEST = 220
const HIGHEST = 880

/** Frequency of a value within the range of the colours, Hz; undefined where there is no value. */
export function pitchOf(value: number | undefined, { min, max }: Range): number | undefined {
  if (value === undefined || !Number.isFinite(value) || !(max > min)) return undefined
  const share = Math.max(0, Math.min(1, (value - min) / (max - min)))
  return LOWEST * (HIGHEST / LOWEST) ** share
}

/** A shape with its numbers and the tensors of its cell, e.g. `Ball: Centre 0.5, 0.5; Radius 0.4. D* pore: …`. */
export function shapeWords(spec: ShapeSpec, cell: CellResult | undefined): string {
  const shape = shapes[spec.shape]
  if (!shape) return ''
  const { dimension } = cell?.mesh ?? { dimension: 2 }
  const parts = shape.parameters(dimension).flatMap(({ name, label, kind, unit }) => {
    const value = spec[name]
    if (value === undefined) return []
    if (kind === 'points') return [`${(value as readonly unknown[]).length} ${t(label).toLowerCase()}`]
    const text = (Array.isArray(value) ? value : [value]).map((v) => number(Number(v), 3)).join(', ')
    return [`${t(label)} ${text}${unit === '1' ? '' : unit}`]
  })
  return [`${t(shape.label)}: ${parts.join('; ')}.`, ...(cell?.problems ?? []).map(tensorWords)].join(' ')
}

function tensorWords({ kind, phase, name, tensor }: CellProblemResult): string {
  const title = `${kind === 'stokes' ? 'K' : 'D*'} ${t(phase ?? name ?? '')}`.trim()
  if (tensor.every((row) => row.every((v) => v === 0))) return t('{title}: zero, cut off.', { title })
  const entries = tensor.flatMap((row, i) =>
    row.flatMap((v, j) => (j < i ? [] : [`${'xyz'[i]}${'xyz'[j]} ${number(v, 3)}`])),
  )
  return `${title}: ${entries.join(', ')}.`
}
