/** Sound and speech: off until someone ticks them. */
import { msg, t } from '../../language/language.ts'
import { useLab, useSession } from '../session/context.ts'
import type { Heard } from '../store/lab.ts'

const CHOICES: readonly { name: keyof Heard; label: string; needs?: keyof Heard }[] = [
  { name: 'tone', label: msg('The first probe as a tone: low to high as the colours, silent while paused') },
  { name: 'words', label: msg('Tell screen readers what a moved shape makes: its numbers and its tensors') },
  { name: 'aloud', label: msg('Say it aloud with the voice of the browser'), needs: 'words' },
]

export function HeardSettings() {
  const { lab } = useSession()
  const heard = useLab((s) => s.heard)
  return (
    <fieldset className="form">
      <legend>{t('Sound and speech')}</legend>
      {CHOICES.map(({ name, label, needs }) => (
        <label key={name} className="tick">
          <input
            type="checkbox"
            checked={heard[name]}
            disabled={needs !== undefined && !heard[needs]}
            onChange={(event) => lab.setState({ heard: { ...heard, [name]: event.currentTarget.checked } })}
          />
          {t(label)}
        </label>
      ))}
    </fieldset>
  )
}
