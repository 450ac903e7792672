/**
 * Connected pieces of a phase in the period torus. Homogenization keeps one set of unknowns for each of them; pieces that
 * stand alone and have the same surface per volume obey the same equations, so that they share theirs: a *kind*.
 */

import type { PhaseResult, Piece } from '../cell/cell.ts'
import { t } from '../language/language.ts'

/** Surfaces per volume that differ by less count as equal: the mesh itself makes them differ so much. */
export const EQUAL = 0.02

/** A phase has at most so many kinds: with more sizes than that, neighbours in size are one kind. */
export const MOST_KINDS = 6

/** Pieces with the same unknowns. */
export interface Kind {
  /** Their places among `PhaseResult.pieces`. */
  pieces: readonly number[]
  /** Of the cell, all together. */
  fraction: number
  /** Interface with the other phases, per period, all together. */
  area: number
  /** Axes along which they are joined to their copies in the next periods. */
  percolates: readonly boolean[]
  /** Largest over smallest surface per volume among them, less 1. */
  spread: number
}

/**
 * The kinds of a phase: what is joined through the cells first, then what stands alone, large pieces before small ones.
 * @param area interface of the phase with the others, per period: what a phase in one piece has
 */
export function kindsOf({ fraction, percolates, pieces }: PhaseResult, area: number): Kind[] {
  if (!pieces || pieces.length < 2) return [{ pieces: [0], fraction, area, percolates, spread: 0 }]
  const joined: number[] = []
  const alone: number[] = []
  pieces.forEach((piece, k) => {
    if (piece.percolates.includes(true)) joined.push(k)
    else alone.push(k)
  })
  alone.sort((a, b) => ratio(pieces[a]) - ratio(pieces[b]) || a - b)
  const most = joined.length > 0 ? MOST_KINDS - 1 : MOST_KINDS
  let groups = grouped(pieces, alone, EQUAL)
  for (let width = 2 * EQUAL; groups.length > most; width *= 2) groups = grouped(pieces, alone, width)
  if (joined.length > 0) groups.unshift(joined)
  return groups.map((members) => together(pieces, members))
}

const ratio = ({ area, fraction }: Piece) => area / fraction

/** Cuts a row of pieces in the order of their surface per volume where a group would spread over more than `width`. */
function grouped(pieces: readonly Piece[], row: readonly number[], width: number): number[][] {
  const groups: number[][] = []
  let first = 0
  for (const k of row) {
    const value = ratio(pieces[k])
    if (groups.length === 0 || value > (1 + width) * first) {
      groups.push([])
      first = value
    }
    groups[groups.length - 1].push(k)
  }
  return groups
}

function together(pieces: readonly Piece[], members: readonly number[]): Kind {
  const of = members.map((k) => pieces[k])
  const ratios = of.map(ratio)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return {
    pieces: members,
    fraction: sum(of.map((piece) => piece.fraction)),
    area: sum(of.map((piece) => piece.area)),
    percolates: of[0].percolates.map((_, axis) => of.some((piece) => piece.percolates[axis])),
    spread: Math.max(...ratios) / Math.min(...ratios) - 1,
  }
}

/** What each kind holds of its phase, and of the interface of all: parts of 1. */
export function sharesOf(kinds: readonly Kind[]): { fraction: number; area: number }[] {
  if (kinds.length === 1) return [{ fraction: 1, area: 1 }]
  const fraction = kinds.reduce((sum, kind) => sum + kind.fraction, 0)
  const area = kinds.reduce((sum, kind) => sum + kind.area, 0)
  return kinds.map((kind) => ({ fraction: kind.fraction / fraction, area: kind.area / area }))
}

/**
 * Part of new kind k that lies in old kind j, at [k][j]: how states are carried where kinds part or merge. Both are laid out
 * one after the other, by what they hold; as many as before are the same ones.
 */
export function overlaps(before: readonly number[], now: readonly number[]): number[][] {
  if (before.length === now.length) return now.map((_, k) => before.map((_, j) => (j === k ? 1 : 0)))
  let left = 0
  return now.map((part) => {
    const right = left + part
    let from = 0
    const row = before.map((old) => {
      const common = Math.min(right, from + old) - Math.max(left, from)
      from += old
      return Math.max(0, common)
    })
    left = right
    // Parts are rounded: what lies beyond them all belongs to the last.
    const total = row.reduce((a, b) => a + b, 0)
    return row.map((common, j) => (total > 0 ? common / total : j === row.length - 1 ? 1 : 0))
  })
}

/**
 * Puts a row of pieces into groups that hold these parts of all: each piece goes where its middle lies.
 * @returns the group of each
 */
export function groupsOf(sizes: readonly number[], parts: readonly number[]): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  let left = 0
  return sizes.map((size) => {
    const middle = (left + size / 2) / total
    left += size
    let [at, end] = [0, parts[0]]
    while (at < parts.length - 1 && middle > end) end += parts[++at]
    return at
  })
}

export interface Unequal {
  low: number
  high: number
}

/** What an error plot says of them. */
export function unequalWords({ low, high }: Unequal, pieces: string): string {
  return t(
    'The {pieces} of one period differ ({high} % in surface per volume) and share their unknowns in the homogenized model: from some N on the errors stay.',
    { pieces: t(pieces), high: (100 * (high / low - 1)).toFixed(0) },
  )
}

/** Smallest and largest surface per volume (per period) of pieces of one kind; undefined where they are alike. */
export function unequalInKinds(phase: PhaseResult): Unequal | undefined {
  const { pieces } = phase
  if (!pieces) return undefined
  for (const kind of kindsOf(phase, 0)) {
    if (kind.spread <= EQUAL) continue
    const ratios = kind.pieces.map((k) => ratio(pieces[k]))
    return { low: Math.min(...ratios), high: Math.max(...ratios) }
  }
  return undefined
}
