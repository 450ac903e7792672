/** The handles of the shapes in the plane cell, and dragging them. */
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { ShapeSpec } from '../../cell/cell.ts'
import { shapes } from '../ground/house.ts'
import { Intent } from '../kit/intent.ts'
import { useEditedCell, useLab, useSession } from '../session/context.ts'
import { editedCell, editedName } from '../store/edited.ts'
import { commit, draft, setShape } from '../store/edits.ts'
import { toCell, toPixel } from './frameOfView.ts'
import { handlesOf } from './shapeMoves.ts'

/** A handle never leaves the picture, in pixels. */
const INSET = 12

/** Of more shapes than these only the handles of the selected one take a finger: the others would leave no place to scroll. */
const MOST_GRIPS = 8

export function Handles({ host, size }: { host: RefObject<HTMLDivElement | null>; size: number }) {
  const { lab } = useSession()
  const cell = useEditedCell()
  const selected = useLab((s) => s.selectedShape)
  const drag = useDrag(host, size)
  const spots = cell.shapes.flatMap((shape, index) => spotsOf(shape, index, index === selected))
  const chosen = spots.filter((spot) => spot.index === selected)
  const centre = chosen.find((spot) => spot.central)
  const [x1, y1] = toPixel(size, centre?.position ?? [])
  return (
    <>
      <svg width={size} height={size} aria-hidden="true">
        {chosen.map(({ name, position }) => {
          const [x2, y2] = toPixel(size, position)
          return <line key={name} x1={x1} y1={y1} x2={x2} y2={y2} />
        })}
      </svg>
      {spots.map((spot) => {
        const [left, top] = toPixel(size, spot.position).map((c) => Math.max(INSET, Math.min(size - INSET, c)))
        const loose = spot.index !== selected && cell.shapes.length > MOST_GRIPS
        return (
          <span
            key={`${spot.index} ${spot.name}`}
            className="handle"
            aria-hidden="true"
            data-shape={spot.index}
            data-handle={spot.name}
            data-central={spot.central || undefined}
            data-selected={spot.index === selected || undefined}
            data-loose={loose || undefined}
            style={{ left, top }}
            onPointerDown={(event) => {
              if (!event.isPrimary || (loose && event.pointerType !== 'mouse')) return
              drag.begin(event, drag.nearest(event, spots))
            }}
            onPointerMove={drag.move}
            onPointerUp={drag.end}
            onPointerCancel={drag.end}
            onClick={() => loose && lab.setState({ selectedShape: spot.index })}
          />
        )
      })}
    </>
  )
}

/** A handle of a shape, where it can be taken. */
interface Spot {
  index: number
  name: string
  position: readonly number[]
  /** Moves the shape as a whole. */
  central: boolean
}

/** A shape that is not selected has only the handle that moves it. */
function spotsOf(shape: ShapeSpec, index: number, selected: boolean): Spot[] {
  const handles = handlesOf(shape)
  const centre = handles.find((h) => h.name === 'center') ?? handles[0]
  return handles
    .filter((h) => selected || h === centre)
    .map(({ name, position }) => ({ index, name, position, central: name === centre?.name }))
}

interface Drag {
  pointer: number
  spot: Spot
  offset: [number, number]
  intent: Intent
  /** Before that it may still become a swipe. */
  taken: boolean
  moved: boolean
}

/** A drag is a draft of the scenario until it ends; taking the draft back (Escape, undo) ends it too. */
function useDrag(host: RefObject<HTMLDivElement | null>, size: number) {
  const { lab } = useSession()
  const dragging = useRef<Drag>(undefined)
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
  const take = (drag: Drag) => {
    drag.taken = true
    host.current?.focus({ preventScroll: true })
    lab.setState({ selectedShape: drag.spot.index })
  }
  return {
    /** Grips are as large as fingers and may overlap: the handle under the pointer is the one it is nearest to. */
    nearest(event: PointerEvent, spots: readonly Spot[]): Spot {
      const [x, y] = point(event)
      const away = ({ position: [px = 0, py = 0] }: Spot) => Math.hypot(px - x, py - y)
      return spots.reduce((best, spot) => (away(spot) < away(best) ? spot : best))
    },
    begin(event: PointerEvent, spot: Spot) {
      event.preventDefault()
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      const [x, y] = point(event)
      const { position: at } = spot
      const offset: [number, number] = [(at[0] ?? 0) - x, (at[1] ?? 0) - y]
      const intent = new Intent(event.nativeEvent, 'handle')
      dragging.current = { pointer: event.pointerId, spot, offset, intent, taken: false, moved: false }
      if (intent.heed(event) === 'take') take(dragging.current)
    },
    move(event: PointerEvent) {
      const { current: drag } = dragging
      if (drag?.moved && !lab.getState().draft) dragging.current = undefined
      if (!drag || dragging.current?.pointer !== event.pointerId || drag.intent.heed(event) !== 'take') return
      if (!drag.taken) take(drag)
      drag.moved = true
      const [x, y] = point(event)
      const { spot, offset } = drag
      const shape = editedCell(lab.getState()).shapes[spot.index]
      const tool = shape && shapes[shape.shape]
      if (shape && tool)
        draft(
          lab,
          setShape(spot.index, tool.drag(shape, spot.name, [x + offset[0], y + offset[1]]), editedName(lab.getState())),
        )
    },
    /** A tap selects; where it is cancelled the browser scrolls instead. */
    end(event: PointerEvent) {
      const { current: drag } = dragging
      if (drag?.pointer !== event.pointerId) return
      if (event.type === 'pointerup' && !drag.taken && drag.intent.settle() === 'take') take(drag)
      dragging.current = undefined
      commit(lab)
    },
  }
}
