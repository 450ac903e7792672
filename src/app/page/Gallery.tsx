/** The built-in scenarios, a section per family, that of the page first. */
import { useState } from 'react'
import type { FamilyCard } from '../../models/family.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { familyOf } from '../ground/house.ts'
import { presets } from '../ground/presets.ts'
import { TextButton } from '../kit/controls.tsx'
import { Thumbnail } from '../kit/Thumbnail.tsx'
import { useScenario, useSession } from '../session/context.ts'
import { load } from './files.ts'

export function Gallery({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const own = familyOf(useScenario())
  const [sections] = useState(() =>
    byFamily(
      presets().map(({ scenario }) => scenario),
      own,
    ),
  )
  const cards = (scenarios: readonly Scenario[]) => (
    <ul className="gallery">
      {scenarios.map((scenario) => (
        <li key={scenario.title}>
          <Card
            scenario={scenario}
            onClick={() => {
              load(session, scenario)
              onDone()
            }}
          />
        </li>
      ))}
    </ul>
  )
  const all = sections.map(([family, scenarios]) => {
    // What is compared is understood after what is simulated.
    const judged = scenarios.filter((scenario) => scenario.micro)
    return (
      <section key={family.name} className="gallery-section" aria-labelledby={`gallery-${family.name}`}>
        <h3 id={`gallery-${family.name}`}>{family.label}</h3>
        <p className="hint gallery-summary">{family.summary}</p>
        {cards(scenarios.filter((scenario) => !scenario.micro))}
        {judged.length > 0 && (
          <>
            <h4 className="gallery-judged">Against the resolved model</h4>
            {cards(judged)}
          </>
        )}
      </section>
    )
  })
  return (
    <>
      <p className="gallery-lessons">
        <TextButton onClick={() => session.dialogs.setState({ open: 'lessons' })}>Lessons</TextButton>{' '}
        <span className="hint">with a question each: predict, run, mark, explain.</span>
      </p>
      {all}
    </>
  )
}

function Card({ scenario, onClick }: { scenario: Scenario; onClick: () => void }) {
  const experiment = familyOf(scenario).experiments.find(({ name }) => name === scenario.experiment.name)
  return (
    <button type="button" className="card" onClick={onClick}>
      <Thumbnail cell={scenario.cell} />
      <span>
        <strong>{scenario.title}</strong>
        <span className="card-text">{scenario.description}</span>
        <span className="card-badges">
          {experiment && <span className="badge">{experiment.label}</span>}
          <span className="badge">
            {scenario.cell.dimension}D cell, {scenario.macro.dimension}D box
          </span>
        </span>
      </span>
    </button>
  )
}

/** Opening scenarios come first within their family, by their names in the house. */
function byFamily(scenarios: readonly Scenario[], first: FamilyCard): [FamilyCard, Scenario[]][] {
  const sections = new Map<FamilyCard, Scenario[]>([[first, []]])
  for (const scenario of scenarios) {
    const family = familyOf(scenario)
    sections.set(family, [...(sections.get(family) ?? []), scenario])
  }
  return [...sections]
}
