/** What models come to over a range of cells, sizes or rates, drawn from the atlases as lines or as a map; each point opens in the laboratory. */

import { useState } from 'react'
import { type Atlas, linesOf, scenarioAt, valueName } from '../../atlases/atlas.ts'
import { t } from '../../language/language.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { preset } from '../ground/presets.ts'
import { ChartBox } from '../kit/ChartBox.tsx'
import { Chips } from '../kit/Chips.tsx'
import type { Chart, Dash } from '../kit/chart.ts'
import { Choice, TextButton } from '../kit/controls.tsx'
import { MapChart } from './MapChart.tsx'
import './atlas.css'

const files = import.meta.glob<Atlas>('../../atlases/*.json', { eager: true, import: 'default' })
const atlases = Object.entries(files).map(([path, atlas]) => ({ name: path.replace(/^.*\/|\.json$/g, ''), atlas }))
/** Lines of the values of a second axis. */
const DASHES: readonly (Dash | undefined)[] = [undefined, 'dash', 'dot', 'dashdot']

interface AtlasesProps {
  onOpen: (scenario: Scenario) => void
}

export default function Atlases({ onOpen }: AtlasesProps) {
  const [chosen, setChosen] = useState(atlases[0].name)
  const { name, atlas } = atlases.find((one) => one.name === chosen) ?? atlases[0]
  return (
    <div className="atlases">
      <Chips
        label={t('Atlas')}
        options={atlases.map((one) => ({ name: one.name, label: one.atlas.title }))}
        chosen={name}
        onChange={(next = name) => setChosen(next)}
      />
      <Shown key={name} name={name} atlas={atlas} onOpen={onOpen} />
    </div>
  )
}

function Shown({ name, atlas, onOpen }: { name: string; atlas: Atlas } & AtlasesProps) {
  const [tools, setTools] = useState<HTMLElement | null>(null)
  const [point, setPoint] = useState(() => atlas.over.map(({ values }) => Math.floor(values.length / 2)))
  const open = () => {
    const scenario = preset(atlas.scenario)
    const title = `${t(scenario.title)}: ${atlas.over.map((axis, k) => t(valueName(axis, point[k]))).join(', ')}`
    const values = atlas.over.map((axis, k) => axis.values[point[k]])
    onOpen({ ...scenarioAt(atlas, scenario, values), title })
  }
  return (
    <section aria-labelledby="atlas-title">
      <header className="atlas-head">
        <h3 id="atlas-title">{t(atlas.title)}</h3>
        <span ref={setTools} />
      </header>
      <p>{t(atlas.sentence)}</p>
      {atlas.map ? (
        <>
          <MapChart
            atlas={atlas}
            chosen={point}
            onChoose={(column, row) => setPoint(atlas.over.length > 1 ? [column, row] : [column])}
          />
          {atlas.map.none && <p className="hint">{t(atlas.map.none)}</p>}
        </>
      ) : (
        <div className="atlas-chart">
          <ChartBox chart={chartOf(name, atlas)} label={t(atlas.title)} empty="" tools={tools} />
        </div>
      )}
      <div className="row">
        {atlas.over.map((axis, k) => (
          <Choice
            key={axis.places[0]}
            label={t(axis.title ?? 'Kind')}
            hideLabel={axis.title === undefined}
            value={String(point[k])}
            options={axis.values.map((_, i) => ({ value: String(i), label: t(valueName(axis, i)) }))}
            onChange={(value) => setPoint(point.map((old, other) => (other === k ? Number(value) : old)))}
          />
        ))}
        <TextButton onClick={open}>{t('Open in the laboratory')}</TextButton>
      </div>
    </section>
  )
}

function chartOf(name: string, atlas: Atlas): Chart {
  const [first, second] = atlas.over
  const groups = second?.values.length ?? 1
  const lines = linesOf(atlas)
  const each = lines.length / groups
  return {
    name,
    x: { title: first.title ?? '', log: first.log },
    y: atlas.y,
    lines: lines.map(({ name, x, y, law }, k) => ({
      name,
      x,
      y,
      ...(law ? { muted: true, dash: 'dash' as const } : { marker: 'circle' as const }),
      ...(second && { dash: DASHES[Math.floor(k / each) % DASHES.length] }),
    })),
  }
}
