/** What the keys do in a picture of the stage: a cursor goes over it, which sets probes and paints; its value is said. */

import type { KeyboardEvent } from 'react'
import { t } from '../../language/language.ts'
import { AXIS_KEYS } from '../ground/axisKeys.ts'
import { lengthUnit, number } from '../ground/format.ts'
import { familyOf, unitsOf } from '../ground/house.ts'
import { onShow } from '../session/onShow.ts'
import type { Session } from '../session/session.ts'
import { toggleBrush } from '../store/brush.ts'
import { addStimuli, edit } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { addProbe, nearestProbe, removeProbe } from '../store/probes.ts'
import type { Side } from '../store/view.ts'
import { reading, stroke } from './show.ts'

/** Parts of a side that one press goes, also with Shift. */
const STEP = 1 / 20
const FINE_STEP = 1 / 200

/** @returns what is to be said of it; undefined where the key has no use here */
export function pressInPicture(session: Session, side: Side, { key, shiftKey }: KeyboardEvent): string | undefined {
  const { lab, view } = session
  const point = cursorOf(session)
  const move = AXIS_KEYS[key]
  if (move) {
    const { dimension, size } = current(lab.getState()).macro
    const [axis, sign] = move
    if (axis >= dimension) return undefined
    const step = sign * (shiftKey ? FINE_STEP : STEP) * size[axis]
    const next = point.map((x, k) => (k === axis ? Math.max(0, Math.min(size[axis], x + step)) : x))
    view.setState({ gaze: { side, point: next } })
    return spoken(session, side, next)
  }
  switch (key.toLowerCase()) {
    case 'enter':
      view.setState({ gaze: { side, point } })
      return set(session, side, point)
    case 'delete':
    case 'backspace':
      return remove(session, point)
    case 'b':
      return brush(session)
    default:
      return undefined
  }
}

/** Where the keys have put the cursor, or the pointer has looked; in the middle before. */
function cursorOf({ lab, view }: Session): readonly number[] {
  const { macro } = current(lab.getState())
  return view.getState().gaze?.point ?? macro.size.slice(0, macro.dimension).map((s) => s / 2)
}

/** A probe, or with the brush in hand one touch of it. */
function set(session: Session, side: Side, point: readonly number[]): string {
  const { lab } = session
  const state = lab.getState()
  if (state.brush.active) {
    edit(lab, addStimuli([stroke(state, point)]))
    return t('Painted at {place}.', { place: placeOf(session, point) })
  }
  addProbe(lab, point)
  return `${t('Probe {n}.', { n: lab.getState().probes.length })} ${spoken(session, side, point)}`
}

function remove({ lab }: Session, point: readonly number[]): string {
  const place = nearestProbe(lab, point)
  const probe = lab.getState().probes[place]
  if (!probe) return t('There is no probe to remove.')
  removeProbe(lab, probe.id)
  return t('Probe {n} removed.', { n: place + 1 })
}

function brush({ lab }: Session): string {
  toggleBrush(lab)
  const state = lab.getState()
  const { stimuli, label } = familyOf(current(state))
  if (stimuli.length === 0) return t('{family}: there is nothing to paint with.', { family: t(label) })
  if (!state.brush.active) return t('Brush put away.')
  const kind = stimuli.find(({ name }) => name === state.brush.kind)
  return t('Brush in hand: {kind}. Enter paints.', { kind: t(kind?.label ?? state.brush.kind) })
}

/** The value at a point and where that is, e.g. `K⁺ outside 4.2 mM at x = 0.5 mm`. */
export function spoken(session: Session, side: Side, point: readonly number[]): string {
  const label = onShow(session)?.field.label ?? ''
  return t('{field} {value} at {place}.', {
    field: t(label),
    value: reading(session, side, point) ?? t('not computed yet'),
    place: placeOf(session, point),
  })
}

function placeOf({ lab }: Session, point: readonly number[]): string {
  const scenario = current(lab.getState())
  const { unit, factor } = lengthUnit(Math.max(...scenario.macro.size), unitsOf(scenario))
  return `${point.map((x, axis) => `${'xyz'[axis]} = ${number(x / factor, 3)}`).join(', ')} ${unit}`
}
