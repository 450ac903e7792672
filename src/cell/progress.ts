/** Fractions done, composed: a generator yields numbers from 0 to 1 and returns its result. */

/** Maps the fractions of a part into [from, to] of the whole. */
export function* scaled<T>(part: Generator<number, T>, from: number, to: number): Generator<number, T> {
  for (;;) {
    const step = part.next()
    if (step.done) return step.value
    yield from + (to - from) * step.value
  }
}

/** Work without a measure of its own: its yields report one and the same fraction. */
export function* paced<T>(part: Generator<void, T>, fraction: number): Generator<number, T> {
  for (;;) {
    const step = part.next()
    if (step.done) return step.value
    yield fraction
  }
}
