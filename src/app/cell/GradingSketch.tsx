/** Values of a number along the box, drawn with the finger or the mouse; its places are sliders for the keyboard. */
import { type PointerEvent, useRef } from 'react'
import type { Grading } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { number } from '../ground/format.ts'
import { valueAfter } from '../kit/pointKeys.ts'
import { usePointer } from '../kit/usePointer.ts'
import { type Along, drawn, PLACES, type Window } from './drawn.ts'

const [WIDTH, HEIGHT] = [240, 124]
const FRAME = { left: 36, right: 10, top: 10, bottom: 20 }
const INNER = { width: WIDTH - FRAME.left - FRAME.right, height: HEIGHT - FRAME.top - FRAME.bottom }

/** So far outside the frame its edges are still meant. */
const NEAR = 10

interface Stroke {
  /** The place where it began. */
  begin?: number
  /** Where the pointer was last, once it has left that place. */
  last?: Along[number]
}

interface GradingSketchProps {
  label: string
  grading: Grading
  window: Window
  /** While it is drawn; false where these values cannot be. */
  onDraw: (along: Along) => boolean
  onEnd: () => void
}

export function GradingSketch({ label, grading, window, onDraw, onEnd }: GradingSketchProps) {
  const { low, high, step } = window
  const svg = useRef<SVGSVGElement>(null)
  // Two moves may come before the page is drawn anew: the second goes on from what the first made.
  const newest = useRef(grading)
  newest.current = grading
  const draw = (from: Along[number], to: Along[number]) => {
    const along = drawn(newest.current, from, to, step)
    if (onDraw(along)) newest.current = { ...grading, along }
  }
  const grab = usePointer(
    svg,
    'sketch',
    (stroke: Stroke, [px, py]) => {
      const here: Along[number] = [
        clamp((px * WIDTH - FRAME.left) / INNER.width),
        low + clamp(1 - (py * HEIGHT - FRAME.top) / INNER.height) * (high - low),
      ]
      stroke.begin ??= here[0]
      // Up and down over one place it sets that one.
      if (!stroke.last && Math.abs(here[0] - stroke.begin) < 0.25 / PLACES) return draw(here, here)
      draw(stroke.last ?? [stroke.begin, here[1]], here)
      stroke.last = here
    },
    onEnd,
  )
  const at = ([x, v]: Along[number]) =>
    [FRAME.left + x * INNER.width, FRAME.top + (1 - (v - low) / (high - low)) * INNER.height] as const
  const { along } = grading
  const line: Along = [[0, along[0][1]], ...along, [1, along[along.length - 1][1]]]
  const foot = HEIGHT - FRAME.bottom
  return (
    <svg
      ref={svg}
      className="grading-sketch"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      onPointerDown={(event) => within(event) && grab({})(event)}
    >
      <title>{t('{label} along the box', { label })}</title>
      <rect x={FRAME.left} y={FRAME.top} width={INNER.width} height={INNER.height} />
      <text x={FRAME.left - 5} y={FRAME.top + 8} textAnchor="end">
        {number(high, 3)}
      </text>
      <text x={FRAME.left - 5} y={foot} textAnchor="end">
        {number(low, 3)}
      </text>
      <text x={FRAME.left} y={HEIGHT - 6} textAnchor="middle">
        0
      </text>
      <text x={WIDTH - FRAME.right} y={HEIGHT - 6} textAnchor="end">
        x = L
      </text>
      <path
        d={line
          .map(
            (point, k) =>
              `${k ? 'L' : 'M'}${at(point)
                .map((c) => c.toFixed(1))
                .join(' ')}`,
          )
          .join('')}
      />
      {along.map((point, k) => {
        const [cx, cy] = at(point)
        return (
          <circle
            key={k}
            cx={cx}
            cy={cy}
            r="4"
            role="slider"
            tabIndex={0}
            aria-label={t('Value at {place} of the length', { place: number(point[0], 3) })}
            aria-valuemin={low}
            aria-valuemax={high}
            aria-valuenow={point[1]}
            aria-valuetext={number(point[1], 4)}
            onKeyDown={(event) => {
              const value = valueAfter(event, point[1], window)
              if (value === undefined) return
              event.preventDefault()
              if (onDraw(along.map((old, i): Along[number] => (i === k ? [old[0], value] : old)))) onEnd()
            }}
          />
        )
      })}
    </svg>
  )
}

/** Beside the frame, at the numbers, a finger scrolls. */
function within({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): boolean {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  const [x, y] = [((clientX - left) / width) * WIDTH, ((clientY - top) / height) * HEIGHT]
  return x > FRAME.left - NEAR && y < HEIGHT - FRAME.bottom + NEAR
}

const clamp = (v: number) => Math.min(1, Math.max(0, v))
