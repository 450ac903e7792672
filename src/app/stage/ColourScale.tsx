/** A colour map with its numbers. */
import type { Field } from '../../models/family.ts'
import { colourGradient, type MapName } from '../colours.ts'
import { number, ticks } from '../format.ts'
import type { Range } from './view.ts'

export function ColourScale({ field, range, map }: { field: Field; range: Range; map: MapName }) {
  const [low, high] = [range.min / field.factor, range.max / field.factor]
  return (
    <>
      <span className="colour-unit">{field.unit === '1' ? '' : field.unit}</span>
      <span className="colour-strip" style={{ background: colourGradient(map, 'to top') }} />
      <span className="colour-ticks">
        {ticks(low, high, 5).map((v) => (
          <span key={v} style={{ bottom: `${((v - low) / (high - low)) * 100}%` }}>
            {number(v, 5)}
          </span>
        ))}
      </span>
    </>
  )
}
