/** Layers over the phases of a cell: whose they are, and what their legends hold. They are drawn by drawLayers.ts. */

import type { CellProblemResult, CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import type { MapName } from '../ground/colours.ts'
import type { CellLayer } from '../store/lab.ts'

/** What the colours of a layer mean, for its legend. */
export interface Legend {
  map: MapName
  low: string
  high: string
  title: string
}

/** The flow of a cell, where there is one to be looked at. */
export function flowOf(cell: CellResult | undefined): CellProblemResult | undefined {
  return cell?.problems.find((p) => p.velocity && p.tensor.some((row) => row.some((x) => x !== 0)))
}

/** What people call a cell problem. */
export function problemLabel({ kind, phase, name }: CellProblemResult): string {
  return kind === 'stokes' ? t('flow of {phase}', { phase: t(phase ?? '') }) : t(phase ?? name ?? 'mixture')
}

/** The problem that a layer shows: the one chosen, the first where there are fewer, but flow lines are those of the flow. */
export function shownProblem(cell: CellResult, layer: CellLayer, chosen: number): CellProblemResult | undefined {
  return layer === 'flow' ? flowOf(cell) : (cell.problems[chosen] ?? cell.problems[0])
}
