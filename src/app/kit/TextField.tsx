/** A text with a grammar, such as a list of steps: checked while it is written, taken over when it can be read. */
import { useEffect, useId, useState } from 'react'
import { checkValue, type TextParameter } from '../../parameter.ts'
import { TextButton } from './controls.tsx'

export function TextField(props: { parameter: TextParameter; value: string; onEdit(value: string): void }) {
  const { parameter: p, value, onEdit } = props
  const [draft, setDraft] = useState(value)
  const id = useId()
  useEffect(() => setDraft(value), [value])
  const message = checkValue(p, draft)
  const take = () => {
    if (!message && draft !== value) onEdit(draft)
  }
  return (
    <div className="text-parameter">
      <textarea
        aria-label={p.label}
        aria-invalid={message !== undefined}
        aria-describedby={message ? id : undefined}
        rows={Math.min(12, Math.max(3, draft.split('\n').length + 1))}
        spellCheck={false}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) take()
          if (event.key === 'Escape') setDraft(value)
        }}
      />
      {p.examples && (
        <div className="text-examples">
          {p.examples.map((example) => (
            <TextButton key={example.label} onClick={() => onEdit(example.text)}>
              {example.label}
            </TextButton>
          ))}
        </div>
      )}
      {!message && draft !== value && <p className="hint">Leave the field, or Ctrl+Enter, to use it.</p>}
      {message && (
        <p className="error-line" id={id} role="alert">
          {message}
        </p>
      )}
    </div>
  )
}
