/** Keys that go along an axis of the box, and in which direction. */
export const AXIS_KEYS: Readonly<Record<string, readonly [axis: number, sign: 1 | -1]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowDown: [1, -1],
  ArrowUp: [1, 1],
  PageDown: [2, -1],
  PageUp: [2, 1],
}
