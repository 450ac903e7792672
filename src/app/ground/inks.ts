/** Colours of text and ground, as the style sheets have them; also those of the theme that is not on. */

export interface Ink {
  text: string
  muted: string
  accent: string
  panel: string
  other: string
}

export type Ground = 'light' | 'dark'

const SCHEME = 'data-mantine-color-scheme'

/** Reads styles as they are on a ground. Nothing is painted in between. */
export function onGround<T>(ground: Ground, read: () => T): T {
  const root = document.documentElement
  const before = root.getAttribute(SCHEME)
  if (before === ground) return read()
  root.setAttribute(SCHEME, ground)
  try {
    return read()
  } finally {
    if (before === null) root.removeAttribute(SCHEME)
    else root.setAttribute(SCHEME, before)
  }
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
