/** What a state of a homogenized tissue says of itself, and how its kinds of cells become those of another one. */
import type { MacroSpec } from '../family.ts'
import { overlaps } from '../pieces.ts'
import { widthOf } from './layout.ts'

/** Part of all cells that a kind is. */
export interface Share {
  part: number
  glia: boolean
}

const GLIA_MARK = 'g'
const VOLUME_MARK = 'v'

export function sharesOf(cells: readonly { volume: Float64Array; glia: boolean }[]): Share[] {
  const volumes = cells.map(({ volume }) => volume.reduce((a, b) => a + b, 0))
  const total = volumes.reduce((a, b) => a + b, 0)
  return cells.map(({ glia }, k) => ({ part: volumes[k] / total, glia }))
}

/**
 * Which unknowns a state has: with gates or not, on which mesh, and of which kinds of cells.
 * @param least swelling that volumes of cells are counted from, where they breathe
 */
export function tissueLayout(gates: boolean, macro: MacroSpec, shares: readonly Share[], least?: number): string {
  const volume = least === undefined ? '' : `${VOLUME_MARK}${least}`
  const mesh = `tissue/${widthOf(1, gates)}${volume}/${macro.nodes.slice(0, macro.dimension).join('x')}`
  if (shares.length === 1) return mesh
  return `${mesh}/${shares.map(({ part, glia }) => part.toPrecision(4) + (glia ? GLIA_MARK : '')).join('+')}`
}

/** undefined: of another family. */
export function readLayout(layout: string): { gates: boolean; shares: Share[]; least?: number } | undefined {
  const [family, width, , kinds = '1'] = layout.split('/')
  if (family !== 'tissue') return undefined
  const shares = kinds.split('+').map((kind) => ({ part: Number.parseFloat(kind), glia: kind.endsWith(GLIA_MARK) }))
  const [plain, least] = width.split(VOLUME_MARK)
  return { gates: Number(plain) === widthOf(1, true), shares, ...(least ? { least: Number(least) } : {}) }
}

/** Part of new kind k that was of old kind j, at [k][j]; cells stay cells and glia stays glia, which may be new. */
export function shareOut(before: readonly Share[], now: readonly Share[]): number[][] {
  const out = now.map(() => before.map(() => 0))
  for (const sort of [false, true]) {
    const places = (shares: readonly Share[]) => [...shares.keys()].filter((k) => shares[k].glia === sort)
    const [old, own] = [places(before), places(now)]
    if (old.length === 0) continue
    const part = (shares: readonly Share[], of: readonly number[]) => {
      const total = of.reduce((sum, k) => sum + shares[k].part, 0)
      return of.map((k) => shares[k].part / total)
    }
    overlaps(part(before, old), part(now, own)).forEach((row, k) => {
      row.forEach((weight, j) => {
        out[own[k]][old[j]] = weight
      })
    })
  }
  return out
}
