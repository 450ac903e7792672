import type { Clock } from './parts.ts'

/** Animation frames: they stop by themselves while the page is hidden, and the run with them. */
export function animationClock(): Clock {
  return {
    now: () => performance.now() / 1000,
    every(tick) {
      let handle = requestAnimationFrame(function loop(now) {
        tick(now / 1000)
        handle = requestAnimationFrame(loop)
      })
      return () => cancelAnimationFrame(handle)
    },
  }
}
