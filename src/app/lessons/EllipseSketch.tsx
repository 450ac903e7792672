/** An ellipse drawn by its two handles, or by three sliders; over it, once it may be seen, the one that was computed. */

import { useId, useRef } from 'react'
import { t } from '../../language/language.ts'
import type { EllipseShape } from '../../lessons/lesson.ts'
import { number, quantity } from '../ground/format.ts'
import { Slider as Slide } from '../kit/Slider.tsx'
import { usePointer } from '../kit/usePointer.ts'

/** Half width of the picture in units of the bulk value. */
const REACH = 1.12
const FIRST: EllipseShape = { long: 1, short: 1, angle: 0 }

export interface EllipseSketchProps {
  value: EllipseShape | undefined
  truth?: EllipseShape
  /** Absent once it is given. */
  onChange?: (shape: EllipseShape) => void
}

export function EllipseSketch({ value, truth, onChange }: EllipseSketchProps) {
  const shape = value ?? FIRST
  const svg = useRef<SVGSVGElement>(null)
  /** One axis takes the other one along where it would pass it. */
  const long = (size: number, angle = shape.angle) =>
    onChange?.(rounded({ long: size, short: Math.min(shape.short, size), angle }))
  const short = (size: number) =>
    onChange?.(rounded({ long: Math.max(shape.long, size), short: size, angle: shape.angle }))
  const grab = usePointer(svg, 'rim', (which, [x, y]) => {
    const [px, py] = [(2 * x - 1) * REACH, (1 - 2 * y) * REACH]
    const size = Math.min(1, Math.hypot(px, py))
    if (which === 'long') long(size, withoutDirection((Math.atan2(py, px) * 180) / Math.PI))
    else short(size)
  })
  const tips = { long: tip(shape, 'long'), short: tip(shape, 'short') }
  return (
    <div className="sketch">
      <svg
        ref={svg}
        className="sketch-picture square"
        viewBox={`${-REACH} ${-REACH} ${2 * REACH} ${2 * REACH}`}
        role="img"
        aria-label={described(shape, truth, value !== undefined)}
      >
        <line className="axis" x1={-REACH} x2={REACH} y1="0" y2="0" />
        <line className="axis" y1={-REACH} y2={REACH} x1="0" x2="0" />
        <circle className="bulk" r="1" />
        <text className="mark" x={REACH - 0.03} y="0.14" textAnchor="end">
          x
        </text>
        <text className="mark" x="0.1" y={-REACH + 0.1}>
          y
        </text>
        {truth && <Oval shape={truth} name="truth" />}
        <Oval shape={shape} name={value ? 'guess' : 'guess untouched'} />
        {onChange &&
          (['long', 'short'] as const).map((which) => (
            <g key={which} className="grip" onPointerDown={grab(which)} data-grip={which}>
              <circle className="area" cx={tips[which][0]} cy={-tips[which][1]} r="0.19" />
              <circle className="dot" cx={tips[which][0]} cy={-tips[which][1]} r="0.055" />
            </g>
          ))}
      </svg>
      {onChange && (
        <div className="sketch-numbers">
          <Slider label={t('Long half axis')} value={shape.long} min={0} max={1} step={0.01} onChange={long} />
          <Slider label={t('Short half axis')} value={shape.short} min={0} max={1} step={0.01} onChange={short} />
          <Slider
            label={t('Angle of the long axis')}
            unit="°"
            value={shape.angle}
            min={-90}
            max={90}
            step={1}
            onChange={(angle) => long(shape.long, angle)}
          />
        </div>
      )}
    </div>
  )
}

export function Slider(props: {
  label: string
  value: number
  min: number
  max: number
  step: number
  unit?: string
  /** Where the scale begins and ends is written below it. */
  ends?: boolean
  onChange: (value: number) => void
}) {
  const { label, value, min, max, step, unit = '', ends = false, onChange } = props
  const id = useId()
  const text = `${number(value, 3)}${unit === '°' || unit === '' ? unit : ` ${unit}`}`
  return (
    <div className="sketch-slider">
      <label htmlFor={id}>{label}</label>
      <Slide id={id} min={min} max={max} step={step} value={value} aria-valuetext={text} onSlide={onChange} />
      <output htmlFor={id}>{text}</output>
      {ends && <Ends from={min} to={max} unit={unit} />}
    </div>
  )
}

/** What stands at both ends of a scale. */
export function Ends({ from, to, unit }: { from: number; to: number; unit: string }) {
  return (
    <p className="ends" aria-hidden>
      <span>{quantity(from, unit, 3)}</span>
      <span>{quantity(to, unit, 3)}</span>
    </p>
  )
}

function Oval({ shape, name }: { shape: EllipseShape; name: string }) {
  return <ellipse className={name} rx={shape.long} ry={shape.short} transform={`rotate(${-shape.angle})`} />
}

function tip({ long, short, angle }: EllipseShape, which: 'long' | 'short'): [number, number] {
  const along = ((angle + (which === 'long' ? 0 : 90)) * Math.PI) / 180
  const size = which === 'long' ? long : short
  return [size * Math.cos(along), size * Math.sin(along)]
}

/** The angle of an axis, which has no direction. */
function withoutDirection(angle: number): number {
  const half = ((((angle + 90) % 180) + 180) % 180) - 90
  return Math.round(half)
}

function rounded({ long, short, angle }: EllipseShape): EllipseShape {
  const round = (v: number) => Math.round(v * 100) / 100
  return { long: round(long), short: round(short), angle }
}

function described(shape: EllipseShape, truth: EllipseShape | undefined, given: boolean): string {
  const words = ({ long, short, angle }: EllipseShape) =>
    t('half axes {long} and {short} of free water, the long one at {angle} degrees', {
      long: number(long, 2),
      short: number(short, 2),
      angle: number(Math.round(angle), 3),
    })
  const own = given
    ? t('Your ellipse: {ellipse}.', { ellipse: words(shape) })
    : t('No ellipse yet: the circle of free water.')
  return truth ? `${own} ${t('Computed: {ellipse}.', { ellipse: words(truth) })}` : own
}
