/** Values of a number along the box as they are drawn: a stroke of the pointer sets those it passes. */
import type { Grading } from '../../cell/cell.ts'
import { valueAt } from '../ground/house.ts'

export type Along = Grading['along']

/** The places that a stroke can set lie so many to the length. */
export const PLACES = 20

/**
 * The values after a stroke between two of them, [place, value]: linear along the stroke at the places it passes, as before
 * elsewhere. A touch without a way sets the nearest place. Places that say nothing (on the line between their neighbours
 * within half a `step`) are left out.
 *
 * @param step values are multiples of it
 */
export function drawn(grading: Grading, from: Along[number], to: Along[number], step: number): Along {
  const [first, last] = from[0] <= to[0] ? [from, to] : [to, from]
  const touched = first[0] === last[0]
  const low = touched ? Math.round(to[0] * PLACES) : Math.ceil(first[0] * PLACES)
  const high = touched ? low : Math.floor(last[0] * PLACES)
  if (low > high) return grading.along
  const slope = touched ? 0 : (last[1] - first[1]) / (last[0] - first[0])
  const own = Array.from({ length: high - low + 1 }, (_, i): Along[number] => {
    const place = (low + i) / PLACES
    return [place, rounded(touched ? to[1] : first[1] + slope * (place - first[0]), step)]
  })
  return simplified([...before(grading, low), ...own, ...behind(grading, high)], step / 2)
}

/** What was to the left of a place that is drawn, up to the place beside it. */
function before(grading: Grading, low: number): Along {
  if (low === 0) return []
  const beside = (low - 1) / PLACES
  const kept = grading.along.filter(([x]) => x <= beside)
  return kept.at(-1)?.[0] === beside ? kept : [...kept, [beside, valueAt(grading, beside)]]
}

function behind(grading: Grading, high: number): Along {
  if (high === PLACES) return []
  const beside = (high + 1) / PLACES
  const kept = grading.along.filter(([x]) => x >= beside)
  return kept[0]?.[0] === beside ? kept : [[beside, valueAt(grading, beside)], ...kept]
}

/** Without the places between two others whose straight line passes them all within `slack`; jumps stay. */
export function simplified(along: Along, slack: number): Along {
  const kept = [along[0]]
  let start = 0
  for (let end = 2; end <= along.length; end++) {
    if (end < along.length && straight(along.slice(start, end + 1), slack)) continue
    kept.push(along[end - 1])
    start = end - 1
  }
  return kept.filter((point): point is Along[number] => point !== undefined)
}

function straight(run: Along, slack: number): boolean {
  const [[x0, a], [x1, b]] = [run[0], run[run.length - 1]]
  if (run.some(([x], k) => k > 0 && x === run[k - 1][0])) return false
  return run.every(([x, v]) => Math.abs(a + ((x - x0) / (x1 - x0)) * (b - a) - v) <= slack * (1 + 1e-9))
}

function rounded(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12))
}

/** What a picture of a number's values shows, and of which steps values in it are. */
export interface Window {
  low: number
  high: number
  step: number
}

/** Room above and below the values to draw in, within the limits of the number; edges are round. */
export function windowOf(along: Along, { min, max }: { min: number; max: number }): Window {
  const values = along.map(([, v]) => v)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = Math.max((most - least) / 2, (max - min) / 10)
  const round = 10 ** Math.floor(Math.log10(room))
  const low = Math.max(min, rounded(Math.floor((least - room) / round) * round, round))
  const high = Math.min(max, rounded(Math.ceil((most + room) / round) * round, round))
  return { low, high, step: round / 10 }
}
