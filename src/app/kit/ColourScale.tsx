/** A colour map with its numbers. */
import type { Field } from '../../models/family.ts'
import type { MapName } from '../ground/colours.ts'
import { number, tickLabels, ticks } from '../ground/format.ts'
import { colourGradient } from '../ground/maps.ts'
import type { Range } from '../ground/range.ts'

/** Characters that have room beside the strip. */
const LONGEST = 6

export function ColourScale({ field, range, map }: { field: Field; range: Range; map: MapName }) {
  const [low, high] = [range.min / field.factor, range.max / field.factor]
  const unit = field.unit === '1' ? '' : field.unit
  const marks = tickLabels(ticks(low, high, 5))
  // Labels that would be cut tell what they add to a round value above them.
  const base = marks.some(([, label]) => label.length > LONGEST) ? marks[0][0] : 0
  const labels = base ? tickLabels(marks.map(([v]) => Number((v - base).toPrecision(6)))) : marks
  return (
    <>
      <span className="colour-unit">
        {base ? `${number(base, 6)} +` : ''} {unit}
      </span>
      <span className="colour-strip" style={{ background: colourGradient(map, 'to top') }} />
      <span className="colour-ticks">
        {labels.map(([v, label]) => (
          <span key={v} style={{ bottom: `${((v + base - low) / (high - low)) * 100}%` }}>
            {label}
          </span>
        ))}
      </span>
    </>
  )
}
