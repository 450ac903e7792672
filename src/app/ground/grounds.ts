/** The grounds that pictures stand on: those of the two themes. */

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
