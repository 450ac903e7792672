/** A number with its unit. What cannot be used is explained under the field and not passed on. */

import { useEffect, useId, useState } from 'react'
import { t } from '../../language/language.ts'
import { number } from '../ground/format.ts'

export interface NumberFieldProps {
  label: string
  unit: string
  /** In display units. */
  value: number
  min?: number
  max?: number
  /** The sentence that explains why a value cannot be used. */
  check?: (value: number) => string | undefined
  onChange: (value: number) => void
  hideLabel?: boolean
}

export function NumberField({ label, unit, value, min, max, check, onChange, hideLabel }: NumberFieldProps) {
  const id = useId()
  const [text, setText] = useState(plain(value))
  const [problem, setProblem] = useState<string>()
  const [editing, setEditing] = useState(false)

  useEffect(() => {
    if (!editing) {
      setText(plain(value))
      setProblem(undefined)
    }
  }, [value, editing])

  const take = (raw: string) => {
    const parsed = parse(raw)
    const reason = Number.isNaN(parsed)
      ? t('got "{raw}"; must be a number, e.g. {example}', { raw, example: plain(value) })
      : (check?.(parsed) ?? outside(parsed, min, max))
    setProblem(reason)
    return reason === undefined ? parsed : undefined
  }

  const finish = () => {
    const parsed = take(text)
    if (parsed !== undefined && parsed !== value) onChange(parsed)
    // A bad text stays with its explanation until it is repaired; the last good value is in use.
    setEditing(parsed === undefined)
  }

  return (
    <div className="number-field">
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <span className="number-box" data-invalid={problem !== undefined || undefined}>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onFocus={() => setEditing(true)}
          onChange={(event) => {
            setText(event.currentTarget.value)
            take(event.currentTarget.value)
          }}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish()
            if (event.key === 'Escape') {
              setText(plain(value))
              setProblem(undefined)
              setEditing(false)
            }
          }}
        />
        {unit !== '1' && unit !== '' && <span className="unit">{unit}</span>}
      </span>
      {problem && (
        <p className="field-problem" id={`${id}-problem`} role="alert">
          {t('{problem}. {value} stays in use.', { problem, value: number(value, 7) })}
        </p>
      )}
    </div>
  )
}

/** As people would type it; long numbers with an exponent, so that the field shows all of them. */
function plain(value: number): string {
  const rounded = Number(value.toPrecision(7))
  return Math.abs(rounded) >= 1e7 ? rounded.toExponential().replace('+', '') : String(rounded)
}

/** Accepts a decimal comma and the true minus sign. */
function parse(text: string): number {
  const cleaned = text.trim().replace('−', '-').replace(',', '.')
  return cleaned === '' ? Number.NaN : Number(cleaned)
}

function outside(value: number, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): string | undefined {
  if (!Number.isFinite(value)) return t('must be a finite number')
  if (value < min) return t('got {value}; must be at least {min}', { value: number(value), min: number(min) })
  if (value > max) return t('got {value}; must be at most {max}', { value: number(value), max: number(max) })
  return undefined
}
