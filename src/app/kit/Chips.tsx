/** Names side by side, of which one may be chosen. */
import { t } from '../../language/language.ts'

interface ChipsProps {
  label: string
  options: readonly { name: string; label: string }[]
  chosen: string | undefined
  /** @param name undefined where the chosen one was pressed again */
  onChange: (name: string | undefined) => void
}

export function Chips({ label, options, chosen, onChange }: ChipsProps) {
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.name}
          type="button"
          className="chip"
          aria-pressed={chosen === option.name}
          onClick={() => onChange(chosen === option.name ? undefined : option.name)}
        >
          {t(option.label)}
        </button>
      ))}
    </fieldset>
  )
}
