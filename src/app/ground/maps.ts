/** Colour maps, as 256-step tables. All are perceptually uniform or close to it and readable without hue. */
import {
  interpolateBrBG,
  interpolateCividis,
  interpolateInferno,
  interpolatePiYG,
  interpolatePuOr,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic'
import type { MapName } from './colours.ts'

const INTERPOLATORS: Record<MapName, (t: number) => string> = {
  viridis: interpolateViridis,
  inferno: interpolateInferno,
  cividis: interpolateCividis,
  diverging: (t) => interpolateRdBu(1 - t),
  difference: (t) => interpolatePuOr(1 - t),
  part: (t) => interpolateBrBG(t),
  otherPart: (t) => interpolatePiYG(t),
}

const tables = new Map<MapName, Uint8ClampedArray<ArrayBuffer>>()

/** RGBA, 256 entries. */
export function colourTable(name: MapName): Uint8ClampedArray<ArrayBuffer> {
  let table = tables.get(name)
  if (!table) {
    table = new Uint8ClampedArray(256 * 4)
    for (let i = 0; i < 256; i++) table.set([...parse(INTERPOLATORS[name](i / 255)), 255], 4 * i)
    tables.set(name, table)
  }
  return table
}

/** The map as a chart library takes it: parts of the range and their colours. */
export function colourStops(name: MapName): [number, string][] {
  return Array.from({ length: 13 }, (_, i) => [i / 12, INTERPOLATORS[name](i / 12)])
}

export function colourGradient(name: MapName, direction: string): string {
  return `linear-gradient(${direction}, ${colourStops(name)
    .map(([, colour]) => colour)
    .join(', ')})`
}

function parse(colour: string): number[] {
  if (colour.startsWith('#')) return [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16))
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}
