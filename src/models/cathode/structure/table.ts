/**
 * The nine effective parameters of the homogenized cathode: what is in use, what the reference cell gives exactly, and
 * what others would take. Fractions p and q, the reactive area a (the three reaction numbers of the paper are constants
 * times a), and the tensors of diffusion, drift and permittivity of the electrolyte, of electrons, of lithium in the
 * solid and of flow, each by its component along the cell.
 *
 *   Maxwell  2p/(3-p) or p/(2-p);      Kozeny and Carman  K = p³ / (5 S²), S the solid surface per volume
 */

import type { CellResult, Tensor } from '../../../cell/cell.ts'
import { msg, t } from '../../../language/language.ts'
import type { Curve, CurveTable } from '../../family.ts'
import type { CathodeInput } from '../input.ts'
import { ACTIVE, CARBON, ELECTROLYTE } from '../phases.ts'
import type { ParticleKind } from './kinds.ts'
import type { CathodeStructure, CellValues } from './quantities.ts'
import { cathodeStructure, cellValues } from './structure.ts'

type Row = CurveTable['rows'][number]
/** In use, cell, published, Bruggeman, classical, from the tortuosity. */
type Cells = [number?, number?, number?, number?, number?, number?]

const COLUMNS = [msg('in use'), msg('cell'), msg('paper'), 'p^1.5', 'Maxwell', 'p/τ²']
const KOZENY = 5

/**
 * Values along x in SI. Yields the fraction done.
 * @throws InputError when the structure in use needs a phase that the cell lacks
 */
export function* effectiveTable(input: CathodeInput, cell: CellResult): Generator<number, Curve> {
  yield 0
  const complete = ELECTROLYTE in cell.phases && ACTIVE in cell.phases
  const own = complete ? cellValues(input, cell) : undefined
  return {
    name: 'table',
    label: 'Effective parameters',
    x: { label: '', unit: '1', factor: 1 },
    y: { label: '', unit: '1', factor: 1 },
    traces: [],
    marks: [],
    note: [...(cell.table ? [t('Where cells vary: in the middle of the cathode.')] : []), note(input, own)].join(' '),
    table: {
      rowTitle: 'parameter',
      columns: COLUMNS.map((label) => ({ label, unit: '1', factor: 1 })),
      rows: rows(input, cell, cathodeStructure(input, cell), own),
    },
  }
}

function note({ parameters: v, filtration }: CathodeInput, own: CellValues | undefined): string {
  const source =
    v.structure === 'given'
      ? t('The structure in use is given; the cell is for comparison.')
      : filtration
        ? t('All from the cell, the permeability from the cell of the flow.')
        : t('All from the cell.')
  const columns = t(
    "Columns: in use; exact from the cell; the published formula; Bruggeman's p^1.5; Maxwell, for the permeability Kozeny and Carman; from the tortuosity given.",
  )
  const lacks = { electrolyte: ELECTROLYTE, active: ACTIVE }
  if (!own) return `${source} ${t('It lacks the phase "{electrolyte}" or "{active}".', lacks)} ${columns}`
  return own.published
    ? `${source} ${columns}`
    : `${source} ${columns} ${t('The published average is computed when it is the ionic tensor in use: choose it to see it.')}`
}

function row(name: string, label: string, cells: Cells, text: string): Row {
  return { name, label, cells: COLUMNS.map((_, k) => cells[k]), note: text, chosen: false }
}

/** Of a second material: its part of q. */
function secondFraction(used: CathodeStructure, own: CellValues | undefined): Row[] {
  const part = (kinds: readonly ParticleKind[]) => kinds.reduce((q, kind) => q + (kind.second ? kind.q : 0), 0)
  if (!used.second) return []
  return [row('q2', 'q₂', [part(used.kinds), own && part(own.kinds)], t('The second material, a part of q.'))]
}

function secondMobility(used: CathodeStructure, own: CellValues | undefined): Row[] {
  if (!used.second) return []
  const cells: Cells = [used.second.Ms[0][0], own?.second?.Ms?.[0][0]]
  return [
    row('Ms2', 'M̂_s₂', cells, t('Lithium in the second material alone: none passes from one material to the other.')),
  ]
}

function rows(input: CathodeInput, cell: CellResult, used: CathodeStructure, own: CellValues | undefined): Row[] {
  const { parameters: v } = input
  const d = cell.mesh.dimension
  const { p, q } = own && v.structure === 'cell' ? own : used
  const along = (tensor: Tensor | undefined) => tensor?.[0][0]
  const M = along(own?.published)
  const maxwell = d === 3 ? (2 * p) / (3 - p) : p / (2 - p)
  const tortuous = p / v.tortuosity ** 2
  const ionic = (published: number | undefined): Cells => [
    along(used.T),
    along(own?.T),
    published,
    p ** 1.5,
    maxwell,
    tortuous,
  ]
  // Kozeny and Carman ask for the surface of the cell that flows, which is not that of the first.
  const surface = input.filtration ? undefined : v.structure === 'given' ? used.a : own?.surface
  const alone = !(CARBON in cell.phases) && v.structure === 'cell'
  return [
    row(
      'p',
      'p',
      [used.p, own?.p],
      own?.open ? t('Electrolyte with the carbon, because ions pass through it.') : t('Electrolyte; holds the salt.'),
    ),
    row('q', 'q', [used.q, own?.q], t('Active material; holds the lithium, carbon does not.')),
    ...secondFraction(used, own),
    row(
      'a',
      'a, 1/m',
      [used.a, own && own.contact * v.area_factor],
      t('Reactive area. The reaction numbers of the paper, β₊, β_s and β_ψ, are constants times a.'),
    ),
    row(
      'D',
      'D̂/D',
      ionic(undefined),
      t(
        'Diffusion of ions between walls that block. The paper asks for local equilibrium on top, which only states at rest have.',
      ),
    ),
    row(
      'M',
      'M̂/D',
      ionic(M),
      M !== undefined && M > p
        ? t('Drift of ions; equals diffusion. The published flux average exceeds p: no material does.')
        : t('Drift of ions; equals diffusion. The published flux average depends on an arbitrary ratio r.'),
    ),
    row('eps', 'ε̂/ε', ionic(M), t('Permittivity; equals diffusion; it only matters where charge is resolved.')),
    row(
      'Sigma',
      'Σ̂, S/m',
      [along(used.Sigma), along(own?.Sigma), along(own?.publishedSigma), alone ? v.sigma_active * q ** 1.5 : undefined],
      alone
        ? t('Electrons; the active material conducts alone.')
        : t(
            'Electrons in active material and carbon with no current into the electrolyte; Bruggeman knows one conductor only.',
          ),
    ),
    row(
      'Ms',
      'M̂_s',
      [along(used.Ms), along(own?.Ms), own?.Ms && 2 * own.q - own.Ms[0][0], q ** 1.5, 0],
      t(
        'Lithium in the active material. Printed with the wrong sign at its surface: 2q − M_s. Particles that do not touch: 0.',
      ),
    ),
    ...secondMobility(used, own),
    row(
      'K',
      'K̂, m²',
      [along(used.K), along(own?.K), undefined, undefined, surface ? p ** 3 / (KOZENY * surface ** 2) : undefined],
      input.filtration
        ? t('Permeability of the cell of the flow: mean Stokes velocity times its period squared.')
        : own?.K || !own
          ? t('Permeability: mean Stokes velocity; the paper divides by the viscosity twice.')
          : t('Permeability; the cell is asked for it only where the structure comes from the cell.'),
    ),
  ]
}
