/**
 * A text with a grammar, such as a list of steps or a table: checked while it is written, taken over when it can be read.
 * A long one is shown by its beginning.
 */

import { useEffect, useId, useRef, useState } from 'react'
import { t } from '../../language/language.ts'
import { checkValue, type TextParameter } from '../../parameter.ts'
import { useSession } from '../session/context.ts'
import { TextButton } from './controls.tsx'

/** Longest text that is edited as such, and what is shown of a longer one, characters. */
const LONGEST = 30_000
const SHOWN = 1_000

export function TextField(props: { parameter: TextParameter; value: string; onEdit(value: string): void }) {
  const { parameter: p, value, onEdit } = props
  const { tables } = useSession()
  const [draft, setDraft] = useState(value)
  const [opened, setOpened] = useState<File>()
  const id = useId()
  useEffect(() => setDraft(value), [value])
  const message = checkValue(p, draft)
  const long = draft.length > LONGEST
  const shown = long ? `${draft.slice(0, SHOWN)}…` : draft
  const take = () => {
    if (!message && draft !== value) onEdit(draft)
  }
  /** A file that cannot be read stays on show with what is wrong with it. */
  const open = async (file: File) => {
    const { foreignFile, HEAD } = await import('../../tables/foreign.ts')
    // What is no text is named, and leaves the field alone.
    if (foreignFile(new Uint8Array(await file.slice(0, HEAD).arrayBuffer())) !== undefined) {
      await tables.open(file)
      return
    }
    const text = await file.text()
    setDraft(text)
    setOpened(file)
    if (!checkValue(p, text)) onEdit(text)
  }
  return (
    <div className="text-parameter">
      <textarea
        aria-label={t(p.label)}
        aria-invalid={message !== undefined}
        aria-describedby={message ? id : undefined}
        rows={Math.min(12, Math.max(3, shown.split('\n').length + 1))}
        spellCheck={false}
        readOnly={long}
        value={shown}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) take()
          if (event.key === 'Escape') setDraft(value)
        }}
      />
      {(p.examples || p.file) && (
        <div className="text-examples">
          {p.file && <OpenFile label={t(p.label)} onFile={(file) => void open(file)} />}
          {p.file && message && opened && (
            <TextButton onClick={() => void tables.open(opened, { ask: true })}>{t('Choose its columns…')}</TextButton>
          )}
          {p.examples?.map((example) => (
            <TextButton key={example.label} onClick={() => onEdit(example.text)}>
              {t(example.label)}
            </TextButton>
          ))}
        </div>
      )}
      {long && (
        <p className="hint">
          {t('{n} characters, shown by their beginning. Open another file to change it.', { n: draft.length })}
        </p>
      )}
      {!message && draft !== value && <p className="hint">{t('Leave the field, or Ctrl+Enter, to use it.')}</p>}
      {message && (
        <p className="error-line" id={id} role="alert">
          {message}
        </p>
      )}
    </div>
  )
}

function OpenFile({ label, onFile }: { label: string; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <TextButton onClick={() => input.current?.click()}>{t('Open a file…')}</TextButton>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.mpt,.dat,.bdf,text/plain,text/csv"
        aria-label={t('{label} from a file', { label })}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
