/** One period of the cell as an image: coarse blocks first, every pixel only where a block's corners differ. */
const BLOCK = 8

/**
 * @param phaseAt phase index at a point of the cell
 * @param size pixels per side
 * @param colours RGB of each phase
 */
export function paintPeriod(
  phaseAt: (point: readonly number[]) => number,
  size: number,
  colours: readonly (readonly [number, number, number])[],
): ImageData {
  const image = new ImageData(size, size)
  const pixels = new Uint32Array(image.data.buffer)
  // Little-endian RGBA, as every machine with a browser stores it.
  const words = colours.map(([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r)
  const last = words.length - 1
  // Row 0 of the image is the top, y = 1.
  const at = (i: number, j: number) => Math.min(last, phaseAt([(i + 0.5) / size, 1 - (j + 0.5) / size]))
  const blocks = Math.ceil(size / BLOCK)
  let above = corners(blocks, 0, at)
  for (let bj = 0; bj < blocks; bj++) {
    const below = corners(blocks, bj + 1, at)
    for (let bi = 0; bi < blocks; bi++) {
      const phase = above[bi]
      const uniform = phase === above[bi + 1] && phase === below[bi] && phase === below[bi + 1]
      const [i1, j1] = [Math.min(size, (bi + 1) * BLOCK), Math.min(size, (bj + 1) * BLOCK)]
      for (let j = bj * BLOCK; j < j1; j++)
        for (let i = bi * BLOCK; i < i1; i++) pixels[i + size * j] = words[uniform ? phase : at(i, j)]
    }
    above = below
  }
  return image
}

function corners(blocks: number, row: number, at: (i: number, j: number) => number): number[] {
  return Array.from({ length: blocks + 1 }, (_, i) => at(i * BLOCK, row * BLOCK))
}
