/** Handles of the shapes in a cell in space: one moves a shape across the line of sight, one makes it larger or smaller. */
import { type PointerEvent, type RefObject, useRef } from 'react'
import type { ShapeSpec } from '../../cell/cell.ts'
import { Intent } from '../kit/intent.ts'
import { useEditedCell, useLab, useSession } from '../session/context.ts'
import { editedCell, editedName } from '../store/edited.ts'
import { commit, draft, setShape } from '../store/edits.ts'
import type { CellView3D } from './CellView3D.ts'
import { middleOf, nudge, resize, rimOf } from './shapeMoves.ts'

interface Grip {
  index: number
  name: 'center' | 'size'
  position: readonly number[]
}

/** A drag as it began: what follows is always reckoned from here, so that nothing adds up. */
interface Drag extends Grip {
  pointer: number
  from: readonly number[]
  shape: ShapeSpec
  intent: Intent
  /** Before that it may still become a swipe. */
  taken: boolean
  moved: boolean
}

/** @param view drawn again by its owner whenever the view turns */
export function Grips3D({ view, host }: { view: CellView3D; host: RefObject<HTMLDivElement | null> }) {
  const { lab } = useSession()
  const cell = useEditedCell()
  const selected = useLab((s) => s.selectedShape)
  const dragging = useRef<Drag>(undefined)
  const right = view.right()
  const grips = cell.shapes.flatMap((shape, index): Grip[] => {
    const centre: Grip = { index, name: 'center', position: middleOf(shape) }
    return index === selected ? [centre, { index, name: 'size', position: rimOf(shape, right) }] : [centre]
  })
  const place = (event: PointerEvent, as: readonly number[]) => {
    const { left, top } = host.current?.getBoundingClientRect() ?? { left: 0, top: 0 }
    return view.unproject({ left: event.clientX - left, top: event.clientY - top }, as)
  }
  const take = (drag: Drag) => {
    drag.taken = true
    host.current?.focus({ preventScroll: true })
    lab.setState({ selectedShape: drag.index })
  }
  const begin = (event: PointerEvent, grip: Grip) => {
    if (!event.isPrimary) return
    event.preventDefault()
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    const [from, intent] = [place(event, grip.position), new Intent(event.nativeEvent, 'handle')]
    const shape = cell.shapes[grip.index]
    dragging.current = { ...grip, pointer: event.pointerId, from, shape, intent, taken: false, moved: false }
    if (intent.heed(event) === 'take') take(dragging.current)
  }
  const move = (event: PointerEvent) => {
    const drag = dragging.current
    if (drag?.pointer !== event.pointerId || drag.intent.heed(event) !== 'take') return
    if (!drag.taken) take(drag)
    // A draft that is gone was taken back.
    if (drag.moved && !lab.getState().draft) {
      dragging.current = undefined
      return
    }
    drag.moved = true
    const { index, name, shape, from } = drag
    if (!editedCell(lab.getState()).shapes[index]) return
    draft(lab, setShape(index, moved(name, shape, from, place(event, drag.position)), editedName(lab.getState())))
  }
  /** A tap selects; where it is cancelled the browser scrolls instead. */
  const end = (event: PointerEvent) => {
    const drag = dragging.current
    if (drag?.pointer !== event.pointerId) return
    if (event.type === 'pointerup' && !drag.taken && drag.intent.settle() === 'take') take(drag)
    dragging.current = undefined
    commit(lab)
  }
  return grips.map(({ index, name, position }) => (
    <span
      key={`${index} ${name}`}
      className="handle"
      aria-hidden="true"
      data-shape={index}
      data-handle={name}
      data-central={name === 'center' || undefined}
      data-selected={index === selected || undefined}
      style={view.project(position)}
      onPointerDown={(event) => begin(event, { index, name, position })}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    />
  ))
}

/** The shape after one of its handles went from one point to another; its middle stays in the cell. */
function moved(name: Grip['name'], shape: ShapeSpec, from: readonly number[], to: readonly number[]): ShapeSpec {
  const middle = middleOf(shape)
  if (name === 'center')
    return nudge(
      shape,
      middle.map((x, c) => Math.max(0, Math.min(0.999, x + to[c] - from[c])) - x),
    )
  const distance = (point: readonly number[]) => Math.hypot(...point.map((x, c) => x - middle[c]))
  return resize(shape, distance(to) / Math.max(distance(from), 1e-3))
}
