/**
 * Parts of the page that are loaded when they are first shown. React's own `lazy` puts them off for as long as frames
 * keep arriving, because the updates of a run come first; an ordinary state does not wait.
 */

import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { firstPicture } from '../ground/firstPicture.ts'

export function later<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  waiting: () => ReactNode = () => null,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function Later(props: P) {
    const [Part, setPart] = useState(() => loaded)
    useEffect(() => {
      if (Part) return
      let alive = true
      load().then(
        (module) => {
          loaded = module.default
          if (alive) setPart(() => loaded)
        },
        // The panel around it says so.
        (error) =>
          setPart(() => {
            throw error
          }),
      )
      return () => {
        alive = false
      }
    }, [Part])
    return Part ? <Part {...props} /> : waiting()
  }
}

/** The same, once the first picture is there. */
export function afterPicture<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  waiting?: () => ReactNode,
): ComponentType<P> {
  return later(() => firstPicture.then(load), waiting)
}
