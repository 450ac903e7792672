/** The chart of a battery: the run as it comes, runs from before, rates and measured curves over each other. */

import { useEffect } from 'react'
import { msg, t } from '../../language/language.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { SERIES } from '../ground/colours.ts'
import { familyOf, rateLabel } from '../ground/house.ts'
import { colourTable } from '../ground/maps.ts'
import { ChartBox } from '../kit/ChartBox.tsx'
import { Choice } from '../kit/controls.tsx'
import { courses } from '../kit/overlays.ts'
import { useRunTick, useWaiting } from '../kit/useRunTick.ts'
import { useLab, useSession } from '../session/context.ts'
import type { KeptCurve, LabState, RateFamily, Sketch } from '../store/lab.ts'
import { PLOTS } from '../store/plots.ts'
import { SketchDesk } from '../store/sketchDesk.ts'
import { resolvedTrackOf, trackOf, trackOfDischarge } from '../store/track.ts'
import { CurvesControl } from './CurvesControl.tsx'
import { type Drawn, dischargeChart } from './dischargeChart.ts'
import { keptColour } from './keptColour.ts'
import { labelsOf } from './labels.ts'
import { RatesControl } from './RatesControl.tsx'
import { abscissaOf, residual, residualNote } from './residual.ts'

interface ChartProps {
  tools: HTMLElement | null
}

export default function DischargeChart({ tools }: ChartProps) {
  const session = useSession()
  const { engine, lab, parts } = session
  useRunTick()
  useEffect(() => {
    const desk = new SketchDesk(lab, parts)
    return () => desk.dispose()
  }, [lab, parts])
  const plot = useLab((s) => s.plot)
  const kept = useLab((s) => s.kept)
  const measured = useLab((s) => s.measured)
  const rates = useLab((s) => s.rates)
  const sketch = useLab((s) => s.sketch)
  const theme = useLab((s) => s.theme)
  const { entries } = engine.frames
  const track = trackOf(entries)
  const resolved = resolvedTrackOf(entries)
  const { main, overlays } = courses(session)
  const [own, ...labels] = runLabels(engine.running, kept)
  const waiting = useWaiting()
  const dragged = useLab((s) => s.draft !== undefined)
  const ghost = sketch !== undefined && dragged
  const tracks: Drawn[] = [
    ...(sketch ? [sketched(sketch, theme, dragged)] : []),
    ...(track
      ? [
          {
            name: runName(ghost, main, kept.length > 0 ? own : undefined),
            track,
            colour: SERIES[theme][ghost ? GHOST : 0],
            faint: ghost,
          },
        ]
      : []),
    ...(resolved ? [{ name: msg('resolved'), track: resolved, dash: 'dash' as const, colour: SERIES[theme][1] }] : []),
    ...overlays.flatMap(({ name, dash, entries: branch }) => {
      const other = trackOf(branch)
      return other ? [{ name, track: other, dash, colour: SERIES[theme][0] }] : []
    }),
    ...kept.map(
      (curve, i): Drawn => ({
        name: labels[i],
        track: curve.track,
        colour: keptColour(curve, theme),
        faint: true,
      }),
    ),
    ...(rates ? rateTracks(rates, theme) : []),
    ...measured.flatMap(({ name, track: points }): Drawn[] =>
      points ? [{ name, track: points, measured: true }] : [],
    ),
  ]
  const by = abscissaOf(plot)
  const deviations = measured.flatMap(({ name, even }) => {
    const found = track && even && residual(track, even, by)
    return found ? [residualNote(name, found, by)] : []
  })
  const drawn = dischargeChart(plot, tracks)
  const chart = drawn && { ...drawn, urgent: dragged }
  const notes = [chart?.note ?? [], deviations].flat()
  return (
    <ChartBox
      chart={chart}
      tools={tools}
      empty={waiting}
      label={t('Charge and discharge')}
      note={notes.join(' ') || undefined}
    >
      <Choice label={t('Drawn')} value={plot} options={PLOTS} onChange={(value) => lab.setState({ plot: value })} />
      <CurvesControl labels={labels} />
      <RatesControl />
    </ChartBox>
  )
}

/** Place of the grey among the colours of lines. */
const GHOST = 5

/** The whole discharge of what is dragged; let go it lies under the run that follows it. */
function sketched({ track, coarse }: Sketch, theme: LabState['theme'], dragged: boolean): Drawn {
  const name = coarse ? msg('dragged, on a coarse mesh') : dragged ? msg('dragged') : msg('to come')
  return { name, track, colour: SERIES[theme][0], dash: coarse || !dragged ? 'dot' : undefined, faint: !dragged }
}

function runName(ghost: boolean, main: string | undefined, own: string | undefined): string {
  return ghost ? msg('before') : (main ?? own ?? msg('this run'))
}

/** What the run and the kept curves are called beside each other. */
function runLabels(scenario: Scenario, kept: readonly KeptCurve[]): string[] {
  const labels = labelsOf([scenario, ...kept.map((k) => k.scenario)], familyOf(scenario))
  return labels.map((label, i) => (kept[i - 1]?.mixed ? `${label}, ${msg('changed on the way')}` : label))
}

/** From slow to fast along a colour map, without the ends that fade into the page. */
function rateTracks({ jobs }: RateFamily, theme: LabState['theme']): Drawn[] {
  const table = colourTable('viridis')
  const [from, to] = theme === 'light' ? [0, 0.85] : [0.3, 1]
  return jobs.flatMap(({ rate, discharge }, k) => {
    if (!discharge) return []
    const at = 4 * Math.round(255 * (from + ((to - from) * k) / Math.max(1, jobs.length - 1)))
    return [
      {
        name: rateLabel(rate),
        track: trackOfDischarge(discharge),
        colour: `rgb(${table.slice(at, at + 3).join(' ')})`,
      },
    ]
  })
}
