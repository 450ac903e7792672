/**
 * What the structure means for the run, in words: phases that are cut off, particles on their own, tensors that no
 * material has. In the plane two phases cannot both reach through the cell in both directions; in space they can.
 */

import type { CellResult, Tensor } from '../../../cell/cell.ts'
import type { Problem } from '../../../parameter.ts'
import { number } from '../../../words.ts'
import type { Notice } from '../../family.ts'
import { unequalPieces } from '../../pieces.ts'
import type { CathodeInput } from '../input.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { ACTIVE, CARBON, ELECTROLYTE } from './phases.ts'
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
      message: `got ${macro.dimension}; a ${dimension}D reference cell describes boxes of at most ${dimension} dimensions; use a 3D cell or a ${dimension}D box`,
    })
  if (v.structure === 'given') givenFractions(v, cell, own, messages)
  else solids(cell, structure, messages)
  if (own && (v.structure === 'cell' || v.transport === 'cell')) blockedElectrolyte(input, cell, own, messages)
  ions(v, structure, own, messages)
  particles(v, structure, messages)
  unequal(cell, messages)
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
      message: `got ${q} beside the fraction ${p} of electrolyte; they must not exceed 1 together; try ${(1 - p).toPrecision(3)}`,
    })
  if (own && Math.abs(own.p - p) > CLOSE)
    notices.push({
      level: 'warning',
      message: `The ionic tensor is that of the reference cell, with ${percent(own.p)} electrolyte, while ${percent(p)} are given.`,
      advice: ['take the whole structure from the reference cell', 'change its shapes until the fractions agree'],
    })
  const least = LEAST_POROSITY[cell.mesh.dimension]
  if (!own && p < least)
    notices.push({
      level: 'info',
      message: `One round particle a cell leaves at least ${percent(least)} electrolyte: ${percent(p)} needs particles that overlap, or of several sizes. The reference cell is shown for orientation.`,
    })
}

/** What keeps the solid from working: foreign phases, no contact, no path for electrons. */
function solids(cell: CellResult, { T, Sigma, a }: CathodeStructure, { notices, problems }: Messages): void {
  const others = Object.keys(cell.phases).filter((name) => ![ELECTROLYTE, ACTIVE, CARBON].includes(name))
  if (others.length > 0)
    problems.push({
      path: 'cell.shapes',
      message: `got the phase ${others.join(', ')}; a cathode has the phases "${ELECTROLYTE}", "${ACTIVE}" and "${CARBON}"`,
    })
  if (!(a > 0))
    problems.push({
      path: 'cell.shapes',
      message:
        'the active material touches no electrolyte: nothing can react; remove what lies between them, or make the carbon thinner',
    })
  const carbon = CARBON in cell.phases
  if (Sigma[0][0] === 0)
    problems.push({
      path: 'cell.shapes',
      message: `no path for electrons along x: only the particles at the collector could react; ${carbon ? 'let the carbon reach from cell to cell, as bars through the particles or up to them' : 'add carbon, such as a bar along x drawn before the particles'}`,
    })
  else if (T[0][0] > 0 && carbon && !cell.phases[CARBON].percolates[0] && !cell.phases[ACTIVE].percolates[0])
    notices.push({
      level: 'info',
      message: `The carbon ends at the particles, so electrons pass through both in turn: the conductivity (${Sigma[0][0].toPrecision(2)} S/m) follows the worse conductor.`,
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
    ? `the gaps of the electrolyte along x are below the mesh width (1/${n}); raise cell.resolution or move the particles apart`
    : carbon && !own.open
      ? `the carbon cuts the electrolyte off along x: no ion reaches the cathode; ${dimension === 2 ? 'in the plane two phases cannot both reach through in both directions: let ions pass the carbon (carbon_permeable), keep bars along x only, or use a 3D cell' : 'make the carbon thinner or let ions pass it (carbon_permeable)'}`
      : 'the electrolyte does not percolate along x: no ion reaches the cathode; make the particles smaller'
  if (cutOff.includes('x') && v.transport === 'published')
    notices.push({
      level: 'warning',
      message: `${closed[0].toUpperCase()}${closed.slice(1)}. Only the published flux average lets ions through this wall.`,
    })
  else if (cutOff.includes('x')) problems.push({ path: 'cell.shapes', message: closed })
  else if (cutOff.length > 0)
    notices.push({
      level: 'warning',
      message: `The electrolyte is cut off along ${cutOff.join(' and ')}: ions move in separate layers.`,
    })
}

/** Ionic tensors that no material of this porosity has. */
function ions(v: CathodeValues, { T, p }: CathodeStructure, own: CellValues | undefined, m: Messages): void {
  if (v.transport === 'published')
    m.notices.push({
      level: 'warning',
      message: `The published flux average (${T[0][0].toPrecision(3)} at r = ${v.r_published}) depends on an arbitrary ratio and ${T[0][0] > p * (1 + 1e-6) ? `exceeds the fraction of electrolyte (${p.toPrecision(3)}), which no material does` : 'is not what the resolved equations converge to'}${own?.T ? `; the exact value is ${own.T[0][0].toPrecision(3)}` : ''}.`,
      advice: ['take the ionic tensor of the reference cell'],
    })
  else if (largest(T) > p * (1 + 1e-6))
    m.notices.push({
      level: 'warning',
      message: `The ionic tensor ${largest(T).toPrecision(3)} exceeds the fraction of electrolyte ${p.toPrecision(3)}: straight channels through the whole cathode have no more.`,
      advice: [`at most ${p.toPrecision(3)}`],
    })
}

/** Particles of different surface per volume fill at different rates, but have one filling here. */
function unequal({ phases }: CellResult, { notices }: Messages): void {
  const found = phases[ACTIVE] && unequalPieces(phases[ACTIVE])
  if (!found) return
  notices.push({
    level: 'warning',
    message: `The active material of a cell falls into ${phases[ACTIVE].components} pieces with ${number(found.low)} to ${number(found.high)} of surface per volume and period. The homogenized model gives them one filling: against the resolved cell an error stays that no smaller cell removes.`,
    advice: ['take particles of one size', 'look at the resolved cell beside it'],
  })
}

function particles(v: CathodeValues, { Ms, q }: CathodeStructure, { notices }: Messages): void {
  if (v.mobility_printed === true)
    notices.push({
      level: 'warning',
      message: `As printed, the mobility of the solid is ${Ms[0][0].toPrecision(3)}${Ms[0][0] > q * (1 + 1e-6) ? `, more than the fraction ${q.toPrecision(3)} of the solid itself` : ''}: the sign at the surface of the particles is wrong.`,
    })
  else if (largest(Ms) === 0)
    notices.push({
      level: 'info',
      message:
        'The particles are isolated: independent particles, one per mesh cell of the cathode. No lithium moves between them inside the solid, each fills on its own.',
    })
  else if (largest(Ms) > q * (1 + 1e-6))
    notices.push({
      level: 'warning',
      message: `The mobility factor ${largest(Ms).toPrecision(3)} exceeds the fraction of active material ${q.toPrecision(3)}: straight bars have no more.`,
    })
}

const largest = (t: Tensor) => Math.max(...t.map((row, i) => row[i]))
const percent = (x: number) => `${(100 * x).toFixed(1)} %`
