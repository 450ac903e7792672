/** The colour scale with its unit; click to choose the map and how the range follows the data. */

import { Popover } from '@mantine/core'
import { t } from '../../language/language.ts'
import { MAPS } from '../ground/colours.ts'
import { ColourScale } from '../kit/ColourScale.tsx'
import { Choice, Segments, TextButton } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { useLab, useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'
import { shownRange } from './show.ts'

export default function ColourBar() {
  const session = useSession()
  const { lab } = session
  const colour = useLab((s) => s.colour)
  // Field and range follow the frame on show.
  useLab((s) => s.field)
  useLab((s) => s.model)
  useLab((s) => s.time)
  useLab((s) => s.frameCount)
  // An earlier model may lack what is chosen: the bar is that of the picture.
  const field = onShow(session)?.field
  const range = shownRange(session, 'homogenized')
  if (!field || !range) return null
  const set = (change: Partial<typeof colour>) => lab.setState({ colour: { ...colour, ...change } })
  return (
    <Popover position="left" withArrow trapFocus>
      <Popover.Target>
        <button type="button" className="colour-bar">
          <span className="visually-hidden">{t('Colour scale of {field}', { field: t(field.label) })},</span>
          <ColourScale field={field} range={range} map={colour.map} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="form">
          <Choice
            label={t('Colours')}
            hideLabel={false}
            value={colour.map}
            options={MAPS}
            onChange={(map) => set({ map })}
          />
          <Segments
            label={t('Range')}
            value={colour.range}
            options={[
              { value: 'run', label: t('Whole run') },
              { value: 'frame', label: t('This frame') },
              { value: 'fixed', label: t('Fixed') },
            ]}
            onChange={(kind) => set(kind === 'fixed' ? { range: kind, ...rounded(range) } : { range: kind })}
          />
          {colour.range === 'fixed' && (
            <>
              <NumberField
                label={t('From')}
                unit={field.unit}
                value={colour.min / field.factor}
                onChange={(v) => set({ min: v * field.factor })}
              />
              <NumberField
                label={t('To')}
                unit={field.unit}
                value={colour.max / field.factor}
                onChange={(v) => set({ max: v * field.factor })}
              />
              <TextButton
                onClick={() => {
                  set({ range: 'frame' })
                  const snapped = shownRange(session, 'homogenized')
                  if (snapped) set({ range: 'fixed', ...rounded(snapped) })
                }}
              >
                {t('Snap to the data')}
              </TextButton>
            </>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Limits that people type and read. */
function rounded({ min, max }: { min: number; max: number }): { min: number; max: number } {
  return { min: Number(min.toPrecision(4)), max: Number(max.toPrecision(4)) }
}
