/** The two-scale microscope: the field inside the cell under the pointer, live. */

import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { t } from '../../language/language.ts'
import { context2d } from '../ground/canvas.ts'
import type { MapName } from '../ground/colours.ts'
import { lengthUnit, number, quantity } from '../ground/format.ts'
import { unitsOf } from '../ground/house.ts'
import { colourGradient } from '../ground/maps.ts'
import { rgb } from '../kit/phaseColours.ts'
import { useJudgeView, useLab, useScenario, useSession } from '../session/context.ts'
import { type OnShow, onShow } from '../session/onShow.ts'
import { LENS_POINTS, type LensImage } from './lens.ts'
import { lensOnShow, useSecondOrder } from './lensDesk.ts'
import { paintLens } from './paintLens.ts'
import { lensSide, placeLens, type Size } from './placeLens.ts'

/** Largest picture, px. */
const MOST = 180
const PADDING = 14

/** @param body the pictures; it stands among them and stays in their panel */
export default function Lens({ body }: { body: RefObject<HTMLElement | null> }) {
  const session = useSession()
  const { pictures } = session
  const frame = useRef<HTMLElement>(null)
  const [words, setWords] = useState<Size>({ width: PADDING, height: 90 })
  const gaze = useJudgeView((s) => s.gaze)
  useJudgeView((s) => s.lensMode)
  useJudgeView((s) => s.lensOrder)
  useJudgeView((s) => s.lensPart)
  useJudgeView((s) => s.depth)
  // It follows the frame on show.
  useLab((s) => s.time)
  useLab((s) => s.frameCount)
  useLab((s) => s.cell)
  useLab((s) => s.second)
  useLab((s) => s.field)
  useSecondOrder()
  const [, follow] = useReducer((n: number) => n + 1, 0)
  useEffect(() => pictures.onMoved(follow), [pictures])
  const image = lensOnShow(session)
  const box = body.current && roomOf(body.current)
  const at = gaze && (gaze.pointer ?? pictures.locate(gaze.side, gaze.point))
  const side = box ? lensSide(box, words, MOST) : MOST

  // How much room the words take is known once they are written.
  useLayoutEffect(() => {
    if (!frame.current) return
    const height = frame.current.offsetHeight - side
    setWords((w) => (Math.abs(w.height - height) < 2 ? w : { ...w, height }))
  })

  if (!box || !body.current || !at || !image || typeof image === 'string') return null
  const place = placeLens(
    { x: at.x - box.left, y: at.y - box.top },
    { width: side + words.width, height: side + words.height },
    box,
  )
  const origin = body.current.getBoundingClientRect()
  return (
    <figure
      ref={frame}
      className="lens"
      style={{
        left: place.left + box.left - origin.left,
        top: place.top + box.top - origin.top,
        width: side + PADDING,
      }}
    >
      <LensCanvas image={image} side={side} />
      <LensCaption image={image} />
    </figure>
  )
}

/** The panel, but for what is chosen above the pictures. */
function roomOf(body: HTMLElement): DOMRect | undefined {
  const panel = body.closest('.panel')?.getBoundingClientRect()
  const { top } = body.getBoundingClientRect()
  return panel && new DOMRect(panel.left, top, panel.width, panel.bottom - top)
}

function LensCanvas({ image, side }: { image: LensImage; side: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const chosen = useLab((s) => s.colour.map)
  const theme = useLab((s) => s.theme)
  const map = mapOf(image, chosen, onShow(useSession()))
  useEffect(() => {
    if (!canvas.current) return
    const style = getComputedStyle(document.documentElement)
    const ink = (name: string) => rgb(style.getPropertyValue(name).trim())
    // The inks are those of the theme.
    const inks = theme && { other: ink('--other-phase'), membrane: ink('--text') }
    const pixels = new ImageData(paintLens(image, map, inks), LENS_POINTS)
    context2d(canvas.current).putImageData(pixels, 0, 0)
  }, [image, map, theme])
  return <canvas ref={canvas} width={LENS_POINTS} height={LENS_POINTS} style={{ width: side, height: side }} />
}

/** A difference and the parts of a correction have maps of their own, so that none is taken for the field. */
function mapOf({ mode, part }: LensImage, chosen: MapName, now: OnShow | undefined): MapName {
  if (part !== undefined) return now?.field.microscopic?.parts?.[0]?.name === part ? 'part' : 'otherPart'
  return mode === 'difference' ? 'difference' : chosen
}

function LensCaption({ image }: { image: LensImage }) {
  const scenario = useScenario()
  const chosen = useLab((s) => s.colour.map)
  const now = onShow(useSession())
  if (!now) return null
  const { unit, factor, microscopic } = now.field
  const length = lengthUnit(Math.max(...scenario.macro.size), unitsOf(scenario))
  const small = lengthUnit(image.cellSize, unitsOf(scenario))
  const place = image.centre.map((x, axis) => `${'xyz'[axis]} = ${number(x / length.factor, 3)}`).join(', ')
  const digits = digitsFor(image.min, image.max)
  return (
    <figcaption>
      {image.uniform ? (
        <span>{t('{value} throughout', { value: quantity((image.min + image.max) / 2 / factor, unit, 5) })}</span>
      ) : (
        <span className="lens-scale">
          {number(image.min / factor, digits)}
          <i style={{ background: colourGradient(mapOf(image, chosen, now), 'to right') }} />
          {number(image.max / factor, digits)}
        </span>
      )}
      {image.part && <span>{t('{part} part of u₁', { part: t(image.part) })}</span>}
      {microscopic?.interface && !image.uniform && <span>{t('each point: nearest on the membrane')}</span>}
      <span>{t('cell at {place} {unit}', { place, unit: length.unit })}</span>
      <span>
        ℓ = {quantity(image.cellSize / small.factor, small.unit, 3)}
        {!image.uniform && t('; varies by {variation}', { variation: quantity(image.variation / factor, unit, 2) })}
      </span>
    </figcaption>
  )
}

/** Digits that tell the two ends of a range apart. */
function digitsFor(min: number, max: number): number {
  const size = Math.max(Math.abs(min), Math.abs(max))
  return max > min ? Math.max(3, Math.min(6, Math.ceil(Math.log10(size / (max - min))) + 2)) : 4
}
