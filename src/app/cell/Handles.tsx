/** The handles of the shapes in the plane cell, and dragging them. */
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { ShapeSpec } from '../../cell/cell.ts'
import { shapes } from '../ground/house.ts'
import { useLab, useScenario, useSession } from '../session/context.ts'
import { commit, draft, setShape } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { toCell, toPixel } from './frameOfView.ts'
import { handlesOf } from './shapeMoves.ts'

/** A handle never leaves the picture, in pixels. */
const INSET = 7

export function Handles({ host, size }: { host: RefObject<HTMLDivElement | null>; size: number }) {
  const { lab } = useSession()
  const { cell } = useScenario()
  const selected = useLab((s) => s.selectedShape)
  const drag = useDrag(host, size)
  return (
    <svg
      width={size}
      height={size}
      aria-hidden="true"
      onPointerMove={drag.move}
      onPointerUp={drag.end}
      onPointerCancel={drag.end}
    >
      {cell.shapes.map((shape, index) => (
        <ShapeHandles
          key={index}
          shape={shape}
          index={index}
          size={size}
          selected={index === selected}
          onDown={(event, handle, at) => {
            lab.setState({ selectedShape: index })
            drag.begin(event, handle, at)
          }}
        />
      ))}
    </svg>
  )
}

type OnDown = (event: PointerEvent, handle: string, at: readonly number[]) => void

function ShapeHandles(props: { shape: ShapeSpec; index: number; size: number; selected: boolean; onDown: OnDown }) {
  const { shape, index, size, selected, onDown } = props
  const handles = handlesOf(shape)
  const centre = handles.find((h) => h.name === 'center') ?? handles[0]
  return (
    <g className={selected ? 'shape selected' : 'shape'}>
      {selected &&
        centre &&
        handles.map((h) => {
          const [x1, y1] = toPixel(size, centre.position)
          const [x2, y2] = toPixel(size, h.position)
          return <line key={h.name} x1={x1} y1={y1} x2={x2} y2={y2} />
        })}
      {handles.map((h) => {
        if (!selected && h !== centre) return null
        const [x, y] = toPixel(size, h.position).map((c) => Math.max(INSET, Math.min(size - INSET, c)))
        return (
          <g
            key={h.name}
            className="handle"
            data-shape={index}
            data-handle={h.name}
            onPointerDown={(event) => onDown(event, h.name, h.position)}
          >
            <circle className="grip" cx={x} cy={y} r={15} />
            {h === centre ? <rect x={x - 5} y={y - 5} width={10} height={10} rx={2} /> : <circle cx={x} cy={y} r={6} />}
          </g>
        )
      })}
    </g>
  )
}

/** A drag is a draft of the scenario until it ends; taking the draft back (Escape, undo) ends it too. */
function useDrag(host: RefObject<HTMLDivElement | null>, size: number) {
  const { lab } = useSession()
  const dragging = useRef<{ handle: string; offset: [number, number]; moved: boolean }>(undefined)
  // Before it has moved there is no draft that could be taken back.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') dragging.current = undefined
    }
    const { current: editor } = host
    editor?.addEventListener('keydown', onKey)
    return () => editor?.removeEventListener('keydown', onKey)
  }, [host])
  const point = (event: PointerEvent): [number, number] => {
    const square = event.currentTarget.closest('.editor-square')
    const { left, top } = (square ?? event.currentTarget).getBoundingClientRect()
    return toCell(size, event.clientX - left, event.clientY - top)
  }
  return {
    begin(event: PointerEvent, handle: string, at: readonly number[]) {
      event.preventDefault()
      event.stopPropagation()
      host.current?.focus({ preventScroll: true })
      event.currentTarget.setPointerCapture(event.pointerId)
      const [x, y] = point(event)
      dragging.current = { handle, offset: [(at[0] ?? 0) - x, (at[1] ?? 0) - y], moved: false }
    },
    move(event: PointerEvent) {
      const { selectedShape: index, draft: drafted } = lab.getState()
      if (dragging.current?.moved && !drafted) dragging.current = undefined
      if (!dragging.current) return
      const { handle, offset } = dragging.current
      dragging.current.moved = true
      const [x, y] = point(event)
      const shape = current(lab.getState()).cell.shapes[index]
      const tool = shape && shapes[shape.shape]
      if (shape && tool) draft(lab, setShape(index, tool.drag(shape, handle, [x + offset[0], y + offset[1]])))
    },
    end() {
      if (!dragging.current) return
      dragging.current = undefined
      commit(lab)
    },
  }
}
