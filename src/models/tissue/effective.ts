/**
 * From the reference cell to the coefficients of the homogenized tissue, and to its class: the cell decides. If the
 * intracellular phase percolates along an axis of the macroscopic box, the tissue is connected-connected (a syncytium,
 * bidomain); if it does not, each cell is alone and the model is connected-disconnected.
 */

import { type CellResult, interfaceName, type Tensor } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { InputError, type Problem } from '../../parameter.ts'
import { number } from '../../words.ts'
import type { Notice } from '../family.ts'
import { meantBy } from '../meant.ts'
import { EQUAL } from '../pieces.ts'
import type { TissueInput } from './input.ts'
import type { EffectiveCells, EffectiveTissue } from './net.ts'
import { type KindOfCells, kindsOfCells } from './period.ts'
import { GLIA, INSIDE, OUTSIDE } from './phases.ts'

/** Effective coefficients from the reference cell (or from the overrides), and the class they imply. */
export function effectiveTissue(
  input: TissueInput,
  cell: CellResult,
): {
  tissue: EffectiveTissue
  modelClass: string
  /** Absent where the cell is not looked at. */
  kinds?: readonly KindOfCells[]
  problems: Problem[]
  notices: Notice[]
} {
  const { parameters: v, macro } = input
  const problems: Problem[] = []
  const notices: Notice[] = []
  const axes = 'xyz'.slice(0, macro.dimension)
  if (v.override) return { ...byHand(v), problems, notices: besideHand(cell) }
  const dimension = cell.mesh.dimension
  if (macro.dimension > dimension)
    problems.push({
      path: 'macro.dimension',
      message: t(
        'got {got}; a {most}D reference cell describes tissues of at most {most} dimensions; use a 3D cell or a {most}D box',
        { got: macro.dimension, most: dimension },
      ),
    })
  const outside = cell.phases[OUTSIDE]
  const inside = cell.phases[INSIDE]
  if (!outside || !inside) {
    throw new InputError([...problems, phaseMissing(Object.keys(cell.phases))])
  }
  const blocked = [...axes].filter((_, k) => k < dimension && !outside.percolates[k])
  if (blocked.length > 0)
    problems.push({
      path: 'cell.shapes',
      message: blocked.every((a) => outside.unresolved['xyz'.indexOf(a)])
        ? t(
            'the gaps between the cells are below the mesh width (1/{n}), so the mesh closes the extracellular phase along {blocked}; raise cell.resolution or move the cells apart',
            { n: cell.mesh.n, blocked: blocked.join(` ${t('and')} `) },
          )
        : t(
            'the extracellular phase does not percolate along {blocked}: it is cut off and no homogenized model exists; make the cells smaller or move them apart',
            { blocked: blocked.join(` ${t('and')} `) },
          ),
    })
  const area = cell.interfaceMeasure[interfaceName(INSIDE, OUTSIDE)]
  if (area === undefined) {
    problems.push({
      path: 'cell.shapes',
      message: t(
        'the phases {inside} and {outside} do not touch anywhere: there is no membrane; remove what lies between them',
        { inside: INSIDE, outside: OUTSIDE },
      ),
    })
    throw new InputError(problems)
  }
  if (GLIA in cell.phases) problems.push(...gliaProblems(cell))
  const kinds = kindsOfCells(cell)
  notices.push(...noticesOf(cell, blocked.length === 0), ...noticesOfKinds(cell, kinds, input.cellSize))
  const tensor = (phase: string): Tensor => {
    const found = cell.problems.find((p) => p.kind === 'perforated' && p.phase === phase)
    return found ? found.tensor : []
  }
  if (problems.length === 0 && degenerate(tensor(OUTSIDE), macro.dimension))
    problems.push({
      path: 'cell.shapes',
      message: t(
        'the extracellular phase percolates only along a diagonal: no current flows across it and no homogenized model exists in this box; open the cell in another direction or use a one-dimensional box',
      ),
    })
  const joined = (percolates: readonly boolean[]) => [...axes].some((_, k) => k < dimension && percolates[k])
  // What stands alone adds nothing to the tensor of its phase: it is that of what is joined.
  const conducting = (phase: string): Tensor => {
    const gap = phase === GLIA ? v.glia_gap : v.gap
    return tensor(phase).map((row) => row.map((x) => x * gap))
  }
  const [first, ...others] = kinds.map(
    ({ phase, part, membrane, percolates }): EffectiveCells => ({
      ...(phase === GLIA ? { glia: true } : {}),
      fractionI: part,
      areaDensity: membrane / input.cellSize,
      tensorI: joined(percolates) ? conducting(phase) : ZERO,
    }),
  )
  const spread = Math.max(...kinds.map((kind) => kind.spread))
  return {
    tissue: {
      ...first,
      fractionE: outside.fraction,
      tensorE: tensor(OUTSIDE),
      others,
      ...(spread > EQUAL ? { unequal: spread } : {}),
    },
    modelClass: classOf((phase) => kinds.some((kind) => kind.phase === phase && joined(kind.percolates))),
    kinds,
    problems,
    notices,
  }
}

const ZERO: Tensor = [0, 1, 2].map(() => [0, 0, 0])

/** @param connected whether cells of a phase are joined through the period */
export function classOf(connected: (phase: string) => boolean): string {
  if (connected(INSIDE)) return 'connected-connected'
  return connected(GLIA) ? 'connected-glia' : 'connected-disconnected'
}

/** Glia has a membrane towards the space between the cells, and none towards cells. */
function gliaProblems({ interfaceMeasure }: CellResult): Problem[] {
  if (interfaceMeasure[interfaceName(GLIA, OUTSIDE)] === undefined)
    return [
      {
        path: 'cell.shapes',
        message: t('glia does not touch the phase {outside}: it has no membrane; leave space around it', {
          outside: OUTSIDE,
        }),
      },
    ]
  if (interfaceMeasure[interfaceName(GLIA, INSIDE)] === undefined) return []
  return [
    {
      path: 'cell.shapes',
      message: t('glia touches the phase {inside}; between cells there must be space: move or shrink one of them', {
        inside: INSIDE,
      }),
    },
  ]
}

function byHand(v: TissueInput['parameters']): { tissue: EffectiveTissue; modelClass: string } {
  const scalar = (s: number): Tensor => [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? s : 0)))
  const inside = v.factor_I * v.gap
  return {
    tissue: {
      fractionE: v.fraction_E,
      fractionI: 1 - v.fraction_E,
      areaDensity: v.area_density,
      tensorE: scalar(v.factor_E),
      tensorI: scalar(inside),
      others: [],
    },
    modelClass: inside > 0 ? 'connected-connected' : 'connected-disconnected',
  }
}

function phaseMissing(phases: readonly string[]): Problem {
  const foreign = phases.filter((name) => ![INSIDE, OUTSIDE, GLIA].includes(name))
  const needed = t('got the phases {phases}; a tissue needs both {outside} and {inside}', {
    phases: phases.join(', '),
    outside: OUTSIDE,
    inside: INSIDE,
  })
  return { path: 'cell.shapes', message: [needed, ...meantBy(foreign, [INSIDE, OUTSIDE])].join('; ') }
}

/** What coefficients that are entered by hand leave out of the cell. */
function besideHand({ phases }: Pick<CellResult, 'phases'>): Notice[] {
  if (!(GLIA in phases)) return []
  return [
    {
      level: 'warning',
      message: t('The phase {glia} takes no part: coefficients entered by hand know one kind of cells.', {
        glia: GLIA,
      }),
      advice: [t('set override to false, so that the reference cell counts'), t('draw the cell without glia')],
    },
  ]
}

/** @param open no axis of the space between the cells is blocked */
function noticesOf(cell: CellResult, open: boolean): Notice[] {
  const { [OUTSIDE]: outside } = cell.phases
  const notices: Notice[] = []
  const others = Object.keys(cell.phases).filter((name) => ![INSIDE, OUTSIDE, GLIA].includes(name))
  if (others.length > 0)
    notices.push({
      level: 'info',
      message: t('The phase {others} takes no part: neither ions nor current enter it.', { others: others.join(', ') }),
      advice: meantBy(others, [INSIDE, OUTSIDE, GLIA]),
    })
  if (outside.components > 1 && open)
    notices.push({
      level: 'warning',
      message: t(
        'The extracellular phase has {components} separate pieces. They count as one: enclosed pockets take part in the volume and the membrane area.',
        { components: outside.components },
      ),
      advice: [t('remove extracellular shapes inside cells')],
    })
  return notices
}

/** Which kinds of cells have unknowns of their own, and what is left of differences inside one. @param period m */
function noticesOfKinds({ phases }: CellResult, kinds: readonly KindOfCells[], period: number): Notice[] {
  const notices: Notice[] = []
  if (kinds.length > 1)
    notices.push({
      level: 'info',
      message: t(
        'The cells of one period are of {count} kinds, each with ions and a potential of its own; pieces (part of the period, membrane per volume): {kinds}.',
        { count: kinds.length, kinds: kinds.map((kind, k) => inWords(kind, k, period)).join('; ') },
      ),
    })
  const out = [INSIDE, GLIA].reduce((sum, phase) => sum + (phases[phase]?.components ?? 0), 0) - piecesIn(kinds)
  if (out > 0)
    notices.push({
      level: 'warning',
      message: t(
        'Cells that touch nothing of the phase {outside} ({out} in a period) have no membrane and take no part.',
        { out, outside: OUTSIDE },
      ),
    })
  const worst = Math.max(...kinds.map((kind) => kind.spread))
  if (worst > EQUAL)
    notices.push({
      level: 'warning',
      message: t(
        'Cells of one kind differ by {spread} % in membrane per volume, and the homogenized model gives them one concentration and one potential: against the resolved tissue an error stays that no smaller cell removes.',
        { spread: number(100 * worst) },
      ),
      advice: [t('take cells of few sizes'), t('look at the resolved tissue beside it')],
    })
  return notices
}

const piecesIn = (kinds: readonly KindOfCells[]) => kinds.reduce((sum, { pieces }) => sum + pieces.length, 0)

function inWords({ phase, pieces, part, membrane, percolates }: KindOfCells, k: number, period: number): string {
  const kind = phase === GLIA ? t('{kind} (glia)', { kind: k + 1 }) : k + 1
  const many = percolates.includes(true) ? t('joined through the cells') : pieces.length
  return `${kind}: ${many} (${number(100 * part, 3)} %, ${number((1e-6 * membrane) / part / period, 3)} /µm)`
}

/** The leading d x d block of a tensor has (nearly) no conduction in some direction. */
function degenerate(t: Tensor, d: number): boolean {
  if (d === 1) return false
  const minor = t[0][0] * t[1][1] - t[0][1] * t[1][0]
  const flat = minor < 1e-9 * t[0][0] * t[1][1]
  if (d === 2 || flat) return flat
  const determinant =
    t[2][2] * minor -
    t[2][1] * (t[0][0] * t[1][2] - t[0][2] * t[1][0]) +
    t[2][0] * (t[0][1] * t[1][2] - t[0][2] * t[1][1])
  return determinant < 1e-9 * t[2][2] * minor
}
