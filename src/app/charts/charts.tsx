/** The charts of the page. Each reads the run and hands plain values to ChartBox. */

import { Popover } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { t, tName } from '../../language/language.ts'
import { formatProblems } from '../../parameter.ts'
import { SERIES } from '../ground/colours.ts'
import { quantity } from '../ground/format.ts'
import { curvesOf, isImpedance } from '../ground/house.ts'
import { ChartBox } from '../kit/ChartBox.tsx'
import { Choice, Segments, TextButton } from '../kit/controls.tsx'
import { MeasuredEntries, OpenMeasured } from '../kit/MeasuredControl.tsx'
import { branchesNow, courses } from '../kit/overlays.ts'
import { SheetMenu } from '../kit/Sheet.tsx'
import { curveChart, observableChart, observableSets, probeChart, profileChart, waveChart } from '../kit/series.ts'
import { useRunTick, useWaiting } from '../kit/useRunTick.ts'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { SlotName } from '../store/lab.ts'
import { probePoints } from '../store/probes.ts'
import { ComparisonTable, comparisonSheet } from './ComparisonTable.tsx'
import { impedanceNote, measuredLines } from './measuredImpedance.ts'
import { resolvedCurrents } from './resolvedCurrent.ts'

interface ChartProps {
  tools: HTMLElement | null
}

function ProbeChart({ tools }: ChartProps) {
  const session = useSession()
  const { engine, lab } = session
  useRunTick()
  const state = lab.getState()
  const chart = probeChart(engine.frames, probePoints(state), state.field, SERIES[state.theme], courses(session))
  return (
    <ChartBox
      chart={chart}
      tools={tools}
      empty={t('Click in the picture to set a probe.')}
      label={t('Probes over time')}
    />
  )
}

function ProfileChart({ tools }: ChartProps) {
  const session = useSession()
  const { engine, lab } = session
  useRunTick()
  const waiting = useWaiting()
  const state = lab.getState()
  const point = probePoints(state)[0] ?? []
  const [now, first] = [engine.shownFrame(), engine.frames.at(0)]
  const others = now ? branchesNow(session, now.t) : []
  const chart = profileChart(now, first, point, state.field, SERIES[state.theme], others)
  return <ChartBox chart={chart} tools={tools} empty={waiting} label={t('Profile along x')} />
}

function WaveChart({ tools }: ChartProps) {
  const session = useSession()
  const { engine, lab } = session
  useRunTick()
  const wave = useLab((s) => s.model?.wave)
  const field = useLab((s) => s.model?.fields.find(({ name }) => name === wave?.field))
  const chart = waveChart(engine.frames, probePoints(lab.getState())[0] ?? [])
  const empty =
    wave && field
      ? t('No wave has come yet: nothing has risen through {level}.', {
          level: quantity(wave.level / field.factor, field.unit, 3),
        })
      : t('Nothing in this model makes waves.')
  return <ChartBox chart={chart} tools={tools} empty={empty} label={t('When the wave comes')} />
}

function BudgetChart({ tools }: ChartProps) {
  const [scale, setScale] = useState<'log' | 'linear'>('log')
  return (
    <ObservableGroup
      tools={tools}
      pick={(group) => group === 'budget'}
      log={scale === 'log'}
      name="budget"
      label={t('Budget errors over time')}
      extra={
        <Segments
          label={t('Scale')}
          value={scale}
          options={[
            { value: 'log', label: t('log') },
            { value: 'linear', label: t('linear') },
          ]}
          onChange={setScale}
        />
      }
    />
  )
}

function EnergyChart({ tools }: ChartProps) {
  return (
    <ObservableGroup
      tools={tools}
      pick={(group) => group === 'energy'}
      log={false}
      name="energy"
      label={t('Free energy and its dissipation over time')}
    />
  )
}

function ObservableChart({ tools }: ChartProps) {
  return (
    <ObservableGroup
      tools={tools}
      pick={(group) => group !== 'budget' && group !== 'energy'}
      log={false}
      name="observables"
      label={t('Quantities of the whole box over time')}
    />
  )
}

function ObservableGroup(props: {
  tools: HTMLElement | null
  pick: (group: string) => boolean
  log: boolean
  name: string
  label: string
  extra?: ReactNode
}) {
  const session = useSession()
  const { engine, lab } = session
  useRunTick()
  const observables = useLab((s) => s.model)?.observables.filter((o) => props.pick(o.group)) ?? []
  const sets = observableSets(observables)
  const [wanted, setWanted] = useState('')
  const chosen = sets.find((set) => set.value === wanted) ?? sets[0]
  const named = sets.map(({ value, label }) => ({ value, label: tName(label) }))
  const chart = observableChart(
    engine.frames,
    (o) => chosen?.names.includes(o.name) === true,
    props.log,
    props.name,
    SERIES[lab.getState().theme],
    courses(session),
  )
  return (
    <ChartBox
      chart={chart}
      tools={props.tools}
      empty={t('This model reports nothing of this kind.')}
      label={props.label}
    >
      {props.extra}
      {chosen && sets.length > 1 && (
        <Choice label={t('Shown')} value={chosen.value} options={named} onChange={setWanted} />
      )}
    </ChartBox>
  )
}

function CurveChart({ tools, slot }: ChartProps & { slot: SlotName }) {
  const session = useSession()
  const { engine, lab } = session
  const scenario = useScenario()
  const comparisons = useLab((s) => s.comparisons)
  const theme = useLab((s) => s.theme)
  const curves = curvesOf(scenario)
  const measured = useLab((s) => s.measured)
  const wanted = useLab((s) => s.picked[slot])
  const chosen = curves.find((c) => c.name === wanted) ?? curves[0]
  const state = useLab((s) => (chosen ? s.curves[chosen.name] : undefined))
  const name = chosen?.name
  const slow = chosen?.slow ?? false
  const steady = chosen?.steady ?? false
  useEffect(() => (name ? engine.curveDesk.watch(name, slow, steady) : undefined), [engine, name, slow, steady])
  if (!chosen) return <p className="hint">{t('This family defines no curves.')}</p>
  const problems = state?.problems && formatProblems(state.problems)
  const curve = state?.curve
  const table = curve?.table
  const truth =
    curve && steady
      ? resolvedCurrents(comparisons, scenario, { x: curve.x.factor, y: curve.y.factor }).map((line, i) => ({
          ...line,
          // From the last colour on, so that no closure has it.
          colour: SERIES[theme].at(-1 - (i % SERIES[theme].length)),
        }))
      : undefined
  const impedances = measured.flatMap(({ name, spectrum }) => (spectrum ? [{ name, spectrum }] : []))
  const laid = curve && isImpedance(chosen.name) ? measuredLines(curve, impedances) : (truth ?? [])
  const deviation = curve && isImpedance(chosen.name) ? impedanceNote(curve, impedances) : ''
  return (
    <ChartBox
      chart={curve && !table ? curveChart(curve, laid) : undefined}
      body={table && <ComparisonTable table={table} label={t(chosen.label)} note={problems ?? t(curve.note)} />}
      tools={tools}
      label={t(chosen.label)}
      empty={problems ?? (state?.pending ? t('Computing the curve…') : t('The curve follows with the first frame.'))}
      note={
        problems
          ? t('{problems} The last curve stays.', { problems })
          : [curve && t(curve.note), deviation].filter(Boolean).join(' ')
      }
    >
      {curves.length > 1 && (
        <Choice
          label={t('Curve')}
          value={chosen.name}
          options={curves.map((c) => ({ value: c.name, label: c.label }))}
          onChange={(curve) => lab.setState((s) => ({ picked: { ...s.picked, [slot]: curve } }))}
        />
      )}
      {isImpedance(chosen.name) && <MeasuredImpedances />}
      {slow && (
        <TextButton onClick={() => engine.curveDesk.refresh(chosen.name)} disabled={state?.pending}>
          {state?.pending ? t('Computing…') : t('Compute')}
        </TextButton>
      )}
      {table && <SheetMenu sheet={() => comparisonSheet(chosen.name, table)} />}
    </ChartBox>
  )
}

function MeasuredImpedances() {
  return (
    <Popover position="top-end" withArrow trapFocus width={340}>
      <Popover.Target>
        <button type="button" className="button">
          {t('Measured')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="form">
          <OpenMeasured />
          <ul className="curve-list" aria-label={t('Measured tables')}>
            <MeasuredEntries />
          </ul>
          <p className="hint">{t('A table of frequency, Re Z and Im Z; it can also be dropped onto the page.')}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

const CHARTS = {
  curve: CurveChart,
  probes: ProbeChart,
  profile: ProfileChart,
  wave: WaveChart,
  observables: ObservableChart,
  energy: EnergyChart,
  budget: BudgetChart,
}

/** A chart of the run or of a curve of its family. */
export default function RunChart({ view, ...props }: ChartProps & { view: keyof typeof CHARTS; slot: SlotName }) {
  const Shown = CHARTS[view]
  return <Shown {...props} />
}
