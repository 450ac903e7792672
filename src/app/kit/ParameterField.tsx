/** One parameter, drawn from its schema: slider, number, unit, default mark, reset, source. */

import { Popover } from '@mantine/core'
import { t } from '../../language/language.ts'
import { parameterInUnits } from '../../models/reduced.ts'
import {
  type ChoiceOption,
  checkValue,
  format,
  type NumberParameter,
  type Parameter,
  sliderRange,
  type Value,
} from '../../parameter.ts'
import { unitsOf } from '../ground/house.ts'
import { useScenario, useSession } from '../session/context.ts'
import { IconButton } from './controls.tsx'
import { InfoIcon, ResetIcon } from './icons.tsx'
import { NumberField } from './NumberField.tsx'
import { Slider } from './Slider.tsx'
import { Sourced } from './Sourced.tsx'
import { TexSymbol } from './TexSymbol.tsx'
import { TextField } from './TextField.tsx'

export interface ParameterFieldProps {
  parameter: Parameter
  value: Value
  /** While a slider moves. */
  onDraft: (value: Value) => void
  /** When it is let go: one undo entry. */
  onCommit: () => void
  /** A change in one go. */
  onEdit: (value: Value) => void
}

export function ParameterField(given: ParameterFieldProps) {
  const { lab } = useSession()
  const p = parameterInUnits(given.parameter, unitsOf(useScenario()))
  const props = { ...given, parameter: p }
  const { value } = props
  const light = () => lab.setState({ hoveredTerms: p.terms ?? [] })
  const dim = () => lab.setState({ hoveredTerms: [] })
  const changed = value !== p.value
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only lights up the equations; focus does the same
    <div
      className="parameter"
      data-changed={changed || undefined}
      onPointerEnter={light}
      onPointerLeave={dim}
      onFocus={light}
      onBlur={dim}
    >
      <div className="parameter-head">
        <span className="parameter-label">
          {t(p.label)} <TexSymbol tex={p.symbol} />
          {p.beyondPaper && (
            <span className="badge" title={t("An extension that the family's paper does not contain")}>
              {t('beyond the paper')}
            </span>
          )}
        </span>
        {changed && (
          <IconButton
            label={t('Reset {label} to {value}', { label: t(p.label), value: inWords(p, p.value) })}
            onClick={() => props.onEdit(p.value)}
            className="small"
          >
            <ResetIcon />
          </IconButton>
        )}
        <Source parameter={p} />
      </div>
      <Control {...props} />
    </div>
  )
}

function Control({ parameter: p, value, onDraft, onCommit, onEdit }: ParameterFieldProps) {
  if (p.kind === 'flag')
    return (
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          aria-checked={value === true}
          aria-label={t(p.label)}
          checked={value === true}
          onChange={(event) => onEdit(event.currentTarget.checked)}
        />
        <span>{value === true ? t('on') : t('off')}</span>
      </label>
    )
  if (p.kind === 'choice')
    return (
      <>
        <select aria-label={t(p.label)} value={String(value)} onChange={(event) => onEdit(event.currentTarget.value)}>
          {p.options.map((o) => (
            <option key={o.value} value={o.value}>
              {t(o.label)}
            </option>
          ))}
        </select>
        <OptionHelp option={p.options.find((o) => o.value === value)} />
      </>
    )
  if (p.kind === 'text') return <TextField parameter={p} value={String(value)} onEdit={onEdit} />
  const number = typeof value === 'number' ? value : p.value
  return (
    <div className="number-parameter">
      <span className="slider">
        <i className="default-mark" style={{ left: `${100 * toSlider(p, p.value)}%` }} />
        <Slider
          aria-label={t('{label}, slider', { label: t(p.label) })}
          aria-valuetext={format(p, number)}
          min={0}
          max={1}
          step={0.001}
          value={toSlider(p, number)}
          onSlide={(position) => onDraft(fromSlider(p, position))}
          onRelease={onCommit}
        />
      </span>
      <NumberField
        label={t(p.label)}
        hideLabel
        unit={p.unit}
        value={number / p.factor}
        check={(v) => checkValue(p, v * p.factor)}
        onChange={(v) => onEdit(v * p.factor)}
      />
    </div>
  )
}

function OptionHelp({ option }: { option: ChoiceOption | undefined }) {
  if (!option?.help && !option?.badge) return null
  return (
    <p className="hint option-help" aria-live="polite">
      {option.badge && (
        <span className={option.badge.tone === 'warn' ? 'badge warn' : 'badge'}>
          {option.badge.tone === 'warn' ? '✕' : '✓'} {t(option.badge.text)}
        </span>
      )}
      <span>{option.help && t(option.help)}</span>
    </p>
  )
}

/** Options by their names. */
function inWords(p: Parameter, value: Value): string {
  if (p.kind === 'flag') return value ? t('on') : t('off')
  return p.kind === 'choice' ? t(p.options.find((o) => o.value === value)?.label ?? String(value)) : format(p, value)
}

function Source({ parameter: p }: { parameter: Parameter }) {
  return (
    <Popover position="left" withArrow width={280}>
      <Popover.Target>
        <button
          type="button"
          className="button icon-button small"
          aria-label={t('About {label}', { label: t(p.label) })}
        >
          <InfoIcon />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="source">
          {p.help && <p>{t(p.help)}</p>}
          <p>
            {p.kind === 'number'
              ? t('Default {value}, between {min} and {max}.', {
                  value: format(p, p.value),
                  min: format(p, p.min),
                  max: format(p, p.max),
                })
              : t('Default {value}.', { value: inWords(p, p.value) })}
          </p>
          <p>
            {t('Source:')} <Sourced text={t(p.source)} />
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Logarithmic sliders that reach zero bend near it (inverse hyperbolic sine) instead of ending above it. */
function toSlider(p: NumberParameter, value: number): number {
  const { min, max } = sliderRange(p)
  const [a, b, v] = [min, max, value].map((x) => bend(p, x)) as [number, number, number]
  return b > a ? Math.max(0, Math.min(1, (v - a) / (b - a))) : 0
}

function fromSlider(p: NumberParameter, position: number): number {
  const { min, max } = sliderRange(p)
  if (position <= 0) return min
  if (position >= 1) return max
  // Sliders snap to the default when they pass it, and otherwise to three digits.
  if (Math.abs(position - toSlider(p, p.value)) < 0.006) return p.value
  const [a, b] = [bend(p, min), bend(p, max)]
  const shown = unbend(p, a + position * (b - a)) / p.factor
  return Math.max(min, Math.min(max, Number(shown.toPrecision(3)) * p.factor))
}

function bend(p: NumberParameter, x: number): number {
  if (p.scale === 'linear') return x
  return sliderRange(p).min > 0 ? Math.log(x) : Math.asinh(x / softness(p))
}

function unbend(p: NumberParameter, y: number): number {
  if (p.scale === 'linear') return y
  return sliderRange(p).min > 0 ? Math.exp(y) : softness(p) * Math.sinh(y)
}

const softness = (p: NumberParameter): number => {
  const { min, max } = sliderRange(p)
  return 1e-3 * Math.max(Math.abs(max), Math.abs(min))
}
