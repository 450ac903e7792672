/**
 * Curves drawn by finger: the picture has a few abscissae, and drawing sets the heights over those that are passed. Every
 * point is a slider too: arrows up and down move it, left and right go to the next. Over the sketch, once it may be seen,
 * lie the curves that were computed.
 */

import { type PointerEvent, useRef, useState } from 'react'
import { t } from '../../language/language.ts'
import type { Axis, CurveQuestion } from '../../lessons/lesson.ts'
import { scaled, unscaled } from '../../lessons/score.ts'
import { number, quantity, ticks, withUnit } from '../ground/format.ts'
import { Segments } from '../kit/controls.tsx'
import { heightAfter } from '../kit/pointKeys.ts'
import { usePointer } from '../kit/usePointer.ts'
import { useLab } from '../session/context.ts'
import { Past } from './Past.tsx'

type Points = [number, number][]
export type Lines = Record<string, Points>

interface CurveSketchProps {
  question: CurveQuestion
  value: Lines | undefined
  truth?: Lines
  onChange?: (lines: Lines) => void
}

/** Room around the axes, for labels and titles. */
const FRAME = { left: 52, right: 12, top: 12, bottom: 40 }

/** The picture in units of its own, and what of it the axes hold. */
interface Sheet {
  width: number
  height: number
  inner: { width: number; height: number }
}

const sheet = (width: number, height: number, bottom = FRAME.bottom): Sheet => ({
  width,
  height,
  inner: { width: width - FRAME.left - FRAME.right, height: height - FRAME.top - bottom },
})
const USUAL = sheet(360, 240)
/** The fewer units, the larger the letters: for a projector. Titles stand above. */
const LARGE = sheet(222, 138, 20)
/** So far outside the frame its edges are still meant. */
const NEAR = 14

export function CurveSketch({ question, value, truth, onChange }: CurveSketchProps) {
  const { x, y, points, lines } = question
  const [name, setName] = useState(lines[0].name)
  const svg = useRef<SVGSVGElement>(null)
  const large = useLab((state) => state.present)
  const paper = large ? LARGE : USUAL
  const { inner } = paper
  const last = useRef<[number, number]>(undefined)
  const at = (k: number) => unscaled(x, k / (points - 1))
  const drawn = value?.[name]
  const set = (heights: readonly number[]) =>
    onChange?.({ ...value, [name]: heights.map((h, k): [number, number] => [at(k), unscaled(y, h)]) })
  const heights = drawn ? drawn.map(([, v]) => scaled(y, v)) : Array.from({ length: points }, () => 0.5)
  // Two moves may come before the page is drawn anew: the second goes on from what the first made.
  const newest = useRef(heights)
  newest.current = heights
  const grab = usePointer(svg, 'sketch', (begins: { first: boolean }, [px, py]) => {
    const [u, v] = [(px * paper.width - FRAME.left) / inner.width, 1 - (py * paper.height - FRAME.top) / inner.height]
    const here: [number, number] = [clamp(u) * (points - 1), clamp(v)]
    const from = begins.first ? here : (last.current ?? here)
    begins.first = false
    newest.current = swept(newest.current, from, here)
    set(newest.current)
    last.current = here
  })
  return (
    <div className="sketch">
      {lines.length > 1 && onChange && (
        <Segments
          label={t('Line to draw')}
          value={name}
          options={lines.map((line) => ({ value: line.name, label: `${value?.[line.name] ? '✓ ' : ''}${line.label}` }))}
          onChange={setName}
        />
      )}
      {large && (
        // Large letters do not fit along the axes; the picture is described to those who do not see it.
        <p className="sketch-titles" aria-hidden>
          <span>↑ {withUnit(y.label, y.unit)}</span> <span>→ {withUnit(x.label, x.unit)}</span>
        </p>
      )}
      <svg
        ref={svg}
        className="sketch-picture"
        viewBox={`0 0 ${paper.width} ${paper.height}`}
        role={onChange ? 'group' : 'img'}
        aria-label={described(question, value, truth)}
        onPointerDown={onChange && ((event) => within(event, paper) && grab({ first: true })(event))}
        data-drawable={onChange ? true : undefined}
        data-single={lines.length === 1 || undefined}
      >
        <Axes x={x} y={y} paper={paper} titled={!large} />
        {lines.map((line, k) => (
          <g key={line.name} className={`line-${k}`}>
            {truth?.[line.name] && <path className="truth" d={path(question, truth[line.name], paper)} />}
            {value?.[line.name] && <path className="guess" d={path(question, value[line.name], paper)} />}
          </g>
        ))}
        {onChange && !drawn && (
          <path
            className="guess untouched"
            d={path(
              question,
              heights.map((h, k): [number, number] => [at(k), unscaled(y, h)]),
              paper,
            )}
          />
        )}
        {onChange &&
          heights.map((h, k) => (
            <circle
              key={k}
              className={`point line-${lines.findIndex((line) => line.name === name)}`}
              cx={FRAME.left + (k / (points - 1)) * inner.width}
              cy={FRAME.top + (1 - h) * inner.height}
              r="6"
              role="slider"
              tabIndex={0}
              aria-label={t('{y} at {x} {at}', {
                y: y.label,
                x: x.label,
                at: quantity(at(k), x.unit, 3),
              })}
              aria-valuemin={Math.min(y.from, y.to)}
              aria-valuemax={Math.max(y.from, y.to)}
              aria-valuenow={unscaled(y, h)}
              aria-valuetext={quantity(unscaled(y, h), y.unit, 3)}
              onKeyDown={(event) => {
                const next = heightAfter(event, h)
                if (next === undefined) return
                event.preventDefault()
                set(heights.map((old, i) => (i === k ? next : old)))
              }}
            />
          ))}
      </svg>
      <Legend question={question} truth={truth !== undefined} />
      {onChange && (
        <p className="hint">
          {t('Draw with the finger or the mouse; or move a point with the arrow keys.')} <Past />
        </p>
      )}
    </div>
  )
}

/** Whether a stroke begins where lines are, or nearly: beside them, at the labels, a finger scrolls. */
function within({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>, paper: Sheet): boolean {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  const [x, y] = [((clientX - left) / width) * paper.width, ((clientY - top) / height) * paper.height]
  return x > FRAME.left - NEAR && y < FRAME.top + paper.inner.height + NEAR
}

/** Heights after a stroke between two places, [abscissa in points, height]. */
function swept(heights: readonly number[], [i, a]: [number, number], [j, b]: [number, number]): number[] {
  const [low, high] = [Math.min(i, j), Math.max(i, j)]
  return heights.map((h, k) => {
    if (k < Math.round(low) || k > Math.round(high)) return h
    const share = i === j ? 1 : clamp((k - i) / (j - i))
    return a + share * (b - a)
  })
}

function Axes({ x, y, paper, titled }: { x: Axis; y: Axis; paper: Sheet; titled: boolean }) {
  const { height, inner } = paper
  const marks = (axis: Axis) =>
    (axis.log ? decades(axis) : ticks(Math.min(axis.from, axis.to), Math.max(axis.from, axis.to), 4)).map((v) => ({
      v,
      s: scaled(axis, v),
    }))
  const [right, foot] = [FRAME.left + inner.width, FRAME.top + inner.height]
  return (
    <g className="axes">
      {marks(x).map(({ v, s }) => (
        <g key={v} transform={`translate(${FRAME.left + s * inner.width} 0)`}>
          <line y1={FRAME.top} y2={foot} />
          <text y={foot + 14} textAnchor="middle">
            {number(v, 3)}
          </text>
        </g>
      ))}
      {marks(y).map(({ v, s }) => (
        <g key={v} transform={`translate(0 ${FRAME.top + (1 - s) * inner.height})`}>
          <line x1={FRAME.left} x2={right} />
          <text x={FRAME.left - 6} y="4" textAnchor="end">
            {number(v, 3)}
          </text>
        </g>
      ))}
      <rect x={FRAME.left} y={FRAME.top} width={inner.width} height={inner.height} />
      {titled && (
        <>
          <text className="title" x={FRAME.left + inner.width / 2} y={height - 6} textAnchor="middle">
            {withUnit(x.label, x.unit)}
          </text>
          <text
            className="title"
            transform={`translate(11 ${FRAME.top + inner.height / 2}) rotate(-90)`}
            textAnchor="middle"
          >
            {withUnit(y.label, y.unit)}
          </text>
        </>
      )}
    </g>
  )
}

/** What the lines are, where there are several or two kinds. */
function Legend({ question: { lines }, truth }: { question: CurveQuestion; truth: boolean }) {
  if (lines.length < 2 && !truth) return null
  return (
    <ul className="sketch-legend" data-single={lines.length === 1 || undefined}>
      {lines.length > 1 &&
        lines.map(({ name, label }, k) => (
          <li key={name} className={`line-${k}`}>
            {label}
          </li>
        ))}
      {truth && <li className="guess">{t('dashed: yours')}</li>}
      {truth && <li className="truth">{t('drawn through: computed')}</li>}
    </ul>
  )
}

/** Powers of ten; over less than two decades 2 and 5 of each as well. */
function decades(axis: Axis): number[] {
  const [least, most] = [Math.min(axis.from, axis.to), Math.max(axis.from, axis.to)]
  const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))]
  const every = Math.max(1, Math.ceil((high - low) / 5))
  const within = most / least < 100 ? [1, 2, 5] : [1]
  const all = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, k) => 10 ** (low + k * every))
  return all
    .flatMap((power) => within.map((m) => Number((m * power).toPrecision(12))))
    .filter((v) => v >= least * (1 - 1e-9) && v <= most * (1 + 1e-9))
}

/** What lies outside of the picture is left out. */
function path({ x, y }: CurveQuestion, points: Points, { inner }: Sheet): string {
  const [low, high] = [Math.min(x.from, x.to), Math.max(x.from, x.to)]
  const room = 1e-9 * (high - low)
  const seen = points.filter(([a, v]) => a >= low - room && a <= high + room && Number.isFinite(v))
  return seen
    .map(([a, v], k) => {
      const [px, py] = [FRAME.left + scaled(x, a) * inner.width, FRAME.top + (1 - scaled(y, v)) * inner.height]
      return `${k === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`
    })
    .join('')
}

function described({ x, y, lines }: CurveQuestion, value: Lines | undefined, truth: Lines | undefined): string {
  const ends = (points: Points | undefined) =>
    points && points.length > 0
      ? t('from {start} to {end}', {
          start: quantity(points[0][1], y.unit, 3),
          end: quantity(points[points.length - 1][1], y.unit, 3),
        })
      : t('not drawn yet')
  const each = lines.map(({ name, label }) => {
    const own = { label, own: ends(value?.[name]) }
    return truth
      ? t('{label}: your line {own}, computed {computed}', { ...own, computed: ends(truth[name]) })
      : t('{label}: your line {own}', own)
  })
  return `${t('{y} against {x}.', { y: y.label, x: x.label })} ${each.join('; ')}`
}

const clamp = (v: number) => Math.min(1, Math.max(0, v))
