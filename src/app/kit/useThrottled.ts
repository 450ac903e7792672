import { useEffect, useReducer } from 'react'
import { useSession } from '../session/context.ts'
import type { LabState } from '../store/lab.ts'

const INTERVAL = 200

/**
 * Renders again when what is picked changes, at most five times a second (and once more at the end).
 * @param key changes often
 * @param parts compared by identity
 */
export function useThrottled(key: (s: LabState) => string, parts: (s: LabState) => readonly unknown[]): void {
  const { lab } = useSession()
  const [, render] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let last = 0
    const stop = lab.subscribe((s, before) => {
      if (timer || (key(s) === key(before) && parts(s).every((p, i) => p === parts(before)[i]))) return
      timer = setTimeout(
        () => {
          timer = undefined
          last = performance.now()
          render()
        },
        Math.max(0, INTERVAL - (performance.now() - last)),
      )
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [lab, key, parts])
}
