import { t } from '../../language/language.ts'

/**
 * The context for drawing in the plane.
 *
 * @throws RangeError where the browser has none left to give
 */
export function context2d(canvas: HTMLCanvasElement): CanvasRenderingContext2D
export function context2d(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D
export function context2d(canvas: HTMLCanvasElement | OffscreenCanvas) {
  const context = canvas.getContext('2d')
  if (!context)
    throw new RangeError(t('the browser gives no canvas to draw on: close other pages that draw, and reload'))
  return context
}
