/** Numbers of the cell that vary along the box: which, their values by place, and the cell at five places. */
import { useState } from 'react'
import type { CellSpec, Grading } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { cellAt, checkGraded, MOST_GRADED, numberOf, numbersOf } from '../ground/house.ts'
import { Choice, TextButton } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { Thumbnail } from '../kit/Thumbnail.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import { commit, draft, edit, setGraded } from '../store/edits.ts'
import { type Window, windowOf } from './drawn.ts'
import { GradingSketch } from './GradingSketch.tsx'
import { numberBounds, numberLabel, sizeFirst } from './numbers.ts'
import { useUnfolded } from './useUnfolded.ts'

/** Where the cell is drawn, fractions of the length. */
const PLACES = [0, 0.25, 0.5, 0.75, 1]

/** So many places stand open as a list. */
const FEW = 5

export default function GradedForm() {
  const { lab } = useSession()
  const scenario = useScenario()
  const { size: _, ...cell } = scenario.cell
  const graded = scenario.graded ?? []
  // What is drawn in stays where it is while something is drawn.
  const kept = useLab((s) => s.scenario.graded) ?? []
  const names = numbersOf(cell)
  const varies = graded.length > 0
  const unfolded = useUnfolded(varies)
  // Cells that breathe cannot vary as well.
  if (names.length === 0 || (scenario.breathing?.length && !varies)) return null
  const put = (next: readonly Grading[]) => edit(lab, setGraded(next))
  const changed = (k: number, grading: Grading) => graded.map((old, i) => (i === k ? grading : old))
  const free = names.filter((name) => !graded.some((grading) => grading.number === name))
  const options = (own?: string) =>
    names
      .filter((name) => name === own || free.includes(name))
      .map((value) => ({ value, label: numberLabel(cell, value) }))
  return (
    <details className="shape-form graded-form" {...unfolded}>
      <summary>{t('Along the box')}</summary>
      {varies && (
        <>
          <Strip cell={cell} graded={graded} />
          <p className="hint">{t('The run uses these cells, not the one of the panel.')}</p>
        </>
      )}
      {graded.map((grading, k) => (
        <fieldset key={grading.number} className="grading">
          <legend className="visually-hidden">{numberLabel(cell, grading.number)}</legend>
          <Choice
            label={t('Number that varies')}
            hideLabel={false}
            value={grading.number}
            options={options(grading.number)}
            onChange={(number) => put(changed(k, ramp(cell, number)))}
          />
          <Values
            label={numberLabel(cell, grading.number)}
            grading={grading}
            window={windowOf((kept[k] ?? grading).along, numberBounds(cell, grading.number))}
            check={(next) => checkGraded(changed(k, next), cell)[0]?.message}
            onChange={(next) => put(changed(k, next))}
            onDraw={(next) => draft(lab, setGraded(changed(k, next)))}
            onEnd={() => commit(lab)}
          />
          <TextButton onClick={() => put(graded.filter((_, i) => i !== k))}>{t('Keep it constant')}</TextButton>
        </fieldset>
      ))}
      {!varies && <p className="hint">{t('The cell is the same everywhere.')}</p>}
      {graded.length < MOST_GRADED && free.length > 0 && (
        <TextButton onClick={() => put([...graded, ramp(cell, sizeFirst(free))])}>
          {t('Let a number vary along x')}
        </TextButton>
      )}
    </details>
  )
}

function Strip({ cell, graded }: { cell: CellSpec; graded: readonly Grading[] }) {
  if (checkGraded(graded, cell).length > 0) return null
  return (
    <div className="graded-strip" role="img" aria-label={t('The cell at five places along x')}>
      {PLACES.map((place) => (
        <Thumbnail key={place} cell={cellAt(cell, graded, place)} />
      ))}
    </div>
  )
}

interface PlacesProps {
  grading: Grading
  check: (grading: Grading) => string | undefined
  onChange: (grading: Grading) => void
}

interface ValuesProps extends PlacesProps {
  label: string
  window: Window
  onDraw: (grading: Grading) => void
  onEnd: () => void
}

/** The values along the box as a picture to draw in, and as a list, which folds when many are drawn. */
function Values({ label, window, onDraw, onEnd, ...places }: ValuesProps) {
  const { grading, check } = places
  const [open, setOpen] = useState(grading.along.length <= FEW)
  return (
    <>
      <GradingSketch
        label={label}
        grading={grading}
        window={window}
        onDraw={(along) => {
          const next = { ...grading, along }
          if (check(next) !== undefined) return false
          onDraw(next)
          if (along.length > Math.max(FEW, grading.along.length)) setOpen(false)
          return true
        }}
        onEnd={onEnd}
      />
      <p className="hint">{t('Draw with the finger or the mouse; or move a point with the arrow keys.')}</p>
      <details className="grading-values" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('{n} places', { n: grading.along.length })}</summary>
        <Places {...places} />
      </details>
    </>
  )
}

function Places({ grading, check, onChange }: PlacesProps) {
  const { along } = grading
  const withPoint = (k: number, point: readonly [number, number]): Grading => ({
    ...grading,
    along: along.map((old, i) => (i === k ? point : old)),
  })
  return (
    <>
      {along.map(([place, value], k) => (
        <div className="grading-place" key={k}>
          <NumberField
            label={t('Place {number}', { number: k + 1 })}
            unit="L"
            value={place}
            check={(x) => check(withPoint(k, [x, value]))}
            onChange={(x) => onChange(withPoint(k, [x, value]))}
          />
          <NumberField
            label={t('Value')}
            unit="1"
            value={value}
            check={(v) => check(withPoint(k, [place, v]))}
            onChange={(v) => onChange(withPoint(k, [place, v]))}
          />
          {along.length > 1 && (
            <TextButton
              label={t('Remove place {number}', { number: k + 1 })}
              onClick={() => onChange({ ...grading, along: along.filter((_, i) => i !== k) })}
            >
              −
            </TextButton>
          )}
        </div>
      ))}
      <TextButton onClick={() => onChange({ ...grading, along: withMiddle(along) })}>{t('Add a place')}</TextButton>
    </>
  )
}

/** From the number of the cell to a third less, which keeps open what is open. */
function ramp(cell: CellSpec, number: string): Grading {
  const value = numberOf(cell, number) ?? 0
  return {
    number,
    along: [
      [0, value],
      [1, Number(((2 / 3) * value).toPrecision(3))],
    ],
  }
}

/** A place in the middle of the widest gap. */
function withMiddle(along: Grading['along']): Grading['along'] {
  if (along.length === 1) return along[0][0] < 1 ? [along[0], [1, along[0][1]]] : [[0, along[0][1]], along[0]]
  const gaps = along.slice(1).map(([x], k) => x - along[k][0])
  const k = gaps.indexOf(Math.max(...gaps))
  const [[x0, a], [x1, b]] = [along[k], along[k + 1]]
  return [...along.slice(0, k + 1), [(x0 + x1) / 2, (a + b) / 2], ...along.slice(k + 1)]
}
