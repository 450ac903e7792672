import { useState } from 'react'
import { Thumbnail } from '../cell/Thumbnail.tsx'
import { presets } from '../house.ts'
import { load } from '../shell/files.ts'

export function Gallery({ onDone }: { onDone: () => void }) {
  const [list] = useState(presets)
  return (
    <ul className="gallery">
      {list.map(({ name, scenario }) => (
        <li key={name}>
          <button
            type="button"
            className="card"
            onClick={() => {
              load(scenario)
              onDone()
            }}
          >
            <Thumbnail cell={scenario.cell} />
            <span>
              <strong>{scenario.title}</strong>
              <span className="card-text">{scenario.description}</span>
              <span className="badge">
                {scenario.cell.dimension}D cell, {scenario.macro.dimension}D tissue
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
