/** How far homogenization may be trusted now: a badge, and behind it each dimensionless number against its limit. */

import { Popover } from '@mantine/core'
import { t } from '../../language/language.ts'
import type { Validity, ValidityNumber } from '../../models/family.ts'
import { number } from '../ground/format.ts'
import { type Sheet, SheetButtons } from '../kit/Sheet.tsx'
import { TexSymbol } from '../kit/TexSymbol.tsx'
import { useModelBehind } from '../kit/useBehind.ts'
import { useLab, useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'
import { ErrorBar, type Estimated, useEstimates } from './ErrorBar.tsx'
import { failingShare, fails } from './failingShare.ts'

export function ValidityGauge() {
  const validity = useValidity()
  const estimates = useEstimates()
  const behind = useModelBehind()
  const refused = useLab((s) => s.refused)
  if (refused) return <span className="badge warn gauge-badge">{t('no model')}</span>
  if (!validity || validity.numbers.length === 0) return null
  const { numbers } = validity
  const failing = numbers.filter(fails).length
  return (
    <Popover position="bottom-end" withArrow trapFocus width={380}>
      <Popover.Target>
        <button
          data-behind={behind || undefined}
          type="button"
          className={failing > 0 ? 'badge warn gauge-badge' : 'badge gauge-badge'}
        >
          {failing === 0
            ? t('✓ homogenization valid')
            : t('{failing} of {n, plural, one {# limit} other {# limits}} exceeded', { failing, n: numbers.length })}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="gauge-all">
          <ErrorBar />
          <ul className="gauge-list" aria-label={t('Limits of homogenization')}>
            {numbers.map((n) => (
              <Limit key={n.name} limit={n} share={failingShare(validity, n.name)} />
            ))}
          </ul>
        </div>
        <SheetButtons sheet={() => validitySheet(validity, estimates)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function validitySheet(validity: Validity, estimates: readonly Estimated[]): Sheet {
  return {
    name: 'validity',
    header: ['number', 'definition', 'value', 'limit', 'exceeded in (% of the box)'],
    rows: [
      ...validity.numbers.map(({ name, label, tex, value, threshold }) => [
        label,
        tex,
        value,
        threshold,
        100 * failingShare(validity, name),
      ]),
      ...estimates.flatMap(({ field, estimate }) => [
        [`error of ${field.name}`, field.unit, estimate.plain / field.factor, '', ''],
        [`error of ${field.name} with correctors`, field.unit, estimate.corrected / field.factor, '', ''],
      ]),
    ],
  }
}

/** What the lines over the picture mean, while there are any. */
export function HatchLegend() {
  const validity = useValidity()
  if (!validity?.outside.some((bits) => bits !== 0)) return null
  return (
    <span className="hatch-legend" title={t('Hatched: outside the range of homogenization')}>
      <i aria-hidden="true" />
      <span className="hatch-words">{t('hatched: outside the range of homogenization')}</span>
      <span className="hatch-word" aria-hidden="true">
        {t('out of range')}
      </span>
    </span>
  )
}

function useValidity(): Validity | undefined {
  // It follows the frame on show.
  useLab((s) => s.time)
  useLab((s) => s.frameCount)
  return onShow(useSession())?.entry.full.validity
}

function Limit({ limit, share }: { limit: ValidityNumber; share: number }) {
  const failed = fails(limit)
  const values = { value: number(limit.value, 3), threshold: number(limit.threshold, 3) }
  return (
    <li data-failed={failed || undefined}>
      <div className="gauge-head">
        <strong>{t(limit.label)}</strong>
        <TexSymbol tex={limit.tex} />
      </div>
      <div className="gauge-value">
        <span className={failed ? 'badge warn' : 'badge'}>{failed ? t('✕ exceeded') : t('✓ holds')}</span>
        <span>
          {failed && share > 0
            ? t('{value} > {threshold}, in {share} % of the box', { ...values, share: number(100 * share, 2) })
            : `${values.value} ${failed ? '>' : '≤'} ${values.threshold}`}
        </span>
      </div>
      <p className="hint">{t(limit.help)}</p>
    </li>
  )
}
