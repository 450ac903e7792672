/**
 * Kinds of particles of one period: pieces of the active material that share one filling in the homogenized cathode.
 *
 * Pieces stand alone or are joined through the cells (models/pieces.ts), and those that stand alone with the same reactive
 * surface per volume are one kind. Pieces that no electron reaches, because they touch no conductor that leads through the
 * cells, and those that touch no electrolyte, stay out: their potential floats, so that their charge passes nothing.
 */
import { type CellMesh, type CellResult, interfaceName, type Piece } from '../../../cell/cell.ts'
import { reachThrough } from '../../../cell/where.ts'
import { groupsOf, kindsOf } from '../../pieces.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE } from '../phases.ts'

/** Particles with the same filling. */
export interface ParticleKind {
  /** Their places among the pieces of their material; empty where no cell tells. */
  pieces: readonly number[]
  /** Their fraction, and their reactive area per volume, 1/m; 0 where they stay out. */
  q: number
  a: number
  /** Largest over smallest surface per volume among them, less 1. */
  spread: number
  /** They are of the second material. */
  second?: boolean
}

/** What a cell has of a material: its fraction, and its contact with the electrolyte per volume, 1/m. */
export interface Amount {
  q: number
  contact: number
}

/** Kinds of the first material, then those of the second, where there is one. */
export function particleKinds(cell: CellResult, q: number, contact: number, second?: Amount): ParticleKind[] {
  const first = kindsIn(cell, ACTIVE, { q, contact })
  if (!second) return first
  return [...first, ...kindsIn(cell, ACTIVE2, second).map((kind) => ({ ...kind, second: true }))]
}

/** What is joined first, large particles before small ones, those that stay out last. */
function kindsIn(cell: CellResult, name: string, { q, contact }: Amount): ParticleKind[] {
  const phase = cell.phases[name]
  const { pieces, contacts } = piecesIn(cell, name)
  const surface = contacts.map((areas) => areas[ELECTROLYTE] ?? 0)
  const wired = wiredPieces(cell, name, pieces, contacts)
  const live = [...pieces.keys()].filter((k) => wired[k] && surface[k] > 0)
  const out = [...pieces.keys()].filter((k) => !live.includes(k))
  const own = live.map((k) => ({ ...pieces[k], area: surface[k] }))
  const kinds = live.length === 0 ? [] : kindsOf({ ...phase, pieces: own }, surface[live[0]])
  const members = kinds.map((kind) => ({ pieces: kind.pieces.map((k) => live[k]), spread: kind.spread }))
  // Shares, because fraction and contact of the cell are better than those of its mesh; all of them is exactly 1.
  const share = (values: readonly number[], of: readonly number[]) =>
    of.length === values.length ? 1 : sum(of.map((k) => values[k])) / sum(values)
  const fractions = pieces.map(({ fraction }) => fraction)
  const reacting = members.map(({ pieces: of, spread }) => {
    return { pieces: of, q: q * share(fractions, of), a: contact * share(surface, of), spread }
  })
  return out.length === 0 ? reacting : [...reacting, { pieces: out, q: q * share(fractions, out), a: 0, spread: 0 }]
}

/**
 * The pieces of a mesh in the kinds that another mesh of the same cell has, told by their parts of each material: laid out
 * in the same order, each piece belongs to the kind in which its middle lies.
 */
export function inKindsOf(
  cell: CellResult,
  kinds: readonly ParticleKind[],
  parts: readonly number[],
  second: readonly number[] = [],
): ParticleKind[] {
  return [
    ...regrouped(
      cell,
      ACTIVE,
      kinds.filter((kind) => !kind.second),
      parts,
    ),
    ...regrouped(
      cell,
      ACTIVE2,
      kinds.filter((kind) => kind.second),
      second,
    ).map((kind) => ({ ...kind, second: true })),
  ]
}

function regrouped(
  cell: CellResult,
  name: string,
  kinds: readonly ParticleKind[],
  parts: readonly number[],
): ParticleKind[] {
  if (kinds.length === parts.length) return [...kinds]
  const { pieces } = piecesIn(cell, name)
  const out = parts.map(() => ({ pieces: [] as number[], q: 0, a: 0, spread: 0 }))
  const fractionsOf = (kind: ParticleKind) => kind.pieces.map((k) => pieces[k].fraction)
  const groups = groupsOf(kinds.flatMap(fractionsOf), parts)
  let place = 0
  for (const kind of kinds) {
    const whole = sum(fractionsOf(kind))
    for (const k of kind.pieces) {
      const { fraction } = pieces[k]
      const group = out[groups[place++]]
      group.pieces.push(k)
      group.q += (kind.q * fraction) / whole
      group.a += (kind.a * fraction) / whole
      group.spread = Math.max(group.spread, kind.spread)
    }
  }
  return out
}

/** Pieces and their contacts, also of active material in one piece. */
function piecesIn({ interfaceMeasure, phases }: CellResult, name: string) {
  const { fraction, percolates, pieces, contacts } = phases[name]
  if (pieces && contacts) return { pieces, contacts }
  const area = (other: string) => interfaceMeasure[interfaceName(name, other)] ?? 0
  const touching = { [ELECTROLYTE]: area(ELECTROLYTE), [CARBON]: area(CARBON) }
  return { pieces: [{ fraction, area: touching[ELECTROLYTE], percolates }], contacts: [touching] }
}

/** Whether electrons come to each piece of an active material along x. */
function wiredPieces(
  { mesh, phases }: CellResult,
  name: string,
  pieces: readonly Piece[],
  contacts: readonly Readonly<Record<string, number>>[],
): boolean[] {
  const carbon = phases[CARBON]
  const alone = pieces.map(({ percolates }) => percolates[0])
  if (ACTIVE2 in phases) return wiredTogether(mesh, name, pieces.length)
  // Where nothing conducts through the cells, no electron goes anywhere: that is not for kinds to say.
  if (!carbon) return alone.includes(true) ? alone : alone.map(() => true)
  const touches = contacts.map((areas) => (areas[CARBON] ?? 0) > 0)
  // One carbon that leads through: contact is all it takes. Otherwise it depends on what the solids do together.
  if (carbon.components === 1 && carbon.percolates[0]) return alone.map((through, k) => through || touches[k])
  if (!touches.includes(true)) return alone
  return reachThrough(mesh, ACTIVE, [ACTIVE, CARBON], 0)
}

/** Where there are two materials, electrons also pass from one to the other. */
function wiredTogether(mesh: CellMesh, name: string, count: number): boolean[] {
  const solids = [ACTIVE, ACTIVE2, CARBON]
  const reached = [ACTIVE, ACTIVE2].map((phase) => ({ phase, pieces: reachThrough(mesh, phase, solids, 0) }))
  const none = !mesh.phases.includes(CARBON) && reached.every(({ pieces }) => !pieces.includes(true))
  if (none) return new Array<boolean>(count).fill(true)
  return reached.find(({ phase }) => phase === name)?.pieces ?? []
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
