/** The built-in scenarios: pictures of what they come to, by family, kind and word; the family of the page comes first. */

import { useMemo, useState } from 'react'
import { t } from '../../language/language.ts'
import { cards, experimentOf, familyOf } from '../ground/house.ts'
import { presets } from '../ground/presets.ts'
import { matches, TAGS, type Tag, tagsOf } from '../ground/tags.ts'
import { Chips } from '../kit/Chips.tsx'
import { TextButton } from '../kit/controls.tsx'
import { Thumbnail } from '../kit/Thumbnail.tsx'
import { useScenario, useSession } from '../session/context.ts'
import { load } from './files.ts'

type Preset = ReturnType<typeof presets>[number]

export function Gallery({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const own = familyOf(useScenario())
  const [all] = useState(presets)
  const [question, setQuestion] = useState('')
  const [family, setFamily] = useState<string>()
  const [tag, setTag] = useState<Tag>()
  const found = useMemo(
    () =>
      all.filter(
        ({ scenario }) =>
          (!family || scenario.family === family) &&
          (!tag || tagsOf(scenario).includes(tag)) &&
          matches(scenario, question.trim()),
      ),
    [all, question, family, tag],
  )
  const sections = [own, ...cards.filter((card) => card !== own)]
  return (
    <div className="gallery-page">
      <p className="gallery-lessons">
        <TextButton onClick={() => session.dialogs.setState({ open: 'lessons' })}>{t('Lessons')}</TextButton>{' '}
        <span className="hint">{t('with a question each: predict, run, mark, explain.')}</span>
      </p>
      <p className="gallery-lessons">
        <TextButton onClick={() => session.dialogs.setState({ open: 'atlases' })}>{t('Atlases')}</TextButton>{' '}
        <span className="hint">{t('over whole ranges of cells, sizes and rates.')}</span>
      </p>
      <div className="gallery-find">
        <input
          type="search"
          placeholder={t('Search')}
          aria-label={t('Search the scenarios')}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
        />
        <Chips
          label={t('Family')}
          options={cards.map(({ name, label }) => ({ name, label }))}
          chosen={family}
          onChange={setFamily}
        />
        <Chips
          label={t('Kind')}
          options={TAGS.map((name) => ({ name, label: name }))}
          chosen={tag}
          onChange={(name) => setTag(TAGS.find((other) => other === name))}
        />
      </div>
      <p className="hint" role="status">
        {t('{n} of {all} scenarios', { n: found.length, all: all.length })}
      </p>
      {found.length === 0 && (
        <TextButton
          onClick={() => {
            setQuestion('')
            setFamily(undefined)
            setTag(undefined)
          }}
        >
          {t('Show all')}
        </TextButton>
      )}
      {sections.map(({ name, label, summary }) => {
        const of = found.filter(({ scenario }) => scenario.family === name)
        if (of.length === 0) return null
        return (
          <section key={name} className="gallery-section" aria-labelledby={`gallery-${name}`}>
            <h3 id={`gallery-${name}`}>{t(label)}</h3>
            <p className="hint gallery-summary">{t(summary)}</p>
            <ul className="gallery">
              {of.map((preset) => (
                <li key={preset.name}>
                  <Card
                    preset={preset}
                    onClick={() => {
                      load(session, preset.scenario)
                      onDone()
                    }}
                  />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function Card({ preset: { name, scenario }, onClick }: { preset: Preset; onClick: () => void }) {
  const experiment = experimentOf(scenario)
  return (
    <button type="button" className="card" onClick={onClick}>
      <span className="card-pictures">
        <img src={`./gallery/${name}.svg`} alt="" width={160} height={100} loading="lazy" />
        <Thumbnail cell={scenario.cell} />
      </span>
      <span className="card-words">
        <strong>{t(scenario.title)}</strong>
        <span className="card-text">{t(scenario.description)}</span>
        <span className="card-badges">
          {experiment && <span className="badge">{t(experiment.label)}</span>}
          {tagsOf(scenario).map((tag) => (
            <span key={tag} className="badge">
              {t(tag)}
            </span>
          ))}
        </span>
      </span>
    </button>
  )
}
