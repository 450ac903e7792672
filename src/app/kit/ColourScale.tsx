/** A colour map with its numbers. */
import type { Field } from '../../models/family.ts'
import { colourGradient, type MapName } from '../ground/colours.ts'
import { tickLabels, ticks } from '../ground/format.ts'
import type { Range } from '../ground/range.ts'

export function ColourScale({ field, range, map }: { field: Field; range: Range; map: MapName }) {
  const [low, high] = [range.min / field.factor, range.max / field.factor]
  return (
    <>
      <span className="colour-unit">{field.unit === '1' ? '' : field.unit}</span>
      <span className="colour-strip" style={{ background: colourGradient(map, 'to top') }} />
      <span className="colour-ticks">
        {tickLabels(ticks(low, high, 5)).map(([v, label]) => (
          <span key={v} style={{ bottom: `${((v - low) / (high - low)) * 100}%` }}>
            {label}
          </span>
        ))}
      </span>
    </>
  )
}
