/** Pictures that are copied lie to each other as on the page. */
import { afterEach, expect, it, vi } from 'vitest'
import { Pictures, type StagePicture } from '../../src/app/store/pictures.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Both of a laboratory, drawn on a canvas that notes where and how large. @param left ends of them, px */
async function copied(left: [number, number], widths: [number, number], width: number) {
  const drawn: number[][] = []
  const canvas = {
    width: 0,
    height: 0,
    getContext: () => ({
      drawImage: (image: { width: number }, x: number, y: number) => drawn.push([image.width, x, y]),
    }),
    toBlob: (tell: (blob: Blob) => void) => tell(new Blob()),
  }
  vi.stubGlobal('document', { createElement: () => canvas })
  // As high as half its width.
  const drawing = async (blob: Blob) => ({ width: blob.size, height: blob.size / 2, close: () => undefined })
  vi.stubGlobal('createImageBitmap', drawing)
  const pictures = new Pictures()
  const picture = (k: number): StagePicture => ({
    left: left[k],
    width: widths[k],
    locate: () => undefined,
    picture: async (options) => new Blob(['x'.repeat(options?.width ?? 0)]),
  })
  pictures.put('homogenized', picture(0))
  pictures.put('resolved', picture(1))
  await pictures.copy({ width })
  return { drawn, size: [canvas.width, canvas.height] }
}

it('beside each other they share the width', async () => {
  const { drawn, size } = await copied([20, 320], [300, 100], 800)
  expect(drawn).toEqual([
    [600, 0, 0],
    [200, 600, 0],
  ])
  expect(size).toEqual([800, 300])
})

it('below each other both have it', async () => {
  const { drawn, size } = await copied([20, 20], [300, 300], 800)
  expect(drawn).toEqual([
    [800, 0, 0],
    [800, 0, 400],
  ])
  expect(size).toEqual([800, 800])
})
