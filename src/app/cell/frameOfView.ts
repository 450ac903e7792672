/** The editor shows the cell with some of its periodic images around it. */
export const MARGIN = 0.12

/** Square canvas of `size` pixels: one cell length in pixels. */
export const cellPixels = (size: number): number => size / (1 + 2 * MARGIN)

export const toPixel = (size: number, [x, y]: readonly number[]): [number, number] => [
  ((x ?? 0) + MARGIN) * cellPixels(size),
  (1 + MARGIN - (y ?? 0)) * cellPixels(size),
]

export const toCell = (size: number, px: number, py: number): [number, number] => [
  px / cellPixels(size) - MARGIN,
  1 + MARGIN - py / cellPixels(size),
]
