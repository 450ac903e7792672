/** The few controls everything is made of: named buttons, toggles, selects. */
import { Tooltip } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { t } from '../../language/language.ts'

interface ButtonProps {
  label: string
  onClick: () => void
  children: ReactNode
  disabled?: boolean
  pressed?: boolean
  /** Shown beside the label in the tooltip. */
  hotkey?: string
  className?: string
}

/** A button that shows an icon and is named by its label. */
export function IconButton({ label, onClick, children, disabled, pressed, hotkey, className }: ButtonProps) {
  return (
    <Tooltip label={hotkey ? `${label} (${t(hotkey)})` : label} openDelay={400} withinPortal>
      <button
        type="button"
        className={`button icon-button ${className ?? ''}`}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={hotkey}
        aria-disabled={disabled || undefined}
        onClick={disabled ? undefined : onClick}
      >
        {children}
      </button>
    </Tooltip>
  )
}

export function TextButton({
  onClick,
  children,
  disabled,
  primary,
  label,
}: {
  onClick: () => void
  children: ReactNode
  disabled?: boolean
  primary?: boolean
  label?: string
}) {
  return (
    <button
      type="button"
      className={primary ? 'button primary' : 'button'}
      onClick={onClick}
      disabled={disabled}
      aria-label={label}
    >
      {children}
    </button>
  )
}

export interface Option<T extends string> {
  value: T
  /** English; shown in the language of the page. */
  label: string
  /** Heading that a list has it under. */
  under?: string
}

export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel = true,
}: {
  label: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  hideLabel?: boolean
}) {
  const id = useId()
  return (
    <span className="choice">
      {!hideLabel && (
        <label className="choice-label" htmlFor={id}>
          {label}
        </label>
      )}
      <select
        id={id}
        aria-label={hideLabel ? label : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {headed(options).map(({ under, options }) => {
          const own = options.map((option) => (
            <option key={option.value} value={option.value}>
              {t(option.label)}
            </option>
          ))
          return under ? (
            <optgroup key={under} label={t(under)}>
              {own}
            </optgroup>
          ) : (
            own
          )
        })}
      </select>
    </span>
  )
}

/** Options by their headings, each where the first of them stands. */
function headed<T extends string>(options: readonly Option<T>[]) {
  const out = new Map<string | undefined, Option<T>[]>()
  for (const option of options) out.set(option.under, [...(out.get(option.under) ?? []), option])
  return [...out].map(([under, options]) => ({ under, options }))
}

/** A row of exclusive choices, all in sight. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
}) {
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="segment"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {t(option.label)}
        </button>
      ))}
    </fieldset>
  )
}
