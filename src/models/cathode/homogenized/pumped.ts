/**
 * Where pumped electrolyte enters and leaves. Along the cell the salt is held at the foil, which is porous, and what comes to
 * the collector flows out; across it a reservoir lies below the cathode, and what comes to its upper end flows out. Anions
 * diffuse to and from a reservoir too, without current; mixed parts of their tensor are left out in the half cells beside it.
 */
import { t } from '../../../language/language.ts'
import type { Problem } from '../../../parameter.ts'
import { FARADAY } from '../../constants.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import type { Face, NeutralFlux } from '../laws/electrolyte.ts'
import type { Add } from '../layout.ts'

export interface PumpedEnds {
  /** Salt of the reservoir, c0. */
  inlet: number
  /** Nodes that hold it. */
  held: readonly number[]
  /** Nodes beside a reservoir, behind half of a cell. */
  beside: readonly { node: number; face: Face }[]
  /** Anions that leave a node with c = c0, A/m². */
  leave: readonly { node: number; carried: number }[]
}

/** Whether the flow comes in at the foil. */
export function throughFoil({ flow }: CathodeSetting): boolean {
  return flow !== undefined && flow.across !== true
}

/** Pores that what is pumped cannot pass. */
export function closedToFlow({ flow, cathode, along }: CathodeSetting): Problem[] {
  if (!flow) return []
  // A cell of the flow is the same in every column.
  const { K = [0, 0] } = along?.[0] ?? cathode
  if (flow.period !== undefined && !(K[flow.across ? 1 : 0] > 0))
    return [
      {
        path: 'filtration.shapes',
        message: t(
          'got pores that are closed along {axis}, the direction of the flow; make the particles smaller, or take a finer filtration.resolution where gaps are narrow',
          { axis: flow.across ? 'y' : 'x' },
        ),
      },
    ]
  if (!flow.across || flow.field) return []
  return [
    {
      path: 'parameters.flow',
      message: t(
        'got a flow across, and pores through which nothing passes from below to above; open them, or pump along the cell ("pumped")',
      ),
    },
  ]
}

export function pumpedEnds(setting: CathodeSetting): PumpedEnds | undefined {
  const { flow, grid, reference, cathode, along } = setting
  if (!flow) return undefined
  const { field, inlet, velocity } = flow
  const carried = FARADAY * reference * velocity
  const rows = Array.from(grid.tab.keys())
  const leave = field
    ? field.leave.map((end) => ({ node: end.node, carried: carried * end.flow }))
    : rows.map((j) => ({ node: grid.columns - 1 + grid.columns * j, carried: carried * grid.share }))
  if (throughFoil(setting)) return { inlet, held: rows.map((j) => grid.columns * j), beside: [], leave }
  const half = (grid.share * grid.height) / 2
  const beside = (field?.enter ?? []).map(({ node, flow: entering }) => {
    const column = node % grid.columns
    const T = (along ? along[column - grid.first] : cathode).T[1]
    const area = grid.width[column] / grid.height
    const face: Face = {
      left: { resistance: 0, distance: 0 },
      right: { resistance: half / (T * area), distance: half },
      flow: carried * entering,
    }
    return { node, face }
  })
  return { inlet, held: [], beside, leave }
}

const across = new Float64Array(3)

/** What the ends bring into the balances of anions. */
export function pumpedRows(
  { inlet, held, beside, leave }: PumpedEnds,
  neutral: NeutralFlux,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  for (const p of held) {
    if (out) out[p] = inlet - u[p]
    add?.(p, p, -1)
  }
  for (const { node, face } of beside) {
    neutral.still(face, inlet, u[node], across)
    if (out) out[node] += across[0]
    add?.(node, node, across[2])
  }
  for (const { node, carried } of leave) {
    // Where it turns back it comes from the reservoir.
    if (out) out[node] -= carried * (carried > 0 ? u[node] : inlet)
    if (carried > 0) add?.(node, node, -carried)
  }
}

/** Anions that come from reservoirs beside nodes less those that leave, A/m²; what passes the foil is not among them. */
export function pumpedIn(ends: PumpedEnds, neutral: NeutralFlux, u: Float64Array): number {
  const out = new Float64Array(u.length)
  pumpedRows({ ...ends, held: [] }, neutral, u, out, undefined)
  return out.reduce((sum, value) => sum + value, 0)
}
