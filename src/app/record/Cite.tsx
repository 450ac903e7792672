/** How to cite: the program and its version, the papers its families come from, and where sources lead. */

import { useEffect, useState } from 'react'
import { t } from '../../language/language.ts'
import type { Work } from '../../models/family.ts'
import { addressOf, bibtex, citation, programBibtex } from '../../record/works.ts'
import { VERSION } from '../../version.ts'
import { cards, familyOf } from '../ground/house.ts'
import { TextButton } from '../kit/controls.tsx'
import { copyText } from '../kit/copyText.ts'
import { Sourced } from '../kit/Sourced.tsx'
import { useScenario, useSession } from '../session/context.ts'

export function Cite() {
  const { lab } = useSession()
  const { sources } = familyOf(useScenario())
  const [papers, setPapers] = useState<readonly Work[]>()
  useEffect(() => {
    let alive = true
    void Promise.all(cards.map((card) => card.works?.() ?? [])).then(
      (lists) => alive && setPapers(lists.flatMap((list) => list.slice(0, 1))),
    )
    return () => {
      alive = false
    }
  }, [])
  const year = new Date().getFullYear()
  if (!papers) return <p className="hint">{t('Fetching the papers…')}</p>
  const text = [programBibtex(VERSION, year), ...papers.map(bibtex)].join('\n\n')
  return (
    <>
      <p>{citation(VERSION, year)}</p>
      <ul className="record-list">
        {papers.map((paper) => (
          <li key={paper.key}>
            {paper.authors.map((author) => author.split(',')[0]).join(', ')}:{' '}
            <a href={addressOf(paper)} target="_blank" rel="noreferrer">
              {paper.title}
            </a>
            , {paper.year}
            {paper.doi === undefined && ` (${t('DOI not verified; the link searches for the title')})`}
          </li>
        ))}
      </ul>
      <label>
        BibTeX
        <textarea readOnly rows={7} value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div className="row">
        <TextButton onClick={() => void copyText(lab, t('The BibTeX'), text)}>{t('Copy the BibTeX')}</TextButton>
      </div>
      <h4>{t('What this family rests on')}</h4>
      <ul className="record-list">
        {sources.map((source) => (
          <li key={source}>
            <Sourced text={source} />
          </li>
        ))}
      </ul>
    </>
  )
}
