import { msg } from '../../language/language.ts'
/** What colour maps there are, and the colours of lines in charts; the maps themselves are in `maps.ts`. */

/**
 * The last three are not for fields, so that a picture is never taken for one of a field: purple below and orange above
 * zero for a difference, brown and teal, pink and green for the parts of a correction.
 */
export type MapName = 'viridis' | 'inferno' | 'cividis' | 'diverging' | 'difference' | 'part' | 'otherPart'

export const MAPS: readonly { value: MapName; label: string }[] = [
  { value: 'viridis', label: msg('Viridis') },
  { value: 'inferno', label: msg('Inferno') },
  { value: 'cividis', label: msg('Cividis') },
  { value: 'diverging', label: msg('Blue to red') },
]

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
