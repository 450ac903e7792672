/**
 * What the structure means for the run, in words: phases that are cut off, particles on their own, tensors that no
 * material has. In the plane two phases cannot both reach through the cell in both directions; in space they can.
 */

import { type CellResult, interfaceName, type Tensor } from '../../../cell/cell.ts'
import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import type { Notice } from '../../family.ts'
import type { CathodeInput } from '../input.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE } from '../phases.ts'
import { foreignPhases } from './foreign.ts'
import { kindNotices } from './kindMessages.ts'
import type { CathodeStructure, CellValues } from './quantities.ts'

/** Electrolyte left by touching round particles, one a cell: discs, spheres. */
const LEAST_POROSITY = { 2: 1 - Math.PI / 4, 3: 1 - Math.PI / 6 } as const
/** Fractions closer than this count as equal. */
const CLOSE = 2e-3

interface Messages {
  notices: Notice[]
  problems: Problem[]
}

/** @param own values of the cell, where the structure uses them */
export function structureMessages(
  input: CathodeInput,
  cell: CellResult,
  structure: CathodeStructure,
  own: CellValues | undefined,
): Messages {
  const { parameters: v, macro } = input
  const messages: Messages = { notices: [], problems: [] }
  const dimension = cell.mesh.dimension
  if (own && macro.dimension > dimension)
    messages.problems.push({
      path: 'macro.dimension',
      message: t(
        'got {got}; a {most}D reference cell describes boxes of at most {most} dimensions; use a 3D cell or a {most}D box',
        { got: macro.dimension, most: dimension },
      ),
    })
  if (v.structure === 'given') givenFractions(v, cell, own, messages)
  else solids(cell, structure, messages)
  if (own && (v.structure === 'cell' || v.transport === 'cell')) blockedElectrolyte(input, cell, own, messages)
  ions(v, structure, own, messages)
  particles(v, structure, messages)
  if (v.structure === 'cell') messages.notices.push(...kindNotices(cell, structure.kinds))
  return messages
}

function givenFractions(
  v: CathodeValues,
  cell: CellResult,
  own: CellValues | undefined,
  { notices, problems }: Messages,
) {
  const [p, q] = [v.p, v.q]
  if (p + q > 1 + 1e-12)
    problems.push({
      path: 'parameters.q',
      message: t('got {got} beside the fraction {p} of electrolyte; they must not exceed 1 together; try {better}', {
        got: q,
        p,
        better: (1 - p).toPrecision(3),
      }),
    })
  if (own && Math.abs(own.p - p) > CLOSE)
    notices.push({
      level: 'warning',
      message: t('The ionic tensor is that of the reference cell, with {p} electrolyte, while {p2} are given.', {
        p: percent(own.p),
        p2: percent(p),
      }),
      advice: [t('take the whole structure from the reference cell'), t('change its shapes until the fractions agree')],
    })
  const least = LEAST_POROSITY[cell.mesh.dimension]
  if (!own && p < least)
    notices.push({
      level: 'info',
      message: t(
        'One round particle a cell leaves at least {least} electrolyte: {p} needs particles that overlap, or of several sizes. The reference cell is shown for orientation.',
        { least: percent(least), p: percent(p) },
      ),
    })
}

/** What keeps the solid from working: foreign phases, no contact, no path for electrons. */
function solids(cell: CellResult, { T, Sigma, a }: CathodeStructure, { notices, problems }: Messages): void {
  const foreign = foreignPhases(Object.keys(cell.phases))
  if (foreign !== undefined) problems.push({ path: 'cell.shapes', message: foreign })
  const carbon = CARBON in cell.phases
  const touching = [ACTIVE, ACTIVE2].some((name) => interfaceName(name, ELECTROLYTE) in cell.interfaceMeasure)
  // Where no electron goes anywhere, that is said below.
  if (!(a > 0) && (!touching || Sigma[0][0] > 0))
    problems.push({
      path: 'cell.shapes',
      message: touching
        ? t(
            'no electron comes to the active material: none of its particles in the electrolyte touches carbon that leads along x to the collector; move the particles onto the carbon, or draw a bar of it along x through them',
          )
        : t(
            'the active material touches no electrolyte: nothing can react; remove what lies between them, or make the carbon thinner',
          ),
    })
  if (Sigma[0][0] === 0)
    problems.push({
      path: 'cell.shapes',
      message: t('no path for electrons along x: only the particles at the collector could react; {what}', {
        what: carbon
          ? t('let the carbon reach from cell to cell, as bars through the particles or up to them')
          : t('add carbon, such as a bar along x drawn before the particles'),
      }),
    })
  else if (T[0][0] > 0 && carbon && !cell.phases[CARBON].percolates[0] && !cell.phases[ACTIVE].percolates[0])
    notices.push({
      level: 'info',
      message: t(
        'The carbon ends at the particles, so electrons pass through both in turn: the conductivity ({Sigma} S/m) follows the worse conductor.',
        { Sigma: Sigma[0][0].toPrecision(2) },
      ),
    })
}

/** An electrolyte that does not reach through the box. */
function blockedElectrolyte(
  { parameters: v, macro }: CathodeInput,
  cell: CellResult,
  own: CellValues,
  { notices, problems }: Messages,
): void {
  const { dimension, n } = cell.mesh
  const carbon = CARBON in cell.phases
  const axes = [...'xyz'.slice(0, Math.min(macro.dimension, dimension))]
  const cutOff = axes.filter((_, k) => own.T?.[k]?.[k] === 0)
  const closed = cell.phases[ELECTROLYTE].unresolved[0]
    ? t(
        'the gaps of the electrolyte along x are below the mesh width (1/{n}); raise cell.resolution or move the particles apart',
        { n },
      )
    : carbon && !own.open
      ? t('the carbon cuts the electrolyte off along x: no ion reaches the cathode; {what}', {
          what:
            dimension === 2
              ? t(
                  'in the plane two phases cannot both reach through in both directions: let ions pass the carbon (carbon_permeable), keep bars along x only, or use a 3D cell',
                )
              : t('make the carbon thinner or let ions pass it (carbon_permeable)'),
        })
      : t('the electrolyte does not percolate along x: no ion reaches the cathode; make the particles smaller')
  if (cutOff.includes('x') && v.transport === 'published')
    notices.push({
      level: 'warning',
      message: t('{closed}. Only the published flux average lets ions through this wall.', {
        closed: `${closed[0].toUpperCase()}${closed.slice(1)}`,
      }),
    })
  else if (cutOff.includes('x')) problems.push({ path: 'cell.shapes', message: closed })
  else if (cutOff.length > 0)
    notices.push({
      level: 'warning',
      message: t('The electrolyte is cut off along {cutOff}: ions move in separate layers.', {
        cutOff: cutOff.join(` ${t('and')} `),
      }),
    })
}

/** Ionic tensors that no material of this porosity has. */
function ions(v: CathodeValues, { T, p }: CathodeStructure, own: CellValues | undefined, m: Messages): void {
  if (v.transport === 'published')
    m.notices.push({
      level: 'warning',
      message: t(
        'The published flux average ({T} at r = {r_published}) depends on an arbitrary ratio and {what}{what2}.',
        {
          T: T[0][0].toPrecision(3),
          r_published: v.r_published,
          what:
            T[0][0] > p * (1 + 1e-6)
              ? t('exceeds the fraction of electrolyte ({p}), which no material does', { p: p.toPrecision(3) })
              : t('is not what the resolved equations converge to'),
          what2: own?.T ? t('; the exact value is {T}', { T: own.T[0][0].toPrecision(3) }) : '',
        },
      ),
      advice: [t('take the ionic tensor of the reference cell')],
    })
  else if (largest(T) > p * (1 + 1e-6))
    m.notices.push({
      level: 'warning',
      message: t(
        'The ionic tensor {largest} exceeds the fraction of electrolyte {p}: straight channels through the whole cathode have no more.',
        { largest: largest(T).toPrecision(3), p: p.toPrecision(3) },
      ),
      advice: [t('at most {most}', { most: p.toPrecision(3) })],
    })
}

function particles(v: CathodeValues, { Ms, q, second }: CathodeStructure, { notices }: Messages): void {
  const moving = Math.max(largest(Ms), second ? largest(second.Ms) : 0)
  if (v.mobility_printed === true)
    notices.push({
      level: 'warning',
      message: t(
        'As printed, the mobility of the solid is {Ms}{what}: the sign at the surface of the particles is wrong.',
        {
          Ms: Ms[0][0].toPrecision(3),
          what:
            Ms[0][0] > q * (1 + 1e-6)
              ? t(', more than the fraction {q} of the solid itself', { q: q.toPrecision(3) })
              : '',
        },
      ),
    })
  else if (moving === 0)
    notices.push({
      level: 'info',
      message: t(
        'The particles are isolated: independent particles, one per mesh cell of the cathode. No lithium moves between them inside the solid, each fills on its own.',
      ),
    })
  else if (!second && moving > q * (1 + 1e-6))
    notices.push({
      level: 'warning',
      message: t(
        'The mobility factor {largest} exceeds the fraction of active material {q}: straight bars have no more.',
        { largest: largest(Ms).toPrecision(3), q: q.toPrecision(3) },
      ),
    })
}

const largest = (t: Tensor) => Math.max(...t.map((row, i) => row[i]))
const percent = (x: number) => `${(100 * x).toFixed(1)} %`
