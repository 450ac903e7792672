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

/**
 * The last three are not for fields, so that a picture is never taken for one of a field: purple below and orange above
 * zero for a difference, brown and teal, pink and green for the parts of a correction.
 */
export type MapName = 'viridis' | 'inferno' | 'cividis' | 'diverging' | 'difference' | 'part' | 'otherPart'

export const MAPS: readonly { value: MapName; label: string }[] = [
  { value: 'viridis', label: 'Viridis' },
  { value: 'inferno', label: 'Inferno' },
  { value: 'cividis', label: 'Cividis' },
  { value: 'diverging', label: 'Blue to red' },
]

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

export function colourGradient(name: MapName, direction: string): string {
  const stops = Array.from({ length: 13 }, (_, i) => INTERPOLATORS[name](i / 12))
  return `linear-gradient(${direction}, ${stops.join(', ')})`
}

function parse(colour: string): number[] {
  if (colour.startsWith('#')) return [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16))
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}

/** Lines in charts: distinct also for people who confuse red and green (after Okabe and Ito), by theme. */
export const SERIES: Record<'light' | 'dark', readonly string[]> = {
  light: ['#14566b', '#b4531c', '#5b7a1f', '#7a3f8f', '#8a6d00', '#40484f', '#0a7f62', '#a03050'],
  dark: ['#7cc4dc', '#f0a070', '#b3cf6d', '#cf9fe0', '#e6cc66', '#c3ccd3', '#66d1b3', '#f08aa8'],
}

/** Colours of text and ground, as the style sheets have them. */
export interface Ink {
  text: string
  muted: string
  accent: string
  panel: string
  other: string
}

/** The colours that are on. */
export function ink(): Ink {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    text: of('--text'),
    muted: of('--muted'),
    accent: of('--accent-2'),
    panel: of('--panel'),
    other: of('--other-phase'),
  }
}
