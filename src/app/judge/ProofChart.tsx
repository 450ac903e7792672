/** The error plot with its controls: which N, run and cancel, how far it is, and what is to be seen. */

import { useMemo } from 'react'
import { t } from '../../language/language.ts'
import { unequalInKinds } from '../../models/pieces.ts'
import { formatProblems } from '../../parameter.ts'
import { orders } from '../../simulation/orders.ts'
import { SERIES } from '../ground/colours.ts'
import { phasePainter, unitsOf } from '../ground/house.ts'
import { ChartBox } from '../kit/ChartBox.tsx'
import { Choice, TextButton } from '../kit/controls.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import { seriesOf } from '../store/comparisonDesk.ts'
import { edit } from '../store/edits.ts'
import type { ComparisonSeries } from '../store/lab.ts'
import { type Proof, proofOf } from '../store/proof.ts'
import { mirrorSymmetric } from './comparisonCell.ts'
import { ProofLegend } from './ProofLegend.tsx'
import { ProofSeries } from './ProofSeries.tsx'
import { progressText, proofChart } from './proofChart.ts'
import { largestRepeat, setPrepared } from './repeat.ts'

export default function ProofChart(props: { tools: HTMLElement | null }) {
  const proof = proofOf(useScenario())
  if (!proof) return <p className="hint">{t('This family has no resolved model to compare with.')}</p>
  return <ErrorPlot proof={proof} {...props} />
}

function ErrorPlot({ proof, tools }: { proof: Proof; tools: HTMLElement | null }) {
  const { comparisons: desk, lab } = useSession()
  const all = useLab((s) => s.comparisons)
  const { norms, upTo } = useLab((s) => s.proof)
  const theme = useLab((s) => s.theme)
  const scenario = useScenario()
  const { family } = scenario
  const comparisons = useMemo(() => all.filter((c) => c.scenario.family === family), [all, family])
  const own = seriesOf(comparisons, scenario)
  const running = useLab((s) => s.comparing)
  const lists = listsUpTo(largestRepeat(scenario))
  const list = lists.find((l) => l.at(-1) === upTo) ?? lists.at(-1) ?? [2, 4]
  const done = own !== undefined && list.every((N) => own.rows.some((row) => row.N === N))
  const chart = useMemo(() => proofChart(proof, comparisons, norms, SERIES[theme]), [proof, comparisons, norms, theme])
  const problems = own?.problems && formatProblems(own.problems)
  const invitation = running
    ? t('The first row is on its way.')
    : t('Run resolves every cell for each N and measures how far the homogenized model is from it.')
  return (
    <div className="proof">
      <div className="proof-body">
        <ChartBox
          chart={chart}
          tools={tools}
          legend={false}
          label={t('Error against cell size')}
          empty={comparisons.some((c) => c.rows.length > 0) ? t('Choose an error to draw.') : invitation}
        >
          <Choice
            label={t('Largest N')}
            value={String(list.at(-1))}
            options={lists.map((l) => ({ value: String(l.at(-1)), label: t('up to N = {N}', { N: l.at(-1) ?? 0 }) }))}
            onChange={(value) => lab.setState(({ proof }) => ({ proof: { ...proof, upTo: Number(value) } }))}
          />
          {running ? (
            <TextButton onClick={() => desk.cancel()}>{t('Cancel')}</TextButton>
          ) : (
            <TextButton primary disabled={done} onClick={() => desk.start(list)}>
              {done ? t('Done') : t('Run')}
            </TextButton>
          )}
        </ChartBox>
        <div className="proof-side">
          {running && (
            <div className="proof-progress" role="status">
              <progress value={running.fraction} max={1} aria-label={t('Progress of N = {N}', { N: running.N })} />
              {progressText(running)}
            </div>
          )}
          {problems && (
            <p className="field-problem" role="alert">
              {problems}
            </p>
          )}
          <ProofLegend proof={proof} comparisons={comparisons} />
          {own && <Explanation proof={proof} series={own} />}
          <ProofSeries comparisons={comparisons} />
          {proof.prepared && (
            <label className="proof-prepared">
              <input
                type="checkbox"
                checked={scenario.micro?.prepared ?? true}
                onChange={(event) => edit(lab, setPrepared(event.currentTarget.checked))}
              />
              {t('Start with correctors (prepared data)')}
            </label>
          )}
          <p className="hint">{t(proof.limit)}</p>
        </div>
      </div>
    </div>
  )
}

function Explanation({ proof, series }: { proof: Proof; series: ComparisonSeries }) {
  const { scenario, rows } = series
  const mirror = useMemo(() => mirrorSymmetric(scenario.cell, phasePainter(scenario.cell)), [scenario.cell])
  const phases = useLab((s) => s.cell)?.phases
  const lumped = (proof.lumped ?? []).flatMap((name) => phases?.[name] ?? [])
  const sentences = proof.explain({
    rows,
    orders: orders(rows),
    mirror,
    prepared: scenario.micro?.prepared ?? true,
    unequal: lumped.map(unequalInKinds).find((unequal) => unequal !== undefined),
    units: unitsOf(scenario),
  })
  return sentences.length > 0 ? <p className="proof-words">{sentences.join(' ')}</p> : null
}

/** N doubles from 2 on, so that orders are read off equal steps; blocks of few cells take what fits. */
function listsUpTo(largest: number): number[][] {
  if (largest < 4) return largest === 3 ? [[2, 3]] : []
  const lists: number[][] = []
  for (let N = 4; N <= largest; N *= 2) lists.push([...(lists.at(-1) ?? [2]), N])
  return lists
}
