/** Runs a generator to its end. @param each is told of everything that it yields on the way */
export function finish<Y, T>(running: Generator<Y, T>, each?: (told: Y) => void): T {
  for (;;) {
    const next = running.next()
    if (next.done) return next.value
    each?.(next.value)
  }
}
