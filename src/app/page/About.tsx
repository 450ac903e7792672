/** What a scenario says of itself, to be written anew. */
import { t } from '../../language/language.ts'
import { LIMITS } from '../../limits.ts'
import { useScenario, useSession } from '../session/context.ts'
import { edit } from '../store/edits.ts'

export function About() {
  const { lab } = useSession()
  const scenario = useScenario()
  // What was not changed is read, and left, in its own words.
  const [title, description] = [t(scenario.title), t(scenario.description)]
  return (
    <div className="form">
      <label>
        {t('Title')}
        <input
          type="text"
          defaultValue={title}
          maxLength={LIMITS.title.most}
          onBlur={({ currentTarget: { value } }) => {
            const next = value.trim()
            if (next !== '' && next !== title) edit(lab, (s) => ({ ...s, title: next }))
          }}
        />
      </label>
      <label>
        {t('Note: what to look for')}
        <textarea
          rows={4}
          defaultValue={description}
          maxLength={LIMITS.text.most}
          onBlur={({ currentTarget: { value } }) => {
            const next = value.trim()
            if (next !== description) edit(lab, (s) => ({ ...s, description: next }))
          }}
        />
      </label>
      <p className="hint">
        {t('Both go with the file and the link; a prepared address can show the note. The run goes on as it is.')}
      </p>
    </div>
  )
}
