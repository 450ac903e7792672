/** The reference cell in the plane: drag handles, add and remove shapes, by pointer or keyboard. */
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CellResult } from '../../cell/cell.ts'
import { phasePainter, shapes } from '../house.ts'
import { lab, useLab, useScenario } from '../session.ts'
import { commit, discard, draft, edit, removeShape, setShape } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { cellPixels, toCell, toPixel } from './frameOfView.ts'
import { LayerBar } from './LayerBar.tsx'
import { drawLayer, type Legend, shownProblem } from './layers.ts'
import { paintPeriod } from './paintPhases.ts'
import { PHASES, rgb } from './phaseColours.ts'
import { handlesOf, nudge, resize } from './shapeMoves.ts'

export function Editor2D({ cell: computed }: { cell?: CellResult }) {
  const { cell } = useScenario()
  const theme = useLab((s) => s.theme)
  const layer = useLab((s) => s.layer)
  const axis = useLab((s) => Math.min(1, s.axis))
  const problemIndex = useLab((s) => s.problem)
  const selected = useLab((s) => s.selectedShape)
  const [size, setSize] = useState(0)
  const [legend, setLegend] = useState<Legend>()
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const dragging = useRef<{ handle: string; offset: [number, number] }>(undefined)

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect
      if (box) setSize(Math.max(80, Math.floor(Math.min(box.width, box.height))))
    })
    observer.observe(host.current!)
    return () => observer.disconnect()
  }, [])

  // Painted before the browser shows the frame, so that the shape never lags behind its handle.
  useLayoutEffect(() => {
    if (!canvas.current || size === 0) return
    const ratio = Math.min(2, devicePixelRatio)
    const pixels = Math.round(size * ratio)
    canvas.current.width = pixels
    canvas.current.height = pixels
    const context = canvas.current.getContext('2d')!
    const period = Math.round(cellPixels(pixels))
    const image = paintPeriod(phasePainter(cell), period, PHASES[theme].map(rgb))
    const sheet = new OffscreenCanvas(period, period)
    sheet.getContext('2d')!.putImageData(image, 0, 0)
    const [x0, y0] = toPixel(pixels, [0, 1])
    context.globalAlpha = 0.35
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++) context.drawImage(sheet, Math.round(x0 + i * period), Math.round(y0 + j * period))
    context.globalAlpha = 1
    context.drawImage(sheet, Math.round(x0), Math.round(y0))
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--text').trim()
    const fits = computed?.mesh.dimension === 2
    setLegend(
      fits && layer !== 'phases'
        ? drawLayer(context, pixels, computed, layer, shownProblem(computed, layer, problemIndex), axis, ink)
        : undefined,
    )
    context.strokeStyle = ink
    context.lineWidth = ratio
    context.strokeRect(Math.round(x0) + 0.5, Math.round(y0) + 0.5, period - 1, period - 1)
  }, [cell, size, theme, layer, axis, problemIndex, computed])

  const point = (event: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect()
    return toCell(size, event.clientX - box.left, event.clientY - box.top)
  }

  const onHandleDown = (event: PointerEvent, index: number, handle: string, at: readonly number[]) => {
    event.preventDefault()
    event.stopPropagation()
    host.current?.focus({ preventScroll: true })
    event.currentTarget.setPointerCapture(event.pointerId)
    const [x, y] = point(event)
    dragging.current = { handle, offset: [(at[0] ?? 0) - x, (at[1] ?? 0) - y] }
    lab.setState({ selectedShape: index })
  }
  const onHandleMove = (event: PointerEvent) => {
    if (!dragging.current) return
    const { handle, offset } = dragging.current
    const [x, y] = point(event)
    const index = lab.getState().selectedShape
    const shape = current(lab.getState()).cell.shapes[index]
    const tool = shape && shapes[shape.shape]
    if (shape && tool) draft(lab, setShape(index, tool.drag(shape, handle, [x + offset[0], y + offset[1]])))
  }
  const onHandleUp = () => {
    if (!dragging.current) return
    dragging.current = undefined
    commit(lab)
  }

  const onKey = (event: KeyboardEvent) => {
    const shape = cell.shapes[selected]
    if (event.key === 'Escape') {
      dragging.current = undefined
      discard(lab)
      return
    }
    if (event.key === 'Tab' && cell.shapes.length > 1) {
      const next = selected + (event.shiftKey ? -1 : 1)
      // At either end Tab leaves the editor, as anywhere else on the page.
      if (next < 0 || next >= cell.shapes.length) return
      lab.setState({ selectedShape: next })
      event.preventDefault()
      return
    }
    if (!shape) return
    const step = event.shiftKey ? 0.002 : 0.01
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    }
    const by = moves[event.key]
    if (by) edit(lab, setShape(selected, nudge(shape, by)))
    else if (event.key === '+' || event.key === '=') edit(lab, setShape(selected, resize(shape, 1.03)))
    else if (event.key === '-') edit(lab, setShape(selected, resize(shape, 1 / 1.03)))
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      edit(lab, removeShape(selected))
      lab.setState({ selectedShape: Math.max(0, selected - 1) })
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="editor">
      <div
        ref={host}
        className="editor-host"
        role="application"
        aria-label={`Reference cell editor, shape ${selected + 1} of ${cell.shapes.length} selected. Arrows move, plus and minus resize, Delete removes, Tab selects the next shape.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys
        tabIndex={0}
        onKeyDown={onKey}
      >
        <div className="editor-square" style={{ width: size, height: size }}>
          <canvas ref={canvas} style={{ width: size, height: size }} />
          <svg width={size} height={size} aria-hidden="true">
            {cell.shapes.map((shape, index) => {
              const handles = handlesOf(shape)
              const centre = handles.find((h) => h.name === 'center') ?? handles[0]
              return (
                <g key={index} className={index === selected ? 'shape selected' : 'shape'}>
                  {index === selected &&
                    centre &&
                    handles.map((h) => {
                      const [x1, y1] = toPixel(size, centre.position)
                      const [x2, y2] = toPixel(size, h.position)
                      return <line key={h.name} x1={x1} y1={y1} x2={x2} y2={y2} />
                    })}
                  {handles.map((h) => {
                    if (index !== selected && h !== centre) return null
                    const [x, y] = toPixel(size, h.position).map((c) => Math.max(7, Math.min(size - 7, c))) as [
                      number,
                      number,
                    ]
                    return (
                      <g
                        key={h.name}
                        className="handle"
                        data-shape={index}
                        data-handle={h.name}
                        onPointerDown={(event) => onHandleDown(event, index, h.name, h.position)}
                        onPointerMove={onHandleMove}
                        onPointerUp={onHandleUp}
                        onPointerCancel={onHandleUp}
                      >
                        <circle className="grip" cx={x} cy={y} r={15} />
                        {h === centre ? (
                          <rect x={x - 5} y={y - 5} width={10} height={10} rx={2} />
                        ) : (
                          <circle cx={x} cy={y} r={6} />
                        )}
                      </g>
                    )
                  })}
                </g>
              )
            })}
          </svg>
        </div>
      </div>
      {legend && computed && <LayerBar legend={legend} cell={computed} />}
    </div>
  )
}
