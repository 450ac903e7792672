/** A region of the map, painted cell by cell: by finger, or with arrows and the space bar. */

import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import type { CellSpec } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { Thumbnail } from '../kit/Thumbnail.tsx'
import { usePointer } from '../kit/usePointer.ts'
import { Past } from './Past.tsx'

interface RegionSketchProps {
  label: string
  /** Under the map, where it is one of the reference cell. */
  cell?: CellSpec
  columns: number
  rows: number
  value: readonly string[] | undefined
  truth?: readonly string[]
  onChange?: (rows: string[]) => void
}

interface Brush {
  /** What this stroke paints: the opposite of what it began on. */
  sign?: string
  /** Where the finger was last told of, in cells. */
  last?: [number, number]
}

export function RegionSketch({ label, cell, columns, rows, value, truth, onChange }: RegionSketchProps) {
  const empty = Array.from({ length: rows }, () => '.'.repeat(columns))
  const map = value ?? empty
  // A line of cells is high enough for a finger.
  const high = rows === 1 ? 2.4 : 1
  const svg = useRef<SVGSVGElement>(null)
  const { set, grab } = usePainting(svg, map, onChange)
  const [focus, setFocus] = useState<[number, number]>([0, 0])
  const press = (event: KeyboardEvent<SVGElement>, i: number, k: number) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (event.key === ' ' || event.key === 'Enter') set([[i, k]], map[k][i] === '#' ? '.' : '#')
    else if (step) {
      const next: [number, number] = [
        Math.min(columns - 1, Math.max(0, i + step[0])),
        Math.min(rows - 1, Math.max(0, k + step[1])),
      ]
      setFocus(next)
      svg.current?.querySelector<SVGElement>(`[data-cell="${next.join(' ')}"]`)?.focus()
    } else return
    event.preventDefault()
  }
  const count = (list: readonly string[]) => list.join('').replaceAll('.', '').length
  const counts = { label, own: count(map), all: columns * rows }
  const told = truth
    ? t('{label}: {own} of {all} cells; computed {computed}, in common {common}', {
        ...counts,
        computed: count(truth),
        common: common(map, truth),
      })
    : t('{label}: {own} of {all} cells', counts)
  return (
    <div className="sketch">
      <div className="map" data-cell={cell !== undefined || undefined}>
        {cell && <Thumbnail cell={cell} />}
        <svg
          ref={svg}
          className="sketch-picture region"
          viewBox={`0 0 ${columns} ${rows * high}`}
          role={onChange ? 'group' : 'img'}
          aria-label={told}
          onPointerDown={onChange && ((event) => grab({})(event))}
          data-drawable={onChange ? true : undefined}
        >
          {map.map((row, k) =>
            [...row].map((sign, i) => (
              <rect
                key={`${i} ${k}`}
                x={i}
                y={k * high}
                width="1"
                height={high}
                className={[sign === '#' ? 'guess' : 'outside', truth?.[k]?.[i] === '#' ? 'truth' : ''].join(' ')}
                data-cell={`${i} ${k}`}
                {...(onChange && {
                  role: 'checkbox',
                  'aria-checked': sign === '#',
                  'aria-label':
                    rows > 1
                      ? t('column {column}, row {row}', { column: i + 1, row: k + 1 })
                      : t('column {column}', { column: i + 1 }),
                  tabIndex: focus[0] === i && focus[1] === k ? 0 : -1,
                  onFocus: () => setFocus([i, k]),
                  onKeyDown: (event: KeyboardEvent<SVGElement>) => press(event, i, k),
                })}
              />
            )),
          )}
          {truth?.map((row, k) =>
            [...row].map((sign, i) =>
              sign === '#' ? (
                <circle key={`${i} ${k}`} className="truth-dot" cx={i + 0.5} cy={(k + 0.5) * high} r="0.16" />
              ) : null,
            ),
          )}
        </svg>
      </div>
      {truth && (
        <ul className="sketch-legend painted">
          <li className="guess">{t('filled: yours')}</li>
          <li className="truth">{t('dots: computed')}</li>
        </ul>
      )}
      {onChange && (
        <p className="hint">
          {t('Paint with the finger or the mouse; or arrows and the space bar.')} <Past />
        </p>
      )}
    </div>
  )
}

function usePainting(
  svg: RefObject<SVGSVGElement | null>,
  map: readonly string[],
  onChange: ((rows: string[]) => void) | undefined,
) {
  const [columns, rows] = [map[0].length, map.length]
  // Two moves may come before the page is drawn anew: the second goes on from what the first made.
  const newest = useRef(map)
  newest.current = map
  const set = (cells: readonly [number, number][], sign: string) => {
    const next = newest.current.map((row, k) =>
      [...row].map((old, i) => (cells.some(([a, b]) => a === i && b === k) ? sign : old)).join(''),
    )
    if (next.join() === newest.current.join()) return
    newest.current = next
    onChange?.(next)
  }
  const grab = usePointer(svg, 'sketch', (brush: Brush, [x, y]) => {
    const here: [number, number] = [x * columns, y * rows]
    const cells = cellsBetween(brush.last ?? here, here, columns, rows)
    const [i, k] = cells[0]
    brush.sign ??= newest.current[k][i] === '#' ? '.' : '#'
    brush.last = here
    set(cells, brush.sign)
  })
  return { set, grab }
}

/** Cells under a straight stroke between two places, in order: a finger in a hurry is told of in few of them. */
function cellsBetween(
  [x0, y0]: [number, number],
  [x1, y1]: [number, number],
  columns: number,
  rows: number,
): [number, number][] {
  const steps = Math.max(1, Math.ceil(4 * Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))))
  const within = (v: number, most: number) => Math.min(most - 1, Math.floor(v))
  return Array.from({ length: steps + 1 }, (_, s): [number, number] => {
    const share = s / steps
    return [within(x0 + share * (x1 - x0), columns), within(y0 + share * (y1 - y0), rows)]
  })
}

function common(a: readonly string[], b: readonly string[]): number {
  return a.reduce((sum, row, k) => sum + [...row].filter((sign, i) => sign === '#' && b[k]?.[i] === '#').length, 0)
}
