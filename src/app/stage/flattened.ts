import { context2d } from '../ground/canvas.ts'

/** Canvases of one place over a ground, as large as the first, as PNG. */
export function flattened([first, ...others]: readonly HTMLCanvasElement[], ground: string): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas')
  canvas.width = first.width
  canvas.height = first.height
  const context = context2d(canvas)
  context.fillStyle = ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const layer of [first, ...others]) context.drawImage(layer, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'))
}
