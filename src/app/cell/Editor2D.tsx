/** The reference cell in the plane: drag handles, add and remove shapes, by pointer or keyboard. */

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { context2d } from '../ground/canvas.ts'
import { phasePainter } from '../ground/house.ts'
import { later } from '../kit/later.tsx'
import { paintPeriod } from '../kit/paintPhases.ts'
import { PHASES, rgb } from '../kit/phaseColours.ts'
import { useEditedCell, useLab, useSession } from '../session/context.ts'
import { onEditorKey } from './editorKeys.ts'
import { cellPixels, toPixel } from './frameOfView.ts'
import { Handles } from './Handles.tsx'
import { type Legend, shownProblem } from './layers.ts'

const LayerBar = later(() => import('./LayerBar.tsx'))

/** The periods around the cell are paler than it. */
const AROUND = 0.35

export function Editor2D({ cell: computed }: { cell?: CellResult }) {
  const { lab, engine } = useSession()
  const cell = useEditedCell()
  const selected = useLab((s) => s.selectedShape)
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSide(host)
  const legend = usePainting(canvas, size, computed)
  return (
    <div className="editor">
      <div
        ref={host}
        className="editor-host"
        role="application"
        aria-label={t(
          'Reference cell editor, shape {selected} of {n} selected. Arrows move, plus and minus resize, Delete removes, Tab selects the next shape.',
          { selected: selected + 1, n: cell.shapes.length },
        )}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys
        tabIndex={0}
        onPointerEnter={() => engine.expectDrag()}
        onKeyDown={(event) => onEditorKey(lab, event)}
      >
        <div className="editor-square" style={{ width: size, height: size }}>
          <canvas ref={canvas} style={{ width: size, height: size }} />
          <Handles host={host} size={size} />
        </div>
      </div>
      {legend && computed && <LayerBar legend={legend} cell={computed} />}
    </div>
  )
}

/** Side of the largest square in an element, in pixels. */
function useSide(host: RefObject<HTMLDivElement | null>): number {
  const [size, setSize] = useState(0)
  useEffect(() => {
    if (!host.current) return
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect
      if (box) setSize(Math.max(80, Math.floor(Math.min(box.width, box.height))))
    })
    observer.observe(host.current)
    return () => observer.disconnect()
  }, [host])
  return size
}

/** Paints the cell, its neighbours and the chosen layer; returns the legend of that layer. */
function usePainting(
  canvas: RefObject<HTMLCanvasElement | null>,
  size: number,
  computed: CellResult | undefined,
): Legend | undefined {
  const cell = useEditedCell()
  const theme = useLab((s) => s.theme)
  const layer = useLab((s) => s.layer)
  const axis = useLab((s) => Math.min(1, s.axis))
  const problemIndex = useLab((s) => s.problem)
  const [legend, setLegend] = useState<Legend>()
  const drawing = useDrawing(layer !== 'phases' || computed?.doubt !== undefined)
  // Painted before the browser shows the frame, so that the shape never lags behind its handle.
  useLayoutEffect(() => {
    if (!canvas.current || size === 0) return
    const ratio = Math.min(2, devicePixelRatio)
    const pixels = Math.round(size * ratio)
    canvas.current.width = pixels
    canvas.current.height = pixels
    const context = context2d(canvas.current)
    const period = Math.round(cellPixels(pixels))
    const [x0, y0] = toPixel(pixels, [0, 1])
    const sheet = new OffscreenCanvas(period, period)
    context2d(sheet).putImageData(paintPeriod(phasePainter(cell), period, PHASES[theme].map(rgb)), 0, 0)
    tile(context, sheet, x0, y0)
    const style = getComputedStyle(document.documentElement)
    const ink = style.getPropertyValue('--text').trim()
    const fits = computed?.mesh.dimension === 2
    setLegend(
      fits && layer !== 'phases'
        ? drawing?.drawLayer(context, pixels, computed, layer, shownProblem(computed, layer, problemIndex), axis, ink)
        : undefined,
    )
    if (computed && fits) drawing?.drawDoubt(context, pixels, computed, style.getPropertyValue('--accent-2').trim())
    context.strokeStyle = ink
    context.lineWidth = ratio
    context.strokeRect(Math.round(x0) + 0.5, Math.round(y0) + 0.5, period - 1, period - 1)
  }, [canvas, cell, size, theme, layer, axis, problemIndex, computed, drawing])
  return legend
}

/** Loaded when something is to be drawn over the phases. */
function useDrawing(wanted: boolean): typeof import('./drawLayers.ts') | undefined {
  const [drawing, setDrawing] = useState<typeof import('./drawLayers.ts')>()
  useEffect(() => {
    if (!wanted) return
    let alive = true
    void import('./drawLayers.ts').then((loaded) => alive && setDrawing(loaded))
    return () => {
      alive = false
    }
  }, [wanted])
  return drawing
}

function tile(context: CanvasRenderingContext2D, sheet: OffscreenCanvas, x0: number, y0: number): void {
  const period = sheet.width
  context.globalAlpha = AROUND
  for (let i = -1; i <= 1; i++)
    for (let j = -1; j <= 1; j++) context.drawImage(sheet, Math.round(x0 + i * period), Math.round(y0 + j * period))
  context.globalAlpha = 1
  context.drawImage(sheet, Math.round(x0), Math.round(y0))
}
